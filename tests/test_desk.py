"""What a visitor is shown, turn by turn, without a browser."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from corpus.errors import QueryError
from search.hits import Result
from tests.fakes_ui import FakeEngine
from ui import theme
from ui.desk import Desk, Message, Session
from ui.settings import Settings

Turn = tuple[list[Message], str, Session]
ASKED = "chỉ tiêu giới thiệu đoàn viên ưu tú năm 2021"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def desk(engine: FakeEngine) -> Desk:
    return Desk(engine, lambda: engine, Settings(hits=3))


def last(turns: Iterator[Turn]) -> Turn:
    return list(turns)[-1]


def test_the_question_is_shown_before_the_answer_is_there(desk: Desk) -> None:
    first, second = list(desk.answer(ASKED, None))
    assert [m["role"] for m in first[0]] == ["user", "assistant"]
    assert theme.SEARCHING in first[0][1]["content"]
    assert "<strong>780</strong>" in second[0][1]["content"]
    assert "<mark>Giới thiệu 780" in second[1]


def test_a_conversation_goes_on(desk: Desk) -> None:
    _, _, session = last(desk.answer(ASKED, None))
    messages, _, again = last(desk.answer("đối thoại với người lao động", session))
    assert again is session
    assert [m["role"] for m in messages] == ["user", "assistant", "user", "assistant"]
    assert "đối thoại" in messages[3]["content"]


def test_each_visitor_has_a_conversation_of_his_own(engine: FakeEngine) -> None:
    begun: list[FakeEngine] = []

    def converse() -> FakeEngine:
        begun.append(engine)
        return engine

    desk = Desk(engine, converse, Settings())
    _, _, session = last(desk.answer(ASKED, None))
    last(desk.answer(ASKED, session))
    last(desk.answer(ASKED, None))
    assert len(begun) == 2


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("", "để trống", id="empty"),
        pytest.param(" \n\t ", "để trống", id="blank"),
        pytest.param("?!…", "để trống", id="no-words"),
        pytest.param("a" * 2001, "2.000 ký tự", id="long"),
        pytest.param("đ" * 10_000_000, "2.000 ký tự", id="ten-million"),
    ],
)
def test_a_question_that_cannot_be_asked_gets_one_plain_answer(desk: Desk, question: str, said: str) -> None:
    turns = list(desk.answer(question, None))
    assert len(turns) == 1
    messages, _, session = turns[0]
    assert [m["role"] for m in messages] == ["assistant"]
    assert 'role="alert"' in messages[0]["content"]
    assert said in messages[0]["content"]
    assert len(messages[0]["content"]) < 500
    assert session.messages == []


def test_an_error_of_the_engine_is_said_in_its_own_words(desk: Desk) -> None:
    messages, evidence, _ = last(desk.answer("một lỗi dữ liệu", None))
    assert "Câu hỏi này không hiểu được." in messages[1]["content"]
    assert evidence == theme.EMPTY_EVIDENCE


def test_a_bug_is_logged_without_the_question_and_said_politely(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        messages, _, session = last(desk.answer("hỏng máy bí mật", None))
    assert theme.FAILED in messages[1]["content"]
    assert "RuntimeError: a bug" in caplog.text
    assert "bí mật" not in caplog.text
    assert "<strong>780</strong>" in last(desk.answer(ASKED, session))[0][3]["content"]


def test_a_refusal_shows_what_comes_nearest(desk: Desk) -> None:
    messages, evidence, _ = last(desk.answer("lương tối thiểu vùng phòng", None))
    assert "Không tìm thấy" in messages[1]["content"]
    assert "Kế hoạch số 12/KH-LĐLĐ" in messages[1]["content"]
    assert "Các đoạn gần nhất" in evidence


def test_questions_under_way_are_counted_and_let_go(desk: Desk) -> None:
    turns = desk.answer(ASKED, None)
    next(turns)
    assert desk.under_way == 1
    turns.close()  # as when a tab is closed in the middle
    assert desk.under_way == 0
    list(desk.answer("hỏng máy", None))
    assert desk.under_way == 0


def test_the_number_of_hits_is_the_setting(engine: FakeEngine) -> None:
    asked: list[int] = []

    class Counting(FakeEngine):
        def ask(self, question: str, k: int = 10) -> Result:
            asked.append(k)
            raise QueryError("thôi")

    list(Desk(engine, Counting, Settings(hits=7)).answer(ASKED, None))
    assert asked == [7]
