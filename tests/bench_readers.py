"""How fast files are read once the child is warm, and how much memory it takes.

python -m tests.bench_readers [--files 200] [--pages 400]
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from corpus.errors import DocumentError
from corpus.readers import isolation
from corpus.readers.registry import read_text
from tests.make_fixtures import docx
from tests.make_pages import pdf, pptx, shape, xlsx
from tests.make_plan import EXPECTED, INTRODUCTION, plan


def machine() -> str:
    """The line that must stand beside every number we publish."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    name = platform.processor() or platform.machine()
    return f"{os.cpu_count()} x {name}, Python {platform.python_version()}{load}"


def child_ticks() -> tuple[float, float]:
    """CPU seconds and peak memory in MiB of the one warm child (Linux; zeros elsewhere)."""
    try:
        process = Path(f"/proc/{isolation._POOL._idle[0]._process.pid}")
        fields = (process / "stat").read_text().rsplit(") ", 1)[1].split()
        peak = next(line for line in (process / "status").read_text().split("\n") if line.startswith("VmHWM"))
    except (OSError, IndexError):
        return 0.0, 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024


def measure(name: str, paths: Sequence[Path], n: int, unit: str) -> str:
    """Read every path after one untimed reading; `n` units in all."""
    isolation._POOL.close()  # one fresh child for each measure
    read_text(paths[0])
    cpu_before, _ = child_ticks()
    start = perf_counter()
    for path in paths:
        read_text(path)
    seconds = perf_counter() - start
    cpu, peak = child_ticks()
    cpu = max(cpu - cpu_before, 0.001)
    speed = f"{n / seconds:.0f} {unit}/s ({n / cpu:.0f} per CPU second of the child)"
    return f"{name}: {speed}, n={n}, peak {peak:.0f} MiB"


def copies(folder: Path, name: str, n: int, make: Callable[[Path], Path]) -> list[Path]:
    return [make(folder / f"{i}-{name}") for i in range(n)]


def report(folder: Path, n_files: int, n_pages: int) -> list[str]:
    words = " ".join([INTRODUCTION, *EXPECTED]).split()
    lines = [" ".join(words[i : i + 14]) for i in range(0, len(words), 14)]
    page = [(72.0, 770.0 - 15 * i, lines[i % len(lines)]) for i in range(44)]
    rows = [["TT", "Đơn vị", "Số"], *([str(i), f"Đơn vị {i}", f"|<v>{i}</v>"] for i in range(100))]
    slides = [shape(text, INTRODUCTION) for text in EXPECTED]
    # Six pages, about what a plan or a report has.
    long = [text for _ in range(6) for text in (INTRODUCTION, *EXPECTED)]
    found = [
        measure("docx, 1 page", copies(folder, "a.docx", n_files, plan), n_files, "files"),
        measure(
            "docx, 6 pages", copies(folder, "b.docx", n_files, lambda p: docx(p, *long)), n_files, "files"
        ),
        measure("pdf", [pdf(folder / "a.pdf", [page] * n_pages)], n_pages, "pages"),
        measure("xlsx, 100 rows", copies(folder, "a.xlsx", 50, lambda p: xlsx(p, {"A": rows})), 50, "files"),
        measure("pptx, 15 slides", copies(folder, "a.pptx", 50, lambda p: pptx(p, slides)), 50, "files"),
    ]
    return [*found, poison(folder, n_files)]


def poison(folder: Path, n_files: int) -> str:
    """One file in fifty is broken: the others are read, and each failure costs little."""
    paths = copies(folder, "c.docx", n_files, lambda p: docx(p, INTRODUCTION))
    for path in paths[::50]:
        path.write_bytes(path.read_bytes()[:900])
    failed = 0
    start = perf_counter()
    for path in paths:
        try:
            read_text(path)
        except DocumentError:
            failed += 1
    return f"a folder of {n_files} files, {failed} of them broken: {perf_counter() - start:.1f} s"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures, then the machine."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--pages", type=int, default=400)
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(report(Path(folder), args.files, args.pages)))
    print(machine())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
