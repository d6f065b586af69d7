"""Words of a document as one line of an answer."""

from __future__ import annotations

import pytest

from search.lines import bare_line, embolden, first_words, telling_words
from search.query import understand


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("- 1.4. Giới thiệu **30** đoàn viên", "Giới thiệu 30 đoàn viên"),
        ("a) Tổ chức\nhội nghị", "Tổ chức hội nghị"),
        ("2024 là năm đầu", "2024 là năm đầu"),
    ],
)
def test_a_line_without_its_bullet(quote: str, line: str) -> None:
    assert bare_line(quote) == line


def test_figures_that_answer_are_emphasised() -> None:
    line = "Tặng 40 suất quà, đạt 95% kế hoạch"
    assert embolden(understand("Đạt bao nhiêu phần trăm?"), line) == "Tặng 40 suất quà, đạt **95%** kế hoạch"
    assert embolden(understand("Tặng quà thế nào?"), line) == "Tặng **40** suất quà, đạt **95%** kế hoạch"


def test_long_lines_are_cut_at_a_word() -> None:
    assert first_words("một hai ba bốn", 3) == "một hai ba…"
    assert first_words("một hai ba", 3) == "một hai ba"


def test_the_telling_stretch_is_shown() -> None:
    line = "Các cấp công đoàn tổ chức hội nghị, hội thao, đẩy mạnh cải cách hành chính, tiết kiệm"
    assert telling_words(line, {"cai", "cach", "hanh", "chinh"}, 6) == "… đẩy mạnh cải cách hành chính,…"
    assert telling_words(line, set(), 4) == "Các cấp công đoàn…"
