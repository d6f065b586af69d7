"""The best of a ranking, with ties in row order wherever the cut falls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# Scores closer than this, relative to the larger, are one score: float32 sums of the same
# numbers in another order differ by about one part in ten million.
TIE = 1e-6


def exact_top(
    fetch: Callable[[int], Sequence[tuple[int, float]]], k: int, available: int
) -> list[tuple[int, float]]:
    """Return the `k` best (row, score), highest first, equal scores in row order.

    A library's top-k keeps whichever of several equal rows it met first. Here more is fetched
    until the cut no longer falls inside a run of equal scores, then rows decide.

    Args:
        fetch: `fetch(n)` returns the n best rows it finds with their scores, in any order.
        k: How many are wanted, at least 1.
        available: How many rows could be returned at most.

    >>> exact_top(lambda n: [(7, 1.0), (3, 1.0), (5, 1.0), (2, 0.5)][:n], 2, 4)
    [(3, 1.0), (5, 1.0)]
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    wanted = min(k, available)
    asked = min(wanted + 8, available)
    while asked > 0:
        found = sorted(fetch(asked), key=lambda pair: -pair[1])
        if len(found) < asked or asked == available or not _tied(found[wanted - 1][1], found[-1][1]):
            return _in_order(found)[:wanted]
        asked = min(asked * 4, available)
    return []


def _tied(higher: float, lower: float) -> bool:
    return higher - lower <= TIE * max(abs(higher), abs(lower))


def _in_order(found: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Give each run of tied scores the score of its first, and sort the run by row."""
    levelled: list[tuple[int, float]] = []
    for row, score in found:
        top = levelled[-1][1] if levelled and _tied(levelled[-1][1], score) else score
        levelled.append((row, top))
    return sorted(levelled, key=lambda pair: (-pair[1], pair[0]))
