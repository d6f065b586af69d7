"""Dated documents in the order they were issued, for a timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.citing.works import Work
from search.directing.graph import DirectiveGraph
from search.directing.standing import work_name
from search.hits import Quotation


@dataclass(frozen=True, slots=True)
class Moment:
    """A document on the timeline.

    Attributes:
        date: ISO.
        name: For people.
        quote: The words that name it; None for a document of the library, whose letterhead does.
        disputed: Whether texts give it several dates.
    """

    date: str
    work: Work
    name: str
    quote: Quotation | None
    disputed: bool


def timeline_of(graph: DirectiveGraph, works: Iterable[Work] | None = None) -> tuple[Moment, ...]:
    """Return the dated documents among `works` (None: among all), oldest first; ties by id."""
    chosen = graph.register.works.values() if works is None else works
    moments = (_moment(graph, work) for work in chosen if work.date)
    return tuple(sorted(moments, key=lambda moment: (moment.date, moment.work.work_id)))


def _moment(graph: DirectiveGraph, work: Work) -> Moment:
    quote = None
    if not work.held:
        dated = (m for m in work.mentions if graph.citation(m).date == work.date)
        quote = graph.quote(graph.mentions[next(dated, work.mentions[0])])
    disputed = any(conflict.field == "date" for conflict in work.conflicts)
    return Moment(work.date or "", work, work_name(work), quote, disputed)
