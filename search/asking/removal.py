"""What a question was understood to ask, each part of which can be taken away again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from corpus.numbers import find_numbers
from corpus.text import fold
from corpus.words.places import find_places
from corpus.words.tokens import find_dates
from search.query import Query

Span = tuple[int, int]


def without(query: Query, labels: Iterable[str]) -> Query:
    """Return `query` without the parts that `Query.understood` calls so, and without their words.

    The words go too, or the year taken away would still be looked for as a word. Labels that
    the query has not are passed over.
    """
    for label in labels:
        if label not in query.understood:
            continue
        words, before = _without_words(query.words, label, query), query
        query = replace(query, **_fields_without(query, label))
        short = [pair[0] for pair in before.written_out if pair not in query.written_out]
        query = replace(query, kept_short=(*query.kept_short, *short))
        # The years of a term that is taken away.
        for uncovered in set(query.understood) - set(before.understood):
            query = replace(query, **_fields_without(query, uncovered))
        # A question must have words: one that is nothing but "Lai Châu" keeps them.
        if any(char.isalnum() for char in words):
            query = replace(query, words=words, text=words)
    return query


def _fields_without(query: Query, label: str) -> dict[str, Any]:
    """The fields of `query` in which `label` occurs, as they are without it."""
    changed: dict[str, Any] = {}
    for field in fields(query):
        values = getattr(query, field.name)
        if isinstance(values, tuple):
            kept = tuple(value for value in values if label not in _labels(field.name, (value,)))
            if kept != values:
                changed[field.name] = kept
        elif field.name not in ("text", "words") and label in _labels(field.name, values):
            changed[field.name] = field.default
    return changed


def _labels(name: str, value: Any) -> tuple[str, ...]:
    """What a query that asks for nothing else is understood to ask."""
    alone: dict[str, Any] = {name: value}
    return replace(_EMPTY, **alone).understood


_EMPTY = Query("x", "x")


def _without_words(words: str, label: str, query: Query) -> str:
    """`words` without those that say `label`."""
    folded = fold(words)
    spans: list[Span] = [
        (start, end)
        for start, end, place in find_places(words, folded=not query.diacritics)
        if place == label
    ]
    spans += [(m.start, m.end) for m in find_numbers(words, typed=True) if f"số {m.number}" == label]
    spans += [(start, end) for start, end, iso in find_dates(words) if label in _labels("dates", (iso,))]
    if any(label in _labels("written_out", (pair,)) for pair in query.written_out):
        return words  # they stay as they were typed
    for pair in query.read_as:  # as they were typed: a foreign word that only looked like keys
        if label in _labels("read_as", (pair,)):
            return _as_typed(words, *pair)
    if not spans and len(folded) == len(words):
        # "không phải năm 2021", "năm 2021" or the bare "2021"; "quý I"; "kế hoạch"; "số 757".
        for said in (label, label.removeprefix("năm "), label.removeprefix("số ")):
            pattern = re.escape(fold(said)).replace(r"\-", r"\s?[-–]\s?")  # "2018-2023", "2018 - 2023"
            pattern = rf"(?<!\w){pattern}(?!\w)"
            spans = [match.span() for match in re.finditer(pattern, folded)]
            if spans:
                break
    for start, end in sorted(spans, reverse=True):
        words = f"{words[:start]} {words[end:]}"
    return " ".join(words.split())


def _as_typed(words: str, typed: str, read: str) -> str:
    """`words` with what was read as it was typed; word by word where others between them were taken away."""
    if read in words or len(typed.split()) != len(read.split()):
        return words.replace(read, typed)
    left, said = list(zip(read.split(), typed.split(), strict=True)), list[str]()
    for word in words.split():
        at = next((n for n, (one, _) in enumerate(left) if one == word), None)
        said.append(word if at is None else left[at][1])
        left = left if at is None else left[at + 1 :]
    return " ".join(said)
