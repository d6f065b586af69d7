"""Parts of the year and terms, read out of text in the ways offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures.timespans import Months, dated_months, find_months, find_terms
from corpus.text import fold


def said(text: str, *, folded: bool = False) -> list[tuple[str, int | None]]:
    return [(m.label, m.year) for m in find_months(text, folded=folded)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Quý II/2023", [("quý II", 2023)], id="slash"),
        pytest.param("quý 2/2023", [("quý II", 2023)], id="no-month-inside"),
        pytest.param("quý III, năm 2023", [("quý III", 2023)], id="comma"),
        pytest.param("Quí 4", [("quý IV", None)], id="other-spelling"),
        pytest.param(
            "quý I, II và quý IV năm 2023", [(f"quý {q}", 2023) for q in ("I", "II", "IV")], id="list"
        ),
        pytest.param("quý I - III", [("quý I", None), ("quý II", None), ("quý III", None)], id="range"),
        pytest.param("6 tháng đầu năm 2024", [("6 tháng đầu năm", 2024)], id="half"),
        pytest.param("sáu tháng đầu năm", [("6 tháng đầu năm", None)], id="in-words"),
        pytest.param("nửa đầu năm 2022", [("6 tháng đầu năm", 2022)], id="nua"),
        pytest.param("06 tháng cuối năm", [("6 tháng cuối năm", None)], id="second-half"),
        pytest.param("9 tháng năm 2023", [("9 tháng đầu năm", 2023)], id="nine"),
        pytest.param("3 tháng đầu năm", [("quý I", None)], id="three-months-are-a-quarter"),
        pytest.param("tháng 5", [("tháng 5", None)], id="month"),
        pytest.param("tháng 10, 11/2023", [("tháng 10", 2023), ("tháng 11", 2023)], id="months"),
        pytest.param("từ tháng 3 đến tháng 6 năm 2024", [("tháng 3 đến tháng 6", 2024)], id="from-to"),
        pytest.param("năm 2024 tháng 5", [("tháng 5", None)], id="year-before"),
        pytest.param("T5/2023 và 06/2024", [("tháng 5", 2023), ("tháng 6", 2024)], id="slashed"),
        pytest.param("12 lớp, tăng so với quý I", [], id="compared"),
        pytest.param("mỗi quý 1 lần, 3 tháng 1 lần, hằng tháng 2 buổi", [], id="how-often"),
        pytest.param("quỹ 3 tỷ, quỹ II, quy 2, quý khách", [], id="other-words"),
        pytest.param("lương tháng 13, trong 5 tháng 2 người", [], id="no-months"),
        pytest.param("Thông tư 06/2023, số 12/2023, 12/2021/NĐ-CP", [], id="numbers"),
        pytest.param("ngày 12 tháng 5 năm 2023, ngày 5/6, 08/9/2020", [], id="dates"),
        pytest.param("6 tháng đầu nhiệm kỳ", [], id="of-a-term"),
    ],
)
def test_parts_of_a_year(text: str, expected: list[tuple[str, int | None]]) -> None:
    assert said(text) == expected


def test_without_diacritics_only_when_asked() -> None:
    assert said("quy 2 va thang 5, 6 thang dau nam", folded=True) == [
        ("quý II", None), ("tháng 5", None), ("6 tháng đầu năm", None),
    ]  # fmt: skip
    assert said("thang 5, 6 thang dau nam") == []
    assert said("Quy III") == [("quý III", None)]  # a Roman numeral tells it from "quy"


def test_dates_give_their_months_but_those_of_cited_documents_none() -> None:
    text = "Theo Kế hoạch 12/KH-LĐLĐ, ngày 10/4/2023, họp ngày 15/5/2023"
    assert dated_months(text) == (Months(5, 5, 2023),)


@pytest.mark.parametrize(("first", "last"), [(0, 3), (5, 4), (11, 13)])
def test_months_that_are_none(first: int, last: int) -> None:
    with pytest.raises(ValueError, match=f"months {first} to {last} are no part of a year"):
        Months(first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nhiệm kỳ 2023 - 2028", ["nhiệm kỳ 2023-2028"]),
        ("giai đoạn 2021–2025, tầm nhìn 2030", ["giai đoạn 2021-2025"]),
        ("từ năm 2021 đến năm 2025", ["giai đoạn 2021-2025"]),
        ("năm học 2022-2023", ["năm học 2022-2023"]),
        ("01/01/2004-01/01/2014; 1954-2024; số 12-2021; năm 2021", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert [t.label for t in find_terms(text)] == expected


def test_a_term_that_tells_which_resolution_is_a_name() -> None:
    assert [t.names for t in find_terms("Thực hiện Nghị quyết Đại hội X, nhiệm kỳ 2020-2025")] == [True]
    assert [t.names for t in find_terms("Thực hiện nghị quyết. Nhiệm kỳ 2020-2025 mở 9 lớp")] == [False]


@given(st.integers(1, 12), st.integers(2000, 2040))
def test_every_month_in_every_spelling(month: int, year: int) -> None:
    for text in (f"tháng {month} năm {year}", f"Tháng {month:02d}/{year}", f"trong {month}/{year}"):
        assert find_months(text) == (Months(month, month, year),)


@given(st.text(alphabet="quýtháng đầunăm 0123456789/-,IV.", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for folded in (False, True):
        assert all(1 <= m.first <= m.last <= 12 for m in find_months(text, folded=folded))
    assert all(t.first < t.last for t in find_terms(fold(text)))
