"""Whose doing a sentence tells of: what one level of the union has to do is no other level's duty."""

from __future__ import annotations

import re

from search.asking.asks import ask_key
from search.asking.bodies import asked_actor, levels_named, opening_level
from search.query import Query
from search.rerank import Candidate

_WHICH_BODY = re.compile(r"\b(?P<through>qua )?(?P<kind>ban|so|phong) (?:nao|gi)\b")
_THROUGH = re.compile(r"\b(?:qua|thông qua|đầu mối)\b")
_BODIES_OF = {
    "ban": re.compile(r"\b(?:[Bb]an (?!hành\b|đầu\b)|[Vv]ăn phòng\b|[Ủủ]y ban\b|UBKT\b)"),
    "so": re.compile(r"\bSở (?!hữu\b)"),
    "phong": re.compile(r"\b(?:[Pp]hòng [A-ZĐ]|[Vv]ăn phòng\b|[Bb]an [A-ZĐ])"),
}


def another_does_it(query: Query, candidate: Candidate) -> bool:
    """Whether a question asks of a body, or for one, and the words found tell what another does."""
    return tells_of_another_level(query, candidate) or names_no_such_body(query, candidate)


def tells_of_another_level(query: Query, candidate: Candidate) -> bool:
    """Whether a question asks of a body, and the words found tell what a body of another level does.

    The sentence says whose doing it is, or else the line or the heading above it that opens with a body
    ("2. Các LĐLĐ huyện, thành phố, công đoàn ngành").
    """
    asked, unit = asked_actor(query.words), candidate.unit
    if asked is None or unit is None or any(level == asked for _, _, level in levels_named(unit.text)):
        return False
    if own := opening_level(unit.text):
        return own != asked
    for above in (unit.lead, *reversed(candidate.view.passage.heading)):
        if opening_level(above):
            return all(level != asked for _, _, level in levels_named(above))
    return False


def is_the_whole_figure(query: Query, candidate: Candidate, issuer: str | None) -> bool:
    """Whether a level's figure is asked for, and neither the words found nor those above name that level.

    A province's plan that says "Giới thiệu 500 đoàn viên" tells what all of the province do, not each union
    below it; in the plan of a union of the level asked about it is its own figure.

    Args:
        issuer: Who issued the document.
    """
    asked, unit = asked_actor(query.words), candidate.unit
    if query.asks not in ("count", "percent", "money") or asked in (None, "province") or unit is None:
        return False
    said = (unit.text, unit.lead, *candidate.view.passage.heading)
    named = any(level == asked for words in said for _, _, level in levels_named(words))
    return not named and opening_level(issuer or "") != asked


def names_no_such_body(query: Query, candidate: Candidate) -> bool:
    """Whether a question asks which ban, sở or phòng it is, and the words found name none."""
    match = _WHICH_BODY.search(ask_key(query.words)) if query.asks == "who" else None
    unit = candidate.unit
    if not match or unit is None:
        return False
    if match["through"] and not _THROUGH.search(unit.text):
        return True
    return not _BODIES_OF[match["kind"]].search(f"{unit.lead} {unit.text}")
