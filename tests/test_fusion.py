"""The weighted sum of two lanes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fusion import weighted_sum

LANE = st.dictionaries(st.integers(0, 30), st.floats(0.01, 100), max_size=12)


def test_scores_are_normalised_by_the_best_of_each_lane() -> None:
    assert weighted_sum({1: 10.0, 2: 5.0}, {2: 0.8, 3: 0.4}, 0.4) == [
        (2, pytest.approx(0.6 * 0.5 + 0.4 * 1.0)),
        (1, pytest.approx(0.6)),
        (3, pytest.approx(0.4 * 0.5)),
    ]


def test_ties_break_by_row() -> None:
    assert [row for row, _ in weighted_sum({9: 2.0, 4: 2.0, 7: 2.0}, {}, 0.3)] == [4, 7, 9]


def test_a_negative_cosine_counts_as_nothing() -> None:
    assert weighted_sum({}, {1: -0.2, 2: 0.5}, 1.0) == [(2, 1.0), (1, 0.0)]


def test_a_share_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"dense_share must lie in \[0, 1\], got 1\.5"):
        weighted_sum({}, {}, 1.5)


@given(LANE, LANE, st.floats(0, 1))
def test_every_row_appears_once_in_falling_order(
    sparse: dict[int, float], dense: dict[int, float], share: float
) -> None:
    fused = weighted_sum(sparse, dense, share)
    assert sorted(row for row, _ in fused) == sorted(sparse.keys() | dense.keys())
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for _, score in fused)
