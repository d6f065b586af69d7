"""What ranking needs to know of a document: its years, months, terms, places, type and number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.figures.timespans import Months, Term, find_months, find_terms
from corpus.numbers import find_numbers
from corpus.records import Document, Letterhead
from corpus.text import collapse
from corpus.words.places import find_places, find_towns
from corpus.words.tokens import find_dates
from search.asking.offices import office_of

_YEAR = re.compile(r"(?<![\d/.\-])((?:19|20)\d\d)(?![\d.])")
_RANGE = re.compile(r"((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)")
_SPAN = re.compile(
    r"(?:19|20)\d\d\s?(?:[-–]|đến|tới)\s?(?:hết\s|cuối\s)?(?:năm\s)?(?:19|20)\d\d(?!\d)"
)  # "giai đoạn 2021-2025", "từ năm 2021 đến năm 2025"
_BARE_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/((?:19|20)\d\d)(?!\d)")
# A full date right after a document's number is that document's date, not a year spoken of.
_CITED_DATE = re.compile(r"(?:/|-)[A-ZĐ][\w-]*\s?,?\s?(?:ngày\s)?\d{1,2}/\d{1,2}/(?:19|20)\d\d")


@lru_cache(maxsize=16384)
def years_said(text: str, *, dates: bool = True, spans: bool = True) -> frozenset[int]:
    """Return the years `text` speaks of; a range gives all its years, a cited document's date none.

    Args:
        dates: Whether full dates ("31/5/2023") count.
        spans: Whether ranges do; without them only years said by themselves are given.

    >>> sorted(years_said("nhiệm kỳ 2018 - 2020, theo 91-KL/TW, ngày 22/10/2020"))
    [2018, 2019, 2020]
    >>> sorted(years_said("giai đoạn 2021-2025, riêng năm 2022", spans=False))
    [2022]
    """
    text = _CITED_DATE.sub(" ", text)
    found: set[int] = set()
    for start, end, iso in reversed(find_dates(text)):
        if dates:
            found.add(int(iso[:4]))
        text = text[:start] + " " + text[end:]
    if not spans:
        text = _SPAN.sub(" ", text)
    for first, last in _RANGE.findall(text):
        if 0 <= int(last) - int(first) <= 12:
            found.update(range(int(first), int(last) + 1))
    found.update(int(y) for _, y in _BARE_MONTH.findall(text))
    found.update(int(y) for y in _YEAR.findall(text))
    found.update(int(y) for pair in _RANGE.findall(text) for y in pair)
    return frozenset(found)


def serial_of(number: str | None) -> str | None:
    """Return what stands before the first "/" or "-" of a document number, or None.

    >>> serial_of("234/KH-LĐLĐ"), serial_of("12a-QĐ/TU"), serial_of(None)
    ('234', '12a', None)
    """
    serial = re.match(r"\d+[a-z]?", number) if number else None
    return serial[0] if serial else None


@dataclass(frozen=True, slots=True)
class Profile:
    """A document's years, months, terms, places, type and number.

    Attributes:
        years: The years it is for: those of its title, else the year it was issued.
        issue_year: The year it was issued, or None.
        places: Provinces of its issuer, place of issue and title.
        serial: The number before the first "/" or "-" ("234"), or None.
        title_numbers: Numbers of the documents its title names: those it carries out.
        towns: Cities and towns of its issuer, place of issue and title that bear a province's name.
        office: The kind of office that issued it; see `search.asking.offices.office_of`.
        months, terms: The parts of a year and the terms its title names; empty where it is about
            whole years.
    """

    doc_id: str
    years: frozenset[int]
    issue_year: int | None
    places: frozenset[str]
    type: str | None
    number: str | None
    serial: str | None
    date: str | None
    title_numbers: frozenset[str]
    months: tuple[Months, ...] = ()
    terms: tuple[Term, ...] = ()
    towns: frozenset[str] = frozenset()
    office: str | None = None

    @classmethod
    def of(cls, document: Document) -> Profile:
        return cls.of_letterhead(document.doc_id, document.letterhead)

    @classmethod
    def of_letterhead(cls, doc_id: str, head: Letterhead) -> Profile:
        title_years = years_said(head.title or "", dates=False)
        where = " ; ".join(filter(None, (head.issuer, head.place, head.title)))
        issued = frozenset({head.year}) if head.year else frozenset()
        return cls(
            doc_id=doc_id,
            years=title_years or issued,
            issue_year=head.year,
            places=frozenset(place for _, _, place in find_places(where)),
            type=head.type,
            number=head.number,
            serial=serial_of(head.number),
            date=head.date,
            title_numbers=frozenset(m.number for m in find_numbers(head.title or "")),
            months=find_months(collapse(head.title or "")),
            terms=find_terms(collapse(head.title or "")),
            towns=frozenset(find_towns(where)),
            office=office_of(head.issuer) if head.issuer else None,
        )

    def covers_year(self, year: int) -> bool:
        """Whether the document is for `year`, or was issued in it."""
        return year in self.years or year == self.issue_year
