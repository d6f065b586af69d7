"""In what other forms a library holds what a question says: misread by OCR, or spelt another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.spelling import spelt_alike
from corpus.text import fold
from corpus.vocabulary import Vocabulary


def forms_in(vocabulary: Vocabulary | None, known: Callable[[str], bool]) -> Callable[[str], Sequence[str]]:
    """Return the way from a key of the lexical index to its other forms in a library.

    Args:
        vocabulary: Tells the misread forms; None where they are not looked for.
        known: Whether any passage of the library holds a folded key.
    """

    def forms(token: str) -> tuple[str, ...]:
        misread = vocabulary.forms(token) if vocabulary else ()
        return (*misread, *(spelt for spelt in spelt_alike(token) if known(fold(spelt))))

    return forms
