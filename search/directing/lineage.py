"""The lineage of directives as data: which layers, which place in them, which lines between.

Layers go from the centre of the country down to the grass roots, and within a level down from what
is carried out to who carries it out; within a layer documents are moved towards what they carry out,
so that lines cross less. The layout is the layered one of Sugiyama, Tagawa & Toda, "Methods for
Visual Understanding of Hierarchical System Structures", 1981,
https://doi.org/10.1109/TSMC.1981.4308636, with the layers given by level.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.citing.owners import Level
from corpus.citing.works import Work
from search.directing.graph import CARRIES_OUT, CHANGES, DirectiveGraph, Edge

LEVELS: tuple[Level, ...] = ("Trung ương", "Tổng Liên đoàn", "Tỉnh", "Ngành", "Cơ sở", "Chưa rõ")
PER_ROW = 8  # boxes side by side; a fuller layer goes on in the next row
_DEEPEST = 3  # rows within a level, so that a circle of documents ends
_SWEEPS = 4  # rounds of moving boxes towards their neighbours; more change next to nothing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work is drawn: which layer (its level), which row from the top, which column from the left."""

    work: Work
    level: Level
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """What is drawn.

    Attributes:
        places: From top left to bottom right.
        edges: Lines between works that are both drawn; each keeps its words.
        focus: Id of the work asked for; None where all is drawn.
        left_out: How many works there was no room for.
    """

    places: tuple[Place, ...]
    edges: tuple[Edge, ...]
    focus: str | None = None
    left_out: int = 0


def lineage_of(
    graph: DirectiveGraph, work: Work | None = None, *, steps: int = 2, most: int = 1000
) -> Lineage:
    """Return the lineage of a work, or of the whole library.

    Args:
        work: The work asked for; None draws everything that is linked or held.
        steps: How many lines away from it what is drawn may be.
        most: How many works are drawn at most; those nearest to it; of the library
            those with most lines.
    """
    if work is None:
        found = [w for w in graph.register.works.values() if w.held or w.mentions]
        found.sort(key=lambda w: (-len(graph.out(w)) - len(graph.into(w)), w.work_id))
    else:
        found = _around(graph, work, steps)
    drawn = {w.work_id: w for w in found[:most]}
    kinds = (*CARRIES_OUT, *CHANGES, "cites")
    edges = _strongest(e for w in drawn.values() for e in graph.out(w, *kinds) if e.target in drawn)
    places = _places(drawn, edges)
    return Lineage(places, edges, work.work_id if work else None, len(found) - len(drawn))


def _around(graph: DirectiveGraph, work: Work, steps: int) -> list[Work]:
    """Return the works within `steps` lines: up what it carries out, down who carries it out; it first."""
    order = {work.work_id: work}
    for upward in (True, False):
        waiting = deque([(work, 0)])
        while waiting:
            current, far = waiting.popleft()
            if far == steps:
                continue
            edges = graph.out(current) if upward else graph.into(current)
            # Beyond the first line only what is carried out is followed: mentions lead everywhere.
            for edge in edges:
                if far and edge.kind == "cites":
                    continue
                other = edge.target if upward else edge.source
                if other not in order:
                    order[other] = graph.work(other)
                    waiting.append((order[other], far + 1))
    return list(order.values())


def _strongest(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Return one edge for each pair: what changes the other, else what carries it out, else the mention."""
    rank = {kind: n for n, kind in enumerate((*CHANGES, *CARRIES_OUT, "cites"))}
    best: dict[tuple[str, str], Edge] = {}
    for edge in edges:
        pair = (edge.source, edge.target)
        if pair not in best or rank[edge.kind] < rank[best[pair].kind]:
            best[pair] = edge
    return tuple(best[pair] for pair in sorted(best))


def _places(works: Mapping[str, Work], edges: Sequence[Edge]) -> tuple[Place, ...]:
    layers: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    depths = _depths(works, edges)
    for work_id in sorted(works, key=lambda w: (works[w].date or "9999", w)):
        layers[LEVELS.index(works[work_id].level), depths[work_id]].append(work_id)
    near: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        near[edge.source].append(edge.target)
        near[edge.target].append(edge.source)
    position = {w: i / len(layer) for layer in layers.values() for i, w in enumerate(layer)}
    for sweep in range(_SWEEPS):
        for key in sorted(layers, reverse=sweep % 2 == 1):
            layer = layers[key]
            towards = {w: sum(position[n] for n in near[w]) / max(1, len(near[w])) for w in layer}
            layer.sort(key=lambda w: (towards[w], works[w].date or "9999", w))
            position |= {w: i / len(layer) for i, w in enumerate(layer)}
    places: list[Place] = []
    row = 0
    for key in sorted(layers):
        for i, work_id in enumerate(layers[key]):
            places.append(Place(works[work_id], LEVELS[key[0]], row + i // PER_ROW, i % PER_ROW))
        row += -(-len(layers[key]) // PER_ROW)
    return tuple(places)


def _depths(works: Mapping[str, Work], edges: Sequence[Edge]) -> dict[str, int]:
    """Return how far below what it carries out each work stands within its level, at most `_DEEPEST`."""
    depths = dict.fromkeys(works, 0)
    inside = [
        (e.source, e.target) for e in edges
        if e.kind != "cites" and works[e.source].level == works[e.target].level
    ]  # fmt: skip
    for _ in range(_DEEPEST):  # documents that carry each other out go no deeper than this
        for source, target in inside:
            depths[source] = min(_DEEPEST, max(depths[source], depths[target] + 1))
    return depths
