"""How surely the best passage answers a question: a probability learnt by search.calibrate."""

from __future__ import annotations

import math
from collections.abc import Sequence

from search.rerank import Candidate

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
