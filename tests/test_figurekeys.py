"""Figures as keys: one figure however it is written, another one never."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answering.figurekeys import figures_said, find_figures, plain, unsupported


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("trên 98% và 98 đoàn viên", ["98%", "98"], id="percent-is-another-figure"),
        pytest.param("31 triệu đồng", ["31000000đ"], id="scale"),
        pytest.param("31.000.000đ", ["31000000đ"], id="thousands"),
        pytest.param("1,5 tỷ đồng", ["1500000000đ"], id="decimal-comma-scaled"),
        pytest.param("tỷ lệ 12,5 phần trăm", ["12.5%"], id="percent-in-words"),
        pytest.param("02/10 chỉ tiêu, 8/10", ["2/10", "8/10"], id="fractions"),
        pytest.param("ngày 19 tháng 3 năm 2021", ["2021-03-19"], id="date-in-words"),
        pytest.param("19/03/2021", ["2021-03-19"], id="date-in-digits"),
        pytest.param("tháng 3 năm 2021; 3/2021", ["3/2021", "3/2021"], id="month"),
        pytest.param("ngày 10 tháng 12", ["10/12"], id="day-and-month"),
        pytest.param("nhiệm kỳ 2018 - 2023", ["2018", "2023"], id="range-of-years"),
        pytest.param("Kế hoạch 56 /KH-LĐLD", ["56/KH-LĐLĐ"], id="document-number-repaired"),
        pytest.param("Đại hội XIII, quý IV", ["XIII", "IV"], id="romans"),
        pytest.param("hai cuộc, ba mươi mốt xã", ["2", "ba muoi mot"], id="numbers-in-words"),
        pytest.param("mười phong trào", ["10"], id="ten"),
        pytest.param("đồng chí, tỷ lệ, năm nay, một số", [], id="words-that-only-look-like-numbers"),
        pytest.param("780 đồng chí", ["780"], id="comrades-are-no-money"),
        pytest.param("1.4. Giới thiệu **780** người", ["780"], id="item-number-and-markup"),
        pytest.param("７８０ người", ["780"], id="full-width-digits"),
        pytest.param("", [], id="empty"),
    ],
)
def test_find_figures(text: str, keys: list[str]) -> None:
    assert [figure.key for figure in find_figures(text)] == keys


@pytest.mark.parametrize(
    ("text", "quote", "missing"),
    [
        pytest.param("Giới thiệu 780 người", "giới thiệu 780 đoàn viên", (), id="there"),
        pytest.param("Giới thiệu 78 người", "giới thiệu 780 đoàn viên", ("78",), id="part-of-a-figure"),
        pytest.param("đạt 98", "trên 98%", ("98",), id="lost-its-percent"),
        pytest.param("trong năm 2021", "ngày 19/3/2021", (), id="year-of-a-date"),
        pytest.param("ngày 20/3/2021", "ngày 19/3/2021", ("2021-03-20",), id="another-day"),
        pytest.param("19 người", "ngày 19/3/2021", ("19",), id="a-day-counts-nothing"),
        pytest.param("31 tỷ đồng", "31 triệu đồng", ("31000000000đ",), id="another-scale"),
        pytest.param("1,500 người", "1.500 người", ("1.5",), id="thousands-written-the-english-way"),
        pytest.param("khóa XII", "khóa XIII", ("XII",), id="roman"),
        pytest.param("Kế hoạch 56/KH-TLĐ", "Kế hoạch 56/KH-LĐLĐ", ("56/KH-TLĐ",), id="another-office"),
        pytest.param("hai trăm người", "200 người", ("hai tram",), id="words-only-as-words"),
    ],
)
def test_unsupported(text: str, quote: str, missing: tuple[str, ...]) -> None:
    assert unsupported(text, ["không có gì", quote]) == missing


WRITTEN = st.text(alphabet="0123456789.,/%-IVX đngàythánăm780kháo\n*", max_size=60)


@given(WRITTEN)
def test_every_text_says_its_own_figures(text: str) -> None:
    assert unsupported(text, [text]) == ()


@given(WRITTEN)
def test_figures_lie_apart_in_the_plain_text(text: str) -> None:
    figures = find_figures(text)
    assert all(a.end <= b.start for a, b in pairwise(figures))
    assert all(0 <= f.start < f.end <= len(plain(text)) for f in figures)


@given(WRITTEN)
def test_no_digit_is_left_unread(text: str) -> None:
    line = plain(text)
    read = {at for figure in find_figures(text) for at in range(figure.start, figure.end)}
    assert [char for at, char in enumerate(line) if char.isdigit() and at not in read] == []


@given(st.integers(1, 10**9))
def test_thousands_are_one_number_with_and_without_dots(value: int) -> None:
    dotted = f"{value:,}".replace(",", ".")
    assert figures_said(f"có {dotted} người") >= {str(value)}
    assert unsupported(f"có {value} người", [f"có {dotted} người"]) == ()
