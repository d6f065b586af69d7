"""The time a quantity is for: "quý III năm 2023", "đến năm 2025", "tính đến 31/5/2023"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.words.tokens import find_dates

_ROMAN_QUARTER = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = (
    r"(?:ngày\s)?(?P<day>\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d"
    r"|ngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s(?:19|20)\d\d)"
)
_UP_TO = r"(?:tính\s)?đến\s(?:hết\s|cuối\s|thời điểm\s|\d{1,2}\s?(?:h|giờ)\s?\d{0,2}[’']?\s)?"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time said in a text.

    Attributes:
        start, end: Half-open span of the words in the text.
        value: "2021", "2023-Q3", "2018/2023", "../2025", "2023-07-01/.."; months as "2023-08".
    """

    start: int
    end: int
    value: str


def _iso(day: str) -> str:
    dates = find_dates(day)
    return dates[0][2] if dates else ""


def _half(match: re.Match[str], year: str) -> str:
    months, half = int(match["months"]), match["half"]
    return f"{year}-01/{year}-{months:02d}" if half == "đầu" else f"{year}-{13 - months:02d}/{year}-12"


_YEAR_SAID = re.compile(r"(?:19|20)\d\d")
# A word without which a pattern finds nothing, whether it needs a year said, the pattern, and how its
# match reads, given the year meant where none is said. Earlier ones win.
_READERS: tuple[tuple[str, bool, re.Pattern[str], Callable[[re.Match[str], str], str]], ...] = tuple(
    (cue, dated, re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), read)
    for cue, dated, pattern, read in (
        ("đến", True, rf"{_UP_TO}{_DAY}", lambda m, year: f"../{_iso(m['day'])}"),
        ("từ", True, rf"từ\s{_DAY}(?!\s?(?:đến|-))", lambda m, year: f"{_iso(m['day'])}/.."),
        (
            "tháng",
            True,
            rf"{_UP_TO}tháng\s(?P<month>\d{{1,2}})(?:\s?/\s?|\snăm\s){_YEAR}",
            lambda m, year: f"../{m['year']}-{int(m['month']):02d}",
        ),
        (
            "tháng",
            False,
            rf"{_UP_TO}tháng\s(?P<month>\d{{1,2}})",
            lambda m, year: f"../{year}-{int(m['month']):02d}" if year else "",
        ),
        ("đến", True, rf"(?:{_UP_TO})năm\s(?P<to>(?:19|20)\d\d)", lambda m, year: f"../{m['to']}"),
        (
            "",
            True,
            r"(?:giai đoạn|nhiệm kỳ|các năm)\s(?P<a>(?:19|20)\d\d)\s?[-–]\s?(?P<b>(?:19|20)\d\d)",
            lambda m, year: f"{m['a']}/{m['b']}",
        ),
        (
            "quý",
            True,
            rf"quý\s(?P<quarter>I{{1,3}}|IV|[1-4])(?:\s?/\s?|,?\snăm\s|\s){_YEAR}",
            lambda m, year: f"{m['year']}-Q{_ROMAN_QUARTER[m['quarter'].upper()]}",
        ),
        (
            "quý",
            False,
            r"quý\s(?P<quarter>I{1,3}|IV|[1-4])",
            lambda m, year: f"{year}-Q{_ROMAN_QUARTER[m['quarter'].upper()]}" if year else "",
        ),
        (
            "tháng",
            False,
            rf"(?P<months>0?[369])\stháng\s(?P<half>đầu|cuối)\snăm(?:\s{_YEAR})?",
            lambda m, year: _half(m, m["year"] or year) if m["year"] or year else "",
        ),
        (
            "tháng",
            True,
            rf"tháng\s(?P<month>\d{{1,2}})(?:\s?/\s?|\snăm\s){_YEAR}",
            lambda m, year: f"{m['year']}-{int(m['month']):02d}",
        ),
        ("năm", True, rf"năm\s{_YEAR}", lambda m, year: m["year"]),
    )
)  # fmt: skip
_COMPARED = re.compile(
    r"so với\s(?:\w+\s){0,3}$", re.IGNORECASE
)  # "so với cùng kỳ năm 2021": not the time meant
_UNTIL_NOW = re.compile(r"(?<!\w)(?:lũy kế|(?<!thực )hiện có|đến thời điểm này)(?!\w)", re.IGNORECASE)


def find_periods(line: str, year: str = "", issued: str | None = None) -> list[Period]:
    """Return the periods said in a cleaned line, in order; of two that overlap the fuller one.

    Args:
        line: Cleaned text.
        year: The year meant where a quarter or month is said without one; "" where unknown.
        issued: ISO date of the document, for "lũy kế đến nay"; None leaves that out.

    >>> [p.value for p in find_periods("đến năm 2025; quý III, tính đến 31/5/2023", "2023")]
    ['../2025', '2023-Q3', '../2023-05-31']
    """
    found: list[Period] = []
    lower, years = line.lower(), _YEAR_SAID.search(line) is not None
    for cue, dated, pattern, read in _READERS:
        if cue not in lower or (dated and not years):
            continue
        for match in pattern.finditer(line):
            free = all(match.end() <= p.start or p.end <= match.start() for p in found)
            if _COMPARED.search(line, max(0, match.start() - 40), match.start()):
                continue
            if free and (value := read(match, year)) and value not in ("../", "/.."):
                found.append(Period(match.start(), match.end(), value))
    if issued:
        found += [Period(m.start(), m.end(), f"../{issued}") for m in _UNTIL_NOW.finditer(line)]
    return sorted(found, key=lambda period: period.start)


def title_period(title: str | None, date: str | None) -> str | None:
    """Return the period a document is about: as its title says, else the year it was issued."""
    issued_year = (date or "")[:4]
    years = re.findall(r"năm\s((?:19|20)\d\d)", title or "", re.IGNORECASE)
    periods = find_periods(title or "", years[0] if years else issued_year)
    return periods[0].value if periods else issued_year or None
