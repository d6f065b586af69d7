"""Which congress a date is told of: that of another level is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.words.tokens import find_dates
from search.asking.congresses import of_congress_asked
from tests.libraries import opened

CONGRESSES = (
    "Đại hội XIII Công đoàn tỉnh Cà Mau mở ngày 05/6/2023, Đại hội lần thứ XIII Công đoàn Việt Nam mở "
    "ngày 01/12/2023; Đại hội Đảng bộ tỉnh đã xong ngày 20/10/2020"
)


def _dates(question: str, text: str) -> list[str]:
    spans = [(a, b) for a, b, _ in find_dates(text)]
    return [text[a:b] for a, b in of_congress_asked(question, text, spans)]


@pytest.mark.parametrize(
    ("question", "text", "dates"),
    [
        pytest.param(
            "Đại hội XIII Công đoàn Việt Nam tổ chức ngày nào?", CONGRESSES, ["01/12/2023"], id="national"
        ),
        pytest.param(
            "Đại hội Công đoàn tỉnh lần thứ XIII mở khi nào?", CONGRESSES, ["05/6/2023"], id="of-the-province"
        ),
        pytest.param("Đại hội Đảng bộ tỉnh mở ngày nào?", CONGRESSES, ["20/10/2020"], id="of-the-party"),
        pytest.param("Đại hội CĐCS mở ngày nào?", CONGRESSES, [], id="of-a-level-not-told"),
        pytest.param(
            "Đại hội các cấp mở ngày nào?", CONGRESSES, ["05/6/2023", "01/12/2023", "20/10/2020"], id="of-any"
        ),
        pytest.param(
            "Đại hội XIII Công đoàn Việt Nam khi nào?",
            "Chào mừng Đại hội XIII Công đoàn tỉnh, Công đoàn Việt Nam từ ngày 01/9/2023",
            ["01/9/2023"],
            id="of-both",
        ),
        pytest.param(
            "Đại hội XIII Công đoàn Việt Nam khi nào?", "Báo cáo trước ngày 01/9/2023", ["01/9/2023"],
            id="no-congress-told",
        ),
    ],
)  # fmt: skip
def test_dates_of_the_congress_asked_about(question: str, text: str, dates: list[str]) -> None:
    assert _dates(question, text) == dates


_REPORT = """LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU

Số: 71/BC-LĐLĐ

Cà Mau, ngày 05 tháng 9 năm 2023

BÁO CÁO
Hoạt động công đoàn quý III năm 2023

I. NHIỆM VỤ

1. Tuyên truyền Đại hội XIII Công đoàn Việt Nam; chuẩn bị và tổ chức thành công Đại hội XIII Công đoàn tỉnh \
vào ngày 09/10/2023.

Nơi nhận:
- Lưu: VT.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH


Trần Văn An
"""


def test_the_day_of_another_congress_is_never_given(tmp_path: Path) -> None:
    library = opened(tmp_path, a=_REPORT)
    assert "**09/10/2023**" in library.ask("Đại hội XIII Công đoàn tỉnh tổ chức ngày nào?").answer.text
    asked = library.ask("Đại hội XIII Công đoàn Việt Nam tổ chức ngày nào?").answer
    assert asked.abstained or asked.unsure
