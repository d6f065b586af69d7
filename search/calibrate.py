"""How sure an answer must be: learnt from judged questions, printed, for search/ranking/confidence.py.

python -m search.calibrate QUESTIONS.jsonl... --documents FOLDER [--index-dir DIR]

Answerable questions whose best passage holds the gold words count as right; all others,
and every question that has no answer in the library, count as not. Questions a rule has
refused already (another year, another place...) teach nothing and are left out.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from search.engine import Engine
from search.evaluate import holds
from search.ranking.confidence import signs_of

STEPS, RATE, SHRINK = 4000, 0.5, 0.003  # plain gradient descent; enough for four signs and few hundred rows
THRESHOLDS = (0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of a question's best candidate, and whether it answers."""

    signs: tuple[float, ...]
    right: bool
    answerable: bool


def sigmoid(x: float) -> float:
    """Return 1 / (1 + e^-x).

    >>> sigmoid(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-x))


def fit(examples: Sequence[Example]) -> tuple[tuple[float, ...], float]:
    """Return (weights, bias) of a logistic regression, both classes weighing the same in all.

    Raises:
        ValueError: One of the two classes has no example.
    """
    n_right = sum(e.right for e in examples)
    if not 0 < n_right < len(examples):
        raise ValueError(f"need right and wrong examples, got {n_right} right of {len(examples)}")
    share = {True: 0.5 / n_right, False: 0.5 / (len(examples) - n_right)}
    weights, bias = [0.0] * len(examples[0].signs), 0.0
    for _ in range(STEPS):
        slopes, slope = [SHRINK * w for w in weights], 0.0
        for e in examples:
            z = bias + sum(w * s for w, s in zip(weights, e.signs, strict=True))
            miss = share[e.right] * (sigmoid(z) - e.right)
            slope += miss
            slopes = [g + miss * s for g, s in zip(slopes, e.signs, strict=True)]
        weights = [w - RATE * g for w, g in zip(weights, slopes, strict=True)]
        bias -= RATE * slope
    return tuple(weights), bias


def examples_of(engine: Engine, questions: Sequence[Mapping[str, Any]]) -> list[Example]:
    """Return an example for each question that no rule refuses."""
    examples: list[Example] = []
    for question in questions:
        if question.get("mode") == "precedent":
            continue
        best = engine.best_candidate(question["question"])
        if best is None:
            continue
        passage = best.view.passage
        right = any(
            passage.doc_id.startswith(g["doc"]) and holds(passage.text, g["quote"]) for g in question["gold"]
        )
        absent = engine.absent(question["question"])
        examples.append(Example(signs_of(best, absent), right, bool(question["gold"])))
    return examples


def report(examples: Sequence[Example], weights: Sequence[float], bias: float) -> list[str]:
    """Return a line for each threshold: what would be refused and what answered."""
    lines: list[str] = []
    for threshold in THRESHOLDS:
        sure = [
            sigmoid(bias + sum(w * s for w, s in zip(weights, e.signs, strict=True))) >= threshold
            for e in examples
        ]
        pairs = list(zip(examples, sure, strict=True))
        lines.append(
            f"{threshold:.2f}: right refused {sum(e.right and not s for e, s in pairs)}"
            f" of {sum(e.right for e in examples)},"
            f" wrong answered {sum(e.answerable and not e.right and s for e, s in pairs)}"
            f" of {sum(e.answerable and not e.right for e in examples)},"
            f" unanswerable answered {sum(not e.answerable and s for e, s in pairs)}"
            f" of {sum(not e.answerable for e in examples)}"
        )
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Print weights, bias and what each threshold does; 0 done, 1 the user can mend it, 2 wrong usage."""
    from build_index import main as build

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, nargs="+", help="judged questions, one JSON object a line")
    parser.add_argument("--documents", type=Path, default=Path("corpus/samples"))
    parser.add_argument("--index-dir", type=Path, help="an index of that folder; built when absent")
    args = parser.parse_args(argv)
    try:
        questions = [
            json.loads(line)
            for path in args.questions
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.strip()
        ]
        with tempfile.TemporaryDirectory() as scratch:
            index_dir = args.index_dir or Path(scratch)
            if code := build([str(args.documents), "--index-dir", str(index_dir)]):
                return int(code)
            examples = examples_of(Engine.open(index_dir), questions)
    except (AppError, OSError, json.JSONDecodeError) as error:
        print(f"lỗi: {error}", file=sys.stderr)
        return 1
    weights, bias = fit(examples)
    print("weights", tuple(round(w, 2) for w in weights), "bias", round(bias, 2), "n", len(examples))
    print(*report(examples, weights, bias), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
