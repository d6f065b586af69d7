"""What lists and filters show of each document: one small record, made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from corpus.records import Document
from corpus.text import fold
from search.documents.sources import document_name, short_issuer
from search.ranking.profile import Profile
from ui.parts.library import Library


@dataclass(frozen=True, slots=True)
class Card:
    """A document as a list shows it; None where the document does not say.

    Attributes:
        name: As `search.documents.sources.document_name` gives it.
        issuer: With the union's own names abbreviated.
        date: ISO.
        years: Years it is for or was issued in.
        places: Provinces of its issuer, place of issue and title.
        notices: What the reader could not make out, and that it is a restatement.
        corrected: Whether staff put some of it right by hand.
        key: Name, title and file name, folded: what the filter box looks in.
    """

    doc_id: str
    source: str
    name: str
    number: str | None
    type: str | None
    issuer: str | None
    date: str | None
    title: str | None
    years: frozenset[int]
    places: frozenset[str]
    notices: tuple[str, ...]
    restatement: bool
    corrected: bool
    pages: int
    key: str

    @classmethod
    def of(cls, document: Document) -> Card:
        head, profile = document.letterhead, Profile.of(document)
        name = document_name(document)
        issued = frozenset({profile.issue_year}) if profile.issue_year else frozenset()
        return cls(
            doc_id=document.doc_id,
            source=document.source,
            name=name,
            number=head.number,
            type=head.type,
            issuer=short_issuer(head.issuer) if head.issuer else None,
            date=head.date,
            title=head.title,
            years=profile.years | issued,
            places=profile.places,
            notices=document.warnings,
            restatement=document.restatement,
            corrected=bool(document.corrected),
            pages=len(document.page_starts),
            key=fold(" ".join(filter(None, (name, head.issuer, head.title, document.source)))),
        )


# A library never changes while it is open: a new index is opened as a new library.
_MADE: WeakKeyDictionary[Any, Mapping[str, Card]] = WeakKeyDictionary()
_MAKING = Lock()


def cards_of(library: Library) -> Mapping[str, Card]:
    """Return the card of every document by id, in order of their ids."""
    made = _MADE.get(library)
    if made is not None:  # while those of another library are being made, nobody waits
        return made
    with _MAKING:
        made = _MADE.get(library)
        if made is None:
            made = _MADE[library] = {d.doc_id: Card.of(d) for d in library.documents()}
    return made
