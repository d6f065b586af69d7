"""The graph of directives: which document carries out, rests on, replaces or mentions which.

Works are the nodes, held or only cited (corpus.citing.identity); edges are what texts say, each with its
words (corpus.citing.relations). Built once from the open index, without models; plain objects.
"""

from __future__ import annotations

import gc
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from corpus.citing.citations import find_citations
from corpus.citing.identity import Link, Register, identify
from corpus.citing.relations import Kind, Relation, relations_of
from corpus.citing.works import Mention, Work
from corpus.numbers import find_numbers
from corpus.records import Citation, Document
from search.asking.docnames import may_be_called
from search.documents.sources import quotation
from search.hits import Quotation

if TYPE_CHECKING:
    from index.bundle import Bundle

CARRIES_OUT: tuple[Kind, ...] = ("implements", "basis")
CHANGES: tuple[Kind, ...] = ("replaces", "repeals", "amends", "ends")
SAID_AS: Mapping[Kind, str] = {
    "implements": "triển khai, thực hiện",
    "basis": "căn cứ",
    "cites": "nhắc tới",
    "replaces": "thay thế",
    "amends": "sửa đổi, bổ sung",
    "repeals": "bãi bỏ",
    "ends": "cho biết đã hết hiệu lực",
}


@dataclass(frozen=True, slots=True)
class Edge:
    """One thing that texts say of two works, and where they say it.

    Attributes:
        source, target: Ids of works: the source carries out, replaces, mentions... the target.
        statements: The places that say so, the openings of documents first, then in order.
        opening: Whether a title or opening says so: what the source is for, not one of its sentences.
    """

    kind: Kind
    source: str
    target: str
    statements: tuple[Relation, ...]

    @property
    def opening(self) -> bool:
        return self.statements[0].opening


class DirectiveGraph:
    """Works and edges, and the ways to ask for them; safe to share between threads.

    Attributes:
        register: The works and what each mention means.
        edges: In order of (source, target, kind).
        mentions: Where each mention stands: its statement by the citing document itself.
    """

    def __init__(
        self,
        register: Register,
        relations: Iterable[Relation],
        document_of: Callable[[str], Document],
    ) -> None:
        self.register, self._document_of = register, document_of
        grouped: defaultdict[tuple[str, str, Kind], list[Relation]] = defaultdict(list)
        self.mentions: dict[Mention, Relation] = {}
        for relation in relations:
            mention = (relation.doc_id, relation.target)
            if relation.source < 0 and relation.kind != "ends":
                self.mentions[mention] = relation
            source, target = self._end(relation, relation.source), self._end(relation, relation.target)
            if source and target and source != target:
                grouped[source, target, relation.kind].append(relation)
        self.edges = tuple(
            Edge(kind, source, target, tuple(sorted(said, key=_best_first)))
            for (source, target, kind), said in sorted(grouped.items())
        )
        self._out: defaultdict[str, list[Edge]] = defaultdict(list)
        self._in: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            self._out[edge.source].append(edge)
            self._in[edge.target].append(edge)

    @classmethod
    def of(cls, documents: Iterable[Document], document_of: Callable[[str], Document]) -> DirectiveGraph:
        """Build the graph of these documents, each read once; `document_of` serves the quotations."""
        relations: list[Relation] = []

        def read() -> Iterable[Document]:
            for document in documents:
                relations.extend(relations_of(document))
                yield document

        # A quarter of the time would go to looking for cycles among the new records; they have none.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return cls(identify(read()), relations, document_of)
        finally:
            if collecting:
                gc.enable()

    def _end(self, relation: Relation, position: int) -> str | None:
        if position < 0:
            return self.register.of_document(relation.doc_id).work_id
        link = self.register.links.get((relation.doc_id, position))
        return link.work_id if link else None

    def work(self, work_id: str) -> Work:
        """Return a work; KeyError for an unknown id."""
        return self.register.works[work_id]

    def out(self, work: Work, *kinds: Kind) -> list[Edge]:
        """Return what a work does to others, of these kinds; of all without any."""
        return [e for e in self._out.get(work.work_id, ()) if not kinds or e.kind in kinds]

    def into(self, work: Work, *kinds: Kind) -> list[Edge]:
        """Return what is done to a work, of these kinds; of all without any."""
        return [e for e in self._in.get(work.work_id, ()) if not kinds or e.kind in kinds]

    def quote(self, relation: Relation) -> Quotation:
        """Return the words of a statement with their place."""
        return quotation(self._document_of(relation.doc_id), relation.start, relation.end)

    def citation(self, mention: Mention) -> Citation:
        """Return a mention as it was read."""
        doc_id, position = mention
        return self._document_of(doc_id).citations[position]

    def find(self, text: str) -> list[Work]:
        """Return the works that a number, or the id of a document, names; [] where it names none.

        "Quyết định 217 của Bộ Chính trị" names 217-QĐ/TW here as it does in a document.

        >>> DirectiveGraph.of([], lambda doc_id: None).find("02-NQ/TW")
        []
        """
        if text in self.documents:
            return [self.register.of_document(text)]
        numbers = dict.fromkeys(mention.number for mention in find_numbers(text, typed=True))
        numbers |= dict.fromkeys(c.number for c in find_citations(text, ()) if c.number)
        works = (work for number in numbers for work in self.register.numbered(number))
        return list({work.work_id: work for work in works}.values())

    def numbers_of_serial(self, kind: str, serial: str) -> list[str]:
        """Return the numbers held or cited that a folded type and a bare serial may stand for, sorted.

        >>> DirectiveGraph.of([], lambda doc_id: None).numbers_of_serial("nghi quyet", "25")
        []
        """
        return sorted(number for number, code in self._of_serial.get(serial, ()) if may_be_called(kind, code))

    @cached_property
    def _of_serial(self) -> Mapping[str, frozenset[tuple[str, str | None]]]:
        found: defaultdict[str, set[tuple[str, str | None]]] = defaultdict(set)
        for number in (work.number for work in self.register.works.values() if work.number):
            for mention in find_numbers(number):
                found[re.split(r"[/-]", number)[0]].add((number, mention.type_code))
        return {serial: frozenset(numbers) for serial, numbers in found.items()}

    @cached_property
    def documents(self) -> frozenset[str]:
        """Ids of the documents of the library."""
        return frozenset(doc_id for work in self.register.works.values() for doc_id in work.held)

    @cached_property
    def _unsure(self) -> Mapping[str, tuple[Link, ...]]:
        unsure: defaultdict[str, list[Link]] = defaultdict(list)
        for link in self.register.links.values():
            for work_id in link.candidates:
                unsure[work_id].append(link)
        return {
            work_id: tuple(sorted(links, key=lambda link: link.mention)) for work_id, links in unsure.items()
        }

    def links_in(self, doc_id: str) -> list[tuple[int, int, Link]]:
        """Return (start, end, link) of every mention in a document that names a document, to be clicked.

        Spans are half-open, in characters of `Document.text`, in order; they may overlap where two
        numbers share their type ("217, 218-QĐ/TW").
        """
        citations = self._document_of(doc_id).citations
        links = ((c, self.register.links.get((doc_id, i))) for i, c in enumerate(citations))
        return [(c.start, c.end, link) for c, link in links if link is not None]

    def maybe_citing(self, work: Work) -> tuple[Link, ...]:
        """Return the ambiguous mentions that may mean a work."""
        return self._unsure.get(work.work_id, ())

    def citing(self, works: Iterable[Work]) -> list[str]:
        """Return the ids of the documents that cite any of these works, surely or perhaps, sorted."""
        found: set[str] = set()
        for work in works:
            found |= set(work.cited_by) | {link.mention[0] for link in self.maybe_citing(work)}
        return sorted(found)

    def ambiguous_in(self, doc_id: str) -> list[Link]:
        """Return the ambiguous mentions of a document, in order."""
        links = (link for (citing, _), link in self.register.links.items() if citing == doc_id)
        return sorted((link for link in links if link.status == "ambiguous"), key=lambda link: link.mention)


def _best_first(relation: Relation) -> tuple[bool, str, int]:
    return (not relation.opening, relation.doc_id, relation.start)


_BUILDING = threading.Lock()
_BUILT: WeakKeyDictionary[Bundle, DirectiveGraph] = WeakKeyDictionary()


def graph_of(bundle: Bundle) -> DirectiveGraph:
    """Return the graph of an open index, built at the first call and kept as long as the index is open."""
    graph = _BUILT.get(bundle)
    if graph is not None:  # while that of another index is being built, nobody waits
        return graph
    with _BUILDING:
        graph = _BUILT.get(bundle)
        if graph is None:
            documents = (bundle.documents[doc_id] for doc_id in bundle.documents)
            graph = _BUILT[bundle] = DirectiveGraph.of(documents, bundle.documents.__getitem__)
        return graph
