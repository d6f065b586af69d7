"""The segmented text as arrays: words are numbers, lines and items are slices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.preparation import WORDS

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Items of one source; an item's first line is its title (empty where it has none).

    Attributes:
        words: Word numbers of all lines, one after another.
        line_starts: (n_lines + 1,) where each line begins in `words`.
        item_starts: (n_items + 1,) where each item begins in `line_starts`.
        ids: Item ids.
    """

    words: npt.NDArray[np.int32]
    line_starts: IntArray
    item_starts: IntArray
    ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def line(self, n: int) -> npt.NDArray[np.int32]:
        return self.words[self.line_starts[n] : self.line_starts[n + 1]]

    def lines_of(self, item: int) -> tuple[int, int]:
        """Return the half-open range of line numbers of an item."""
        return int(self.item_starts[item]), int(self.item_starts[item + 1])

    def title(self, item: int) -> npt.NDArray[np.int32]:
        return self.line(int(self.item_starts[item]))

    def body(self, item: int) -> npt.NDArray[np.int32]:
        """Return the words of all lines but the title."""
        first, last = self.lines_of(item)
        return self.words[self.line_starts[min(first + 1, last)] : self.line_starts[last]]


class Words:
    """Gives every distinct word a number, in order of first appearance."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def read(self, segmented: str) -> list[int]:
        """Return the numbers of a segmented line's words; punctuation has none."""
        number = self.number
        return [number.setdefault(word, len(number)) for word in WORDS.findall(segmented)]

    def listed(self) -> list[str]:
        return list(self.number)


def build_table(items: Iterable[tuple[str, list[str]]], words: Words) -> Table:
    """Read segmented items (id, lines) into one table, numbering new words on the way."""
    flat: list[int] = []
    line_starts, item_starts, ids = [0], [0], []
    for item_id, lines in items:
        for line in lines:
            flat += words.read(line)
            line_starts.append(len(flat))
        item_starts.append(len(line_starts) - 1)
        ids.append(item_id)
    return Table(np.array(flat, dtype=np.int32), np.array(line_starts), np.array(item_starts), tuple(ids))


def source_order(item_id: str) -> list[tuple[int, str]]:
    """Sort key that puts "legal/1.1.LQ.9" before "legal/1.1.LQ.10": articles of a law in a row."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"[./]", item_id)]
