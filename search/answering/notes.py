"""What has to be said beside an answer: a merged province, sources that say different things, a successor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.citing.works import Conflict, Work
from corpus.errors import QueryError
from corpus.words.places import merger_note
from search.directing.graph import CHANGES, DirectiveGraph
from search.documents.shelf import Shelf
from search.documents.sources import brief_source, quotation, vietnamese_date
from search.hits import Answer, Quotation
from search.query import Query

_MOST = 2  # notes on documents in one answer
_FIELDS = {"type": "loại văn bản", "issuer": "cơ quan ban hành", "date": "ngày ban hành"}
# What became of a work, without and with the document that did it.
_CHANGED = {
    "replaces": ("đã được thay thế", "đã được {by} thay thế"),
    "amends": ("đã được sửa đổi, bổ sung", "đã được {by} sửa đổi, bổ sung"),
    "repeals": ("đã bị bãi bỏ", "đã bị {by} bãi bỏ"),
    "ends": ("đã hết hiệu lực", "đã hết hiệu lực theo {by}"),
}


GraphOf = Callable[[], DirectiveGraph]  # called only where documents are asked about: it may take a while


def with_notes(query: Query, answer: Answer, shelf: Shelf, graph_of: GraphOf) -> Answer:
    """Return `answer` with a line for each thing its reader must know, each with the place that says so."""
    lines, quotes = [answer.text], list(answer.citations)
    places = {p for c in answer.citations for p in shelf.profile(c.doc_id).places}
    if note := merger_note(query.places, places):
        lines.append(f"Lưu ý: {note}")
    for work in list(_asked_about(query, answer, graph_of))[:_MOST]:
        graph = graph_of()
        for line, said in (*_disputes(work, graph, shelf), *_changes(work, graph, shelf)):
            lines.append(line)
            quotes += said
    return replace(answer, text="\n".join(lines), citations=tuple(dict.fromkeys(quotes)))


def _asked_about(query: Query, answer: Answer, graph_of: GraphOf) -> Iterable[Work]:
    """Yield the works that the question names; where it asks which one, those that the answer quotes."""
    if answer.abstained or answer.unsure:
        return
    if query.numbers or query.serials:
        try:
            yield from graph_of().find(query.text)
        except QueryError:
            return
    elif query.asks in ("directives", "number"):
        graph, seen = graph_of(), set[str]()
        for quoted in answer.citations:
            for start, end, link in graph.links_in(quoted.doc_id):
                inside = quoted.start <= start and end <= quoted.end
                if inside and link.work_id and link.work_id not in seen:
                    seen.add(link.work_id)
                    yield graph.register.works[link.work_id]


def _disputes(work: Work, graph: DirectiveGraph, shelf: Shelf) -> Iterable[tuple[str, list[Quotation]]]:
    """Yield a line for each thing that documents say differently of a work, one for each value below it."""
    for conflict in work.conflicts:
        named = work.number or "văn bản này"
        yield f"Lưu ý: các văn bản ghi {_FIELDS[conflict.field]} của {named} khác nhau:", []
        for value, mentions in conflict.values:
            quoted = _said(mentions[0], graph, shelf)
            source = brief_source(shelf.document(quoted.doc_id), quoted)
            yield f"- “{_shown(conflict, value)}” ({source})", [quoted]


def _said(mention: tuple[str, int], graph: DirectiveGraph, shelf: Shelf) -> Quotation:
    doc_id, position = mention
    document = shelf.document(doc_id)
    if position < 0:  # the document itself: its letterhead says so
        return quotation(document, document.body_start, min(len(document.text), document.body_start + 300))
    citation = graph.citation(mention)
    return quotation(document, citation.start, citation.end)


def _shown(conflict: Conflict, value: str) -> str:
    return vietnamese_date(value) if conflict.field == "date" else value


def _changes(work: Work, graph: DirectiveGraph, shelf: Shelf) -> Iterable[tuple[str, list[Quotation]]]:
    """Yield a line for each document that replaces, amends or ends a work."""
    for edge in graph.into(work, *CHANGES):
        quoted, by = graph.quote(edge.statements[0]), graph.work(edge.source)
        itself, other = _CHANGED[edge.kind]
        # A document that says it of itself is named by the source; of another it says the number.
        said = itself if quoted.doc_id in by.held or not by.number else other.format(by=by.number)
        source = brief_source(shelf.document(quoted.doc_id), quoted)
        yield f"Lưu ý: {work.number or 'văn bản này'} {said} ({source})", [quoted]
