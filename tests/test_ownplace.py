"""A matter asked about in one province or year is answered from there, though others say it better."""

from __future__ import annotations

from typing import cast

import pytest

from search.engine import Engine
from search.query import understand
from search.ranking.evidence import View
from search.ranking.ownplace import in_place_and_time
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
