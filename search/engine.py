"""One object that answers questions: an open index and the way a question goes through it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Literal, Unpack

from corpus.records import Document
from corpus.words.colloquial import Colloquial
from corpus.words.diacritics import DiacriticRestorer
from corpus.words.glossary import Glossary
from index.bundle import Bundle
from index.manifest import read_manifest
from search.answer import Answerer
from search.answering.addressed import by_address
from search.answering.details import section_answer
from search.answering.digest import asks_for_digest, digest_answer
from search.answering.disputed import with_disputed_figures
from search.answering.listed import asks_of_one_not_held, citing_answer, in_full_number, only_cited
from search.answering.meaning import abbreviation_answer
from search.answering.notes import with_notes
from search.answering.structured import by_structure, deadline_answer
from search.answering.together import compared_answer, documents_together, with_parts_not_seen
from search.asking.courtesy import courteous_reply
from search.asking.forms import forms_in
from search.asking.matching import Terms, no_forms, question_terms
from search.asking.shortened import written_out
from search.asking.shorthand import with_shorthand_read
from search.directing.graph import graph_of
from search.directives import citing_items
from search.documents.holdings import asks_for_holdings, holdings
from search.documents.meant import ask_back, meant_documents, same_number, which_document
from search.documents.shelf import Conditions, Shelf
from search.documents.subject import letterhead_answer, unwritten
from search.hits import Answer, Hit, Quotation, Result
from search.query import Query, as_draft, check_question, mended, understand, with_keys_read
from search.ranking.absent import absent_words
from search.ranking.crossencoder import CrossScorer, load_reranker
from search.ranking.evidence import View
from search.ranking.ownplace import own_year_first
from search.ranking.why import reasons
from search.ranking.wordlist import WordList
from search.rerank import DRAFT, Candidate, rerank, with_nearest
from search.retrieve import Lanes, Retriever, SearchOptions

_VIEWS_KEPT = 4000  # passages whose close look is kept; about 3 KB each

Mode = Literal["ask", "precedent"]


class Engine:
    """Questions in, Results out; safe to share between threads that only ask."""

    def __init__(
        self,
        bundle: Bundle,
        glossary: Glossary,
        restorer: DiacriticRestorer | None = None,
        options: SearchOptions | None = None,
        misread: Callable[[str], Sequence[str]] = no_forms,
        cross: CrossScorer | None = None,
    ) -> None:
        self.bundle, self.cross = bundle, cross
        self.glossary = glossary
        self._restorer = restorer
        self._lexicon = Colloquial.shipped()
        self._forms = forms_in(misread, self._known)
        self._retriever = Retriever(bundle, glossary, self._lexicon, options, self._forms, cross)
        self._shelf = Shelf(bundle, glossary)
        self._view = lru_cache(_VIEWS_KEPT)(self._look_at)
        self._words = WordList(bundle.passages.word_list, glossary)
        self._answerer = Answerer(self.document)

    @classmethod
    def open(cls, index_dir: Path, former: Engine | None = None) -> Engine:
        """Open the index in `index_dir`.

        Args:
            former: An engine whose models are taken over where they are the right ones.

        Raises:
            MissingIndexError, StaleIndexError, DamagedIndexError, EncoderError: see corpus.errors.
        """
        same = former is not None and read_manifest(index_dir).encoder == former.bundle.encoder.name
        bundle = Bundle.open(index_dir, former.bundle.encoder if former and same else None)
        learnt = bundle.learnt
        restorer = DiacriticRestorer.load().with_pairs(learnt.pairs)
        cross = former.cross if former else load_reranker()
        return cls(bundle, learnt.glossary(), restorer, misread=learnt.misread_forms, cross=cross)

    def document(self, doc_id: str) -> Document:
        """Return a document by its id; KeyError for one the index does not hold."""
        return self._shelf.document(doc_id)

    def documents(self) -> Sequence[Document]:
        """Return all documents, in order of their ids."""
        return self._shelf.documents()

    def understand(self, question: str) -> Query:
        """Read a question, its diacritics restored where they were left out or typed as bare keys.

        Raises:
            QueryError: The question is empty or longer than 2,000 characters.
        """
        text, short = with_shorthand_read(check_question(question))
        text, keys = with_keys_read(text, lambda s: self._known(s, "body"))
        words = mended(text, self._restorer)
        return replace(
            understand(text, words, (*short, *keys)), written_out=written_out(words, self.glossary)
        )

    def allowed(self, **conditions: Unpack[Conditions]) -> frozenset[str]:
        """Return the ids of the documents that meet every condition given."""
        return self._shelf.allowed(**conditions)

    def ask(
        self,
        question: str,
        k: int = 10,
        *,
        mode: Mode = "ask",
        allowed: frozenset[str] | None = None,
        query: Query | None = None,
        bound: str | None = None,
    ) -> Result:
        """Answer a question with quotations, and give the `k` best passages.

        Args:
            mode: "precedent" takes the question for a paragraph of a draft: its own year
                and place do not count against a passage, and no answer is refused.
            allowed: Ids of the documents to search; None for all. Filters before ranking.
            query: The question as a conversation has completed it; None to understand it here.
            bound: Id of the document meant, where a conversation has settled it.

        Raises:
            QueryError: The question is empty or longer than 2,000 characters.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        query = self.understand(question) if query is None else query
        if mode == "ask" and (direct := self._direct(query)):
            return direct
        if mode == "precedent":
            query = as_draft(query)
        terms = self._terms(query)
        ranked = self._ranked(query, terms, allowed, draft=mode == "precedent", least=k)
        if mode == "precedent":
            answer = self._answerer.precedents(query, ranked)
        else:
            answer = self._answered(query, terms, ranked, allowed, bound)
            answer = with_disputed_figures(answer, [c.view.passage.doc_id for c in ranked], self._shelf)
            answer = with_notes(query, answer, self._shelf, lambda: graph_of(self.bundle))
            if answer.fact:
                ranked = self._quoted_first(answer, ranked)
        shown = with_nearest(self._enough(ranked, k, allowed))[:k]
        hits = tuple(Hit(c.view.passage, c.score, why=reasons(query, c)) for c in shown)
        return Result(question=question, answer=answer, hits=hits, understood=query.understood)

    def detail(self, question: str, quoted: Quotation, k: int = 10) -> Result:
        """Quote the whole section that `quoted` stands in, as far as an answer may, and give its passages."""
        document = self.document(quoted.doc_id)
        answer = section_answer(document, quoted)
        rows = [
            row
            for row in self.bundle.rows_of(quoted.doc_id)
            if any(
                self.bundle.passages[row].start < c.end and c.start < self.bundle.passages[row].end
                for c in answer.citations
            )
        ]
        hits = tuple(Hit(self.bundle.passages[row], 1.0 - 0.01 * n) for n, row in enumerate(rows[:k]))
        return Result(question, answer, hits, understood=(f"đang hỏi về: {quoted.source}",))

    def _direct(self, query: Query) -> Result | None:
        """Answer what asks nothing of passages: courtesy, and what the library holds."""
        if reply := courteous_reply(query.text):
            return Result(query.text, Answer(reply, abstained=True, courtesy=True), ())
        if meaning := abbreviation_answer(query, self.glossary, self.document):
            return Result(query.text, meaning, ())
        if asks_for_holdings(query):
            documents = [self.document(doc_id) for doc_id in self._shelf.fits(query)]
            return Result(query.text, holdings(query, documents), (), understood=query.understood)
        return None

    def candidates(
        self, query: Query, allowed: frozenset[str] | None = None
    ) -> tuple[Terms, list[Candidate]]:
        """Return the terms of a question and its candidates, best first."""
        terms = self._terms(query)
        return terms, self._ranked(query, terms, allowed, draft=False)

    def best_candidate(self, question: str) -> Candidate | None:
        """Return the candidate a question would be answered from; None where a rule forbids an answer."""
        query = self.understand(question)
        _, ranked = self.candidates(query)
        return ranked[0] if ranked and not self._answerer.ruled_out(query, ranked) else None

    def absent(self, question: str) -> tuple[str, ...]:
        """Return the words of a question that no document of the library says."""
        return self._absent(self.understand(question))

    def _answered(
        self,
        query: Query,
        terms: Terms,
        ranked: list[Candidate],
        allowed: frozenset[str] | None,
        bound: str | None,
    ) -> Answer:
        if bound is None and (choices := same_number(query, self._shelf, allowed)):
            return ask_back(query, self._shelf, choices)
        if bound is None and (together := documents_together(query, self._shelf)):
            return together
        if bound is None and (compared := compared_answer(self, query, allowed)):
            return compared
        named = in_full_number(query, self._shelf, lambda: graph_of(self.bundle))
        if query.asks == "documents" and (items := citing_items(self, named, allowed)):
            return citing_answer(named, items, self.document)
        if asks_of_one_not_held(named, self._shelf) and (items := citing_items(self, named, allowed)):
            return only_cited(named, items, self.document)
        if addressed := by_address(query, terms, self._shelf, allowed, bound):
            return addressed
        wanted = asks_for_digest(query.text)
        if wanted and (meant := meant_documents(query, terms, self._shelf, allowed, bound)):
            return digest_answer(self.document(meant[0][0]), wanted)
        if wanted == "digest" and (asked := which_document(query, self._shelf, allowed)):
            return asked
        if fact := letterhead_answer(query, terms, self._shelf, self.glossary, allowed, bound):
            return self._answerer.fact(fact)
        if unsaid := unwritten(query, terms, self._shelf, allowed, bound):
            return self._answerer.not_found(query, ranked, unsaid)
        if query.asks == "signer":  # only a closing tells who signed; words about signing do not
            return self._answerer.not_found(query, ranked, "Chưa rõ câu hỏi nói về văn bản nào trong kho")
        if part := by_structure(query, terms, ranked, self._shelf, self.glossary, allowed):
            return part
        answer = self._answerer.answer(query, terms, ranked, self._absent(query))
        if not (answer.abstained or answer.unsure):
            return with_parts_not_seen(query, answer)
        return deadline_answer(query, terms, ranked, self._shelf, allowed) or answer

    def _absent(self, query: Query) -> tuple[str, ...]:
        frequency = partial(self.bundle.document_frequency, "body_folded")
        return absent_words(query, self.glossary, self._lexicon, frequency)

    def _terms(self, query: Query) -> Terms:
        return question_terms(query, self.glossary, self._idf, self._known, self._lexicon, self._forms)

    def _known(self, token: str, field: Literal["body", "body_folded"] = "body_folded") -> bool:
        return self.bundle.document_frequency(field, token) > 0

    def _idf(self, folded: str) -> float:
        """Return the BM25 inverse document frequency of a folded token over passages; at least 0."""
        n, df = len(self.bundle.passages), self.bundle.document_frequency("body_folded", folded)
        return math.log(1 + (n - df + 0.5) / (df + 0.5))

    def _ranked(
        self, query: Query, terms: Terms, allowed: frozenset[str] | None, *, draft: bool, least: int = 0
    ) -> list[Candidate]:
        named = self._shelf.named_rows(query, allowed)
        lanes = self._retriever.retrieve(query, allowed, draft=draft, named=lambda _: named, least=least)
        candidates = [Candidate(self._view(lane.row), lane) for lane in lanes]
        ranked = rerank(query, terms, candidates, self._shelf.profile, DRAFT if draft else None)
        return ranked if draft else own_year_first(query, ranked)

    def _enough(self, ranked: list[Candidate], k: int, allowed: frozenset[str] | None) -> list[Candidate]:
        """Fill up with the remaining passages, so that there are always `k` where the library has `k`."""
        if len(ranked) >= k:
            return ranked
        have = {c.lanes.row for c in ranked}
        for row, passage in enumerate(self.bundle.passages):
            if len(have) >= k:
                break
            if row not in have and (allowed is None or passage.doc_id in allowed):
                have.add(row)
                ranked = [*ranked, Candidate(self._view(row), Lanes(row, 0.0, 0.0, 0.0), score=-9.0)]
        return ranked

    def _quoted_first(self, answer: Answer, ranked: list[Candidate]) -> list[Candidate]:
        """Put the passages a letterhead's answer quotes before all others."""
        top = ranked[0].score if ranked else 0.0
        first: list[Candidate] = []
        for quoted in answer.citations:
            for row in self.bundle.rows_of(quoted.doc_id):
                passage = self.bundle.passages[row]
                if passage.start <= quoted.start < passage.end and row not in {c.lanes.row for c in first}:
                    known = next((c for c in ranked if c.lanes.row == row), None)
                    lanes = known.lanes if known else Lanes(row, 0.0, 0.0, 0.0)
                    first.append(Candidate(self._view(row), lanes, score=top + 1.0 - 0.01 * len(first)))
        rows = {c.lanes.row for c in first}
        return first + [c for c in ranked if c.lanes.row not in rows]

    def _look_at(self, row: int) -> View:
        passages = self.bundle.passages
        document = partial(self.document, passages[row].doc_id)
        return View(passages[row], passages.lines(row), self._words, document)
