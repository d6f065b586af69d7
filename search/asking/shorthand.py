"""Words as people shorten them in chats: "bn" for "bao nhiêu", "ntn" for "như thế nào".

Only words that stand for one thing in every question; the abbreviations of offices are the glossary's.
"""

from __future__ import annotations

import re

from corpus.text import fold

_SHORT = {
    "bn": "bao nhiêu", "nhiu": "nhiêu", "ntn": "như thế nào", "ko": "không", "hok": "không", "dc": "được",
    "đc": "được", "j": "gì", "vs": "với", "cty": "công ty", "trc": "trước", "lm": "làm", "ng": "người",
}  # fmt: skip
_WORD = re.compile(rf"(?<![\w/.\-])(?:{'|'.join(_SHORT)})(?![\w/.\-]|\.\w)")


def with_shorthand_read(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a question with its shorthand written out, and what was read as what.

    In a question without diacritics it is written out without them, for they are restored together.

    >>> with_shorthand_read("năm 2021 kết nạp bn đoàn viên")
    ('năm 2021 kết nạp bao nhiêu đoàn viên', (('bn', 'bao nhiêu'),))
    """
    bare = fold(text) == text.lower()
    found = tuple(dict.fromkeys(_WORD.findall(text)))

    def long(match: re.Match[str]) -> str:
        return fold(_SHORT[match[0]]) if bare else _SHORT[match[0]]

    return _WORD.sub(long, text), tuple((short, _SHORT[short]) for short in found)
