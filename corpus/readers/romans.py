"""Roman numbers of headings that OCR has misread ("IL", "L", "H." for "II.", "I.", "II.").

A wrong section number is worse than none, and the numbers of headings follow each other: what
looks like the next number, give or take a stroke, is the next number.
"""

from __future__ import annotations

import re

from corpus.readers.wordlists import format_number

_HEADING = re.compile(r"(?P<number>[IVXLHTJl1|!]{1,6})(?P<mark>\s?[.)–-]|\.?)\s+(?P<words>\S.*)")
_STROKES = str.maketrans(dict.fromkeys("LTJl1|!", "I") | {"H": "II"})
_CAPITALS_SHARE = 0.9
_HIGHEST = 30


def mend_romans(lines: list[str]) -> list[str]:
    """Return the lines of a recognised document with the numbers of its capital headings in order.

    >>> mend_romans(["L MỤC ĐÍCH, YÊU CẦU", "I. CHỈ TIÊU", "1. Kết nạp", "II TỔ CHỨC THỰC HIỆN"])
    ['I. MỤC ĐÍCH, YÊU CẦU', 'II. CHỈ TIÊU', '1. Kết nạp', 'III. TỔ CHỨC THỰC HIỆN']
    """
    mended: list[str] = []
    last = 0
    for line in lines:
        match = _HEADING.fullmatch(line)
        if match is None or not _is_capitals(match["words"]):
            mended.append(line)
            continue
        read = match["number"].translate(_STROKES)
        following = format_number(last + 1, "upperRoman")
        if _is_nearly(read, following) and last < _HIGHEST:
            last += 1
            mark = match["mark"] if match["mark"].strip() else "."
            line = f"{following}{mark} {match['words']}"
        else:
            last = next((n for n in range(1, _HIGHEST) if format_number(n, "upperRoman") == read), last)
        mended.append(line)
    return mended


def _is_capitals(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) >= 5 and sum(map(str.isupper, letters)) >= _CAPITALS_SHARE * len(letters)


def _is_nearly(read: str, number: str) -> bool:
    """Whether the two differ by one "I" at most; a "V" or an "X" is not overlooked."""
    return read.replace("I", "") == number.replace("I", "") and abs(read.count("I") - number.count("I")) <= 1
