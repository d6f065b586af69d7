"""Filters beside a list: each value with how many of the documents found have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ui.frame import Asked
from ui.parts.cards import Card
from ui.parts.render import inert

_SHOWN = 8  # values shown at once; the others are one click away
_SEARCHED = 24  # among more further values than these one looks by name


@dataclass(frozen=True, slots=True)
class Facet:
    """A property documents can be chosen by; `field` is its name in addresses."""

    field: str
    name: str
    values_of: Callable[[Card], Iterable[str]]


FACETS = (
    Facet("nam", "Năm", lambda card: map(str, sorted(card.years, reverse=True))),
    Facet("loai", "Loại văn bản", lambda card: filter(None, [card.type])),
    Facet("co-quan", "Cơ quan ban hành", lambda card: filter(None, [card.issuer])),
    Facet("noi", "Địa phương", lambda card: sorted(card.places)),
)


def chosen(cards: Mapping[str, Card], asked: Asked) -> frozenset[str]:
    """Return the ids of the documents that have one of the values chosen in every facet."""
    ids = set(cards)
    for facet in FACETS:
        wanted = set(asked.many(facet.field))
        if wanted:
            ids = {doc_id for doc_id in ids if wanted.intersection(facet.values_of(cards[doc_id]))}
    return frozenset(ids)


def facets_html(found: Iterable[Card], asked: Asked) -> str:
    """The boxes to tick, without the form around them; "" where there is nothing to choose between."""
    cards = list(found)
    return "".join(_facet_html(facet, cards, asked) for facet in FACETS)


def _facet_html(facet: Facet, cards: list[Card], asked: Asked) -> str:
    counts = Counter(value for card in cards for value in facet.values_of(card))
    ticked = asked.many(facet.field)
    counts.update(dict.fromkeys((v for v in ticked if v not in counts), 0))
    if len(counts) < 2 and not ticked:
        return ""
    newest_first = facet.field == "nam"
    values = sorted(counts, reverse=newest_first) if newest_first else [v for v, _ in counts.most_common()]
    boxes = [_box(facet.field, value, counts[value], value in ticked) for value in values]
    more = "".join(boxes[_SHOWN:])
    if more:
        count = len(boxes) - _SHOWN
        narrowed = _search_box(facet) if count > _SEARCHED else ""
        more = f'<details><summary>Thêm {count}</summary>{narrowed}<div class="dai">{more}</div></details>'
    return f"<fieldset><legend>{facet.name}</legend>{''.join(boxes[:_SHOWN])}{more}</fieldset>"


def _search_box(facet: Facet) -> str:
    """Where letters are typed that narrow a long list; places.js shows it, for it does the narrowing."""
    label = f"Tìm trong: {facet.name.lower()}"
    return (
        f'<input type="search" class="thu-gon" aria-label="{label}" placeholder="{label}" autocomplete="off" '
        "hidden>"
    )


def _box(field: str, value: str, count: int, ticked: bool) -> str:
    return (
        f'<label class="chon"><input type="checkbox" name="{field}" value="{inert(value)}"'
        f"{' checked' if ticked else ''}><span>{inert(value)}</span>"
        f'<span class="dem">{count}</span></label>'
    )
