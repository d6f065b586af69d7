"""Which pairs the encoder is trained on, and how much of each."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from corpus.words.glossary import Glossary
from index.training.abbreviations import Abbreviator
from index.training.leakage import Benchmarks
from index.training.pairs import (
    Draw,
    PairOptions,
    first_to_second,
    line_to_next,
    related_to_each_other,
    span_to_rest,
    title_to_text,
)
from index.training.segment import read_segmented
from index.training.sources import related_pairs
from index.training.table import Table, Words, build_table, source_order

log = logging.getLogger(__name__)
SOURCES = ("legal", "news", "wiki", "qa", "para")


@dataclass(frozen=True, slots=True)
class Shares:
    """How often a batch is of each kind; about half general text, whence the words people use."""

    legal_title: float = 0.22
    legal_span: float = 0.18
    legal_related: float = 0.05
    news_title: float = 0.20
    news_next: float = 0.10
    news_span: float = 0.14
    wiki_span: float = 0.05
    questions: float = 0.02
    paraphrases: float = 0.02
    abbreviations: float = 0.03


def read_tables(cache: Path, data: Path) -> tuple[dict[str, Table], list[str], dict[str, int]]:
    """Read the segmented text, near copies of benchmark questions left out.

    Returns:
        tables: One for each of SOURCES, and "short" with abbreviated lines.
        words: Word number -> word.
        removed: Source -> items left out as near copies.
    """
    benchmarks, words = Benchmarks.read(data), Words()
    tables: dict[str, Table] = {}
    removed: dict[str, int] = {}
    kept: dict[str, list[tuple[str, list[str]]]] = {}
    for name in SOURCES:
        copies: list[str] = []
        segmented = read_segmented(cache, name)
        # The text of the law is what the benchmarks search; only its titles could give a question away.
        checked = (
            _by_title(segmented, benchmarks, copies)
            if name == "legal"
            else benchmarks.filter(segmented, copies)
        )
        kept[name] = sorted(checked, key=lambda item: source_order(item[0]))
        tables[name], removed[name] = build_table(kept[name], words), len(copies)
        log.info(
            "%s: %d items, %d words, %d left out",
            name,
            len(tables[name]),
            len(tables[name].words),
            len(copies),
        )
    short = Abbreviator(Glossary.shipped()).pairs(chain(kept["legal"], kept["news"]))
    tables["short"] = build_table(((item.item_id, list(item.lines)) for item in short), words)
    return tables, words.listed(), removed


def _by_title(
    items: Iterator[tuple[str, list[str]]], benchmarks: Benchmarks, removed: list[str]
) -> Iterator[tuple[str, list[str]]]:
    for item_id, lines in items:
        if benchmarks.stand_in(lines[0]):
            removed.append(item_id)
        else:
            yield item_id, lines


def mixture(
    tables: dict[str, Table], data: Path, shares: Shares, options: PairOptions
) -> list[tuple[float, Draw]]:
    """Return (share, draw) for each kind of pair."""
    legal, news, wiki = (tables[name] for name in ("legal", "news", "wiki"))
    scattered = replace(options, block=1)  # neighbouring news items have nothing in common
    return [
        (shares.legal_title, title_to_text(legal, options)),
        (shares.legal_span, span_to_rest(legal, options)),
        (shares.legal_related, related_to_each_other(legal, related_pairs(data), options)),
        (shares.news_title, title_to_text(news, scattered)),
        (shares.news_next, line_to_next(news, scattered)),
        (shares.news_span, span_to_rest(news, scattered)),
        (shares.wiki_span, span_to_rest(wiki, scattered)),
        (shares.questions, first_to_second(tables["qa"], scattered)),
        (shares.paraphrases, first_to_second(tables["para"], scattered)),
        (shares.abbreviations, first_to_second(tables["short"], scattered)),
    ]
