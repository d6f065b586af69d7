"""The one place where the text of a file becomes a Document with all that is known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.citing.citations import find_citations
from corpus.figures.targets import find_targets
from corpus.library.corrections import Correction
from corpus.readers.base import ReadText
from corpus.readers.registry import read_text
from corpus.records import Document, Section
from corpus.structure.doctitle import opens_restatement
from corpus.structure.footnotes import find_footnotes
from corpus.structure.letterhead import read_letterhead
from corpus.structure.lines import split_lines
from corpus.structure.outline import parse_outline


def read_document(path: Path, doc_id: str | None = None) -> Document:
    """Read one file.

    Args:
        path: A file of a kind some reader knows.
        doc_id: Its name in the library; the file's name without its ending where None.

    Raises:
        DocumentError: The file is missing, of an unknown kind, or cannot be read.
    """
    return document_from(read_text(path), path.stem if doc_id is None else doc_id, path.name)


def document_from(read: ReadText, doc_id: str, source: str, correction: Correction | None = None) -> Document:
    """Return the Document that the text a reader gave amounts to, its letterhead as staff corrected it."""
    text = read.text
    sections = parse_outline(text)
    letterhead = read_letterhead(text, sections)
    if correction is not None:  # before anything is concluded from it
        letterhead = correction.applied(letterhead)
    document = Document(
        doc_id=doc_id,
        source=source,
        text=text,
        letterhead=letterhead,
        sections=sections,
        citations=find_citations(text, sections),
        targets=find_targets(text, sections, letterhead),
        footnotes=find_footnotes(text, sections),
        page_starts=read.page_starts,
        restatement=is_restatement(text),
        warnings=(*read.warnings, *_bundled(sections)),
        corrected=correction.fields if correction is not None else (),
    )
    # The line that says what a restatement restates is ours, not the document's: it cites nothing.
    own = tuple(c for c in document.citations if c.start >= document.body_start)
    return replace(document, citations=own)


def with_correction(document: Document, correction: Correction | None) -> Document:
    """Return a document that has been read, with its letterhead as corrected; None: as it was read.

    The file is not opened: everything but its text is concluded anew.
    """
    own = _bundled(document.sections)
    warnings = tuple(warning for warning in document.warnings if warning not in own)
    read = ReadText(document.text, document.page_starts, warnings)
    return document_from(read, document.doc_id, document.source, correction)


def _bundled(sections: Sequence[Section]) -> tuple[str, ...]:
    """A warning that names the further documents of a file, whose letterheads are not the file's."""
    others = [s for s in sections if re.fullmatch(r"VB\d+", s.address)]
    if not others:
        return ()
    named = "; ".join(f"{s.address} là {s.heading}" for s in others)
    return (
        f"Tệp chứa {len(others) + 1} văn bản, số và ngày được lấy theo văn bản đầu ({named}). "
        "Nên tách mỗi văn bản thành một tệp",
    )


def is_restatement(text: str) -> bool:
    """True where the first line that is not blank begins "Bản viết lại", in any case and markup."""
    first = next(split_lines(text), None)
    return first is not None and opens_restatement(first.text)
