"""How well a document fits what a question names: its year, its place, its number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.numbers import find_numbers
from corpus.records import Passage
from corpus.text import collapse, fold
from corpus.words.places import find_places, find_towns
from corpus.words.tokens import find_dates
from search.asking.docnames import typed_serials
from search.query import Query, merged_places
from search.ranking.evidence import Unit, View
from search.ranking.profile import Profile, years_said

# Of a year within a span of years that a document of another year speaks of: what is so from 2021 to 2025 may
# be so in 2021, but is told of no year by itself.
IN_A_SPAN = 0.1

_TOWNS = re.compile(r"\b(?:thanh pho|thi xa|tp)\b")


def year_fit(query: Query, profile: Profile, unit: Unit | None, passage_text: str) -> float:
    """Return 1 where the words speak of the year, 0.8 where the document is of it, -1 where of another.

    IN_A_SPAN where a document of another year holds the one year asked for only in a span of years.
    """
    if not query.years and not query.not_years:
        return 0.0
    text, lead = (unit.text, unit.lead) if unit else (passage_text, "")
    said = years_said(text, dates=False) or years_said(lead, dates=False)
    dated = said | years_said(text)
    one_year = len(query.years) == 1 and not query.terms
    if query.not_years and (said or profile.years) & set(query.not_years):
        return -1.0
    if not query.years:
        return 0.0
    best = -1.0
    for year in query.years:
        own = profile.covers_year(year)
        if year in said:
            # Words about the year in a document of it are surer than in one that looks ahead or back.
            of_its_own = own or not profile.years
            in_a_span = one_year and not of_its_own and year not in _years_alone(text, lead)
            best = max(best, 1.0 if of_its_own else IN_A_SPAN if in_a_span else 0.7)
        elif own:
            best = max(best, 1.0 if year in dated else 0.8 if not said else 0.5)
        elif not profile.years:
            best = max(best, 0.7 if year in dated else 0.0 if not said else -0.5)
        elif year in dated:  # a date of that year in a document of another: an anniversary, a deadline
            best = max(best, -0.3)
    return best


def _years_alone(text: str, lead: str) -> frozenset[int]:
    """Return the years that a sentence, or else the line that governs it, names outside of spans of years."""
    told = text if years_said(text, dates=False) else lead
    return years_said(told, dates=False, spans=False)


def place_fit(query: Query, profile: Profile, passage: Passage) -> float:
    """Return 1 for a document of the place, 0.7 for one of a province merged with it, 0.4 where only its
    words name it, -1 for another's.

    A city that bears its province's name is not the province: see `_town_fit`.
    """
    if not query.places:
        return 0.0
    if query.towns:
        return _town_fit(query, profile, passage)
    text = passage.text
    asked = set(query.places)
    if asked & profile.places:
        return 1.0
    if merged_places(query) & profile.places:
        return 0.7
    if asked & {place for _, _, place in find_places(text)}:
        return 0.4
    return -1.0 if profile.places else -0.3


def _town_fit(query: Query, profile: Profile, passage: Passage) -> float:
    """Return 1 for a document of the city or words that name it, 0.7 for what its province says of all
    its cities ("các huyện, thành phố"), else -1: what is said of all the province is not of the city.
    """
    words = " ; ".join((*passage.heading, passage.text))
    if set(query.towns) & (profile.towns | set(find_towns(words))):
        return 1.0
    of_province = bool(set(query.places) & profile.places) and not profile.towns
    return 0.7 if of_province and _TOWNS.search(fold(words)) else -1.0


def named_fit(query: Query, profile: Profile, view: View) -> float:
    """Return 1 for the letterhead of a document the question names, less for its passages and mentions."""
    if not (query.numbers or query.serials or query.dates):
        return 0.0
    numbered = bool(query.numbers or typed_serials(query.words))  # then a date names no other document
    own = (
        profile.number in query.numbers
        or (profile.serial in query.serials)
        or (profile.date in query.dates and not numbered)
    )
    if own:
        return 1.0 if view.passage.section == "Mở đầu" else 0.6
    cited, dates = _mentioned(view.passage.text)
    carried_out = bool(profile.title_numbers & set(query.numbers))
    if cited & set(query.numbers):
        return 0.8 if carried_out else 0.7
    if carried_out:  # all of a plan speaks of the programme it carries out, named or not
        return 0.6
    if any(n.startswith((f"{s}/", f"{s}-")) for s in query.serials for n in cited):
        return 0.6
    if names_in_short(query, view.passage.text):
        return 0.6
    if set(query.dates) & dates and not typed_serials(query.words):
        return 0.5
    return 0.0


def names_in_short(query: Query, text: str) -> bool:
    """Whether words name a document by its type and serial as a question does: "theo Quyết định 12"."""
    asked = typed_serials(query.words) if query.serials else ()
    return bool(asked) and not set(asked).isdisjoint(_short_names(text))


def names_asked_document(query: Query, profile: Profile, text: str) -> bool:
    """Whether words name the document a question names, in another that does not carry all of it out."""
    if not query.numbers or {profile.number, *profile.title_numbers} & set(query.numbers):
        return False
    return not set(query.numbers).isdisjoint(_mentioned(text)[0])


def unknown_document(query: Query, named: Iterable[float]) -> str:
    """Return why a question cannot be answered: no passage is or names the document it names; else "".

    Args:
        named: What `named_fit` gave each passage found.
    """
    asked = query.numbers or tuple(serial for _, serial in typed_serials(query.words))
    if not asked or any(fit > 0 for fit in named):
        return ""
    return f"Kho văn bản không có và không nhắc tới văn bản số {', '.join(asked)}"


@lru_cache(maxsize=8192)
def _short_names(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(typed_serials(collapse(text)))


@lru_cache(maxsize=8192)
def _mentioned(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the document numbers and the dates a passage mentions."""
    line = collapse(text)
    return frozenset(m.number for m in find_numbers(line)), frozenset(iso for _, _, iso in find_dates(line))
