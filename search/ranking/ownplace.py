"""What the place and time asked for say of a matter themselves, where others say it better."""

from __future__ import annotations

from collections.abc import Sequence

from search.query import Query
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


def _fits(query: Query, candidate: Candidate) -> bool:
    return min(candidate.place, candidate.year) >= 0 and not rules_out(query, candidate.period)
