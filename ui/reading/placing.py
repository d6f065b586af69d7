"""Where the words of a document's text stand on a page of its original; pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.readers.pdfpage import Word

_WORD = re.compile(r"\w+")
_MOST = 4000  # words of one page that are compared
_ENOUGH = 0.5  # of the words looked for; with fewer found, the place is not known


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of one line, as shares of the page's width and height, from the top left."""

    left: float
    top: float
    right: float
    bottom: float


def boxes_of(page_text: str, start: int, end: int, words: Sequence[Word]) -> tuple[Box, ...]:
    """Return where `page_text[start:end]` stands; () where it is not known.

    The whole page as it was read is laid beside the whole page as it is printed, so that words which
    stand there several times are found at the right one. Reading has mended letters and moved notes:
    what has no counterpart is left out.

    Args:
        page_text: What was read of this page.
        words: The page's words as printed.
    """
    read = list(_WORD.finditer(page_text))[:_MOST]
    printed = words[:_MOST]
    wanted = {n for n, word in enumerate(read) if word.start() < end and start < word.end()}
    matcher = SequenceMatcher(None, [w[0].casefold() for w in read], [w.text.casefold() for w in printed])
    found = [
        block.b + n
        for block in matcher.get_matching_blocks()
        for n in range(block.size)
        if block.a + n in wanted
    ]
    if not wanted or len(found) < _ENOUGH * len(wanted):
        return ()
    return tuple(_joined((n, printed[n]) for n in found))


def _joined(found: Iterable[tuple[int, Word]]) -> Iterable[Box]:
    """Words that follow each other on one line share a box."""
    box: Box | None = None
    last = -2
    for number, word in found:
        if box is not None and number == last + 1 and _same_line(box, word) and word.left >= box.left:
            box = Box(box.left, min(box.top, word.top), word.right, max(box.bottom, word.bottom))
        else:
            if box is not None:
                yield box
            box = Box(word.left, word.top, word.right, word.bottom)
        last = number
    if box is not None:
        yield box


def _same_line(box: Box, word: Word) -> bool:
    middle = (word.top + word.bottom) / 2
    return box.top < middle < box.bottom
