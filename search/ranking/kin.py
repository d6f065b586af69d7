"""What a candidate has in common with the others of its question."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.dense import FloatMatrix
from search.ranking.overlap import Array

SPREAD = 0.3  # of the fused score: what lies this far below the best counts e times less


@np.errstate(invalid="ignore")  # see `search.ranking.signs.signs`
def kinship(vectors: FloatMatrix, scores: npt.ArrayLike) -> Array:
    """Return (n,) how near each candidate lies to the others, in [-1, 1]; 0 where it is alone.

    The best candidates of a first look mostly speak of what is asked, in the words of documents, which
    the question may lack; so what lies near them is likely to speak of it too (pseudo-relevance
    feedback: Rocchio, "Relevance feedback in information retrieval", 1971).

    Args:
        vectors: (n, dim) of length 1.
        scores: (n,) of the first look, the best 1 at most: another counts the more the higher it is.

    >>> kinship(np.eye(2, dtype=np.float32)[[0, 0, 1]], [1.0, 1.0, 1.0]).tolist()
    [0.5, 0.5, 0.0]
    """
    wide = vectors.astype(np.float64)
    if len(wide) < 2:
        return np.zeros(len(wide))
    weight = np.exp((np.asarray(scores, dtype=np.float64) - np.max(scores)) / SPREAD)
    # Its own share, for it is as near to itself as can be, is taken out again.
    near = wide @ (weight @ wide) - weight * (wide * wide).sum(axis=1)
    found: Array = near / np.maximum(weight.sum() - weight, 1e-12)
    return found
