"""What a letterhead is made of: the motto, the number's line, place and date; and where one stands.

Both layouts: Nghị định 30/2020/NĐ-CP, Phụ lục I (state, unions), and Hướng dẫn 36-HD/VPTW (Party).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.numbers import find_numbers
from corpus.structure.doctitle import ends_title, read_type
from corpus.structure.headings import read_markers
from corpus.structure.issuers import UPPER
from corpus.structure.issuing import is_organisation
from corpus.structure.lines import Line, split_cells
from corpus.text import fold

# All three are matched against folded words.
MOTTO = re.compile(
    r"(?P<motto>cong h[oa]a? xa hoi chu nghia(?: viet(?: nam)?)?"
    r"|doc lap\s*[-–—.]?\s*tu do\s*[-–—.]?\s*hanh phuc|dang cong san viet nam)"
)
NUMBER_LINE = re.compile(r"(?:luat |nghi quyet |phap lenh )?s[oô0]\s?[:.]?\s?(?=[\d./…_ -])")
PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\d,:;"
    r"|()]{1,38}?)\s?[,.]?\s?ngay\s?(?P<day>[\d.… ]{0,6}?)\s?thang\s?(?P<month>[\d.… ]{0,6}?)\s?nam"
    r"\s?(?P<year>(?:19|20)\d\d|[.…\s]*)"
    r"|(?P<place2>[^\W\d_][^\d,:;"
    r"|()]{1,38}?)\s?,\s?ngay\s(?P<day2>\d{1,2})[/.-](?P<month2>\d{1,2})[/.-](?P<year2>(?:19|20)\d\d)"
)
BARE_DATE = re.compile(r"ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>(?:19|20)\d\d)")
# The first line of a date that a narrow column tore: "Sơn La, ngày 5", "Sơn La, ngày 5 tháng 3".
_DATE_BEGINS = re.compile(
    r"[^\W\d_][^\d,:;|()]{1,38}?\s?,\s?(?:ngay(?:\s\d{1,2})?(?:\s?thang(?:\s\d{1,2})?(?:\s?nam)?)?)?$"
)
_DATE_GOES_ON = re.compile(
    r"(?:(?:ngay\s)?\d{1,2}\s)?(?:thang\s)?(?:\d{1,2}\s)?nam\s(?:19|20)\d\d\.?|(?:19|20)\d\d"
)
# "LIÊN ĐOÀN LAO ĐỘNG Sơn La, ngày ...": two columns that lost the gap between them.
_OFFICE_AND_DATE = re.compile(
    rf"(?P<office>[{UPPER}]{{2,}}(?:[\s,-]+[{UPPER}]{{2,}})+)\s+(?:TP\.?\s?)?[{UPPER}][^\W\d_{UPPER}][^,]{{1,30}},\s?ngày\b"
)
_HEAD_LINES = 14  # a letterhead down to its type is no longer
_LONG = 200  # characters; no line of a letterhead is


@dataclass(frozen=True, slots=True)
class Head:
    """A letterhead found among the lines of a text.

    Attributes:
        last: Index of its last line: the type, or the first line of the title under it.
        number: Số/ký hiệu in canonical form; None where it has none or it is still to be filled in.
        title: The type and the title's first line, or the line in capitals under the motto.
    """

    last: int
    number: str | None
    title: str


def is_motto(words: str) -> bool:
    """True for a line that is the motto of the state or of the Party, or a part of it."""
    return words[:1].isupper() and MOTTO.fullmatch(fold(words).strip(" .*-–—")) is not None


def head_columns(words: str) -> Iterator[str]:
    """Yield `words` cut where the motto or the place and date of the right column begin and end.

    >>> list(head_columns("Số: 12/KH-LĐLĐ Sơn La, ngày 5 tháng 3 năm 2024"))
    ['Số: 12/KH-LĐLĐ', 'Sơn La, ngày 5 tháng 3 năm 2024']
    """
    folded = fold(words)
    cuts = {0, len(words)}
    for match in MOTTO.finditer(folded):
        cuts.update(match.span())
    if office := _OFFICE_AND_DATE.match(words):
        cuts.add(office.end("office"))
    if (
        NUMBER_LINE.match(folded)
        and (mention := next(iter(find_numbers(words)), None))
        and mention.end < len(words)
    ):
        after = folded[mention.end :].strip(" |*.")
        if PLACE_DATE.fullmatch(after) or _DATE_BEGINS.fullmatch(after):
            cuts.add(mention.end)
    for start, end in pairwise(sorted(cuts)):
        if piece := words[start:end].strip(" |"):
            yield piece


def iso_date(day: str, month: str, year: str) -> str | None:
    """Return a date as it is stored; None where there is no such day or month."""
    if not (day.isdigit() and month.isdigit() and year and 1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    return f"{year}-{int(month):02d}-{int(day):02d}"


def begins_date(words: str) -> bool:
    """True for the first line of a torn date: "Sơn La, ngày 5"; "Sơn La," alone may be one too."""
    return _DATE_BEGINS.fullmatch(fold(words).strip(" .*")) is not None


def torn_date(words: str, following: str) -> str | None:
    """Return the place and date that two lines make together; None where they do not.

    >>> torn_date("Sơn La, ngày 5", "tháng 3 năm 2024")
    'Sơn La, ngày 5 tháng 3 năm 2024'
    """
    if not begins_date(words):
        return None
    goes_on = fold(following).strip(" .*")
    whole = f"{words.strip(' .*')} {following.strip(' .*')}"
    return whole if _DATE_GOES_ON.fullmatch(goes_on) and PLACE_DATE.fullmatch(fold(whole)) else None


def head_at(lines: Sequence[Line], at: int) -> Head | None:
    """Return the letterhead whose first line is `lines[at]`; None where none begins there.

    It needs the motto and, near it, a number, a place and date, or a title in capitals; where the
    motto was lost, both a number and a date, under an office's name or by themselves.
    """
    if len(lines[at].text) > _LONG:
        return None
    first = next(_cells(lines[at].text), "")
    if not (is_motto(first) or is_organisation(first) or NUMBER_LINE.match(fold(first[:40]))):
        return None
    found = _Found()
    for number in range(at, min(at + _HEAD_LINES, len(lines))):
        line = lines[number]
        if len(line.text) > _LONG or not found.take(line, number):
            break
    named = found.number_line or found.dated
    if not ((found.motto and (named or found.title)) or (found.number and found.dated)):
        return None
    title = " ".join(found.title)
    below = lines[found.last + 1] if found.typed and found.last + 1 < len(lines) else None
    begins_text = below is None or bool(read_markers(below) or below.bullet or len(below.text) > _LONG)
    if below and not begins_text and not ends_title(below.text, first=True):
        title, found.last = f"{title} {below.text}", found.last + 1
    return Head(found.last, found.number, title)


class _Found:
    """What the lines of a letterhead have said so far."""

    def __init__(self) -> None:
        self.motto = self.number_line = self.dated = self.typed = False
        self.number: str | None = None
        self.title: list[str] = []
        self.last = 0

    def take(self, line: Line, at: int) -> bool:
        """Read one more line; False where it is past the letterhead."""
        if self.typed or line.bullet or (self.motto and read_markers(line)):
            return False
        known = False
        for words in _cells(line.text):
            folded = fold(words)
            if is_motto(words):
                self.motto = known = True
            elif NUMBER_LINE.match(folded) or (words[0].isdigit() and "/" in words and len(words) < 40):
                mention = next(iter(find_numbers(words)), None)
                if mention is None and words[0].isdigit():
                    return False
                self.number_line = known = True
                self.number = self.number or (mention.number if mention else None)
            elif PLACE_DATE.fullmatch(folded.strip(" .*")) or (begins_date(words) and "ngay" in folded):
                self.dated = known = True
            elif found := read_type(words, line.strong):
                self.typed = known = True
                self.title = [words]
                if found[0] == "Điều lệ" and not words.isupper():
                    return False
            elif self.motto and words.isupper() and not is_organisation(words) and len(words) > 8:
                self.title.append(words)
                known = True
        if known:
            self.last = at
        return True


def _cells(words: str) -> Iterator[str]:
    for cell in split_cells(words):
        yield from head_columns(cell)
