"""A draft as the drafting desk reads it: a Document, cut into the paragraphs that want precedents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import QueryError
from corpus.readers.base import ReadText, agreed_form
from corpus.reading import document_from, read_document
from corpus.records import Document
from corpus.structure.letterhead import letterhead_end
from corpus.structure.lines import split_cells
from corpus.structure.sentences import split_paragraphs, split_sentences
from corpus.text import collapse
from search.drafting.sectionkinds import SectionKind, headings_above, kind_of
from search.query import MAX_QUESTION

DRAFT_ID = "(bản thảo)"
"""The id of a draft; no document of a library has it, for ids are paths of files."""
MAX_DRAFT = 200_000  # characters; a hundred pages
MAX_PARAGRAPHS = 400
_FEW_WORDS = 4  # a shorter line is a heading, a name, a stray mark: nothing to find a precedent for
_SILENT: frozenset[SectionKind] = frozenset({"recipients", "signature"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or list item of a draft.

    Attributes:
        start, end: Half-open, in characters of the draft's text.
        text: `draft.text[start:end]`, at most 2,000 characters.
        section: Address of the section it stands in ("II.1.4", "Mở đầu").
        headings: The headings above it, outermost first.
        kind: What kind of section that is.
    """

    start: int
    end: int
    text: str
    section: str
    headings: tuple[str, ...]
    kind: SectionKind


def draft_from_text(text: str) -> Document:
    """Return a pasted draft, read as any document is.

    Raises:
        QueryError: It is empty or longer than 200,000 characters.
    """
    text = agreed_form(text)
    return _checked(document_from(ReadText(text), DRAFT_ID, "Bản thảo"))


def read_draft(path: Path) -> Document:
    """Read a draft from a file of any kind the readers know.

    Raises:
        DocumentError: The file is missing, of an unknown kind, or cannot be read.
        QueryError: It is longer than 200,000 characters.
    """
    return _checked(read_document(path, DRAFT_ID))


def _checked(document: Document) -> Document:
    if not document.text.strip():
        raise QueryError("Bản thảo trống", "Hãy dán nội dung bản thảo hoặc chọn tệp")
    if len(document.text) > MAX_DRAFT:
        raise QueryError(
            f"Bản thảo dài {len(document.text)} ký tự, mỗi lần chỉ xem được {MAX_DRAFT}",
            "Hãy tách thành từng phần",
        )
    return document


def paragraphs_of(draft: Document) -> tuple[Paragraph, ...]:
    """Return the paragraphs worth a precedent, in order: no headings, letterhead, recipients, signature.

    A paragraph that is longer than a question may be is cut between sentences.
    """
    sections, above = draft.sections, headings_above(draft.sections)
    found: list[Paragraph] = []
    for section, headings in zip(sections, above, strict=True):
        start = max(section.start, draft.body_start)
        if section.address == "Mở đầu" and section.start == 0:
            start = max(start, letterhead_end(draft.text[: section.end]))
        for first, last in split_paragraphs(draft.text[start : section.end]):
            for a, b in _fitting(draft.text, start + first, start + last):
                text = draft.text[a:b]
                kind = kind_of(section.address, headings, text)
                if kind not in _SILENT and _tells(text):
                    found.append(Paragraph(a, b, text, section.address, headings, kind))
    return tuple(found[:MAX_PARAGRAPHS])


def _tells(text: str) -> bool:
    words = collapse(text).lstrip("-–+•* ").split()
    if len(words) < _FEW_WORDS or not any(char.isalpha() for char in text):
        return False
    line = " ".join(words)
    cells = [cell for cell in split_cells(text.strip()) if cell]
    return not line.isupper() and len(" ".join(cells).split()) >= _FEW_WORDS


def _fitting(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the span, cut between sentences (or anywhere) where it is longer than a question may be."""
    if end - start <= MAX_QUESTION:
        return [(start, end)]
    spans: list[tuple[int, int]] = []
    for a, b in split_sentences(text[start:end]):
        a, b = start + a, start + b
        while b - a > MAX_QUESTION:
            cut = text.rfind(" ", a + 1, a + MAX_QUESTION)
            cut = cut if cut > a else a + MAX_QUESTION
            spans.append((a, cut))
            a = cut
        if spans and b - spans[-1][0] <= MAX_QUESTION:
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return spans
