"""Conversations: follow-up questions completed from the turns before; no Gradio in here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.text import fold
from search.engine import Engine
from search.hits import Result
from search.query import Query
from search.subject import Subject

_LEANS = re.compile(
    r"^(?:the |vay |nhu vay |con |sang |the con |vay con )"
    r"|\b(?:do|nay|kia|tren|ay|vua roi|vua neu)\s?(?:la|thi|co|o|hay|bao|den|,|\?|$)"
    r"|\b(?:van ban|ke hoach|bao cao|chuong trinh|nghi quyet|muc|noi dung|tien|so|moc|nam|dip)\b"
    r"[a-z0-9 /]{0,12}\b(?:do|nay|kia|ay|tren)\b"
    r"|\bthi sao\b|\bthe nao nua\b|\bchi tiet\b"
)
_WHICH = re.compile(
    r"\b(?:van ban|ke hoach|bao cao|chuong trinh|nghi quyet)\b[a-z0-9 ]{0,12}\b(?:do|nay|kia|ay|tren)\b"
)
_SHORT = 5  # words of its own: a shorter question without a subject leans on the one before


@dataclass
class Conversation:
    """A chat with memory of its subject.

    Attributes:
        subject: What the next question may lean on; None at the start and after a change of topic.
    """

    engine: Engine
    subject: Subject | None = None
    about: str = field(default="")

    def ask(self, question: str, k: int = 10) -> Result:
        """Answer a question, completed from the turns before where it leans on them.

        Raises:
            QueryError: The question is empty or longer than 2,000 characters.
        """
        query = self.engine.understand(question)
        if self.subject is None or not leans(query, self.subject):
            result = self.engine.ask(question, k)
            self._remember(query, result)
            return result
        subject = self.subject
        allowed = None
        doc_bound = bool(_WHICH.search(fold(query.text))) or query.asks in (
            "signer",
            "issue_date",
            "recipients",
        )
        if doc_bound and subject.doc_id and not query.numbers and not query.places:
            allowed = frozenset({subject.doc_id})
        result = self.engine.ask(question, k, subject=subject, allowed=allowed)
        self._remember(subject.complete(query), result, kept=subject.words)
        return replace(
            result, understood=tuple(dict.fromkeys((f"đang hỏi về: {subject.words}", *result.understood)))
        )

    def _remember(self, query: Query, result: Result, kept: str = "") -> None:
        doc_id = result.answer.citations[0].doc_id if result.answer.citations else None
        if doc_id is None and self.subject is not None and kept:
            doc_id = self.subject.doc_id
        self.subject = Subject(words=kept or query.words, query=query, doc_id=doc_id)


def leans(query: Query, subject: Subject) -> bool:
    """Whether a question cannot be understood without the one before."""
    if query.numbers:
        return False
    folded = fold(query.text)
    if _LEANS.search(folded):
        return True
    return len(query.keywords) < _SHORT and not (query.places and query.years)
