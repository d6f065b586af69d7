"""Measure the program and its peers on public judged sets: a table in Markdown, and JSON.

python -m search.benchmark ../shared/data/benchmarks --set alqac2023_24 --system full
python -m search.benchmark ../shared/data/benchmarks --cache data/bench --json table.json
python -m search.benchmark ../shared/data/benchmarks --save new.json --against old.json

FOLDER holds one folder for each set: corpus.jsonl(.xz), queries.jsonl, qrels.tsv. Every judged
question counts; several passages of one article count as the best of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.errors import AppError
from search.measuring.benchtable import Comparison, against, facts_of, score, to_json, to_markdown
from search.measuring.judged import JudgedSet, JudgedSetError
from search.measuring.peers import PEERS
from search.measuring.runs import Run, read_runs, write_runs
from search.measuring.systems import OURS, Bench, MissingPeerError, SystemOf

SYSTEMS: dict[str, SystemOf] = {**PEERS, **OURS}
_WARM_UP = 20  # first questions whose time is not counted


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="holds a folder for each judged set")
    parser.add_argument("--set", action="append", metavar="NAME", help="only this set; may be repeated")
    parser.add_argument(
        "--system", action="append", choices=list(SYSTEMS), help="only this one; may be repeated"
    )
    parser.add_argument("--cache", type=Path, default=Path("data/bench"), metavar="DIR",
                        help="keeps indexes and vectors (default: %(default)s)")  # fmt: skip
    parser.add_argument("--encoder", help="name or folder of our encoder; default: the shipped one")
    parser.add_argument("--keep-index", action="store_true",
                        help="do not build anew because corpus/ has changed since")  # fmt: skip
    parser.add_argument("--against", type=Path, metavar="RUN", help="test against this stored run")
    parser.add_argument("--save", type=Path, metavar="RUN", help="store the rankings of this run")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table as JSON too")
    return parser.parse_args(argv)


def measure(bench: Bench, system: str) -> Run:
    """Ask one system every judged question.

    Raises:
        MissingPeerError: It needs a library that is not there.
    """
    rank = SYSTEMS[system](bench)
    rankings: dict[str, list[str]] = {}
    times: list[tuple[float, float]] = []
    for query, text in bench.judged.queries.items():
        start, cpu = time.perf_counter(), time.process_time()
        rankings[query] = rank(text)
        times.append((time.perf_counter() - start, time.process_time() - cpu))
    facts = facts_of(times[_WARM_UP:] or times)
    if system in OURS:
        facts |= {"encoder": bench.encoder.name, "build": asdict(bench.build)}
    return Run(bench.judged.name, bench.judged.digest, system, rankings, facts | bench.facts.get(system, {}))


def sets_in(folder: Path, names: Sequence[str] | None) -> Iterator[JudgedSet]:
    """Yield the sets asked for, all of the folder where none is."""
    found = sorted(path.parent.name for path in folder.glob("*/qrels.tsv"))
    if not found:
        raise JudgedSetError(f"{folder} không có bộ dữ liệu nào", "Nêu thư mục chứa các bộ dữ liệu")
    for name in names or found:
        if name not in found:
            raise JudgedSetError(f"Không có bộ dữ liệu {name!r} trong {folder}", f"Có: {', '.join(found)}")
        yield JudgedSet.read(folder / name)


def run(args: argparse.Namespace) -> None:
    """Measure, save and print; see the module for what comes where."""
    earlier = read_runs(args.against) if args.against else []
    runs: list[Run] = []
    missing: dict[str, str] = {}
    results: list[Comparison] = []
    for judged in sets_in(args.folder, args.set):
        bench = Bench.of(judged, args.cache, args.encoder, keep_index=args.keep_index)
        of_set: list[Run] = []
        for system in args.system or SYSTEMS:
            if system in missing:
                continue
            print(f"{judged.name}: {system}", file=sys.stderr, flush=True)
            try:
                of_set.append(measure(bench, system))
            except MissingPeerError as error:
                missing[system] = str(error)
        runs += of_set
        results += [against(row, of_set, earlier, judged) for row in score(of_set, judged)]
        if args.save:
            write_runs(args.save, runs)
    print(to_markdown(results, missing, bool(earlier)))
    if args.json:
        text = json.dumps(to_json(results, missing), ensure_ascii=False, indent=1)
        args.json.write_text(text + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """The table goes to stdout, progress to stderr; 0 done, 1 nothing could be measured, 130 Ctrl-C."""
    args = parse_args(argv)
    try:
        run(args)
    except (AppError, OSError) as error:
        print(f"lỗi: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Đã dừng", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
