"""What the shipped encoder and the diacritics cost; run by hand, never by the test suite.

python tests/bench_encoder.py

Load times are of fresh processes, imports included. Sentences are those of corpus/samples; for
passages, the share that word segmentation alone takes stands beside the whole.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from corpus.passages import split_document  # noqa: E402
from corpus.reading import read_document  # noqa: E402
from corpus.text import fold, segment_words  # noqa: E402
from corpus.words.diacritics import DiacriticRestorer  # noqa: E402
from index.encoder import SHIPPED_NAME, load_encoder  # noqa: E402
from index.preparation import plain_line  # noqa: E402

QUESTIONS = [
    "chỉ tiêu giới thiệu đảng viên năm 2021",
    "ai ký kế hoạch phát triển đoàn viên",
    "tiền cơm trưa cho công nhân được quy định thế nào",
    "đơn vị nào chủ trì phong trào thi đua lao động giỏi",
]
REPEATS = 100
LOADS = {
    "nothing but Python": "pass",
    "sentence_transformers": "import sentence_transformers",
    "the shipped encoder": f"from index.encoder import load_encoder; load_encoder({SHIPPED_NAME!r})",
    "the diacritics": "from corpus.words.diacritics import DiacriticRestorer; DiacriticRestorer.load()",
}


def milliseconds(run: Callable[[str], object], texts: Sequence[str]) -> str:
    """Median and 95th percentile of one call, over all texts, after one untimed pass."""
    times: list[float] = []
    for text in texts:
        run(text)
    for _ in range(REPEATS):
        for text in texts:
            start = perf_counter()
            run(text)
            times.append((perf_counter() - start) * 1000)
    p95 = quantiles(times, n=20, method="inclusive")[-1]
    return f"median {median(times):.2f} ms, p95 {p95:.2f} ms, n={len(times)}"


def seconds(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def main() -> None:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{platform.machine()}, {os.cpu_count()} cores{load}, Python {platform.python_version()}")
    for what, code in LOADS.items():
        times = [
            seconds(partial(subprocess.run, [sys.executable, "-c", code], cwd=ROOT, check=True))
            for _ in range(3)
        ]
        print(f"start and load {what}: {min(times):.2f} s (best of 3)")
    encoder, restorer = load_encoder(SHIPPED_NAME), DiacriticRestorer.load()
    print("encode a question:", milliseconds(lambda text: encoder.encode_queries([text]), QUESTIONS))
    print("restore a question:", milliseconds(restorer.restore, [fold(text) for text in QUESTIONS]))
    print("correct a question:", milliseconds(restorer.correct, QUESTIONS))
    documents = [read_document(path) for path in sorted((ROOT / "corpus/samples").glob("*.txt"))]
    passages = [passage.text for document in documents for passage in split_document(document)] * 10
    lines = [plain_line(text).lower() for text in passages]
    characters = sum(map(len, lines))
    encode_s = min(seconds(lambda: encoder.encode_passages(passages)) for _ in range(3))
    segment_s = min(seconds(lambda: segment_words(lines)) for _ in range(3))
    print(
        f"encode {len(passages)} passages of {characters:,} characters: {encode_s:.2f} s, "
        f"of which word segmentation {segment_s:.2f} s: {encode_s / segment_s:.2f} times as long"
    )


if __name__ == "__main__":
    main()
