"""A text as numbers: a key for each syllable, and the rows of its words in the static model.

Made once for each passage when an index is built, so that the second look at a question's candidates
reads arrays, not text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderError
from corpus.text import collapse, fold
from corpus.words.abbreviated import write_out
from corpus.words.glossary import Glossary
from corpus.words.tokens import syllables
from index.encoder import SHIPPED_FOLDER
from index.preparation import UNKNOWN

Keys = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int32]
FloatMatrix = npt.NDArray[np.float32]

# A key holds the folded syllable in its upper bits and what its diacritics add in the lower ones, so
# that one array tells both "đoàn" and "doan". Two of the syllables of a library share a folded key
# with a chance of one in 2^22.
MARK_BITS = 10
_LONGEST = 4  # syllables of a word


@lru_cache(1 << 16)
def syllable_key(syllable: str) -> int:
    """Return the key of a lower-case syllable.

    >>> syllable_key("đoàn") >> MARK_BITS == syllable_key("doan") >> MARK_BITS
    True
    """
    bare = int.from_bytes(blake2b(fold(syllable).encode(), digest_size=4).digest()) >> MARK_BITS
    if syllable[:1].isdigit():  # zero marks, which no letters have
        return bare << MARK_BITS
    marks = int.from_bytes(blake2b(syllable.encode(), digest_size=4).digest()) % ((1 << MARK_BITS) - 1)
    return bare << MARK_BITS | (marks + 1)


def is_figure(keys: Keys) -> npt.NDArray[np.bool_]:
    """Return which keys are those of figures."""
    figures: npt.NDArray[np.bool_] = (keys & ((1 << MARK_BITS) - 1)) == 0
    return figures


@dataclass(frozen=True, slots=True)
class WordKeys:
    """A text in the order it is read.

    Attributes:
        keys: One for each syllable or number.
        rows: One for each word or lone syllable: its row in the static model.
    """

    keys: Keys
    rows: Rows


def join(texts: Sequence[WordKeys]) -> WordKeys:
    """Return texts one after another as one."""
    if len(texts) == 1:
        return texts[0]
    return WordKeys(np.concatenate([t.keys for t in texts]), np.concatenate([t.rows for t in texts]))


@dataclass(frozen=True, slots=True)
class PassageWords:
    """A passage, and what stands above it: its headings and its document's title."""

    body: WordKeys
    head: WordKeys

    def to_bytes(self) -> bytes:
        """Return the form on disk: the lengths of four arrays, then these, all little-endian uint32."""
        arrays = (self.body.keys, self.body.rows, self.head.keys, self.head.rows)
        lengths = np.array([len(array) for array in arrays], dtype="<u4")
        return np.concatenate([lengths, *(array.astype("<u4") for array in arrays)]).tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> PassageWords:
        """The inverse of `to_bytes`; ValueError where bytes are missing."""
        return cls.from_numbers(np.frombuffer(stored, dtype="<u4"))

    @classmethod
    def from_numbers(cls, numbers: Keys) -> PassageWords:
        """The same from (n,) uint32; the arrays are views of it."""
        lengths: list[int] = numbers[:4].tolist()
        if len(lengths) < 4 or 4 + sum(lengths) != len(numbers):
            raise ValueError(f"{numbers.nbytes} bytes do not hold the words of a passage")
        a, b, c, _ = lengths
        rows, head = 4 + a, 4 + a + b
        signed = numbers.view(np.int32)
        return cls(
            WordKeys(numbers[4:rows], signed[rows:head]),
            WordKeys(numbers[head : head + c], signed[head + c :]),
        )


class StaticWords:
    """The shipped static model as a table: words told apart by the longest entry that fits.

    The encoder segments with underthesea; the longest match gives vectors as good (dense MRR@10 on
    ALQAC 72.9 either way) at a tenth of the time.
    """

    def __init__(self, tokens: Sequence[str], matrix: npt.NDArray[np.float16]) -> None:
        """Take the tokens in row order and their rows, (n, dim)."""
        self._row_of = {token: row for row, token in enumerate(tokens)}
        self.unknown = self._row_of[UNKNOWN]
        self._longest: dict[str, int] = {}  # two syllables -> syllables of the longest word they begin
        for token in tokens:
            parts = token.split("_")
            if 1 < len(parts) <= _LONGEST:
                pair = f"{parts[0]}_{parts[1]}"
                self._longest[pair] = max(self._longest.get(pair, 2), len(parts))
        self.matrix = matrix
        self.norms: FloatMatrix = np.linalg.norm(matrix.astype(np.float32), axis=1)

    def __len__(self) -> int:
        return len(self.norms)

    def vectors(self, rows: npt.NDArray[np.integer[Any]]) -> FloatMatrix:
        """Return (len(rows), dim) float32, the vectors of words."""
        # By their bits, which is several times as fast as numpy's way to the same numbers.
        half = self.matrix[rows].view(np.uint16).astype(np.uint32)
        found: FloatMatrix = ((half & 0x8000) << 16 | (half & 0x7FFF) << 13).view(np.float32)
        found *= np.float32(2.0**112)
        return found

    def segment(self, single: Sequence[str]) -> list[tuple[int, int]]:
        """Return (row, number of syllables) of each word; the words cover the syllables in order."""
        found: list[tuple[int, int]] = []
        at, end, row_of, longest_from = 0, len(single), self._row_of.get, self._longest.get
        while at < end:
            row, length, word = None, 1, single[at]
            longest = longest_from(f"{word}_{single[at + 1]}", 1) if at + 1 < end else 1
            for n in range(min(longest, end - at), 1, -1):
                if (row := row_of("_".join(single[at : at + n]))) is not None:
                    length = n
                    break
            found.append((row_of(word, self.unknown) if row is None else row, length))
            at += length
        return found

    def vector(self, single: Sequence[str]) -> FloatMatrix:
        """Return the sum of words and their syllables as the encoder makes it, (dim,), of length 1 or 0."""
        rows: list[int] = []
        at = 0
        for row, length in self.segment(single):
            rows.append(row)
            if length > 1:
                rows += [self._row_of.get(s, self.unknown) for s in single[at : at + length]]
            at += length
        total = self.matrix[rows].astype(np.float32).sum(axis=0)
        vector: FloatMatrix = total / max(float(np.linalg.norm(total)), 1e-6)
        return vector

    def keys_of(self, text: str) -> WordKeys:
        """Return a text as numbers; markup, letter case and punctuation are left out.

        What the shipped glossary knows is written out: "CĐCS" has the keys of "công đoàn cơ sở".
        """
        return self.keys_of_syllables(syllables(write_out(collapse(text), shipped_glossary())))

    def keys_of_syllables(self, single: Sequence[str]) -> WordKeys:
        keys = np.array([syllable_key(s) for s in single], dtype=np.uint32)
        return WordKeys(keys, np.array([row for row, _ in self.segment(single)], dtype=np.int32))


@cache
def shipped_glossary() -> Glossary:
    """Return the abbreviations that come with the program."""
    return Glossary.shipped()


@cache
def shipped_words() -> StaticWords:
    """Read the shipped static model, whatever encoder the index is made with.

    Raises:
        EncoderError: Its files are missing or damaged.
    """
    return read_static(SHIPPED_FOLDER)


def read_static(folder: Path) -> StaticWords:
    """Read a static model; EncoderError where it is missing or damaged."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        stored: Any = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        matrix = next(iter(load_file(folder / "model.safetensors").values()))
        tokens = sorted(stored, key=stored.__getitem__)
        if len(tokens) != len(matrix):
            raise ValueError(f"{len(tokens)} tokens, {len(matrix)} rows")
        return StaticWords(tokens, matrix)
    except (OSError, ValueError, KeyError, TypeError, StopIteration, SafetensorError) as error:
        raise EncoderError(
            f"Không đọc được bảng từ của mô hình trong {folder}",
            "Hãy chép lại thư mục index/model từ bản cài đặt",
        ) from error
