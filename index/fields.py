"""Which words of a passage go into which field of the index."""

from __future__ import annotations

from corpus.records import Document, Passage
from corpus.tokens import lexical_tokens

# The headings nearest the passage say what it is about; those far above say what the whole
# document is about, which the title says too.
_HEADINGS_FOR_MEANING = 2


def dense_text(passage: Passage) -> str:
    """Return what the encoder reads of a passage: its last headings, then its words."""
    headings = [heading for heading in passage.heading[-_HEADINGS_FOR_MEANING:] if heading]
    return "\n".join([*headings, passage.text])


def body_tokens(passage: Passage) -> list[str]:
    """Return the keys of the passage's own words."""
    return lexical_tokens(passage.text)


def head_tokens(document: Document, passage: Passage) -> list[str]:
    """Return the keys of what stands above the passage: type, number, title, headings.

    Each is read on its own, so that no pair of syllables spans two of them.
    """
    letterhead = document.letterhead
    above = [letterhead.type, letterhead.number, letterhead.title, *passage.heading]
    return [token for text in above if text for token in lexical_tokens(text)]
