"""What a passage's words say of a question, as numbers: the signs a learned score is made of.

All candidates of a question are looked at together. Their syllables lie end to end in one array, and
only the few that the question has too are followed further, so sixty passages take a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.wordkeys import Keys, Rows, StaticWords, is_figure
from search.ranking.overlap import (
    Array,
    Asked,
    FloatArray,
    Hits,
    IntArray,
    Told,
    blocks,
    counts,
    end_to_end,
    find_hits,
    near_weight,
    pair_counts,
    runs,
    seen,
    windows,
)

# BM25 within the second look: lengths of passages are alike, so they count little (b 0.4).
K1, B = 0.9, 0.4
BODY, HEAD, AROUND = 190.0, 15.0, 450.0  # usual lengths in syllables
UNLIKE = 0.2  # cosine below which two words have nothing to do with each other
ALIKE = 0.9  # most that another word counts for

NAMES = (
    "sparse", "cosine", "cosine_read", "cosine_whole", "kin", "rank_sparse", "rank_dense", "words", "pairs",
    "bm25", "bm25_pairs", "bm25_head", "bm25_all", "bm25_around", "head_words", "head_pairs", "head_told",
    "head_cosine", "around_words", "around_pairs", "window1", "window2", "window4", "near", "run",
    "run_weight", "soft", "soft_least", "soft_head", "soft1", "soft2", "soft4", "length", "digits", "times",
    "how_much", "when", "define", "early",
)  # fmt: skip
RELATIVE = (
    "sparse", "cosine", "cosine_read", "cosine_whole", "words", "pairs", "bm25", "bm25_pairs", "bm25_head",
    "bm25_all", "bm25_around", "head_words", "window4", "near", "soft", "soft4", "run_weight", "head_cosine",
    "head_told",
)  # fmt: skip
_RELATIVE_AT = [NAMES.index(name) for name in RELATIVE]
_SAME = 1e-4  # standard deviation below which all candidates say the same
ALL_NAMES = (*NAMES, *(f"{name}/best" for name in RELATIVE), *(f"{name}/others" for name in NAMES))
N_SIGNS = len(ALL_NAMES)

_Signs = dict[str, Array]


# OpenBLAS's kernels for narrow matrices read on past the ends of rows; whatever lies there may raise the flag
# for invalid numbers, and numpy then warns, though nothing of it is in the product (numpy issue 24067).
@np.errstate(invalid="ignore")
def signs(asked: Asked, told: Sequence[Told], words: StaticWords, times: Keys) -> FloatArray:
    """Return (len(told), N_SIGNS) float32: each sign, some over the best one's, each beside the others'.

    What stands out among a question's candidates tells more than how high it is: the last columns are
    the signs less their mean, in standard deviations.

    Args:
        times: Sorted keys of the syllables that tell a time.
    """
    if not told:
        return np.zeros((0, N_SIGNS), dtype=np.float32)
    sparse, cosine = np.array([t.sparse for t in told]), np.array([t.cosine for t in told])
    sign: _Signs = {"sparse": sparse, "cosine": cosine}
    sign["cosine_read"] = np.array([t.cosine_read for t in told])
    sign["cosine_whole"] = np.array([t.cosine_whole for t in told])
    sign["kin"] = np.array([t.kin for t in told])
    sign |= {"rank_sparse": _rank_sign(sparse), "rank_dense": _rank_sign(cosine)}
    body = find_hits(asked, [t.body.keys for t in told])
    sign |= _said(asked, told, body)
    sign |= _together(asked, told, body, times)
    sign |= _alike(asked, told, words)
    sign["length"] = np.log1p(body.lengths) / 6
    sign["how_much"] = sign["digits"] * asked.how_much
    sign["when"] = sign["times"] * asked.when
    sign["define"] = sign["head_told"] * asked.define
    table = np.stack([np.asarray(sign[name], dtype=np.float32) for name in NAMES], axis=1)
    chosen = table[:, _RELATIVE_AT]
    best = chosen.max(axis=0)
    relative = np.clip(chosen / np.where(best > 1e-6, best, 1.0), -1, 1)
    spread = table.std(axis=0)
    beside = (table - table.mean(axis=0)) / np.where(spread > _SAME, spread, 1.0)
    return np.concatenate([table, relative, beside], axis=1).astype(np.float32)


def _rank_sign(scores: Array) -> Array:
    """Return 1 for the best, falling to 0 slowly: 0.5 for the sixth."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return 1 / (1 + ranks / 5)


def _saturated(counts: Array, length: Array) -> Array:
    """Return counts as BM25 saturates them; `length` is a text's over the usual one."""
    saturated: Array = counts * (K1 + 1) / (counts + K1 * (1 - B + B * length[:, None]))
    return saturated


def _said(asked: Asked, told: Sequence[Told], body: Hits) -> _Signs:
    """Return how much of the question the passage, what stands above and what stands around it say."""
    n, m = len(told), len(asked.keys)
    w, p = asked.weights, asked.pairs.ravel()
    total, pair_total = float(w.sum()) or 1.0, float(p.sum()) or 1.0
    ideal = total + pair_total
    head = find_hits(asked, [t.head.keys for t in told])
    owner = np.array([i for i, t in enumerate(told) for _ in t.around], dtype=np.int64)
    around = find_hits(asked, [text.keys for t in told for text in t.around])
    tf, tf_head, tf_near = counts(body, n, m), counts(head, n, m), counts(body, n, m)
    pf, pf_head, pf_near = (pair_counts(hits, asked, n) for hits in (body, head, body))
    here, above, near, long = seen(body, n, m), seen(head, n, m), seen(body, n, m), body.lengths
    if len(owner):
        np.add.at(tf_near, owner, counts(around, len(owner), m))
        np.add.at(pf_near, owner, pair_counts(around, asked, len(owner)))
        np.maximum.at(near, owner, seen(around, len(owner), m))
        long = long + np.bincount(owner, around.lengths, minlength=n)

    def bm25(single: Array, pairs: Array, length: Array) -> Array:
        found: Array = (_saturated(single, length) @ w + _saturated(pairs, length) @ p) / ideal
        return found

    return {
        "words": np.maximum(here, above) @ w / total,
        "pairs": ((pf + pf_head) > 0) @ p / pair_total,
        "bm25": bm25(tf, pf, body.lengths / BODY),
        "bm25_pairs": _saturated(pf, body.lengths / BODY) @ p / ideal,
        "bm25_head": bm25(tf_head, pf_head, head.lengths / HEAD),
        "bm25_all": bm25(tf + tf_head, pf + pf_head, (body.lengths + head.lengths) / (BODY + HEAD)),
        "bm25_around": bm25(tf_near, pf_near, long / AROUND),
        "head_words": above @ w / total,
        "head_pairs": (pf_head > 0) @ p / pair_total,
        "head_told": np.bincount(head.text, head.credit, minlength=n)[:n] / np.maximum(1, head.lengths),
        "around_words": np.maximum(near, above) @ w / total,
        "around_pairs": ((pf_near + pf_head) > 0) @ p / pair_total,
    }


def _together(asked: Asked, told: Sequence[Told], body: Hits, times: Keys) -> _Signs:
    """Return how close together the passage says it, where, and what stands there."""
    n, m = len(told), len(asked.keys)
    total, pair_total = float(asked.weights.sum()) or 1.0, float(asked.pairs.sum()) or 1.0
    starts, text_of, first = blocks(body.lengths, body.starts)
    covered = np.zeros((len(starts), m), dtype=np.float32)
    np.maximum.at(covered, (np.searchsorted(starts, body.at, side="right") - 1, body.term), body.credit)
    sign: _Signs = {}
    for size, window in zip((1, 2, 4), windows(covered, text_of), strict=True):
        best = window @ asked.weights / total
        sign[f"window{size}"] = np.maximum.reduceat(best, first)
    chosen = best >= sign["window4"][text_of] - 1e-6
    where = np.where(chosen, np.arange(len(best)) - first[text_of], len(best))
    sign["early"] = 1 / (1 + np.minimum.reduceat(where, first))
    sign["near"] = near_weight(body, asked, n) / pair_total
    length, weight = runs(body, asked, n)
    sign |= {"run": length / max(1, m), "run_weight": weight / pair_total}
    flat = end_to_end([t.body.keys for t in told])
    time = times[np.minimum(np.searchsorted(times, flat), len(times) - 1)] == flat
    for name, stands_at in (("digits", is_figure(flat)), ("times", time)):
        stands = np.add.reduceat(stands_at.astype(np.float32), starts) > 0
        sign[name] = np.maximum.reduceat(np.where(chosen, stands, 0.0), first)
    return sign


def _alike(asked: Asked, told: Sequence[Told], words: StaticWords) -> _Signs:
    """Return the signs that see words alike in meaning: each word of the question with its nearest."""
    no_word = np.array([words.unknown], dtype=np.int32)
    bodies = [t.body.rows if len(t.body.rows) else no_word for t in told]
    heads = [t.head.rows if len(t.head.rows) else no_word for t in told]
    flat, flat_head = np.concatenate(bodies), np.concatenate(heads)
    marked = np.zeros(len(words), dtype=np.bool_)
    marked[flat] = marked[flat_head] = marked[words.unknown] = True
    used = np.flatnonzero(marked)
    place = np.empty(len(words), dtype=np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    table = words.vectors(used)
    asked_rows = asked.rows if len(asked.rows) else no_word
    question = words.vectors(asked_rows) / np.maximum(words.norms[asked_rows], 1e-6)[:, None]
    # (used words, asked words): a row for each word, which is what is looked up for each place in a text.
    alike = (table @ question.T) / np.maximum(words.norms[used], 1e-6)[:, None]
    alike = np.clip((alike - UNLIKE) * (ALIKE / (1 - UNLIKE)), 0, ALIKE)
    alike[used[:, None] == asked_rows] = 1.0
    alike[place[words.unknown]] = 0.0
    weights = asked.row_weights if len(asked.rows) else np.ones(1, dtype=np.float32)
    total = float(weights.sum()) or 1.0

    lengths = np.array([len(rows) for rows in bodies])
    starts, text, first = blocks(lengths, np.cumsum(lengths) - lengths)
    block_best = np.maximum.reduceat(alike[place[flat]], starts, axis=0)
    found: _Signs = {}
    for size, window in zip((1, 2, 4), windows(block_best, text), strict=True):
        found[f"soft{size}"] = np.maximum.reduceat(window @ weights, first) / total
    head_lengths = np.array([len(rows) for rows in heads])
    head = np.maximum.reduceat(alike[place[flat_head]], np.cumsum(head_lengths) - head_lengths, axis=0)
    whole = np.maximum(np.maximum.reduceat(block_best, first, axis=0), head)
    found["soft"] = whole @ weights / total
    found["soft_least"] = whole.min(axis=1)
    found["soft_head"] = head @ weights / total
    above = np.repeat(np.arange(len(told)), head_lengths)
    found["head_cosine"] = _head_cosine(asked, words, flat_head, above)
    return found


def _head_cosine(asked: Asked, words: StaticWords, rows: Rows, text: IntArray) -> Array:
    """Return the cosine of the question with what stands above each candidate: `rows`, each of a `text`."""
    used, at = np.unique(rows, return_inverse=True)
    n = int(text[-1]) + 1
    counted = np.bincount(text * len(used) + at, minlength=n * len(used)).reshape(n, len(used))
    sums = counted.astype(np.float32) @ words.vectors(used)
    cosine: Array = (sums @ asked.vector) / np.maximum(np.linalg.norm(sums, axis=1), 1e-6)
    return cosine
