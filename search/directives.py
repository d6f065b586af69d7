"""Which documents govern a matter, and who carries them out: by topic, by number, by document.

By number the graph alone answers, exactly. By topic the passages that speak of it are searched as
for any question; the directives are those that these passages name or are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.citing.works import Work
from corpus.errors import QueryError
from corpus.text import collapse
from search.answer import AnswerOptions
from search.answering.listing import Group, Item
from search.asking.matching import Terms, Words
from search.directing.cited import PASSAGES, Directives, Governing, best_first, by_number, says_no_more
from search.directing.graph import DirectiveGraph, graph_of
from search.directing.standing import quote_json, standing_json, standing_of, work_json
from search.directing.validity import changed_works, changes_to, said_of
from search.documents.sources import quotation
from search.hits import Quotation
from search.query import Query
from search.ranking.confidence import confidence
from search.ranking.evidence import Said
from search.rerank import Candidate

if TYPE_CHECKING:
    from search.engine import Engine

_NEAR_BEST = 0.65  # share of what the best passage tells that another must tell (search.answering.listing's)
_NAMED = 0.5  # the same for a directive and the passage it is named in, and for news
_CITED_WEIGHT = 0.1  # a directive cited by ten documents gains a third over one cited by none
# Words that every question to this command may have; they tell nothing of the topic.
_ASKED = re.compile(r"\b(?:các\s|những\s)?(?:văn bản\s)?chỉ đạo(?:\svề)?\b", re.IGNORECASE)
# "Văn bản nào đã hết hiệu lực?", "các văn bản bị bãi bỏ, thay thế": all of them are asked for.
_ASKS_VALIDITY = re.compile(
    r"(?:(?:những |các )?văn bản(?: chỉ đạo)?(?: nào)? )?(?:(?:đã|bị|được|có|còn) )*"
    r"(?:(?:hết hiệu lực|thay thế|bãi bỏ|hủy bỏ|sửa đổi|bổ sung)(?:, | hoặc | và | hay )?)+"
    r"(?: rồi| chưa)?\s?\?*",
    re.IGNORECASE,
)
_MOST = 50  # directives listed for a topic


def find_directives(engine: Engine, text: str, allowed: frozenset[str] | None = None) -> Directives:
    """Return who governs a topic, or who cites and carries out a number or document.

    Args:
        text: "thực hiện dân chủ ở cơ sở", "02-NQ/TW", "Văn bản nào triển khai 02-NQ/TW?", or a document's id.
        allowed: Ids of the documents to look in; None for all.

    Raises:
        QueryError: The text is empty or longer than 2,000 characters.
    """
    graph = graph_of(engine.bundle)
    text = text.strip()
    works = graph.find(text)
    if not works and _ASKS_VALIDITY.fullmatch(collapse(text)):
        return Directives(text, "changed", (), _changed(graph))
    if not works:
        return _by_topic(engine, graph, text, allowed)
    bare = text in graph.documents or says_no_more(text)
    found = by_number(engine, graph, text, works, allowed)
    # A question about what a plan of the library says is none for who cites that plan.
    about_it = all(work.held for work in works) and engine.understand(text).asks != "documents"
    return found if bare or (found.documents and not about_it) else _by_topic(engine, graph, text, allowed)


def _changed(graph: DirectiveGraph) -> tuple[Governing, ...]:
    """Return every work that the library's documents say has ended or changed, with their words."""
    return tuple(
        Governing(
            work,
            work.held[0] if work.held else None,
            float(changes[0].ends),
            "; ".join(said_of(graph, change) for change in changes),
            tuple(graph.quote(change.edge.statements[0]) for change in changes)[:PASSAGES],
        )
        for work, changes in changed_works(graph)
    )


def _by_topic(engine: Engine, graph: DirectiveGraph, text: str, allowed: frozenset[str] | None) -> Directives:
    query = _topic_of(engine, text)
    terms, ranked = engine.candidates(query, allowed)
    if not ranked or confidence(ranked[0]) < AnswerOptions().nearby:
        return Directives(text, "topic", (), ())
    fit = _fitting(ranked)
    best = _most_told(fit)
    documents = tuple(_speaking(engine, graph, fit, _NEAR_BEST * best).values())
    naming = [c for c in fit if best and c.unit_coverage >= _NAMED * best]
    return Directives(text, "topic", documents, _governing(engine, graph, terms, naming, documents))


def speaking_among(
    engine: Engine, text: str, among: frozenset[str], query: Query | None = None
) -> tuple[Governing, ...]:
    """Return those of some documents that speak of a topic as a search of the whole library counts it.

    What the best passage of the library tells is the measure, so that a document does not pass for
    speaking of a topic only because those beside it say even less. Half of it is enough here: among
    few documents one too many is soon put aside, one left out is never seen.

    Args:
        query: The topic as a visitor put it right; None to understand it here.

    Raises:
        QueryError: The text is empty or longer than 2,000 characters.
    """
    query = query or _topic_of(engine, text)
    _, ranked = engine.candidates(query)
    if not among or not ranked or confidence(ranked[0]) < AnswerOptions().nearby:
        return ()
    best = _most_told(_fitting(ranked))
    _, ranked = engine.candidates(query, among)
    return tuple(_speaking(engine, graph_of(engine.bundle), _fitting(ranked), _NAMED * best).values())


def _topic_of(engine: Engine, text: str) -> Query:
    query = engine.understand(text)
    about = _ASKED.sub(" ", query.words)
    return replace(query, words=about) if about.strip() else query


def _fitting(ranked: Iterable[Candidate]) -> list[Candidate]:
    return [c for c in ranked if c.unit is not None and c.year >= 0 and c.place >= 0]


def _most_told(fit: Iterable[Candidate]) -> float:
    return max((c.unit_coverage for c in fit), default=0.0)


def _speaking(
    engine: Engine, graph: DirectiveGraph, fit: Iterable[Candidate], least: float
) -> dict[str, Governing]:
    """Return by id the documents with passages that tell at least so much of the topic."""
    speaking: dict[str, list[Candidate]] = {}
    for candidate in fit:
        if least and candidate.unit_coverage >= least:
            speaking.setdefault(candidate.view.passage.doc_id, []).append(candidate)
    return {
        doc_id: Governing(
            graph.register.of_document(doc_id),
            doc_id,
            found[0].score,
            "nói về nội dung được hỏi",
            tuple(_quoted(engine, c) for c in found[:PASSAGES]),
        )
        for doc_id, found in speaking.items()
    }


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
    naming = list(naming)
    said_there = Said(terms, [candidate.view for candidate in naming])
    for n, candidate in enumerate(naming):
        passage, document = candidate.view.passage, engine.document(candidate.view.passage.doc_id)
        told_by = said_there.units(n)
        for position, citation in enumerate(document.citations):
            link = graph.register.links.get((document.doc_id, position))
            if not passage.start <= citation.start < passage.end or link is None or link.work_id is None:
                continue
            units = [u for u in candidate.view.units if u.start <= citation.start < u.end]
            unit = min(units, key=lambda u: u.end - u.start, default=None)
            said = told_by[unit.place] if unit else 0.0
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
            found.append(Governing(work, doc_id, score, why, tuple(dict.fromkeys(quotes))[:PASSAGES]))
    return tuple(sorted(found, key=best_first)[:_MOST])


def _titled(engine: Engine, terms: Terms, work: Work) -> float:
    """Return how much of the topic a work's own title says, in [0, 1]."""
    return terms.coverage(Words.of(work.title, engine.glossary)) if work.title else 0.0


def _why(graph: DirectiveGraph, work: Work) -> str:
    why = "có trong kho" if work.held else "được viện dẫn, chưa có trong kho"
    if work.cited_by:
        why += f"; {len(work.cited_by)} văn bản trong kho nhắc tới"
    return "; ".join([why, *(said_of(graph, change) for change in changes_to(graph, work))])


def citing_items(engine: Engine, query: Query, allowed: frozenset[str] | None = None) -> list[Item]:
    """Return one place for each document that cites a number the question names, best first.

    For "Văn bản nào triển khai Nghị quyết 02-NQ/TW?": who carries it out stands before who only
    mentions it. [] where the question names no number that is held or cited.
    """
    try:
        named = graph_of(engine.bundle).find(query.text)
        found = find_directives(engine, query.text, allowed) if named else None
    except QueryError:
        return []
    if found is None or found.kind != "number":
        return []
    return [
        Item(g.doc_id, g.passages[0].start, g.passages[0].end, g.score, g.mention, _group(g))
        for g in found.documents
        if g.doc_id
    ]


def _group(governing: Governing) -> Group:
    if governing.kind is None or governing.kind == "cites":
        return "mentions"
    return "issued_for" if governing.opening else "carries_out"


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
        result["standings"] = [
            standing_json(graph, standing_of(graph, g.work)) | {"validity": _validity_json(graph, g.work)}
            for g in found.directives
        ]
    return result


def _validity_json(graph: DirectiveGraph, work: Work) -> list[dict[str, Any]]:
    return [
        {
            "said": said_of(graph, change),
            "ends": change.ends,
            "in_part": change.in_part,
            "by": work_json(change.by),
        }
        for change in changes_to(graph, work)
    ]


def _governing_json(governing: Governing) -> dict[str, Any]:
    return {
        **work_json(governing.work),
        "doc": governing.doc_id,
        "score": round(governing.score, 6),
        "why": governing.why,
        "passages": [quote_json(quote) for quote in governing.passages],
    }
