"""What became of a document, as far as the library's documents say so: replaced, repealed, amended, ended.

Nothing is concluded: a document nobody speaks of may have ended too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.citing.relations import Kind
from corpus.citing.works import Work
from search.directing.graph import CHANGES, DirectiveGraph, Edge
from search.directing.standing import work_name

_SAID: Mapping[Kind, str] = {
    "replaces": "đã được thay thế bởi",
    "repeals": "đã bị bãi bỏ bởi",
    "amends": "đã được sửa đổi, bổ sung bởi",
    "ends": "đã hết hiệu lực theo",
}
_IN_PART: Mapping[Kind, str] = {
    "replaces": "có nội dung đã được thay thế bởi",
    "repeals": "có nội dung đã bị bãi bỏ bởi",
    "ends": "có nội dung đã hết hiệu lực theo",
}
# "bãi bỏ khoản 2 Điều 3 của Quyết định số ...", "một số điều của ... hết hiệu lực".
_PART = re.compile(r"\b(?:khoản|điểm|mục|điều|chương)\s+(?:\d|[a-zđ]\b|[IVXLC]+\b)|\bmột số\b", re.IGNORECASE)
_VERB = re.compile(r"bãi bỏ|hủy bỏ|huỷ bỏ|thay thế|thay cho|hết hiệu lực", re.IGNORECASE)
_ORDER: Mapping[Kind, int] = {"replaces": 0, "repeals": 1, "ends": 2, "amends": 3}
_STEPS = 8  # successors followed; a longer chain is a mistake in reading


@dataclass(frozen=True, slots=True)
class Change:
    """One document's word on another.

    Attributes:
        by: The document that says so.
        in_part: Whether only some articles of the other are meant.
    """

    edge: Edge
    by: Work
    in_part: bool

    @property
    def ends(self) -> bool:
        """Whether the other document as a whole is no longer to be gone by."""
        return self.edge.kind != "amends" and not self.in_part


def changes_to(graph: DirectiveGraph, work: Work) -> tuple[Change, ...]:
    """Return what is said to have become of a work: what ends it first, the latest word first."""
    found = [
        Change(edge, graph.work(edge.source), _is_in_part(graph, edge)) for edge in graph.into(work, *CHANGES)
    ]
    found.sort(key=lambda c: c.by.date or "", reverse=True)
    return tuple(sorted(found, key=lambda c: (not c.ends, _ORDER[c.edge.kind])))


def said_of(graph: DirectiveGraph, change: Change) -> str:
    """Return "đã được thay thế bởi Quyết định ...", and what became of that in turn.

    Who cites the older document would otherwise go on to cite the next one that has ended.
    """
    words = (_IN_PART if change.in_part else _SAID)[change.edge.kind]
    said = f"{words} {work_name(change.by)}"
    latest = _successor(graph, change.by) if change.ends else None
    return f"{said}; văn bản này đến lượt mình {latest}" if latest else said


def _successor(graph: DirectiveGraph, work: Work) -> str | None:
    """Return what ended a work that had ended another, at the end of the chain; None where nothing did."""
    seen, last = {work.work_id}, None
    for _ in range(_STEPS):
        change = next((c for c in changes_to(graph, work) if c.ends), None)
        if change is None or change.by.work_id in seen:
            break
        seen.add(change.by.work_id)
        work, last = change.by, f"{_SAID[change.edge.kind]} {work_name(change.by)}"
    return last


def changed_works(graph: DirectiveGraph) -> list[tuple[Work, tuple[Change, ...]]]:
    """Return every work that something is said to have become of: those that ended first, newest first."""
    targets = {edge.target for edge in graph.edges if edge.kind in CHANGES}
    found = [(graph.work(target), changes_to(graph, graph.work(target))) for target in targets]
    found = [(work, changes) for work, changes in found if changes]
    found.sort(key=lambda pair: work_name(pair[0]))
    found.sort(key=lambda pair: pair[0].date or "", reverse=True)
    return sorted(found, key=lambda pair: not pair[1][0].ends)


def _is_in_part(graph: DirectiveGraph, edge: Edge) -> bool:
    """Whether every statement names articles of the document instead of the whole."""
    return edge.kind != "amends" and all(
        (verb := _VERB.search(quote := graph.quote(said).quote)) is not None
        and _PART.search(_about(quote, verb, edge)) is not None
        for said in edge.statements
    )


def _about(quote: str, verb: re.Match[str], edge: Edge) -> str:
    """What a statement says between its verb and the document's number; of "ends" what stands before."""
    if edge.kind == "ends":
        return quote[: verb.start()]
    return re.split(r"(?i)\bsố\b|\d+/|\d+-", quote[verb.end() :], maxsplit=1)[0]
