"""The documents of an open library and what telling them apart needs: years, places, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypedDict, Unpack

from corpus.records import Document, Letterhead
from corpus.text import fold
from corpus.words.glossary import Glossary
from index.bundle import Bundle
from search.asking.matching import Terms
from search.asking.offices import is_issued_by
from search.documents.names import Names
from search.query import Query, merged_places
from search.ranking.profile import Profile, serial_of

_NAMED_DOCUMENTS = 5  # of those a question names, whose passages are looked at whatever the lanes say
_NAMED_PASSAGES = 8  # of each

_Places = dict[str, list[tuple[int, str]]]


class Conditions(TypedDict, total=False):
    """What a document may have to meet; None, or nothing, for what does not matter.

    Attributes:
        documents: Ids.
        years: Years a document is for or was issued in.
        types: "Kế hoạch"...
        issuers: Issuers as the letterhead names them.
        places: Provinces, canonical.
    """

    documents: Iterable[str] | None
    years: Iterable[int] | None
    types: Iterable[str] | None
    issuers: Iterable[str] | None
    places: Iterable[str] | None


class Shelf:
    """Documents by id, with their profiles.

    Attributes:
        letterheads: By id, in row order.
        profiles: What ranking needs to know of each document, by id, in row order.
        glossary: The abbreviations of the library and the shipped ones.
    """

    def __init__(self, bundle: Bundle, glossary: Glossary) -> None:
        self._bundle, self.glossary = bundle, glossary
        self.letterheads: Mapping[str, Letterhead] = dict(bundle.letterheads())
        self.profiles: Mapping[str, Profile] = {
            doc_id: Profile.of_letterhead(doc_id, head) for doc_id, head in self.letterheads.items()
        }

    def document(self, doc_id: str) -> Document:
        """Return a document by its id; KeyError for one the library does not hold."""
        return self._bundle.documents[doc_id]

    def documents(self) -> Sequence[Document]:
        """Return all documents, in order of their ids."""
        return [self.document(doc_id) for doc_id in sorted(self._bundle.documents)]

    def profile(self, doc_id: str) -> Profile:
        """Return what ranking needs to know of a document."""
        return self.profiles[doc_id]

    def told_by_names(self, terms: Terms, doc_ids: Sequence[str] | None = None) -> Mapping[str, float]:
        """Return by id how much of a question the names of documents say: type, title, issuer and place.

        Args:
            doc_ids: Which documents; None for all.
        """
        return self._names.told(terms, doc_ids)

    def holds(self, numbers: Iterable[str]) -> bool:
        """Whether any document of the library has one of these numbers, canonical."""
        return any(number in self._numbered for number in numbers)

    def named(self, query: Query) -> list[Profile]:
        """Return the documents whose number, serial or date a question says, in row order."""
        found = {
            place: doc_id
            for names, said in (
                (self._numbered, query.numbers),
                (self._of_serial, query.serials),
                (self._dated, query.dates),
            )
            for name in said
            for place, doc_id in names.get(name, ())
        }
        return [self.profile(found[place]) for place in sorted(found)]

    def numbered(self, query: Query) -> frozenset[str]:
        """Return the ids of the documents that a number, serial or date of a question names, or whose title
        has a number it says.
        """
        titled = (doc_id for number in query.numbers for _, doc_id in self._in_titles.get(number, ()))
        return frozenset([*(profile.doc_id for profile in self.named(query)), *titled])

    def allowed(self, **conditions: Unpack[Conditions]) -> frozenset[str]:
        """Return the ids of the documents that meet every condition given."""
        held = self._bundle.documents
        documents = conditions.get("documents")
        chosen = set(held) if documents is None else {d for d in documents if d in held}
        if (years := conditions.get("years")) is not None:
            wanted = set(years)
            chosen = {d for d in chosen if any(self.profiles[d].covers_year(y) for y in wanted)}
        if (types := conditions.get("types")) is not None:
            kinds = {fold(t) for t in types}
            chosen = {d for d in chosen if fold(self.profiles[d].type or "") in kinds}
        if (issuers := conditions.get("issuers")) is not None:
            names = {fold(i) for i in issuers}
            chosen = {d for d in chosen if fold(self.document(d).letterhead.issuer or "") in names}
        if (places := conditions.get("places")) is not None:
            where = set(places)
            chosen = {d for d in chosen if self.profiles[d].places & where}
        return frozenset(chosen)

    def fits(self, query: Query) -> frozenset[str]:
        """Return the ids of the documents of the years, types, issuers and places a question says."""
        found = self.allowed(years=query.years or None, types=query.types or None)
        if query.issuers:
            found = frozenset(d for d in found if is_issued_by(query.issuers, self.profiles[d].office))
        places = set(query.places) | merged_places(query)
        return self.allowed(documents=found, places=places) if query.places else found

    def named_rows(self, query: Query, allowed: frozenset[str] | None) -> list[int]:
        """Return the first rows of the documents whose number, serial or date a question says."""
        named = [p.doc_id for p in self.named(query) if allowed is None or p.doc_id in allowed]
        return [
            row
            for doc_id in named[:_NAMED_DOCUMENTS]
            for row in list(self._bundle.rows_of(doc_id))[:_NAMED_PASSAGES]
        ]

    @cached_property
    def _numbered(self) -> _Places:
        return _places((number, doc_id) for doc_id, number, _ in self._bundle.names())

    @cached_property
    def _of_serial(self) -> _Places:
        return _places((serial_of(number), doc_id) for doc_id, number, _ in self._bundle.names())

    @cached_property
    def _in_titles(self) -> _Places:
        return _places((n, p.doc_id) for p in self.profiles.values() for n in p.title_numbers)

    @cached_property
    def _names(self) -> Names:
        return Names(self.letterheads, self.glossary)

    @cached_property
    def _dated(self) -> _Places:
        return _places((date, doc_id) for doc_id, _, date in self._bundle.names())


def _places(named: Iterable[tuple[str | None, str]]) -> _Places:
    """Return name -> where each document of that name stands in row order, and its id."""
    places: _Places = {}
    for place, (name, doc_id) in enumerate(named):
        if name is not None:
            places.setdefault(name, []).append((place, doc_id))
    return places
