"""Conversations that outlive the library they began with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from search.chat import Conversation
from search.documents.subject import Subject
from search.engine import Engine
from search.generate import Writer
from search.hits import Result
from ui.parts.library import Library


@dataclass(slots=True)
class Talk:
    """A conversation that asks the library as it is at each turn, and holds on to none.

    Attributes:
        writer: The language model that words answers; None where none is set.
        subject: What the next question may lean on; None at the start.
    """

    writer: Writer | None = None
    subject: Subject | None = None

    def steps(
        self, library: Library, question: str, k: int = 10, removed: Sequence[str] = ()
    ) -> Iterator[Result]:
        """Yield the answer in the documents' words; then, where a language model is set, in its words.

        Args:
            removed: See `search.chat.Conversation.steps`.

        Raises:
            QueryError: The question is empty or longer than 2,000 characters.
        """
        conversation = Conversation(cast(Engine, library), self.writer, still_true(self.subject, library))
        for result in conversation.steps(question, k, removed):
            self.subject = conversation.subject
            yield result


def still_true(subject: Subject | None, library: Library) -> Subject | None:
    """Return a subject without the document and the words that the library no longer has."""
    if subject is None or subject.doc_id is None:
        return subject
    try:
        document = library.document(subject.doc_id)
    except KeyError:
        return replace(subject, doc_id=None, quoted=None, query=replace(subject.query, document=None))
    quoted = subject.quoted
    if quoted is not None and document.text[quoted.start : quoted.end] != quoted.quote:
        return replace(subject, quoted=None)
    return subject
