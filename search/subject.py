"""What a question is about when it does not say so itself: the subject a conversation carries over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.glossary import Glossary

from corpus.records import Document
from corpus.text import fold
from search import facts
from search.asks import QUESTION_WORDS
from search.facts import Fact
from search.matching import Term, Words
from search.profile import Profile
from search.query import Query

_LETTERHEAD_KINDS = ("signer", "issue_date", "number", "recipients", "about", "issuer")


@dataclass(frozen=True, slots=True)
class Subject:
    """What the turns before were about.

    Attributes:
        words: The last whole question's words, to complete a fragment ("Còn năm 2023 thì sao?").
        doc_id: The document the last answer stood in, for "văn bản đó".
        query: The last whole question, understood.
    """

    words: str
    query: Query
    doc_id: str | None = None

    def complete(self, query: Query) -> Query:
        """Return `query` with what it leaves unsaid taken from the subject."""
        words = f"{self.words} {query.words}"
        return replace(
            query,
            words=words,
            asks=query.asks if query.asks != "text" else self.query.asks,
            years=query.years or self.query.years,
            quarter=query.quarter or self.query.quarter,
            places=query.places or self.query.places,
            types=query.types or self.query.types,
            numbers=query.numbers or self.query.numbers,
            romans=query.romans,
        )


def letterhead_answer(
    query: Query,
    terms: Sequence[Term],
    profiles: Iterable[Profile],
    words_of: Callable[[str], Words],
    document_of: Callable[[str], Document],
    glossary: Glossary,
    allowed: frozenset[str] | None = None,
) -> Fact | None:
    """Answer a question about a document itself; None when it is about what documents say.

    Args:
        words_of: Words of a document's type, title, issuer and place.
        document_of: The whole document by its id.
        allowed: Ids of the documents that may answer; None for all.
    """
    plain_lookup = is_lookup(query)
    if query.asks not in _LETTERHEAD_KINDS and not plain_lookup:
        return None
    ranked = facts.named_documents(
        query, terms, [p for p in profiles if allowed is None or p.doc_id in allowed], words_of
    )
    if not ranked:
        return None
    doc_id, score = ranked[0]
    if not facts.is_named(query, terms, score, words_of(doc_id)):
        return None
    document = document_of(doc_id)
    if query.asks == "signer":
        return facts.signer(document)
    if query.asks == "issue_date":
        return facts.issue_date(document)
    if query.asks == "recipients":
        return facts.recipients(document, terms, glossary, marked=query.diacritics)
    if query.asks == "number" and not plain_lookup:
        return facts.number(document)
    return facts.about(document) if plain_lookup or query.asks in ("about", "issuer") else None


def is_lookup(query: Query) -> bool:
    """Whether a question only names a document: a number, serial or date, and next to nothing else."""
    if not (query.numbers or query.serials or query.dates):
        return False
    names = fold(
        " ".join((*query.types, *query.places, *query.serials, *query.numbers, *query.dates))
    ).split()
    known = set(names) | {part for name in names for part in name.replace("/", " ").replace("-", " ").split()}
    left = [
        k
        for k in query.keywords
        if fold(k) not in known and k not in QUESTION_WORDS and not k.isdigit() and len(k) > 1
    ]
    return len(left) <= 1
