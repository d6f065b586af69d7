"""The second look: candidates scored by what they say of the question, not only by words shared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from corpus.text import fold
from search.asking.asks import Asks
from search.asking.counted import goes_on
from search.asking.expect import expected_spans, meets_closely, needs_span
from search.asking.matching import Terms
from search.query import Query
from search.ranking.absent import names_another, names_in
from search.ranking.evidence import Said, Unit, View
from search.ranking.fits import named_fit, names_asked_document, place_fit, year_fit
from search.ranking.period import period_fit
from search.ranking.profile import Profile
from search.retrieve import Lanes


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts for; all signs lie in [-1, 1].

    Attributes:
        meaning: Added to `dense` in the measure in which no passage says the question's
            words: where words fail, nearness in meaning decides.
        closely: For a unit that holds what was asked for in the very role asked, as a deadline; within a
            passage, for one that names the document asked about.
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
MATTERS: frozenset[Asks] = frozenset(["text", "reason", "who", "place"])

_LEANING = 0.1  # share of a question that a sentence says only through the one before it
FIRST_PAGE, NEAREST = 10, 4  # places of a first page, and how many of them the nearest in meaning have

# A draft's paragraph is compared as a whole: no one sentence answers it, and its own year
# and place do not count against a precedent.
DRAFT = Weights(
    matter=0.0, sparse=1.0, dense=1.0, unit=0.2, span=0.0, year=0.0, period=0.0, place=0.0, named=0.3
)


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
    highest = 0.0
    asks_for_span = needs_span(query.asks)
    alone, run_on = covered(False), covered(True) if asks_for_span else ()
    named = names_in(query.words) if asks_for_span else []
    for unit in view.units:
        year = year_fit(query, profile, unit, unit.text)
        period = period_fit(query, profile, unit, view.passage)
        has_span = bool(expected_spans(query.asks, query, unit.text))
        # A figure's own sentence may leave unsaid what the one before it named.
        another = names_another(named, unit.text)
        said = (run_on if has_span and asks_for_span and not another else alone)[unit.place]
        of_it = not another and (said - alone[unit.place] < _LEANING or goes_on(unit.text))
        score = weights.unit * said + weights.year * year + weights.period * period
        if has_span:
            score += weights.span
            score += weights.closely if of_it and meets_closely(query, unit.text) else 0.0
        elif asks_for_span:
            score -= weights.span
        if unit.naming and not names_alone:
            score -= weights.naming
        if any(f" {roman}" not in f" {unit.text}" for roman in query.romans):
            score -= 0.1
        # Shorter units say the same with less around it.
        score -= 0.0002 * unit.length
        rank = score + (weights.closely if names_asked_document(query, profile, unit.text) else 0.0)
        if best is None or rank > highest:
            highest = rank
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
    # Where a document is named, who names it tells more than how alike a stretch of text is.
    of_matter = query.asks in MATTERS and not query.numbers
    learned_weight = weights.learned + (weights.matter * by_words**3 if of_matter else 0.0)
    dense_weight = weights.dense + weights.meaning * (1 - by_words)
    for n, (c, whole) in enumerate(zip(candidates, said, strict=True)):
        profile = profile_of(c.view.passage.doc_id)
        covered = partial(lines.units, n)
        best = best_unit(query, c.view, covered, profile, weights, names_alone=names_alone)
        place = place_fit(query, profile, c.view.passage)
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


def with_nearest(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with the NEAREST nearest in meaning among the first FIRST_PAGE.

    A passage that says it in other words is found by its meaning alone, and every sign of words speaks
    against it. Those not among the first come last on that page, unless they are of another time or place
    than asked; nothing before them moves.
    """
    fitting = [c for c in ranked if c.lanes.dense > 0 and min(c.year, c.place, c.period) >= 0]
    nearest = sorted(fitting, key=lambda c: (-c.lanes.dense, c.lanes.row))[:NEAREST]
    near = {c.lanes.row for c in nearest}
    page, later = ranked[:FIRST_PAGE], ranked[FIRST_PAGE:]
    added = [c for c in nearest if c in later]
    others = [c for c in page if c.lanes.row not in near]
    moved = others[len(others) - len(added) :]
    page = [c for c in page if c not in moved]
    shown = [*page, *added, *moved, *(c for c in later if c.lanes.row not in near)]
    # Higher is better, everywhere: a place keeps its score, whoever stands there.
    return [replace(c, score=place.score) for c, place in zip(shown, ranked, strict=True)]
