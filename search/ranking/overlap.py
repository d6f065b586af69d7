"""Where the syllables of a question stand in passages laid end to end, and what stands together there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.wordkeys import MARK_BITS, Keys, Rows, WordKeys

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
Array = npt.NDArray[Any]

BARE = 0.6  # what a syllable counts whose diacritics differ
BLOCK = 16  # syllables; windows are 1, 2 and 4 blocks
NEAR = 5  # syllables within which two neighbours of the question still belong together


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as numbers.

    Attributes:
        keys, weights: (m,) its syllables, each once, and what each tells (inverse document frequency).
        pairs: (m, m) what syllable i with j right after it tells; 0 where the question has no such pair.
        rows, row_weights: (w,) its words in the static model.
        vector: (dim,) its words' sum in the static model, of length 1 (0 where it knows none).
        how_much, when, define: Whether it asks for a figure, a time, a meaning.
    """

    keys: Keys
    weights: FloatArray
    pairs: FloatArray
    rows: Rows
    row_weights: FloatArray
    vector: FloatArray
    how_much: bool = False
    when: bool = False
    define: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A candidate as numbers.

    Attributes:
        body, head: What is read as one, it and what stands around it; its headings and document's title.
        around: The passages right before and after what is read as one.
        sparse, cosine: What the first look said: the lexical score over the best one, and the cosine.
        cosine_read, cosine_whole: The cosine of all that was read as one, and of the article or section
            around it as far as `search.ranking.told.WHOLE` goes.
        kin: How near it lies to the candidates that the first look puts first; see `kinship`.
    """

    body: WordKeys
    head: WordKeys
    around: tuple[WordKeys, ...]
    sparse: float
    cosine: float
    cosine_read: float
    cosine_whole: float
    kin: float


@dataclass(frozen=True, slots=True)
class Hits:
    """Where in texts laid end to end the question's syllables stand."""

    at: IntArray
    term: IntArray
    text: IntArray
    credit: FloatArray
    starts: IntArray
    lengths: IntArray


_NO_WORDS = np.ones(1, dtype=np.uint32)  # stands for an empty text: the key of nothing


def end_to_end(texts: Sequence[Array]) -> Array:
    return np.concatenate([text if len(text) else _NO_WORDS for text in texts]) if texts else _NO_WORDS[:0]


def find_hits(asked: Asked, texts: Sequence[Keys]) -> Hits:
    """Find every syllable of the question in `texts`; one without its diacritics counts BARE."""
    flat = end_to_end(texts)
    lengths = np.array([max(1, len(text)) for text in texts], dtype=np.int64)
    starts = np.cumsum(lengths) - lengths
    bare = asked.keys >> MARK_BITS
    order = np.argsort(bare, kind="stable")
    found = flat >> MARK_BITS
    # Most syllables are ruled out by their last twelve bits, at once.
    likely = np.zeros(4096, dtype=np.bool_)
    likely[bare & 4095] = True
    at = np.flatnonzero(likely[found & 4095])
    place = np.minimum(np.searchsorted(bare[order], found[at]), max(0, len(bare) - 1))
    same = bare[order][place] == found[at] if len(bare) else np.zeros(0, dtype=np.bool_)
    at, term = at[same], order[place[same]]
    credit = np.where(asked.keys[term] == flat[at], 1.0, BARE).astype(np.float32)
    text = np.searchsorted(starts, at, side="right") - 1
    return Hits(at, term, text, credit, starts, lengths)


def counts(hits: Hits, n: int, m: int) -> Array:
    """Return (n, m): how often each text holds each term."""
    return np.bincount(hits.text * m + hits.term, hits.credit, minlength=n * m)[: n * m].reshape(n, m)


def seen(hits: Hits, n: int, m: int) -> Array:
    """Return (n, m): the best credit each text gives each term."""
    best = np.zeros((n, m), dtype=np.float32)
    np.maximum.at(best, (hits.text, hits.term), hits.credit)
    return best


def _following(hits: Hits, lag: int, most: int) -> tuple[Array, Array]:
    """Return positions in `hits` of hits and of the hit `lag` places on, at most `most` syllables apart."""
    a, b = np.arange(max(0, len(hits.at) - lag)), np.arange(lag, max(lag, len(hits.at)))
    close = (hits.at[b] - hits.at[a] <= most) & (hits.text[b] == hits.text[a])
    return a[close], b[close]


def pair_counts(hits: Hits, asked: Asked, n: int) -> Array:
    """Return (n, m * m): how often each text holds each adjacent pair of the question."""
    m = len(asked.keys)
    a, b = _following(hits, 1, 1)
    pair = hits.term[a] * m + hits.term[b]
    asked_for = asked.pairs.ravel()[pair] > 0
    where = hits.text[a][asked_for] * m * m + pair[asked_for]
    credit = np.minimum(hits.credit[a], hits.credit[b])[asked_for]
    return np.bincount(where, credit, minlength=n * m * m)[: n * m * m].reshape(n, m * m)


def near_weight(hits: Hits, asked: Asked, n: int) -> Array:
    """Return (n,) the weight of the question's pairs whose two syllables stand near each other."""
    m = len(asked.keys)
    seen = np.zeros((n, m, m), dtype=np.bool_)
    for lag in (1, 2, 3):
        a, b = _following(hits, lag, NEAR)
        seen[hits.text[a], hits.term[a], hits.term[b]] = True
        seen[hits.text[a], hits.term[b], hits.term[a]] = True
    weight: Array = (seen.reshape(n, m * m) @ asked.pairs.ravel()).astype(np.float32)
    return weight


def runs(hits: Hits, asked: Asked, n: int) -> tuple[Array, Array]:
    """Return (n,) the longest run of the question's pairs one after another: in pairs, and by weight."""
    a, b = _following(hits, 1, 1)
    weight = asked.pairs[hits.term[a], hits.term[b]]
    a, weight = a[weight > 0], weight[weight > 0]
    length, total = np.zeros(n), np.zeros(n)
    if not len(a):
        return length, total
    at, text = hits.at[a], hits.text[a]
    new = np.append(True, (np.diff(at) != 1) | (np.diff(text) != 0))
    first = np.flatnonzero(new)
    np.maximum.at(length, text[first], np.diff(np.append(first, len(a))))
    np.maximum.at(total, text[first], np.add.reduceat(weight, first))
    return length, total


def blocks(lengths: IntArray, starts: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Cut texts laid end to end into blocks: (start of each, its text, first block of each text)."""
    n_blocks = (lengths + BLOCK - 1) // BLOCK
    first = np.cumsum(n_blocks) - n_blocks
    text = np.repeat(np.arange(len(lengths)), n_blocks)
    return starts[text] + (np.arange(len(text)) - first[text]) * BLOCK, text, first


def windows(covered: Array, text: IntArray) -> list[Array]:
    """Return for windows of 1, 2 and 4 blocks what each holds, (n_blocks, m); none spans two texts."""
    found = [covered]
    for step in (1, 2):
        wider = found[-1].copy()
        same = (text[step:] == text[:-step])[:, None]
        wider[:-step] = np.where(same, np.maximum(wider[:-step], wider[step:]), wider[:-step])
        found.append(wider)
    return found
