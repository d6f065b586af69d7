"""Nearest neighbours among unit vectors.

The vectors are kept as they are and every score returned is exact. In a large library they are first
gone through with each number as one byte, a quarter of the memory to read: of 53,000 passages 1.2 ms
instead of 3.8. The best of these, with some to spare, are then scored exactly; the hundred nearest of
300 questions were all among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import DamagedIndexError
from index.files import write_errors
from index.ranking import exact_top

FloatMatrix = npt.NDArray[np.float32]
FloatVector = npt.NDArray[np.float32]
RowMask = npt.NDArray[np.bool_]

# fp16 weights and float32 sums leave a norm within this of 1.
_UNIT_NORM_TOLERANCE = 1e-3
_BLOCK = 1 << 20  # bytes read or written at once
_LARGE = 5_000  # rows from which bytes are gone through first
_TO_SPARE = 50  # rows looked at exactly beside half as many again as are wanted


def _faiss() -> Any:
    """The library, whose own type hints leave most of it out."""
    import faiss

    return faiss


class DenseIndex:
    """Row numbers and cosine similarities; it knows nothing of passages or text."""

    def __init__(self, dim: int) -> None:
        faiss = _faiss()
        self._faiss: Any = faiss.IndexFlatIP(dim)
        self._bytes: Any = None  # the same vectors, each number as one byte; made when first searched
        self._making = Lock()

    @property
    def dim(self) -> int:
        return int(self._faiss.d)

    def __len__(self) -> int:
        return int(self._faiss.ntotal)

    def add(self, vectors: FloatMatrix) -> None:
        """Append the rows of `vectors`, shape (n, dim), each of L2 norm 1."""
        if vectors.ndim != 2 or vectors.shape[1] != self.dim:
            raise ValueError(f"vectors must have shape (n, {self.dim}), got {vectors.shape}")
        norms = np.linalg.norm(vectors.astype(np.float64), axis=1)
        off = np.abs(norms - 1)
        # subtle: a NaN compares false with everything, so ask for "all within", not "any beyond"
        if not bool((off <= _UNIT_NORM_TOLERANCE).all()):
            row = int(np.argmin(off <= _UNIT_NORM_TOLERANCE))
            raise ValueError(f"row {row} has norm {norms[row]:.4f}, not 1")
        self._faiss.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self._bytes = None

    def vectors(self) -> FloatMatrix:
        """Return a copy of all vectors, shape (n, dim)."""
        return self._view().copy()

    def _view(self) -> FloatMatrix:
        """FAISS's own memory: it must not outlive this index."""
        faiss = _faiss()
        if not len(self):
            return np.zeros((0, self.dim), dtype=np.float32)
        flat: FloatMatrix = faiss.rev_swig_ptr(self._faiss.get_xb(), len(self) * self.dim)
        return flat.reshape(len(self), self.dim)

    def search(self, vector: FloatVector, k: int, allowed: RowMask | None = None) -> list[tuple[int, float]]:
        """Find the `k` rows nearest `vector`.

        Args:
            vector: (dim,) float32, L2 norm 1.
            k: How many to return; fewer where fewer are there.
            allowed: (n,) bool, the rows that may be returned; None for all.

        Returns:
            (row, cosine in [-1, 1]), highest first; equal cosines in row order. The cosines are exact;
            a row of a large library may be missed where its cosine is that of the last within rounding.
        """
        faiss = _faiss()
        if vector.shape != (self.dim,):
            raise ValueError(f"vector must have shape ({self.dim},), got {vector.shape}")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"allowed must have shape ({len(self)},), got {allowed.shape}")
        available = len(self) if allowed is None else int(allowed.sum())
        query = np.ascontiguousarray(vector[None, :], dtype=np.float32)
        parameters, keep_alive = _selector(allowed)

        def fetch(n: int) -> Sequence[tuple[int, float]]:
            # One question is too little work to share: on a busy machine two threads took 41 ms
            # over 53,000 rows where one took 12. Many questions come on threads of their own.
            faiss.omp_set_num_threads(1)
            coarse = self._coarse()
            looked_at = n if coarse is self._faiss else min(n + n // 2 + _TO_SPARE, available)
            _, rows = coarse.search(query, looked_at, params=parameters)
            found: npt.NDArray[np.int64] = rows[0][rows[0] >= 0]
            # FAISS rounds one row differently from another with the same vector, as they fall
            # into its blocks; a sum of our own makes equal vectors score equal.
            exact = (self._view()[found].astype(np.float64) * query[0]).sum(axis=1)
            best = np.argsort(-exact, kind="stable")[:n]
            return list(zip(found[best].tolist(), exact[best].tolist(), strict=True))

        top = exact_top(fetch, k, available)
        del keep_alive
        return [(row, max(-1.0, min(1.0, score))) for row, score in top]

    def get_ready(self) -> None:
        """Do now what the first search would wait for."""
        self._coarse()

    def _coarse(self) -> Any:
        """Return what is gone through first: the vectors themselves, or in a large library as bytes."""
        if len(self) < _LARGE:
            return self._faiss
        with self._making:
            if self._bytes is None:
                faiss = _faiss()
                vectors = self._view()
                made = faiss.IndexScalarQuantizer(
                    self.dim, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
                )
                made.train(vectors)
                made.add(vectors)
                self._bytes = made
            return self._bytes

    def vectors_of(self, rows: Sequence[int]) -> FloatMatrix:
        """Return a copy of the vectors of `rows`, in their order, (len(rows), dim) float32."""
        found: FloatMatrix = self._view()[np.asarray(rows, dtype=np.int64)]
        return found

    def save(self, path: Path) -> None:
        """Write the index; IndexWriteError where the disk is full or read-only."""
        faiss = _faiss()
        # Through Python's file: FAISS itself says nothing of why a write failed, and on Windows
        # cannot open a path with Vietnamese letters.
        with write_errors(path), path.open("wb") as file:
            faiss.write_index(self._faiss, faiss.PyCallbackIOWriter(file.write, _BLOCK))

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Read an index whose digest has been checked: FAISS itself accepts flipped bits."""
        faiss = _faiss()
        try:
            with path.open("rb") as file:
                loaded = faiss.read_index(faiss.PyCallbackIOReader(file.read, _BLOCK))
        except (OSError, RuntimeError) as error:
            raise DamagedIndexError(path) from error
        if not isinstance(loaded, faiss.IndexFlat):
            raise DamagedIndexError(path)
        dense = cls(int(loaded.d))
        dense._faiss = loaded
        return dense


def _selector(allowed: RowMask | None) -> tuple[Any, Any]:
    """Return FAISS search parameters for a mask, and what must stay alive while they are used."""
    faiss = _faiss()
    if allowed is None:
        return None, None
    bits = np.packbits(allowed, bitorder="little")
    selector = faiss.IDSelectorBitmap(len(allowed), faiss.swig_ptr(bits))
    parameters: Any = faiss.SearchParameters
    return parameters(sel=selector), (bits, selector)
