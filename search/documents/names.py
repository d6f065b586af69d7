"""The names of a library's documents as numbers: how much of a question each says is told for all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from corpus.records import Letterhead
from corpus.text import collapse
from corpus.words.abbreviated import with_abbreviations
from corpus.words.glossary import Glossary
from index.linestore import word_list
from search.asking.matching import Terms
from search.ranking.evidence import coverage_of, credits_of
from search.ranking.wordlist import WordList


class Names:
    """Types, titles, issuers and places of documents."""

    def __init__(self, letterheads: Mapping[str, Letterhead], glossary: Glossary) -> None:
        """Take the letterheads by document id."""
        places = word_list()
        self._ids = list(letterheads)
        self._place = {doc_id: n for n, doc_id in enumerate(self._ids)}
        names = [[places[w] for w in with_abbreviations(_name(head))] for head in letterheads.values()]
        self._lengths = np.array([len(name) for name in names], dtype=np.int64)
        self._ends = np.cumsum(self._lengths)
        self._tokens = np.array([token for name in names for token in name], dtype=np.int64)
        self._words = WordList(places, glossary)

    def told(self, terms: Terms, doc_ids: Sequence[str] | None = None) -> dict[str, float]:
        """Return how much of a question the name of each document says, in [0, 1].

        Args:
            doc_ids: Which documents; None for all.
        """
        tokens, lengths, ids = self._tokens, self._lengths, self._ids
        if doc_ids is not None:
            ids = list(doc_ids)
            at = np.array([self._place[doc_id] for doc_id in ids], dtype=np.int64)
            lengths = self._lengths[at]
            within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            tokens = self._tokens[np.repeat(self._ends[at] - lengths, lengths) + within]
        credits = credits_of(terms, self._words, tokens, lengths)
        return dict(zip(ids, coverage_of(terms, credits), strict=True))


def _name(head: Letterhead) -> str:
    return collapse(" ".join(filter(None, (head.type, head.title, head.issuer, head.place))))
