"""Learn the syllable counts of diacritics.bin: python -m index.training.diacritics --data FOLDER.

Five minutes on one core. The items are those of the encoder; one in fifty is held out and
the share of syllables restored rightly on it is printed.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import random
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.text import clean, fold
from corpus.words.diacritics import DiacriticRestorer, syllable_runs
from corpus.words.syllables import SHIPPED, SyllableCounts, quantise
from index.training.sources import Item, legal_items, news_items, wiki_items

log = logging.getLogger("index.training.diacritics")
SIZE_LIMIT = 1_500_000  # bytes of the file shipped
SYLLABLE_COUNT = 30  # rarer ones are slips and foreign names
PAIR_COUNT = 4
# A reading of a folded pair that makes up less is a slip of somebody's keys, not Vietnamese.
READING_SHARE = 0.004
LEGAL_WEIGHT = 3  # the language of the documents asked about
HELD_OUT = 50  # one item in so many
CHARS = 6000  # of each item: more than the encoder reads, for counts want mass


def count(items: Iterable[Item], weight: int, singles: Counter[str], pairs: Counter[tuple[str, str]]) -> None:
    for item in items:
        for line in item.lines:
            for run in syllable_runs(line):
                for syllable in run:
                    singles[syllable] += weight
                for pair in itertools.pairwise(run):
                    pairs[pair] += weight


def learn(singles: Counter[str], pairs: Counter[tuple[str, str]]) -> SyllableCounts:
    """Keep what tells readings apart, and pack it."""
    syllables = sorted(s for s, n in singles.items() if n >= SYLLABLE_COUNT and len(s) <= 7)
    number = {syllable: n for n, syllable in enumerate(syllables)}
    folded: Counter[tuple[str, str]] = Counter()
    known = {p: n for p, n in pairs.items() if p[0] in number and p[1] in number}
    for (left, right), n in known.items():
        folded[fold(left), fold(right)] += n
    kept = sorted(
        (number[left] * len(syllables) + number[right], n)
        for (left, right), n in known.items()
        if n >= PAIR_COUNT and n >= READING_SHARE * folded[fold(left), fold(right)]
    )
    return SyllableCounts(
        syllables,
        [float(singles[s]) for s in syllables],
        array("L", (key for key, _ in kept)),
        bytes(quantise(n) for _, n in kept),
    )


def accuracy(restorer: DiacriticRestorer, lines: Sequence[str]) -> float:
    """Return the share of syllables that come back right from lines stripped of all diacritics."""
    right = total = 0
    for line in lines:
        truth = clean(line).text.lower()
        found = restorer.restore(fold(truth))
        for a, b in zip(truth.split(), found.split(), strict=True):
            right, total = right + (a == b), total + 1
    return right / max(1, total)


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="the training data")
    parser.add_argument("--out", type=Path, default=SHIPPED, metavar="FILE")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 when the file is written, 1 when it would be too large."""
    args = parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    held_out: dict[str, list[str]] = {}
    for name, items, weight in (
        ("legal", legal_items(args.data, CHARS), LEGAL_WEIGHT),
        ("news", news_items(args.data, args.seed, CHARS), 1),
        ("wiki", wiki_items(args.data, CHARS), 1),
    ):
        random.Random(args.seed).shuffle(items)
        cut = len(items) // HELD_OUT
        held_out[name] = [line for item in items[:cut] for line in item.lines if line][:1000]
        count(items[cut:], weight, singles, pairs)
        log.info("read %s: %d items", name, len(items) - cut)
    counts = learn(singles, pairs)
    part = args.out.with_name(args.out.name + ".new")
    counts.save(part, source="phapdien, vietnews, wikipedia")
    if (size := part.stat().st_size) > SIZE_LIMIT:
        log.error("%s has %d bytes, more than %d; raise PAIR_COUNT", part, size, SIZE_LIMIT)
        return 1
    part.replace(args.out)
    log.info("%s: %d bytes", args.out, size)
    for name, lines in held_out.items():
        log.info(
            "%s: %.1f %% of syllables right on %d lines",
            name,
            100 * accuracy(DiacriticRestorer(counts), lines),
            len(lines),
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
