"""What building an index costs beside segmenting its text once; run by hand, never by the test suite.

python -m tests.bench_build                       300 made-up documents
python -m tests.bench_build FOLDER [FOLDER ...]

The numerator is all of `python build_index.py FOLDER --rebuild`, the program's start included, in processor
seconds of every process it starts. The denominator is `underthesea.word_tokenize` over the passages as they
stand, each once, without headings, in one process; by the clock the build has a second one, beside which it
reads on. What a start costs is
also told alone, as the build of a folder that holds one sentence: of a large library it is a small part.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from search.measuring.benchtable import machine
from tests.bench_precedents import library

ROOT = Path(__file__).parent.parent
_MADE_UP = 6_000  # passages, in documents of twenty


def spent(*arguments: str) -> tuple[float, float, str]:
    """Run one command of the program; return its seconds of processor and by the clock, and its output."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    wall, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return processor, wall, done.stdout.decode()


def build(folder: Path) -> tuple[float, float]:
    """Return the seconds of processor and by the clock that a build of `folder` from nothing takes."""
    with tempfile.TemporaryDirectory() as index:
        processor, wall, _ = spent("build_index.py", str(folder.resolve()), "--rebuild", "--index-dir", index)
    return processor, wall


def segment(folder: Path) -> None:
    """Print as JSON the size of a folder's text and what segmenting it takes; in a process of its own."""
    from underthesea import word_tokenize

    from corpus.errors import DocumentError
    from corpus.library.files import scan_folder
    from corpus.passages import split_document
    from index.folder import read_whole

    passages: list[str] = []
    for file in scan_folder(folder):
        try:
            document = read_whole(file.path, file.doc_id)
        except DocumentError:
            continue  # the build cannot read it either
        passages += [passage.text for passage in split_document(document)]
    word_tokenize("đoàn viên")  # reads the model
    start, begun = perf_counter(), process_time()
    for passage in passages:
        word_tokenize(passage, format="text")
    found = {"cpu": process_time() - begun, "wall": perf_counter() - start, "passages": len(passages)}
    print(json.dumps({**found, "characters": sum(map(len, passages))}))


def compare(folder: Path, start: float, start_wall: float) -> str:
    """Return the lines of one folder.

    Args:
        start, start_wall: Seconds of processor and by the clock that a build of nearly nothing takes.
    """
    told = json.loads(spent("-m", "tests.bench_build", "--segment", str(folder))[2])
    processor, wall = build(folder)
    return (
        f"{folder.name}: {told['passages']} passages, {told['characters']} characters\n"
        f"  seconds of processor: build {processor:.1f}, segmenting {told['cpu']:.1f}, ratio "
        f"{processor / told['cpu']:.2f}; without the start of {start:.1f} s "
        f"{(processor - start) / told['cpu']:.2f}\n"
        f"  by the clock: build {wall:.1f}, segmenting {told['wall']:.1f}, ratio {wall / told['wall']:.2f}; "
        f"without the start of {start_wall:.1f} s {(wall - start_wall) / told['wall']:.2f}"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each folder; ends with an error where a command fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--segment", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.segment:
        segment(args.folders[0])
        return 0
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        tiny, made = Path(scratch) / "tiny", Path(scratch) / "made-up"
        tiny.mkdir()
        (tiny / "a.txt").write_text("Đoàn viên công đoàn.\n", encoding="utf-8")
        if not args.folders:
            made.mkdir()
            for document in library(Random(1), _MADE_UP):
                (made / document.source).write_text(document.text, encoding="utf-8")
        start, start_wall = build(tiny)
        for folder in args.folders or [made]:
            print(compare(folder, start, start_wall), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
