"""Abbreviations of a question: what they are read as, and those that are to be taken as they were typed."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.words.abbreviated import write_out
from corpus.words.glossary import Glossary

_SHORT = re.compile(r"(?<![\w/\-])[^\W\d_]{2,10}(?![\w/])")


def in_full(text: str, glossary: Glossary, kept: Collection[str] = ()) -> str:
    """Return a question's text with its abbreviations written out.

    Args:
        kept: Those that are not.
    """
    if not kept:
        return write_out(text, glossary, typed=True)
    pieces = re.split(rf"(?<!\w)({'|'.join(map(re.escape, kept))})(?!\w)", text)
    return "".join(
        piece if n % 2 else write_out(piece, glossary, typed=True) for n, piece in enumerate(pieces)
    )


def written_out(text: str, glossary: Glossary) -> tuple[tuple[str, str], ...]:
    """Return the abbreviations of a question's text, each with what it stands for.

    >>> written_out("CĐCS nộp cho CĐCS", Glossary.shipped())
    (('CĐCS', 'công đoàn cơ sở'),)
    """
    shorts = dict.fromkeys(_SHORT.findall(text))
    pairs = ((short, write_out(short, glossary, typed=True)) for short in shorts)
    return tuple((short, long) for short, long in pairs if long != short)
