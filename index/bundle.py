"""Catalog, vectors and postings as one thing: what the search floor sees of an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.errors import DamagedIndexError, EncoderMismatchError
from corpus.library.copies import Copies
from corpus.library.files import KnownFile
from corpus.records import Document, Letterhead
from index.arrivals import arrivals_of
from index.building import Update, apply_update, read_library
from index.dense import DenseIndex, FloatMatrix, FloatVector, RowMask
from index.encoder import Encoder, load_encoder
from index.fields import check_words
from index.files import lock
from index.learnt import LEARNT, Learnt, learning_rules
from index.manifest import Manifest, check_parts, read_manifest
from index.rows import Documents, Passages
from index.segment import OpenSegment
from index.sparse import Field, SparseIndex, Term
from index.threads import one_thread_for_products


class Bundle:
    """An index opened for reading: rows in, passages and scores out.

    Attributes:
        encoder: The one the vectors were made with, for the questions.
        manifest: What is on disk.
        documents: The living documents by id.
        passages: The living passages; a row number is a position here.
        copies: Which files of the folder are one document; empty where it was built from none.
        learnt: What the texts teach: abbreviations, misread forms, syllables side by side.
        arrivals: When each document came, by its id; empty where it was built from no folder.
    """

    def __init__(
        self,
        manifest: Manifest,
        encoder: Encoder,
        segments: Sequence[OpenSegment],
        dense: DenseIndex,
        sparse: SparseIndex,
        learnt: Learnt,
        library: tuple[Sequence[KnownFile], Sequence[Copies]] = ((), ()),
    ) -> None:
        self.manifest, self.encoder, self.learnt = manifest, encoder, learnt
        self.documents = Documents(segments)
        self.passages = Passages(segments)
        self._segments, self._dense, self._sparse = segments, dense, sparse
        dense.get_ready()
        files, self.copies = library
        self.arrivals = arrivals_of(files)
        self._names = {file.doc_id: file.name for file in files}
        self._rows: dict[str, range] = {}
        keys: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
        row = 0
        for segment in segments:
            for doc_id in segment.living():
                span = segment.catalog.spans[doc_id]
                self._rows[doc_id] = range(row, row + len(span))
                keys.append(np.arange(span.start, span.stop) + segment.entry.first_key)
                row += len(span)
        # Ascending, for segments and the rows in them are; so key order is row order.
        self._keys = np.concatenate(keys) if keys else np.zeros(0, dtype=np.int64)

    @classmethod
    def build(cls, root: Path, documents: Iterable[Document], encoder: Encoder) -> Manifest:
        """Publish an index of these documents and no others in `root`; see `apply_update`."""
        with lock(root):
            return apply_update(root, None, encoder, Update(documents))

    @classmethod
    def open(cls, root: Path, encoder: Encoder | None = None) -> Bundle:
        """Open the live index, every file checked against its digest.

        Args:
            root: The index directory; it may be read-only.
            encoder: For the questions; None loads the one the manifest names.

        Raises:
            MissingIndexError, StaleIndexError, DamagedIndexError: As they say.
            EncoderMismatchError: `encoder` is not the one the vectors were made with.
            EncoderError: The encoder named in the manifest cannot be loaded.
        """
        one_thread_for_products()
        manifest = read_manifest(root)
        check_words(root, manifest.words)
        try:
            check_parts(root, manifest)
            segments = [OpenSegment(root, entry) for entry in manifest.segments]
            dense = _living_vectors(segments, manifest.dim)
            sparse = SparseIndex(root / "parts" / manifest.sparse.name)
            learnt = Learnt.read(root / "parts" / manifest.learnt.name / LEARNT)
            library = read_library(root, manifest)
        except DamagedIndexError:
            # A build may have published, twice, between our reading CURRENT and the files.
            if read_manifest(root) != manifest:
                return cls.open(root, encoder)
            raise
        if learnt.rules != learning_rules():  # written by another version of the program
            learnt = Learnt.of({doc_id: text for segment in segments for doc_id, text in segment.texts()})
        encoder = encoder or load_encoder(manifest.encoder)
        if (encoder.name, encoder.dim) != (manifest.encoder, manifest.dim):
            raise EncoderMismatchError(manifest.encoder, encoder.name)
        bundle = cls(manifest, encoder, segments, dense, sparse, learnt, library)
        if len(bundle.documents) != manifest.n_documents or len(bundle.passages) != manifest.n_passages:
            raise DamagedIndexError(root / "parts")
        if not np.array_equal(sparse.keys(), bundle._keys):
            raise DamagedIndexError(root / "parts" / manifest.sparse.name)
        return bundle

    def close(self) -> None:
        """Let go of the files; documents and passages can no longer be read."""
        for segment in self._segments:
            segment.close()

    def names(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield (id, number, date of issue) of the living documents, in row order."""
        return chain.from_iterable(segment.names() for segment in self._segments)

    def letterheads(self) -> Iterator[tuple[str, Letterhead]]:
        """Yield (id, letterhead) of the living documents, in row order, without reading their texts."""
        return chain.from_iterable(segment.letterheads() for segment in self._segments)

    def rows_of(self, doc_id: str) -> range:
        """Rows of a document's passages; KeyError where there is no such document."""
        return self._rows[doc_id]

    def copies_of(self, doc_id: str) -> list[Copies]:
        """Return the groups of files that are one document with this one; [] where it stands alone."""
        name = self._names.get(doc_id)
        return [group for group in self.copies if name in group.files]

    def dense(
        self, vector: FloatVector, k: int, allowed: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return the `k` rows nearest `vector` (dim,) as (row, cosine), highest first, ties by row.

        `allowed` are the ids of the documents that may be returned; ids that are not here are ignored.
        """
        return self._dense.search(vector, k, None if allowed is None else self._mask(allowed))

    def vectors_of(self, rows: Sequence[int]) -> FloatMatrix:
        """Return a copy of the vectors of `rows`, (len(rows), dim)."""
        return self._dense.vectors_of(rows)

    def sparse(
        self, terms: Sequence[Term], k: int, allowed: frozenset[str] | None = None
    ) -> list[tuple[int, float]]:
        """Return the `k` best rows by weighted BM25 as (row, score), highest first, ties by row.

        `allowed` acts before ranking and changes no score.
        """
        document_keys = None
        if allowed is not None:
            rows = [self._rows[doc_id] for doc_id in allowed if doc_id in self._rows]
            document_keys = sorted(int(self._keys[span.start]) for span in rows if span)
        found = self._sparse.search(terms, k, document_keys)
        rows_found = np.searchsorted(self._keys, [key for key, _ in found])
        return [(int(row), score) for row, (_, score) in zip(rows_found, found, strict=True)]

    def document_frequency(self, field: Field, token: str) -> int:
        """In how many passages `token` stands in `field`; deleted ones may still be counted."""
        return self._sparse.frequency(field, token)

    def citing(self, number: str) -> list[str]:
        """Return the ids of the documents that cite `number` (canonical), in row order."""
        return [
            doc_id for segment in self._segments for doc_id in segment.catalog.citing(number)
            if doc_id not in segment.deleted
        ]  # fmt: skip

    def _mask(self, allowed: frozenset[str]) -> RowMask:
        mask: RowMask = np.zeros(len(self.passages), dtype=np.bool_)
        for doc_id in allowed:
            if (span := self._rows.get(doc_id)) is not None:
                mask[span.start : span.stop] = True
        return mask


def _living_vectors(segments: Sequence[OpenSegment], dim: int) -> DenseIndex:
    """Return the vectors of all living passages in row order."""
    loaded = [segment.dense() for segment in segments]
    for segment, dense in zip(segments, loaded, strict=True):
        if dense.dim != dim:
            raise DamagedIndexError(segment.folder)
    if len(loaded) == 1 and not segments[0].deleted:
        return loaded[0]
    living = DenseIndex(dim)
    for segment, dense in zip(segments, loaded, strict=True):
        vectors = dense.vectors()
        for doc_id in segment.living():
            span = segment.catalog.spans[doc_id]
            living.add(vectors[span.start : span.stop])
    return living
