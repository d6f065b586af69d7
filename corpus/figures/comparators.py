"""What bounds a quantity ("trên", "không quá", "trở lên"), and quantities that are said in words."""

from __future__ import annotations

import re

_FILLER = r"(?:\s(?:là|phải|được|đạt|có|từ|số|mức|trên|thêm|mỗi))*\s"
_AT_LEAST = (
    r"(?:ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|bằng (?:và|hoặc|hay) (?:cao|lớn|nhiều) hơn)"
)
_AT_MOST = r"(?:không (?:để\s)?(?:vượt )?quá|không (?:cao|nhiều|lớn) hơn|tối đa|nhiều nhất)"
_UNDER = r"(?:(?<!cấp )(?<!trên )dưới|thấp hơn|ít hơn|nhỏ hơn|chưa (?:đến|tới|đạt)|không (?:đến|tới))"
_OVER = r"(?:(?<!cấp )trên|hơn|vượt|cao hơn|lớn hơn|nhiều hơn|quá)"
_ABOUT = r"(?:khoảng|gần|xấp xỉ|chừng|trên dưới|ước (?:đạt|tính|khoảng))"
# Before a quantity; the first that fits wins ("không quá" is not "quá").
_COMPARATORS = tuple(
    (sign, re.compile(rf"(?:(?<!\w){words}(?:{_FILLER}|\s)|{symbol}\s?)$", re.IGNORECASE))
    for sign, words, symbol in (
        (">=", _AT_LEAST, "(?:≥|>=)"),
        ("<=", _AT_MOST, "(?:≤|<=)"),
        ("<", _UNDER, "<"),
        (">", _OVER, ">"),
        ("~", _ABOUT, "[~≈]"),
    )
)
# "1.500 đoàn viên công đoàn trở lên": a few words that count, never a grade ("loại tốt trở lên").
UPWARDS = re.compile(
    r"(?:\s(?!(?:xếp|đạt|loại|tốt|khá|được|thành|tổ|từ)(?!\w))[^\s;.():\d]+){0,7}?\s(?P<words>trở (?P<way>lên"
    r"|xuống))(?!\w)"
)
"""Matches from the end of a quantity to its "trở lên" or "trở xuống"; groups `words` and `way`."""

NUMERALS = {
    word: i for i, word in enumerate("một hai ba bốn năm sáu bảy tám chín mười".split(), start=1)
}  # fmt: skip
_NUMERAL = "|".join(NUMERALS)
_SCALE_WORDS = {"trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}
# A numeral in words is a quantity only where something bounds it: "một" is most often an article.
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:{_AT_LEAST}|{_AT_MOST}){_FILLER}(?P<numeral>{_NUMERAL})(?=\s(?!nửa\s)[^\W\d_])"
    rf"|(?<!\w)(?:{_AT_LEAST}|{_AT_MOST}|{_OVER}|{_ABOUT}){_FILLER}(?P<many>{_NUMERAL})\s"
    rf"(?P<scale>{'|'.join(_SCALE_WORDS)})(?=\s(?!{'|'.join(_SCALE_WORDS)}|rưỡi)[^\W\d_])",
    re.IGNORECASE,
)
_HALF = re.compile(r"(?<!\w)(?P<half>(?:một|1|01|quá|hơn)\snửa)(?=\s(?:tổng\s)?số\s)", re.IGNORECASE)
WORD_VALUE = re.compile(r"(?<!\w)(?:(?:đại\s)?đa số|hầu hết|phần lớn)(?!\w)", re.IGNORECASE)
"""What stands for a share without a number; it is its own value."""


def compared(line: str, start: int, end: int) -> tuple[str, int]:
    """Return the comparator before `line[start:end]` and where the whole begins; "=" where none is said."""
    for sign, pattern in _COMPARATORS:
        if match := pattern.search(line, max(0, start - 40), start):
            return sign, match.start()
    return "=", start


def asks_at_least(before: str) -> bool:
    """True where `before` ends in "ít nhất" or its like."""
    return _COMPARATORS[0][1].search(before) is not None


def find_numerals(line: str) -> list[tuple[int, int, str]]:
    """Return (start, end, value) of the bounded numerals in words; the bound lies before `start`.

    >>> find_numerals("ít nhất hai cuộc, hơn một nghìn lượt")
    [(8, 11, '2'), (22, 31, '1000')]
    """
    found: list[tuple[int, int, str]] = []
    for match in _IN_WORDS.finditer(line):
        if match["numeral"]:
            found.append((*match.span("numeral"), str(NUMERALS[match["numeral"].lower()])))
        else:
            value = NUMERALS[match["many"].lower()] * _SCALE_WORDS[match["scale"].lower()]
            found.append((match.start("many"), match.end("scale"), str(value)))
    return found


def find_halves(line: str) -> list[tuple[int, int, str]]:
    """Return (start, end, comparator) of "một nửa số ..." and "quá nửa số ...": half of what follows.

    >>> find_halves("quá nửa số CĐCS"), find_halves("ít nhất một nửa số CĐCS")
    ([(0, 7, '>')], [(0, 15, '>=')])
    """
    found: list[tuple[int, int, str]] = []
    for match in _HALF.finditer(line):
        sign, start = compared(line, match.start(), match.end())
        if match["half"].lower().startswith(("quá", "hơn")):
            sign = "<=" if line[: match.start()].lower().endswith("không ") else ">"
        found.append((start, match.end(), sign))
    return found
