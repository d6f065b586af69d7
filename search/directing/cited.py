"""Who cites a number: what the graph alone answers, exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from corpus.citing.citations import find_citations
from corpus.citing.relations import Kind
from corpus.citing.works import Work
from corpus.numbers import find_numbers
from corpus.structure.doctypes import TYPE
from search.directing.graph import SAID_AS, DirectiveGraph
from search.hits import Quotation
from search.query import Query, merged_places
from search.ranking.profile import Profile

if TYPE_CHECKING:
    from search.engine import Engine

PASSAGES = 3  # shown for one document


@dataclass(frozen=True, slots=True)
class Governing:
    """A document in a list, held or only cited.

    Attributes:
        work: What it is.
        doc_id: Its id where it is held, else None.
        score: Higher is better; only to order one list.
        why: What brought it here, in Vietnamese, for people.
        passages: What it says, or the passages that name it; best first.
        kind: What it does to the number asked about, None where that is not told.
        opening: Whether its title or opening says so: it was issued to do that.
        mention: Where the first passage names the number, half-open in characters of its document.
    """

    work: Work
    doc_id: str | None
    score: float
    why: str
    passages: tuple[Quotation, ...]
    kind: Kind | None = None
    opening: bool = False
    mention: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Directives:
    """What was found.

    Attributes:
        kind: "number" where the question names one (or a document); "changed" where it asks which
            documents have ended or changed; else "topic".
        documents: Documents of the library, best first: by topic those that speak of it, by number
            exactly those that cite it.
        directives: Governing documents, held or only cited, best first: by topic those that the
            passages found name or are, by number the works it may mean.
    """

    query: str
    kind: Literal["number", "topic", "changed"]
    documents: tuple[Governing, ...]
    directives: tuple[Governing, ...]


def says_no_more(text: str) -> bool:
    """Whether a text only names a document ("Kế hoạch số 234/KH-LĐLĐ")."""
    chars = list(text)
    spans = [(m.start, m.end) for m in find_numbers(text, typed=True)]
    for start, end in spans + [(c.start, c.end) for c in find_citations(text, ())]:
        chars[start:end] = " " * (end - start)
    text = "".join(chars)
    return len(re.findall(r"\w+", re.sub(rf"(?i:{TYPE}|văn bản|số)", " ", text))) <= 2


def by_number(
    engine: Engine, graph: DirectiveGraph, text: str, works: Sequence[Work], allowed: frozenset[str] | None
) -> Directives:
    """Return who cites the works that `text` names, of the years and places it asks for."""
    query = None if text in graph.documents else engine.understand(text)
    if query is not None:
        works, query = _meant(query, works)
    found = [d for d in graph.citing(works) if allowed is None or d in allowed]
    if query is not None:
        found = [d for d in found if _asked_for(query, Profile.of(engine.document(d)))]
    listed = sorted((citing_document(graph, doc_id, works) for doc_id in found), key=best_first)
    named = tuple(
        Governing(work, work.held[0] if work.held else None, float(len(work.cited_by)), "được hỏi", ())
        for work in works
    )
    return Directives(text, "number", tuple(listed), named)


def _meant(query: Query, works: Sequence[Work]) -> tuple[Sequence[Work], Query]:
    """Return the works of the place and year asked for, and the query without what that used up.

    In "02-NQ/TW năm 2021" the year may be the resolution's, in "56/KH-LĐLĐ của Bắc Kạn" the place the plan's.
    """
    owned = [w for w in works if any((w.owner or "").endswith(f"@{place}") for place in query.places)]
    if owned:
        works, query = owned, replace(query, places=(), towns=())
    dated = [w for w in works if w.year in query.years or w.date in query.dates]
    return (dated, replace(query, years=())) if dated else (works, query)


def _asked_for(query: Query, profile: Profile) -> bool:
    """Whether a document is of the years and places a question names, where it names any."""
    years = not query.years or any(profile.covers_year(year) for year in query.years)
    asked = set(query.places) | merged_places(query)
    return years and (not asked or bool(profile.places & asked))


def best_first(governing: Governing) -> tuple[float, str]:
    return (-governing.score, governing.work.work_id)


def citing_document(graph: DirectiveGraph, doc_id: str, works: Sequence[Work]) -> Governing:
    """Return a citing document with the places that cite any of `works`, those that carry it out first."""
    ids = {work.work_id for work in works}
    links = [link for (citing, _), link in graph.register.links.items() if citing == doc_id]
    sure = [link.mention for link in links if link.work_id in ids]
    unsure = [link for link in links if ids & set(link.candidates)]
    said = sorted(
        (graph.mentions[mention] for mention in sure or [link.mention for link in unsure]),
        key=lambda r: (r.kind == "cites", not r.opening, r.start),
    )
    best = said[0]
    why = SAID_AS[best.kind] if sure else f"có thể nhắc tới: {unsure[0].why}"
    score = (
        (2.0 if best.kind != "cites" else 1.0) + (2.0 if best.opening else 0.0) + 0.01 * min(len(said), 50)
    )
    work = graph.register.of_document(doc_id)
    quotes = tuple(graph.quote(relation) for relation in said[:PASSAGES])
    citation = graph.citation((doc_id, best.target))
    kind = best.kind if sure else None
    named = (citation.start, citation.end)
    return Governing(work, doc_id, score if sure else 0.1, why, quotes, kind, best.opening, named)
