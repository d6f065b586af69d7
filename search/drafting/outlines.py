"""Đề cương: an outline of a type on a topic, put together from how earlier documents of that type were made.

Its parts are those that documents of the type have, in their usual order; under each stand the
sentences of these documents that speak of the topic, to the letter and with their source. What in
them is of another place or time (figures, years, numbers, place names) is marked, to be replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.errors import QueryError
from corpus.records import Document, Section
from corpus.structure.doctypes import TYPE, type_name
from corpus.structure.sentences import split_clauses
from corpus.text import collapse, fold
from corpus.words.places import find_places
from search.answering.structure import sentences_of
from search.documents.sources import MAX_QUOTE, quotation
from search.drafting.differences import figures_in, likeness, words_in
from search.drafting.draftcitations import changes_of
from search.drafting.parts import usual_parts
from search.drafting.sectionkinds import SectionKind, headings_above, kind_of_heading, kinds_in
from search.drafting.topics import Topic
from search.engine import Engine
from search.hits import Quotation

Span = tuple[int, int]

MODELS = 6  # documents that sentences are borrowed from
LAYOUTS = 60  # documents whose order of parts is looked at
ITEMS = 4  # sentences under one part
_HITS = 40
_FEW_WORDS = 7  # a shorter sentence is a heading or a fragment
_CLAUSE_WORDS = 12  # a shorter clause says too little without its sentence
_ALIKE = 0.7  # likeness from which two sentences say the same
_ON_TOPIC = 0.5  # share of the topic, by weight of its words, that a borrowed sentence's surroundings say
_MARKER = re.compile(
    r"[\s*#_|\\]*(?:[-–—+•]+\s+)?(?:(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVXLC]{1,6}|[a-zđ])\s?[.)/]\s+)?[*_]*"
)
_ORDINAL = re.compile(r"(?:lần\s+thứ|khóa|khoá|[Đđ]ại\s+hội|[Qq]uý|kỳ)\s+(?P<ordinal>[IVXLC]+)(?!\w)")
_BASIS = re.compile(r"(?:can cu|thuc hien|trien khai|theo)\b")
_GENERAL: frozenset[SectionKind] = frozenset({"execution", "purpose"})  # said alike whatever the topic


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A sentence of an earlier document.

    Attributes:
        quotation: Its words to the letter, at most 400 characters, and its source.
        to_replace: Half-open spans in `quotation.quote` of what belongs to that document: figures,
            years, dates, document numbers, places.
        source: Number of its source in `Outline.sources`, from 1.
    """

    quotation: Quotation
    to_replace: tuple[Span, ...]
    source: int


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A part of the outline; `note` says, in Vietnamese, why nothing stands under it, where nothing does."""

    heading: str
    kind: SectionKind
    items: tuple[Borrowed, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline to go on from.

    Attributes:
        type: As in a letterhead ("Kế hoạch").
        title: The trích yếu suggested: the topic, and the year where one is given.
        issuer: Who is to issue the document, as asked; None where nobody said.
        basis: What the openings of the models rest on ("Căn cứ ...").
        sources: The source lines, in the order of their numbers from 1.
        notes: What the reader should know of it, in Vietnamese.
    """

    type: str
    topic: str
    title: str
    issuer: str | None
    place: str | None
    year: int | None
    basis: tuple[Borrowed, ...]
    parts: tuple[OutlinePart, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


def make_outline(
    engine: Engine,
    type_: str,
    topic: str,
    *,
    issuer: str | None = None,
    place: str | None = None,
    year: int | None = None,
    allowed: frozenset[str] | None = None,
) -> Outline:
    """Return an outline of a document of a type on a topic.

    Args:
        type_: "Kế hoạch", "báo cáo"; any type that letterheads name.
        issuer: Who is to issue it; a committee of the Party has a layout of its own.
        place, year: What the new document is for; words of that place and year need no replacing.
        allowed: Ids of the documents to borrow from; None for all.

    Raises:
        QueryError: No topic, one over 2,000 characters, or no known type.
    """
    if not re.fullmatch(TYPE, collapse(type_)):
        raise QueryError(
            f"Chưa biết loại văn bản “{collapse(type_)}”",
            "Hãy ghi tên loại, ví dụ: Kế hoạch, Báo cáo, Hướng dẫn",
        )
    maker = _Maker(engine, type_name(collapse(type_)), collapse(topic), place, year, allowed)
    return replace(maker.outline(), issuer=collapse(issuer or "") or None)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that may be borrowed: where it stands, what it is worth, which model it is of."""

    worth: float
    model: int
    start: int
    end: int


class _Maker:
    def __init__(
        self,
        engine: Engine,
        type_: str,
        topic: str,
        place: str | None,
        year: int | None,
        allowed: frozenset[str] | None,
    ) -> None:
        self._engine, self._type, self._said = engine, type_, topic
        self._place, self._year = place, year
        self._topic = Topic(engine, topic)
        self._sources: list[str] = []
        self._notes: list[str] = []
        within = engine.allowed() if allowed is None else allowed
        self._own = engine.allowed(types=[type_]) & within
        hits = engine.ask(topic, _HITS, mode="precedent", allowed=self._own or within).hits
        ranked = list(dict.fromkeys(hit.passage.doc_id for hit in hits))
        self._models = sorted(
            (engine.document(doc_id) for doc_id in ranked[: 3 * MODELS]),
            key=lambda d: self._model_order(d, ranked.index(d.doc_id)),
        )[:MODELS]

    def _model_order(self, document: Document, rank: int) -> tuple[float, int, int]:
        """Those whose title says the topic come first, of these the latest: the last plan is the model."""
        said = round(self._topic.said_in(document.letterhead.title or ""), 1)
        return -said, -(document.year or 0) if said >= _ON_TOPIC else 0, rank

    def outline(self) -> Outline:
        if not self._own:
            self._notes.append(
                f"Kho chưa có {self._type} nào; bố cục theo thông lệ, câu mượn lấy từ các loại văn bản khác."
            )
        basis = self._basis()
        parts = tuple(self._part(heading, kind) for heading, kind in self._layout())
        if not any(part.items for part in parts):
            self._notes.append(f"Kho chưa có câu nào nói về “{self._said}”.")
        for borrowed in (*basis, *(one for part in parts for one in part.items)):
            self._notes += changes_of(self._engine.bundle, borrowed.quotation)
        title = f"{self._said[:1].upper()}{self._said[1:]}"
        if self._year and str(self._year) not in title:
            title += f" năm {self._year}"
        return Outline(
            self._type,
            self._said,
            title,
            None,
            self._place,
            self._year,
            basis,
            parts,
            tuple(self._sources),
            tuple(dict.fromkeys(self._notes)),
        )

    def _layout(self) -> list[tuple[str, SectionKind]]:
        """Return the heading and kind of each part; the models' words for them come first."""
        ids = [d.doc_id for d in self._models if d.doc_id in self._own]
        ids += [doc_id for doc_id in sorted(self._own) if doc_id not in set(ids)]
        return usual_parts(self._type, [self._engine.document(doc_id) for doc_id in ids[:LAYOUTS]])

    def _basis(self) -> tuple[Borrowed, ...]:
        told: list[_Told] = []
        for rank, document in enumerate(self._models):
            title = fold(collapse(document.letterhead.title or ""))
            for section in (one for one in document.sections if one.address == "Mở đầu"):
                for start, end in sentences_of(document, section):
                    start = _bare_start(document.text, start, end)
                    if fold(collapse(document.text[start:end])).strip(" .*_") in title:
                        continue  # what the document is about, not what it rests on
                    cites = any(start <= c.start < end for c in document.citations)
                    worth = self._topic.said_in(document.text[start:end], document.letterhead.title or "")
                    begins = _BASIS.match(fold(document.text[start : start + 20]))
                    if cites and begins and worth >= _ON_TOPIC:
                        told.append(_Told(worth - 0.05 * rank, rank, start, end))
        return self._borrowed(told)

    def _part(self, heading: str, kind: SectionKind) -> OutlinePart:
        told = [
            one
            for rank, document in enumerate(self._models)
            for one in self._told(rank, document, heading, kind)
        ]
        items = self._borrowed(told)
        note = "" if items else "Kho chưa có câu nào về chủ đề này ở mục này."
        return OutlinePart(heading, kind, items, note)

    def _told(self, rank: int, document: Document, heading: str, kind: SectionKind) -> Iterator[_Told]:
        """Yield the sentences under a part's heading in one model, those off the topic left out."""
        title = document.letterhead.title or ""
        above = headings_above(document.sections)
        for section, headings, own in zip(document.sections, above, kinds_in(document), strict=True):
            if not headings or own in ("attached", "recipients", "signature"):
                continue
            outer = kind_of_heading(headings[0]) or "other"
            if outer != kind or (kind == "other" and fold(headings[0]) != fold(heading)):
                continue
            for start, end in _quotable(document, section):
                words = document.text[start:end]
                if _is_heading(words, section):
                    continue
                said = self._topic.said_in(words)
                around = self._topic.said_in(words, *headings[1:], title)
                if around >= _ON_TOPIC or (kind in _GENERAL and rank == 0 and self._topic.said_in(title) > 0):
                    yield _Told(said + 0.5 * around - 0.05 * rank, rank, start, end)

    def _borrowed(self, told: Sequence[_Told]) -> tuple[Borrowed, ...]:
        """Return the best of these, none saying what another says, in the order of the models."""
        chosen: list[tuple[_Told, Counter[str]]] = []
        for one in sorted(told, key=lambda t: (-t.worth, t.model, t.start)):
            words = words_in(self._models[one.model].text[one.start : one.end])
            if all(likeness(words, other) < _ALIKE for _, other in chosen):
                chosen.append((one, words))
            if len(chosen) == ITEMS:
                break
        ordered = sorted((one for one, _ in chosen), key=lambda t: (t.model, t.start))
        return tuple(self._quoted(self._models[one.model], one.start, one.end) for one in ordered)

    def _quoted(self, document: Document, start: int, end: int) -> Borrowed:
        quoted = quotation(document, start, end)
        if quoted.source not in self._sources:
            self._sources.append(quoted.source)
        return Borrowed(quoted, tuple(self._to_replace(quoted.quote)), self._sources.index(quoted.source) + 1)

    def _to_replace(self, quote: str) -> Iterator[Span]:
        """Yield the spans of a quotation that are the borrowed document's own."""
        spans = [(start, end) for start, end, place in find_places(quote) if place != self._place]
        spans += [m.span("ordinal") for m in _ORDINAL.finditer(quote)]
        spans += [(a, b) for a, b, _ in figures_in(quote) if quote[a:b] != str(self._year)]
        last = -1
        for start, end in sorted(spans):
            if start >= last:
                yield start, end
                last = end


def _quotable(document: Document, section: Section) -> Iterator[Span]:
    """Yield the sentences of a section without their numbers; the clauses of those too long to quote."""
    for start, end in sentences_of(document, section):
        start = _bare_start(document.text, start, end)
        if end - start <= MAX_QUOTE:
            yield start, end
            continue
        for a, b in split_clauses(document.text[start:end]):
            if b - a <= MAX_QUOTE and len(document.text[start + a : start + b].split()) >= _CLAUSE_WORDS:
                yield start + a, start + b


def _bare_start(text: str, start: int, end: int) -> int:
    """Return where a sentence begins behind its bullet or number; words that are nothing else stay."""
    match = _MARKER.match(text, start, end)
    return match.end() if match and match.end() < end else start


def _is_heading(words: str, section: Section) -> bool:
    line = collapse(words)
    if len(line.split()) < _FEW_WORDS or line.endswith(":") or line.isupper():
        return True
    return not line.endswith((".", ";")) and fold(line) == fold(collapse(section.heading))
