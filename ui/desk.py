"""Between a visitor's question and the page: checks, conversation, what to show when."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus.errors import AppError, QueryError
from corpus.records import Document
from search.hits import Result
from search.query import check_question
from ui import theme
from ui.answers import answer_html
from ui.folder import Folder
from ui.render import error_html, evidence_html, inert, question_html
from ui.settings import Settings

log = logging.getLogger(__name__)

Message = dict[str, str]


class Library(Protocol):
    """What the page needs of `search.engine.Engine`."""

    def document(self, doc_id: str) -> Document: ...
    def documents(self) -> Sequence[Document]: ...


class Conversation(Protocol):
    """What the page needs of `search.chat.Conversation`."""

    def ask(self, question: str, k: int = 10) -> Result: ...


@dataclass(slots=True)
class Session:
    """One visitor's conversation, kept on the server until the tab is closed."""

    conversation: Conversation
    messages: list[Message] = field(default_factory=list)
    evidence: str = theme.EMPTY_EVIDENCE  # HTML; of the latest answer


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
        converse: Begins a conversation; called once for each visitor.
        folder: What became of the files the library was read from.
    """

    library: Library
    converse: Callable[[], Conversation]
    settings: Settings
    folder: Folder = field(default_factory=Folder)
    under_way: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, question: str, session: Session | None) -> Iterator[Turn]:
        """Yield what to show: at once with the question, then with the answer."""
        session = session or Session(self.converse())
        self._count(1)
        try:
            yield from self._turn(question.strip(), session)
        finally:
            self._count(-1)

    def _count(self, step: int) -> None:
        with self._counting:
            self.under_way += step

    def _turn(self, question: str, session: Session) -> Iterator[Turn]:
        try:
            check_question(question)
        except QueryError as error:
            # A question that was never asked is not kept: it stays in the box, to be mended.
            said = {"role": "assistant", "content": error_html(error)}
            yield Turn([*session.messages, said], session, question)
            return
        session.messages.append({"role": "user", "content": question_html(question)})
        session.evidence = ""
        pending = {"role": "assistant", "content": f'<p class="dang-tim">{theme.SEARCHING}</p>'}
        yield Turn([*session.messages, pending], session)
        try:
            result = session.conversation.ask(question, self.settings.hits)
            content = answer_html(result, self.library.document)
            session.evidence = evidence_html(result, self.library.document)
        except AppError as error:
            content = error_html(error)
        except Exception:
            log.exception("a question could not be answered")  # its words are not logged
            content = f'<div class="loi" role="alert"><p>{inert(theme.FAILED)}</p></div>'
        session.messages.append({"role": "assistant", "content": content})
        yield Turn(list(session.messages), session)
