"""A row is answered with the heads of its columns, a sentence with its footnote, an attachment by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_index import main as build
from search.answering.figurekeys import unsupported
from search.documents.sources import section_name
from search.engine import Engine

PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU

Số: 31/KH-LĐLĐ

Cà Mau, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Phát triển đoàn viên năm 2024

I. CHỈ TIÊU

Các đơn vị phấn đấu đạt các chỉ tiêu sau:

| Đơn vị | Đoàn viên mới | CĐCS mới |
|---|---|---|
| LĐLĐ huyện Đầm Dơi | 320 | 6 |
| LĐLĐ huyện Năm Căn | 275 | 4 |

II. TỔ CHỨC THỰC HIỆN

1. Các đơn vị hỗ trợ mỗi CĐCS mới thành lập 3.000.000 đồng[^2] trước ngày 30/6/2024.

III. MỤC ĐÍCH, YÊU CẦU

1. Tập hợp người lao động vào tổ chức, chăm lo đời sống của họ.

2. Các cấp nghiêm túc thực hiện, có kiểm tra và rút kinh nghiệm.

IV. TÌNH HÌNH

Toàn tỉnh hiện có 512 CĐCS. Trong năm đã giúp đỡ 45 đoàn viên khó khăn.

[^2]: Chỉ áp dụng với doanh nghiệp có từ 25 lao động trở lên.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH


Trần Văn Hải
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("plan")
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    assert build([str(folder), "--index-dir", str(folder / "index")]) == 0
    return Engine.open(folder / "index")


def test_a_row_is_shown_with_its_heads_and_quotes_both(plan: Engine) -> None:
    answer = plan.ask("Huyện Đầm Dơi thành lập mấy CĐCS mới?").answer
    assert answer.text.startswith("Đơn vị: LĐLĐ huyện Đầm Dơi; Đoàn viên mới: 320; CĐCS mới: **6**\n")
    quotes = [c.quote for c in answer.citations]
    assert quotes[0].startswith("| Đơn vị |")
    assert "| LĐLĐ huyện Đầm Dơi | 320 | 6 |" in quotes
    assert not unsupported(answer.text.splitlines()[0], quotes)


def test_a_footnote_stands_with_the_figure_it_qualifies(plan: Engine) -> None:
    answer = plan.ask("Hỗ trợ mỗi CĐCS mới thành lập bao nhiêu tiền?").answer
    assert "**3.000.000 đồng**" in answer.text
    assert answer.text.splitlines()[-1] == (
        "Chú thích 2: Chỉ áp dụng với doanh nghiệp có từ 25 lao động trở lên."
    )
    assert answer.citations[-1].section == "Chú thích 2"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("II.1.4", "mục II.1.4"),
        ("M", "mục M"),
        ("Ký", "phần chữ ký"),
        ("PLII", "phụ lục II"),
        ("PL1.2", "phụ lục 1, mục 2"),
        ("M01.2", "mẫu 01, mục 2"),
        ("VB2.Nơi nhận", "văn bản thứ 2 trong tệp, phần Nơi nhận"),
    ],
)
def test_places_are_named_for_people(address: str, name: str) -> None:
    assert section_name(address) == name


def test_a_part_asked_for_by_its_heading_is_given_in_its_parts(plan: Engine) -> None:
    answer = plan.ask("Mục đích, yêu cầu của kế hoạch 31 là gì?").answer
    first, *rest = answer.text.splitlines()
    assert first == "MỤC ĐÍCH, YÊU CẦU:"
    assert [line[:8] for line in rest[:2]] == ["- Tập hợ", "- Các cấ"]
    assert [c.section for c in answer.citations][1:] == ["III.1", "III.2"]
    assert all(plan.document(c.doc_id).text[c.start : c.end] == c.quote for c in answer.citations)


def test_a_letterhead_line_is_no_answer_to_what_a_document_says(plan: Engine) -> None:
    answer = plan.ask("Kế hoạch 31 còn hiệu lực không?").answer
    assert answer.unsure or answer.abstained


def test_how_many_there_are_needs_the_number_of_all(plan: Engine) -> None:
    assert "**512**" in plan.ask("Cà Mau có bao nhiêu CĐCS?").answer.text
    other = plan.ask("Cà Mau có bao nhiêu đoàn viên?").answer
    assert other.unsure or other.abstained
