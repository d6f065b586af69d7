"""Which document of the library a mention speaks of, so that it can be opened from where it is cited."""

from __future__ import annotations

from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from corpus.identity import Register, identify
from ui.desk import Library

# A library never changes while it is open: a new index is opened as a new library.
_MADE: WeakKeyDictionary[Any, Register] = WeakKeyDictionary()
_MAKING = Lock()


def register_of(library: Library) -> Register:
    """Return which document each mention of the library means, settled at the first call."""
    with _MAKING:
        made = _MADE.get(library)
        if made is None:
            made = _MADE[library] = identify(library.documents())
    return made


def cited_documents(library: Library, doc_id: str) -> dict[int, str]:
    """Return position in `Document.citations` -> id of the document it means, where that one is held.

    An ambiguous mention leads nowhere: a wrong link is worse than none.
    """
    register = register_of(library)
    found: dict[int, str] = {}
    for (citing, position), link in register.links.items():
        if citing == doc_id and link.status == "held" and link.work_id is not None:
            held = register.works[link.work_id].held
            if held and doc_id not in held:
                found[position] = held[0]
    return found
