"""Between a visitor's question and the page: checks, conversation, what to show when."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Protocol

from corpus.errors import AppError, QueryError
from search.hits import Result
from search.query import check_question
from ui import theme
from ui.chat.answers import after_html, answer_html
from ui.chat.kept import Kept
from ui.parts.folder import Folder
from ui.parts.library import Library
from ui.parts.render import error_html, evidence_html, inert, question_html
from ui.settings import Settings

log = logging.getLogger(__name__)

Message = dict[str, str]

_RESUMED = 12  # questions, the latest of a conversation


class Conversation(Protocol):
    """What the page needs of `ui.chat.live.Talk`: at each turn it is told which library to ask."""

    @property
    def writer(self) -> object | None: ...

    def steps(
        self, library: Library, question: str, k: int = 10, removed: Sequence[str] = ()
    ) -> Iterator[Result]: ...


@dataclass(slots=True)
class Session:
    """One visitor's conversation, kept on the server until the tab is closed.

    Attributes:
        turns: For each question asked: its words, the conversation before it, and how many messages
            stood there; so that a question can be taken back.
        number: Goes up with each question asked, stopped or taken back: what is still being
            answered under another number is not shown any more.
        removed: What the latest question was understood to ask and is not to.
    """

    conversation: Conversation
    messages: list[Message] = field(default_factory=list)
    evidence: str = theme.EMPTY_EVIDENCE  # HTML; of the latest answer
    turns: list[tuple[str, Conversation, int]] = field(default_factory=list)
    number: int = 0
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What the page shows now.

    Attributes:
        messages: The conversation, in Gradio's form; `content` is HTML.
        left: Words that stay in the question box.
    """

    messages: list[Message]
    session: Session
    left: str = ""


@dataclass(slots=True)
class Desk:
    """Answers the questions of all visitors, and counts those under way, so that stopping can wait.

    Attributes:
        library: The documents as they are now; see `renew`.
        converse: Begins a conversation; called once for each visitor.
        folder: What became of the files the library was read from.
        kept: The latest answers, to be saved or judged.
    """

    library: Library
    converse: Callable[[], Conversation]
    settings: Settings
    folder: Folder = field(default_factory=Folder)
    kept: Kept = field(default_factory=Kept)
    under_way: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def renew(self, library: Library, folder: Folder) -> None:
        """Answer from another library from now on; those who have asked get their answer from the former."""
        self.folder, self.library = folder, library

    def answer(self, question: str, session: Session | None, removed: Sequence[str] = ()) -> Iterator[Turn]:
        """Yield what to show: at once with the question, then with the answer.

        Args:
            removed: What of it was understood and is not to be.
        """
        session = session or Session(self.converse())
        session.removed = tuple(removed)
        self._count(1)
        try:
            yield from self._turn(question.strip(), session)
        finally:
            self._count(-1)

    def resume(self, questions: Sequence[str]) -> Turn | None:
        """Ask the questions of a conversation that a tab has left once more; None where there are none.

        Nothing but questions is kept in the browser, so what is shown is what the documents say now.
        """
        turn: Turn | None = None
        session = Session(self.converse())
        for question in questions[-_RESUMED:]:
            *_, turn = self._turn(question.strip(), session, worded=False)
        return turn

    def take_back(self, session: Session | None) -> Turn | None:
        """Undo the last question and put its words into the box again; None where there is none."""
        if session is None or not session.turns:
            return None
        question, session.conversation, n_messages = session.turns.pop()
        del session.messages[n_messages:]
        session.evidence = theme.EMPTY_EVIDENCE if not session.messages else ""
        session.number += 1
        return Turn(list(session.messages), session, question)

    def again(self, session: Session | None) -> Iterator[Turn]:
        """Answer the last question once more."""
        turn = self.take_back(session)
        if turn is not None:
            yield from self.answer(turn.left, turn.session)

    def toggle(self, label: str, session: Session | None) -> Iterator[Turn]:
        """Answer the last question without something it was understood to ask, or with it again."""
        removed = session.removed if session else ()
        turn = self.take_back(session)
        if turn is not None:
            kept = tuple(one for one in removed if one != label)
            yield from self.answer(turn.left, turn.session, kept if label in removed else (*kept, label))

    def stop(self, session: Session | None) -> Turn | None:
        """Let the question under way go; the answer, should it still come, is not shown."""
        if session is None or not session.messages or session.messages[-1]["role"] != "user":
            return None
        session.number += 1
        stopped = f'<p class="dang-dung">{inert(theme.STOPPED)}</p>'
        session.messages.append({"role": "assistant", "content": stopped})
        return Turn(list(session.messages), session)

    def _count(self, step: int) -> None:
        with self._counting:
            self.under_way += step

    def _turn(self, question: str, session: Session, *, worded: bool = True) -> Iterator[Turn]:
        """Yield what to show; `worded`: also in the words of a language model, where one is set."""
        try:
            check_question(question)
        except QueryError as error:
            # A question that was never asked is not kept: it stays in the box, to be mended.
            said = {"role": "assistant", "content": error_html(error)}
            yield Turn([*session.messages, said], session, question)
            return
        session.turns.append((question, copy(session.conversation), len(session.messages)))
        session.number += 1
        number = session.number
        session.messages.append({"role": "user", "content": question_html(question)})
        session.evidence = ""
        evidence = ""
        pending = {"role": "assistant", "content": f'<p class="dang-tim">{theme.SEARCHING}</p>'}
        yield Turn([*session.messages, pending], session)
        library = self.library  # another one may take its place meanwhile
        try:
            steps = session.conversation.steps(library, question, self.settings.hits, session.removed)
            result = next(steps)
            content = answer_html(result, library.document, session.removed)
            evidence = evidence_html(result, library.document)
            if worded and session.conversation.writer is not None and result.answer.citations:
                # The quoted words are read while a language model is still looking for its own.
                if session.number != number:
                    return
                session.evidence = evidence
                early = f'{content}<p class="dang-tim">{theme.WORDING}</p>'
                yield Turn([*session.messages, {"role": "assistant", "content": early}], session)
                result = next(steps, result)  # a section quoted whole is not worded
                content = answer_html(result, library.document, session.removed)
                evidence = evidence_html(result, library.document)
            content += self._after(result)
        except AppError as error:
            content = error_html(error)
        except Exception:
            log.exception("a question could not be answered")  # its words are not logged
            content = f'<div class="loi" role="alert"><p>{inert(theme.FAILED)}</p></div>'
        if session.number != number:  # stopped or taken back meanwhile
            return
        session.evidence = evidence
        session.messages.append({"role": "assistant", "content": content})
        yield Turn(list(session.messages), session)

    def _after(self, result: Result) -> str:
        """What can be done with an answer; nothing with a greeting."""
        if result.answer.courtesy:
            return ""
        return after_html(self.kept.keep(result), quotes=bool(result.answer.citations))
