"""qrels + run -> numbers: hit@k, MRR@10, nDCG@10, answer-right, verbatim citations, abstention.

python -m search.evaluate QUESTIONS.jsonl DOCUMENTS [--index-dir DIR] [--fold] [--bad]

Every judged question counts; one without hits scores 0. `DOCUMENTS` is the folder the
index was built from; without --index-dir the index is built in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from corpus.text import collapse, fold
from corpus.tokens import find_dates
from search.engine import Engine, Mode
from search.hits import Answer, Result
from search.metrics import ndcg, reciprocal_rank

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


def relevance(question: Mapping[str, Any], result: Result, k: int = 10) -> list[int]:
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


def answer_is_right(question: Mapping[str, Any], answer: Answer) -> bool:
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
    """One line of the table; shares in [0, 1], None where the measure does not apply."""

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

    def __str__(self) -> str:
        def cell(share: float | None) -> str:
            return "     -" if share is None else f"{100 * share:6.1f}"

        shares = (
            self.hit_1,
            self.hit_5,
            self.mrr_10,
            self.ndcg_10,
            self.answer_right,
            self.verbatim,
            self.abstained,
            self.unsure,
        )
        words = "     -" if self.words is None else f"{self.words:6.0f}"
        return f"{self.kind:16} {self.n:4} " + " ".join(map(cell, shares)) + f" {words}"


HEADER = f"{'kind':16} {'n':>4}  hit@1  hit@5 MRR@10 nDCG10 answer verbat abstai unsure  words"


def summarise(kind: str, judged: Sequence[tuple[Mapping[str, Any], Result]], texts: Mapping[str, str]) -> Row:
    """Return the row of one kind; unanswerable questions count in `abstained` alone."""
    asked = [(q, r) for q, r in judged if q["gold"]]
    answered = [(q, r) for q, r in asked if q.get("mode") != "precedent"]
    quotes = [c for _, r in judged for c in r.answer.citations]

    def mean(values: Sequence[float]) -> float | None:
        return sum(values) / len(values) if values else None

    marks = [(relevance(q, r), len(q["gold"])) for q, r in asked]
    return Row(
        kind=kind,
        n=len(judged),
        hit_1=mean([float(any(m[:1])) for m, _ in marks]),
        hit_5=mean([float(any(m[:5])) for m, _ in marks]),
        mrr_10=mean([reciprocal_rank(m) for m, _ in marks]),
        ndcg_10=mean([ndcg(m, n) for m, n in marks]),
        answer_right=mean([float(answer_is_right(q, r.answer)) for q, r in answered]),
        verbatim=mean([float(texts[c.doc_id][c.start : c.end] == c.quote) for c in quotes]),
        abstained=mean([float(r.answer.abstained) for _, r in judged]) or 0.0,
        unsure=mean([float(r.answer.unsure) for _, r in judged]) or 0.0,
        words=mean([len(r.answer.text.split()) for _, r in answered]),
    )


def evaluate(engine: Engine, questions: Sequence[Mapping[str, Any]]) -> tuple[list[Row], list[str]]:
    """Ask every question; return the rows by kind (the last is all answerable) and what fell short."""
    judged: defaultdict[str, list[tuple[Mapping[str, Any], Result]]] = defaultdict(list)
    bad: list[str] = []
    for question in questions:
        mode: Mode = "precedent" if question.get("mode") == "precedent" else "ask"
        result = engine.ask(question["question"], mode=mode)
        judged[question["kind"]].append((question, result))
        found = relevance(question, result)
        right = mode == "precedent" or answer_is_right(question, result.answer)
        if (question["gold"] and not (any(found[:1]) and right)) or (
            not question["gold"] and not result.answer.abstained
        ):
            rank = found.index(1) + 1 if any(found) else None
            bad.append(f"{question['id']} {question['question'][:90]} | rank {rank} right {right} "
                       f"want {question['answer']} | {result.answer.text[:230]!r}")  # fmt: skip
    texts = {d.doc_id: d.text for d in engine.documents()}
    rows = [summarise(kind, judged[kind], texts) for kind in sorted(judged)]
    answerable = [pair for pairs in judged.values() for pair in pairs if pair[0]["gold"]]
    return [*rows, summarise("ALL answerable", answerable, texts)], bad


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 done, 1 nothing could be measured, 2 wrong usage."""
    from build_index import main as build

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, help="judged questions, one JSON object a line")
    parser.add_argument("documents", type=Path, help="folder the questions were judged on")
    parser.add_argument("--index-dir", type=Path, help="an index of that folder; built when absent")
    parser.add_argument("--fold", action="store_true", help="ask without diacritics")
    parser.add_argument("--bad", action="store_true", help="list the questions that fell short")
    args = parser.parse_args(argv)
    try:
        questions = [
            json.loads(line)
            for line in args.questions.read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
        if args.fold:
            questions = [{**q, "question": fold(q["question"])} for q in questions]
        with tempfile.TemporaryDirectory() as scratch:
            index_dir = args.index_dir or Path(scratch)
            if code := build([str(args.documents), "--index-dir", str(index_dir)]):
                return code
            rows, bad = evaluate(Engine.open(index_dir), questions)
    except (AppError, OSError, json.JSONDecodeError) as error:
        print(f"lỗi: {error}", file=sys.stderr)
        return 1
    print(HEADER, *rows, *(bad if args.bad else []), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
