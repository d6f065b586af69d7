"""Two lists of texts set beside each other: how alike each pair is, and which pairs go together in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.text import fold
from search.drafting.differences import words_in

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]


def bare_words(text: str) -> frozenset[str]:
    """Return the words of a text without diacritics, each once."""
    return frozenset(fold(word) for word in words_in(text))


def overlaps(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> Matrix:
    """Return twice what each pair shares over all it has, shape (len(ours), len(theirs)); of empty ones 0."""
    import numpy as np

    vocabulary = {word: i for i, word in enumerate(sorted(frozenset().union(*ours, *theirs)))}
    sides = []
    for side in (ours, theirs):
        matrix = np.zeros((len(side), max(len(vocabulary), 1)), dtype=np.float32)
        for row, words in enumerate(side):
            matrix[row, [vocabulary[word] for word in words]] = 1
        sides.append(matrix)
    shared = (sides[0] @ sides[1].T).astype(np.float64)
    total = sides[0].sum(axis=1)[:, None] + sides[1].sum(axis=1)[None, :]
    found: Matrix = 2 * shared / np.maximum(total, 1)
    return found


def aligned(alike: Matrix, least: float) -> list[tuple[int | None, int | None]]:
    """Return pairs of rows and columns in the order of both, the sum of their likeness being greatest.

    What has no partner of at least `least` stands alone; of the first document it comes first.
    """
    import numpy as np

    n, m = alike.shape
    best = np.zeros((n + 1, m + 1))
    gain = np.where(alike >= least, alike, -1.0)
    for i in range(1, n + 1):
        row, above = best[i], best[i - 1]
        paired = above[:-1] + gain[i - 1]
        for j in range(1, m + 1):
            row[j] = max(above[j], row[j - 1], paired[j - 1])
    found: list[tuple[int | None, int | None]] = []
    i, j = n, m
    while i or j:
        if i and j and gain[i - 1, j - 1] >= 0 and best[i, j] == best[i - 1, j - 1] + gain[i - 1, j - 1]:
            i, j = i - 1, j - 1
            found.append((i, j))
        elif j and (not i or best[i, j] == best[i, j - 1]):
            j -= 1
            found.append((None, j))
        else:
            i -= 1
            found.append((i, None))
    return found[::-1]
