"""What a body has to do where no heading names it: the sentences that open with its name."""

from __future__ import annotations

import re

from corpus.records import Document
from corpus.structure.sentences import split_sentences
from corpus.text import collapse, fold
from corpus.words.glossary import Glossary
from search.answering.lines import bare_line, first_words
from search.asking.matching import write_out
from search.documents.sources import brief_source, quotation
from search.hits import Answer, Quotation
from search.query import Query

_SHOWN = 40  # words of one sentence
_MOST = 6  # sentences of one answer
_LEAST = 2  # words of a name; one alone names no body
_BEFORE = re.compile(r"^(?:(?:o|cac|the|theo|vay)\s)+")
_BEHIND = re.compile(r"(?:\s(?:phai|duoc|can|co|thi|se|o))+$")


def body_named(query: Query, end: int, glossary: Glossary) -> str:
    """Return the body named in a question's words before `end`: folded, written out, without its province."""
    words = query.words[:end]
    for place in query.places:
        words = re.sub(rf"\b{re.escape(place)}\b", " ", words, flags=re.IGNORECASE)
    return _BEHIND.sub("", _BEFORE.sub("", _plain(words, glossary)))


def told_of(body: str, document: Document, glossary: Glossary) -> Answer | None:
    """Return the sentences that open with a body's name; None where there are none.

    Args:
        body: As `body_named` gives it; "" for none.
    """
    if len(body.split()) < _LEAST:
        return None
    quotes: list[Quotation] = []
    for start, end in split_sentences(document.text):
        line = bare_line(document.text[start:end])
        if (
            opens_with(body, line, glossary)
            and line[-1:] in ".;"
            and start >= document.body_start
            and len(quotes) < _MOST
        ):
            quotes.append(quotation(document, start, end))
    if not quotes:
        return None
    lines = []
    for quoted in quotes:  # one is shown whole: what is asked for may end it
        words = bare_line(quoted.quote)
        words = words if len(quotes) == 1 else first_words(words, _SHOWN)
        lines.append(f"- {words} ({brief_source(document, quoted)})")
    return Answer("\n".join(lines), abstained=False, citations=tuple(quotes))


def opens_with(body: str, line: str, glossary: Glossary) -> bool:
    """Whether a line opens with a body's name, as `body_named` gives it, "các" left out."""
    return f"{_BEFORE.sub('', _plain(line, glossary))} ".startswith(f"{body} ")


def _plain(text: str, glossary: Glossary) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(write_out(collapse(text), glossary))))
