"""The words of a segment's passages as numbers, on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.records import Document, Passage
from corpus.text import collapse
from corpus.words.abbreviated import with_abbreviations, words_of_abbreviation
from index.fields import head_line
from index.linestore import LinesWriter
from index.numberfile import NumbersWriter, StoredNumbers
from index.wordkeys import PassageWords, WordKeys, shipped_glossary, shipped_words

WORDS = "words"


class WordsWriter:
    """Appends passages to the files in `folder`, word by word and line by line; `finish` makes them whole."""

    def __init__(self, folder: Path) -> None:
        self._numbers = NumbersWriter(folder, WORDS)
        self._lines = LinesWriter(folder)
        self._written_out: dict[str, list[str]] = {}

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Append a document's passages, in order."""
        words = shipped_words()
        heads: dict[str, WordKeys] = {}  # the same stands above many passages
        for passage in passages:
            line = head_line(document, passage)
            head = heads[line] = heads.get(line) or words.keys_of(line)
            said = with_abbreviations(collapse(passage.text))
            body = words.keys_of_syllables([s for word in said for s in self._syllables(word)])
            self._numbers.add(PassageWords(body, head).to_bytes())
            self._lines.add(document, passage, said)

    def _syllables(self, word: str) -> list[str]:
        found = self._written_out.get(word)
        if found is None:
            is_word = not word[0].isupper()
            found = [word] if is_word else words_of_abbreviation(word, shipped_glossary())
            self._written_out[word] = found
        return found

    def finish(self) -> None:
        """Write what is still in memory."""
        self._numbers.finish()
        self._lines.finish()

    def close(self) -> None:
        """Let go of the files, whole or not."""
        self._numbers.close()
        self._lines.close()


class StoredWords:
    """Reads what `WordsWriter` wrote of words; safe to share between threads."""

    def __init__(self, folder: Path, n_passages: int) -> None:
        """Open the files of a segment; DamagedIndexError where they do not hold `n_passages`."""
        self._numbers = StoredNumbers(folder, WORDS, n_passages)
        self._starts: list[int] = self._numbers.starts.tolist()
        # Of each row the lengths of its four arrays; see PassageWords.to_bytes.
        self._row_lengths: list[list[int]] = self._numbers.first(4).tolist()
        self._signed = self._numbers.numbers.view(np.int32)

    def __getitem__(self, row: int) -> PassageWords:
        return PassageWords.from_numbers(self._numbers[row])

    def body(self, row: int) -> WordKeys:
        """Return the same as `self[row].body`, in half the time."""
        at, lengths = self._starts[row] + 4, self._row_lengths[row]
        return self._between(at, lengths[0], lengths[1])

    def head(self, row: int) -> WordKeys:
        """Return the same as `self[row].head`, in half the time."""
        at, lengths = self._starts[row] + 4, self._row_lengths[row]
        return self._between(at + lengths[0] + lengths[1], lengths[2], lengths[3])

    def _between(self, start: int, n_keys: int, n_rows: int) -> WordKeys:
        rows = start + n_keys
        return WordKeys(self._numbers.numbers[start:rows], self._signed[rows : rows + n_rows])

    def lengths_of(self, rows: range) -> list[int]:
        """Return how many syllables each passage of consecutive rows has."""
        return [lengths[0] for lengths in self._row_lengths[rows.start : rows.stop]]
