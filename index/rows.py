"""The living documents and passages of an open index, each read from disk when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import overload

import numpy as np

from corpus.records import Document, Passage
from index.linestore import PassageLines, word_list
from index.segment import OpenSegment
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
        self._document_of = [i for i, (_, span) in enumerate(self._spans) for _ in span]
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
        return self._spans[i][0].words.head(at)

    def lines(self, row: int) -> PassageLines:
        """Return the sentences of a row as numbers, its words as places in `word_list`."""
        i, at = self._locate(row)
        segment = self._spans[i][0]
        stored = segment.lines[at]
        tokens = self._places[id(segment)][stored.tokens]
        return PassageLines(stored.sentences, stored.lengths, tokens)

    def length(self, row: int) -> int:
        """Return how many syllables a row has."""
        return self._lengths[row]

    def document_rows(self, row: int) -> range:
        """Return the rows of the document that `row` is a passage of."""
        i = self._document_of[row]
        return range(self._starts[i], self._starts[i + 1])

    def __iter__(self) -> Iterator[Passage]:
        for segment, span in self._spans:
            yield from segment.catalog.passages(span)

    def _read_from_disk(self, row: int) -> Passage:
        i, at = self._locate(row)
        return self._spans[i][0].catalog.passage(at)

    def _locate(self, row: int) -> tuple[int, int]:
        """Return (which document, in row order; the row in its segment)."""
        i = self._document_of[row]
        return i, self._spans[i][1][row - self._starts[i]]
