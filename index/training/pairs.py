"""Pairs of texts that belong together, drawn from the tables batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.training.table import Table

WordArray = npt.NDArray[np.int32]
Pair = tuple[WordArray, WordArray]
Draw = Callable[[np.random.Generator], Pair | None]


@dataclass(frozen=True, slots=True)
class PairOptions:
    """Lengths in words; a passage of 900 characters has about 140."""

    span: tuple[int, int] = (3, 20)
    passage: tuple[int, int] = (20, 90)
    block: int = 8  # items in a row that a batch takes: neighbours in a law are the hardest negatives


class Picker:
    """Chooses items: `block` in a row, then somewhere else. Needs items in the order of their source."""

    def __init__(self, table: Table, block: int) -> None:
        self._n, self._block = len(table), block
        self._next, self._left = 0, 0

    def __call__(self, rng: np.random.Generator) -> int:
        if self._left == 0:
            self._next, self._left = int(rng.integers(self._n)), self._block
        item = self._next
        self._next, self._left = (item + 1) % self._n, self._left - 1
        return item


def _slice(words: WordArray, limits: tuple[int, int], rng: np.random.Generator) -> tuple[int, int]:
    length = min(len(words), int(rng.integers(limits[0], limits[1] + 1)))
    start = int(rng.integers(0, len(words) - length + 1))
    return start, start + length


def title_to_text(table: Table, options: PairOptions) -> Draw:
    """A title, and a stretch of the text under it."""
    pick = Picker(table, options.block)

    def draw(rng: np.random.Generator) -> Pair | None:
        item = pick(rng)
        title, body = table.title(item), table.body(item)
        if len(title) < 2 or len(body) < 5:
            return None
        start, end = _slice(body, options.passage, rng)
        return title, body[start:end]

    return draw


def span_to_rest(table: Table, options: PairOptions) -> Draw:
    """A few words out of a text, and what stands around them (the inverse cloze task, Lee et al. 2019).

    Every other time the title stands above the rest, as headings do above our passages; every
    fourth time the span stays in, for questions do repeat words of their answer.
    """
    pick = Picker(table, options.block)

    def draw(rng: np.random.Generator) -> Pair | None:
        item = pick(rng)
        body = table.body(item)
        if len(body) < 30:
            return None
        at, end = _slice(body, options.passage, rng)
        passage = body[at:end]
        start, stop = _slice(passage, options.span, rng)
        title = table.title(item) if rng.random() < 0.5 else passage[:0]
        kept = passage[start:stop] if rng.random() < 0.25 else passage[:0]
        return passage[start:stop], np.concatenate([title, passage[:start], kept, passage[stop:]])

    return draw


def line_to_next(table: Table, options: PairOptions) -> Draw:
    """A line, and the lines after it."""

    def draw(rng: np.random.Generator) -> Pair | None:
        first, last = table.lines_of(int(rng.integers(len(table))))
        if last - first < 3:
            return None
        line = int(rng.integers(first + 1, last - 1))
        rest = table.words[table.line_starts[line + 1] : table.line_starts[last]]
        head = table.line(line)[: options.span[1] * 2]
        if len(head) < 4 or len(rest) < 5:
            return None
        return head, rest[: int(rng.integers(options.passage[0] // 2, options.passage[1]))]

    return draw


def first_to_second(table: Table, options: PairOptions) -> Draw:
    """Items of exactly two lines, either of which may ask for the other."""

    def draw(rng: np.random.Generator) -> Pair | None:
        first, _ = table.lines_of(int(rng.integers(len(table))))
        question, passage = table.line(first), table.line(first + 1)
        if not len(question) or not len(passage):
            return None
        return question, passage[: options.passage[1] * 2]

    return draw


def related_to_each_other(table: Table, pairs: list[tuple[str, str]], options: PairOptions) -> Draw:
    """Title and beginning of two articles that the codified law lists as related."""
    number = {item_id: n for n, item_id in enumerate(table.ids)}
    known = [(number[a], number[b]) for a, b in pairs if a in number and b in number]

    def draw(rng: np.random.Generator) -> Pair | None:
        a, b = known[int(rng.integers(len(known)))]
        left, right = (np.concatenate([table.title(n), table.body(n)[: options.passage[1]]]) for n in (a, b))
        if rng.random() < 0.5:
            left = table.title(a)
        return (left, right) if len(left) >= 2 and len(right) >= 5 else None

    return draw


def draw_many(draw: Draw, n: int, rng: np.random.Generator) -> list[Pair]:
    """Draw until there are `n` pairs; items that give none are passed over."""
    pairs: list[Pair] = []
    for _ in range(100 * n):
        if (pair := draw(rng)) is not None:
            pairs.append(pair)
            if len(pairs) == n:
                return pairs
    raise ValueError(f"only {len(pairs)} of {n} pairs could be drawn: is the text empty?")
