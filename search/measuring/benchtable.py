"""Runs become a table: means with intervals, differences with the chance that they are none."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from search.measuring.judged import JudgedSet
from search.measuring.metrics import METRICS, marks, measures
from search.measuring.runs import Run, RunError
from search.measuring.significance import FloatArray, bootstrap_intervals, randomisation_p

_WHOLE = "full"  # the system that the others of a run are compared with


@dataclass(frozen=True, slots=True)
class Row:
    """One system on one set.

    Attributes:
        values: (n_queries, n_measures), queries in the order of the set.
        means, intervals: Of each measure, in [0, 1]; 95 %.
    """

    run: Run
    values: FloatArray
    means: FloatArray
    intervals: FloatArray

    @property
    def n(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours less the other's, in [-1, 1], and p of the paired randomisation test, by measure."""

    than: str
    by: Mapping[str, tuple[float, float]]

    def cell(self, measure: str) -> str:
        """Points of a hundred and p: "+1.2 (p 0.0310)"."""
        points, p = self.by[measure]
        return f"{100 * points:+.1f} (p {p:.4f})" if p >= 0.0001 else f"{100 * points:+.1f} (p < 0.0001)"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row, and what it is compared with."""

    row: Row
    whole: Difference | None = None
    earlier: Difference | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def values_of(run: Run, judged: JudgedSet) -> FloatArray:
    """Return (n_queries, n_measures); a question the run lacks scores 0."""
    rows = [
        measures(marks(run.rankings.get(query, ()), judged.qrels[query]), len(judged.qrels[query]))
        for query in judged.queries
    ]
    return np.array(rows, dtype=np.float64)


def score(runs: Sequence[Run], judged: JudgedSet) -> list[Row]:
    """Return one row for each run."""
    rows: list[Row] = []
    for run in runs:
        values = values_of(run, judged)
        rows.append(Row(run, values, values.mean(axis=0), bootstrap_intervals(values)))
    return rows


def difference(ours: FloatArray, theirs: FloatArray, than: str) -> Difference:
    """Return the differences of the means with their p."""
    by = {
        name: (float((ours[:, i] - theirs[:, i]).mean()), randomisation_p(ours[:, i], theirs[:, i]))
        for i, name in enumerate(METRICS)
    }
    return Difference(than, by)


def against(row: Row, runs: Sequence[Run], earlier: Sequence[Run], judged: JudgedSet) -> Comparison:
    """Compare a row with the whole program of the same run, and with the same system of an earlier one.

    Raises:
        RunError: The earlier run was made on other data.
    """
    whole = next((run for run in runs if run.system == _WHOLE and run is not row.run), None)
    same = [run for run in earlier if (run.set_name, run.system) == (judged.name, row.run.system)]
    if same and same[0].set_digest != judged.digest:
        raise RunError(
            f"Kết quả cũ của {judged.name} được đo trên dữ liệu khác", "Đo lại hệ thống cũ trên dữ liệu này"
        )
    return Comparison(
        row,
        difference(row.values, values_of(whole, judged), _WHOLE) if whole else None,
        difference(row.values, values_of(same[0], judged), "earlier") if same else None,
    )


def facts_of(times_s: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Return median and 95th percentile of what a question took, in milliseconds.

    Args:
        times_s: Seconds by the clock and of the processor: other work on the machine lengthens
            only the first.
    """
    facts: dict[str, Any] = {"timed": len(times_s)}
    for name, times in zip(("ms", "cpu_ms"), zip(*times_s, strict=True), strict=True):
        p95 = statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
        facts |= {
            f"p50_{name}": round(1000 * statistics.median(times), 2),
            f"p95_{name}": round(1000 * p95, 2),
        }
    return facts


def machine() -> str:
    """The line that must stand beside every number we publish."""
    cpu = platform.processor() or platform.machine()
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, {date.today()}"


def to_markdown(results: Sequence[Comparison], missing: Mapping[str, str], tested: bool) -> str:
    """Return the table for people: per cent with 95 % intervals, milliseconds, differences with p."""
    head = ["set", "n", "system", *METRICS, "ms p50 / p95", "cpu ms p50 / p95", f"MRR@10 less {_WHOLE}'s"]
    if tested:
        head += ["nDCG@10 less earlier", "MRR@10 less earlier"]
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    for result in results:
        row, facts = result.row, result.row.run.facts
        cells = [row.run.set_name, str(row.n), row.run.system]
        cells += [
            f"{100 * mean:.1f} [{100 * low:.1f}, {100 * high:.1f}]"
            for mean, (low, high) in zip(row.means, row.intervals, strict=True)
        ]
        cells += [
            f"{facts['p50_ms']:.1f}",
            f"{facts['p95_ms']:.1f}",
            result.whole.cell("MRR@10") if result.whole else "",
        ]
        if tested:
            cells += [result.earlier.cell(m) if result.earlier else "" for m in ("nDCG@10", "MRR@10")]
        lines.append(" | ".join(cells))
    notes = [f"\n{name}: not measured, {why}" for name, why in missing.items()]
    legend = (
        "\nPer cent with bootstrap 95 % intervals; differences in points with p of the paired "
        f"randomisation test. {machine()}"
    )
    return "\n".join([f"| {line} |" for line in lines] + [legend] + notes)


def _cell(found: Difference | None, measure: str) -> str:
    return found.cell(measure) if found else ""


def to_json(results: Sequence[Comparison], missing: Mapping[str, str]) -> dict[str, Any]:
    """Return the same for programs; shares in [0, 1]."""
    return {
        "machine": machine(),
        "missing": dict(missing),
        "rows": [
            {
                "set": result.row.run.set_name,
                "set_sha256": result.row.run.set_digest,
                "system": result.row.run.system,
                "n": result.row.n,
                "measures": {
                    name: {"mean": float(mean), "low": float(low), "high": float(high)}
                    for name, mean, (low, high) in zip(
                        METRICS, result.row.means, result.row.intervals, strict=True
                    )
                },
                "facts": dict(result.row.run.facts),
                "less_whole": _by(result.whole),
                "less_earlier": _by(result.earlier),
            }
            for result in results
        ],
    }


def _by(found: Difference | None) -> dict[str, dict[str, float]] | None:
    if found is None:
        return None
    return {name: {"points": points, "p": p} for name, (points, p) in found.by.items()}
