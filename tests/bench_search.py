"""How long the main job takes; run by hand, `make bench`, never by the test suite.

python -m tests.bench_search
python -m tests.bench_search DOCUMENTS QUESTIONS.jsonl
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from search.engine import Engine
from search.measuring.benchtable import machine

ROOT = Path(__file__).parent.parent
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds per question, over every question and repeat; the warm-up is not counted."""

    n: int
    median_ms: float
    p95_ms: float

    def __str__(self) -> str:
        return f"median {self.median_ms:.1f} ms, p95 {self.p95_ms:.1f} ms, n={self.n}"


def measure_latency(
    ask: Callable[[str], object], questions: Sequence[str], repeats: int = REPEATS
) -> Latency:
    """Time `ask` on each question `repeats` times, after one untimed pass to warm caches."""
    if not questions:
        raise ValueError("need at least one question to time")
    for question in questions:
        ask(question)
    times_ms: list[float] = []
    for _ in range(repeats):
        for question in questions:
            start = perf_counter()
            ask(question)
            times_ms.append((perf_counter() - start) * 1000)
    p95 = statistics.quantiles(times_ms, n=20, method="inclusive")[-1]
    return Latency(len(times_ms), statistics.median(times_ms), p95)


def seconds(*arguments: str) -> float:
    """How long one command of the program takes from a shell, imports and loading included."""
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path, nargs="?", default=ROOT / "corpus" / "samples")
    parser.add_argument(
        "questions", type=Path, nargs="?", default=ROOT / "tests" / "data" / "sample_questions.jsonl"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the machine, the builds, the latency; ends with an error where a command fails."""
    args = parse_args(argv)
    lines = args.questions.read_text(encoding="utf-8").splitlines()
    questions = [str(json.loads(line)["question"]) for line in lines if line.strip()]
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        build = ["build_index.py", str(args.documents.resolve()), "--index-dir", scratch]
        print(f"build: {seconds(*build):.1f} s")
        print(f"build again, nothing changed: {seconds(*build):.1f} s")
        ask = ["-m", "search", questions[0], "--index-dir", scratch]
        print(f"one question from the shell: {seconds(*ask):.1f} s")

        start = perf_counter()
        engine = Engine.open(Path(scratch))
        print(f"open the index: {perf_counter() - start:.1f} s")
        print(f"ask, warm: {measure_latency(engine.ask, questions)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
