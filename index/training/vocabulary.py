"""Which words and syllables get a row, and which rows a word is read by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.preparation import UNKNOWN
from index.training.table import IntArray, Table


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The rows of the model, and the words of the training text in terms of them.

    Attributes:
        tokens: Row number -> token; row 0 is `[UNK]`.
        counts: How often each row is read in the training text.
        starts, rows: The rows of word w are `rows[starts[w] : starts[w + 1]]`: its own, if it
            has one, then those of its syllables, if it has several.
    """

    tokens: list[str]
    counts: IntArray
    starts: IntArray
    rows: npt.NDArray[np.int32]

    def expand(self, words: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int32], IntArray]:
        """Return the rows of all `words`, and how many each word has."""
        lengths = self.starts[words + 1] - self.starts[words]
        ends = np.cumsum(lengths)
        steps = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        return self.rows[np.repeat(self.starts[words], lengths) + steps], lengths


def build_vocabulary(
    words: Sequence[str], tables: Sequence[Table], size: int, syllable_count: int
) -> Vocabulary:
    """Choose `size` rows: all syllables seen `syllable_count` times, then the commonest words.

    Legal and general text count by their share of all words, not by their mass, so that
    the vocabulary holds both the words of decrees and those people use.
    """
    counts = np.zeros(len(words), dtype=np.float64)
    total = np.zeros(len(words), dtype=np.int64)
    for table in tables:
        seen = np.bincount(table.words, minlength=len(words))
        counts += seen / max(1, seen.sum())
        total += seen
    syllable_seen: dict[str, int] = {}
    for word, n in zip(words, total.tolist(), strict=True):
        for syllable in word.split("_"):
            syllable_seen[syllable] = syllable_seen.get(syllable, 0) + n
    kept = sorted(s for s, n in syllable_seen.items() if n >= syllable_count and len(s) <= 12)
    order = np.argsort(-counts, kind="stable")
    taken = set(kept)
    chosen = [words[w] for w in order if words[w] not in taken and total[w] >= 4]
    tokens = [UNKNOWN, *kept, *chosen][:size]
    return index_words(words, total, tokens)


def index_words(words: Sequence[str], total: IntArray, tokens: list[str]) -> Vocabulary:
    """Work out which rows each word is read by."""
    row_of = {token: row for row, token in enumerate(tokens)}
    rows: list[int] = []
    starts = [0]
    row_counts = np.zeros(len(tokens), dtype=np.int64)
    for word, n in zip(words, total.tolist(), strict=True):
        parts = [word, *word.split("_")] if "_" in word else [word]
        own = [row_of[part] for part in parts if part in row_of]
        rows += own
        starts.append(len(rows))
        row_counts[own] += n
    return Vocabulary(tokens, row_counts, np.array(starts), np.array(rows, dtype=np.int32))
