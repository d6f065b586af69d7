"""The words of a segment's passages as numbers, on disk: written once, read through a memory map."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np

from corpus.errors import DamagedIndexError
from corpus.records import Document, Passage
from index.fields import head_line
from index.files import write_errors
from index.wordkeys import PassageWords, WordKeys, shipped_words

WORDS, STARTS = "words.bin", "words.npy"


class WordsWriter:
    """Appends passages to the two files in `folder`; `finish` makes them whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._starts = [0]
        with write_errors(folder):
            self._file: BinaryIO = (folder / WORDS).open("wb")

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Append the words of a document's passages, in order."""
        words = shipped_words()
        heads: dict[str, WordKeys] = {}  # the same stands above many passages
        for passage in passages:
            line = head_line(document, passage)
            head = heads[line] = heads.get(line) or words.keys_of(line)
            found = PassageWords(words.keys_of(passage.text), head)
            stored = found.to_bytes()
            with write_errors(self._folder):
                self._file.write(stored)
            self._starts.append(self._starts[-1] + len(stored))

    def finish(self) -> None:
        """Write what is still in memory."""
        with write_errors(self._folder):
            self._file.close()
            np.save(self._folder / STARTS, np.array(self._starts, dtype="<i8"), allow_pickle=False)

    def close(self) -> None:
        """Let go of the file, whole or not."""
        with suppress(OSError):  # a full disk has been told of already
            self._file.close()


class StoredWords:
    """Reads what `WordsWriter` wrote; safe to share between threads."""

    def __init__(self, folder: Path, n_passages: int) -> None:
        """Open the files of a segment; DamagedIndexError where they do not hold `n_passages`."""
        try:
            self._starts = np.load(folder / STARTS, allow_pickle=False)
            size = (folder / WORDS).stat().st_size
            if len(self._starts) != n_passages + 1 or int(self._starts[-1]) != size:
                raise ValueError(f"{size} bytes for {len(self._starts) - 1} of {n_passages} passages")
            stored: mmap.mmap | bytes = b""  # an empty file cannot be mapped
            if size:
                with (folder / WORDS).open("rb") as file:
                    stored = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._numbers = np.frombuffer(stored, dtype="<u4")
        except (OSError, ValueError, EOFError) as error:
            raise DamagedIndexError(folder / WORDS) from error

    def __getitem__(self, row: int) -> PassageWords:
        start, end = self._starts[row : row + 2].tolist()
        return PassageWords.from_numbers(self._numbers[start // 4 : end // 4])

    def length(self, row: int) -> int:
        """Return how many syllables a passage has, without reading them."""
        return int(self._numbers[int(self._starts[row]) // 4])  # see PassageWords.to_bytes
