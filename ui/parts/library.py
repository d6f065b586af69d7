"""What the page needs of the library it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.records import Document


class Library(Protocol):
    """What every place needs of `search.engine.Engine`."""

    def document(self, doc_id: str) -> Document: ...
    def documents(self) -> Sequence[Document]: ...
