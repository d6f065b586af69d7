"""No answer ever holds a number that no cited quotation holds, whatever is asked.

python -m tests.asked_questions --n 5000      the same over thousands, and over any documents
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from search.answering.digest import digest_answer, target_lines
from search.documents.sources import quotation
from search.engine import Engine
from search.hits import Answer, Result
from tests.asked_questions import claims, numbers_in, questions, violations

N = 400  # about 20 ms each; the script asks thousands


@pytest.fixture(scope="module")
def answered(engine: Engine) -> list[Result]:
    return [engine.ask(question) for question in islice(questions(engine.documents(), seed=20), N)]


def test_no_answer_holds_a_number_that_no_quotation_holds(engine: Engine, answered: list[Result]) -> None:
    assert {r.question: v for r in answered if (v := violations(r, engine.document))} == {}


def test_the_questions_are_answered_in_every_way(answered: list[Result]) -> None:
    plain = [r for r in answered if not r.answer.abstained and not r.answer.unsure]
    with_figures = [r for r in plain if numbers_in(r.answer.text)]
    assert len({r.question for r in answered}) > 0.95 * N
    assert len(with_figures) > 0.25 * N  # so that the property is not empty
    assert sum(r.answer.abstained for r in answered) > 0.1 * N
    assert sum(r.answer.unsure for r in answered) > 0.02 * N


def test_a_digest_holds_no_number_of_its_own(engine: Engine) -> None:
    for document in engine.documents():
        for wanted in ("digest", "targets"):
            answer = digest_answer(document, wanted)
            assert violations(Result("", answer, ()), engine.document) == []
        assert len({line.quoted.start for line in target_lines(document)}) == len(target_lines(document))


def test_a_number_of_nobody_is_seen(engine: Engine) -> None:
    document = engine.document("ke-hoach-234-2021-lai-chau")
    at = document.text.index("giới thiệu 780")
    quoted = quotation(document, at, at + 24)
    good = Result(
        "",
        Answer("Giới thiệu **780** đoàn viên\n(Kế hoạch 234/KH-LĐLĐ, LĐLĐ tỉnh Lai Châu)", False, (quoted,)),
        (),
    )
    assert violations(good, engine.document) == []
    for text in (
        "Giới thiệu 781 đoàn viên",
        "Giới thiệu 78 đoàn viên",
        "Giới thiệu 780 đoàn viên (mục II.1.5)",
    ):
        bad = replace(good, answer=replace(good.answer, text=text))
        assert violations(bad, engine.document) != []
    torn = replace(quoted, quote="x" * len(quoted.quote))
    assert violations(Result("", Answer("780", False, (torn,)), ()), engine.document)[0].startswith(
        "not verbatim"
    )
    assert violations(Result("", Answer("có", False), ()), engine.document) == [
        "an answer without a citation"
    ]


def test_source_lines_and_refusals_claim_nothing(engine: Engine) -> None:
    refused = Answer("Không tìm thấy. Kho văn bản chưa có nội dung này của năm 2031.", abstained=True)
    assert claims(refused, engine.document) == ""


def test_questions_repeat_for_a_seed(engine: Engine) -> None:
    first, again = (list(islice(questions(engine.documents(), 3), 20)) for _ in range(2))
    assert first == again
    assert first != list(islice(questions(engine.documents(), 4), 20))
