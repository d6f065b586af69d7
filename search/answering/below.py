"""A heading or a line that leads on, and all that stands below it: an item a line, each quoted."""

from __future__ import annotations

import re

from corpus.records import Document
from corpus.structure.sentences import split_sentences
from search.answering.lines import bare_line, first_words
from search.documents.sources import brief_source, quotation
from search.hits import Answer, Quotation

_MOST = 8  # items of one answer
_SHOWN = 40  # words of one item
_FEW = 2
_FAREWELL = re.compile(r"[\s*_]*Trên đây là\b")  # it closes the document, not its last part

LEAD = re.compile(r"[^\n]{2,70}:[\s*_]*$", re.MULTILINE)  # a line that leads on: "Đến năm 2025:"

Span = tuple[int, int]


def listed_below(document: Document, head: Span, body: Span) -> Answer | None:
    """Return a heading and what stands below it, an item a line, each quoted."""
    heading = quotation(document, *head)
    quotes: list[Quotation] = []
    more = False
    for start, end in _sentences(document, *body):
        if len(quotes) >= _MOST:
            more = True
            break
        quotes.append(quotation(document, start, end))
    if not quotes:
        return None
    title = bare_line(heading.quote).rstrip(":. ")
    lines = [f"{title}:"]
    for quoted in quotes:  # few items are shown whole: what is asked for may end them
        line = bare_line(quoted.quote)
        lines.append(f"- {line if len(quotes) <= _FEW else first_words(line, _SHOWN)}")
    lines.append(f"({brief_source(document, heading)})")
    if more:
        lines.append("(Mục này còn tiếp; xin anh/chị mở văn bản để đọc đủ.)")
    return Answer("\n".join(lines), abstained=False, citations=tuple(dict.fromkeys((heading, *quotes))))


def _sentences(document: Document, start: int, end: int) -> list[Span]:
    spans = [(start + a, start + b) for a, b in split_sentences(document.text[start:end])]
    return [(a, b) for a, b in spans if not _FAREWELL.match(document.text, a)]
