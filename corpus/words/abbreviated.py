"""Abbreviations written out in running text: "CĐCS" is read as "công đoàn cơ sở"."""

from __future__ import annotations

import re
from itertools import zip_longest

from corpus.readers.syllables import is_syllable
from corpus.text import fold
from corpus.words.glossary import Glossary
from corpus.words.syllables import shipped_counts
from corpus.words.tokens import syllables

_ABBREVIATION = re.compile(r"[A-ZĐ](?<![\w/\-].)(?:[A-ZĐ]|(?<=[A-ZĐ])[a-zđ](?=[A-ZĐ])){1,9}(?![\w/])")


def write_out(text: str, glossary: Glossary, *, typed: bool = False) -> str:
    """Return `text` with each known abbreviation replaced by its first expansion.

    Args:
        typed: True for questions: lower-case abbreviations count too, those that spell no syllable.
    """

    def expansion(match: re.Match[str]) -> str:
        found = glossary.expand(match[0])
        return found[0] if found else match[0]

    text = _ABBREVIATION.sub(expansion, text)
    if typed:
        text = re.sub(r"(?<![\w/\-])[a-zđư]{2,8}(?![\w/])", lambda m: _typed_expansion(m[0], glossary), text)
    return text


def with_abbreviations(line: str) -> list[str]:
    """Return the words of a cleaned line, lower case, and its abbreviations as they are written.

    Those begin with a capital, and no word does. With each replaced by the words it stands for, they are
    the words of the line written out.

    >>> with_abbreviations("Các CĐCS báo cáo LĐLĐ tỉnh")
    ['các', 'CĐCS', 'báo', 'cáo', 'LĐLĐ', 'tỉnh']
    """
    abbreviations = _ABBREVIATION.findall(line)
    if not abbreviations:
        return syllables(line)
    words: list[str] = []
    for piece, abbreviation in zip_longest(_ABBREVIATION.split(line), abbreviations):
        words += syllables(piece)
        if abbreviation:
            words.append(abbreviation)
    return words


def words_of_abbreviation(abbreviation: str, glossary: Glossary) -> list[str]:
    """Return the words that an abbreviation stands for; itself, in lower case, where that is not known."""
    return syllables(write_out(abbreviation, glossary))


def _typed_expansion(word: str, glossary: Glossary) -> str:
    # "Tu" is read "từ" or "tư", "tuc" is "tục"; "tlđ" and "ubkt" are no syllables however they are marked.
    if any(map(is_syllable, (word, *shipped_counts().readings(fold(word))))):
        return word
    found = glossary.expand(word.upper())
    return found[0] if found else word
