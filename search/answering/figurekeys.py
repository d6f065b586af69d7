"""The figures of a sentence, and whether a quotation says them: numbers, dates, numerals, document numbers.

Each figure becomes one key, however it is written: "19/3/2021" and "ngày 19 tháng 3 năm 2021", "1.500"
and "1500", "31 triệu đồng" and "31.000.000 đồng", "02" and "hai". What a unit would make another figure
("98%" and "98") stays another key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.numbers import find_numbers
from corpus.text import clean, fold
from corpus.words.tokens import find_dates

_SCALES = {"nghìn": 3, "ngàn": 3, "vạn": 4, "triệu": 6, "tỷ": 9, "tỉ": 9}
_DIGITS = r"\d+(?:[.,]\d+)*"
_NUMBER = re.compile(
    rf"(?P<value>{_DIGITS})(?:\s?/\s?(?P<whole>{_DIGITS}(?!\w)))?"
    r"(?:\s?(?P<scale>nghìn|ngàn|vạn|triệu|tỷ(?!\slệ)|tỉ(?!\slệ))(?!\w))?"
    r"(?:\s?(?P<unit>%|phần trăm(?!\w)|đồng(?!\w|\schí|\sbào)|đ(?!\w)|VNĐ(?!\w)))?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"tháng\s(\d{1,2})(?:\s?/\s?|\snăm\s)((?:19|20)\d\d)(?!\d)|(?<![\d/])(\d{1,2})/((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_DAY = re.compile(r"ngày\s(\d{1,2})\stháng\s(\d{1,2})(?!\d)", re.IGNORECASE)
_ROMAN = re.compile(r"(?<![\w.])[IVXLC]{1,6}(?!\w)")
_ONES = "một hai ba bốn tư năm lăm sáu bảy bẩy tám chín mốt linh lẻ rưỡi".split()
_TENS = "mươi mười chục trăm nghìn ngàn vạn triệu tỷ tỉ".split()
# "Hai trăm", "ba mươi mốt"; a one alone is a number only where it cannot be another word ("năm", "tư").
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(_ONES)})\s)?(?:{'|'.join(_TENS)})(?!\w|\slệ)"
    rf"(?:\s(?:{'|'.join([*_ONES, *_TENS])})(?!\w|\slệ))*",
    re.IGNORECASE,
)
_ONE_WORD = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10}
_ONE = re.compile(rf"(?<!\w)(?:{'|'.join(_ONE_WORD)})(?!\w)", re.IGNORECASE)
# "1.4. ", "2) ", "- 3. " before the words of an item: its number, which counts nothing.
_ITEM = re.compile(r"(?:^|\n)[\s*#>+•–-]*(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+)(?=[\s*])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a text says it.

    Attributes:
        start, end: Half-open, in characters of `plain(text)`.
        key: What it says: "780", "98%", "31000000đ", "8/10", "2021-03-19", "3/2021", "XIII", "234/KH-LĐLĐ".
    """

    start: int
    end: int
    key: str


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` as one line without markup and item numbers, compatibility characters made plain.

    >>> plain("1.4. Giới thiệu **７８０** người")
    'Giới thiệu 780 người'
    """
    return clean(unicodedata.normalize("NFKC", _ITEM.sub("\n", text))).text


def find_figures(text: str) -> list[Figure]:
    """Return the figures of `text`, in order; they do not overlap.

    >>> [f.key for f in find_figures("Trên 98%, 1.500 đoàn viên, trước ngày 10/12/2021 (khóa XIII)")]
    ['98%', '1500', '2021-12-10', 'XIII']
    """
    found: list[Figure] = []
    rest = plain(text)
    for figure in _in_turn(rest):
        # What is read once is blotted out, so that no later pattern reads a part of it.
        if "\0" not in rest[figure.start : figure.end]:
            found.append(figure)
            rest = rest[: figure.start] + "\0" * (figure.end - figure.start) + rest[figure.end :]
    return sorted(found, key=lambda figure: figure.start)


def _in_turn(line: str) -> Iterator[Figure]:
    """Yield every reading of `line`, the longest kinds first; readings may overlap."""
    yield from (Figure(m.start, m.end, m.number) for m in find_numbers(line))
    yield from (Figure(start, end, iso) for start, end, iso in find_dates(line))
    for match in _MONTH.finditer(line):
        month, year = (g for g in match.groups() if g is not None)
        yield Figure(*match.span(), f"{int(month)}/{year}")
    for match in _DAY.finditer(line):
        yield Figure(*match.span(), f"{int(match[1])}/{int(match[2])}")
    for match in _NUMBER.finditer(line):
        yield Figure(*match.span(), _key(match))
    for match in _IN_WORDS.finditer(line):
        yield Figure(*match.span(), str(_ONE_WORD.get(match[0].lower(), fold(match[0]))))
    yield from (Figure(*m.span(), str(_ONE_WORD[m[0].lower()])) for m in _ONE.finditer(line))
    yield from (Figure(*m.span(), m[0]) for m in _ROMAN.finditer(line))


def _key(match: re.Match[str]) -> str:
    value = _plain_number(match["value"])
    if match["whole"]:
        return f"{value}/{_plain_number(match['whole'])}"
    scaled = f"{Decimal(value).scaleb(_SCALES.get((match['scale'] or '').lower(), 0)):f}"
    value = scaled.rstrip("0").rstrip(".") if "." in scaled else scaled
    unit = (match["unit"] or "").lower()
    return value + ("" if not unit else "%" if unit in ("%", "phần trăm") else "đ")


def _plain_number(written: str) -> str:
    """Read "1.500" as 1500, "12,5" as 12.5, "02" as 2; what is neither ("1.2.3") stays as it stands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+[.,]\d+", written):
        written = written.replace(",", ".")
    elif not written.isdigit():
        return re.sub(r"[.,]", "", written)
    return f"{Decimal(written):f}"


def _also(key: str) -> Iterator[str]:
    """Yield what a figure says besides: of a date its year, its month, its day and month."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", key):
        year, month, day = (int(part) for part in key.split("-"))
        yield from (str(year), f"{month}/{year}", f"{day}/{month}")
    elif month_of := re.fullmatch(r"\d{1,2}/((?:19|20)\d\d)", key):
        yield month_of[1]


@lru_cache(maxsize=4096)
def figures_said(text: str) -> frozenset[str]:
    """Return the key of everything `text` says with figures; a date says its year too.

    >>> sorted(figures_said("ngày 19 tháng 3 năm 2021"))
    ['19/3', '2021', '2021-03-19', '3/2021']
    """
    keys = [figure.key for figure in find_figures(text)]
    return frozenset([*keys, *(more for key in keys for more in _also(key))])


def unsupported(text: str, quotes: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of the figures of `text` that none of `quotes` says, in order.

    >>> unsupported("Giới thiệu 780 đoàn viên năm 2022", ["1.4. Năm 2021 giới thiệu 780 đoàn viên"])
    ('2022',)
    """
    said = frozenset[str]().union(*map(figures_said, quotes))
    return tuple(figure.key for figure in find_figures(text) if figure.key not in said)
