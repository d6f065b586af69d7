"""What the place and time asked for say of a matter themselves, where others say it better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from search.query import Query
from search.ranking.fits import IN_A_SPAN
from search.ranking.period import rules_out
from search.rerank import MATTERS, Candidate

# Shares of what the best candidate says of a question: below the first nothing is said of it, from the
# second on it is said as well.
_MUCH, AS_WELL = 0.5, 0.8


def in_place_and_time(query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates of the place and time asked for, where the best is not and they say much of it.

    Of a matter the words weigh most, and another province's plan may say all of them; that the library has
    nothing of the province asked about would then be untrue. A figure or a date is of its place and year
    alone, and is told by them.
    """
    if query.asks not in MATTERS or not ranked or _fits(query, ranked[0]):
        return []
    own = [c for c in ranked if _fits(query, c)]
    return own if own and own[0].unit_coverage >= _MUCH * ranked[0].unit_coverage else []


def own_year_first(query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with those that hold the year asked for only in a span of years behind one of a
    document of that very year that says the question as well; each place keeps its score.
    """
    order = list(ranked)
    if not (in_spans := [c for c in ranked if c.year == IN_A_SPAN]):
        return order
    for spanning in in_spans:
        at = order.index(spanning)
        own = (n for n, c in enumerate(order) if n > at and _says_as_well(query, c, spanning))
        if (behind := next(own, None)) is not None:
            order.insert(behind, order.pop(at))
    return [replace(c, score=place.score) for c, place in zip(order, ranked, strict=True)]


def _says_as_well(query: Query, own: Candidate, spanning: Candidate) -> bool:
    said = own.unit_coverage >= AS_WELL * spanning.unit_coverage
    return own.year > IN_A_SPAN and _fits(query, own) and said and own.coverage >= AS_WELL * spanning.coverage


def _fits(query: Query, candidate: Candidate) -> bool:
    in_time = candidate.year >= 0 and candidate.year != IN_A_SPAN
    return in_time and candidate.place >= 0 and not rules_out(query, candidate.period)
