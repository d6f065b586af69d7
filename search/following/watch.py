"""What is new for somebody who follows a search, a directive or the whole library.

Who follows what is kept by whoever asks: the browser, or a file of the command line. What is
asked here is only "what has come since that moment" (index.arrivals), so nothing personal is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from corpus.citing.works import Work
from index.arrivals import Arrival
from search.directing.cited import PASSAGES, Governing, best_first, citing_document
from search.directing.graph import CHANGES, DirectiveGraph, graph_of
from search.directing.standing import quote_json, work_json
from search.directives import speaking_among
from search.documents.sources import quotation
from search.hits import Quotation

if TYPE_CHECKING:
    from search.engine import Engine
    from search.query import Query

Kind = Literal["search", "directive", "library"]
KINDS: tuple[Kind, ...] = ("search", "directive", "library")


@dataclass(frozen=True, slots=True)
class Watched:
    """What somebody follows.

    Attributes:
        text: Of a search its words, of a directive its number or id, of the library "".
        since: The moment up to which everything has been seen; see `latest`.
        work: Id of the directive in the graph where that is known: several may share a number.
    """

    kind: Kind
    text: str
    since: int
    work: str = ""


@dataclass(frozen=True, slots=True)
class New:
    """A document that is new since then, or has other content.

    Attributes:
        arrival: When it came, and when it came with its present content.
        changed: Whether it had been there before with other content.
        why: What it has to do with what is followed, in Vietnamese, for people.
        passages: What it says of it, best first; of a new document without any its opening.
    """

    doc_id: str
    work: Work
    arrival: Arrival
    changed: bool
    why: str
    passages: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What is new of one thing followed.

    Attributes:
        items: Most telling first.
        latest: The moment to follow from when this has been seen.
        known: False where a directive is followed that the library neither holds nor cites.
        made_anew: Whether all documents came at one moment since then: nobody can tell which of
            them had been seen.
    """

    watched: Watched
    items: tuple[New, ...]
    latest: int
    known: bool = True
    made_anew: bool = False


def latest(arrivals: Mapping[str, Arrival]) -> int:
    """Return the moment up to which a library is known now; 0 where nothing tells."""
    return max((arrival.latest for arrival in arrivals.values()), default=0)


def news_of(
    engine: Engine, watched: Watched, allowed: frozenset[str] | None = None, query: Query | None = None
) -> News:
    """Return what has come since `watched.since`.

    Args:
        allowed: Ids of the documents that count, where a search was narrowed; None for all.
        query: The search as a visitor put it right; None to understand its words here.

    Raises:
        QueryError: The search is empty or longer than 2,000 characters.
    """
    arrivals, graph = engine.bundle.arrivals, graph_of(engine.bundle)
    fresh = frozenset(d for d, arrival in arrivals.items() if arrival.latest > watched.since)
    among = fresh if allowed is None else fresh & allowed
    known = True
    if watched.kind == "search":
        found = list(_found(engine, graph, watched.text, among, query))
    elif watched.kind == "directive":
        works = works_of(graph, watched)
        found, known = _about_works(engine, graph, works, among), bool(works)
    else:
        found = [_came(engine, graph, doc_id) for doc_id in among]
        found.sort(key=lambda g: (-arrivals[g.doc_id or ""].latest, *best_first(g)))
    items = tuple(_new(arrivals, watched.since, governing) for governing in found)
    moments = {arrival.first for arrival in arrivals.values()}
    made_anew = len(moments) == 1 and watched.since > 0 and fresh == frozenset(arrivals)
    return News(watched, items, latest(arrivals), known, made_anew)


def works_of(graph: DirectiveGraph, watched: Watched) -> list[Work]:
    """Return the works that are followed: the very one where it is still known, else all of its number."""
    if (work := graph.register.works.get(watched.work)) is not None:
        return [work]
    return graph.find(watched.text)


def _found(
    engine: Engine, graph: DirectiveGraph, text: str, among: frozenset[str], query: Query | None
) -> tuple[Governing, ...]:
    """What speaks of a topic; where the search names a document also what cites that."""
    speaking = speaking_among(engine, text, among, query)
    naming = [
        citing_document(graph, doc_id, works)
        for works in [graph.find(text)]
        for doc_id in graph.citing(works)
        if doc_id in among
    ]
    spoken = {g.doc_id for g in speaking}
    return (*speaking, *(g for g in sorted(naming, key=best_first) if g.doc_id not in spoken))


def _about_works(
    engine: Engine, graph: DirectiveGraph, works: list[Work], among: frozenset[str]
) -> list[Governing]:
    """The directive itself, where it has come; then the documents that change, carry out or cite it."""
    itself = [_came(engine, graph, doc_id) for work in works for doc_id in work.held if doc_id in among]
    itself = [replace(g, why="; ".join(filter(None, ("chính văn bản này", g.why)))) for g in itself]
    citing = [citing_document(graph, doc_id, works) for doc_id in graph.citing(works) if doc_id in among]
    changing = {edge.source for work in works for edge in graph.into(work, *CHANGES)}
    citing.sort(key=lambda g: (g.work.work_id not in changing, *best_first(g)))
    return itself + citing


def _came(engine: Engine, graph: DirectiveGraph, doc_id: str) -> Governing:
    """A document for its own sake; one that others had cited before is worth saying so."""
    work = graph.register.of_document(doc_id)
    why = f"{len(work.cited_by)} văn bản trong kho nhắc tới" if work.cited_by else ""
    return Governing(work, doc_id, float(len(work.cited_by)), why, (_opening(engine, doc_id),))


def _opening(engine: Engine, doc_id: str) -> Quotation:
    """The title, else the first words below the letterhead."""
    document = engine.document(doc_id)
    body = next((section.start for section in document.sections), 0)
    title = document.letterhead.title
    start = document.text.find(title) if title else -1
    if title and start >= 0:
        return quotation(document, start, start + len(title))
    end = document.text.find("\n", body + 1)
    return quotation(document, body, min(end if end > 0 else len(document.text), body + 400))


def _new(arrivals: Mapping[str, Arrival], since: int, governing: Governing) -> New:
    assert governing.doc_id is not None  # only documents of the library arrive
    arrival = arrivals[governing.doc_id]
    changed = arrival.first <= since
    passages = governing.passages[:PASSAGES]
    return New(governing.doc_id, governing.work, arrival, changed, governing.why, passages)


def news_json(news: News) -> dict[str, Any]:
    """Return what other programs read."""
    return {
        "kind": news.watched.kind,
        "text": news.watched.text,
        "since": news.watched.since,
        "latest": news.latest,
        "known": news.known,
        "made_anew": news.made_anew,
        "documents": [
            {
                **work_json(new.work),
                "doc": new.doc_id,
                "arrived": new.arrival.first,
                "changed": new.arrival.latest if new.changed else None,
                "why": new.why,
                "passages": [quote_json(quote) for quote in new.passages],
            }
            for new in news.items
        ],
    }
