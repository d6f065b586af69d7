"""Nearest neighbours: brute force is the oracle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DamagedIndexError, IndexWriteError
from index.dense import DenseIndex, FloatMatrix


def unit_vectors(n: int, dim: int = 16, seed: int = 0) -> FloatMatrix:
    vectors = np.random.default_rng(seed).standard_normal((n, dim)).astype(np.float32)
    unit: FloatMatrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def dense_of(vectors: FloatMatrix) -> DenseIndex:
    dense = DenseIndex(vectors.shape[1])
    dense.add(vectors)
    return dense


def brute(
    vectors: FloatMatrix, query: np.ndarray, k: int, allowed: np.ndarray | None = None
) -> list[tuple[int, float]]:
    scores = [(row, float(np.dot(v.astype(np.float64), query))) for row, v in enumerate(vectors)]
    kept = [(row, score) for row, score in scores if allowed is None or allowed[row]]
    return sorted(kept, key=lambda pair: (-round(pair[1], 7), pair[0]))[:k]


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 300), st.integers(1, 40), st.integers(0, 10**6), st.booleans())
def test_rows_and_cosines_are_those_of_brute_force(n: int, k: int, seed: int, some: bool) -> None:
    vectors = unit_vectors(n, seed=seed)
    query = unit_vectors(1, seed=seed + 1)[0]
    allowed = np.random.default_rng(seed).random(n) < 0.4 if some else None
    expected = brute(vectors, query, k, allowed)
    found = dense_of(vectors).search(query, k, allowed)
    assert [row for row, _ in found] == [row for row, _ in expected]
    np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-6)


def test_equal_vectors_come_in_row_order_wherever_the_cut_falls() -> None:
    same = unit_vectors(1)[0]
    vectors = unit_vectors(500, seed=3)
    rows = [3, 17, 18, 170, 255, 256, 257, 400, 499]
    vectors[rows] = same
    dense = dense_of(vectors)
    for k in range(1, len(rows) + 1):
        assert [row for row, _ in dense.search(same, k)] == rows[:k]
    assert len({score for _, score in dense.search(same, len(rows))}) == 1


def test_scores_stay_within_minus_one_and_one() -> None:
    vectors = unit_vectors(50, dim=3)
    dense = dense_of(np.concatenate([vectors, -vectors]))
    scores = [score for query in vectors for _, score in dense.search(query, 100)]
    assert (max(scores), min(scores)) == (pytest.approx(1), pytest.approx(-1))
    assert all(-1 <= score <= 1 for score in scores)


def test_a_filter_acts_before_ranking() -> None:
    vectors = unit_vectors(100)
    allowed = np.zeros(100, dtype=np.bool_)
    worst = brute(vectors, vectors[0], 100)[-3:]
    allowed[[row for row, _ in worst]] = True
    assert [row for row, _ in dense_of(vectors).search(vectors[0], 10, allowed)] == [row for row, _ in worst]


def test_nothing_allowed_and_nothing_there() -> None:
    vectors = unit_vectors(5)
    assert dense_of(vectors).search(vectors[0], 3, np.zeros(5, dtype=np.bool_)) == []
    assert DenseIndex(16).search(vectors[0], 3) == []
    assert DenseIndex(16).vectors().shape == (0, 16)


def test_vectors_come_back_as_they_were_added() -> None:
    first, second = unit_vectors(7), unit_vectors(3, seed=5)
    dense = dense_of(first)
    dense.add(second)
    np.testing.assert_array_equal(dense.vectors(), np.concatenate([first, second]))
    assert (len(dense), dense.dim) == (10, 16)


def test_saved_and_loaded_it_answers_alike(tmp_path: Path) -> None:
    vectors = unit_vectors(200, dim=24)
    dense = dense_of(vectors)
    dense.save(tmp_path / "chỉ mục.faiss")
    again = DenseIndex.load(tmp_path / "chỉ mục.faiss")
    assert (len(again), again.dim) == (200, 24)
    assert again.search(vectors[9], 20) == dense.search(vectors[9], 20)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        pytest.param([[1, 0], [0, 2]], r"row 1 has norm 2\.0000, not 1", id="too-long"),
        pytest.param([[0, 0], [0, 1]], r"row 0 has norm 0\.0000, not 1", id="zero"),
        pytest.param([[1, 0], [float("nan"), 0]], r"row 1 has norm nan, not 1", id="not-a-number"),
        pytest.param([[1, 0, 0]], r"shape \(n, 2\), got \(1, 3\)", id="other-dimension"),
        pytest.param([1, 0], r"shape \(n, 2\), got \(2,\)", id="one-dimension"),
    ],
)
def test_vectors_that_are_no_unit_vectors_are_refused(bad: list[object], message: str) -> None:
    dense = DenseIndex(2)
    with pytest.raises(ValueError, match=message):
        dense.add(np.array(bad, dtype=np.float32))
    assert len(dense) == 0


def test_a_question_of_another_dimension_is_refused() -> None:
    dense = dense_of(unit_vectors(3))
    with pytest.raises(ValueError, match=r"vector must have shape \(16,\), got \(8,\)"):
        dense.search(unit_vectors(1, dim=8)[0], 1)
    with pytest.raises(ValueError, match=r"allowed must have shape \(3,\), got \(4,\)"):
        dense.search(unit_vectors(1)[0], 1, np.ones(4, dtype=np.bool_))


@pytest.mark.parametrize("size", [0, 1, 4, 40, 200])
def test_a_truncated_file_is_named(tmp_path: Path, size: int) -> None:
    path = tmp_path / "dense.faiss"
    dense_of(unit_vectors(20)).save(path)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(DamagedIndexError, match=r"dense\.faiss bị mất hoặc đã thay đổi"):
        DenseIndex.load(path)


def test_a_file_that_is_another_kind_of_index_is_refused(tmp_path: Path) -> None:
    import faiss

    other = faiss.IndexLSH(16, 8)
    faiss.write_index(other, str(tmp_path / "dense.faiss"))
    with pytest.raises(DamagedIndexError, match=r"dense\.faiss"):
        DenseIndex.load(tmp_path / "dense.faiss")


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexWriteError, match=r"Không ghi được chỉ mục vào .*dense\.faiss"):
        dense_of(unit_vectors(2)).save(tmp_path / "none" / "dense.faiss")


def test_the_best_of_a_large_library_are_those_of_brute_force() -> None:
    vectors = unit_vectors(6_000, dim=64, seed=5)
    vectors[4_000:4_020] = vectors[7]  # more equal ones than are wanted
    dense, allowed = dense_of(vectors), np.arange(6_000) % 3 > 0
    for seed in range(20):
        query = unit_vectors(1, dim=64, seed=100 + seed)[0]
        for only in (None, allowed):
            expected = brute(vectors, query, 20, only)
            found = dense.search(query, 20, only)
            assert [row for row, _ in found] == [row for row, _ in expected]
            np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-7)
    assert [row for row, _ in dense.search(vectors[7], 9)] == [7, *range(4_000, 4_008)]
    dense.add(vectors[:1] * -1)  # what is added later is found too
    assert dense.search(-vectors[0], 1)[0][0] == 6_000
