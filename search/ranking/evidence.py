"""Passages looked at closely: their sentences, what stands above them, what they say of a question.

What does not depend on the question was written down when the index was built (see index.linestore). The
candidates of a question are looked at together, as arrays: for each line, which of the question's terms
it says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from corpus.records import Document, Letterhead, Passage
from corpus.structure.units import row_words
from corpus.text import collapse
from corpus.words.glossary import Glossary
from index.linestore import (
    BEFORE,
    BODY,
    HEAD,
    LEAD_LINE,
    LEAD_ROW,
    LINE,
    N_COLUMNS,
    NAMING,
    ROW,
    TITLE,
    Integers,
    PassageLines,
)
from search.asking.matching import FOLDED_CREDIT, SPOKEN_CREDIT, Terms
from search.ranking.wordlist import Ints, Keys, WordList

Floats = npt.NDArray[np.float64]
_Bools = npt.NDArray[np.bool_]

_SENTENCE_BEFORE = 0.7  # credit of what the sentence before says


class Unit:
    """A sentence, clause or list item: what an answer can quote.

    Attributes:
        place: Which of its passage's units it is.
        start, end: Half-open, in characters of `Document.text`.
        lead_start, lead_end: Where the line stands that governs it; equal for none.
        naming: A heading, a title, a line of the letterhead: it names, and tells nothing.
        length: Characters of `text`.
        line, lead_line: Which of its passage's lines it and what governs it are.
    """

    def __init__(self, view: View, place: int, numbers: Sequence[int]) -> None:
        """Take a row of `PassageLines.sentences`."""
        self._view, self.place = view, place
        self.start, self.end, self.lead_start, self.lead_end = numbers[:4]
        self._flags, self.length = numbers[4], numbers[6]
        self.line, self.lead_line = numbers[LINE], numbers[LEAD_LINE]
        self.naming = bool(self._flags & NAMING)

    @cached_property
    def text(self) -> str:
        """The unit, cleaned, one line."""
        return self._view.line(self.start, self.end, row=bool(self._flags & ROW))

    @cached_property
    def lead(self) -> str:
        """The line ending in ":" that governs it, cleaned; "" for none."""
        return self._view.line(self.lead_start, self.lead_end, row=bool(self._flags & LEAD_ROW))


class View:
    """A passage with its units, which are read when they are asked for."""

    def __init__(
        self, passage: Passage, lines: PassageLines, words: WordList, document: Callable[[], Document]
    ) -> None:
        """Take a passage, its lines as the index holds them, and a way to its document."""
        self.passage, self.lines, self.words = passage, lines, words
        self._document = document

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its sentences, clauses and list items, in order."""
        return tuple(Unit(self, n, numbers) for n, numbers in enumerate(self.lines.sentences.tolist()))

    @property
    def letterhead(self) -> Letterhead:
        """What its document says of itself."""
        return self._document().letterhead

    def folded(self, lines: Sequence[int]) -> frozenset[str]:
        """Return the syllables and adjacent pairs that some of its lines say, without diacritics."""
        ends = np.cumsum(self.lines.lengths)
        said: set[str] = set()
        for line in lines:
            tokens = self.lines.tokens[ends[line] - self.lines.lengths[line] : ends[line]]
            single = self.words.bare_words(tokens.astype(np.int64))
            said.update(single, map("_".join, pairwise(single)))
        return frozenset(said)

    def line(self, start: int, end: int, *, row: bool) -> str:
        """Return a stretch of its document, cleaned; a row of a table with the heads of its columns."""
        if row:
            return row_words(self._document().text, start)
        if self.passage.start <= start and end <= self.passage.end:
            return collapse(self.passage.text[start - self.passage.start : end - self.passage.start])
        return collapse(self._document().text[start:end])


class Said:
    """What passages say of a question, line by line."""

    def __init__(self, terms: Terms, views: Sequence[View]) -> None:
        """Look at passages together; all of one library."""
        self._terms, self._views = terms, views
        counts = [len(view.lines.lengths) for view in views]
        self._first = list(accumulate(counts, initial=0))
        self._first_unit = list(accumulate((len(view.lines.sentences) for view in views), initial=0))
        none = np.zeros((0, N_COLUMNS), dtype=np.int64)
        self._sentences = np.concatenate([none, *(view.lines.sentences for view in views)]).astype(np.int64)
        # Of each unit where the lines of its passage begin.
        first = np.array(self._first[:-1], dtype=np.int64)
        self._passage_line = np.repeat(first, np.diff(self._first_unit))
        lengths = np.concatenate([none[0:0, 0], *(view.lines.lengths for view in views)])
        tokens = np.concatenate([none[0:0, 0], *(view.lines.tokens for view in views)])
        words = views[0].words if views else WordList((), Glossary())
        self._credits = credits_of(terms, words, tokens, lengths)

    def passages(self) -> list[float]:
        """Return how much of the question each passage says, its headings and title counting less."""
        first = np.array(self._first[:-1], dtype=np.int64)
        if not len(first):
            return []
        credits = self._credits[first + BODY]
        for line, credit in ((HEAD, 0.7), (TITLE, 0.5)):
            credits = np.maximum(credits, self._credits[first + line] * credit)
        return coverage_of(self._terms, credits)

    def units(self, n: int, run_on: bool = False) -> list[float]:
        """Return how much of the question each unit of passage `n` says, what stands above it counting less.

        Args:
            run_on: Count the sentence before it too: "Nhân rộng mô hình X. Đã giúp 30 người" tells of X.
        """
        return (self._run_on if run_on else self._alone)[self._first_unit[n] : self._first_unit[n + 1]]

    @cached_property
    def _alone(self) -> list[float]:
        return coverage_of(self._terms, self._unit_credits)

    @cached_property
    def _run_on(self) -> list[float]:
        before = np.where(self._before[:, None] >= 0, self._credits[self._before] * _SENTENCE_BEFORE, 0.0)
        return coverage_of(self._terms, np.maximum(self._unit_credits, before))

    @cached_property
    def _unit_credits(self) -> Floats:
        """(units of all passages, terms): what each says with its lead, its headings and its title."""
        above: Floats = np.maximum(
            self._credits[self._passage_line + HEAD] * 0.6, self._credits[self._passage_line + TITLE] * 0.4
        )
        for line, credit in ((LINE, 1.0), (LEAD_LINE, 0.8)):
            found = self._credits[self._passage_line + self._sentences[:, line]]
            above = np.maximum(above, found * credit)
        return above

    @cached_property
    def _before(self) -> Ints:
        """(units of all passages,): the line of the sentence before each; -1 for none."""
        first = np.repeat(np.array(self._first_unit[:-1], dtype=np.int64), np.diff(self._first_unit))
        before = self._sentences[:, BEFORE] - 1
        line = self._passage_line + self._sentences[first + np.maximum(before, 0), LINE]
        found: Ints = np.where(before >= 0, line, -1)
        return found

    def credits(self, n: int, lines: Sequence[int]) -> list[float]:
        """Return, for each term, how surely any of these lines of passage `n` says it, in [0, 1]."""
        found: list[float] = self._credits[self._first[n] + np.array(lines)].max(axis=0).tolist()
        return found

    def share(self, n: int, line: int) -> float:
        """Return how much of the question one line of passage `n` says."""
        return coverage_of(self._terms, self._credits[[self._first[n] + line]])[0]


def coverage_of(terms: Terms, credits: Floats) -> list[float]:
    """Return the weighted share of the terms that each line says: a row of `credits_of`."""
    weights = np.array(terms.weights)
    # Row by row, so that what says the same scores the same to the last digit.
    found: list[float] = (credits * (weights / (terms.total or 1.0))).sum(axis=1).tolist()
    return found


def credits_of(terms: Terms, words: WordList, tokens: Integers, lengths: Integers) -> Floats:
    """Return (n_lines, n_terms) in [0, 1]: how surely each line says each term.

    Args:
        tokens: The lines end to end, as places in `words`.
        lengths: (n_lines,) tokens of each.
    """
    credits: Floats = np.zeros((len(lengths), len(terms.terms)))
    if not len(lengths) or not terms.terms:
        return credits
    read, source = words.written_out(tokens.astype(np.int64))
    line = np.repeat(np.arange(len(lengths)), lengths)[source]
    folded = Keys(terms.folded_keys, words)
    said = np.zeros((len(lengths), len(folded)), dtype=np.bool_)
    at, key = folded.found(words.bare(read), line)
    said[line[at], key] = True
    bare = FOLDED_CREDIT if terms.marked else 1.0
    credits = np.where(said[:, [folded.number[term.folded] for term in terms.terms]], bare, 0.0)
    for places, official in terms.spoken:
        says = said[:, [folded.number[token] for token in official]].all(axis=1)
        for place in places:
            credits[says, place] = np.maximum(credits[says, place], SPOKEN_CREDIT)
    exact = Keys(terms.exact_keys, words)
    at, key = exact.found(read, line)
    credits[line[at], np.array(list(terms.exact_keys.values()), dtype=np.int64)[key]] = 1.0
    return credits
