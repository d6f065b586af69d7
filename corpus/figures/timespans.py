"""The parts of a year and the terms a text speaks of: "quý II", "6 tháng đầu năm", "nhiệm kỳ 2023-2028".

`corpus.figures.periods` says which period one figure is for, and needs a year for it. Here it is asked only
which parts and terms are named at all, so that a question about quarter II is told from a sentence
about quarter III, whatever the year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import fold
from corpus.words.tokens import find_dates

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SAID_NUMBER = {
    "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11,
}  # fmt: skip
_WORDS = "|".join(sorted(_SAID_NUMBER, key=len, reverse=True))
_LONGEST_TERM = 12  # years; a longer range is a history


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A part of a year, from its first month to its last, both counted.

    Attributes:
        first, last: 1-12, first <= last.
        year: The year said with it, or None.
    """

    first: int
    last: int
    year: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= 12:
            raise ValueError(f"months {self.first} to {self.last} are no part of a year")

    @property
    def quarter(self) -> int | None:
        """1-4 where it is exactly a quarter."""
        return self.last // 3 if self.last % 3 == 0 and self.last - self.first == 2 else None

    @property
    def label(self) -> str:
        """What staff call it, without the year: "quý II", "6 tháng đầu năm", "tháng 5"."""
        if self.quarter:
            return f"quý {('I', 'II', 'III', 'IV')[self.quarter - 1]}"
        if self.first == self.last:
            return f"tháng {self.first}"
        if self.first == 1:
            return f"{self.last} tháng đầu năm"
        if self.last == 12:
            return f"{13 - self.first} tháng cuối năm"
        return f"tháng {self.first} đến tháng {self.last}"

    def holds(self, other: Months) -> bool:
        """Whether `other` lies in it, of whatever year."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A run of years: a term of office or a stage of a programme.

    Attributes:
        first, last: Its years, both counted.
        word: What it was called: "nhiệm kỳ", "năm học", or else "giai đoạn".
        names: Whether it only tells which congress or resolution is meant ("Nghị quyết Đại hội ...
            nhiệm kỳ 2020-2025"), and not what time the sentence is about.
    """

    first: int
    last: int
    word: str = "giai đoạn"
    names: bool = False

    @property
    def label(self) -> str:
        return f"{self.word} {self.first}-{self.last}"


_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:(?:\s?/\s?|,?\s(?:cua\s)?nam\s|\s?-\s?|\s)(?P<year>{_YEAR})(?!\d))?"
_QUARTER = r"(?:iv|i{1,3}|[1-4](?![.,]?\d))(?!\w)"
_MONTH = r"(?:1[0-2]|0?[1-9])(?![\d.,]*\d)"
_JOIN = r"\s?(?:,|-|–|;|\bva\b|\bden\b|\btoi\b)\s?"
# "mỗi quý 1 lần", "3 tháng 1 lần" count; they name no quarter and no month.
_COUNTED = r"(?<!\bmoi\s)(?<!\bhang\s)(?<!\btung\s)(?<!\bmot\s)(?<!\b\d\s)(?<!\b\d\d\s)"
_NO_TIMES = r"(?!\s(?:lan|buoi)\b)"
_QUARTERS = re.compile(
    rf"(?<!\w){_COUNTED}qu[yi]\s?(?P<list>{_QUARTER}(?:{_JOIN}(?:qu[yi]\s?)?{_QUARTER})*){_NO_TIMES}{_OF_YEAR}"
)
_BEGINNING = re.compile(
    rf"(?<!\w)(?P<n>0?[2-9]|1[01]|{_WORDS})\sthang\s"
    rf"(?:(?P<half>dau|cuoi)(?:\s(?:cua\s)?nam(?:\s(?P<year>{_YEAR}))?(?!\w)|(?=\s?[,.;:)/]|$))|nam\s(?P<of>{_YEAR})(?!\d))"
)
_HALF = re.compile(
    rf"(?<!\w)nua\s(?:(?P<half>dau|cuoi)\s(?:cua\s)?nam|nam\s(?P<side>dau|cuoi))(?:\s(?P<year>{_YEAR}))?(?!\w)"
)
_MONTHS = re.compile(
    rf"(?<!\w){_COUNTED}thang\s?(?P<list>{_MONTH}(?:{_JOIN}(?:thang\s?)?{_MONTH})*)(?!\w){_NO_TIMES}{_OF_YEAR}"
)
_SLASHED = re.compile(rf"(?<![\w/.,\-])(?:t\.?)?(?P<list>{_MONTH})/(?P<year>{_YEAR})(?![\w/])")
_DAY = re.compile(r"(?<!\w)ngay\s\d{1,2}\s?(?:/\s?\d{1,2}(?!\d)|thang\s\d{1,2}(?!\d))")
_RANGE = re.compile(
    rf"(?P<word>nhiem ky|nam hoc|giai doan)?\s?(?<![\d/.\-])(?:tu\s)?(?:nam\s)?(?P<a>{_YEAR})"
    rf"\s?(?:-|–|\bden\b(?:\snam)?)\s?(?P<b>{_YEAR})(?![\d/%]|\.\d)"
)
_NAMES = re.compile(r"(?:nghi quyet|dai hoi|chuong trinh|ke hoach|de an|quyet dinh|chi thi)[^.;:]{0,80}$")
_COMPARED = re.compile(r"so voi\s(?:\w+\s){0,4}$")  # "tăng so với quý II": not the time meant
_CITED = re.compile(rf"(?:/|-)[A-ZĐ][\w-]*\s?,?\s?(?:ngày\s)?\d{{1,2}}/\d{{1,2}}/{_YEAR}")
# "Thông tư 06/2023" is a number cut short.
_NUMBERED = re.compile(
    r"\b(?:so|luat|nghi dinh|thong tu|nghi quyet|quyet dinh|quy dinh|chi thi|ket luan|ke hoach|bao cao"
    r"|huong dan|thong bao|cong van|chuong trinh|de an|quy che)\s$"
)
_WORD_OF = {"nhiem ky": "nhiệm kỳ", "nam hoc": "năm học"}


@lru_cache(maxsize=16384)
def find_months(text: str, *, folded: bool = False) -> tuple[Months, ...]:
    """Return the parts of a year named in `text`, in order; what a thing is compared with is left out.

    Full dates name no part; see `dated_months`.

    Args:
        text: NFC text, one line.
        folded: True for text typed without diacritics ("quy 2").

    >>> [m.label for m in find_months("Quý II/2023 và 6 tháng đầu năm, tăng so với quý I; mỗi quý 1 lần")]
    ['quý II', '6 tháng đầu năm']
    """
    plain = _without_days(fold(text))
    found: list[tuple[int, Months]] = []
    for pattern, leading, read in _READERS:
        for match in pattern.finditer(plain):
            if not folded and leading and not leading(text[match.start() : match.end()].lower()):
                continue
            if pattern is _SLASHED and _NUMBERED.search(plain, max(0, match.start() - 20), match.start()):
                continue
            if _COMPARED.search(plain, max(0, match.start() - 40), match.start()):
                continue
            found += [(match.start(), months) for months in read(match)]
        plain = pattern.sub(lambda m: " " * len(m[0]), plain)  # "quý 2/2023" holds no month 2
    return tuple(dict.fromkeys(months for _, months in sorted(found, key=lambda f: f[0])))


@lru_cache(maxsize=16384)
def dated_months(text: str) -> tuple[Months, ...]:
    """Return the months of the full dates in `text`, but for the dates of documents it cites."""
    dates = find_dates(_CITED.sub(" ", text))
    return tuple(dict.fromkeys(Months(int(d[5:7]), int(d[5:7]), int(d[:4])) for _, _, d in dates))


@lru_cache(maxsize=16384)
def find_terms(text: str) -> tuple[Term, ...]:
    """Return the terms and runs of years named in `text`, in order.

    >>> [t.label for t in find_terms("nhiệm kỳ 2023 - 2028, mục tiêu từ năm 2021 đến năm 2025")]
    ['nhiệm kỳ 2023-2028', 'giai đoạn 2021-2025']
    """
    plain = fold(text)
    terms: list[Term] = []
    for match in _RANGE.finditer(plain):
        first, last = int(match["a"]), int(match["b"])
        if 0 < last - first <= _LONGEST_TERM:
            names = _NAMES.search(plain, max(0, match.start() - 100), match.start()) is not None
            terms.append(Term(first, last, _WORD_OF.get(match["word"] or "", "giai đoạn"), names))
    return tuple(dict.fromkeys(terms))


def _without_days(plain: str) -> str:
    """Blank out dates, so that "ngày 12 tháng 5" names no month; lengths stay."""
    for start, end, _ in find_dates(plain):
        if not re.match(r"\d+-\d+/", plain[start:end]):  # "tháng 01-3/2023" are three months
            plain = plain[:start] + " " * (end - start) + plain[end:]
    return _DAY.sub(lambda m: " " * len(m[0]), plain)


def _quarters(match: re.Match[str]) -> Iterator[Months]:
    said = re.findall(r"iv|i{1,3}|[1-4]", match["list"])
    numbers = [_ROMAN.get(one) or int(one) for one in said]
    for quarter in _filled(numbers, match["list"]):
        yield Months(3 * quarter - 2, 3 * quarter, _year(match["year"]))


def _months(match: re.Match[str]) -> Iterator[Months]:
    numbers = [int(one) for one in re.findall(r"\d+", match["list"])]
    spanned = _filled(numbers, match["list"])
    year = _year(match["year"])
    if spanned != numbers:  # "từ tháng 3 đến tháng 5" is one part of the year
        yield Months(spanned[0], spanned[-1], year)
        return
    for month in numbers:
        yield Months(month, month, year)


def _filled(numbers: list[int], said: str) -> list[int]:
    """Return the numbers, or where two are joined by "-" or "đến" all between them."""
    if len(numbers) == 2 and numbers[0] + 1 < numbers[1] and re.search(r"-|–|\bden\b|\btoi\b", said):
        return list(range(numbers[0], numbers[1] + 1))
    return numbers


def _beginning(match: re.Match[str]) -> Iterator[Months]:
    n = _SAID_NUMBER.get(match["n"]) or int(match["n"])
    year = _year(match["year"] or match["of"])
    yield Months(13 - n, 12, year) if match["half"] == "cuoi" else Months(1, n, year)


def _half(match: re.Match[str]) -> Iterator[Months]:
    first = (match["half"] or match["side"]) == "dau"
    yield Months(1, 6, _year(match["year"])) if first else Months(7, 12, _year(match["year"]))


def _year(said: str | None) -> int | None:
    return int(said) if said else None


def _is_quarter(words: str) -> bool:
    """Told from "quỹ 3 tỷ", "quy 2"; a quarter that lost its mark has a Roman numeral at least."""
    return words.startswith(("quý", "quí", "qúy")) or re.match(r"qu[yi]\s?[iv]", words) is not None


_READERS: tuple[
    tuple[re.Pattern[str], Callable[[str], bool] | None, Callable[[re.Match[str]], Iterator[Months]]], ...
] = (
    (_QUARTERS, _is_quarter, _quarters),
    (_BEGINNING, lambda words: " tháng " in words, _beginning),
    (_HALF, lambda words: words.startswith("nửa"), _half),
    (_MONTHS, lambda words: words.startswith("tháng"), _months),
    (_SLASHED, None, _months),
)
