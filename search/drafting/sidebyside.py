"""Two documents side by side, section by section: what was added, left out, changed, and which figures.

Sections are set beside each other by the likeness of their headings and words, in the order of both
documents; the paragraphs within a pair of sections in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.errors import QueryError
from corpus.records import Document, Section
from corpus.structure.sentences import split_paragraphs
from search.documents.sources import section_name
from search.drafting.alignment import aligned, bare_words, overlaps
from search.drafting.differences import About, Difference, Token, differences, figures_in
from search.drafting.sectionkinds import KIND_NAMES, SectionKind, headings_above, kind_of

if TYPE_CHECKING:
    from search.drafting.alignment import Matrix

_Figure = tuple[int, int, Token]
Status = Literal["same", "changed", "added", "removed"]
MAX_SECTIONS = 1500  # of one document; more would take minutes to set side by side
_PARAGRAPH = 0.3  # likeness from which two paragraphs are one, reworded
_SECTION = 0.35  # the same for sections, heading, words and kind together
_NUMBERED = 0.02  # the same address: decides between sections that are otherwise equally alike


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one of the two documents: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Two paragraphs side by side; `one` is None for what was added, `other` for what was removed.

    Attributes:
        differences: `theirs` are the words of the first document, `ours` of the second, so that
            "added" is what the second document adds.
    """

    status: Status
    one: Part | None
    other: Part | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's address, its heading and the stretch it takes, in characters of its document."""

    address: str
    name: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SectionRow:
    """Two sections side by side, and their paragraphs; `status` sums the paragraphs up."""

    status: Status
    kind: SectionKind
    one: Heading | None
    other: Heading | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure, year, date or document number that one document gives where the other gives another.

    Attributes:
        before, after: As they stand ("780", "500"); "" where it stands in one document only.
        words, then: The words before it and those after it, so that people see what it is of.
        section: Where in the second document, else in the first ("mục II.1.4").
        before_at, after_at: Offset in the document's text; None where it does not stand there.
    """

    about: About
    before: str
    after: str
    words: str
    then: str
    section: str
    before_at: int | None
    after_at: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents side by side, in the order of both."""

    one: Document
    other: Document
    sections: tuple[SectionRow, ...]
    figures: tuple[FigureChange, ...]

    def count(self, status: Status) -> int:
        """Return how many paragraphs are of a status."""
        return sum(row.status == status for section in self.sections for row in section.rows)


def compare_documents(one: Document, other: Document) -> Comparison:
    """Set `other`, the later document or the draft, beside `one`.

    Raises:
        QueryError: One of them has over 1,500 sections.
    """
    for document in (one, other):
        if len(document.sections) > MAX_SECTIONS:
            raise QueryError(
                f"Văn bản {document.source} có {len(document.sections)} mục, nhiều hơn {MAX_SECTIONS}",
                "Hãy tách văn bản thành từng phần rồi so từng phần",
            )
    ours, theirs = _sections(one), _sections(other)
    rows = tuple(
        _section_row(one, other, ours[i] if i is not None else None, theirs[j] if j is not None else None)
        for i, j in aligned(_section_likeness(one, other, ours, theirs), _SECTION)
    )
    return Comparison(one, other, rows, tuple(_figures(rows)))


@dataclass(frozen=True, slots=True)
class _Stretch:
    section: Section
    kind: SectionKind


def _sections(document: Document) -> list[_Stretch]:
    sections = document.sections or (Section("Mở đầu", "", 0, 0, len(document.text)),)
    above = headings_above(sections)
    return [
        _Stretch(s, kind_of(s.address, headings, document.text[s.start : s.end]))
        for s, headings in zip(sections, above, strict=True)
        if document.text[max(s.start, document.body_start) : s.end].strip()
    ]


def _section_likeness(one: Document, other: Document, ours: list[_Stretch], theirs: list[_Stretch]) -> Matrix:
    """Return how alike each pair of sections is, in [0, 1]: their headings, their words, their kinds."""
    import numpy as np

    heads = overlaps(
        [bare_words(s.section.heading) for s in ours], [bare_words(s.section.heading) for s in theirs]
    )
    words = overlaps(
        [bare_words(one.text[s.section.start : s.section.end]) for s in ours],
        [bare_words(other.text[s.section.start : s.section.end]) for s in theirs],
    )
    bare = np.array(
        [[not a.section.level and a.section.address == b.section.address for b in theirs] for a in ours]
    )
    same_kind = np.array([[a.kind == b.kind for b in theirs] for a in ours])
    level = np.array([[a.section.level == b.section.level for b in theirs] for a in ours])
    address = np.array([[a.section.address == b.section.address for b in theirs] for a in ours])
    found: Matrix = np.where(
        bare,
        1.0,
        (0.5 * heads + 0.5 * words) * np.where(level, 1.0, 0.7) + 0.1 * same_kind + _NUMBERED * address,
    )
    return found


def _section_row(
    one: Document, other: Document, ours: _Stretch | None, theirs: _Stretch | None
) -> SectionRow:
    before = _parts(one, ours.section) if ours else []
    after = _parts(other, theirs.section) if theirs else []
    if before and after:
        likeness = overlaps([bare_words(p.text) for p in before], [bare_words(p.text) for p in after])
        pairs = aligned(likeness, _PARAGRAPH)
    else:
        pairs = [(i, None) for i in range(len(before))] + [(None, j) for j in range(len(after))]
    rows = tuple(
        _row(before[i] if i is not None else None, after[j] if j is not None else None) for i, j in pairs
    )
    statuses = {row.status for row in rows}
    status: Status = statuses.pop() if len(statuses) == 1 else "changed" if statuses else "same"
    if ours and theirs and status != "same":
        status = "changed"
    stretch = theirs or ours
    assert stretch is not None
    return SectionRow(
        status,
        stretch.kind,
        _heading(ours.section if ours else None),
        _heading(theirs.section if theirs else None),
        rows,
    )


def _heading(section: Section | None) -> Heading | None:
    if section is None:
        return None
    return Heading(
        section.address, section_name(section.address), section.heading, section.start, section.end
    )


def _parts(document: Document, section: Section) -> list[Part]:
    start = max(section.start, document.body_start)
    return [
        Part(start + a, start + b, document.text[start + a : start + b])
        for a, b in split_paragraphs(document.text[start : section.end])
    ]


def _row(one: Part | None, other: Part | None) -> Row:
    pieces = differences(other.text if other else "", one.text if one else "")
    if one is None or other is None:
        return Row("added" if one is None else "removed", one, other, pieces)
    return Row("same" if all(p.op == "same" for p in pieces) else "changed", one, other, pieces)


def _figures(sections: Sequence[SectionRow]) -> Iterator[FigureChange]:
    """Yield the figures that differ within paragraphs that both documents have."""
    for section in sections:
        place = section.other or section.one
        for row in section.rows:
            if row.one is None or row.other is None:
                continue
            whole, said = "".join(piece.ours for piece in row.differences), ""
            for piece in row.differences:
                rest = whole[len(said) + len(piece.ours) :]
                if piece.op != "same" and piece.about != "words":
                    name = place.name if place else KIND_NAMES[section.kind]
                    yield from _changed(piece, (said, rest), name, row.one.start, row.other.start)
                said += piece.ours


def _changed(
    piece: Difference, around: tuple[str, str], section: str, one: int, other: int
) -> Iterator[FigureChange]:
    """Yield the figures of one piece: a pair where both sides have one each, else each alone."""
    before, after = figures_in(piece.theirs), figures_in(piece.ours)
    words, then = " ".join(around[0].split()[-6:]), " ".join(around[1].split()[:8])
    pairs: list[tuple[_Figure | None, _Figure | None]]
    if len(before) == len(after) == 1 and before[0][2].about == after[0][2].about:
        pairs = [(before[0], after[0])]
    else:
        pairs = [*((figure, None) for figure in before), *((None, figure) for figure in after)]
    for gone, come in pairs:
        figure = come or gone
        assert figure is not None
        token = figure[2]
        yield FigureChange(
            about=token.about,
            before=piece.theirs[gone[0] : gone[1]] if gone else "",
            after=piece.ours[come[0] : come[1]] if come else "",
            words=words,
            then=then,
            section=section,
            before_at=one + piece.theirs_start + gone[0] if gone else None,
            after_at=other + piece.ours_start + come[0] if come else None,
        )
