"""In what other forms a library holds what a question says: misread by OCR, or spelt another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from corpus.text import fold
from corpus.words.spelling import spelt_alike

Forms = Callable[[str], Sequence[str]]


def forms_in(misread: Forms, known: Callable[[str], bool]) -> Forms:
    """Return the way from a key of the lexical index to its other forms in a library.

    Args:
        misread: Gives the misread forms of a key (see corpus.words.vocabulary).
        known: Whether any passage of the library holds a folded key.
    """

    @lru_cache(1 << 14)  # each key of a question is asked for by several who look at it
    def forms(token: str) -> tuple[str, ...]:
        return (*misread(token), *(spelt for spelt in spelt_alike(token) if known(fold(spelt))))

    return forms
