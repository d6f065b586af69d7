"""What a question is understood to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QueryError
from corpus.text import fold
from search.query import MAX_QUESTION, understand


@pytest.mark.parametrize(
    ("question", "years"),
    [
        pytest.param("chỉ tiêu năm 2021", (2021,), id="year"),
        pytest.param("chi tieu nam 2021", (2021,), id="no-diacritics"),
        pytest.param("quý III/2023", (2023,), id="quarter-and-year"),
        pytest.param("văn bản ngày 8/9/2020", (), id="a-full-date-is-no-year"),
        pytest.param("145/2020/NĐ-CP", (), id="a-number-is-no-year"),
        pytest.param("so sánh năm 2021 với 2023", (2021, 2023), id="two"),
        pytest.param("có 2021 đoàn viên không phải năm 2023", (2021,), id="negated"),
    ],
)
def test_years(question: str, years: tuple[int, ...]) -> None:
    assert understand(question).years == years


def test_a_negated_year_is_ruled_out() -> None:
    query = understand("chỉ tiêu kết nạp, không phải năm 2023")
    assert (query.years, query.not_years) == ((), (2023,))


@pytest.mark.parametrize(
    "typed", ["234/KH-LĐLĐ", "234/kh-ldld", "234 / KH - LĐLD", "kế hoạch số 234/KH-LĐLĐ là gì"]
)
def test_a_document_number_is_recognised_however_it_is_typed(typed: str) -> None:
    assert understand(typed).numbers == ("234/KH-LĐLĐ",)


def test_party_and_state_notation_are_one_number() -> None:
    assert understand("27/CTr-TU").numbers == understand("27-ctr/tu").numbers == ("27-CTr/TU",)


@pytest.mark.parametrize(
    ("question", "serials"),
    [
        pytest.param("báo cáo số 757 nói gì", ("757",), id="report"),
        pytest.param("Chương trình 1563 do ai làm", ("1563",), id="programme"),
        pytest.param("kế hoạch năm 2021", (), id="a-year-is-no-serial"),
        pytest.param("chỉ tiêu số 80% là gì", (), id="a-share-is-no-serial"),
    ],
)
def test_serials(question: str, serials: tuple[str, ...]) -> None:
    assert understand(question).serials == serials


def test_date_quarter_type_and_roman_ordinal() -> None:
    query = understand("Báo cáo quý III ngày 12/9/2023 về Đại hội lần thứ XIII")
    assert query.dates == ("2023-09-12",)
    assert query.quarter == 3
    assert query.types == ("Báo cáo",)
    assert query.romans == ("XIII",)
    assert query.understood == ("quý III", "ngày 12/9/2023", "báo cáo")


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("6 tháng đầu năm 2023 kết nạp được mấy người", ("năm 2023", "6 tháng đầu năm")),
        ("6 thang cuoi nam 2023 ket nap duoc may nguoi", ("năm 2023", "6 tháng cuối năm")),
        ("chỉ tiêu nhiệm kỳ 2023 - 2028", ("nhiệm kỳ 2023-2028",)),
        ("mục tiêu giai đoạn 2021-2025 và năm 2030", ("năm 2030", "giai đoạn 2021-2025")),
        ("tháng 5/2023 có hoạt động gì", ("năm 2023", "tháng 5")),
        ("quỹ 3 tỷ đồng", ()),
    ],
)
def test_months_and_terms_are_understood(question: str, understood: tuple[str, ...]) -> None:
    assert understand(question).understood == understood


def test_places_are_provinces() -> None:
    assert understand("LĐLĐ tỉnh Bắc Kạn năm 2020").places == ("Bắc Kạn",)


@pytest.mark.parametrize("typed", [str, fold])
def test_a_province_s_name_asks_for_nothing(typed: Callable[[str], str]) -> None:
    assert understand(typed("LĐLĐ tỉnh Tiền Giang có bao nhiêu đoàn viên?")).asks == "count"
    assert understand(typed("Tiền thưởng là bao nhiêu?")).asks == "money"


def test_keywords_leave_out_question_words_and_years() -> None:
    assert understand("Năm 2021 có bao nhiêu cơ sở đạt chuẩn?").keywords == ("cơ", "sở", "đạt", "chuẩn")


@pytest.mark.parametrize("empty", ["", "   ", "?!…", "\u200b"])
def test_an_empty_question_is_refused(empty: str) -> None:
    with pytest.raises(QueryError, match=r"để trống.*vui lòng nhập"):
        understand(empty)


def test_a_ten_megabyte_question_is_refused() -> None:
    with pytest.raises(QueryError, match=rf"10\.000\.000 ký tự.*{MAX_QUESTION // 1000}\.000"):
        understand("a" * 10_000_000)


@given(st.text(min_size=1, max_size=200))
def test_any_text_is_understood_or_refused_politely(text: str) -> None:
    try:
        query = understand(text)
    except QueryError:
        return
    assert query.text
    assert understand(fold(query.text)).years == query.years


@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("Quy định 11-QĐ/TW nói gì?", ("Quy định",)),
        ("Theo quy định nào thì được hỗ trợ?", ("Quy định",)),
        ("Tiền cơm trưa quy định bao nhiêu?", ()),
        ("Mức đóng được quy định thế nào?", ()),
    ],
)
def test_a_verb_is_no_type_of_document(question: str, types: tuple[str, ...]) -> None:
    assert understand(question).types == types
