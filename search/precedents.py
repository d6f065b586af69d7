"""The drafting desk: for each paragraph of a draft, how earlier documents said the same, and what differs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from corpus.errors import QueryError
from corpus.records import Document, Passage
from corpus.structure.sentences import split_sentences
from corpus.text import fold
from search.documents.sources import quotation
from search.drafting.differences import Difference, differences, likeness, words_in
from search.drafting.drafts import Paragraph, paragraphs_of
from search.drafting.sectionkinds import SectionKind, kind_of
from search.engine import Engine
from search.hits import Hit, Quotation

FETCHED = 12  # passages looked at for one paragraph
SHOWN = 3  # precedents given for one paragraph
_SAME_KIND = 0.2  # added to a passage's score (0 to about 4) where it stands in the same kind of section
_SAME_TYPE = 0.15  # and where its document is of the draft's type
_ALIKE = 0.3  # and for the words it shares
NEAR = 0.35  # share of what a paragraph says, by weight of its words, that a precedent must say
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d.,]*\d)(?!/)")
_NO_KIND: frozenset[SectionKind] = frozenset({"other", "attached"})


@dataclass(frozen=True, slots=True)
class Precedent:
    """Words of an earlier document that say what a paragraph says.

    Attributes:
        start, end: Half-open, in characters of `Document.text`; within one passage, at most 900.
        text: `document.text[start:end]`, verbatim: what is copied.
        quotation: The same with its source, cut at 400 characters.
        kind: What kind of section it stands in.
        same_kind, same_type: Whether that is the paragraph's kind, and the document of the draft's type.
        covered: How much of what the paragraph says is said here, in [0, 1], rarer words weighing more.
        likeness: How much the two wordings share, in [0, 1]; 1 is the same words.
        score: Only to order the precedents of one paragraph; higher is better.
        differences: The paragraph (`ours`) and `text` (`theirs`) side by side.
        also: Other places of the library with the same words.
    """

    doc_id: str
    start: int
    end: int
    text: str
    quotation: Quotation
    kind: SectionKind
    same_kind: bool
    same_type: bool
    covered: float
    likeness: float
    score: float
    differences: tuple[Difference, ...]
    also: tuple[Quotation, ...] = ()

    @property
    def copied(self) -> str:
        """What is copied: the words in quotation marks, then their source."""
        return f"“{self.text}” ({self.quotation.source})"


@dataclass(frozen=True, slots=True)
class ParagraphFound:
    """A paragraph of a draft and its precedents, best first; none where no document says the like."""

    paragraph: Paragraph
    precedents: tuple[Precedent, ...]


@dataclass(frozen=True, slots=True)
class DraftFound:
    """A draft, its paragraphs in order, and the documents left out because they are the draft itself."""

    draft: Document
    paragraphs: tuple[ParagraphFound, ...]
    left_out: tuple[str, ...] = ()


def find_precedents(
    engine: Engine, draft: Document, k: int = SHOWN, *, allowed: frozenset[str] | None = None
) -> DraftFound:
    """Return the `k` best precedents of every paragraph of a draft.

    Args:
        draft: From `search.drafting.drafts.draft_from_text` or `read_draft`.
        allowed: Ids of the documents to look in; None for all.
    """
    own = own_documents(engine, draft)
    if own:
        allowed = (engine.allowed() if allowed is None else allowed) - set(own)
    found = [
        ParagraphFound(paragraph, precedents_of(engine, paragraph, draft.letterhead.type, k, allowed=allowed))
        for paragraph in paragraphs_of(draft)
    ]
    return DraftFound(draft, tuple(found), own)


def own_documents(engine: Engine, draft: Document) -> tuple[str, ...]:
    """Return the documents that are the draft: of the same number, date and issuer."""
    head = draft.letterhead
    if not (head.number and head.date):
        return ()
    same = (
        d.doc_id
        for d in engine.documents()
        if (d.letterhead.number, d.letterhead.date) == (head.number, head.date)
        and fold(d.letterhead.issuer or "") == fold(head.issuer or "")
    )
    return tuple(same)


def precedents_of(
    engine: Engine,
    paragraph: Paragraph,
    draft_type: str | None = None,
    k: int = SHOWN,
    *,
    allowed: frozenset[str] | None = None,
) -> tuple[Precedent, ...]:
    """Return the precedents of one paragraph, best first, those that say too little of it left out.

    Args:
        draft_type: "Kế hoạch"; documents of that type come first where passages are alike.
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    # The years of a draft are its own: a precedent is sought for what it says of any year.
    text = _YEAR.sub(" ", paragraph.text)
    try:
        query = replace(engine.understand(text), months=(), terms=())
        hits = engine.ask(text, FETCHED, mode="precedent", allowed=allowed, query=query).hits
    except QueryError:  # a paragraph of marks alone has no precedents
        return ()
    weights = _Weights(engine, paragraph.text)
    made = [_Found.of(engine, paragraph, draft_type, hit, weights) for hit in hits]
    near = sorted((f for f in made if f.covered >= NEAR), key=lambda f: (-f.score, f.passage.passage_id))
    return tuple(islice(_told_once(engine, paragraph, near), k))


class _Weights:
    """What share of a paragraph's words, each by its rarity in the library, another text says."""

    def __init__(self, engine: Engine, text: str) -> None:
        n = len(engine.bundle.passages)
        self.words = words_in(text)
        folded = {fold(word) for word in self.words if not word[0].isdigit()}
        self._weight = {
            word: math.log(1 + (n + 0.5) / (engine.bundle.document_frequency("body_folded", word) + 0.5))
            for word in folded
        }
        self._total = sum(self._weight.values())

    def covered_by(self, *texts: str) -> float:
        said = frozenset[str]().union(*map(_folded, texts))
        return (
            sum(w for word, w in self._weight.items() if word in said) / self._total if self._total else 0.0
        )


@lru_cache(4096)
def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words_in(text))


@dataclass(frozen=True, slots=True)
class _Found:
    passage: Passage
    kind: SectionKind
    same_kind: bool
    same_type: bool
    covered: float
    score: float

    @classmethod
    def of(
        cls, engine: Engine, paragraph: Paragraph, draft_type: str | None, hit: Hit, weights: _Weights
    ) -> _Found:
        passage = hit.passage
        kind = kind_of(passage.section, passage.heading, passage.text)
        same_kind = kind == paragraph.kind and kind not in _NO_KIND
        letterhead = engine.document(passage.doc_id).letterhead
        same_type = draft_type is not None and letterhead.type == draft_type
        alike = likeness(weights.words, words_in(passage.text))
        score = hit.score + _SAME_KIND * same_kind + _SAME_TYPE * same_type + _ALIKE * alike
        covered = weights.covered_by(passage.text, *passage.heading[-1:])
        return cls(passage, kind, same_kind, same_type, covered, score)


def _told_once(engine: Engine, paragraph: Paragraph, found: Sequence[_Found]) -> Iterator[Precedent]:
    """Yield a precedent for each wording; further places of the same words go with the first."""
    shown: dict[tuple[str, ...], list[tuple[_Found, int, int]]] = {}
    for one in found:
        start, end = _part_meant(paragraph.text, one.passage)
        key = tuple(sorted(words_in(engine.document(one.passage.doc_id).text[start:end]).elements()))
        shown.setdefault(key, []).append((one, start, end))
    for (one, start, end), *others in shown.values():
        document = engine.document(one.passage.doc_id)
        text = document.text[start:end]
        also = (quotation(engine.document(o.passage.doc_id), a, b) for o, a, b in others)
        yield Precedent(
            doc_id=document.doc_id,
            start=start,
            end=end,
            text=text,
            quotation=quotation(document, start, end),
            kind=one.kind,
            same_kind=one.same_kind,
            same_type=one.same_type,
            covered=one.covered,
            likeness=likeness(words_in(paragraph.text), words_in(text)),
            score=one.score,
            differences=differences(paragraph.text, text),
            also=tuple(also),
        )


def _part_meant(text: str, passage: Passage) -> tuple[int, int]:
    """Return the run of a passage's sentences that is most like `text`, in characters of the document.

    Begins with the sentence most like it and takes its neighbours in while that makes it more alike.
    """
    spans = split_sentences(passage.text)
    ours = words_in(text)
    bags = [words_in(passage.text[a:b]) for a, b in spans]
    alike = [likeness(ours, bag) for bag in bags]
    first = last = max(range(len(spans)), key=lambda i: alike[i])
    best, bag = alike[first], bags[first]
    while True:
        grown = [
            (likeness(ours, bag + bags[i]), i)
            for i in (first - 1, last + 1)
            if 0 <= i < len(spans)
        ]  # fmt: skip
        more = max(grown, default=(0.0, 0))
        if more[0] <= best:
            return passage.start + spans[first][0], passage.start + spans[last][1]
        best, i = more
        bag = bag + bags[i]
        first, last = min(first, i), max(last, i)
