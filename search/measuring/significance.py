"""Could it be chance? Confidence intervals of means, and paired tests between two systems."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

SEED = 7
SAMPLES = 10_000
_AT_ONCE = 500  # samples drawn together; bounds the memory
_TIE = 1e-12  # means this near are equal: sums in another order differ in the last bits


def bootstrap_intervals(
    values: FloatArray, level: float = 0.95, samples: int = SAMPLES, seed: int = SEED
) -> FloatArray:
    """Return the percentile bootstrap interval of each column's mean.

    Args:
        values: (n_queries, n_measures); whole queries are drawn, so that columns stay together.
        level: Share of resampled means within the interval, in (0, 1).
        samples: How many times the queries are drawn again.
        seed: The same seed gives the same interval.

    Returns:
        (n_measures, 2): low and high end.

    Source: Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13; for search,
    Sakai, "Evaluating evaluation metrics based on the bootstrap", SIGIR 2006,
    https://doi.org/10.1145/1148170.1148261
    """
    if values.ndim != 2 or not len(values):
        raise ValueError(f"need a row for each of at least one query, got shape {values.shape}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie in (0, 1), got {level}")
    random = np.random.default_rng(seed)
    n = len(values)
    means = [
        values[random.integers(0, n, (min(_AT_ONCE, samples - done), n))].mean(axis=1)
        for done in range(0, samples, _AT_ONCE)
    ]
    tail = 100 * (1 - level) / 2
    ends: FloatArray = np.percentile(np.concatenate(means), [tail, 100 - tail], axis=0).T
    return ends


def randomisation_p(ours: FloatArray, theirs: FloatArray, samples: int = SAMPLES, seed: int = SEED) -> float:
    """Return the two-sided p of Fisher's paired randomisation test on the difference of means.

    Under the null hypothesis the two systems' results on a query could as well be swapped. All
    swaps are tried where there are at most `samples`, else so many are drawn, and the swap that
    happened is counted among them, so that p is never 0.

    Args:
        ours, theirs: One value a query, of the same queries in the same order.

    Source: Smucker, Allan & Carterette, "A comparison of statistical significance tests for
    information retrieval evaluation", CIKM 2007, https://doi.org/10.1145/1321440.1321528

    >>> randomisation_p(np.array([1.0, 1.0, 1.0]), np.array([0.0, 0.0, 0.0]))
    0.25
    """
    if ours.shape != theirs.shape or ours.ndim != 1:
        raise ValueError(f"need one value a query from both, got shapes {ours.shape} and {theirs.shape}")
    differences = ours - theirs
    differences = differences[np.abs(differences) > _TIE]  # swapping equals changes nothing
    n, observed = len(differences), abs(float(differences.sum()))
    if 2**n <= samples:
        signs = np.array(list(product((1, -1), repeat=n)), dtype=np.float64).reshape(2**n, n)
        return float(np.mean(np.abs(signs @ differences) >= observed - _TIE))
    random = np.random.default_rng(seed)
    extreme = 0
    for done in range(0, samples, _AT_ONCE):
        signs = random.choice([-1.0, 1.0], (min(_AT_ONCE, samples - done), n))
        extreme += int((np.abs(signs @ differences) >= observed - _TIE).sum())
    return (extreme + 1) / (samples + 1)
