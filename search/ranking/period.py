"""Whether words speak of the part of the year or the term a question asks about.

Beside `search.ranking.fits.year_fit`: that tells 2021 from 2023, this tells quarter II from quarter III.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.timespans import Months, Term, dated_months, find_months, find_terms
from corpus.records import Passage
from corpus.text import collapse, fold
from search.query import Query
from search.ranking.evidence import Unit
from search.ranking.profile import Profile

OTHER, NONE, INSIDE, CONTEXT, SAID = -1.0, 0.0, 0.5, 0.8, 1.0

# A part's figure is not the whole's: what May brought is no answer about quarter II.
_FIGURES = frozenset(["count", "percent", "money"])
# Of these a document as a whole is the answer: the month may be the one it was issued in.
_DOCUMENTS = frozenset(["documents", "directives", "issue_date", "number", "signer", "recipients", "about"])


def period_fit(query: Query, profile: Profile, unit: Unit | None, passage: Passage) -> float:
    """Return how well words fit the months and the term asked for.

    1 where the words themselves speak of them, 0.8 where what stands above does (the line that
    governs them, the passage before them, a heading, the document's title), 0.5 where they speak of
    a part of them and no figure is asked for, -1 where of another period, 0 where none is told or
    none was asked. The nearest that tells a period decides; of months and term the worse.

    Args:
        unit: The sentence looked at; None for a passage without one.
        passage: The passage it stands in, or that is itself looked at.
    """
    fits: list[float] = []
    if query.months:
        fits.append(_months_fit(query, profile, unit, passage))
    if query.terms:
        fits.append(_term_fit(query.terms, profile, unit, passage))
    return min(fits, default=NONE)


def rules_out(query: Query, fit: float) -> bool:
    """Whether a candidate of this `period_fit` must not answer the question.

    Words about another period never may; a figure of no period told is no answer to a question
    about one quarter, month or term either. A target set without a period is that of the year, and may be
    that of a term.
    """
    needs_told = query.asks in _FIGURES or (query.asks == "target" and bool(query.months))
    return fit < 0 or (bool(query.months or query.terms) and needs_told and fit <= NONE)


def conflicts_with(query: Query, profile: Profile) -> bool:
    """Whether a document's title names another part of the year or another term than the question.

    A document issued in the month asked for is meant, whatever its title says.
    """
    if (
        query.months
        and profile.months
        and _best(query, profile.months) < 0
        and not _issued_then(query, profile)
    ):
        return True
    return bool(query.terms and profile.terms) and not _same(query.terms, profile.terms)


def asked_label(query: Query) -> str:
    """Return what was asked for, for people: "quý II năm 2023", "nhiệm kỳ 2023-2028"."""
    parts = ", ".join(m.label for m in query.months)
    if parts and query.years and not query.terms:
        parts += f"{'' if parts.endswith('năm') else ' năm'} {', '.join(map(str, query.years))}"
    return ", ".join(filter(None, (parts, *(t.label for t in query.terms))))


def _months_fit(query: Query, profile: Profile, unit: Unit | None, passage: Passage) -> float:
    if query.asks in _DOCUMENTS and _issued_then(query, profile):
        return CONTEXT
    text = unit.text if unit else collapse(passage.text)
    if told := find_months(text):
        return _best(query, told)
    if query.asks not in _FIGURES and _best(query, dated_months(text)) > 0:
        return SAID  # "ngày 15/5/2023" is in May; another date says nothing of the time meant
    if unit and (told := find_months(unit.lead)):
        return min(CONTEXT, _best(query, told))
    # Of what the passage names before it the last governs, but where that is another part of the
    # year, a title that names the one asked for leaves it open.
    before = find_months(_before(unit, passage))[-1:]
    if before and (fit := _best(query, before)) > 0:
        return min(CONTEXT, fit)
    # "Kết quả quý III, nhiệm vụ quý IV": the figures of such a report are of the first.
    title = profile.months[:1] if query.asks in _FIGURES else profile.months
    named = next(filter(None, map(find_months, _headings(passage))), title)
    fit = min(CONTEXT, _best(query, named))
    return fit if not before else INSIDE if fit == CONTEXT else OTHER


def _best(query: Query, told: Sequence[Months]) -> float:
    """Return how the best of the parts told fits what is asked; NONE where none is told."""
    best = OTHER if told else NONE
    for asked in query.months:
        years = (asked.year,) if asked.year else query.years
        for said in told:
            if said.year and years and said.year not in years:
                continue
            if (said.first, said.last) == (asked.first, asked.last):
                return SAID
            if asked.holds(said) and query.asks not in _FIGURES:
                best = INSIDE
    return best


def _term_fit(asked: Sequence[Term], profile: Profile, unit: Unit | None, passage: Passage) -> float:
    text = unit.text if unit else collapse(passage.text)
    above = [unit.lead] if unit else []
    for words, fit in ((text, SAID), *((line, CONTEXT) for line in (*above, *_headings(passage)))):
        told = find_terms(words)
        if _same(asked, told):
            return fit
        if any(not term.names for term in told):
            return OTHER
        if any(_until(term, words) for term in asked):
            return CONTEXT
    if profile.terms:
        return CONTEXT if _same(asked, profile.terms) else OTHER
    # Congresses and programmes are prepared in the year before; other years are another term's.
    years = profile.years | ({profile.issue_year} if profile.issue_year else set())
    near = any(term.first - 1 <= year <= term.last for term in asked for year in years)
    return NONE if near or not years else OTHER


def _until(term: Term, words: str) -> bool:
    """Whether words look to the end of a term: "đến năm 2028"."""
    return re.search(rf"\bden\s(?:het\s|cuoi\s)?(?:nam\s)?{term.last}\b", fold(words)) is not None


def _same(asked: Sequence[Term], told: Sequence[Term]) -> bool:
    return bool({(t.first, t.last) for t in asked} & {(t.first, t.last) for t in told})


def _headings(passage: Passage) -> list[str]:
    """Return the headings above a passage, the nearest first; the item it begins with is none."""
    own = collapse(passage.text)
    return [line for heading in reversed(passage.heading) if (line := collapse(heading)) not in own]


def _before(unit: Unit | None, passage: Passage) -> str:
    return collapse(passage.text[: max(0, unit.start - passage.start)]) if unit else ""


def _issued_then(query: Query, profile: Profile) -> bool:
    if not profile.date:
        return False
    year, month, _ = map(int, profile.date.split("-"))
    return _best(query, [Months(month, month, year)]) > 0
