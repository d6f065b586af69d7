"""What an abbreviation stands for: as a document defines it, else as the program's own list has it."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.records import Document
from corpus.text import fold
from corpus.words.glossary import SHIPPED, Entry, Glossary
from search.asking.asks import ask_key
from search.documents.facts import find_in
from search.documents.sources import brief_source, quotation
from search.hits import Answer
from search.query import Query

_MEANS = re.compile(r"\b(?:la gi|nghia la|co nghia|viet tat|la (?:tu|chu|cum tu) gi)\b")
_CAPITALS = re.compile(r"(?<![\w/-])(?=\w*[A-ZĐ]\w*[A-ZĐ])[A-ZĐ][A-ZĐa-zđ&]+(?![\w/-])")
_ASIDE = frozenset("nghia viet tat tu chu cum gi la ban day du vay".split())


def abbreviation_answer(
    query: Query, glossary: Glossary, document_of: Callable[[str], Document]
) -> Answer | None:
    """Return what the one abbreviation that a question is about stands for; None for any other question."""
    found = set(_CAPITALS.findall(query.text))
    if len(found) != 1 or query.numbers or not _MEANS.search(ask_key(query.words)):
        return None
    (short,) = found
    if {fold(k) for k in query.keywords} - _ASIDE - {fold(short)}:
        return None
    entries = sorted(
        (e for e in glossary.entries if e.abbreviation == short), key=lambda e: e.how != "defined"
    )
    for entry in entries:
        if entry.how == "defined" and (answer := _as_defined(entry, document_of)):
            return answer
    if not entries:
        return None
    meanings = "; ".join(dict.fromkeys(entry.expansion for entry in entries))
    said = f"{short}: {meanings} (theo danh mục chữ viết tắt của chương trình, không trích từ văn bản nào)."
    return Answer(said, abstained=True, courtesy=True)


def _as_defined(entry: Entry, document_of: Callable[[str], Document]) -> Answer | None:
    """Return the words by which a document defines an abbreviation."""
    if entry.source == SHIPPED:
        return None
    try:
        document = document_of(entry.source)
    except KeyError:
        return None
    span = find_in(document, f"{entry.expansion} ({entry.abbreviation})")
    if span is None:
        return None
    quoted = quotation(document, *span)
    text = f"{entry.abbreviation}: **{entry.expansion}**\n({brief_source(document, quoted)})"
    return Answer(text, abstained=False, citations=(quoted,))
