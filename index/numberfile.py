"""Rows of numbers of different lengths on disk: written once, read through a memory map."""

from __future__ import annotations

import mmap
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from corpus.errors import DamagedIndexError
from index.files import write_errors

Numbers = npt.NDArray[np.uint32]


class NumbersWriter:
    """Appends rows to `<name>.bin`; `finish` writes where each begins to `<name>.npy`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._starts = [0]
        with write_errors(folder):
            self._file: BinaryIO = (folder / f"{name}.bin").open("wb")

    def add(self, stored: bytes) -> None:
        """Append a row: little-endian uint32."""
        with write_errors(self._folder):
            self._file.write(stored)
        self._starts.append(self._starts[-1] + len(stored))

    def finish(self) -> None:
        """Write what is still in memory."""
        with write_errors(self._folder):
            self._file.close()
            starts = np.array(self._starts, dtype="<i8")
            np.save(self._folder / f"{self._name}.npy", starts, allow_pickle=False)

    def close(self) -> None:
        """Let go of the file, whole or not."""
        with suppress(OSError):  # a full disk has been told of already
            self._file.close()


class StoredNumbers:
    """Reads what `NumbersWriter` wrote; safe to share between threads."""

    def __init__(self, folder: Path, name: str, n_rows: int) -> None:
        """Open the files; DamagedIndexError where they do not hold `n_rows`."""
        path = folder / f"{name}.bin"
        try:
            starts = np.load(folder / f"{name}.npy", allow_pickle=False)
            size = path.stat().st_size
            if len(starts) != n_rows + 1 or int(starts[-1]) != size:
                raise ValueError(f"{size} bytes for {len(starts) - 1} of {n_rows} rows")
            stored: mmap.mmap | bytes = b""  # an empty file cannot be mapped
            if size:
                with path.open("rb") as file:
                    stored = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self.numbers: Numbers = np.frombuffer(stored, dtype="<u4")
            self.starts: npt.NDArray[np.int64] = starts // 4
        except (OSError, ValueError, EOFError) as error:
            raise DamagedIndexError(path) from error

    def __getitem__(self, row: int) -> Numbers:
        start, end = self.starts[row : row + 2].tolist()
        return self.numbers[start:end]

    def first(self, n: int) -> Numbers:
        """Return (n_rows, n), the first `n` numbers of every row; a row must have as many."""
        found: Numbers = self.numbers[self.starts[:-1, None] + np.arange(n)]
        return found
