"""Keeps out of training what stands in the questions of the benchmarks, and near copies of it.

The questions are read for nothing but this comparison.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.text import fold
from corpus.words.tokens import syllables
from index.training.sources import read_jsonl

SHINGLE = 4  # syllables in a row that are compared
COPIED_SHARE = 0.5  # of a question's shingles, standing in one line, make the line a near copy


class Benchmarks:
    """Every question of the benchmarks, by its shingles, without diacritics."""

    def __init__(self, questions: Iterable[str]) -> None:
        self._questions_of: defaultdict[str, list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        for number, question in enumerate(questions):
            shingles = _shingles(question)
            self._sizes.append(len(shingles))
            for shingle in shingles:
                self._questions_of[shingle].append(number)

    @classmethod
    def read(cls, data: Path) -> Benchmarks:
        """Read the questions of every benchmark under `data`."""
        paths = sorted((data / "benchmarks").glob("*/queries.jsonl"))
        return cls(row["text"] for path in paths for row in read_jsonl(path))

    def __len__(self) -> int:
        return len(self._sizes)

    def stand_in(self, line: str) -> bool:
        """True where `line` (plain or segmented) holds half of some question's shingles."""
        shared: Counter[int] = Counter()
        for shingle in _shingles(line):
            shared.update(self._questions_of.get(shingle, ()))
        return any(n >= COPIED_SHARE * self._sizes[question] for question, n in shared.items())

    def filter(
        self, items: Iterable[tuple[str, list[str]]], removed: list[str]
    ) -> Iterator[tuple[str, list[str]]]:
        """Yield the items none of whose lines is a near copy; the ids of the others go to `removed`."""
        for item_id, lines in items:
            if any(self.stand_in(line) for line in lines):
                removed.append(item_id)
            else:
                yield item_id, lines


def _shingles(text: str) -> set[str]:
    words = [fold(word) for word in syllables(text.replace("_", " "))]
    if len(words) < SHINGLE:
        return {" ".join(words)} if words else set()
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
