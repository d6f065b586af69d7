"""qrels + run -> numbers: hit@k, MRR@10, nDCG@10, answer-right, verbatim citations, abstention.

python -m search.evaluate QUESTIONS.jsonl DOCUMENTS [--index-dir DIR] [--fold] [--bad]
python -m search.evaluate QUESTIONS.jsonl DOCUMENTS --save new.json --against old.json --json table.json

Every judged question counts; one without hits scores 0. `DOCUMENTS` is the folder the
index was built from; without --index-dir the index is built in a temporary folder. Per cent,
with 95 % bootstrap intervals in brackets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import AppError
from corpus.text import collapse, fold
from corpus.words.tokens import find_dates
from search.engine import Engine
from search.hits import Answer, Result
from search.measuring.benchtable import Difference, difference, machine
from search.measuring.metrics import METRICS, measures
from search.measuring.runs import Run, RunError, read_runs, write_runs
from search.measuring.significance import bootstrap_intervals

Question = Mapping[str, Any]  # a judged question, as its line says
Judged = tuple[Question, Result]

HOLDS_SHARE = 0.6  # a hit holds a judged quote when it holds a run of this share of it


def holds(text: str, quote: str) -> bool:
    """Whether `text` holds `quote` or an unbroken run of 60 % of it; white space and markup aside."""
    said, wanted = collapse(text).lower(), collapse(quote).lower()
    if not said or not wanted:
        return False
    if wanted in said or (len(said) > 40 and said in wanted):
        return True
    match = SequenceMatcher(None, said, wanted, autojunk=False).find_longest_match(
        0, len(said), 0, len(wanted)
    )
    return match.size >= HOLDS_SHARE * len(wanted)


def says(text: str, wanted: str) -> bool:
    """Whether an answer's text says `wanted`; a date counts in any of its spellings."""
    said = collapse(text).lower()
    if collapse(wanted).lower() in said:
        return True
    asked = {iso for _, _, iso in find_dates(wanted)}
    return bool(asked) and asked <= {iso for _, _, iso in find_dates(said)}


def relevance(question: Question, result: Result, k: int = 10) -> list[int]:
    """Return 1 or 0 for each of the first `k` hits: whether it holds a gold quote of the same document."""
    return [
        int(
            any(
                h.passage.doc_id.startswith(g["doc"]) and holds(h.passage.text, g["quote"])
                for g in question["gold"]
            )
        )
        for h in result.hits[:k]
    ]


def answer_is_right(question: Question, answer: Answer) -> bool:
    """Whether the text says every gold string and a citation stands on a gold passage."""
    grounded = any(
        c.doc_id.startswith(g["doc"]) and (holds(c.quote, g["quote"]) or holds(g["quote"], c.quote))
        for c in answer.citations
        for g in question["gold"]
    )
    return (
        grounded and not answer.abstained and all(says(answer.text, wanted) for wanted in question["answer"])
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; shares in [0, 1], None where the measure does not apply.

    Attributes:
        intervals: 95 % bootstrap intervals (low, high) of METRICS, by name.
        verbatim: Share of the quotations that stand in their document to the letter.
        words: Mean length of an answer.
    """

    kind: str
    n: int
    hit_1: float | None
    hit_5: float | None
    mrr_10: float | None
    ndcg_10: float | None
    answer_right: float | None
    verbatim: float | None
    abstained: float
    unsure: float
    words: float | None
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __str__(self) -> str:
        def cell(share: float | None, name: str = "") -> str:
            if share is None:
                return ""
            low_high = self.intervals.get(name)
            return f"{100 * share:.1f}" + (
                f" [{100 * low_high[0]:.0f}, {100 * low_high[1]:.0f}]" if low_high else ""
            )

        found = zip((self.hit_1, self.hit_5, self.mrr_10, self.ndcg_10), _SHOWN, strict=True)
        cells = [self.kind, str(self.n), *(cell(share, name) for share, name in found)]
        cells += map(cell, (self.answer_right, self.verbatim, self.abstained, self.unsure))
        cells.append("" if self.words is None else f"{self.words:.0f}")
        return f"| {' | '.join(cells)} |"


_SHOWN = ("hit@1", "hit@5", "MRR@10", "nDCG@10")
_COLUMNS = ("kind", "n", *_SHOWN, "answer right", "verbatim", "refused", "unsure", "words")
HEADER = f"| {' | '.join(_COLUMNS)} |\n|{' --- |' * len(_COLUMNS)}"


def summarise(kind: str, judged: Sequence[Judged], texts: Mapping[str, str]) -> Row:
    """Return the row of one kind; unanswerable questions count in `abstained` alone."""
    asked = [(q, r) for q, r in judged if q["gold"]]
    answered = [(q, r) for q, r in asked if q.get("mode") != "precedent"]
    quotes = [c for _, r in judged for c in r.answer.citations]

    def mean(values: Sequence[float]) -> float | None:
        return sum(values) / len(values) if values else None

    means: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    if asked:
        values = np.array([measures(relevance(q, r), len(q["gold"])) for q, r in asked])
        means = dict(zip(METRICS, values.mean(axis=0).tolist(), strict=True))
        ends = bootstrap_intervals(values).tolist()
        intervals = {name: (low, high) for name, (low, high) in zip(METRICS, ends, strict=True)}
    return Row(
        kind=kind,
        n=len(judged),
        hit_1=means.get("hit@1"),
        hit_5=means.get("hit@5"),
        mrr_10=means.get("MRR@10"),
        ndcg_10=means.get("nDCG@10"),
        answer_right=mean([float(answer_is_right(q, r.answer)) for q, r in answered]),
        verbatim=mean([float(texts[c.doc_id][c.start : c.end] == c.quote) for c in quotes]),
        abstained=mean([float(r.answer.abstained) for _, r in judged]) or 0.0,
        unsure=mean([float(r.answer.unsure) for _, r in judged]) or 0.0,
        words=mean([len(r.answer.text.split()) for _, r in answered]),
        intervals=intervals,
    )


def ask_all(engine: Engine, questions: Sequence[Question]) -> list[Judged]:
    """Ask every question the way its mode says."""
    return [
        (q, engine.ask(q["question"], mode="precedent" if q.get("mode") == "precedent" else "ask"))
        for q in questions
    ]


def evaluate(engine: Engine, questions: Sequence[Question]) -> tuple[list[Row], list[str]]:
    """Ask every question; return the rows by kind (the last is all answerable) and what fell short."""
    judged = ask_all(engine, questions)
    return rows_of(judged, {d.doc_id: d.text for d in engine.documents()}), short_of(judged)


def rows_of(judged: Sequence[Judged], texts: Mapping[str, str]) -> list[Row]:
    """Return one row for each kind, and one for all that have an answer."""
    kinds: defaultdict[str, list[Judged]] = defaultdict(list)
    for question, result in judged:
        kinds[question["kind"]].append((question, result))
    rows = [summarise(kind, kinds[kind], texts) for kind in sorted(kinds)]
    return [*rows, summarise("ALL answerable", [pair for pair in judged if pair[0]["gold"]], texts)]


def short_of(judged: Sequence[Judged]) -> list[str]:
    """Return a line for each question that was not found first, answered wrong, or not refused."""
    bad: list[str] = []
    for question, result in judged:
        found = relevance(question, result)
        right = question.get("mode") == "precedent" or answer_is_right(question, result.answer)
        if (question["gold"] and not (any(found[:1]) and right)) or (
            not question["gold"] and not result.answer.abstained
        ):
            rank = found.index(1) + 1 if any(found) else None
            bad.append(f"{question['id']} {question['question'][:90]} | rank {rank} right {right} "
                       f"want {question['answer']} | {result.answer.text[:230]!r}")  # fmt: skip
    return bad


def run_of(name: str, digest: str, judged: Sequence[Judged]) -> Run:
    """Return the rankings of the questions with an answer, to test another program against them."""
    answerable = [(q, r) for q, r in judged if q["gold"]]
    return Run(
        name,
        digest,
        "full",
        {q["id"]: [h.passage.passage_id for h in r.hits] for q, r in answerable},
        relevant={q["id"]: relevance(q, r) for q, r in answerable},
    )


def compare(judged: Sequence[Judged], now: Run, path: Path) -> Difference:
    """Test this run against the one stored in `path`.

    Raises:
        RunError: There is none of these questions.
    """
    before = next((r for r in read_runs(path) if r.set_digest == now.set_digest and r.relevant), None)
    if before is None:
        raise RunError(f"{path} không có kết quả của đúng bộ câu hỏi này", "Đo lại bản cũ trên bộ này")
    n_right = {q["id"]: len(q["gold"]) for q, _ in judged if q["gold"]}
    ours, theirs = (
        np.array([measures(run.relevant[id_], n) for id_, n in n_right.items()]) for run in (now, before)
    )
    return difference(ours, theirs, str(path))


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, help="judged questions, one JSON object a line")
    parser.add_argument("documents", type=Path, help="folder the questions were judged on")
    parser.add_argument("--index-dir", type=Path, help="an index of that folder; built when absent")
    parser.add_argument("--fold", action="store_true", help="ask without diacritics")
    parser.add_argument("--bad", action="store_true", help="list the questions that fell short")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table as JSON too")
    parser.add_argument("--save", type=Path, metavar="RUN", help="store the rankings of this run")
    parser.add_argument("--against", type=Path, metavar="RUN", help="test against this stored run")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 done, 1 nothing could be measured, 2 wrong usage."""
    from build_index import main as build

    args = parse_args(argv)
    try:
        content = args.questions.read_text(encoding="utf-8")
        questions = [json.loads(line) for line in content.splitlines() if line.strip()]
        if args.fold:
            questions = [{**q, "question": fold(q["question"])} for q in questions]
        with tempfile.TemporaryDirectory() as scratch:
            index_dir = args.index_dir or Path(scratch)
            if code := build([str(args.documents), "--index-dir", str(index_dir)]):
                return code
            engine = Engine.open(index_dir)
            judged = ask_all(engine, questions)
            rows = rows_of(judged, {d.doc_id: d.text for d in engine.documents()})
        now = run_of(args.questions.stem, hashlib.sha256(content.encode()).hexdigest(), judged)
        tested = compare(judged, now, args.against) if args.against else None
        if args.save:
            write_runs(args.save, [now])
        if args.json:
            body: dict[str, Any] = {"machine": machine(), "rows": [asdict(row) for row in rows]}
            body["less_earlier"] = asdict(tested) if tested else None
            args.json.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except (AppError, OSError, json.JSONDecodeError) as error:
        print(f"lỗi: {error}", file=sys.stderr)
        return 1
    print(HEADER, *rows, *(short_of(judged) if args.bad else []), sep="\n")
    if tested:
        print(f"\nless {tested.than}: " + ", ".join(f"{name} {tested.cell(name)}" for name in tested.by))
    return 0


if __name__ == "__main__":
    sys.exit(main())
