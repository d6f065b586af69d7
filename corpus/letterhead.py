"""The letterhead: who issued a document, when, about what."""

from __future__ import annotations

from corpus.records import Letterhead


def letterhead_end(text: str) -> int:
    """Return where the letterhead (up to its title) ends in `text`."""
    return 0


def parse_letterhead(text: str) -> Letterhead:
    """Read the letterhead and the closing of a document."""
    return Letterhead()
