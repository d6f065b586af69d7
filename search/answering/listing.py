"""Answers of several lines: where documents of the library say something, or which directives they name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Citation, Document
from corpus.text import fold
from search.asking.asks import asked_kinds
from search.asking.docnames import typed_serials
from search.asking.matching import Terms
from search.query import Query
from search.ranking.evidence import Said, Unit
from search.ranking.profile import serial_of
from search.rerank import Candidate

# Words of one line, by how many lines share the answer; the quotation itself may go on.
LEAST_SHOWN, MOST_SHOWN = 16, 40
CLOSING = ("Nơi nhận", "Ký")  # sections that name people and bodies, and tell nothing of them
_OF_ONE = 2  # places shown of one document
_LOOKED_AT = 15  # passages whose citations are read for a list of directives
_NEAR_BEST = 0.65  # a line must tell this share of what the best line tells...
_FIRST_SHARE = 0.55  # ...or this one, where it is its document's first
# Documents that are named without a number.
_NAMED_TYPES = frozenset(
    ("Luật", "Bộ luật", "Pháp lệnh", "Điều lệ", "Hiến pháp", "Nghị quyết", "Chỉ thị", "Đề án")
)


Group = Literal["issued_for", "carries_out", "mentions"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line: the span that is quoted.

    Attributes:
        mention: Where a document is named that is asked for or about, half-open; None for none.
            What is shown holds its beginning.
        group: What the place says of that document.
    """

    doc_id: str
    start: int
    end: int
    worth: float
    mention: tuple[int, int] | None = None
    group: Group = "mentions"


def document_items(ranked: Sequence[Candidate]) -> list[Item]:
    """Return the places worth listing: the best of each document first, then another of each, if as good."""
    with_unit = [
        (c, c.unit) for c in ranked[:30] if c.unit is not None and c.view.passage.section not in CLOSING
    ]
    best = max((c.unit_score for c, _ in with_unit), default=0.0)
    first: dict[str, Item] = {}
    others: list[Item] = []
    shown: Counter[str] = Counter()
    for c, unit in with_unit:
        item = Item(c.view.passage.doc_id, unit.start, unit.end, c.unit_score)
        if item.doc_id not in first and item.worth >= _FIRST_SHARE * best:
            first[item.doc_id] = item
        elif item.worth >= _NEAR_BEST * best and shown[item.doc_id] < _OF_ONE:
            others.append(item)
        else:
            continue
        shown[item.doc_id] += 1
    return _each_once([*first.values(), *others])


def directive_items(
    query: Query, terms: Terms, ranked: Sequence[Candidate], document_of: Callable[[str], Document]
) -> list[Item]:
    """Return the mentions of directives where the question's subject is spoken of, best first.

    Each directive is listed once, at the mention whose clause says most of the question. Where a document of
    the library is named, only its own words tell; where some are of the type asked for ("đề án nào"), or
    stand below the name of the body asked about, only these are listed.
    """
    ranked = [c for c in ranked if _is_named(query, document_of(c.view.passage.doc_id))] or ranked
    best_coverage = max((c.coverage for c in ranked[:_LOOKED_AT]), default=0.0)
    found: dict[str, Item] = {}
    of_kind, of_body = set[str](), set[str]()
    kinds, asked = asked_kinds(fold(query.words)), _plain(query.words)
    said = Said(terms, [c.view for c in ranked[:_LOOKED_AT]])
    for n, c in enumerate(ranked[:_LOOKED_AT]):
        if c.coverage < _NEAR_BEST * best_coverage or c.year < 0 or c.place < 0:
            continue
        document = document_of(c.view.passage.doc_id)
        told = said.units(n)
        for mention in _mentions_in(document, c.view.passage.start, c.view.passage.end):
            unit = _smallest_around(c.view.units, mention)
            if unit is None:
                continue
            worth = told[unit.place]
            item = Item(document.doc_id, unit.start, unit.end, worth, (mention.start, mention.end))
            name = mention.number or f"{mention.type} {mention.title}".casefold()
            if name not in found or worth > found[name].worth:
                found[name] = item
            if any(fold(mention.type or "").startswith(kind) for kind in kinds):
                of_kind.add(name)
            if (body := _plain(unit.lead)).strip() and body in asked:
                of_body.add(name)
    for chosen in (of_kind, of_body):
        found = {name: item for name, item in found.items() if name in chosen} or found
    best = max((item.worth for item in found.values()), default=0.0)
    near = [item for item in found.values() if item.worth >= _NEAR_BEST * best]
    return _each_once(sorted(near, key=lambda item: -item.worth))


def _is_named(query: Query, document: Document) -> bool:
    number = document.letterhead.number
    asked = [serial for _, serial in typed_serials(query.words)]
    return number is not None and (number in query.numbers or serial_of(number) in asked)


def _plain(text: str) -> str:
    return f" {' '.join(re.findall('[a-z0-9]+', fold(text)))} "


def _mentions_in(document: Document, start: int, end: int) -> list[Citation]:
    """Return the citations in a span that name one document: by number, or a law or resolution by name."""
    return [
        c
        for c in document.citations
        if start <= c.start < end and (c.number or (c.type in _NAMED_TYPES and c.title))
    ]


def _smallest_around(units: Iterable[Unit], mention: Citation) -> Unit | None:
    """Return the shortest unit that holds the beginning of a mention."""
    holding = [u for u in units if u.start <= mention.start < u.end]
    return min(holding, key=lambda u: u.end - u.start, default=None)


def _each_once(items: Iterable[Item]) -> list[Item]:
    """Drop lines that quote the same place again."""
    kept: dict[tuple[str, int], Item] = {}
    for item in items:
        kept.setdefault((item.doc_id, item.start), item)
    return list(kept.values())
