"""The second look: candidates scored by what they say of the question, not only by words shared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from corpus.numbers import find_numbers
from corpus.places import find_places
from corpus.text import collapse, fold
from corpus.tokens import find_dates
from search.asking.asks import Asks
from search.asking.expect import expected_spans, meets_closely, needs_span
from search.asking.matching import Terms
from search.query import Query, merged_places
from search.ranking.evidence import Said, Unit, View
from search.ranking.period import period_fit
from search.ranking.profile import Profile, years_said
from search.retrieve import Lanes


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts for; all signs lie in [-1, 1].

    Attributes:
        meaning: Added to `dense` in the measure in which no passage says the question's
            words: where words fail, nearness in meaning decides.
        closely: For a unit that holds what was asked for in the very role asked, as a deadline.
        kept: For passages of the document a conversation is about.
        learned: For what the learned score says of the text alone.
        matter: Added to `learned` where a matter is asked about, times the cube of the measure in which a
            passage says the question's words: its answer is a stretch of text, and the learned score reads
            stretches, but by their words, of which a spoken question may share few. A figure or a date
            stands in one sentence.
    """

    learned: float = 0.6
    matter: float = 16.0
    sparse: float = 0.4
    dense: float = 0.3
    passage: float = 0.8
    unit: float = 1.2
    span: float = 0.35
    closely: float = 0.35
    naming: float = 0.8
    meaning: float = 1.0
    year: float = 0.7
    period: float = 0.7
    place: float = 0.5
    named: float = 1.2
    type: float = 0.1
    kept: float = 0.4


_OF_LETTERHEADS = frozenset(["signer", "issue_date", "number", "about", "recipients", "documents"])
# Words beside the name of a document that ask for nothing in it.
_OF_NAMES = frozenset("tim tinh uy ldld van ban so lien doan lao dong bctw bch btv".split())
# Who does it and where is told by how a matter is worded, not by names and places alone.
_MATTERS: frozenset[Asks] = frozenset(["text", "reason", "who", "place"])

# A draft's paragraph is compared as a whole: no one sentence answers it, and its own year
# and place do not count against a precedent.
DRAFT = Weights(sparse=1.0, dense=1.0, unit=0.2, span=0.0, year=0.0, period=0.0, place=0.0, named=0.3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage on its way to becoming a Hit.

    Attributes:
        lanes: What the first look said of it.
        score: The weighted sum of all signs; higher is better.
        unit: The unit that answers best, None for a passage without units.
        unit_score: The unit's own share of the score: how well it alone answers.
        year, period, place: Fit in [-1, 1]; 0 when the question says none.
        has_span: Whether the unit holds the kind of thing asked for.
    """

    view: View
    lanes: Lanes
    score: float = 0.0
    unit: Unit | None = None
    unit_score: float = 0.0
    unit_coverage: float = 0.0
    coverage: float = 0.0
    year: float = 0.0
    place: float = 0.0
    named: float = 0.0
    has_span: bool = False
    period: float = 0.0

    @property
    def relevance(self) -> float:
        """How likely its words answer the question, in [0, 1], by the learned score."""
        return self.lanes.relevance


def year_fit(query: Query, profile: Profile, unit: Unit | None, passage_text: str) -> float:
    """Return 1 where the words speak of the year, 0.8 where the document is of it, -1 where of another."""
    if not query.years and not query.not_years:
        return 0.0
    text, lead = (unit.text, unit.lead) if unit else (passage_text, "")
    said = years_said(text, dates=False) or years_said(lead, dates=False)
    dated = said | years_said(text)
    if query.not_years and (said or profile.years) & set(query.not_years):
        return -1.0
    if not query.years:
        return 0.0
    best = -1.0
    for year in query.years:
        own = profile.covers_year(year)
        if year in said:
            # Words about the year in a document of it are surer than in one that looks ahead or back.
            best = max(best, 1.0 if own or not profile.years else 0.7)
        elif own:
            best = max(best, 1.0 if year in dated else 0.8 if not said else 0.5)
        elif not profile.years:
            best = max(best, 0.7 if year in dated else 0.0 if not said else -0.5)
        elif year in dated:  # a date of that year in a document of another: an anniversary, a deadline
            best = max(best, -0.3)
    return best


def place_fit(query: Query, profile: Profile, text: str) -> float:
    """Return 1 for a document of the place, 0.7 for one of a province merged with it, 0.4 where only its
    words name it, -1 for another's.
    """
    if not query.places:
        return 0.0
    asked = set(query.places)
    if asked & profile.places:
        return 1.0
    if merged_places(query) & profile.places:
        return 0.7
    if asked & {place for _, _, place in find_places(text)}:
        return 0.4
    return -1.0 if profile.places else -0.3


def named_fit(query: Query, profile: Profile, view: View) -> float:
    """Return 1 for the letterhead of a document the question names, less for its passages and mentions."""
    if not (query.numbers or query.serials or query.dates):
        return 0.0
    own = (
        profile.number in query.numbers
        or (profile.serial in query.serials)
        or (profile.date in query.dates and not query.numbers)
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
    if set(query.dates) & dates:
        return 0.5
    return 0.0


@lru_cache(maxsize=8192)
def _mentioned(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the document numbers and the dates a passage mentions."""
    line = collapse(text)
    return frozenset(m.number for m in find_numbers(line)), frozenset(iso for _, _, iso in find_dates(line))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The unit of a passage that answers best; None and the passage's own fit where it has no units."""

    unit: Unit | None
    score: float
    coverage: float = 0.0
    year: float = 0.0
    period: float = 0.0
    has_span: bool = False


def asks_for_a_name(query: Query) -> bool:
    """Whether a letterhead may answer: it is what is asked of, or a document is named and nothing else."""
    if query.asks in _OF_LETTERHEADS:
        return True
    named = " ".join((*query.types, *query.places, *query.numbers, *query.serials))
    known = {fold(word) for word in re.findall(r"\w+", named)} | _OF_NAMES
    return sum(not k.isdigit() and fold(k) not in known for k in query.keywords) <= 1


def best_unit(
    query: Query,
    view: View,
    covered: Callable[[bool], Sequence[float]],
    profile: Profile,
    weights: Weights,
    *,
    names_alone: bool,
) -> Chosen:
    """Return the unit that answers best: what it says of the question, its year, its period, its kind.

    Args:
        covered: How much of the question each unit says, with the sentence before it where that is asked.
        names_alone: Whether a letterhead may answer; see `asks_for_a_name`.
    """
    best: Chosen | None = None
    asks_for_span = needs_span(query.asks)
    alone, run_on = covered(False), covered(True) if asks_for_span else ()
    for unit in view.units:
        year = year_fit(query, profile, unit, unit.text)
        period = period_fit(query, profile, unit, view.passage)
        has_span = bool(expected_spans(query.asks, query, unit.text))
        # A figure's own sentence may leave unsaid what the one before it named.
        said = (run_on if has_span and asks_for_span else alone)[unit.place]
        score = weights.unit * said + weights.year * year + weights.period * period
        if has_span:
            score += weights.span
            score += weights.closely if meets_closely(query, unit.text) else 0.0
        elif asks_for_span:
            score -= weights.span
        if unit.naming and not names_alone:
            score -= weights.naming
        if any(f" {roman}" not in f" {unit.text}" for roman in query.romans):
            score -= 0.1
        # Shorter units say the same with less around it.
        score -= 0.0002 * unit.length
        if best is None or score > best.score:
            best = Chosen(unit, score, said, year, period, has_span)
    if best is not None:
        return best
    year = year_fit(query, profile, None, view.passage.text)
    period = period_fit(query, profile, None, view.passage)
    return Chosen(None, weights.year * year + weights.period * period, year=year, period=period)


def rerank(
    query: Query,
    terms: Terms,
    candidates: Sequence[Candidate],
    profile_of: Callable[[str], Profile],
    weights: Weights | None = None,
) -> list[Candidate]:
    """Return the candidates with scores, highest first; ties break by row."""
    weights = weights or Weights()
    scored: list[Candidate] = []
    names_alone = asks_for_a_name(query)
    lines = Said(terms, [c.view for c in candidates])
    said = lines.passages()
    by_words = max(said, default=0.0)
    learned_weight = weights.learned + (weights.matter * by_words**3 if query.asks in _MATTERS else 0.0)
    dense_weight = weights.dense + weights.meaning * (1 - by_words)
    for n, (c, whole) in enumerate(zip(candidates, said, strict=True)):
        profile = profile_of(c.view.passage.doc_id)
        covered = partial(lines.units, n)
        best = best_unit(query, c.view, covered, profile, weights, names_alone=names_alone)
        place = place_fit(query, profile, c.view.passage.text)
        named = named_fit(query, profile, c.view)
        score = (
            learned_weight * c.lanes.learned
            + weights.sparse * c.lanes.sparse
            + dense_weight * c.lanes.dense
            + weights.passage * whole
            + best.score
            + weights.place * place
            + weights.named * named
            + (weights.type if profile.type in query.types else 0.0)
            + (weights.kept if profile.doc_id == query.document else 0.0)
        )
        scored.append(
            Candidate(
                view=c.view,
                lanes=c.lanes,
                score=score,
                unit=best.unit,
                unit_score=best.score,
                unit_coverage=best.coverage,
                coverage=whole,
                year=best.year,
                place=place,
                named=named,
                has_span=best.has_span,
                period=best.period,
            )
        )
    return sorted(scored, key=lambda c: (-c.score, c.lanes.row))
