"""Footnotes: which mark in the text each belongs to, and which notes a sentence carries.

Readers leave a mark as "<sup>1</sup>" (Word, PDF, web pages, recognised pages), "[^1]"
(Markdown) or "[1]" (antiword, web pages saved by Word); the note begins its line with the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Document, Footnote, Section
from corpus.structure.sentences import split_sentences

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
_AROUND = 1000  # characters; no sentence reaches further


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
    """Return the footnotes whose mark stands in a sentence that `document.text[start:end]` touches.

    A part of a sentence carries the notes of the whole of it: a figure quoted without the
    words after it may be what the note qualifies.
    """
    if not 0 <= start < end <= len(document.text):
        raise ValueError(f"[{start}, {end}) is not a span of {len(document.text)} characters")
    near = [n for n in document.footnotes if start - _AROUND < n.mark_start < end + _AROUND]
    if not near:
        return ()
    first = document.text.rfind("\n", 0, max(0, start - _AROUND)) + 1
    last = document.text.find("\n", end + _AROUND)
    window = document.text[first : last if last >= 0 else len(document.text)]
    touched = [
        (first + a, first + b) for a, b in split_sentences(window) if first + a < end and start < first + b
    ]
    return tuple(note for note in near if any(a <= note.mark_start < b for a, b in touched))
