"""Vectors made before are taken from what is on disk: a new index of the same text encodes nothing again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from corpus.errors import AppError
from index.catalog import Catalog
from index.dense import DenseIndex
from index.encoder import Encoder, FloatMatrix
from index.fields import dense_text
from index.segment import CATALOG, DENSE


class KeptVectors:
    """An encoder that first looks among the vectors of indexes in one directory.

    All of them must have been made by `encoder`; what it lacks is encoded. Indexes of former
    formats count too, as long as their catalog and their vectors can be read.

    Attributes:
        reused: How many texts were not encoded.
    """

    def __init__(self, encoder: Encoder, root: Path) -> None:
        self._encoder = encoder
        self.name, self.dim = encoder.name, encoder.dim
        self.reused = 0
        self._blocks: list[FloatMatrix] = []
        self._known: dict[bytes, tuple[int, int]] = {}  # digest of a text -> block, row
        for catalog in sorted(root.glob(f"parts/*/{CATALOG}")):
            self._read(catalog.parent)

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Return (len(texts), dim) float32, rows of L2 norm 1."""
        places = [self._known.get(_digest(text)) for text in texts]
        missing = [i for i, place in enumerate(places) if place is None]
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        if missing:
            vectors[missing] = self._encoder.encode_passages([texts[i] for i in missing])
        for i, place in enumerate(places):
            if place is not None:
                block, row = place
                vectors[i] = self._blocks[block][row]
        self.reused += len(texts) - len(missing)
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> FloatMatrix:
        """Return (len(texts), dim) float32, rows of L2 norm 1."""
        return self._encoder.encode_queries(texts)

    def _read(self, folder: Path) -> None:
        """Take in one segment; one that is unfinished or damaged is passed over."""
        try:
            dense, catalog = DenseIndex.load(folder / DENSE), Catalog(folder / CATALOG)
            digests = [
                _digest(dense_text(passage))
                for span in catalog.spans.values()
                for passage in catalog.passages(span)
            ]
            catalog.close()
        except (AppError, OSError, ValueError, sqlite3.Error):
            return
        if (len(dense), dense.dim) == (len(digests), self.dim):
            self._blocks.append(dense.vectors())
            self._known |= {digest: (len(self._blocks) - 1, row) for row, digest in enumerate(digests)}


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
