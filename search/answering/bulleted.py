"""Lists of items below a line: whoever asks for several of what the line names is given all of them."""

from __future__ import annotations

import re

from corpus.records import Document
from corpus.structure.sentences import split_paragraphs
from search.answering.below import listed_below
from search.answering.enumerated import names_it, several_of
from search.hits import Answer
from search.query import Query
from search.rerank import Candidate

_BULLET = re.compile(r"[-+•*–●▪◦○]|\(?[a-zđ0-9]{1,2}[.)](?=\s)")


def all_items(query: Query, best: Candidate, document: Document) -> Answer | None:
    """Return the items below the line that governs the words found, where it names what is asked for.

    None where the question asks for no list, no line governs these words, or they are no item of a list.
    """
    what, unit = several_of(query.words), best.unit
    if query.asks != "text" or not what or unit is None or not names_it(what, unit.lead):
        return None
    section = document.section_at(unit.lead_start)
    upto = section.end if section else len(document.text)
    items = split_paragraphs(document.text[unit.lead_end : upto])
    kinds = [_kind(document.text[unit.lead_end + start : upto]) for start, _ in items]
    n = next((n for n, kind in enumerate(kinds) if kind != kinds[0]), len(kinds))
    if n < 2 or not kinds[0] or not unit.lead_end <= unit.start < unit.lead_end + items[n - 1][1]:
        return None
    return listed_below(
        document, (unit.lead_start, unit.lead_end), (unit.lead_end, unit.lead_end + items[n - 1][1])
    )


def _kind(line: str) -> str:
    """Return what kind of bullet a line begins with: "-" of "- Một", "a)" of "b) Hai"; "" for none."""
    bullet = _BULLET.match(line)
    return re.sub(r"\w+", "a", bullet[0]) if bullet else ""
