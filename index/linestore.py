"""The sentences of passages as numbers: where they stand, and the words of each as places in a word list.

Made once for each passage when an index is built, so that the close look at a question's candidates
reads arrays, not text. Abbreviations stay as they are written; what they stand for is told by a library
as a whole (see corpus.words.glossary) and so is not written down here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import DamagedIndexError
from corpus.records import Document, Passage
from corpus.structure.units import Line, sentences_of
from corpus.text import collapse
from corpus.words.abbreviated import with_abbreviations
from index.files import write_errors
from index.numberfile import Numbers, NumbersWriter, StoredNumbers

LINES, WORD_LIST = "lines", "lines.json"
Integers = npt.NDArray[np.integer[Any]]

BODY, HEAD, TITLE = range(3)  # the first lines of every passage; the others are those of its sentences
NAMING, ROW, LEAD_ROW = 1, 2, 4  # what `flags` is the sum of
# Of the columns of `PassageLines.sentences`.
BEFORE, LINE, LEAD_LINE, N_COLUMNS = 5, 7, 8, 9


@dataclass(frozen=True, slots=True)
class PassageLines:
    """A passage's sentences, and the words of its lines.

    Attributes:
        sentences: (n, 9) where each starts and ends, where its lead does, flags, the place of the sentence
            before it plus one (0: none), its length in characters, its line, the line of its lead.
        lengths: (n_lines,) tokens of each line.
        tokens: All lines end to end, as places in the word list.
    """

    sentences: Integers
    lengths: Integers
    tokens: Integers

    @classmethod
    def from_numbers(cls, numbers: Numbers) -> PassageLines:
        """Take a stored row apart; the arrays are views of it."""
        n_sentences, n_lines = numbers[:2].tolist()
        lengths = 2 + N_COLUMNS * n_sentences
        return cls(
            numbers[2:lengths].reshape(n_sentences, N_COLUMNS),
            numbers[lengths : lengths + n_lines],
            numbers[lengths + n_lines :],
        )


def title_line(document: Document) -> str:
    """Return a document's type, title and issuer in one line."""
    head = document.letterhead
    return " ".join(filter(None, (head.type, head.title, head.issuer)))


def numbers_of(document: Document, passage: Passage, body: Sequence[str], places: dict[str, int]) -> Numbers:
    """Return a passage as a row of numbers, see `PassageLines`.

    Args:
        body: The passage's own words, abbreviations as they are written.
        places: The word list, which must give a new word the next place (see `word_list`).
    """
    sentences: list[int] = []
    line_of: dict[str, int] = {"": 3}
    above = (collapse(" ".join(passage.heading)), collapse(title_line(document)))
    lines: list[Sequence[str]] = [body, *map(with_abbreviations, above), ()]

    def line(said: Line) -> int:
        place = line_of.setdefault(said.text, len(lines))
        if place == len(lines):
            lines.append(with_abbreviations(said.text))
        return place

    found = sentences_of(document, passage)
    for each in found:
        said, lead = each.line, each.lead
        flags = NAMING * each.naming | ROW * said.row | LEAD_ROW * lead.row
        before = 0 if each.before is None else each.before + 1
        sentences += (said.start, said.end, lead.start, lead.end, flags, before, len(said.text))
        sentences += (line(said), line(lead))
    tokens = [places[token] for each_line in lines for token in each_line]
    lengths = map(len, lines)
    return np.array([len(found), len(lines), *sentences, *lengths, *tokens], dtype=np.uint32)


def word_list() -> dict[str, int]:
    """Return an empty word list that gives each new word the next place."""
    places: defaultdict[str, int] = defaultdict()
    places.default_factory = places.__len__
    return places


class LinesWriter:
    """Appends passages to the files in `folder`; `finish` makes them whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places = word_list()
        self._numbers = NumbersWriter(folder, LINES)

    def add(self, document: Document, passage: Passage, body: Sequence[str]) -> None:
        """Append a passage; `body` are its own words, abbreviations as they are written."""
        self._numbers.add(numbers_of(document, passage, body, self._places).astype("<u4").tobytes())

    def finish(self) -> None:
        """Write what is still in memory."""
        self._numbers.finish()
        content = json.dumps(list(self._places), ensure_ascii=False).encode()
        with write_errors(self._folder):
            (self._folder / WORD_LIST).write_bytes(content)

    def close(self) -> None:
        """Let go of the file, whole or not."""
        self._numbers.close()


class StoredLines:
    """Reads what `LinesWriter` wrote; safe to share between threads.

    Attributes:
        words: The word list: syllables, numbers, and abbreviations (with a capital) as they are written.
    """

    def __init__(self, folder: Path, n_passages: int) -> None:
        """Open the files of a segment; DamagedIndexError where they do not hold `n_passages`."""
        self._numbers = StoredNumbers(folder, LINES, n_passages)
        try:
            words = json.loads((folder / WORD_LIST).read_bytes())
            self.words: list[str] = [str(word) for word in words]
        except (OSError, ValueError, TypeError) as error:
            raise DamagedIndexError(folder / WORD_LIST) from error

    def __getitem__(self, row: int) -> PassageLines:
        return PassageLines.from_numbers(self._numbers[row])
