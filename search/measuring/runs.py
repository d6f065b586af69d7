"""What a system returned for each question, kept so that a later one can be tested against it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from index.files import write_atomically, write_errors

FORMAT_VERSION = 1


class RunError(AppError):
    """A stored run that cannot be used."""


@dataclass(frozen=True, slots=True)
class Run:
    """One system's rankings on one judged set.

    Attributes:
        set_digest: Of the judged set, so that a run on other data is not compared.
        rankings: Question id -> ids, best first, each once.
        facts: What else is known of it: encoder, milliseconds...; for people, never compared.
        relevant: Question id -> 1 or 0 for each rank, where ids alone do not tell what is right.
    """

    set_name: str
    set_digest: str
    system: str
    rankings: Mapping[str, Sequence[str]]
    facts: Mapping[str, Any] = field(default_factory=dict)
    relevant: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for query, ranking in self.rankings.items():
            if len(set(ranking)) != len(ranking):
                raise ValueError(f"run {self.system}: an id stands twice in the ranking of {query!r}")


def write_runs(path: Path, runs: Sequence[Run]) -> None:
    """Write all runs into one file, under a temporary name first.

    Raises:
        IndexWriteError: The disk is full or read-only.
    """
    rows = [
        {
            "set": run.set_name,
            "set_sha256": run.set_digest,
            "system": run.system,
            "facts": dict(run.facts),
            "rankings": {query: list(ranking) for query, ranking in run.rankings.items()},
            "relevant": {query: list(marks) for query, marks in run.relevant.items()},
        }
        for run in runs
    ]
    body = {"format_version": FORMAT_VERSION, "sha256": _digest(rows), "runs": rows}
    with write_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(body, ensure_ascii=False, indent=1).encode())


def read_runs(path: Path) -> list[Run]:
    """Read what `write_runs` wrote.

    Raises:
        RunError: It is missing, of another version, or was changed since.
    """
    again = "Đo lại với --save để có tệp mới"
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(f"Không có tệp kết quả {path}", again) from None
    except (OSError, ValueError) as error:
        raise RunError(f"Không đọc được tệp kết quả {path}: {error}", again) from error
    version = body.get("format_version") if isinstance(body, dict) else None
    if version != FORMAT_VERSION:
        raise RunError(f"Tệp kết quả {path} có phiên bản {version}, cần phiên bản {FORMAT_VERSION}", again)
    rows = body.get("runs")
    if body.get("sha256") != _digest(rows):
        raise RunError(f"Tệp kết quả {path} đã bị thay đổi: mã kiểm tra không khớp", again)
    return [
        Run(row["set"], row["set_sha256"], row["system"], row["rankings"], row["facts"], row["relevant"])
        for row in rows
    ]


def _digest(rows: Any) -> str:
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
