"""Where a document stands among the others: what it carries out, who carries it out, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from corpus.citing.identity import Link
from corpus.citing.works import Conflict, Work
from search.directing.graph import CARRIES_OUT, CHANGES, SAID_AS, DirectiveGraph, Edge
from search.documents.sources import short_issuer, vietnamese_date
from search.hits import Quotation

_QUOTES = 3  # places shown for one statement


@dataclass(frozen=True, slots=True)
class Doubt:
    """A mention that may mean several works.

    Attributes:
        link: What it may mean, and why it cannot be told.
        quote: The words it stands in.
    """

    link: Link
    quote: Quotation


@dataclass(frozen=True, slots=True)
class Standing:
    """A work and all that texts say of it; every edge is shown with its words.

    Attributes:
        implements: What it carries out or rests on.
        implemented_by: What carries it out or rests on it.
        cites, cited_by: Documents mentioned without saying that they are carried out.
        changes, changed_by: What it replaces, amends or repeals; what does so to it.
        doubts: Ambiguous mentions that may mean it and, where it is held, ambiguous mentions in it.
        missing: Works that it carries out or cites and that the library does not hold.
        namesakes: Other works of the same number.
    """

    work: Work
    implements: tuple[Edge, ...]
    implemented_by: tuple[Edge, ...]
    cites: tuple[Edge, ...]
    cited_by: tuple[Edge, ...]
    changes: tuple[Edge, ...]
    changed_by: tuple[Edge, ...]
    doubts: tuple[Doubt, ...]
    missing: tuple[Work, ...]
    namesakes: tuple[Work, ...]


def standing_of(graph: DirectiveGraph, work: Work) -> Standing:
    """Return where a work stands."""
    implements, implemented_by = graph.out(work, *CARRIES_OUT), graph.into(work, *CARRIES_OUT)
    said = {edge.target for edge in implements}
    by = {edge.source for edge in implemented_by}
    targets = dict.fromkeys(edge.target for edge in graph.out(work))
    links = dict.fromkeys(graph.maybe_citing(work))
    for doc_id in work.held:
        links |= dict.fromkeys(graph.ambiguous_in(doc_id))
    return Standing(
        work,
        implements=tuple(sorted(implements, key=_openings_first)),
        implemented_by=tuple(sorted(implemented_by, key=_openings_first)),
        cites=tuple(e for e in graph.out(work, "cites") if e.target not in said),
        cited_by=tuple(e for e in graph.into(work, "cites") if e.source not in by),
        changes=tuple(e for e in graph.out(work, *CHANGES) if e.kind != "ends"),
        changed_by=tuple(graph.into(work, *CHANGES)),
        doubts=tuple(Doubt(link, graph.quote(graph.mentions[link.mention])) for link in links),
        missing=tuple(w for w in map(graph.work, targets) if not w.held),
        namesakes=tuple(graph.register.namesakes(work)),
    )


def _openings_first(edge: Edge) -> tuple[bool, str, str]:
    return (not edge.opening, edge.source, edge.target)


def work_name(work: Work) -> str:
    """Return "Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị"; of a named work its type and name."""
    name = work.type or "Văn bản"
    if work.number:
        name += f" số {work.number}"
    if work.date:
        name += f" ngày {vietnamese_date(work.date)}"
    if work.issuer and not work.issuer.startswith("Đại hội"):
        name += f" của {short_issuer(work.issuer)}"
    elif work.issuer:
        name += f" {work.issuer}"
    if not work.number and work.title:
        name = work.title if work.title.lower().startswith(name.lower()) else f"{name} “{work.title}”"
    return name


def quote_json(quote: Quotation) -> dict[str, Any]:
    """Return a quotation in the form the other commands give it, with its source line."""
    return {
        "doc": quote.doc_id, "number": quote.number, "title": quote.title, "section": quote.section,
        "page": quote.page, "quote": quote.quote, "start": quote.start, "end": quote.end,
        "source": quote.source,
    }  # fmt: skip


def work_json(work: Work) -> dict[str, Any]:
    """Return what is known of a work; `doc` is null where the library does not hold it."""
    return {
        "work": work.work_id, "doc": work.held[0] if work.held else None, "copies": list(work.held[1:]),
        "name": work_name(work), "number": work.number, "type": work.type, "issuer": work.issuer,
        "date": work.date, "title": work.title, "level": work.level, "cited_by": len(work.cited_by),
        "conflicts": [conflict_json(conflict) for conflict in work.conflicts],
    }  # fmt: skip


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """Return what is said in several ways, and in which documents each."""
    values = [
        {"value": value, "docs": sorted({doc_id for doc_id, _ in mentions})}
        for value, mentions in conflict.values
    ]
    return {"field": conflict.field, "values": values}


def edges_json(graph: DirectiveGraph, edges: Iterable[Edge], *, to: str) -> list[dict[str, Any]]:
    """Return the work at one end ("source" or "target") of each edge with the words that say so."""
    return [
        {
            **work_json(graph.work(edge.target if to == "target" else edge.source)),
            "kind": edge.kind,
            "why": SAID_AS[edge.kind],
            "passages": [quote_json(graph.quote(said)) for said in edge.statements[:_QUOTES]],
            "places": len(edge.statements),
        }
        for edge in edges
    ]


def standing_json(graph: DirectiveGraph, standing: Standing) -> dict[str, Any]:
    """Return a standing as other programs read it."""
    return {
        **work_json(standing.work),
        "implements": edges_json(graph, standing.implements, to="target"),
        "implemented_by": edges_json(graph, standing.implemented_by, to="source"),
        "cites": edges_json(graph, standing.cites, to="target"),
        "cited_by_documents": edges_json(graph, standing.cited_by, to="source"),
        "changes": edges_json(graph, standing.changes, to="target"),
        "changed_by": edges_json(graph, standing.changed_by, to="source"),
        "ambiguous": [
            {
                "candidates": [work_json(graph.work(w)) for w in doubt.link.candidates],
                "why": doubt.link.why,
                "passage": quote_json(doubt.quote),
            }
            for doubt in standing.doubts
        ],
        "missing": [work_json(work) for work in standing.missing],
        "namesakes": [work_json(work) for work in standing.namesakes],
    }
