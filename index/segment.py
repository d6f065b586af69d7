"""One immutable segment: its catalog, where its vectors lie, and what of it still lives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.errors import DamagedIndexError
from index.catalog import Catalog
from index.manifest import SegmentEntry

CATALOG, DENSE = "catalog.sqlite", "dense.faiss"


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

    def living(self) -> list[str]:
        """Ids of its documents that are not deleted, in row order."""
        return [doc_id for doc_id in self.catalog.spans if doc_id not in self.deleted]

    @property
    def n_living(self) -> int:
        """How many passages those have."""
        return sum(len(self.catalog.spans[doc_id]) for doc_id in self.living())

    def to_entry(self) -> SegmentEntry:
        """What the next manifest says of it."""
        return replace(self.entry, deleted=tuple(sorted(self.deleted)))
