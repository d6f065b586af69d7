"""What numbers a line begins with, as a heading would: "II.", "2.1.", "Điều 3.", "a)".

Only the form is judged here; whether a number fits among its neighbours is the outline's affair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from corpus.structure.lines import Line
from corpus.text import fold


class Kind(IntEnum):
    """The levels of numbering, outermost first."""

    PART = 1
    CHAPTER = 2
    DIVISION = 3
    ARTICLE = 4
    UPPER = 5
    ROMAN = 6
    ARABIC = 7
    DECIMAL = 8
    PAREN = 9
    LETTER = 10


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the beginning of a line.

    Attributes:
        kind: Which level of numbering.
        values: (3,) for "III" or "3." or "c)"; (2, 1) for "2.1.".
        label: How it stands in an address: "III", "3", "c", "2.1".
        style: The sign after the number: ".", ")", "-", "/" or "".
        rest: The words after it.
        strong: True where the line looks like a heading: Markdown heading, bold or capitals.
    """

    kind: Kind
    values: tuple[int, ...]
    label: str
    style: str
    rest: str
    strong: bool


# The alphabet lists are lettered with: Vietnamese has no f, j, w, z, and "đ" follows "d".
LETTERS = "abcdđeghiklmnopqrstuvxy"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ORDINALS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_KEYWORD = re.compile(
    r"(?P<word>[^\W\d_]{3,6})\s+(?:[Ss]ố\s+)?(?:(?P<thu>[Tt][Hh][ứỨ])\s+)?(?P<number>[IVXLC]+"
    r"|\d{1,3}[a-zđ]?|[A-ZĐ]|[^\W\d_]+)"
    r"(?![\w/%])\s*(?P<sep>[.:–—-]?)\s*(?P<rest>.*)",
    re.DOTALL,
)
_KEYWORDS = {"phan": Kind.PART, "chuong": Kind.CHAPTER, "muc": Kind.DIVISION, "dieu": Kind.ARTICLE}
_ROMAN = re.compile(r"(?P<number>[IVXLCl1|]{1,7})\s?(?P<sep>[.)/:,]|[-–—])\s*(?P<rest>\S.*|$)", re.DOTALL)
_ROMAN_BARE = re.compile(r"(?P<number>[IVX]{1,5})\s+(?P<rest>\S.*)", re.DOTALL)
_UPPER = re.compile(r"(?P<number>[A-HK-Z])\s?(?P<sep>[.)/-])\s+(?P<rest>\S.*)", re.DOTALL)
_DECIMAL = re.compile(
    r"(?P<number>(?:[IVX]{1,5}\.)?\d{1,2}(?:\.\d{1,2}){1,4}|\d{1,2}\.\s\d{1,2}(?=\.\s)|[IVX]{1,5}\.\d{1,2})"
    r"(?:(?P<sep>[.)/:]|\s?[-–](?=\s))\s*|\s+|$)(?P<rest>\S.*|$)",
    re.DOTALL,
)
# A line of a table of contents: dots, then the page.
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|(?:\.\s){4,})\s*\d{1,3}$")
_ARABIC = re.compile(r"(?P<number>\d{1,2})\s?(?P<sep>[.)/–-])(?P<rest>.*)", re.DOTALL)
_LETTER = re.compile(r"(?P<number>[a-zđ])\s?(?P<sep>[.)/])(?P<rest>.*)", re.DOTALL)


def roman_value(numeral: str) -> int:
    """Return the value of a well-formed Roman numeral up to CXCIX, or 0.

    >>> roman_value("XIV"), roman_value("IIX")
    (14, 0)
    """
    values = [_ROMAN_VALUE.get(char, 0) for char in numeral]
    if not values or 0 in values:
        return 0
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return total if to_roman(total) == numeral else 0


def to_roman(value: int) -> str:
    """Return `value` (1 to 199) as a Roman numeral.

    >>> to_roman(49)
    'XLIX'
    """
    steps = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    numeral = ""
    for step, letters in steps:
        count, value = divmod(value, step)
        numeral += letters * count
    return numeral


def letter_follows(before: str, after: str) -> bool:
    """True where `after` is the next letter of a list, in the Vietnamese or the Latin alphabet.

    >>> letter_follows("d", "đ"), letter_follows("d", "e"), letter_follows("e", "f"), letter_follows("a", "c")
    (True, True, True, False)
    """
    return any(after in abc and abc.find(after) - 1 == abc.find(before) >= 0 for abc in (LETTERS, _LATIN))


def read_markers(line: Line) -> list[Marker]:
    """Return the ways the beginning of a line can be read as a heading's number, likeliest first."""
    text = line.text
    if line.bullet or not text or _CONTENTS.search(text[-60:]):
        return []
    head = text[0]
    found: list[Marker | None] = []
    if head in "PCMĐDpcmđd":
        found.append(_keyword(line, text))
    if head.isdigit() or head in "IVXLCl|":
        found += [_decimal(line, text), _roman(line, text), _arabic(line, text)]
    if head.isascii() and head.isupper():
        found.append(_upper(line, text))
    if head in _LATIN or head == "đ":
        found.append(_letter(line, text))
    # "I/- MỤC ĐÍCH", "1.- Mở lớp": a second sign belongs to the number.
    return [replace(m, rest=m.rest.lstrip("-–—.:/ ") or m.rest) for m in found if m is not None]


def _is_strong(line: Line, rest: str) -> bool:
    return line.strong or (rest.isupper() and len(rest) > 2)


def _begins_heading(rest: str) -> bool:
    """True where `rest` can be a heading's or an item's words: not a small letter after the number."""
    first = next((char for char in rest if char.isalnum()), "")
    return bool(first) and not first.islower()


def _keyword(line: Line, text: str) -> Marker | None:
    match = _KEYWORD.match(text)
    kind = _KEYWORDS.get(fold(match["word"])) if match else None
    if match is None or kind is None or not text[0].isupper():
        return None
    number, rest = match["number"], match["rest"].strip()
    if match["thu"] or (kind is Kind.PART and fold(number) in _ORDINALS):
        if fold(number) not in _ORDINALS:
            return None
        value = _ORDINALS.index(fold(number)) + 1
        label = to_roman(value)
    elif number[0].isdigit():
        value = int(re.match(r"\d+", number)[0])  # type: ignore[index]
        label = number
    elif roman_value(number):
        value, label = roman_value(number), number
    elif len(number) == 1 and number.isupper() and kind is not Kind.ARTICLE:
        value, label = ord(number) - ord("A") + 1, number
    else:
        return None
    if rest and not (_begins_heading(rest) and (match["sep"] or line.strong or rest.isupper())):
        return None
    return Marker(kind, (value,), label, match["sep"], rest, True)


def _roman(line: Line, text: str) -> Marker | None:
    match = _ROMAN.match(text)
    if match:
        number, sep, rest = match["number"], match["sep"], match["rest"]
        if number.isdigit() or (sep == "/" and rest[:1].isdigit()):
            return None
        # "l", "1" and "|" are how a recognised "I" may look ("lI.", "I1.").
        label = re.sub(r"[l1|]", "I", number)
        if not roman_value(label) or (rest and not _begins_heading(rest)):
            return None
        if (label != number or sep == ",") and not _is_strong(line, rest):
            return None
        return Marker(Kind.ROMAN, (roman_value(label),), label, sep, rest, _is_strong(line, rest))
    match = _ROMAN_BARE.match(text)
    if match and roman_value(match["number"]) and match["rest"].isupper() and len(match["rest"]) > 3:
        return Marker(Kind.ROMAN, (roman_value(match["number"]),), match["number"], "", match["rest"], True)
    return None


def _upper(line: Line, text: str) -> Marker | None:
    match = _UPPER.match(text)
    if match is None or not _is_strong(line, match["rest"]):
        return None
    value = ord(match["number"]) - ord("A") + 1
    return Marker(Kind.UPPER, (value,), match["number"], match["sep"], match["rest"], True)


def _decimal(line: Line, text: str) -> Marker | None:
    match = _DECIMAL.match(text)
    if match is None:
        return None
    rest = match["rest"]
    parts = re.split(r"\.\s?", match["number"])
    if any(part.startswith("0") for part in parts) or (rest and not _begins_heading(rest)):
        return None
    if rest[:1].isdigit() and not match["sep"]:
        return None  # "1.5 1.8": a row of figures
    values = tuple(roman_value(part) if part[0] in "IVX" else int(part) for part in parts)
    if 0 in values:
        return None
    return Marker(
        Kind.DECIMAL, values, ".".join(parts), (match["sep"] or "").strip(), rest, _is_strong(line, rest)
    )


def _arabic(line: Line, text: str) -> Marker | None:
    match = _ARABIC.match(text)
    if match is None:
        return None
    sep, after = match["sep"], match["rest"]
    rest, value = after.strip(), int(match["number"])
    small = rest and not _begins_heading(rest)
    if value == 0 or match["number"].startswith("0"):
        return None
    # "1. mở lớp" begins an item only where a blank line says so; else a line was broken there.
    if small and not (line.after_gap and sep in ".)" and after[:1] == " " and rest[:1].isalpha()):
        return None
    # "1.500", "11/11", "10 - 15 người", "2-3": figures, not a number and its words.
    if after[:1].isdigit() or (sep in "-–/" and rest[:1].isdigit()) or (sep in "-–" and after[:1] != " "):
        return None
    kind = Kind.PAREN if sep == ")" else Kind.ARABIC
    return Marker(kind, (value,), str(value), sep, rest, _is_strong(line, rest))


def _letter(line: Line, text: str) -> Marker | None:
    match = _LETTER.match(text)
    if match is None:
        return None
    sep, after, rest = match["sep"], match["rest"], match["rest"].strip()
    if not rest or (sep != ")" and not (after[:1] == " " and _begins_heading(rest))):
        return None
    letter = match["number"]
    value = (LETTERS if letter in LETTERS else _LATIN).index(letter) + 1
    return Marker(Kind.LETTER, (value,), letter, sep, rest, _is_strong(line, rest))
