"""How good one ranking is: hits, reciprocal rank and discounted gain, of marks from the first rank on."""

from __future__ import annotations

import math
from collections.abc import Sequence

METRICS = ("nDCG@10", "hit@1", "hit@5", "hit@10", "MRR@10")
DEPTH = 10  # no measure looks deeper


def reciprocal_rank(relevant: Sequence[int]) -> float:
    """Return 1 / rank of the first relevant hit, rank from 1; 0 without one.

    >>> reciprocal_rank([0, 0, 1]), reciprocal_rank([])
    (0.3333333333333333, 0.0)
    """
    return next((1 / rank for rank, r in enumerate(relevant, 1) if r), 0.0)


def ndcg(relevant: Sequence[int], n_relevant: int, k: int = DEPTH) -> float:
    """Return nDCG@k with binary gains and log2 discounts.

    Source: Järvelin & Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 2002,
    https://doi.org/10.1145/582415.582418

    >>> round(ndcg([0, 1], 1), 4)
    0.6309
    """
    gain = sum(r / math.log2(rank + 1) for rank, r in enumerate(relevant[:k], 1))
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(max(n_relevant, 1), k) + 1))
    return min(1.0, gain / ideal)


def measures(relevant: Sequence[int], n_relevant: int) -> tuple[float, ...]:
    """Return the METRICS of one ranking, each in [0, 1].

    Args:
        relevant: 1 or 0 for each rank, best first.
        n_relevant: How many right ones there are in all.

    >>> measures([0, 1], 1)[1:]
    (0.0, 1.0, 1.0, 0.5)
    """
    hits = (float(any(relevant[:k])) for k in (1, 5, 10))
    return (ndcg(relevant, n_relevant), *hits, reciprocal_rank(relevant[:DEPTH]))


def marks(ranking: Sequence[str], right: frozenset[str]) -> list[int]:
    """Return 1 or 0 for each id of a ranking: whether it is one of the `right` ones."""
    return [int(found in right) for found in ranking]
