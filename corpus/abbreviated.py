"""Abbreviations written out in running text: "CĐCS" is read as "công đoàn cơ sở"."""

from __future__ import annotations

import re

from corpus.glossary import Glossary
from corpus.text import fold

_ABBREVIATION = re.compile(r"(?<![\w/\-])[A-ZĐ](?:[A-ZĐ]|(?<=[A-ZĐ])[a-zđ](?=[A-ZĐ])){1,9}(?![\w/])")


def write_out(text: str, glossary: Glossary, *, typed: bool = False) -> str:
    """Return `text` with each known abbreviation replaced by its first expansion.

    Args:
        typed: True for questions: lower-case abbreviations of three letters and more count too.
    """

    def expansion(match: re.Match[str]) -> str:
        found = glossary.expand(match[0])
        return found[0] if found else match[0]

    text = _ABBREVIATION.sub(expansion, text)
    if typed:
        text = re.sub(r"(?<![\w/\-])[a-zđ]{3,8}(?![\w/])", lambda m: _typed_expansion(m[0], glossary), text)
    return text


def _typed_expansion(word: str, glossary: Glossary) -> str:
    # A lower-case word is an abbreviation only when it cannot be a syllable ("cđcs", "tlđ").
    if re.search(r"[aăâeêioôơuưyáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]", fold(word)):
        return word
    found = glossary.expand(word.upper())
    return found[0] if found else word
