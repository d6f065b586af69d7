"""The first look: candidates from the lexical and the dense lane, and by document number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.colloquial import Colloquial
from corpus.glossary import Glossary
from corpus.text import fold
from corpus.tokens import lexical_tokens
from index.bundle import Bundle
from index.sparse import Term as SparseTerm
from search.asks import QUESTION_WORDS
from search.fusion import weighted_sum
from search.matching import no_forms, write_out
from search.query import Query

SPOKEN_WEIGHT = 0.5  # of an official term beside the spoken word it stands for


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How many candidates are looked at and how the lanes are mixed.

    Attributes:
        depth: Passages taken from each lane.
        looked_at: Fused passages that get the second look.
        dense_share: Weight of the dense lane; 0.3-0.5 measured best on Vietnamese legal questions.
    """

    depth: int = 100
    looked_at: int = 60
    dense_share: float = 0.4


@dataclass(frozen=True, slots=True)
class Lanes:
    """What the lanes say of one row.

    Attributes:
        sparse, dense: Scores divided by the lane's best, in [0, 1]; 0 where the lane missed it.
        cosine: The dense score itself, in [-1, 1]; 0 where the lane missed it.
    """

    row: int
    sparse: float
    dense: float
    cosine: float


def sparse_terms(
    query: Query,
    glossary: Glossary,
    lexicon: Colloquial,
    *,
    draft: bool = False,
    forms: Callable[[str], Sequence[str]] = no_forms,
) -> list[SparseTerm]:
    """Return the weighted terms of a question for the lexical lane.

    The folded fields find what was typed without diacritics or misread by OCR; the exact
    ones are preferred when diacritics were given. `forms` gives the misread forms of a key in this
    library (see corpus.vocabulary); they count like the key itself.
    """
    typed = lexical_tokens(query.search_text, typed=True)
    written = lexical_tokens(write_out(query.search_text, glossary, typed=True), typed=True)
    weights: dict[str, float] = {}
    for token in typed:
        weights[token] = max(weights.get(token, 0.0), 1.0)
    for token in written:
        weights.setdefault(token, 0.7)
    if not draft:
        for spoken in lexicon.find(query.words):
            for token in {t for term in spoken.official for t in lexical_tokens(term)}:
                weights.setdefault(token, SPOKEN_WEIGHT)
    if draft:  # a draft's own year is no reason to prefer a precedent of that year
        weights = {t: w for t, w in weights.items() if t not in map(str, query.years)}
    exact_share = 0.6 if query.diacritics else 0.1
    terms: list[SparseTerm] = []
    for token, weight in weights.items():
        if all(part in QUESTION_WORDS for part in token.split("_")) and not token[:1].isdigit():
            weight *= 0.15
        terms.append(SparseTerm("body", token, weight * exact_share))
        terms.append(SparseTerm("body_folded", fold(token), weight * (1 - exact_share)))
        terms.append(SparseTerm("head", token, 0.4 * weight * exact_share))
        terms.append(SparseTerm("head_folded", fold(token), 0.4 * weight * (1 - exact_share)))
        for form in forms(token):
            terms.append(SparseTerm("body", form, weight * exact_share))
            if fold(form) != fold(token):  # else the folded key has found it already
                terms.append(SparseTerm("body_folded", fold(form), weight * (1 - exact_share)))
    return terms


class Retriever:
    """Rows of a bundle for a question; `allowed` filters documents before anything is ranked."""

    def __init__(
        self,
        bundle: Bundle,
        glossary: Glossary,
        lexicon: Colloquial,
        options: SearchOptions | None = None,
        forms: Callable[[str], Sequence[str]] = no_forms,
    ) -> None:
        self._bundle, self._forms = bundle, forms
        self._glossary, self._lexicon = glossary, lexicon
        self.options = options or SearchOptions()

    def retrieve(
        self,
        query: Query,
        allowed: frozenset[str] | None = None,
        *,
        draft: bool = False,
        named: Callable[[Query], list[int]] | None = None,
    ) -> list[Lanes]:
        """Return the candidates, best fused first.

        Args:
            allowed: Ids of the documents to search; None for all.
            named: Gives the rows of documents the question names, which are always looked at.
        """
        depth = self.options.depth
        words = sparse_terms(query, self._glossary, self._lexicon, draft=draft, forms=self._forms)
        sparse = dict(self._bundle.sparse(words, depth, allowed))
        written = write_out(query.search_text, self._glossary, typed=True)
        if not draft:  # a draft is written in official words already
            written = self._lexicon.written(written)
        vector = self._bundle.encoder.encode_queries([written])[0]
        dense = dict(self._bundle.dense(vector, depth, allowed))
        fused = weighted_sum(sparse, dense, self.options.dense_share)[: self.options.looked_at]
        rows = [row for row, _ in fused]
        if named:
            rows += [row for row in named(query) if row not in set(rows)]
        best_sparse = max(sparse.values(), default=1.0) or 1.0
        best_dense = max(dense.values(), default=1.0) or 1.0
        return [
            Lanes(
                row=row,
                sparse=sparse.get(row, 0.0) / best_sparse,
                dense=max(0.0, dense.get(row, 0.0)) / best_dense,
                cosine=dense.get(row, 0.0),
            )
            for row in rows
        ]
