"""How a folder is to be brought onto an index, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus.library.copies import Copies
from corpus.library.files import Changes, KnownFile
from corpus.records import Document


@dataclass(frozen=True, slots=True)
class FolderOptions:
    """How a folder is brought onto an index.

    Attributes:
        rebuild: Read every file, whatever is known of it.
        allow_empty: Let documents go whose folder holds nothing any more.
        dry_run: Say what would happen and write nothing.
        digest: Gives the sha256 of a file's content; None reads the whole file each time.
        read: Documents that have been read already, by the sha256 of their files.
        retry: Try the files again that could not be read and are as they were.
    """

    rebuild: bool = False
    allow_empty: bool = False
    dry_run: bool = False
    digest: Callable[[Path], str] | None = None
    read: Mapping[str, Document] = field(default_factory=dict)
    retry: bool = True


@dataclass(slots=True)
class FolderReport:
    """What was done, or in a dry run would be.

    Attributes:
        changes: Every file of the folder, and the documents that are gone.
        failed: Files that are not in the library as they lie in the folder, and why.
        why_anew: Why everything was built anew, in Vietnamese; None where it was not.
        published: False where nothing had changed, and in a dry run.
        n_documents, n_passages: What the live index holds.
        copies: Which of its files are one document.
    """

    changes: Changes
    failed: list[KnownFile] = field(default_factory=list)
    why_anew: str | None = None
    published: bool = False
    n_documents: int = 0
    n_passages: int = 0
    copies: list[Copies] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many documents were added, changed, moved, removed and left as they were."""
        failed = {file.doc_id for file in self.failed}
        new = self.changes.added + (self.changes.failed_before if self.published else ())
        changed = sum(file.doc_id not in failed for file in self.changes.changed)
        lost = len(self.changes.changed) - changed
        changed += len(self.changes.corrected)
        return {
            "added": sum(file.doc_id not in failed for file in new),
            "changed": changed,
            "moved": len(self.changes.moved),
            "removed": len(self.changes.removed) + lost,
            "unchanged": len(self.changes.unchanged),
        }
