"""Passages looked at closely: their sentences, what stands above them, what they say of a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.glossary import Glossary

from corpus.records import Document, Passage
from corpus.sentences import split_clauses, split_sentences
from corpus.text import clean
from search.matching import Term, Words, coverage
from search.profile import years_said
from search.sources import MAX_QUOTE

_LEAD = re.compile(r"[^\n]{2,80}:[\s*]*$")  # "* Đến năm 2025:" governs the items below it
_LONG = 240  # characters: a longer sentence is offered clause by clause as well


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, clause or list item: what an answer can quote.

    Attributes:
        start, end: Half-open, in characters of `Document.text`.
        text: The same, cleaned, one line.
        lead: The line ending in ":" that governs it, cleaned; "" for none.
    """

    start: int
    end: int
    text: str
    words: Words
    lead: str
    lead_words: Words

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
    """Cut a passage into the units an answer can quote, each at most 400 characters."""
    empty = Words(frozenset(), frozenset())
    units: list[Unit] = []
    lead, lead_words = "", empty
    text = passage.text
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        spans.append((start, end))
        if end - start > _LONG:
            spans += [
                (start + a, start + b) for a, b in split_clauses(text[start:end]) if b - a < end - start
            ]
    for start, end in spans:
        line = clean(text[start:end]).text
        if not line:
            continue
        words = Words.of(line, glossary)
        # subtle: only a whole short line ending in ":" governs what follows it.
        if _LEAD.fullmatch(text[start:end].strip()):
            lead, lead_words = line, words
            continue
        end = min(end, start + MAX_QUOTE)
        units.append(Unit(passage.start + start, passage.start + end, line, words, lead, lead_words))
    if not units and lead:
        units.append(
            Unit(passage.start, passage.start + min(len(text), MAX_QUOTE), lead, lead_words, "", empty)
        )
    return tuple(units)


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


def passage_coverage(terms: Sequence[Term], view: View, *, marked: bool) -> float:
    """Return how much of the question the passage says, its headings and title counting less."""
    return coverage(terms, ((view.words, 1.0), (view.head, 0.7), (view.title, 0.5)), marked=marked)


def unit_coverage(terms: Sequence[Term], view: View, unit: Unit, *, marked: bool) -> float:
    """Return how much of the question one unit says, what stands above it counting less."""
    layers = ((unit.words, 1.0), (unit.lead_words, 0.8), (view.head, 0.6), (view.title, 0.4))
    return coverage(terms, layers, marked=marked)
