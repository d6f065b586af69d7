"""The best of a ranking, with ties in row order wherever the cut falls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ranking import exact_top

SCORES = st.lists(st.integers(0, 3), max_size=60)


@given(SCORES, st.integers(1, 70), st.randoms(use_true_random=False))
def test_the_top_is_that_of_a_full_sort_however_the_source_breaks_ties(
    scores: list[int], k: int, random: object
) -> None:
    shuffled = list(enumerate(map(float, scores)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ranked = sorted(shuffled, key=lambda pair: -pair[1])
    expected = sorted(shuffled, key=lambda pair: (-pair[1], pair[0]))[:k]
    assert exact_top(lambda n: ranked[:n], k, len(ranked)) == expected


def test_no_more_is_fetched_than_the_ties_at_the_cut_ask_for() -> None:
    ranked = [(row, 100.0 - row // 20) for row in range(1000)]
    asked: list[int] = []

    def fetch(n: int) -> list[tuple[int, float]]:
        asked.append(n)
        return ranked[:n]

    assert [row for row, _ in exact_top(fetch, 5, 1000)] == [0, 1, 2, 3, 4]
    assert asked == [13, 52]


def test_scores_that_differ_by_rounding_alone_are_one_score() -> None:
    found = exact_top(lambda n: [(4, 2.0000002), (1, 2.0), (9, 1.0)][:n], 2, 3)
    assert found == [(1, 2.0000002), (4, 2.0000002)]


def test_a_source_that_finds_fewer_ends_the_search() -> None:
    assert exact_top(lambda n: [(3, 1.0)], 5, 1000) == [(3, 1.0)]
    assert exact_top(lambda n: [], 5, 1000) == []
    assert exact_top(lambda n: [], 5, 0) == []


def test_k_must_be_positive() -> None:
    with pytest.raises(ValueError, match=r"k must be at least 1, got 0"):
        exact_top(lambda n: [], 0, 5)
