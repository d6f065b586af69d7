"""The documents of an open library and what telling them apart needs: years, places, names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.glossary import Glossary
from corpus.records import Document
from corpus.text import fold
from index.bundle import Bundle
from search.matching import Words
from search.profile import Profile
from search.query import Query, merged_places

_NAMED_DOCUMENTS = 5  # of those a question names, whose passages are looked at whatever the lanes say
_NAMED_PASSAGES = 8  # of each


class Shelf:
    """Documents by id, with their profiles; read once when a library is opened."""

    def __init__(self, bundle: Bundle, glossary: Glossary) -> None:
        self._bundle = bundle
        self.profiles = {doc_id: Profile.of(bundle.documents[doc_id]) for doc_id in bundle.documents}
        self._names = {doc_id: _name_words(bundle.documents[doc_id], glossary) for doc_id in bundle.documents}

    def document(self, doc_id: str) -> Document:
        """Return a document by its id; KeyError for one the library does not hold."""
        return self._bundle.documents[doc_id]

    def documents(self) -> Sequence[Document]:
        """Return all documents, in order of their ids."""
        return [self.document(doc_id) for doc_id in sorted(self.profiles)]

    def profile(self, doc_id: str) -> Profile:
        """Return what ranking needs to know of a document."""
        return self.profiles[doc_id]

    def name_words(self, doc_id: str) -> Words:
        """Return the words of a document's type, title, issuer and place."""
        return self._names[doc_id]

    def allowed(
        self,
        *,
        documents: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        types: Iterable[str] | None = None,
        issuers: Iterable[str] | None = None,
        places: Iterable[str] | None = None,
    ) -> frozenset[str]:
        """Return the ids of the documents that meet every condition given.

        Args:
            documents: Ids.
            years: Years a document is for or was issued in.
            types: "Kế hoạch"...
            issuers: Issuers as the letterhead names them.
            places: Provinces, canonical.
        """
        chosen = set(self.profiles) if documents is None else set(documents) & set(self.profiles)
        if years is not None:
            wanted = set(years)
            chosen = {d for d in chosen if any(self.profiles[d].covers_year(y) for y in wanted)}
        if types is not None:
            kinds = {fold(t) for t in types}
            chosen = {d for d in chosen if fold(self.profiles[d].type or "") in kinds}
        if issuers is not None:
            names = {fold(i) for i in issuers}
            chosen = {d for d in chosen if fold(self.document(d).letterhead.issuer or "") in names}
        if places is not None:
            where = set(places)
            chosen = {d for d in chosen if self.profiles[d].places & where}
        return frozenset(chosen)

    def fits(self, query: Query) -> frozenset[str]:
        """Return the ids of the documents of the years, types and places a question says."""
        found = self.allowed(years=query.years or None, types=query.types or None)
        places = set(query.places) | merged_places(query)
        return self.allowed(documents=found, places=places) if query.places else found

    def named_rows(self, query: Query, allowed: frozenset[str] | None) -> list[int]:
        """Return the first rows of the documents whose number, serial or date a question says."""
        named = [
            p.doc_id
            for p in self.profiles.values()
            if (allowed is None or p.doc_id in allowed)
            and (p.number in query.numbers or p.serial in query.serials or p.date in query.dates)
        ]
        return [
            row
            for doc_id in named[:_NAMED_DOCUMENTS]
            for row in list(self._bundle.rows_of(doc_id))[:_NAMED_PASSAGES]
        ]


def _name_words(document: Document, glossary: Glossary) -> Words:
    head = document.letterhead
    return Words.of(" ".join(filter(None, (head.type, head.title, head.issuer, head.place))), glossary)
