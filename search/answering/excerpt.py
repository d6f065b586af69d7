"""Which stretch of a long sentence or list to quote: the one that holds what was asked for."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.records import Document
from corpus.structure.sentences import split_paragraphs
from corpus.text import clean, fold
from search.answering.clauses import words_told
from search.answering.enumerated import in_runs, whole_list
from search.asking.expect import expected_spans, needs_span
from search.documents.sources import MAX_QUOTE
from search.query import Query
from search.ranking.evidence import Unit

Span = tuple[int, int]

# What is told of a person beside the name, in figures; and a telephone number by itself, which no amount is.
_PRIVATE = re.compile(
    r"(?<!\w)(?:sinh ngày|ngày sinh|(?:số )?điện thoại|SĐT|ĐT|CCCD|CMND|(?:số )?căn cước(?: công dân)?"
    r"|số tài khoản)[:\s]{0,3}(?:số[:\s]{1,2})?\d[\d./\- ]*\d"
    r"|(?<![\d.,/])0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}(?![\d.,]*\d|\s?(?:đ|đồng|d)\b)",
    re.IGNORECASE,
)
_ASKS_PRIVATE = re.compile(
    r"sinh ngày|sinh năm|ngày sinh|tuổi|điện thoại|sđt|số máy|liên hệ|cccd|cmnd|căn cước|tài khoản"
)
_MOST_BETWEEN = 3  # quotations of one sentence with what is private left out
_CUT = re.compile(r"[;:,.](?=\s)")
_LABEL = re.compile(r"[-+•*_\s]*([^\W\d_][^\n:;,.]{2,60}):\s")
_MOST_UNDER_LABEL = 2  # quotations that an enumeration is given in


def stretches(document: Document, query: Query, unit: Unit) -> list[Span]:
    """Return the spans of `document.text` to quote for a unit, in order, each at most 400 characters.

    An enumeration under a label that the question names ("Nguyên nhân: ...; ..."), or of what it asks for
    several of, is given to its end, as far as two or three quotations hold it. Of a sentence too long to
    quote, the clauses that hold the figure asked for, or say most of the question, are taken.
    """
    if listed := _under_label(document, query, unit):
        return listed
    if not needs_span(query.asks) and (listed := whole_list(document, query.words, unit)):
        return listed
    whole = (unit.start, unit.end)
    if unit.end - unit.start > MAX_QUOTE:
        whole = _telling(document.text, query, *whole)
    return _without_private(document.text, query, whole)


def _without_private(text: str, query: Query, span: Span) -> list[Span]:
    """Return the parts of a span that tell no person's birthday, telephone or papers and say what is asked.

    The whole span where it tells none, or where the question asks for them.
    """
    start, end = span
    private = [(start + m.start(), start + m.end()) for m in _PRIVATE.finditer(text[start:end])]
    if not private or _ASKS_PRIVATE.search(query.words.lower()):
        return [span]
    edges = [start, *(edge for pair in private for edge in pair), end]
    parts = [_trimmed(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    wanted = {fold(k) for k in query.keywords}
    telling = [
        (a, b)
        for a, b in parts
        if wanted & set(re.findall(r"\w+", fold(text[a:b]))) or expected_spans(query.asks, query, text[a:b])
    ]
    return telling[:_MOST_BETWEEN] or [span]


def _trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without the white space, commas and opened brackets at its edges."""
    part = text[start:end]
    left = len(part) - len(part.lstrip(" \n,;:)-–"))
    return (start + left, max(start + left, start + len(part.rstrip(" \n,;:(-–"))))


def _under_label(document: Document, query: Query, unit: Unit) -> list[Span]:
    """Return the enumeration that `unit` opens, cut at its semicolons; empty where it opens none."""
    if needs_span(query.asks):
        return []
    label = _LABEL.match(document.text, unit.start, unit.end)
    if not label or not set(fold(label[1]).split()) <= {fold(k) for k in re.findall(r"\w+", query.words)}:
        return []
    end = next((b for a, b in split_paragraphs(document.text) if a <= unit.start < b), unit.end)
    if end <= unit.end and end - unit.start <= MAX_QUOTE:
        return []
    return in_runs(document.text, unit.start, end, _MOST_UNDER_LABEL)


def _telling(text: str, query: Query, start: int, end: int) -> Span:
    """Return the run of clauses within [start, end) of at most 400 characters that tells most."""
    cuts = [start, *(start + m.end() for m in _CUT.finditer(text[start:end])), end]
    asked = [fold(k) for k in query.keywords]
    wanted, pairs = set(asked), set(pairwise(asked))
    whole = clean(text[start:end], start)  # which figure answers is told by all of the sentence
    answering = [whole.span(*span) for span in expected_spans(query.asks, query, whole.text)]
    best, best_worth = (start, start + MAX_QUOTE), (-1, -1, -1)
    for n, begin in enumerate(cuts[:-1]):
        begin += len(text[begin:end]) - len(text[begin:end].lstrip())
        ends = [c for c in cuts[n + 1 :] if c - begin <= MAX_QUOTE]
        stop = ends[-1] if ends else begin + MAX_QUOTE
        line = clean(text[begin:stop]).text
        spans = expected_spans(query.asks, query, line) if needs_span(query.asks) else []
        # What counts first is how much of the question the clause says that the figure stands in.
        in_clause = max((words_told(query, line, span) for span in spans), default=0)
        words = re.findall(r"\w+", fold(line))
        worth = (
            int(not needs_span(query.asks) or any(begin <= a and b <= stop for a, b in answering)),
            in_clause,
            len(wanted & set(words)) + len(pairs & set(pairwise(words))),
        )
        if worth > best_worth:
            best, best_worth = (begin, stop), worth
    return best
