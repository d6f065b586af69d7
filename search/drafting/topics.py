"""How much of a topic some words say: what decides which sentences an outline may borrow."""

from __future__ import annotations

import math

from corpus.words.tokens import fold_tokens, lexical_tokens
from search.engine import Engine


class Topic:
    """How much of a topic words say, in [0, 1]: its pairs of syllables, half as much each syllable alone;
    the rarer, the more.

    Single syllables are shared by too many words: "công tác dân vận" is no "công tác dân chủ".
    """

    def __init__(self, engine: Engine, topic: str) -> None:
        n = len(engine.bundle.passages)
        self._weight = {
            word: math.log(1 + (n + 0.5) / (engine.bundle.document_frequency("body_folded", word) + 0.5))
            * (1.0 if "_" in word else 0.5)
            for word in dict.fromkeys(fold_tokens(lexical_tokens(topic)))
        }
        self._total = sum(self._weight.values()) or 1.0

    def said_in(self, *texts: str) -> float:
        """Return the share of the topic that these texts say together."""
        said = {word for text in texts for word in fold_tokens(lexical_tokens(text))}
        return sum(weight for word, weight in self._weight.items() if word in said) / self._total
