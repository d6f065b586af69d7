"""The first look: candidates from the lexical and the dense lane, and by document number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from corpus.text import fold
from corpus.words.colloquial import Colloquial
from corpus.words.glossary import Glossary
from corpus.words.tokens import lexical_tokens
from index.bundle import Bundle
from index.fields import dense_text
from index.sparse import Term as SparseTerm
from index.wordkeys import shipped_words
from search.asking.asks import QUESTION_WORDS
from search.asking.matching import no_forms, subject_text
from search.asking.shortened import in_full
from search.fusion import weighted_sum
from search.query import Query
from search.ranking.crossencoder import CrossScorer, reordered
from search.ranking.learned import asked_of, relevance
from search.ranking.overlap import Asked, Told
from search.ranking.told import told_by

SPREAD = (
    12.0  # differences of the learned score, in nats, beyond which one candidate is as far off as another
)
SPOKEN_WEIGHT = 0.5  # of an official term beside the spoken word it stands for


_OTHER_LANE = ThreadPoolExecutor(2, thread_name_prefix="lane")


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How many candidates are looked at and how the lanes are mixed.

    Attributes:
        depth: Passages taken from each lane.
        weighed: Fused passages that the learned score orders.
        looked_at: Of these, the best that get the second look, sentence by sentence; all of them
            where the question names a time or a place, which tell of passages what their words do not.
        foremost: The best of the fused order, which get the second look whatever the learned score says.
        dense_share: Weight of the dense lane; 0.3-0.5 measured best on Vietnamese legal questions.
    """

    depth: int = 100
    weighed: int = 60
    looked_at: int = 20
    foremost: int = 10
    dense_share: float = 0.4


@dataclass(frozen=True, slots=True)
class Lanes:
    """What the lanes say of one row.

    Attributes:
        sparse, dense: Scores divided by the lane's best, in [0, 1]; 0 where the lane missed it.
        cosine: The dense score itself, in [-1, 1].
        learned: The learned score, 1 for the best candidate, falling to 0 for one SPREAD below it.
        relevance: The same as a probability that the row answers, where the library does at all.
    """

    row: int
    sparse: float
    dense: float
    cosine: float
    learned: float = 0.0
    relevance: float = 0.0


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
    library (see corpus.words.vocabulary); they count like the key itself.
    """
    typed = lexical_tokens(query.search_text, typed=True)
    written = lexical_tokens(in_full(query.search_text, glossary, query.kept_short), typed=True)
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


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A question and its candidates as numbers.

    Attributes:
        rows: The candidates, best fused first; `told` in the same order.
        best_cosine: Of all passages.
    """

    rows: list[int]
    asked: Asked
    told: list[Told]
    best_cosine: float


class Retriever:
    """Rows of a bundle for a question; `allowed` filters documents before anything is ranked."""

    def __init__(
        self,
        bundle: Bundle,
        glossary: Glossary,
        lexicon: Colloquial,
        options: SearchOptions | None = None,
        forms: Callable[[str], Sequence[str]] = no_forms,
        cross: CrossScorer | None = None,
    ) -> None:
        self._bundle, self._forms, self._cross = bundle, forms, cross
        self._glossary, self._lexicon = glossary, lexicon
        self.options = options or SearchOptions()

    def retrieve(
        self,
        query: Query,
        allowed: frozenset[str] | None = None,
        *,
        draft: bool = False,
        named: Callable[[Query], list[int]] | None = None,
        least: int = 0,
    ) -> list[Lanes]:
        """Return the candidates, best by the learned score first.

        Args:
            allowed: Ids of the documents to search; None for all.
            named: Gives the rows of documents the question names, which are always looked at.
            least: How many candidates are wanted at least.
        """
        kept = named(query) if named else []
        found = self.first_look(query, allowed, draft=draft, kept=kept)
        if not found.rows:
            return []
        scores, likely = relevance(found.asked, found.told, shipped_words())
        learned = (1 + (scores - scores.max()) / SPREAD).clip(0, 1)
        lanes = [
            Lanes(
                row=row,
                sparse=told.sparse,
                dense=max(0.0, told.cosine) / found.best_cosine,
                cosine=told.cosine,
                learned=float(high),
                relevance=float(p),
            )
            for row, told, high, p in zip(found.rows, found.told, learned, likely, strict=True)
        ]
        lanes.sort(key=lambda lane: (-lane.learned, -lane.relevance, lane.row))
        if self._cross:
            texts = [dense_text(self._bundle.passages[lane.row]) for lane in lanes[: self._cross.pairs]]
            lanes = reordered(self._cross, query.search_text, lanes, texts)
        timed = query.years or query.not_years or query.places or query.months or query.terms
        if timed and not draft:
            return lanes
        most = max(self.options.looked_at, least)
        # What both lanes put first too: the learned score goes by words, which spoken questions lack.
        always = {*kept, *found.rows[: self.options.foremost]}
        return [lane for n, lane in enumerate(lanes) if n < most or lane.row in always]

    def first_look(
        self,
        query: Query,
        allowed: frozenset[str] | None = None,
        *,
        draft: bool = False,
        kept: Sequence[int] = (),
    ) -> FirstLook:
        """Return the best of both lanes and the rows of `kept`, as numbers the learned score reads."""
        depth = self.options.depth
        words = sparse_terms(query, self._glossary, self._lexicon, draft=draft, forms=self._forms)
        # Beside the dense lane, on the other core: both look without Python's lock.
        looking = _OTHER_LANE.submit(self._bundle.sparse, words, depth, allowed)
        written = in_full(query.search_text, self._glossary, query.kept_short)
        if not draft:  # a draft is written in official words already
            written = self._lexicon.written(written)
        vector = self._bundle.encoder.encode_queries([written])[0]
        dense = dict(self._bundle.dense(vector, depth, allowed))
        subject = subject_text(query, self._glossary)
        asked = asked_of(subject, shipped_words(), self._frequency, len(self._bundle.passages))
        sparse = dict(looking.result())  # what hangs on neither lane is done while this one is under way
        fused = weighted_sum(sparse, dense, self.options.dense_share)[: self.options.weighed]
        rows = list(dict.fromkeys([*(row for row, _ in fused), *kept]))
        best_sparse = max(sparse.values(), default=1.0) or 1.0
        score = dict(fused)
        told = told_by(
            self._bundle,
            rows,
            [sparse.get(row, 0.0) / best_sparse for row in rows],
            [score.get(row, 0.0) for row in rows],
            vector,
        )
        return FirstLook(rows, asked, told, max(dense.values(), default=1.0) or 1.0)

    def _frequency(self, token: str) -> int:
        return self._bundle.document_frequency("body_folded", token)
