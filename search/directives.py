"""Which documents govern a matter, and who carries them out: by topic, by number, by document.

By number the graph alone answers, exactly. By topic the passages that speak of it are searched as
for any question; the directives are those that these passages name or are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from corpus.errors import QueryError
from corpus.works import Work
from search.answer import AnswerOptions, confidence
from search.engine import Engine
from search.evidence import credits_above, unit_coverage
from search.graph import SAID_AS, DirectiveGraph, graph_of
from search.hits import Quotation
from search.listing import Item
from search.matching import Terms, Words
from search.profile import Profile
from search.query import Query, merged_places
from search.rerank import Candidate
from search.sources import quotation
from search.standing import quote_json, standing_json, standing_of, work_json

_NEAR_BEST = 0.65  # share of what the best passage tells that another must tell (search.listing's)
_NAMED = 0.5  # the same for a directive and the passage it is named in: lists of them may be longer
_PASSAGES = 3  # shown for one document
_CITED_WEIGHT = 0.1  # a directive cited by ten documents gains a third over one cited by none
# Words that every question to this command may have; they tell nothing of the topic.
_ASKED = re.compile(r"\b(?:các\s|những\s)?(?:văn bản\s)?chỉ đạo(?:\svề)?\b", re.IGNORECASE)
_MOST = 50  # directives listed for a topic


@dataclass(frozen=True, slots=True)
class Governing:
    """A document in a list, held or only cited.

    Attributes:
        work: What it is.
        doc_id: Its id where it is held, else None.
        score: Higher is better; only to order one list.
        why: What brought it here, in Vietnamese, for people.
        passages: What it says, or the passages that name it; best first.
    """

    work: Work
    doc_id: str | None
    score: float
    why: str
    passages: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Directives:
    """What was found.

    Attributes:
        kind: "number" where the question names one (or a document), else "topic".
        documents: Documents of the library, best first: by topic those that speak of it, by number
            exactly those that cite it.
        directives: Governing documents, held or only cited, best first: by topic those that the
            passages found name or are, by number the works it may mean.
    """

    query: str
    kind: Literal["number", "topic"]
    documents: tuple[Governing, ...]
    directives: tuple[Governing, ...]


def find_directives(engine: Engine, text: str, allowed: frozenset[str] | None = None) -> Directives:
    """Return who governs a topic, or who cites and carries out a number or document.

    Args:
        text: "thực hiện dân chủ ở cơ sở", "02-NQ/TW", "Văn bản nào triển khai 02-NQ/TW?", or a document's id.
        allowed: Ids of the documents to look in; None for all.

    Raises:
        QueryError: The text is empty or longer than 2,000 characters.
    """
    graph = graph_of(engine.bundle)
    if works := graph.find(text.strip()):
        query = engine.understand(text) if text.strip() not in graph.documents else None
        found = [d for d in graph.citing(works) if allowed is None or d in allowed]
        if query is not None:  # "ở Lai Châu", "năm 2023"
            found = [d for d in found if _asked_for(query, Profile.of(engine.document(d)))]
        listed = (_citing(graph, doc_id, works) for doc_id in found)
        named = tuple(
            Governing(work, work.held[0] if work.held else None, float(len(work.cited_by)), "được hỏi", ())
            for work in works
        )
        return Directives(text, "number", tuple(sorted(listed, key=_best_first)), named)
    return _by_topic(engine, graph, text, allowed)


def _asked_for(query: Query, profile: Profile) -> bool:
    """Whether a document is of the years and places a question names, where it names any."""
    years = not query.years or any(profile.covers_year(year) for year in query.years)
    asked = set(query.places) | merged_places(query)
    return years and (not asked or bool(profile.places & asked))


def _best_first(governing: Governing) -> tuple[float, str]:
    return (-governing.score, governing.work.work_id)


def _citing(graph: DirectiveGraph, doc_id: str, works: Sequence[Work]) -> Governing:
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
    quotes = tuple(graph.quote(relation) for relation in said[:_PASSAGES])
    return Governing(work, doc_id, score if sure else 0.1, why, quotes)


def _by_topic(engine: Engine, graph: DirectiveGraph, text: str, allowed: frozenset[str] | None) -> Directives:
    query = engine.understand(text)
    about = _ASKED.sub(" ", query.words)
    terms = engine._terms(replace(query, words=about) if about.strip() else query)
    ranked = engine._ranked(query, terms, allowed, draft=False)
    if not ranked or confidence(ranked[0]) < AnswerOptions().nearby:
        return Directives(text, "topic", (), ())
    fit = [c for c in ranked if c.unit is not None and c.year >= 0 and c.place >= 0]
    best = max((c.unit_coverage for c in fit), default=0.0)
    near = [c for c in fit if c.unit_coverage >= _NEAR_BEST * best] if best else []
    naming = [c for c in fit if c.unit_coverage >= _NAMED * best] if best else []
    speaking: dict[str, list[Candidate]] = {}
    for candidate in near:
        speaking.setdefault(candidate.view.passage.doc_id, []).append(candidate)
    documents = tuple(
        Governing(
            graph.register.of_document(doc_id),
            doc_id,
            found[0].score,
            "nói về nội dung được hỏi",
            tuple(_quoted(engine, c) for c in found[:_PASSAGES]),
        )
        for doc_id, found in speaking.items()
    )
    return Directives(text, "topic", documents, _governing(engine, graph, terms, naming, documents))


def _quoted(engine: Engine, candidate: Candidate) -> Quotation:
    unit, passage = candidate.unit, candidate.view.passage
    start, end = (unit.start, unit.end) if unit else (passage.start, passage.end)
    return quotation(engine.document(passage.doc_id), start, end)


def _governing(
    engine: Engine,
    graph: DirectiveGraph,
    terms: Terms,
    naming: Iterable[Candidate],
    documents: Iterable[Governing],
) -> tuple[Governing, ...]:
    """Return the works that the passages found name where they speak of the topic, and those they are."""
    worth: dict[str, float] = {}
    told: dict[str, list[tuple[float, Quotation]]] = {}
    for candidate in naming:
        passage, document = candidate.view.passage, engine.document(candidate.view.passage.doc_id)
        above = credits_above(terms, candidate.view)
        for position, citation in enumerate(document.citations):
            link = graph.register.links.get((document.doc_id, position))
            if not passage.start <= citation.start < passage.end or link is None or link.work_id is None:
                continue
            units = [u for u in candidate.view.units if u.start <= citation.start < u.end]
            unit = min(units, key=lambda u: u.end - u.start, default=None)
            said = unit_coverage(terms, unit, above) if unit else 0.0
            said = max(said, _titled(engine, terms, graph.work(link.work_id)))
            worth[link.work_id] = max(worth.get(link.work_id, 0.0), said)
            quote = graph.quote(graph.mentions[document.doc_id, position])
            told.setdefault(link.work_id, []).append((said, quote))
    for governing in documents:  # a document of the library may govern the matter itself
        titled = _titled(engine, terms, governing.work)
        if titled > worth.get(governing.work.work_id, 0.0):
            worth[governing.work.work_id] = titled
            told.setdefault(governing.work.work_id, []).extend((titled, q) for q in governing.passages)
    best = max(worth.values(), default=0.0)
    found: list[Governing] = []
    for work_id, said in worth.items():
        if best and said >= _NAMED * best:
            work = graph.work(work_id)
            score = said * (1 + _CITED_WEIGHT * math.log2(1 + len(work.cited_by)))
            quotes = [
                quote for _, quote in sorted(told[work_id], key=lambda t: (-t[0], t[1].doc_id, t[1].start))
            ]
            why = _why(graph, work)
            doc_id = work.held[0] if work.held else None
            found.append(Governing(work, doc_id, score, why, tuple(dict.fromkeys(quotes))[:_PASSAGES]))
    return tuple(sorted(found, key=_best_first)[:_MOST])


def _titled(engine: Engine, terms: Terms, work: Work) -> float:
    """Return how much of the topic a work's own title says, in [0, 1]."""
    return terms.coverage(((Words.of(work.title, engine.glossary), 1.0),)) if work.title else 0.0


def _why(graph: DirectiveGraph, work: Work) -> str:
    why = "có trong kho" if work.held else "được viện dẫn, chưa có trong kho"
    if work.cited_by:
        why += f"; {len(work.cited_by)} văn bản trong kho nhắc tới"
    for edge in graph.into(work, "replaces", "repeals", "ends"):
        by = graph.work(edge.source)
        why += f"; theo {by.number or 'văn bản trong kho'}: {SAID_AS[edge.kind]}"
    return why


def citing_items(engine: Engine, query: Query, allowed: frozenset[str] | None = None) -> list[Item]:
    """Return one place for each document that cites a number the question names, best first.

    For "Văn bản nào triển khai Nghị quyết 02-NQ/TW?": who carries it out stands before who only
    mentions it. [] where the question names no number that is held or cited.
    """
    try:
        found = find_directives(engine, query.text, allowed) if query.numbers else None
    except QueryError:
        return []
    if found is None or found.kind != "number":
        return []
    return [
        Item(g.doc_id, g.passages[0].start, g.passages[0].end, g.passages[0].start, g.score)
        for g in found.documents
        if g.doc_id
    ]


def to_json(engine: Engine, found: Directives) -> dict[str, Any]:
    """Return what other programs read; see the classes above for the order."""
    graph = graph_of(engine.bundle)
    result: dict[str, Any] = {
        "query": found.query,
        "kind": found.kind,
        "documents": [_governing_json(governing) for governing in found.documents],
        "directives": [_governing_json(governing) for governing in found.directives],
    }
    if found.kind == "number":
        result["standings"] = [standing_json(graph, standing_of(graph, g.work)) for g in found.directives]
    return result


def _governing_json(governing: Governing) -> dict[str, Any]:
    return {
        **work_json(governing.work),
        "doc": governing.doc_id,
        "score": round(governing.score, 6),
        "why": governing.why,
        "passages": [quote_json(quote) for quote in governing.passages],
    }
