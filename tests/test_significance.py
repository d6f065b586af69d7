"""Intervals and paired tests, against cases counted by hand and against scipy's."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from search.measuring.significance import bootstrap_intervals, randomisation_p


def column(*values: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64).reshape(-1, 1)


# Of three values drawn from (0, 0, 1) the mean is 0, 1/3, 2/3, 1 with chances 8, 12, 6, 1 in 27.
@pytest.mark.parametrize(
    ("values", "level", "expected"),
    [
        pytest.param(column(0, 0, 1), 0.95, (0, 1), id="one-in-27-is-more-than-a-fortieth"),
        pytest.param(column(0, 0, 1), 0.90, (0, 2 / 3), id="one-in-27-is-less-than-a-twentieth"),
        pytest.param(column(0, 0, 1), 0.30, (1 / 3, 1 / 3), id="the-middle"),
        pytest.param(column(0, 1), 0.95, (0, 1), id="two"),
        pytest.param(column(0.5, 0.5, 0.5), 0.95, (0.5, 0.5), id="nothing-varies"),
        pytest.param(column(0.25), 0.95, (0.25, 0.25), id="one-query"),
    ],
)
def test_intervals_counted_by_hand(
    values: np.ndarray[tuple[int, int], np.dtype[np.float64]], level: float, expected: tuple[float, float]
) -> None:
    np.testing.assert_allclose(bootstrap_intervals(values, level), [expected], atol=1e-12)


def test_intervals_of_many_values_are_those_of_the_normal_distribution() -> None:
    values = np.random.default_rng(3).random((400, 2))
    half = 1.96 * values.std(axis=0) / np.sqrt(400)
    expected = np.stack([values.mean(axis=0) - half, values.mean(axis=0) + half], axis=1)
    np.testing.assert_allclose(bootstrap_intervals(values), expected, atol=0.003)


def test_intervals_are_those_of_scipy() -> None:
    values = np.random.default_rng(5).random(60) ** 3
    theirs = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=10_000, rng=1)
    found = bootstrap_intervals(values.reshape(-1, 1))[0]
    np.testing.assert_allclose(found, tuple(theirs.confidence_interval), atol=0.006)


def test_the_seed_alone_decides() -> None:
    values = np.random.default_rng(5).random((30, 1))
    np.testing.assert_array_equal(bootstrap_intervals(values), bootstrap_intervals(values))
    assert (bootstrap_intervals(values, seed=8) != bootstrap_intervals(values)).all()


def test_columns_are_drawn_together() -> None:
    values = np.random.default_rng(5).random((30, 1))
    both = bootstrap_intervals(np.hstack([values, 2 * values]))
    np.testing.assert_allclose(both[1], 2 * both[0])


@pytest.mark.parametrize(
    ("values", "level", "message"),
    [
        pytest.param(np.zeros((0, 2)), 0.95, r"at least one query, got shape \(0, 2\)", id="none"),
        pytest.param(np.zeros(3), 0.95, r"got shape \(3,\)", id="flat"),
        pytest.param(np.zeros((3, 1)), 95, "level must lie in", id="per-cent"),
    ],
)
def test_intervals_of_what_is_no_table(
    values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], level: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        bootstrap_intervals(values, level)


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        pytest.param([1, 1, 1], 2 / 8, id="three-wins"),
        pytest.param([-1, -1, -1], 2 / 8, id="three-losses"),
        pytest.param([3, 1], 2 / 4, id="two-wins"),
        pytest.param([3, -1], 1, id="as-extreme-any-way"),
        pytest.param([2, 1, -1], 6 / 8, id="sums-4-2-2-0"),
        pytest.param([1, 1, 1, 0, 0, 0], 2 / 8, id="equals-tell-nothing"),
        pytest.param([0, 0], 1, id="the-same-results"),
        pytest.param([0.1, 0.2, -0.3], 1, id="sums-that-rounding-moves"),
    ],
)
def test_p_counted_by_hand(differences: list[float], expected: float) -> None:
    ours = np.array(differences, dtype=np.float64)
    assert randomisation_p(ours, np.zeros_like(ours)) == pytest.approx(expected)


def brute_force(differences: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    observed = abs(differences.sum())
    sums = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return float(np.mean([total >= observed - 1e-9 for total in sums]))


@given(st.lists(st.sampled_from([-1.0, -0.5, -1 / 3, 0.0, 1 / 3, 0.5, 1.0]), min_size=1, max_size=8))
def test_p_is_the_share_of_all_swaps(differences: list[float]) -> None:
    ours = np.array(differences)
    assert randomisation_p(ours, np.zeros_like(ours)) == pytest.approx(brute_force(ours))


def test_drawn_swaps_come_near_all_swaps_and_scipy_agrees() -> None:
    ours, theirs = np.random.default_rng(2).random((2, 12))
    ours += 0.2
    exact = randomisation_p(ours, theirs, samples=2**12)
    library = stats.permutation_test(
        (ours, theirs), lambda a, b: np.mean(a - b), permutation_type="samples", n_resamples=2**12
    )
    assert exact == pytest.approx(library.pvalue)
    assert 0.01 < exact < 0.9
    assert randomisation_p(ours, theirs, samples=2**12 - 1) == pytest.approx(exact, abs=0.03)


def test_p_is_never_nought() -> None:
    assert randomisation_p(np.ones(40), np.zeros(40), samples=999) == pytest.approx(1 / 1000)


def test_swapping_the_systems_changes_no_p() -> None:
    ours, theirs = np.random.default_rng(2).random((2, 50))
    assert randomisation_p(ours, theirs) == randomisation_p(theirs, ours)


def test_results_of_different_questions_are_not_compared() -> None:
    with pytest.raises(ValueError, match=r"shapes \(3,\) and \(4,\)"):
        randomisation_p(np.zeros(3), np.zeros(4))
