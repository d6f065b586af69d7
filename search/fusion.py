"""Combining two rankings into one."""

from __future__ import annotations

from collections.abc import Mapping


def weighted_sum(
    sparse: Mapping[int, float], dense: Mapping[int, float], dense_share: float
) -> list[tuple[int, float]]:
    """Merge two lanes by the weighted sum of their max-normalised scores, highest first.

    A row one lane missed scores 0 there; negative cosines count as 0. Ties break by row,
    so runs repeat exactly.

    Args:
        sparse, dense: Row -> score, higher better.
        dense_share: Weight of the dense lane, in [0, 1].

    Source: convex combination, Bruch, Gai & Ingber, "An Analysis of Fusion Functions for
    Hybrid Retrieval", ACM TOIS 2023, https://doi.org/10.1145/3596512

    >>> weighted_sum({1: 8.0, 2: 4.0}, {2: 0.5}, 0.5)
    [(2, 0.75), (1, 0.5)]
    """
    if not 0 <= dense_share <= 1:
        raise ValueError(f"dense_share must lie in [0, 1], got {dense_share}")
    total: dict[int, float] = {}
    for lane, share in ((sparse, 1 - dense_share), (dense, dense_share)):
        best = max(lane.values(), default=0.0)
        for row, score in lane.items():
            total[row] = total.get(row, 0.0) + (share * max(score, 0.0) / best if best > 0 else 0.0)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))
