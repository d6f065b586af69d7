"""What a visitor is shown, turn by turn, without a browser."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from corpus.errors import QueryError
from search.hits import Result
from tests.fakes_ui import FakeEngine, FakeTalk
from ui import theme
from ui.app import _questions
from ui.chat.desk import Desk, Turn
from ui.parts.library import Library
from ui.settings import Settings

ASKED = "chỉ tiêu giới thiệu đoàn viên ưu tú năm 2021"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def desk(engine: FakeEngine) -> Desk:
    return Desk(engine, FakeTalk, Settings(hits=3))


def last(turns: Iterator[Turn]) -> Turn:
    return list(turns)[-1]


def said(turn: Turn) -> list[str]:
    return [message["content"] for message in turn.messages]


def test_the_question_is_shown_before_the_answer_is_there(desk: Desk) -> None:
    first, second = list(desk.answer(ASKED, None))
    assert [m["role"] for m in first.messages] == ["user", "assistant"]
    assert theme.SEARCHING in said(first)[1]
    assert "<strong>780</strong>" in said(second)[1]
    assert "<mark>Giới thiệu 780" in second.session.evidence
    assert second.left == ""


def test_a_conversation_goes_on(desk: Desk) -> None:
    session = last(desk.answer(ASKED, None)).session
    turn = last(desk.answer("đối thoại với người lao động", session))
    assert turn.session is session
    assert [m["role"] for m in turn.messages] == ["user", "assistant", "user", "assistant"]
    assert "đối thoại" in said(turn)[3]


def test_what_was_understood_is_left_out_and_taken_in_again(engine: FakeEngine) -> None:
    asked: list[tuple[str, ...]] = []

    class Noting(FakeTalk):
        def steps(
            self, library: Library, question: str, k: int = 10, removed: Sequence[str] = ()
        ) -> Iterator[Result]:
            asked.append(tuple(removed))
            yield from super().steps(library, question, k, removed)

    desk = Desk(engine, Noting, Settings())
    session = last(desk.answer(ASKED, None)).session
    without_year = last(desk.toggle("năm 2021", session))
    assert len(without_year.messages) == 2
    assert 'class="the bo da-bo"' in said(without_year)[1]
    last(desk.toggle("số 5", session))
    with_year = last(desk.toggle("năm 2021", session))
    assert "năm 2021</button>" not in said(with_year)[1].split("da-bo")[-1]
    last(desk.answer("đối thoại", session))
    assert asked == [(), ("năm 2021",), ("năm 2021", "số 5"), ("số 5",), ()]
    assert list(desk.toggle("năm 2021", None)) == []


def test_a_conversation_that_was_left_is_answered_anew(desk: Desk) -> None:
    turn = desk.resume([f"đối thoại {n}" for n in range(20)] + [" ", ASKED])
    assert turn is not None
    assert len(turn.session.turns) == 11  # the latest twelve, one of which could not be asked
    assert "<strong>780</strong>" in said(turn)[-1]
    assert [question for question, *_ in turn.session.turns][-1] == ASKED
    assert "đối thoại" in said(last(desk.answer("đối thoại", turn.session)))[-1]
    assert desk.resume([]) is None


@pytest.mark.parametrize("kept", ["", "[", "{}", "7", '{"a": 1}', "[1, null, [2]]"])
def test_what_a_browser_kept_and_is_no_list_of_questions_is_passed_over(kept: str) -> None:
    assert _questions(kept) == []
    assert _questions('["a", 1, "b"]') == ["a", "b"]


def test_each_visitor_has_a_conversation_of_his_own(engine: FakeEngine) -> None:
    begun: list[FakeTalk] = []

    def converse() -> FakeTalk:
        begun.append(FakeTalk())
        return begun[-1]

    desk = Desk(engine, converse, Settings())
    last(desk.answer(ASKED, last(desk.answer(ASKED, None)).session))
    last(desk.answer(ASKED, None))
    assert len(begun) == 2


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        pytest.param("", "để trống", id="empty"),
        pytest.param(" \n\t ", "để trống", id="blank"),
        pytest.param("?!…", "để trống", id="no-words"),
        pytest.param("a" * 2001, "2.000 ký tự", id="long"),
        pytest.param("đ" * 10_000_000, "2.000 ký tự", id="ten-million"),
    ],
)
def test_a_question_that_cannot_be_asked_gets_one_plain_answer(
    desk: Desk, question: str, reason: str
) -> None:
    (turn,) = desk.answer(question, None)
    assert [m["role"] for m in turn.messages] == ["assistant"]
    assert 'role="alert"' in said(turn)[0]
    assert reason in said(turn)[0]
    assert len(said(turn)[0]) < 500
    assert turn.session.messages == []
    assert turn.left == question.strip()


def test_the_words_of_a_visitor_are_shown_as_typed(desk: Desk) -> None:
    turn = last(desk.answer("  **đảng viên** <năm> 2021?  ", None))
    assert said(turn)[0] == '<div class="cau-hoi">&#42;&#42;đảng viên&#42;&#42; &#60;năm&#62; 2021?</div>'


def test_a_mistake_leaves_the_conversation_as_it_was(desk: Desk) -> None:
    answered = last(desk.answer(ASKED, None))
    mistaken = last(desk.answer("", answered.session))
    assert said(mistaken)[:2] == said(answered)
    assert "<mark>Giới thiệu 780" in mistaken.session.evidence
    assert len(last(desk.answer(ASKED, mistaken.session)).messages) == 4


def test_an_error_of_the_engine_is_said_in_its_own_words(desk: Desk) -> None:
    turn = last(desk.answer("một lỗi dữ liệu", None))
    assert "Câu hỏi này không hiểu được." in said(turn)[1]
    assert turn.session.evidence == ""


def test_a_bug_is_logged_without_the_question_and_said_politely(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        turn = last(desk.answer("hỏng máy bí mật", None))
    assert theme.FAILED in said(turn)[1]
    assert "RuntimeError: a bug" in caplog.text
    assert "bí mật" not in caplog.text
    assert "<strong>780</strong>" in said(last(desk.answer(ASKED, turn.session)))[3]


def test_a_refusal_shows_what_comes_nearest(desk: Desk) -> None:
    turn = last(desk.answer("lương tối thiểu vùng phòng", None))
    assert "Không tìm thấy" in said(turn)[1]
    assert "Kế hoạch số 12/KH-LĐLĐ" in said(turn)[1]
    assert "Các đoạn gần nhất" in turn.session.evidence


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

    class Counting(FakeTalk):
        def ask(self, library: Library, question: str, k: int = 10) -> Result:
            asked.append(k)
            raise QueryError("thôi")

    list(Desk(engine, Counting, Settings(hits=7)).answer(ASKED, None))
    assert asked == [7]


def test_a_question_taken_back_leaves_the_conversation_as_it_was_before(desk: Desk) -> None:
    first = last(desk.answer(ASKED, None))
    kept = said(first)
    second = last(desk.answer("đối thoại với người lao động", first.session))
    turn = desk.take_back(second.session)
    assert turn is not None
    assert said(turn) == kept
    assert turn.left == "đối thoại với người lao động"
    assert desk.take_back(turn.session) is not None
    assert desk.take_back(turn.session) is None
    assert desk.take_back(None) is None
    assert turn.session.evidence == theme.EMPTY_EVIDENCE


def test_asking_again_leans_on_what_stood_before_the_question(engine: FakeEngine) -> None:
    class Remembering(FakeTalk):
        asked: tuple[str, ...] = ()

        def ask(self, library: Library, question: str, k: int = 10) -> Result:
            self.asked = (*self.asked, question)
            raise QueryError(" / ".join(self.asked))

    desk = Desk(engine, Remembering, Settings())
    session = last(desk.answer("một", None)).session
    last(desk.answer("hai", session))
    turn = last(desk.again(session))
    assert len(turn.messages) == 4
    assert "một &#47; hai" in said(turn)[3] or "một / hai" in said(turn)[3]
    assert "hai / hai" not in said(turn)[3]


def test_a_stopped_question_shows_no_answer_even_if_it_comes(desk: Desk) -> None:
    turns = desk.answer(ASKED, None)
    session = next(turns).session
    stopped = desk.stop(session)
    assert stopped is not None
    assert theme.STOPPED in said(stopped)[1]
    assert list(turns) == []  # the answer came too late
    assert len(session.messages) == 2
    assert desk.stop(session) is None
    assert desk.stop(None) is None


class Wordy(FakeTalk):
    """A conversation with a language model, which takes its time."""

    writer: object | None = "a model"

    def steps(
        self, library: Library, question: str, k: int = 10, removed: Sequence[str] = ()
    ) -> Iterator[Result]:
        quoted = self.ask(library, question, k)
        yield quoted
        yield replace(quoted, answer=replace(quoted.answer, text="Nói theo cách khác: **780**."))


def test_the_words_of_the_documents_come_before_those_of_a_model(engine: FakeEngine) -> None:
    desk = Desk(engine, Wordy, Settings())
    searching, quoted, worded = desk.answer(ASKED, None)
    assert theme.SEARCHING in said(searching)[1]
    assert "đoàn viên ưu tú" in said(quoted)[1]
    assert theme.WORDING in said(quoted)[1]
    assert "sau-tra-loi" not in said(quoted)[1]  # it is not done yet
    assert "Nói theo cách khác" in said(worded)[1]
    assert theme.WORDING not in said(worded)[1]
    assert len(worded.session.messages) == 2


def test_a_conversation_that_was_left_does_not_wait_for_a_model(engine: FakeEngine) -> None:
    turn = Desk(engine, Wordy, Settings()).resume([ASKED])
    assert turn is not None
    assert "đoàn viên ưu tú" in said(turn)[1]
    assert "Nói theo cách khác" not in said(turn)[1]


def test_a_model_at_work_can_be_stopped(engine: FakeEngine) -> None:
    desk = Desk(engine, Wordy, Settings())
    turns = desk.answer(ASKED, None)
    session = [next(turns), next(turns)][1].session
    assert desk.stop(session) is not None
    assert list(turns) == []
    assert theme.STOPPED in session.messages[1]["content"]


def test_an_answer_is_kept_under_a_name_and_the_oldest_go_first(desk: Desk) -> None:
    turn = last(desk.answer(ASKED, None))
    name = re.search(r'docx\?ma=([^"]+)"', said(turn)[1])
    assert name is not None
    kept = desk.kept.get(html.unescape(name[1]))
    assert kept is not None
    assert kept.question == ASKED
    for _ in range(500):
        desk.kept.keep(kept)
    assert desk.kept.get(html.unescape(name[1])) is None
