"""Train the shipped static encoder.

python -m index.training --data ../shared/data --cache ~/.cache/tracuu-training

First run: word segmentation of 125 million characters, a quarter of an hour on two idle cores,
kept in the cache. Training itself: about ten minutes on one. With the same data, seed and number
of threads, on the same machine and versions, the weights come out the same to the byte.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from index.encoder import SHIPPED_FOLDER, folder_digest
from index.training.export import export_model
from index.training.initial import row_directions
from index.training.mixture import Shares, mixture, read_tables
from index.training.pairs import PairOptions
from index.training.segment import segment_items
from index.training.sources import legal_items, news_items, paraphrase_items, qa_items, wiki_items
from index.training.train import TrainOptions, repeatable, train
from index.training.vocabulary import build_vocabulary

log = logging.getLogger("index.training")
VOCABULARY_SIZE = 80_000  # rows; with 256 dimensions in half precision 41 MB
SYLLABLE_COUNT = 10  # sightings that earn a syllable its row


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    defaults = TrainOptions()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="FOLDER", help="legal/, general/, qa/, benchmarks/"
    )
    parser.add_argument("--cache", type=Path, required=True, metavar="FOLDER", help="keeps segmented text")
    parser.add_argument("--out", type=Path, default=SHIPPED_FOLDER, metavar="FOLDER")
    parser.add_argument("--steps", type=int, default=defaults.steps, help="batches; fewer for a trial")
    parser.add_argument("--threads", type=int, default=1, help="of training; one repeats exactly")
    parser.add_argument("--processes", type=int, default=2, help="for word segmentation")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 when the model is written."""
    args = parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    sources = {
        "qa": qa_items(args.data),
        "para": paraphrase_items(args.data),
        "legal": legal_items(args.data),
        "news": news_items(args.data, args.seed),
        "wiki": wiki_items(args.data),
    }
    segment_items(sources, args.cache, args.seed, args.processes)
    tables, words, removed = read_tables(args.cache, args.data)
    texts = [tables[name] for name in ("legal", "news", "wiki", "short")]
    vocabulary = build_vocabulary(words, texts, VOCABULARY_SIZE, SYLLABLE_COUNT)
    log.info("%d rows", len(vocabulary.tokens))
    options = TrainOptions(steps=args.steps, seed=args.seed)
    shares, pairs = Shares(), PairOptions()
    with repeatable(args.threads):
        directions = row_directions(vocabulary, words, texts[:3], options.dim, options.seed)
        rows = train(vocabulary, mixture(tables, args.data, shares, pairs), options, directions)
    facts = {
        "options": asdict(options), "shares": asdict(shares), "pairs": asdict(pairs),
        "threads": args.threads, "left_out_as_near_copies": removed,
    }  # fmt: skip
    export_model(args.out, vocabulary.tokens, rows, facts)
    log.info("%s: %s", args.out, folder_digest(args.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
