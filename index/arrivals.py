"""When each document of a folder came into the library, and when it came with its present content.

A moment is a number of seconds since 1970 that only ever grows from one publication to the next,
also where the clock goes backwards: so "what is new since" is a comparison of two numbers, and
a moment can still be shown to people as a date. What is read anew because the program changed, or
lies under another name, is no news.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.library.files import KnownFile


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a document came; both 0 where it came before this was noted.

    Attributes:
        first: The moment it came into the library.
        latest: The moment it came with its present content; `first` where it never changed.
    """

    first: int
    latest: int


def arrivals_of(files: Iterable[KnownFile]) -> dict[str, Arrival]:
    """Return the arrival of each document held, by its id."""
    return {file.doc_id: Arrival(file.arrived, file.changed) for file in files if file.reason is None}


def with_arrivals(
    files: Iterable[KnownFile], former: Iterable[KnownFile], clock: float | None = None
) -> list[KnownFile]:
    """Return `files` with their arrivals: as in `former`, the publication before, or now.

    Args:
        clock: Seconds since 1970; None asks the system.
    """
    former = list(former)
    now = max(int(time.time() if clock is None else clock), 1 + max((f.changed for f in former), default=0))
    by_id = {file.doc_id: file for file in former if file.reason is None or file.arrived}
    held = {(file.doc_id, file.sha256): file for file in former if file.reason is None}
    by_content = {file.sha256: file for file in held.values()}
    dated = []
    for file in files:
        before = by_id.get(file.doc_id)
        if same := held.get((file.doc_id, file.sha256)) or by_content.get(file.sha256):
            arrived, changed = same.arrived, same.changed
        elif file.reason is not None:  # what it was remains known, for the day it can be read again
            arrived, changed = (before.arrived, before.changed) if before else (0, 0)
        else:
            arrived, changed = before.arrived if before else now, now
        dated.append(replace(file, arrived=arrived, changed=changed))
    return dated
