"""Goals set in steps, and parts that open with their title: what stands below is told, not the title."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import Engine
from tests.libraries import opened

_PROGRAMME = """TỈNH ỦY HÀ GIANG
BAN THƯỜNG VỤ

Số: 31-CTr/TU

Hà Giang, ngày 02 tháng 3 năm 2022

CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết về đổi mới tổ chức công đoàn

I. MỤC TIÊU

1. Mục tiêu tổng quát

Xây dựng công đoàn tỉnh vững mạnh.

2. Mục tiêu cụ thể

Đến năm 2025:

- Kết nạp 3.000 đoàn viên.

- 70% doanh nghiệp ký kết thỏa ước.

**Đến năm 2030:**

- Kết nạp 4.200 đoàn viên.

- 82% doanh nghiệp ký kết thỏa ước.

II. GIẢI PHÁP

1. Tuyên truyền

Mở 12 lớp.

2. Kiểm tra

Kiểm tra hằng năm.

TM. BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Trần Thị Bình
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Engine:
    folder: Path = tmp_path_factory.mktemp("horizon")
    return opened(folder, like=engine, ctr=_PROGRAMME)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Các mục tiêu đến năm 2030 của Hà Giang", ("4.200", "82%"), "3.000"),
        ("mục tiêu đến 2025", ("3.000", "70%"), "4.200"),
        ("muc tieu cu the den nam 2025 cua tinh uy ha giang", ("3.000", "70%"), "82%"),
    ],
)
def test_all_goals_of_the_step_asked_for_and_no_others(
    library: Engine, question: str, said: tuple[str, ...], unsaid: str
) -> None:
    answer = library.ask(question).answer
    assert all(figure in answer.text for figure in said)
    assert unsaid not in answer.text
    text = library.document("ctr").text
    assert all(text[cited.start : cited.end] == cited.quote for cited in answer.citations)
    assert not answer.unsure


def test_a_year_without_a_step_of_its_own_gets_none_of_another(library: Engine) -> None:
    answer = library.ask("Các mục tiêu đến năm 2045 của Hà Giang").answer
    assert answer.abstained or answer.unsure or "Đến năm 20" not in answer.text.partition("\n")[0]


def test_one_goal_asked_for_is_no_list(library: Engine) -> None:
    answer = library.ask("Mục tiêu kết nạp đoàn viên đến năm 2030").answer
    assert "4.200" in answer.text
    assert "82%" not in answer.text


def test_a_part_that_opens_with_its_title_shows_what_stands_below(library: Engine) -> None:
    answer = library.ask("Các giải pháp của chương trình 31-CTr/TU").answer
    assert "Tuyên truyền: Mở 12 lớp." in answer.text
    assert "Kiểm tra: Kiểm tra hằng năm." in answer.text
