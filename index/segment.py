"""One immutable segment: its catalog, vectors and words, written once, and what of it still lives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.errors import DamagedIndexError
from corpus.records import Document, Letterhead, Passage
from index.ahead import Ahead
from index.catalog import Catalog, CatalogWriter
from index.dense import DenseIndex, FloatMatrix
from index.encoder import Encoder, PreparedEncoder
from index.fields import dense_text
from index.linestore import StoredLines
from index.manifest import SegmentEntry, seal_part
from index.preparation import words_for_static
from index.wordstore import StoredWords, WordsWriter

CATALOG, DENSE = "catalog.sqlite", "dense.faiss"
_BATCH = 512  # passages encoded at once
_OUT = 16  # batches that may be on their way to be segmented, before this process waits


class SegmentBuilder:
    """Writes the catalog, the vectors and the words of one segment, document by document."""

    def __init__(self, folder: Path, encoder: Encoder | None, dim: int) -> None:
        self.folder = folder
        self._encoder = encoder
        self._catalog = CatalogWriter(folder / CATALOG)
        self._words = WordsWriter(folder)
        self._dense = DenseIndex(dim)
        self._waiting: list[str] = []
        self._ahead: Ahead[str] = Ahead(words_for_static)

    @property
    def n_documents(self) -> int:
        return self._catalog.n_documents

    @property
    def n_passages(self) -> int:
        return self._catalog.n_passages

    def add(
        self, document: Document, passages: Sequence[Passage], vectors: FloatMatrix | None = None
    ) -> None:
        """Append a document; `vectors` where its passages have been encoded before."""
        self._catalog.add(document, passages)
        self._words.add(document, passages)
        if vectors is not None:
            self._encode_waiting()
            self._dense.add(vectors)
            return
        self._waiting += [dense_text(passage) for passage in passages]
        while len(self._waiting) >= _BATCH:
            self._encode_batch()

    def finish(self, first_key: int) -> SegmentEntry:
        """Write what is still in memory, and seal the files."""
        self._encode_waiting()
        self._ahead.close()
        self._dense.save(self.folder / DENSE)
        self._catalog.finish()
        self._words.finish()
        return SegmentEntry(seal_part(self.folder), first_key, self.n_documents, self.n_passages)

    def close(self) -> None:
        self._ahead.close()
        self._catalog.close()
        self._words.close()

    def _encode_batch(self) -> None:
        """Send a full batch to be segmented, and encode those that have come back."""
        texts, self._waiting = self._waiting[:_BATCH], self._waiting[_BATCH:]
        encoder = self._encoder
        if not isinstance(encoder, PreparedEncoder) or encoder.segmentation != "words+syllables":
            self._encode(texts)
            return
        self._ahead.send(texts)
        while self._ahead.ready or len(self._ahead) > _OUT:
            self._encode_prepared()

    def _encode_waiting(self) -> None:
        if self._ahead:
            self._ahead.send(self._waiting)
        else:
            self._encode(self._waiting)
        self._waiting = []
        while self._ahead:
            self._encode_prepared()

    def _encode_prepared(self) -> None:
        assert isinstance(self._encoder, PreparedEncoder)
        self._dense.add(self._encoder.encode_prepared(self._ahead.take()[1]))

    def _encode(self, texts: Sequence[str]) -> None:
        if texts and self._encoder is None:
            raise ValueError("new documents cannot be added without an encoder")
        if texts and self._encoder is not None:
            self._dense.add(self._encoder.encode_passages(texts))


class OpenSegment:
    """A segment on disk, its catalog open."""

    def __init__(self, root: Path, entry: SegmentEntry) -> None:
        """Open it; DamagedIndexError where it does not hold as much as the manifest says."""
        self.entry = entry
        self.folder = root / "parts" / entry.part.name
        self.catalog = Catalog(self.folder / CATALOG)
        self.deleted = set(entry.deleted)
        if (len(self.catalog.spans), self.catalog.n_passages) != (entry.n_documents, entry.n_passages):
            raise DamagedIndexError(self.folder / CATALOG)
        self.words = StoredWords(self.folder, entry.n_passages)
        self.lines = StoredLines(self.folder, entry.n_passages)

    def living(self) -> list[str]:
        """Ids of its documents that are not deleted, in row order."""
        return [doc_id for doc_id in self.catalog.spans if doc_id not in self.deleted]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (id, text) of the living documents, in row order."""
        return (found for found in self.catalog.texts() if found[0] not in self.deleted)

    def names(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield (id, number, date of issue) of the living documents, in row order."""
        return (found for found in self.catalog.names() if found[0] not in self.deleted)

    def letterheads(self) -> Iterator[tuple[str, Letterhead]]:
        """Yield (id, letterhead) of the living documents, in row order."""
        return (found for found in self.catalog.letterheads() if found[0] not in self.deleted)

    @property
    def n_living(self) -> int:
        """How many passages those have."""
        return sum(len(self.catalog.spans[doc_id]) for doc_id in self.living())

    def dense(self) -> DenseIndex:
        """Read the vectors, of deleted passages too; DamagedIndexError where they are too few."""
        dense = DenseIndex.load(self.folder / DENSE)
        if len(dense) != self.entry.n_passages:
            raise DamagedIndexError(self.folder / DENSE)
        return dense

    def close(self) -> None:
        self.catalog.close()

    def to_entry(self) -> SegmentEntry:
        """What the next manifest says of it."""
        return replace(self.entry, deleted=tuple(sorted(self.deleted)))
