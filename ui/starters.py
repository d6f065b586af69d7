"""Questions to start with, made from what the library itself holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.records import Document, Target
from corpus.text import collapse

_LONGEST_SUBJECT = 60  # characters; a longer one no longer reads as a question at a glance
_SHORTEST_SUBJECT = 12


def starter_questions(documents: Sequence[Document], limit: int = 5) -> list[str]:
    """At most `limit` questions the library can answer, each kind and document taking turns.

    A question is asked only where the letterhead or the extracted targets hold its answer;
    the answer itself is found by the engine, as for any other question.
    """
    kinds: list[Callable[[Document], str | None]] = [
        _about_target,
        _about_signer,
        _about_date,
        _about_subject,
    ]
    asked: dict[str, None] = {}
    # Document i is asked about with kind i first, then i + 1...: five documents give four kinds.
    for turn in range(len(kinds)):
        for place, document in enumerate(documents):
            question = kinds[(place + turn) % len(kinds)](document)
            if question and len(asked) < limit:
                asked.setdefault(question)
    return list(asked)


def _about_target(document: Document) -> str | None:
    """ "Chỉ tiêu <what is counted> năm 2021": of a document's targets the shortest to say."""
    year = str(document.year) if document.year else None
    subjects = [collapse(t.subject) for t in document.targets if _askable(t, year)]
    short = [s for s in subjects if _SHORTEST_SUBJECT <= len(s) <= _LONGEST_SUBJECT]
    return f"Chỉ tiêu {_lower_first(min(short, key=len))} năm {year}" if short and year else None


def _askable(target: Target, year: str | None) -> bool:
    return target.kind == "target" and (target.period or year) == year


def _about_signer(document: Document) -> str | None:
    named = _named(document)
    return f"Ai ký {named}?" if named and document.letterhead.signer else None


def _about_date(document: Document) -> str | None:
    named = _named(document)
    return f"{named} ban hành ngày nào?" if named and document.letterhead.date else None


def _about_subject(document: Document) -> str | None:
    named = _named(document)
    return f"{named} nói về việc gì?" if named and document.letterhead.title else None


def _named(document: Document) -> str | None:
    head = document.letterhead
    return f"{head.type} {head.number}" if head.type and head.number else None


def _lower_first(text: str) -> str:
    """`text` going on in a sentence; abbreviations ("CĐCS") keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
