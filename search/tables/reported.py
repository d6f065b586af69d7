"""What became of a chỉ tiêu: results beside the targets they report on, conflicts, and series over time.

A result is set beside a target only where both are of one subject and of one office's area. Whether it
reaches the target is said only where unit, bound and time allow it; else why not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from search.indicators import Indicator
from search.tables.figures import Verdict, contradict, judge, measure_of, period_name, same_time, written

VERDICTS: dict[Verdict, str] = {"reached": "đạt", "missed": "chưa đạt", "unknown": "không so được"}
"""A verdict as people read it."""


@dataclass(frozen=True, slots=True)
class Match:
    """A target and a result of the same subject, area and time.

    Attributes:
        verdict: "reached", "missed", or "unknown" where nothing can be claimed.
        reason: Why nothing can be claimed, in Vietnamese; "" for a verdict.
    """

    target: Indicator
    result: Indicator
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two documents that give different figures for one subject, area, time and kind."""

    one: Indicator
    other: Indicator


@dataclass(frozen=True, slots=True)
class Line:
    """One place's figures of a subject over time: a line of a chart.

    Attributes:
        place: Province, "Toàn quốc", or the issuer where the figure is of less than a province.
        kind: "target" or "result"; the two never share a line.
        points: (period, row), oldest first.
    """

    place: str
    kind: str
    points: tuple[tuple[str, Indicator], ...]


def match_results(rows: Iterable[Indicator]) -> list[Match]:
    """Return, for each target that something reports on, the results, in the table's order.

    Results of another time are left out unless they are of a part of the target's time; these are
    listed and not judged.
    """
    rows = list(rows)
    results: defaultdict[tuple[str, str | None], list[Indicator]] = defaultdict(list)
    for row in rows:
        if row.sure and row.scope and row.target.kind == "result":
            results[row.subject_id, row.scope].append(row)
    found: list[Match] = []
    for row in rows:
        if row.target.kind != "target" or not row.sure or not row.scope:
            continue
        for result in results.get((row.subject_id, row.scope), ()):
            if row.years & result.years:
                found.append(_judged(row, result))
    return found


def _judged(target: Indicator, result: Indicator) -> Match:
    goal, done = target.target, result.target
    measure = measure_of(goal)
    if measure != measure_of(done):
        reason = f"đơn vị khác nhau ({written(goal)}; {written(done)})"
        return Match(target, result, "unknown", reason)
    up_to = (goal.period or "").startswith("..") != (done.period or "").startswith("..")
    if not same_time(goal.period, done.period) or (
        # "Đến năm 2025" counts all the years before, "năm 2025" only its own.
        up_to and measure != "%" and not (done.period or "").startswith("..")
    ):
        reason = f"chỉ tiêu cho {period_name(goal.period)}, kết quả của {period_name(done.period)}"
        return Match(target, result, "unknown", reason)
    verdict = judge(goal, done)
    reason = "" if verdict != "unknown" else "cách nêu con số không cho phép kết luận"
    return Match(target, result, verdict, reason)


def find_conflicts(rows: Iterable[Indicator]) -> list[Conflict]:
    """Return the pairs of rows of different documents that cannot both hold, in the table's order."""
    said: defaultdict[tuple[str, str, str, str], list[Indicator]] = defaultdict(list)
    for row in rows:
        if row.sure and row.scope and row.target.period:
            said[row.group_id, row.scope, row.target.period, row.target.kind].append(row)
    return [
        Conflict(one, other)
        for together in said.values()
        for one, other in combinations(together, 2)
        if contradict(one.target, other.target)  # of one document none that differ are sure
    ]


def series_of(rows: Iterable[Indicator]) -> list[Line]:
    """Return the lines of a chart of one group's rows: one for each place and kind, points by time.

    Raises:
        ValueError: The rows are of more than one group; their figures do not belong on one axis.
    """
    lines: defaultdict[tuple[str, str], list[Indicator]] = defaultdict(list)
    groups: set[str] = set()
    for row in rows:
        groups.add(row.group_id)
        if row.target.period and row.sure:
            lines[row.scope or row.place or row.issuer, row.target.kind].append(row)
    if len(groups) > 1:
        raise ValueError(f"rows of {len(groups)} groups cannot share one chart")
    return [
        Line(place, kind, tuple((r.target.period or "", r) for r in sorted(line, key=_when)))
        for (place, kind), line in sorted(lines.items())
    ]


def _when(row: Indicator) -> tuple[int, str, str]:
    return max(row.years, default=0), row.target.period or "", row.quotation.doc_id
