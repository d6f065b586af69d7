"""Candidates as numbers: what each says, read as one with what stands around it in its document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.bundle import Bundle
from index.dense import FloatVector
from index.rows import Passages
from index.wordkeys import join
from search.ranking.kin import kinship
from search.ranking.overlap import Told

# Syllables: a point of two lines is read with what stands around it, as people read it. The learned
# score was taught on stretches of this length.
READ_AS_ONE = 150
# Syllables: how far the article or section reaches whose meaning is weighed beside the passage's own.
WHOLE = 400


def told_by(
    bundle: Bundle,
    rows: Sequence[int],
    sparse: Sequence[float],
    fused: Sequence[float],
    question: FloatVector,
) -> list[Told]:
    """Return rows as numbers.

    Args:
        sparse: Their lexical scores over the best one's, in [0, 1].
        fused: Their scores of both lanes, in [0, 1].
        question: (dim,) its vector.
    """
    passages = bundle.passages
    reads = [rows_around(passages, row, READ_AS_ONE) for row in rows]
    wholes = [rows_around(passages, row, WHOLE) for row in rows]
    own, read, whole = _cosines(bundle, rows, reads, wholes, question)
    kin = kinship(bundle.vectors_of(rows), fused).tolist()
    told: list[Told] = []
    for n, row in enumerate(rows):
        document, here = passages.document_rows(row), reads[n]
        beside = [r for r in (here.start - 1, here.stop) if r in document]
        told.append(
            Told(
                body=join([passages.body(r) for r in here]),
                head=passages.head(row),
                around=tuple(passages.body(r) for r in beside),
                sparse=sparse[n],
                cosine=own[n],
                cosine_read=read[n],
                cosine_whole=whole[n],
                kin=kin[n],
            )
        )
    return told


def rows_around(passages: Passages, row: int, enough: int) -> range:
    """Return the rows of a document around `row` that together have `enough` syllables, or all of it."""
    length = passages.length(row)
    if length >= enough:
        return range(row, row + 1)
    document = passages.document_rows(row)
    first = last = row
    while length < enough and (first > document.start or last < document.stop - 1):
        # The shorter side first, so that the row stays in the middle.
        forward = last < document.stop - 1 and (last - row <= row - first or first == document.start)
        first, last = (first, last + 1) if forward else (first - 1, last)
        length += passages.length(last if forward else first)
    return range(first, last + 1)


def _cosines(
    bundle: Bundle,
    rows: Sequence[int],
    reads: Sequence[range],
    wholes: Sequence[range],
    question: FloatVector,
) -> tuple[list[float], list[float], list[float]]:
    """Return for each row the question's cosine with it, with what is read as one, and with the whole.

    Args:
        reads, wholes: Stretches of rows around each row, the second holding the first.
    """
    if not rows:
        return [], [], []
    first = np.cumsum(np.array([0, *(len(whole) for whole in wholes[:-1])]))
    vectors = bundle.vectors_of([row for whole in wholes for row in whole])
    # Of each row where in `vectors` the whole around it begins, less where it begins in the library.
    shift = np.tile(first - np.array([whole.start for whole in wholes]), 3)
    spans = [*((row, row + 1) for row in rows), *((s.start, s.stop) for s in (*reads, *wholes))]
    # In double precision and each sum by itself, so that it does not depend on how the vectors lie.
    padded = np.zeros((len(vectors) + 1, vectors.shape[1]))
    padded[:-1] = vectors
    total = np.add.reduceat(padded, (shift[:, None] + np.array(spans)).ravel(), axis=0)[::2]
    norms = np.maximum(np.linalg.norm(total, axis=1), 1e-6)
    found: list[float] = ((total * question).sum(axis=1) / norms).tolist()
    n = len(rows)
    return found[:n], found[n : 2 * n], found[2 * n :]
