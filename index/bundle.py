"""Catalog, vectors and postings as one thing: what the search floor sees of an index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import overload

import numpy as np

from corpus.copies import Copies
from corpus.errors import DamagedIndexError, EncoderMismatchError
from corpus.library import KnownFile
from corpus.records import Document, Letterhead, Passage
from index.arrivals import arrivals_of
from index.building import Update, apply_update, read_library
from index.dense import DenseIndex, FloatMatrix, FloatVector, RowMask
from index.encoder import Encoder, load_encoder
from index.fields import check_words
from index.files import lock
from index.learnt import LEARNT, Learnt, learning_rules
from index.linestore import PassageLines, word_list
from index.manifest import Manifest, check_parts, read_manifest
from index.segment import OpenSegment
from index.sparse import Field, SparseIndex, Term
from index.wordkeys import WordKeys

_DOCUMENTS_IN_MEMORY = 256
_PASSAGES_IN_MEMORY = 4096


class Documents(Mapping[str, Document]):
    """The living documents by id, in row order; each is read when it is asked for."""

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        self._home = {doc_id: segment for segment in segments for doc_id in segment.living()}
        self._read = lru_cache(_DOCUMENTS_IN_MEMORY)(self._read_from_disk)

    def __getitem__(self, doc_id: str) -> Document:
        return self._read(doc_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._home)

    def __len__(self) -> int:
        return len(self._home)

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._home

    def _read_from_disk(self, doc_id: str) -> Document:
        return self._home[doc_id].catalog.document(doc_id)


class Passages(Sequence[Passage]):
    """The living passages by row number; each is read when it is asked for.

    Attributes:
        word_list: The words and abbreviations of their sentences; see index.linestore.
    """

    def __init__(self, segments: Sequence[OpenSegment]) -> None:
        # Row ranges of the whole index, and where in which segment each begins.
        self._spans = [
            (segment, segment.catalog.spans[doc_id]) for segment in segments for doc_id in segment.living()
        ]
        self._starts = [0, *accumulate(len(span) for _, span in self._spans)]
        self._lengths = [n for segment, span in self._spans for n in segment.words.lengths_of(span)]
        places = word_list()
        self._places = {id(s): np.array([places[w] for w in s.lines.words], dtype=np.int64) for s in segments}
        self.word_list = list(places)
        self._read = lru_cache(_PASSAGES_IN_MEMORY)(self._read_from_disk)

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> list[Passage]: ...
    def __getitem__(self, row: int | slice) -> Passage | list[Passage]:
        if isinstance(row, slice):
            return [self._read(i) for i in range(*row.indices(len(self)))]
        if not -len(self) <= row < len(self):
            raise IndexError(f"no row {row} among {len(self)} passages")
        return self._read(int(row) % len(self))

    def body(self, row: int) -> WordKeys:
        """Return the words of a row as numbers."""
        i, at = self._locate(row)
        return self._spans[i][0].words.body(at)

    def head(self, row: int) -> WordKeys:
        """Return the words that stand above a row as numbers: its headings and its document's title."""
        i, at = self._locate(row)
        return self._spans[i][0].words[at].head

    def lines(self, row: int) -> PassageLines:
        """Return the sentences of a row as numbers, its words as places in `word_list`."""
        i, at = self._locate(row)
        segment = self._spans[i][0]
        stored = segment.lines[at]
        return replace(stored, tokens=self._places[id(segment)][stored.tokens])

    def length(self, row: int) -> int:
        """Return how many syllables a row has."""
        return self._lengths[row]

    def document_rows(self, row: int) -> range:
        """Return the rows of the document that `row` is a passage of."""
        i, _ = self._locate(row)
        return range(self._starts[i], self._starts[i + 1])

    def __iter__(self) -> Iterator[Passage]:
        for segment, span in self._spans:
            yield from segment.catalog.passages(span)

    def _read_from_disk(self, row: int) -> Passage:
        i, at = self._locate(row)
        return self._spans[i][0].catalog.passage(at)

    def _locate(self, row: int) -> tuple[int, int]:
        """Return (which document, in row order; the row in its segment)."""
        i = bisect_right(self._starts, row) - 1
        return i, self._spans[i][1][row - self._starts[i]]


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
