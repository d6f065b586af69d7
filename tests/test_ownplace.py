"""A matter asked about in one province or year is answered from there, though others say it better."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from search.engine import Engine
from search.query import understand
from search.ranking.evidence import View
from search.ranking.fits import IN_A_SPAN, year_fit
from search.ranking.ownplace import in_place_and_time, own_year_first
from search.ranking.profile import Profile
from search.rerank import Candidate
from search.retrieve import Lanes
from tests.libraries import opened


def _found(place: float, coverage: float, year: float = 0.0) -> Candidate:
    lanes = Lanes(0, 0.0, 0.0, 0.0)
    return Candidate(cast(View, None), lanes, place=place, year=year, unit_coverage=coverage)


def _plan(number: str, place: str, year: int, *body: str) -> str:
    items = "\n\n".join(f"{n}. {line}" for n, line in enumerate(body, 1))
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG TỈNH {place.upper()}\n\nSố: {number}\n\n{place}, ngày 05 tháng 3 năm {year}\n\n"
        f"KẾ HOẠCH\nHoạt động công đoàn năm {year}\n\nI. NHIỆM VỤ\n\n{items}\n\n"
        "Nơi nhận:\n- Lưu: VT.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\nTrần Văn An\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    texts = {
        "a": _plan(
            "31/KH-LĐLĐ", "Cà Mau", 2022,
            "Công tác quản lý tài chính công đoàn: thu đúng, thu đủ kinh phí của doanh nghiệp.",
            "Mở lớp dạy bơi miễn phí cho con công nhân các khu trọ.",
            "Công tác tuyên truyền, phổ biến pháp luật lao động cho công nhân các khu công nghiệp.",
        ),
        "b": _plan(
            "32/KH-LĐLĐ", "Hà Giang", 2023,
            "Tăng cường quản lý tài chính, tài sản công đoàn.",
            "Tuyên truyền, phổ biến pháp luật lao động mới.",
        ),
    }  # fmt: skip
    return opened(tmp_path_factory.mktemp("library"), **texts)


@pytest.mark.parametrize(
    ("own", "kept"),
    [
        pytest.param(_found(1.0, 0.9), 1, id="says-as-much"),
        pytest.param(_found(1.0, 0.5), 1, id="says-half"),
        pytest.param(_found(1.0, 0.4), 0, id="says-little"),
        pytest.param(_found(-1.0, 0.9), 0, id="also-elsewhere"),
        pytest.param(_found(1.0, 0.9, year=-1.0), 0, id="of-another-year"),
    ],
)
def test_own_passages_count_where_they_say_much(own: Candidate, kept: int) -> None:
    query = understand("Quản lý tài chính ở Hà Giang")
    best = _found(-1.0, 1.0)
    assert in_place_and_time(query, [best, own]) == [own] * kept
    assert not kept or in_place_and_time(query, [own, best]) == []
    assert in_place_and_time(understand("Hà Giang có bao nhiêu đoàn viên?"), [best, own]) == []


@pytest.mark.parametrize("of", ["ở Hà Giang", "năm 2023"])
def test_what_is_said_in_part_is_only_near(library: Engine, of: str) -> None:
    answer = library.ask(f"Công tác tuyên truyền, phổ biến pháp luật lao động cho công nhân {of}").answer
    assert answer.unsure
    assert {c.doc_id for c in answer.citations} == {"b"}


@pytest.mark.parametrize("of", ["ở Hà Giang", "năm 2023"])
def test_what_is_not_said_there_is_not_found(library: Engine, of: str) -> None:
    answer = library.ask(f"Lớp dạy bơi cho con công nhân {of}").answer
    assert answer.abstained
    assert "chưa có nội dung này của" in answer.text


_SPANNING = "Hội thi tay nghề giai đoạn 2021-2025."
_ALONE = "Mở hội thi tay nghề cho công nhân ngành may, ngành điện tử và ngành thủy sản ở mỗi cụm thi đua."


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    texts = {
        "old": _plan("5/KH-LĐLĐ", "Cà Mau", 2021, _ALONE, "Thăm hỏi đoàn viên ốm đau."),
        "new": _plan(
            "9/KH-LĐLĐ", "Cà Mau", 2023, _SPANNING, "Giai đoạn 2021-2025 xây 40 nhà Mái ấm Công đoàn."
        ),
    }
    return opened(tmp_path_factory.mktemp("years"), **texts)


@pytest.mark.parametrize(
    ("question", "text", "fit"),
    [
        ("Hội thi năm 2021", "Hội thi giai đoạn 2021-2025", IN_A_SPAN),
        ("Hội thi năm 2022", "Hội thi từ năm 2021 đến hết năm 2022", IN_A_SPAN),
        ("Hội thi năm 2021", "Hội thi năm 2021, trong giai đoạn 2021-2025", 0.7),
        ("Hội thi năm 2021 và năm 2022", "Hội thi giai đoạn 2021-2025", 0.7),
        ("Hội thi nhiệm kỳ 2021-2025", "Hội thi nhiệm kỳ 2021-2025", 0.7),
        ("Hội thi năm 2023", "Hội thi giai đoạn 2021-2025", 1.0),  # in a document of that year
    ],
)
def test_a_year_within_a_span_is_told_of_no_year_by_itself(
    years: Engine, question: str, text: str, fit: float
) -> None:
    profile = Profile.of(years.document("new"))
    assert year_fit(understand(question), profile, None, text) == fit


def test_what_the_documents_of_a_year_say_comes_before_spans_of_years(years: Engine) -> None:
    result = years.ask("hội thi tay nghề năm 2021")
    assert result.hits[0].passage.doc_id == "old"
    assert result.answer.text.startswith(_ALONE)
    assert not result.answer.unsure


def test_what_is_told_of_a_span_of_years_is_no_plain_answer_for_one(years: Engine) -> None:
    one = years.ask("Năm 2021 xây bao nhiêu nhà Mái ấm Công đoàn?").answer
    assert one.unsure
    assert "chưa thấy nội dung này của riêng năm 2021, chỉ thấy của giai đoạn có năm đó" in one.text
    assert "40 nhà" in one.text
    assert "**40**" not in one.text
    own = years.ask("Giai đoạn 2021-2025 xây bao nhiêu nhà Mái ấm Công đoàn?").answer
    assert "**40**" in own.text
    assert not own.unsure


@pytest.mark.parametrize(
    ("year", "coverage", "first"),
    [
        pytest.param(0.8, 0.9, 1, id="own-year"),
        pytest.param(0.8, 0.5, 0, id="says-less"),
        pytest.param(0.0, 0.9, 0, id="of-no-known-year"),
        pytest.param(-1.0, 0.9, 0, id="of-another-year"),
    ],
)
def test_a_span_stands_behind_what_says_as_well(year: float, coverage: float, first: int) -> None:
    found = [
        replace(_found(0.0, 1.0, year=IN_A_SPAN), score=3.0, coverage=1.0),
        replace(_found(0.0, coverage, year=year), score=2.0, coverage=1.0),
    ]
    ordered = own_year_first(understand("Hội thi năm 2021"), found)
    assert ordered[0].year == found[first].year
    assert [c.score for c in ordered] == [3.0, 2.0]
