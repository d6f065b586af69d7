"""Sentences, clauses and list items of a passage, each with the line that governs it: what answers quote."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.records import Document, Passage
from corpus.structure.letterhead import letterhead_end
from corpus.structure.outline import OPENING
from corpus.structure.sentences import Span, split_clauses, split_sentences
from corpus.structure.tablerows import row_at
from corpus.text import collapse, fold

_LEAD = re.compile(r"[^\n]{2,80}:[\s*]*$")  # "* Đến năm 2025:" governs the items below it
_ABOVE = 1800  # characters above a passage in which a line may still govern it
_HEADING = 110  # characters
_BEFORE_HEADING = 12  # characters of markup and white space before the heading of a section
_LONG = 240  # characters: a longer sentence is offered clause by clause as well


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a document and what people read of it.

    Attributes:
        start, end: Half-open, in characters of `Document.text`; equal for none.
        text: Cleaned, one line; of a table's row its cells, each with the head of its column.
        row: Whether it is such a row.
    """

    start: int
    end: int
    text: str
    row: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a clause of a long one, or a list item.

    Attributes:
        lead: The line ending in ":", or the heading, that governs it.
        naming: A heading, a title, a line of the letterhead: it names, and tells nothing.
        before: Where among the sentences of the passage the one before it in its paragraph stands.
    """

    line: Line
    lead: Line
    naming: bool = False
    before: int | None = None


def line_at(text: str, start: int, end: int) -> Line:
    """Return what people read of `text[start:end]`; of a table's row, its cells with their columns' heads."""
    line = collapse(text[start:end])
    if not line.startswith("|"):
        return Line(start, end, line)
    return Line(start, end, row_words(text, start), row=True)


def row_words(text: str, start: int) -> str:
    """Return the cells of a table's row with the heads of their columns, one line; "" for its header."""
    row = row_at(text, start)
    return collapse(row.words) if row and row.head_start < row.head_end else ""


def sentences_of(document: Document, passage: Passage) -> list[Sentence]:
    """Cut a passage into what an answer can quote, or quote a stretch of; at least one."""
    found: list[Sentence] = []
    lead = _lead_before(document, passage)
    spans = _spans(passage)
    head_end = letterhead_end(document.text) if passage.section == OPENING else 0
    whole: int | None = None  # the sentence last seen that is no clause of another
    before: int | None = None  # and the one before that in its paragraph
    for i, (start, end) in enumerate(spans):
        if start < document.body_start:  # the line that says it is a restatement is no answer
            start = min(document.body_start, end)
        line = line_at(document.text, start, end)
        if not line.text:
            continue
        # subtle: only a whole short line ending in ":" governs what follows it.
        following = document.text[slice(*spans[i + 1])] if i + 1 < len(spans) else ""
        if _heads_section(document, start, line.text):  # counted with the passage's headings
            continue
        if _LEAD.fullmatch(document.text[start:end].strip()) or _is_heading(line.text, following):
            lead = line
            continue
        new = whole is None or start >= found[whole].line.end
        if new:
            runs_on = whole is not None and "\n" not in document.text[found[whole].line.end : start]
            before = whole if runs_on else None
        found.append(Sentence(line, lead, end <= head_end, before))
        if new:
            whole = len(found) - 1
    if not found:
        start, end = passage.start, passage.end
        line = Line(start, end, collapse(document.text[start:end]))
        found.append(Sentence(line, Line(0, 0, ""), naming=True))
    return found


def _heads_section(document: Document, start: int, line: str) -> bool:
    """Whether a line is only the heading of its section: in capitals, or without figures and end mark.

    A numbered item is a section too, and often one sentence that tells something.
    """
    section = document.section_at(start)
    if section is None or not section.heading or start - section.start > _BEFORE_HEADING:
        return False
    heading = collapse(section.heading)
    if not fold(line).endswith(fold(heading)) or len(line) > len(heading) + _BEFORE_HEADING:
        return False
    if heading.isupper():
        return True
    return len(heading) <= _HEADING and heading[-1:] not in ".;,:" and not re.search(r"\d", heading)


def _is_heading(line: str, following: str) -> bool:
    """Whether a short line without an end mark names what the paragraph after it tells."""
    if len(line) > _HEADING or line[-1:] in ".;:,?!" or re.search(r"\d", line):
        return False
    return bool(re.match(r"[A-ZĐÂĂÊÔƠƯÀ-Ỹ]", following.lstrip("*_ ")))


def _spans(passage: Passage) -> list[Span]:
    """Return sentences, and the clauses of long ones, in characters of `Document.text`."""
    at, text = passage.start, passage.text
    spans: list[Span] = []
    for start, end in split_sentences(text):
        spans.append((at + start, at + end))
        if end - start > _LONG:
            clauses = split_clauses(text[start:end])
            spans += [(at + start + a, at + start + b) for a, b in clauses if b - a < end - start]
    return spans


def _lead_before(document: Document, passage: Passage) -> Line:
    """Return the last lead line above a passage in its section; an empty one for none."""
    nothing = Line(passage.start, passage.start, "")
    section = document.section_at(passage.start)
    if section is None or section.start >= passage.start:
        return nothing
    above = max(section.start, passage.start - _ABOVE)
    for match in reversed(list(re.finditer(r"[^\n]+", document.text[above : passage.start]))):
        if _LEAD.fullmatch(match[0].strip()):
            start, end = above + match.start(), above + match.end()
            return Line(start, end, collapse(match[0]))
    return nothing
