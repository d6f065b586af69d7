"""Which document of the library a mention speaks of, so that it can be opened from where it is cited."""

from __future__ import annotations

from search.directing.graph import DirectiveGraph


def cited_documents(graph: DirectiveGraph, doc_id: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, id) of the mentions in a document that mean another one that is held, in order.

    An ambiguous mention leads nowhere: a wrong link is worse than none. Of spans that overlap
    ("217, 218-QĐ/TW") the first counts.
    """
    found: list[tuple[int, int, str]] = []
    for start, end, link in graph.links_in(doc_id):
        if link.status != "held" or link.work_id is None or start >= end:
            continue
        held = graph.work(link.work_id).held
        if held and doc_id not in held and (not found or start >= found[-1][1]):
            found.append((start, end, held[0]))
    return tuple(found)
