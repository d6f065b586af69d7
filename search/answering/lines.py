"""Words of a document as lines of an answer: one line, shortened, its figures emphasised, its notes below."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.figures.quantities import find_quantities
from corpus.records import Document
from corpus.structure.footnotes import notes_of
from corpus.text import clean, fold
from search.answering.clauses import figures_told_of
from search.answering.listing import MOST_SHOWN
from search.asking.expect import needs_span
from search.asking.howmany import figure_spans
from search.documents.sources import MAX_QUOTE, quotation
from search.hits import Quotation
from search.query import Query

_NO_FIGURES = ("who", "reason", "place", "documents", "directives", "recipients", "signer", "about")
_STOPS = tuple('.;:!?…)”"')
_LAST_WORD = 20  # characters by which a quotation that is cut at a word falls short of the most it may have
_QUANTITIES = ("count", "target", "text")


def embolden(query: Query, text: str) -> str:
    """Return `text` with the figures, dates or numbers that answer between ** and **.

    A question for a reason, a body, a place or for documents is not answered by a figure; and what only
    looks like one (a date, a year, "Covid-19", a document's number) answers none.
    """
    if query.asks in _NO_FIGURES:
        return text
    spans = figures_told_of(query, text) if needs_span(query.asks) else figure_spans(text)
    if query.asks in _QUANTITIES:
        told = [(q.start, q.end) for q in find_quantities(text)]
        spans = [(a, b) for a, b in spans if any(start < b and a < end for start, end in told)]
    out, at = [], 0
    for start, end in sorted(spans):
        if start < at:
            continue
        out += [text[at:start], "**", text[start:end], "**"]
        at = end
    return "".join([*out, text[at:]])


def bare_line(quote: str) -> str:
    """Return a quote as one line without its bullet or item number.

    >>> bare_line("- 1.4. Giới thiệu **30** đoàn viên")
    'Giới thiệu 30 đoàn viên'
    """
    return re.sub(r"^(?:[-+•*–]\s*|\d{1,2}(?:\.\d{1,2})*\.\s+|[a-zđ]\)\s+)+", "", clean(quote).text)


def first_words(line: str, most: int = MOST_SHOWN) -> str:
    words, most = line.split(), min(most, MOST_SHOWN)
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def telling_words(line: str, telling: Collection[str], most: int) -> str:
    """Return the `most` words of a line that say most of `telling` (folded), the first of such stretches.

    A stretch that begins behind a comma or semicolon is taken where it says as much but for one word.

    >>> telling_words("Một hai ba bốn năm sáu", {"nam", "sau"}, 2)
    '… năm sáu'
    """
    words, most = line.split(), min(most, MOST_SHOWN)
    keys = [fold(w).strip('.,;:()“”"') for w in words]
    starts = range(max(1, len(words) - most + 1))

    def told(i: int) -> int:
        return len({k for k in keys[i : i + most] if k in telling})

    at = max(starts, key=told)
    clauses = [i for i in range(len(words)) if i == 0 or words[i - 1][-1] in ",;:."]
    clause = max(clauses, key=told)
    at = clause if told(clause) >= told(at) - 1 else at
    return ("… " if at else "") + first_words(" ".join(words[at:]), most)


def around(before: str, after: str, most: int) -> str:
    """Return about `most` words about a place in a line: of what stands before it the last clause.

    >>> around("Quán triệt nghị quyết; tiếp tục thực hiện", "Chỉ thị số 5-CT/TW", 20)
    '… tiếp tục thực hiện Chỉ thị số 5-CT/TW'
    """
    words, most = before.split(), min(most, MOST_SHOWN)
    room = max(4, most // 2)
    opens = [i for i in range(len(words)) if i == 0 or words[i - 1][-1] in ";:."]
    commas = [i for i in range(1, len(words)) if words[i - 1][-1] in ","]
    fitting = [i for i in opens if len(words) - i <= room] or [i for i in commas if len(words) - i <= room]
    at = fitting[-1] if fitting and fitting[-1] in opens else min(fitting, default=max(0, len(words) - room))
    return ("… " if at else "") + first_words(" ".join([*words[at:], *after.split()]), most)


def noted(document: Document, quotes: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Quote the footnotes of the clauses quoted: what qualifies a figure is shown with it."""
    notes = {n for q in quotes for n in notes_of(document, q.start, q.end)}
    return tuple(quotation(document, n.start, n.end) for n in sorted(notes, key=lambda n: n.start))


def note_line(note: Quotation) -> str:
    """Return a note as a line of an answer; one that goes on beyond what is quoted ends in "…"."""
    words = re.sub(r"^[\[(^]*\w{1,3}[\])]*\s?[:.]?\s", "", bare_line(note.quote))
    goes_on = len(note.quote) > MAX_QUOTE - _LAST_WORD and words[-1:] not in _STOPS
    return f"{note.section}: {words}{'…' if goes_on else ''}"
