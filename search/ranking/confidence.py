"""How surely the best passage answers a question: a probability learnt by search.calibrate."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.text import fold
from search.rerank import Candidate

# Words of a sentence that another one has when both say the same thing, figures and years aside.
_SAME, _ENOUGH_WORDS = 0.8, 6
_SIGN_WEIGHTS, _SIGN_BIAS = (1.19, 0.93, 0.77, 0.79, -0.69, 2.99), -2.75


def signs_of(candidate: Candidate, absent: Sequence[str] = ()) -> tuple[float, ...]:
    """Return what tells how surely a candidate answers, each in [0, 1].

    The share of the question its best unit says and its whole passage says, its nearness in
    meaning, whether the question names its document, whether the question has words that no
    document of the library says, and what the learned score of the text says.
    """
    return (
        candidate.unit_coverage,
        candidate.coverage,
        max(0.0, candidate.lanes.cosine),
        max(0.0, min(candidate.named, 1.0)),
        1.0 if absent else 0.0,
        # Its root: among candidates that all look alike even the right one has a small share.
        math.sqrt(candidate.relevance),
    )


def confidence(candidate: Candidate, absent: Sequence[str] = ()) -> float:
    """Return how surely a candidate answers, as a probability; learnt by search.calibrate."""
    total = sum(w * s for w, s in zip(_SIGN_WEIGHTS, signs_of(candidate, absent), strict=True))
    return 1 / (1 + math.exp(-total - _SIGN_BIAS))


def with_its_likes(best: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """Return the best candidate with the relevance of those that say the same of another year or place.

    The chỉ tiêu of every year is set in nearly the same words. Which one is asked for the question's year
    tells; that the others read as well speaks for the words, not against them.
    """
    own = _words(best)
    if not _fits(best) or len(own) < _ENOUGH_WORDS:
        return best
    likes = sum(c.relevance for c in ranked if not _fits(c) and _says_the_same(own, _words(c)))
    return replace(best, lanes=replace(best.lanes, relevance=min(1.0, best.relevance + likes)))


def _fits(candidate: Candidate) -> bool:
    return min(candidate.year, candidate.place, candidate.period) >= 0


def _words(candidate: Candidate) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", fold(candidate.unit.text))) if candidate.unit else frozenset()


def _says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return fewer >= _ENOUGH_WORDS and len(one & other) >= _SAME * fewer
