"""How long the index takes to build, to open and to ask, and how much memory it needs.

python tests/bench_index.py                 53,000 passages
python tests/bench_index.py --passages 5000

The text is made up: syllables drawn by Zipf's law, 160 to a passage. Vectors are random unit
vectors of 256 numbers, so that only the index is measured and no encoder (see tests/bench_build.py).
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus.records import Document, Letterhead
from index.building import Update, apply_update
from index.bundle import Bundle
from index.files import lock
from index.manifest import read_manifest
from index.sparse import Term

_ONSETS = "b c ch d đ g gi h kh l m n nh ph qu r s t th tr v x".split()
_RIMES = "a an anh ao âu ây ê ên i iên inh o oan ong ô ôn ơ ơi u uy ư ương".split()
SYLLABLES = [onset + rime for onset, rime in product(_ONSETS, _RIMES)] * 4
_PER_DOCUMENT = 20


class RandomEncoder:
    """Random unit vectors of 256 numbers; as fast as an encoder can be."""

    name, dim = "random", 256

    def __init__(self) -> None:
        self._random = np.random.default_rng(1)

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = self._random.standard_normal((len(texts), self.dim), dtype=np.float32)
        unit: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    encode_queries = encode_passages


def made_up_documents(n_passages: int, seed: int = 0) -> Iterator[Document]:
    """Yield documents of 20 paragraphs, each of 160 syllables: one passage."""
    random = np.random.default_rng(seed)
    for n in range(n_passages // _PER_DOCUMENT):
        lines = []
        for _ in range(_PER_DOCUMENT):
            ranks = random.zipf(1.2, 160) % len(SYLLABLES)
            words = [SYLLABLES[rank] for rank in ranks]
            lines.append("\n".join(" ".join(words[i : i + 20]) for i in range(0, 160, 20))[:880] + ".")
        title = " ".join(SYLLABLES[rank] for rank in random.integers(0, len(SYLLABLES), 12))
        letterhead = Letterhead(number=f"{n}/KH-LĐLĐ", type="Kế hoạch", title=title, date="2021-03-19")
        yield Document(f"d{seed}-{n}", f"d{seed}-{n}.txt", "I. NỘI DUNG\n\n" + "\n\n".join(lines), letterhead)


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def latency_ms(ask: Callable[[int], object], n: int = 200) -> str:
    """Median and 95th percentile over `n` different questions, after one warm-up pass."""
    for i in range(n):
        ask(i)
    times = [seconds(lambda i=i: ask(i)) * 1000 for i in range(n)]  # type: ignore[misc]
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return f"median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, n={n}"


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(root: Path, n_passages: int) -> None:
    took = seconds(lambda: Bundle.build(root, made_up_documents(n_passages), RandomEncoder()))
    manifest = read_manifest(root)
    size = sum(digest.size for part in manifest.parts() for digest in part.files.values())
    spent = f"{took:.1f} s ({process_time():.1f} s of processor), peak {peak_mb():.0f} MB"
    print(f"build: {spent}, {size / 1e6:.0f} MB on disk")


def add_one(root: Path) -> None:
    with lock(root):
        old, documents = read_manifest(root), list(made_up_documents(_PER_DOCUMENT, seed=9))
        took = seconds(lambda: apply_update(root, old, RandomEncoder(), Update(documents)))
    print(f"one more document of {_PER_DOCUMENT} passages: {took:.1f} s")


def ask(root: Path) -> None:
    start = perf_counter()
    bundle = Bundle.open(root, RandomEncoder())
    print(f"open: {perf_counter() - start:.1f} s, peak {peak_mb():.0f} MB, {len(bundle.passages)} passages")
    random = np.random.default_rng(2)
    vectors = bundle.encoder.encode_queries([""] * 200)
    words = [[SYLLABLES[rank] for rank in random.zipf(1.2, 12) % len(SYLLABLES)] for _ in range(200)]
    terms = [
        [Term("body", w) for w in line] + [Term("body_folded", f"{a}_{b}", 0.5) for a, b in pairwise(line)]
        for line in words
    ]
    some = frozenset(list(bundle.documents)[::10])
    print("dense, k=100:", latency_ms(lambda i: bundle.dense(vectors[i], 100)))
    print("dense, a tenth allowed:", latency_ms(lambda i: bundle.dense(vectors[i], 100, some)))
    print("sparse, 23 terms, k=100:", latency_ms(lambda i: bundle.sparse(terms[i], 100)))
    print("sparse, a tenth allowed:", latency_ms(lambda i: bundle.sparse(terms[i], 100, some)))
    print("10 passages by row:", latency_ms(lambda i: [bundle.passages[i * 7 + j] for j in range(10)]))
    print(f"all passages in turn: {seconds(lambda: sum(1 for _ in bundle.passages)):.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--passages", type=int, default=53_000)
    parser.add_argument("--stage", choices=["build", "add", "ask"], help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.stage == "build":
        build(args.root, args.passages)
    elif args.stage == "add":
        add_one(args.root)
    elif args.stage == "ask":
        ask(args.root)
    else:
        cpu = platform.processor() or platform.machine()
        print(
            f"{args.passages} passages; {cpu}, Python {platform.python_version()}, {date.today()}", flush=True
        )
        with tempfile.TemporaryDirectory() as folder:
            for stage in ("build", "add", "ask"):  # each in a process of its own, for its memory
                command = [sys.executable, __file__, "--stage", stage, "--root", folder]
                subprocess.run([*command, "--passages", str(args.passages)], check=True)


if __name__ == "__main__":
    main()
