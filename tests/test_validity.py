"""What became of a document: only what texts say, of the whole or of a part, to the end of the chain."""

from __future__ import annotations

import pytest

from corpus.citing.citations import find_citations
from corpus.records import Document, Letterhead, Section
from search.directing.graph import DirectiveGraph
from search.directing.validity import changed_works, changes_to, said_of
from search.directives import _ASKS_VALIDITY


def decision(number: str, year: int, text: str) -> Document:
    sections = (Section("III", "", 1, 0, len(text)),)
    head = Letterhead(
        number=f"{number}/QĐ-TLĐ", type="Quyết định", issuer="Tổng LĐLĐ Việt Nam", date=f"{year}-01-01"
    )
    return Document(number, f"{number}.txt", text, head, sections, find_citations(text, sections))


def named(number: str, year: int) -> str:
    return f"Quyết định số {number}/QĐ-TLĐ ngày 01/01/{year} của Tổng LĐLĐ Việt Nam"


def graph(*documents: Document) -> DirectiveGraph:
    held = {document.doc_id: document for document in documents}
    return DirectiveGraph.of(documents, held.__getitem__)


def said(made: DirectiveGraph, number: str) -> list[tuple[str, bool]]:
    (work,) = made.find(f"{number}/QĐ-TLĐ")
    return [(said_of(made, change), change.ends) for change in changes_to(made, work)]


def test_a_chain_is_told_to_its_end() -> None:
    made = graph(
        decision("20", 2020, f"Quyết định này thay thế {named('12', 2018)}."),
        decision("40", 2022, f"Quyết định này thay thế {named('20', 2020)}."),
    )
    ((words, ends),) = said(made, "12")
    assert ends
    assert words.startswith("đã được thay thế bởi Quyết định số 20/QĐ-TLĐ")
    assert words.endswith(
        "; văn bản này đến lượt mình đã được thay thế bởi Quyết định số 40/QĐ-TLĐ ngày 1/1/2022 của "
        "Tổng LĐLĐ Việt Nam"
    )
    assert said(made, "40") == []


def test_two_that_replace_each_other_come_to_an_end() -> None:
    made = graph(
        decision("20", 2020, f"Quyết định này thay thế {named('21', 2020)}."),
        decision("21", 2020, f"Quyết định này thay thế {named('20', 2020)}."),
    )
    assert len(said(made, "20")) == 1


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        (f"Bãi bỏ {named('20', 2020)}.", "đã bị bãi bỏ bởi", True),
        (f"Bãi bỏ khoản 2 Điều 3 {named('20', 2020)}.", "có nội dung đã bị bãi bỏ bởi", False),
        (f"Một số điều của {named('20', 2020)} hết hiệu lực.", "có nội dung đã hết hiệu lực theo", False),
        (f"{named('20', 2020)} hết hiệu lực kể từ ngày ký.", "đã hết hiệu lực theo", True),
        (f"Sửa đổi, bổ sung một số điều của {named('20', 2020)}.", "đã được sửa đổi, bổ sung bởi", False),
    ],
)
def test_the_whole_or_a_part(text: str, begins: str, ends: bool) -> None:
    ((words, whole),) = said(graph(decision("30", 2021, text)), "20")
    assert (words.startswith(begins), whole) == (True, ends), words


def test_what_has_ended_is_listed_before_what_only_changed() -> None:
    made = graph(
        decision("30", 2021, f"Sửa đổi, bổ sung một số điều của {named('20', 2020)}."),
        decision("31", 2021, f"Bãi bỏ {named('10', 2015)}. Căn cứ {named('11', 2016)}."),
    )
    assert [work.number for work, _ in changed_works(made)] == ["10/QĐ-TLĐ", "20/QĐ-TLĐ"]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("văn bản nào đã hết hiệu lực?", True),
        ("Các văn bản bị bãi bỏ, thay thế", True),
        ("hết hiệu lực", True),
        ("văn bản nào được sửa đổi, bổ sung", True),
        ("văn bản nào thay thế Quyết định 12", False),
        ("sửa đổi Điều lệ Công đoàn", False),
        ("thay thế cán bộ công đoàn", False),
    ],
)
def test_which_questions_ask_for_all_that_has_ended(text: str, asks: bool) -> None:
    assert (_ASKS_VALIDITY.fullmatch(text) is not None) == asks
