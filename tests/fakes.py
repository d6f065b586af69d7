"""Stand-ins for what is slow or not there: an encoder that hashes, documents made of one line."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from corpus.records import Document, Letterhead
from corpus.words.tokens import syllables


class HashEncoder:
    """A bag of hashed syllables; texts that share syllables are near. Counts what it encoded."""

    def __init__(self, dim: int = 64, name: str = "hash-encoder") -> None:
        self._dim, self._name = dim, name
        self.encoded: list[str] = []

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return self._dim

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += texts
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = np.zeros((len(texts), self._dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in syllables(text) or [""]:
                digest = blake2b(word.encode(), digest_size=8).digest()
                sign = 1 if digest[4] & 1 else -1
                vectors[row, int.from_bytes(digest[:4], "big") % self._dim] += sign
            if not vectors[row].any():
                vectors[row, 0] = 1
        unit: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def make_document(doc_id: str, text: str, **letterhead: str) -> Document:
    """Return a document that has this text and what of a letterhead is given."""
    return Document(doc_id, f"{doc_id}.txt", text, Letterhead(**letterhead))
