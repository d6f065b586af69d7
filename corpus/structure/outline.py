"""The tree of sections: which stretch of a text stands under which number.

Numbered parts are found by their numbers (headings.py) where these make a plausible
sequence (numbering.py); unnumbered ones are "Mở đầu", "Nơi nhận", "Ký", "Chú thích n". What
follows the signature (attached.py) is "PL1", "M01" or "VB2", and so begin the addresses in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.records import Section
from corpus.structure.attached import (
    AFTERWARDS,
    Prefixes,
    claimed_numbers,
    is_afterwards,
    is_attached_title,
    is_loose_title,
    leaves_room_for_name,
    printed_label,
)
from corpus.structure.closing import closing_cells, drop_digital, is_name, is_recipients, is_role, signs_for
from corpus.structure.footnotes import NOTE, note_label
from corpus.structure.headings import Kind, Marker, read_markers
from corpus.structure.heads import head_at
from corpus.structure.lines import Line, split_lines
from corpus.structure.numbering import Numbering
from corpus.structure.sentences import continues
from corpus.text import fold

OPENING, RECIPIENTS, SIGNATURE = "Mở đầu", "Nơi nhận", "Ký"

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
    prefixes: Prefixes
    signed: bool = False  # a signature block has begun
    named: bool = False  # and the name of a signer has been read
    closed: bool = False  # "Nơi nhận" or a signature block has begun
    headed: bool = False  # the letterhead of the first document has been read
    head_last: int = -1  # index of the last line of the letterhead read last
    own_number: str | None = None  # số/ký hiệu of the first document
    label: str = ""  # what the attachment that is being read calls itself
    opened_at: int = -1  # index of the line that opened it
    footnote: bool = False

    @property
    def attached(self) -> bool:
        """True within an appendix or form."""
        return self.prefixes.current != self.prefixes.document

    def cut(self, start: int, address: str, heading: str, level: int = 0, *, continued: bool = False) -> None:
        self.cuts.append(Section(address, heading, level, start, start, continued))


def parse_outline(text: str) -> tuple[Section, ...]:
    """Return the sections of `text`; together they tile it from 0 to `len(text)`.

    >>> [(s.address, s.heading) for s in parse_outline("I. MỤC ĐÍCH\\n1. Nâng cao\\n2. Bảo đảm")]
    [('I', 'MỤC ĐÍCH'), ('I.1', 'Nâng cao'), ('I.2', 'Bảo đảm')]
    """
    lines = list(split_lines(text))
    reading = _Reading(Numbering(), [], Prefixes(claimed_numbers(lines)))
    for at, line in enumerate(lines):
        _read_line(reading, text, lines, at, line)
    return _tile(reading.cuts, len(text), lines)


def _read_line(reading: _Reading, text: str, lines: list[Line], at: int, line: Line) -> None:
    """Cut before `line` where it begins a section."""
    label = note_label(text, line.start)
    if label:
        reading.footnote = True
        reading.cut(line.start, f"{NOTE} {label}", _first_words(line.text))
        return
    if reading.footnote and not line.after_gap and continues(lines[at - 1], line):
        return  # a note of several lines
    if at <= reading.head_last or _begins_head(reading, lines, at):
        return
    if is_recipients(line.text) or is_recipients(line.text.lstrip("| ")):
        reading.closed, reading.footnote = True, False
        reading.cut(line.start, reading.prefixes.address(RECIPIENTS), "")
        return
    if _begins_signature(reading, text, lines, at):
        reading.closed = reading.signed = True
        reading.footnote = False
        reading.named = _names_signer(text, line)
        reading.cut(line.start, reading.prefixes.address(SIGNATURE), _signature_heading(text, lines, at))
        return
    if _begins_attachment(reading, text, lines, at):
        return
    markers = read_markers(line)
    if reading.closed:
        # Words about a "Nơi nhận" within the text: a strong heading that comes next goes on with it.
        markers = [m for m in markers if m.strong and m.kind in (Kind.ROMAN, Kind.ARTICLE, Kind.CHAPTER)]
    if reading.signed:
        if markers and markers[0].values == (1,) and reading.named:  # what is attached has no title
            reading.numbering.restart(reading.prefixes.open("PL"))
        elif is_afterwards(text, lines, at) and reading.named and not _is_afterwards(reading):
            reading.cut(line.start, reading.prefixes.address(AFTERWARDS), _first_words(line.text))
            return
        reading.named = reading.named or _names_signer(text, line)
    accepted = reading.numbering.accept(markers) if markers else None
    if accepted:
        address, marker = accepted
        reading.footnote = reading.closed = reading.signed = reading.named = False
        heading = _heading(marker, lines, at)
        reading.cut(line.start, address, heading, reading.numbering.depth)
        return
    if reading.footnote:
        _resume(reading, line)


def _resume(reading: _Reading, line: Line) -> None:
    """After a footnote the section it interrupted goes on."""
    reading.footnote = False
    before = next((s for s in reversed(reading.cuts) if not s.address.startswith(NOTE)), None)
    if before is None:
        before = Section(OPENING, "", 0, 0, 0)
    reading.cuts.append(replace(before, start=line.start, end=line.start, continued=True))


def _begins_signature(reading: _Reading, text: str, lines: list[Line], at: int) -> bool:
    line = lines[at]
    if reading.signed or (reading.footnote and not line.after_gap):
        return False
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


def _signature_heading(text: str, lines: list[Line], at: int) -> str:
    """Return the roles of the signer, as they stand."""
    rows = lines[at : at + 6]
    kept = drop_digital([line.text for line in rows])
    parts: list[str] = []
    for line in rows:
        if is_name(line.text) and not line.text.isupper():
            break
        if line.text.isupper() and line.text in kept:
            parts.append(line.text)
        if leaves_room_for_name(text, line.end):
            break
    return " ".join(parts[:4])


def _names_signer(text: str, line: Line) -> bool:
    cells = closing_cells(text[line.start : line.end])
    return any(map(is_name, cells)) or leaves_room_for_name(text, line.end)


def _is_afterwards(reading: _Reading) -> bool:
    return bool(reading.cuts) and reading.cuts[-1].address.endswith(AFTERWARDS)


def _begins_head(reading: _Reading, lines: list[Line], at: int) -> bool:
    """Cut where a further letterhead begins: of another document, or of a form that is attached."""
    first = not reading.cuts and not reading.headed
    if not (first or reading.closed or reading.headed or reading.attached):
        return False
    head = head_at(lines, at)
    if head is None:
        return False
    reading.head_last = head.last
    if first:
        reading.headed, reading.own_number = True, head.number
        return False
    if reading.attached and at <= reading.opened_at + 3:
        # The letterhead of the form whose name was just read: its title is the form's.
        form = reading.cuts[-1]
        named = lines[reading.opened_at].text
        reading.cuts[-1] = replace(form, heading=f"{named} {head.title}" if head.title else form.heading)
        return True
    if head.number is not None and head.number != reading.own_number:
        _restart(reading, reading.prefixes.open_document())
        heading = " ".join(filter(None, (head.number, head.title)))
    else:
        _restart(reading, reading.prefixes.open("PL"))
        heading = head.title
    reading.cut(lines[at].start, reading.prefixes.current, heading, 1)
    return True


def _restart(reading: _Reading, prefix: str, *, only_if_needed: bool = False) -> None:
    reading.numbering.restart(prefix, only_if_needed=only_if_needed)
    reading.closed = reading.signed = reading.named = reading.footnote = False


def _begins_attachment(reading: _Reading, text: str, lines: list[Line], at: int) -> bool:
    """Cut where an appendix or a form begins."""
    line = lines[at]
    known = reading.closed or reading.attached
    label = printed_label(line, known=True)
    if label and not known and printed_label(line, known=False) is None:
        # Before the text has ended only a letterhead under it makes a form of "Mẫu số 1".
        begun = reading.headed or bool(reading.cuts)
        if not begun or not any(head_at(lines, n) for n in range(at + 1, min(at + 3, len(lines)))):
            label = None
    titled = label is None and reading.closed and is_attached_title(line)
    loose = not titled and label is None and reading.named and is_loose_title(text, lines, at)
    if not (label or titled or loose):
        return False
    if label and label != "PL" and label == reading.label:
        return False  # its name again, at the head of its next page
    # A regulation that a decision issues keeps its own numbers; they cannot be mistaken for the
    # decision's unless the same number occurs in both.
    prefix = reading.prefixes.open(label or "PL")
    _restart(reading, prefix, only_if_needed=label is None and not reading.prefixes.document)
    reading.label, reading.opened_at = label or "", at
    heading = line.text
    if at + 1 < len(lines) and lines[at + 1].text.isupper() and not read_markers(lines[at + 1]):
        heading += f" {lines[at + 1].text}"
    reading.cut(line.start, prefix, heading, 1)
    return True


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
