"""How near candidates lie to each other: against the plain sum, and what must hold of any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ranking.kin import SPREAD, kinship

SEEDS = st.integers(0, 1000)


def some(seed: int, n: int) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float32]], list[float]]:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(n, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors, sorted(rng.random(n).tolist(), reverse=True)


@given(SEEDS, st.integers(2, 12))
def test_it_is_the_weighted_mean_of_the_cosines_with_the_others(seed: int, n: int) -> None:
    vectors, scores = some(seed, n)
    for i, found in enumerate(kinship(vectors, scores)):
        others = [j for j in range(n) if j != i]
        weights = [float(np.exp(scores[j] / SPREAD)) for j in others]
        cosines = [
            float(np.dot(vectors[i].astype(np.float64), vectors[j].astype(np.float64))) for j in others
        ]
        assert found == pytest.approx(np.average(cosines, weights=weights), abs=1e-6)


@given(SEEDS)
def test_one_that_lies_with_the_best_is_nearer_than_one_apart(seed: int) -> None:
    best, apart = np.eye(5, dtype=np.float32)[:2]
    others, scores = some(seed, 4)
    vectors = np.stack([best, best, apart, *others])
    near = kinship(vectors, [3.0, 0.5, 0.5, *scores])
    assert near[1] > near[2]


@pytest.mark.parametrize("n", [0, 1])
def test_who_has_no_others_is_near_to_none(n: int) -> None:
    assert kinship(np.ones((n, 3), dtype=np.float32), [1.0] * n).tolist() == [0.0] * n


def test_scores_far_apart_leave_no_division_by_zero() -> None:
    vectors, _ = some(1, 3)
    found = kinship(vectors, [1000.0, 0.0, 0.0])
    assert np.isfinite(found).all()
    assert found[1] == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-6)
