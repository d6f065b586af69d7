"""Which words of a passage go into which field of the index."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from corpus.errors import StaleIndexError
from corpus.records import Document, Letterhead, Passage
from corpus.rules import fingerprint_of
from corpus.words.tokens import lexical_tokens
from index.preparation import BELOW

# The headings nearest the passage say what it is about; those far above say what the whole
# document is about, which the title says too.
_HEADINGS_FOR_MEANING = 2


def dense_text(passage: Passage) -> str:
    """Return what the encoder reads of a passage: its last headings, then its words."""
    headings = [heading for heading in passage.heading[-_HEADINGS_FOR_MEANING:] if heading]
    return BELOW.join([*headings, passage.text])


def body_tokens(passage: Passage) -> list[str]:
    """Return the keys of the passage's own words."""
    return lexical_tokens(passage.text)


def head_tokens(letterhead: Letterhead, passage: Passage) -> list[str]:
    """Return the keys of what stands above the passage: type, number, title, headings.

    Each is read on its own, so that no pair of syllables spans two of them.
    """
    above = [letterhead.type, letterhead.number, letterhead.title, *passage.heading]
    return [token for line in above if line for token in _line_tokens(line)]


def head_line(document: Document, passage: Passage) -> str:
    """Return what stands above the passage in words, one line each: type, title, headings."""
    letterhead = document.letterhead
    return "\n".join(filter(None, (letterhead.type, letterhead.title, *passage.heading)))


@lru_cache(4096)
def _line_tokens(line: str) -> tuple[str, ...]:
    """Titles and headings stand above many passages."""
    return tuple(lexical_tokens(line))


def word_rules() -> str:
    """Fingerprint of the rules that turn text into tokens and into what the encoder reads.

    Questions are taken apart by the same rules; if they differed from those the index was built
    with, exact matches would silently stop matching.
    """
    index = Path(__file__).parent
    names = (
        "corpus/words/abbreviated.py",
        "corpus/words/diacritics.bin",
        "corpus/words/glossary.csv",
        "corpus/words/noise.py",
        "corpus/numbers.py",
        "corpus/readers/syllables.py",
        "corpus/words/syllables.py",
        "corpus/text.py",
        "corpus/words/tokens.py",
        "corpus/structure/units.py",
        "index/fields.py",
        "index/linestore.py",
        "index/model/tokenizer.json",
        "index/preparation.py",
        "index/wordkeys.py",
    )
    return fingerprint_of(index.parent / name for name in names)


def check_words(root: Path, built_with: str) -> None:
    """Refuse an index whose words were taken apart by other rules; `built_with` is their fingerprint.

    Raises:
        StaleIndexError: It must be built anew.
    """
    if built_with != (words := word_rules()):
        raise StaleIndexError(root, built_with, words, "theo quy tắc tách từ")
