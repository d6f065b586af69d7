"""What is measured: the whole program, and its lanes alone, over the articles of a judged set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from corpus.words.colloquial import Colloquial
from index.encoder import SHIPPED_NAME, Encoder, load_encoder
from search.engine import Engine
from search.measuring.articles import Build, ensure_index
from search.measuring.judged import JudgedSet
from search.measuring.metrics import DEPTH
from search.retrieve import Lanes, Retriever, SearchOptions

Rank = Callable[[str], list[str]]  # a question -> ids of articles, best first, each once, at most DEPTH

_PASSAGES = 50  # hits asked for, so that DEPTH different articles are among them


class MissingPeerError(Exception):
    """A library that a peer needs is not installed; the table says so and goes on."""


class SystemOf(Protocol):
    """Makes a system ready to rank the articles of a bench."""

    def __call__(self, bench: Bench) -> Rank: ...


@dataclass
class Bench:
    """One judged set and what the systems share: its index, its engine, the cache.

    Attributes:
        folder: Where what is expensive is kept, for this very data.
        facts: What a system tells of itself beside its rankings, by system.
    """

    judged: JudgedSet
    cache: Path
    encoder: Encoder
    keep_index: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.cache / f"{self.judged.name}-{self.judged.digest[:12]}"

    @property
    def index_dir(self) -> Path:
        return self.folder / f"index-{self.encoder.name.rsplit('/', 1)[-1]}"

    @cached_property
    def build(self) -> Build:
        return ensure_index(self.index_dir, self.judged, self.encoder, keep=self.keep_index)

    @cached_property
    def engine(self) -> Engine:
        assert self.build
        return Engine.open(self.index_dir)

    @classmethod
    def of(cls, judged: JudgedSet, cache: Path, encoder: str | None, *, keep_index: bool = False) -> Bench:
        return cls(judged, cache, load_encoder(encoder or SHIPPED_NAME), keep_index)


def best_of(doc_ids: Iterable[str]) -> list[str]:
    """Return the first DEPTH different ids: several passages of an article count as its best.

    >>> best_of(["b", "a", "b"])
    ['b', 'a']
    """
    return list(dict.fromkeys(doc_ids))[:DEPTH]


def full(bench: Bench) -> Rank:
    """The program as people use it: `Engine.ask`, answer and all."""
    engine = bench.engine
    return lambda question: best_of(h.passage.doc_id for h in engine.ask(question, _PASSAGES).hits)


def lanes(dense_share: float | None, used: Callable[[Lanes], bool]) -> SystemOf:
    """Return a system that takes the first look only, mixed as given; None: as the program mixes.

    Args:
        used: Which candidates count: with a share of 0 or 1 those of the other lane do not.
    """

    def ready(bench: Bench) -> Rank:
        engine, default = bench.engine, SearchOptions()
        share = default.dense_share if dense_share is None else dense_share
        options = SearchOptions(depth=default.depth, looked_at=2 * default.depth, dense_share=share)
        retriever = Retriever(engine.bundle, engine.glossary, Colloquial.shipped(), options)
        passages = engine.bundle.passages

        def rank(question: str) -> list[str]:
            found = retriever.retrieve(engine.understand(question))
            return best_of(passages[lane.row].doc_id for lane in found if used(lane))

        return rank

    return ready


OURS: Mapping[str, SystemOf] = {
    "sparse": lanes(0.0, lambda lane: lane.sparse > 0),
    "dense": lanes(1.0, lambda lane: lane.dense > 0),
    "fused": lanes(None, lambda lane: True),
    "full": full,
}
