"""What a question takes among 53,000 passages, each asked once of a warm program; run by hand.

python -m tests.bench_library ../shared --cache data/bench

The library is the public sets' articles, cut off at that many passages; the questions are those sets' and
the judged ones. Where that folder is missing nothing is measured. The index is kept in the cache.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from corpus.errors import AppError
from corpus.passages import split_document
from corpus.records import Document
from corpus.words.colloquial import Colloquial
from index.building import Update, apply_update, published
from index.encoder import load_encoder
from index.fields import word_rules
from index.files import lock
from search.engine import Engine
from search.measuring.articles import document_of
from search.measuring.benchtable import machine
from search.measuring.judged import JudgedSet
from search.retrieve import Retriever

_WARM_UP = 20  # questions that are not counted
_OF_EACH_SET = 100


def documents(sets: Sequence[JudgedSet], n_passages: int) -> Iterator[Document]:
    """Yield the articles of the sets as documents, the largest set first, until there are passages enough."""
    left = n_passages
    for judged in sorted(sets, key=lambda s: -len(s.articles)):
        for article_id, article in judged.articles.items():
            if left <= 0:
                return
            document = document_of(f"{judged.name}/{article_id}", article)
            left -= len(split_document(document))
            yield document


def ensure_library(root: Path, sets: Sequence[JudgedSet], n_passages: int) -> str:
    """Build the index in `root` unless one by the same rules is there; return what it took, for people."""
    live = published(root)
    if live is not None and live.words == word_rules() and live.n_passages >= n_passages:
        return "kept"
    start, cpu = perf_counter(), process_time()
    root.mkdir(parents=True, exist_ok=True)
    with lock(root):
        apply_update(root, None, load_encoder(), Update(documents(sets, n_passages)))
    return f"{perf_counter() - start:.0f} s ({process_time() - cpu:.0f} s of processor)"


def questions(sets: Sequence[JudgedSet], judged: Path) -> tuple[list[str], list[str]]:
    """Return questions of the public sets, shuffled, and the judged ones."""
    public = [q for s in sets for q in islice(s.queries.values(), _OF_EACH_SET)]
    random.Random(1).shuffle(public)
    lines = judged.read_text(encoding="utf-8").splitlines() if judged.is_file() else []
    return public, [str(json.loads(line)["question"]) for line in lines if line.strip()]


def cold(ask: Callable[[str], object], asked: Sequence[str]) -> str:
    """Ask each question once; return milliseconds by the clock and of the processor."""
    wall, cpu = [], []
    for question in asked:
        start, spent = perf_counter(), process_time()
        ask(question)
        wall.append(1000 * (perf_counter() - start))
        cpu.append(1000 * (process_time() - spent))
    return f"{_spread(wall)}; of processor {_spread(cpu)}; n={len(asked)}"


def _spread(times_ms: Sequence[float]) -> str:
    p95 = statistics.quantiles(times_ms, n=20, method="inclusive")[-1]
    return f"median {statistics.median(times_ms):.1f} ms, p95 {p95:.1f} ms"


def measure(shared: Path, root: Path, n_passages: int) -> None:
    """Print what opening, finding, finding and ranking, and a whole answer take, each of other questions."""
    sets = [JudgedSet.read(path) for path in sorted((shared / "data" / "benchmarks").iterdir())]
    print("build:", ensure_library(root, sets, n_passages), flush=True)
    start, cpu = perf_counter(), process_time()
    engine = Engine.open(root)
    print(f"open: {perf_counter() - start:.1f} s ({process_time() - cpu:.1f} s of processor)")
    public, judged = questions(sets, shared / "eval" / "questions.jsonl")
    for question in public[:_WARM_UP]:
        engine.ask(question)
    third = (len(public) - _WARM_UP) // 3
    parts = [public[_WARM_UP + n * third : _WARM_UP + (n + 1) * third] for n in range(3)]
    print(f"{len(engine.bundle.documents)} documents, {len(engine.bundle.passages)} passages")
    finder = Retriever(engine.bundle, engine.glossary, Colloquial.shipped())
    print(
        "found:", cold(lambda question: finder.first_look(engine.understand(question)), parts[0]), flush=True
    )
    rank = cold(lambda question: engine.candidates(engine.understand(question)), parts[1])
    print("found and ranked:", rank, flush=True)
    print("answered:", cold(engine.ask, parts[2]), flush=True)
    if judged:
        print("judged questions, answered:", cold(engine.ask, judged))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main(argv: Sequence[str] | None = None) -> int:
    """0 also where there is nothing to measure with; 1 where the folder cannot be read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, nargs="?", default=Path("..") / "shared")
    parser.add_argument("--cache", type=Path, default=Path("data") / "bench")
    parser.add_argument("--passages", type=int, default=53_000)
    args = parser.parse_args(argv)
    if not (args.shared / "data" / "benchmarks").is_dir():
        print(f"not measured: {args.shared} holds no public sets")
        return 0
    print(machine())
    try:
        measure(args.shared, args.cache / f"library-{args.passages}", args.passages)
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
