"""Questions that compare what the table of chỉ tiêu cannot join: the words of each part, side by side.

Each year or place is asked about by itself; only what is answered plainly is set beside the others, and
the answer says that the words may speak of different things. Two documents are set side by side by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from search.answer import ONLY_A_RESULT, ONLY_A_TARGET
from search.answering.compared import (
    Comparison,
    asks_to_compare,
    compare,
    kind_asked,
    names_comparing,
    subject_asked,
    years_asked,
)
from search.answering.figurekeys import unsupported
from search.asking.asks import Asks
from search.documents import facts
from search.documents.shelf import Shelf
from search.documents.sources import brief_source
from search.hits import Answer, Quotation
from search.query import Query

if TYPE_CHECKING:
    from search.engine import Engine

DIFFERENT_WORDS = "(Các chỗ trên dùng lời khác nhau; xin anh/chị đọc kỹ trước khi so sánh.)"
AT_THE_DESK = "(Muốn xem từng chỗ khác nhau của hai văn bản, anh/chị mở trang Soạn thảo, phần so sánh.)"
_MOST_PARTS = 4  # years or places set side by side


def compared_answer(engine: Engine, query: Query, allowed: frozenset[str] | None) -> Answer | None:
    """Return what answers a question that compares years, places or documents; None for any other.

    Args:
        allowed: Ids of the documents to read; None for all.
    """
    if not asks_to_compare(query):
        return None
    comparison = compare(engine, query, allowed=allowed)
    wanted = _parts_without_a_row(query, comparison)
    found = {part: told for part in wanted if (told := _said_of(engine, query, part, allowed))}
    rows = comparison if comparison and comparison.rows else None
    if not found:
        worth_telling = rows and (rows.compares or _asks_for_figures(query))
        return rows.answer(engine.document) if rows and worth_telling else None
    lines: list[str] = []
    quotes: list[Quotation] = []
    if rows is not None:
        left = tuple(part for part in rows.missing if part not in found)
        table = replace(rows, missing=left).answer(engine.document)
        lines.append(table.text)
        quotes += table.citations
    for part, (said, _) in found.items():
        words, _, _ = said.text.partition("\n")
        lines.append(f"- {part[:1].upper()}{part[1:]}: {words} ({_source(engine, said.citations[-1])})")
        quotes += said.citations
    for _, told_when in found.values():
        quotes += told_when
    if rows is None and (missing := [part for part in wanted if part not in found]):
        lines.append(_not_seen(missing))
    lines.append(DIFFERENT_WORDS)
    return Answer("\n".join(lines), abstained=False, citations=tuple(dict.fromkeys(quotes)))


def _parts_without_a_row(query: Query, comparison: Comparison | None) -> tuple[str, ...]:
    """Return the places, or the years, that the question sets side by side and the table says nothing of."""
    parts = _parts(query)
    if comparison is None or not comparison.rows:
        return parts
    return tuple(part for part in parts if part in comparison.missing)


def _asks_for_figures(query: Query) -> bool:
    """Whether figures are compared: then one of them, and which are not there, is worth telling."""
    return query.asks in ("target", "count", "percent", "money") or kind_asked(query) is not None


def _parts(query: Query) -> tuple[str, ...]:
    """Return the places, or the years, that a question sets side by side; empty where they are too many."""
    parts = query.places if len(query.places) > 1 else tuple(f"năm {year}" for year in years_asked(query))
    return parts if 2 <= len(parts) <= _MOST_PARTS else ()


def with_parts_not_seen(query: Query, answer: Answer) -> Answer:
    """Return a plain answer to a question that compares, with the parts told of which nothing was quoted."""
    if not asks_to_compare(query) or answer.abstained or answer.unsure:
        return answer
    said = " ".join(words for quoted in answer.citations for words in (quoted.quote, quoted.source))
    missing = [part for part in _parts(query) if part.removeprefix("năm ") not in said]
    if not missing:
        return answer
    return replace(answer, text=f"{answer.text}\n{_not_seen(missing)}")


def _not_seen(parts: Sequence[str]) -> str:
    return f"Chưa thấy nội dung này của {', '.join(parts)}."


def _said_of(
    engine: Engine, query: Query, part: str, allowed: frozenset[str] | None
) -> tuple[Answer, tuple[Quotation, ...]] | None:
    """Return the plain answer about one part, and where its document tells its year if the words do not.

    None where there is none.
    """
    asks: Asks = "target" if query.asks == "text" and kind_asked(query) == "target" else query.asks
    what = "chỉ tiêu " if asks == "target" else ""
    asked = engine.understand(f"{what}{subject_asked(query)} {part}")
    if len(query.places) == 1:
        asked = replace(asked, places=query.places, towns=query.towns)
    if asks_to_compare(asked):  # a place left in the subject ("TPHCM"): it would be asked about without end
        return None
    answer = engine.ask(asked.text, 1, query=replace(asked, asks=asks), allowed=allowed).answer
    if answer.abstained or answer.unsure or answer.fact or answer.text.startswith("- "):
        return None
    if answer.text.startswith((ONLY_A_TARGET, ONLY_A_RESULT)):
        return None  # what was reached is not set beside what was set
    said = [quoted.quote for quoted in answer.citations]
    if not unsupported(part, said):
        return answer, ()
    fact = facts.about(engine.document(answer.citations[-1].doc_id))
    told = fact.quotations if fact else ()
    return None if unsupported(part, [*said, *(quoted.quote for quoted in told)]) else (answer, told)


def _source(engine: Engine, quoted: Quotation) -> str:
    return brief_source(engine.document(quoted.doc_id), quoted)


def documents_together(query: Query, shelf: Shelf) -> Answer | None:
    """Return what each of two or more documents is, where a question compares them by number; else None."""
    named = {*query.numbers, *query.serials}
    if len(named) < 2 or not names_comparing(query):
        return None
    meant = [p.doc_id for p in shelf.profiles.values() if {p.number, p.serial} & named]
    told = [fact for doc_id in sorted(meant) if (fact := facts.about(shelf.document(doc_id)))]
    if len(meant) != len(named) or len(told) != len(named):
        return None
    first = [(fact, fact.quotations[0]) for fact in told]
    lines = [f"- {fact.text} ({brief_source(shelf.document(q.doc_id), q)})" for fact, q in first]
    quotes = tuple(q for fact in told for q in fact.quotations)
    return Answer("\n".join([*lines, AT_THE_DESK]), abstained=False, citations=quotes)
