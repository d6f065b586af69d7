"""Learn the weights of the learned score.

python -m search.training --data ../shared/data --cache data/relevance

Articles, news and questions become three small indexes in the cache, the program's own first look
gives each question its candidates, and a small network learns to tell those that answer. A quarter
of an hour on one core, nearly all of it word segmentation. With the same data, seed and versions
the weights come out the same.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from index.encoder import load_encoder
from index.files import write_atomically
from index.training.leakage import Benchmarks
from search.ranking.learned import SHIPPED, digest_of
from search.ranking.signs import ALL_NAMES
from search.training.fit import FitOptions, first_right, fit, split
from search.training.groups import Group, groups_of
from search.training.questions import human_questions, legal_rows, span_questions, title_questions

log = logging.getLogger("search.training")


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="FOLDER", help="legal/, qa/, benchmarks/..."
    )
    parser.add_argument("--cache", type=Path, required=True, metavar="FOLDER", help="for the indexes")
    parser.add_argument("--out", type=Path, default=SHIPPED, metavar="FILE")
    parser.add_argument("--articles", type=int, default=4000, help="for each of the two legal lessons")
    parser.add_argument("--news", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=FitOptions().seed)
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 when the weights are written."""
    import torch

    args = parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    options = FitOptions(seed=args.seed)
    groups = learn_from(args.data, args.cache, args.articles, args.news, args.seed)
    weights = fit(groups, options)
    facts = {
        "options": asdict(options),
        "groups": dict(sorted(Counter(group.source for group in groups).items())),
        "first_right_held_out": first_right(split(groups, options.seed)[1], weights),
    }
    content = {"signs": list(ALL_NAMES), "sha256": digest_of(weights), "training": facts, "weights": weights}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(args.out, (json.dumps(content, ensure_ascii=False) + "\n").encode())
    log.info("%s: %s", args.out, json.dumps(facts, ensure_ascii=False))
    return 0


def learn_from(data: Path, cache: Path, n_articles: int, n_news: int, seed: int) -> list[Group]:
    """Return the groups of all lessons."""
    rng = random.Random(seed)
    rows = legal_rows(data, 2 * n_articles, rng)
    lessons = (
        human_questions(data, n_news, rng),
        title_questions(rows[: len(rows) // 2], rng),
        span_questions(rows[len(rows) // 2 :], rng),
    )
    encoder, benchmarks, groups = load_encoder(), Benchmarks.read(data), []
    for lesson in lessons:
        root = cache / lesson.name
        found = list(groups_of(lesson, root, encoder, benchmarks))
        log.info(
            "%s: %d of %d questions, %d articles",
            lesson.name,
            len(found),
            len(lesson.asked),
            len(lesson.articles),
        )
        groups += found
    return groups


if __name__ == "__main__":
    sys.exit(main())
