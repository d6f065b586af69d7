"""Figures that another document gives differently: said beside the answer, with both places.

Only documents near the question are looked at, and only rows of one subject, time and kind: of one area, or
of a document that the words quoted name themselves ("theo Kế hoạch số 12/KH-LĐLĐ ... 80%").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.records import Target
from corpus.text import fold
from search.documents.shelf import Shelf
from search.documents.sources import brief_source
from search.hits import Answer
from search.indicators import Indicator, IndicatorTable
from search.tables.figures import contradict, measure_of, written
from search.tables.reported import find_conflicts

_ALIKE = 0.5  # share of the shorter subject's words that another must say to be looked at closely
_MOST = 2  # lines of one answer


def with_disputed_figures(answer: Answer, near: Iterable[str], shelf: Shelf) -> Answer:
    """Return `answer` with a line for each figure it quotes that another document gives differently.

    Args:
        near: Ids of the documents found near the question.
    """
    if answer.abstained or answer.unsure or answer.fact or not answer.citations:
        return answer
    quoted = answer.citations[-1]
    document = shelf.document(quoted.doc_id)
    targets = [t for t in document.targets if t.period and t.start < quoted.end and quoted.start < t.end]
    named = {c.number for c in document.citations if c.number and quoted.start <= c.start < quoted.end}
    held = [p.doc_id for p in shelf.profiles.values() if p.number in named] if named and targets else []
    others = (
        [shelf.document(d) for d in dict.fromkeys((*near, *held)) if d != quoted.doc_id] if targets else []
    )
    others = [other for other in others if any(_may_differ(t, o) for t in targets for o in other.targets)]
    if not others:
        return answer
    rows = IndicatorTable.of([document, *others], shelf.glossary).rows
    own = [r for r in rows if r.quotation.doc_id == quoted.doc_id and r.target in targets]
    lines, quotes = [answer.text], list(answer.citations)
    for said in _otherwise(own, rows, frozenset(held))[:_MOST]:
        place = brief_source(shelf.document(said.quotation.doc_id), said.quotation)
        lines.append(f"Lưu ý: văn bản khác ghi {written(said.target)} cho chỉ tiêu này ({place})")
        quotes.append(said.quotation)
    return replace(answer, text="\n".join(lines), citations=tuple(dict.fromkeys(quotes)))


def _otherwise(own: Sequence[Indicator], rows: Sequence[Indicator], named: frozenset[str]) -> list[Indicator]:
    """Return the rows that cannot hold together with one of `own`, each document once."""
    mine = {id(row) for row in own}
    found = [
        other
        for conflict in find_conflicts(rows)
        for one, other in ((conflict.one, conflict.other), (conflict.other, conflict.one))
        if id(one) in mine and id(other) not in mine
    ]
    found += [
        row
        for row in rows
        if row.quotation.doc_id in named and any(_same_matter(row, one) and row.sure for one in own)
    ]
    return list({row.quotation.doc_id: row for row in reversed(found)}.values())[::-1]


def _same_matter(row: Indicator, one: Indicator) -> bool:
    """Whether two rows are of one subject, time and kind, and their figures cannot both hold."""
    if (row.group_id, row.target.period, row.target.kind) != (
        one.group_id,
        one.target.period,
        one.target.kind,
    ):
        return False
    return contradict(row.target, one.target)


def _may_differ(one: Target, other: Target) -> bool:
    """Whether two figures could be of one subject: a cheap look before the table is made."""
    if (one.kind, one.period) != (other.kind, other.period) or measure_of(one) != measure_of(other):
        return False
    first, second = set(fold(one.subject).split()), set(fold(other.subject).split())
    return contradict(one, other) and len(first & second) >= _ALIKE * min(len(first), len(second))
