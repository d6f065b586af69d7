"""The tree of sections: which stretch of a text stands under which number.

Numbered parts are found by their numbers (corpus/headings.py) where these make a plausible
sequence (corpus/numbering.py); unnumbered ones are "Mở đầu", "Nơi nhận", "Ký", "Chú thích n".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.closing import closing_cells, drop_digital, is_name, is_recipients, is_role, signs_for
from corpus.headings import Kind, Marker, read_markers
from corpus.lines import Line, split_lines
from corpus.numbering import Numbering
from corpus.records import Section
from corpus.sentences import continues
from corpus.text import fold

OPENING, RECIPIENTS, SIGNATURE = "Mở đầu", "Nơi nhận", "Ký"

_FOOTNOTE = re.compile(r"<sup>\s*\(?(\d{1,3})\)?\s*</sup>|\[\^(\d{1,3})\]:|\[(\d{1,2})\]\s(?=\S)")
_APPENDIX = re.compile(r"phu luc(?:\s+(?:so\s+)?([ivx]+|\d{1,2}|[a-z]))?\s*(?:[.:(–-].*)?")
_ATTACHED = re.compile(
    r"(?:phu luc|danh sach|danh muc|bieu|mau so|bang|de cuong|quy che|quy dinh|dieu le|noi quy"
    r"|chuong trinh|ke hoach|de an"
    r"|phuong an|bao cao|huong dan)\b"
)
_DATE_LINE = re.compile(r"ngay .{1,8}thang .{1,8}nam .{2,6}$")
_LAST_LINES = 8  # in which an office with a name under it can only be the signature
_OFFICE_LINE = 200  # characters; a line that names a signer's office is shorter
_HEADING_WORDS = 24  # of an item that is a whole paragraph, its first words
_FIRST_WORDS = 12


@dataclass(slots=True)
class _Reading:
    """What is known while the lines of a text are read."""

    numbering: Numbering
    cuts: list[Section]  # each with its start; ends are set when all are known
    appendices: int = 0
    signed: bool = False  # a signature block has begun
    closed: bool = False  # "Nơi nhận" or a signature block has begun
    footnote: bool = False

    def cut(self, start: int, address: str, heading: str, level: int = 0, *, continued: bool = False) -> None:
        self.cuts.append(Section(address, heading, level, start, start, continued))


def parse_outline(text: str) -> tuple[Section, ...]:
    """Return the sections of `text`; together they tile it from 0 to `len(text)`.

    >>> [(s.address, s.heading) for s in parse_outline("I. MỤC ĐÍCH\\n1. Nâng cao\\n2. Bảo đảm")]
    [('I', 'MỤC ĐÍCH'), ('I.1', 'Nâng cao'), ('I.2', 'Bảo đảm')]
    """
    reading = _Reading(Numbering(), [])
    lines = list(split_lines(text))
    for at, line in enumerate(lines):
        _read_line(reading, text, lines, at, line)
    return _tile(reading.cuts, len(text), lines)


def _read_line(reading: _Reading, text: str, lines: list[Line], at: int, line: Line) -> None:
    """Cut before `line` where it begins a section."""
    note = _FOOTNOTE.match(text, line.start)
    if note:
        reading.footnote = True
        reading.cut(line.start, f"Chú thích {note[1] or note[2] or note[3]}", _first_words(line.text))
        return
    if is_recipients(line.text):
        reading.closed, reading.footnote = True, False
        reading.cut(line.start, RECIPIENTS, "")
        return
    if _begins_signature(reading, text, lines, at):
        reading.closed = reading.signed = True
        reading.footnote = False
        reading.cut(line.start, SIGNATURE, _signature_heading(lines, at))
        return
    if _begins_appendix(reading, lines, at):
        _open_appendix(reading, lines, at)
        return
    markers = [] if reading.signed else read_markers(line)
    if reading.closed:
        # Words about a "Nơi nhận" within the text: a strong heading that comes next goes on with it.
        markers = [m for m in markers if m.strong and m.kind in (Kind.ROMAN, Kind.ARTICLE, Kind.CHAPTER)]
    accepted = reading.numbering.accept(markers) if markers else None
    if accepted:
        address, marker = accepted
        reading.footnote = reading.closed = False
        heading = _heading(marker, lines, at)
        reading.cut(line.start, address, heading, reading.numbering.depth)
        return
    if reading.footnote:
        _resume(reading, line)


def _resume(reading: _Reading, line: Line) -> None:
    """After a footnote the section it interrupted goes on."""
    reading.footnote = False
    before = next((s for s in reversed(reading.cuts) if not s.address.startswith("Chú thích")), None)
    if before is None:
        before = Section(OPENING, "", 0, 0, 0)
    reading.cuts.append(replace(before, start=line.start, end=line.start, continued=True))


def _begins_signature(reading: _Reading, text: str, lines: list[Line], at: int) -> bool:
    if reading.signed or reading.footnote:
        return False
    line = lines[at]
    if len(line.text) > _OFFICE_LINE:
        return False
    if signs_for(line.text):
        return True
    if not line.text.isupper():
        return False
    cells = closing_cells(text[line.start : line.end])
    if not all(is_role(cell) or signs_for(cell) for cell in cells):
        return False
    # An office alone on its line signs only where the text has ended and a name follows.
    before = lines[at - 1].text if at else ""
    ended = (
        reading.closed
        or before.rstrip('"”').endswith("/.")
        or _DATE_LINE.search(fold(before)) is not None
        or (line.after_gap and at >= len(lines) - _LAST_LINES)
    )
    below = (cell for row in lines[at + 1 : at + 7] for cell in closing_cells(text[row.start : row.end]))
    return ended and any(map(is_name, below))


def _signature_heading(lines: list[Line], at: int) -> str:
    """Return the roles of the signer, as they stand."""
    parts: list[str] = []
    for words in drop_digital([line.text for line in lines[at : at + 6]]):
        if is_name(words) and not words.isupper():
            break
        if words.isupper():
            parts.append(words)
    return " ".join(parts[:4])


def _begins_appendix(reading: _Reading, lines: list[Line], at: int) -> bool:
    line = lines[at]
    named = line.text[0] in "Pp"
    if line.bullet or not line.after_gap or not (named or (reading.closed and line.text.isupper())):
        return False
    folded = fold(line.text)
    if _APPENDIX.fullmatch(folded):
        sure = reading.closed or reading.appendices > 0 or len(line.text) < 16
        return named and (sure or line.text[:7].isupper())
    return reading.closed and line.text.isupper() and _ATTACHED.match(folded) is not None


def _open_appendix(reading: _Reading, lines: list[Line], at: int) -> None:
    line = lines[at]
    match = _APPENDIX.fullmatch(fold(line.text))
    reading.appendices += 1
    number = match[1].upper() if match and match[1] else ""
    if not number and reading.appendices > 1:
        number = str(reading.appendices)
    # A regulation that a decision issues keeps its own numbers; they cannot be mistaken for the
    # decision's unless the same number occurs in both.
    reading.numbering.restart(f"PL{number}", only_if_needed=match is None)
    reading.closed = reading.signed = reading.footnote = False
    heading = line.text
    if at + 1 < len(lines) and lines[at + 1].text.isupper() and not read_markers(lines[at + 1]):
        heading += f" {lines[at + 1].text}"
    reading.cut(line.start, f"PL{number}", heading, 1)


def _heading(marker: Marker, lines: list[Line], at: int) -> str:
    """Return a heading's own words; for an item that is a whole paragraph, its first words."""
    words = marker.rest
    if not words and at + 1 < len(lines) and not read_markers(lines[at + 1]):
        at += 1
        words = lines[at].text
    # A heading broken over lines.
    while (
        at + 1 < len(lines)
        and len(words.split()) <= _HEADING_WORDS
        and not lines[at + 1].after_gap
        and (continues(lines[at], lines[at + 1]) or _both_capitals(lines[at], lines[at + 1]))
    ):
        at += 1
        words += f" {lines[at].text}"
    return words.rstrip(" :") if len(words.split()) <= _HEADING_WORDS else _first_words(words)


def _both_capitals(line: Line, following: Line) -> bool:
    return line.text.isupper() and following.text.isupper() and not read_markers(following)


def _first_words(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:_FIRST_WORDS]) + (" …" if len(parts) > _FIRST_WORDS else "")


def _tile(cuts: list[Section], length: int, lines: list[Line]) -> tuple[Section, ...]:
    """Give every section its end and its count of bullets; what stands before the first is "Mở đầu"."""
    if not cuts or any(line.start < cuts[0].start for line in lines[:1]):
        cuts = [Section(OPENING, "", 0, 0, 0), *cuts]
    sections = []
    first = 0
    for number, section in enumerate(cuts):
        start = section.start if number else 0
        end = cuts[number + 1].start if number + 1 < len(cuts) else length
        bullets = 0
        while first < len(lines) and lines[first].start < end:
            bullets += lines[first].bullet in ("-", "–", "—", "+", "•")
            first += 1
        sections.append(replace(section, start=start, end=end, bullets=bullets))
    return tuple(sections)
