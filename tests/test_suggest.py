"""Questions offered after an answer: made of what was read, and each one answered before it is offered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.reading import read_document
from corpus.records import Document
from search.answering.suggest import suggestions
from search.documents.sources import quotation
from search.engine import Engine
from search.hits import Answer, Result

ROOT = Path(__file__).parent.parent
PLAN = read_document(ROOT / "corpus/samples/ke-hoach-234-2021-lai-chau.md", "kh-234")
QUESTION = "Chỉ tiêu giới thiệu đảng viên năm 2021?"


class Shelf:
    """A library that answers every question with one answer, and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked = answer, list[str]()

    def ask(self, question: str, k: int = 10) -> Result:
        self.asked.append(question)
        return Result(question, self.answer, ())

    def document(self, doc_id: str) -> Document:
        return PLAN

    def documents(self) -> Sequence[Document]:
        return [PLAN]


def answer_at(words: str) -> Answer:
    at = PLAN.text.index(words)
    return Answer(words, False, (quotation(PLAN, at, at + len(words)),))


FIRST = Result(QUESTION, answer_at("giới thiệu 780 đoàn viên"), ())


def test_each_question_is_answered_from_where_it_was_made(engine: Engine) -> None:
    result = engine.ask("chỉ tiêu giới thiệu đảng viên năm 2021")
    offered = suggestions(engine, result)
    assert len(offered) == 3
    assert offered[0] == "chỉ tiêu giới thiệu đảng viên năm 2023"  # another plan sets it for that year
    assert "Hạn báo cáo theo Kế hoạch 234/KH-LĐLĐ là khi nào?" in offered
    for question in offered:
        answer = engine.ask(question).answer
        assert (answer.abstained, answer.unsure) == (False, False)
    assert "500" in engine.ask(offered[0]).answer.text
    assert "10/12/2021" in engine.ask("Hạn báo cáo theo Kế hoạch 234/KH-LĐLĐ là khi nào?").answer.text


def test_of_other_kinds_than_the_answer(engine: Engine) -> None:
    offered = suggestions(engine, engine.ask("Ai ký Kế hoạch 56/KH-LĐLĐ?"))
    assert offered
    assert not any(question.startswith("Ai ký") for question in offered)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer("Không tìm thấy.", abstained=True), id="refused"),
        pytest.param(Answer("gần nhất", False, FIRST.answer.citations, unsure=True), id="unsure"),
    ],
)
def test_nothing_is_offered_after_what_is_no_sure_answer(answer: Answer) -> None:
    shelf = Shelf(answer)
    assert suggestions(shelf, Result(QUESTION, answer, ())) == ()
    assert shelf.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer("Không tìm thấy.", abstained=True), id="refused"),
        pytest.param(Answer("x", False, answer_at("Nguyễn Thị Thiện").citations, unsure=True), id="unsure"),
        pytest.param(answer_at("chống tham nhũng, lãng phí"), id="answered-from-another-place"),
    ],
)
def test_a_question_that_is_not_answered_from_its_place_is_not_offered(answer: Answer) -> None:
    shelf = Shelf(answer)
    offered = suggestions(shelf, FIRST)
    # A digest may quote any place of its document, and is the only one that this answer could be.
    assert offered in ((), ("Tóm tắt Kế hoạch 234/KH-LĐLĐ",))
    assert "Ai ký Kế hoạch 234/KH-LĐLĐ?" in shelf.asked
    assert 3 < len(shelf.asked) <= 10


def test_the_place_asked_for_is_the_one_that_counts() -> None:
    shelf = Shelf(answer_at("Nguyễn Thị Thiện"))
    assert suggestions(shelf, FIRST)[0] == "Ai ký Kế hoạch 234/KH-LĐLĐ?"


def test_another_year_counts_only_where_the_same_is_said(tmp_path: Path) -> None:
    later = tmp_path / "ke-hoach.md"
    later.write_text(
        "Số: 9/KH-LĐLĐ\n\nLai Châu, ngày 02 tháng 01 năm 2023\n\nKẾ HOẠCH\nCông tác năm 2023\n\n"
        "I. MỤC TIÊU\n\nGiới thiệu 500 đoàn viên.\n\nTrồng 900 cây xanh.\n", encoding="utf-8",
    )  # fmt: skip
    other = read_document(later, "kh-9")

    class Two(Shelf):
        def __init__(self, words: str) -> None:
            at = other.text.index(words)
            super().__init__(Answer(words, False, (quotation(other, at, at + len(words)),)))

        def documents(self) -> Sequence[Document]:
            return [PLAN, other]

    asked = Result("Giới thiệu bao nhiêu đoàn viên năm 2021?", FIRST.answer, ())
    assert "Giới thiệu bao nhiêu đoàn viên năm 2023?" in suggestions(Two("Giới thiệu 500 đoàn viên"), asked)
    assert "Giới thiệu bao nhiêu đoàn viên năm 2023?" not in suggestions(Two("Trồng 900 cây xanh"), asked)
