"""Footnotes: which mark in the text each belongs to, and which notes a clause carries.

Readers leave a mark as "<sup>1</sup>" (Word, PDF, web pages, recognised pages), "[^1]"
(Markdown) or "[1]" (antiword, web pages saved by Word); the note begins its line with the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Document, Footnote, Section
from corpus.structure.sentences import split_clauses

NOTE = "Chú thích"

_MARK = re.compile(
    r"<sup>\s*[(\[]?(?P<raised>\d{1,3}|\*{1,3})[)\]]?\s*</sup>|\[\^(?P<named>[\w-]{1,20})\](?!:)|\[(?P<bare>\d{1,2})\]"
)
_OPENS_NOTE = re.compile(
    r"<sup>\s*[(\[]?(?P<raised>\d{1,3}|\*{1,3})[)\]]?\s*</sup>"
    r"|\[\^(?P<named>[\w-]{1,20})\]:|\[(?P<bare>\d{1,2})\]\s?(?=[^\W\d_])"
)
# "100 m<sup>2</sup>" is an area.
_UNIT = re.compile(r"(?<!\w)[kcdm]?m$")
_AROUND = 1000  # characters; no clause reaches further


def note_label(text: str, start: int) -> str | None:
    """Return the label of the note that begins at `start`, a line's beginning; None for other lines.

    >>> note_label("[^2]: Số liệu năm 2023.", 0), note_label("<sup>(1)</sup> Theo báo cáo", 0)
    ('2', '1')
    """
    match = _OPENS_NOTE.match(text, start)
    return (match["raised"] or match["named"] or match["bare"]) if match else None


def find_footnotes(text: str, sections: Sequence[Section]) -> tuple[Footnote, ...]:
    """Bind each note to its marks: those of its label since the last note that bore it.

    Where pages number their notes anew, a note is thus bound to the mark on its own page. Only
    Markdown also lets a note stand before its mark. A note without a mark is bound to nothing.
    """
    notes = [section for section in sections if section.address.startswith(f"{NOTE} ")]
    if not notes:
        return ()
    openings = {section.start for section in notes}
    waiting: dict[tuple[bool, str], list[tuple[int, int]]] = {}  # by form and label
    for match in _MARK.finditer(text):
        at = match.start()
        if at in openings or (match["raised"] and _UNIT.search(text[max(0, at - 4) : at])):
            continue
        label = match["raised"] or match["named"] or match["bare"]
        waiting.setdefault((match["named"] is not None, label), []).append(match.span())
    found: list[Footnote] = []
    for note in notes:
        label = note_label(text, note.start) or ""
        named = text.startswith("[^", note.start)
        marks = waiting.get((named, label), [])
        mine = [mark for mark in marks if named or mark[0] < note.start]
        waiting[named, label] = marks[len(mine) :]
        end = note.start + len(text[note.start : note.end].rstrip())
        found += [Footnote(label, *mark, note.start, end) for mark in mine]
    return tuple(sorted(found, key=lambda note: note.mark_start))


def notes_of(document: Document, start: int, end: int) -> tuple[Footnote, ...]:
    """Return the footnotes whose mark stands in a clause that `document.text[start:end]` touches.

    A part of a clause carries the notes of the whole of it: a figure quoted without the words after it may be
    what the note qualifies. What a semicolon parts from it has notes of its own.
    """
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"[{start}, {end}) is not a span of {len(document.text)} characters")
    near = [n for n in document.footnotes if start - _AROUND < n.mark_start < end + _AROUND]
    if not near:
        return ()
    first = document.text.rfind("\n", 0, max(0, start - _AROUND)) + 1
    last = document.text.find("\n", end + _AROUND)
    window = document.text[first : last if last >= 0 else len(document.text)]
    clauses = [(first + a, first + b) for a, b in split_clauses(window)]
    return tuple(note for note in near if _clause_of(note, document.text, clauses, start, end))


def _clause_of(
    note: Footnote, text: str, clauses: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[int, int] | None:
    """Return the clause that a note's mark belongs to, where [start, end) touches it; else None.

    A mark right behind a semicolon belongs to what stands before it.
    """
    at = note.mark_start
    before = len(text[:at].rstrip())
    if text[max(0, before - 1) : before] == ";" and not (start <= at < end):
        at = before - 1
    return next(((a, b) for a, b in clauses if a <= at < b and a < end and start < b), None)
