"""Where the rows start: words that keep the same company start close together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp  # type: ignore[import-untyped] # comes with scikit-learn, which sentence-transformers needs

from index.training.table import Table
from index.training.vocabulary import Vocabulary

WINDOW = 4  # words to either side that count as company
CONTEXTS = 10_000  # commonest words; rarer company tells little and costs memory


def company(tables: Sequence[Table], n_words: int) -> sp.csr_matrix:
    """Return (n_words, CONTEXTS) positive pointwise mutual information of words and their company.

    Source: Levy & Goldberg, "Neural Word Embedding as Implicit Matrix Factorization", 2014;
    contexts smoothed by the power 0.75 as in Levy, Goldberg & Dagan 2015.
    """
    words = np.concatenate([table.words for table in tables]).astype(np.int64)
    counts = np.bincount(words, minlength=n_words)
    context_of = np.full(n_words, -1, dtype=np.int64)
    commonest = np.argsort(-counts, kind="stable")[:CONTEXTS]
    context_of[commonest] = np.arange(len(commonest))
    seen = sp.csr_matrix((n_words, CONTEXTS), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        for left, right in ((words[:-distance], words[distance:]), (words[distance:], words[:-distance])):
            context = context_of[right]
            known = context >= 0
            ones = np.full(int(known.sum()), 1 / distance, dtype=np.float32)
            seen = seen + sp.coo_matrix((ones, (left[known], context[known])), shape=seen.shape).tocsr()
    return _positive_information(seen)


def _positive_information(seen: sp.csr_matrix) -> sp.csr_matrix:
    word_total = np.asarray(seen.sum(axis=1)).ravel()
    context_total = np.asarray(seen.sum(axis=0)).ravel() ** 0.75
    table = seen.tocoo()
    expected = word_total[table.row] * context_total[table.col] / context_total.sum()
    information = np.log(np.maximum(table.data, 1e-9) / np.maximum(expected, 1e-9))
    kept = information > 0
    return sp.coo_matrix(
        (information[kept].astype(np.float32), (table.row[kept], table.col[kept])), shape=seen.shape
    ).tocsr()


def principal(matrix: sp.csr_matrix, dim: int, seed: int) -> npt.NDArray[np.float32]:
    """Return (rows, dim): left singular vectors times the root of the singular values.

    Source: Halko, Martinsson & Tropp, "Finding Structure with Randomness", 2011, with two
    power iterations.
    """
    rng = np.random.default_rng(seed)
    basis = matrix @ rng.standard_normal((matrix.shape[1], dim + 16)).astype(np.float32)
    for _ in range(2):
        basis, _ = np.linalg.qr(basis)
        other, _ = np.linalg.qr(matrix.T @ basis)
        basis = matrix @ other
    left, values, _ = np.linalg.svd(basis, full_matrices=False)
    found = left[:, :dim] * np.sqrt(values[:dim])
    # A text of fewer words than dimensions has no more directions; the rest stay zero.
    return np.pad(found, ((0, 0), (0, dim - found.shape[1]))).astype(np.float32)


def row_directions(
    vocabulary: Vocabulary, words: Sequence[str], tables: Sequence[Table], dim: int, seed: int
) -> npt.NDArray[np.float32]:
    """Return (n_rows, dim) unit rows: each the mean of the words it is read for, by their counts.

    Only words that have a row of their own are placed: the others are too rare to be known by
    their company. A row without any such word is all zeros.
    """
    own = np.flatnonzero(np.isin(words, vocabulary.tokens))
    counts = np.bincount(np.concatenate([table.words for table in tables]), minlength=len(words))
    vectors = np.zeros((len(words), dim), dtype=np.float32)
    vectors[own] = principal(company(tables, len(words))[own], dim, seed)
    lengths = np.diff(vocabulary.starts)
    word_of = np.repeat(np.arange(len(lengths)), lengths)
    # The square root: a syllable's commonest word must not be all that it means.
    weights = np.sqrt(counts[word_of]).astype(np.float32)
    shape = (len(vocabulary.tokens), len(words))
    rows = sp.coo_matrix((weights, (vocabulary.rows, word_of)), shape=shape).tocsr() @ vectors
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)
