"""Passages looked at closely: their sentences, what stands above them, what they say of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.glossary import Glossary
from corpus.letterhead import letterhead_end
from corpus.outline import OPENING
from corpus.records import Document, Passage
from corpus.sentences import split_clauses, split_sentences
from corpus.tablerows import row_at
from corpus.text import collapse, fold
from search.asking.matching import Terms, Words
from search.ranking.profile import years_said

_LEAD = re.compile(r"[^\n]{2,80}:[\s*]*$")  # "* Đến năm 2025:" governs the items below it
_ABOVE = 1800  # characters above a passage in which a line may still govern it
_HEADING = 110  # characters
_BEFORE_HEADING = 12  # characters of markup and white space before the heading of a section
_SENTENCE_BEFORE = 0.7  # credit of what the sentence before says
_LONG = 240  # characters: a longer sentence is offered clause by clause as well


_NO_WORDS = Words(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, clause or list item: what an answer can quote.

    Attributes:
        start, end: Half-open, in characters of `Document.text`.
        text: The same, cleaned, one line.
        lead: The line ending in ":" that governs it, cleaned; "" for none.
        lead_start, lead_end: Where that line stands; equal for none.
        naming: A heading, a title, a line of the letterhead: it names, and tells nothing.
        before: Words of the sentence before it in the same paragraph, which may name what it tells of.
    """

    start: int
    end: int
    text: str
    words: Words
    lead: str
    lead_words: Words
    lead_start: int = 0
    lead_end: int = 0
    naming: bool = False
    before: Words = _NO_WORDS

    @property
    def years(self) -> frozenset[int]:
        """Years spoken of in it, or else in its lead."""
        return years_said(self.text) or years_said(self.lead)


@dataclass(frozen=True, slots=True)
class View:
    """A passage with its words, those of its headings and title, and its units."""

    passage: Passage
    words: Words
    head: Words
    title: Words
    units: tuple[Unit, ...]


def units_of(document: Document, passage: Passage, glossary: Glossary) -> tuple[Unit, ...]:
    """Cut a passage into the units an answer can quote, or quote a stretch of."""
    units: list[Unit] = []
    lead = _lead_before(document, passage)
    lead_text = collapse(document.text[slice(*lead)])
    lead_words = Words.of_line(lead_text, glossary)
    spans = _spans(passage)
    head_end = letterhead_end(document.text) if passage.section == OPENING else 0
    sentence, before = None, _NO_WORDS  # the sentence last seen, and the one before it in its paragraph
    for i, (start, end) in enumerate(spans):
        if start < document.body_start:  # the line that says it is a restatement is no answer
            start = min(document.body_start, end)
        line = collapse(document.text[start:end])
        if line.startswith("|"):  # a row is matched and shown with the heads of its columns
            row = row_at(document.text, start)
            line = collapse(row.words) if row and row.head_start < row.head_end else ""
        if not line:
            continue
        # subtle: only a whole short line ending in ":" governs what follows it.
        following = document.text[slice(*spans[i + 1])] if i + 1 < len(spans) else ""
        if _heads_section(document, start, line):  # counted with the passage's headings
            continue
        if _LEAD.fullmatch(document.text[start:end].strip()) or _is_heading(line, following):
            lead, lead_text, lead_words = (start, end), line, Words.of_line(line, glossary)
            continue
        words = Words.of_line(line, glossary)
        if sentence is None or start >= sentence.end:  # no clause of it
            runs_on = sentence is not None and "\n" not in document.text[sentence.end : start]
            before = sentence.words if sentence is not None and runs_on else _NO_WORDS
        naming = end <= head_end
        units.append(Unit(start, end, line, words, lead_text, lead_words, *lead, naming, before))
        if sentence is None or start >= sentence.end:
            sentence = units[-1]
    if not units:
        end = passage.end
        line = collapse(document.text[passage.start : end])
        words = Words.of_line(line, glossary)
        units.append(Unit(passage.start, end, line, words, "", _NO_WORDS, naming=True))
    return tuple(units)


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


def _spans(passage: Passage) -> list[tuple[int, int]]:
    """Return sentences, and the clauses of long ones, in characters of `Document.text`."""
    at, text = passage.start, passage.text
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        spans.append((at + start, at + end))
        if end - start > _LONG:
            clauses = split_clauses(text[start:end])
            spans += [(at + start + a, at + start + b) for a, b in clauses if b - a < end - start]
    return spans


def _lead_before(document: Document, passage: Passage) -> tuple[int, int]:
    """Return the span of the last lead line above a passage in its section; an empty span for none."""
    section = document.section_at(passage.start)
    if section is None or section.start >= passage.start:
        return (passage.start, passage.start)
    above = max(section.start, passage.start - _ABOVE)
    lines = list(re.finditer(r"[^\n]+", document.text[above : passage.start]))
    for match in reversed(lines):
        if _LEAD.fullmatch(match[0].strip()):
            return (above + match.start(), above + match.end())
    return (passage.start, passage.start)


def view_of(document: Document, passage: Passage, glossary: Glossary) -> View:
    """Look at one passage closely; costs about a millisecond, so only candidates are."""
    head = document.letterhead
    title = " ".join(filter(None, (head.type, head.title, head.issuer)))
    return View(
        passage=passage,
        words=Words.of(passage.text, glossary),
        head=Words.of(" ".join(passage.heading), glossary),
        title=Words.of(title, glossary),
        units=units_of(document, passage, glossary),
    )


def passage_coverage(terms: Terms, view: View) -> float:
    """Return how much of the question the passage says, its headings and title counting less."""
    return terms.coverage(((view.words, 1.0), (view.head, 0.7), (view.title, 0.5)))


def credits_above(terms: Terms, view: View) -> list[float]:
    """Return what a passage's headings and title say of the question, to start its units from."""
    return terms.credits(((view.head, 0.6), (view.title, 0.4)))


def unit_coverage(terms: Terms, unit: Unit, above: Sequence[float], *, runs_on: bool = False) -> float:
    """Return how much of the question one unit says, what stands above it counting less.

    Args:
        runs_on: Count the sentence before it too: "Nhân rộng mô hình X. Đã giúp 30 người" tells of X.
    """
    layers = [(unit.words, 1.0), (unit.lead_words, 0.8)]
    if runs_on:
        layers.append((unit.before, _SENTENCE_BEFORE))
    return terms.coverage(layers, above)
