"""Words of a document as lines of an answer: one line, shortened, its figures emphasised, its notes below."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.footnotes import notes_of
from corpus.records import Document
from corpus.text import clean, fold
from search.expect import expected_spans, figure_spans, needs_span
from search.hits import Quotation
from search.listing import MOST_SHOWN
from search.query import Query
from search.sources import quotation


def embolden(query: Query, text: str) -> str:
    """Return `text` with the figures that answer between ** and **."""
    spans = expected_spans(query.asks, query, text) if needs_span(query.asks) else figure_spans(text)
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

    >>> telling_words("Một hai ba bốn năm sáu", {"nam", "sau"}, 2)
    '… năm sáu'
    """
    words, most = line.split(), min(most, MOST_SHOWN)
    keys = [fold(w).strip('.,;:()“”"') for w in words]
    starts = range(max(1, len(words) - most + 1))
    at = max(starts, key=lambda i: len({k for k in keys[i : i + most] if k in telling}))
    return ("… " if at else "") + first_words(" ".join(words[at:]), most)


def noted(document: Document, quotes: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Quote the footnotes of the sentences quoted: what qualifies a figure is shown with it."""
    notes = {n for q in quotes for n in notes_of(document, q.start, q.end)}
    return tuple(quotation(document, n.start, n.end) for n in sorted(notes, key=lambda n: n.start))


def note_line(note: Quotation) -> str:
    words = re.sub(r"^[\[(^]*\w{1,3}[\])]*\s?[:.]?\s", "", bare_line(note.quote))
    return f"{note.section}: {words}"
