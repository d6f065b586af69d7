"""Questions about a document itself, answered from its letterhead and closing: who signed, when, to whom."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.numbers import TYPE_OF_CODE, find_numbers
from corpus.reading import with_correction
from corpus.records import Document
from corpus.text import clean, fold
from corpus.words.glossary import Glossary
from corpus.words.tokens import find_dates
from search.asking.matching import Terms, Words
from search.documents.sources import document_name, quotation, vietnamese_date
from search.hits import Quotation
from search.query import Query, merged_places
from search.ranking.period import conflicts_with
from search.ranking.profile import Profile

_BY_HAND = " (đã sửa bằng tay)"  # of what staff put right, which the words quoted need not say
_CARRIES_OUT = re.compile(r"\b(?:thuc hien|trien khai|cu the hoa|quan triet)\b")
_HEAD = 4000  # characters from the top in which a letterhead stands
_OF_NAME = 1.5  # what a name that says all of the question adds to how surely it is meant
_OF_PERIOD = 0.5  # what a title of the quarter or half-year asked for adds: "báo cáo quý III"
_OF_SENDING = frozenset("noi nhan gui den toi cho duoc dau".split())  # "nhận" folds as "nhân dân" does
_ROUNDING = 1e-9
_NAMED_ENOUGH = 0.55  # share of the question's words a title must say when no number, date or place does


@dataclass(frozen=True, slots=True)
class Fact:
    """What a letterhead says: the words for people, and where they stand."""

    text: str
    quotations: tuple[Quotation, ...]
    told: float = 0.0  # how much of the question it says, where several documents could be meant


def find_in(
    document: Document, wanted: str, start: int = 0, end: int | None = None
) -> tuple[int, int] | None:
    """Return the span of `wanted` in the document, white space and markup aside; None if it is not there."""
    line = clean(document.text[start:end], start)
    at = fold(line.text).find(fold(clean(wanted).text))
    return line.span(at, at + len(clean(wanted).text)) if wanted and at >= 0 else None


def section_span(document: Document, address: str) -> tuple[int, int] | None:
    """Return the span of the first section with this address, white space trimmed."""
    for section in document.sections:
        if section.address == address:
            text = document.text[section.start : section.end]
            left = len(text) - len(text.lstrip())
            return (section.start + left, section.start + len(text.rstrip())) if text.strip() else None
    return None


def named_documents(
    query: Query, profiles: Iterable[Profile], told: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Return (document id, how surely it is meant) of the documents a question names, surest first.

    A number, serial or date names a document; else its place, year, type and the words of
    its title together must.

    Args:
        told: How much of the question a document's type, title, issuer and place say, by id.
    """
    found: list[tuple[str, float]] = []
    through = _names_what_carries_out(query)
    for profile in profiles:
        score = 0.0
        if query.numbers:
            own = 3.0 if profile.number in query.numbers else -3.0
            score += 2.5 if through and profile.title_numbers & set(query.numbers) else own
        if query.serials and not query.numbers:
            score += 2.0 if profile.serial in query.serials else 0.0
        if query.dates and not query.numbers:
            score += 2.0 if profile.date in query.dates else 0.0
        if query.places:
            merged = 0.4 if merged_places(query) & profile.places else -1.5
            score += 0.7 if set(query.places) & profile.places else merged
        if query.years:
            score += 0.5 if any(profile.covers_year(y) for y in query.years) else -1.5
        if query.months and profile.months and not conflicts_with(query, profile):
            score += _OF_PERIOD
        if query.types:
            score += 0.3 if profile.type in query.types else -0.3
        score += _OF_NAME * told[profile.doc_id]
        found.append((profile.doc_id, score))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _names_what_carries_out(query: Query) -> bool:
    """Whether a question names a document by the number of another: "kế hoạch thực hiện Kết luận 12-KL/TW".

    "Kết luận 12-KL/TW ban hành ngày nào?" asks of that very document, though only a plan for it is held.
    """
    if _CARRIES_OUT.search(fold(query.words)):
        return True
    named = [TYPE_OF_CODE.get(m.type_code or "", "") for m in find_numbers(query.text, typed=True)]
    return any(not any(kind.startswith(name) for name in named if name) for kind in query.types)


def is_named(query: Query, score: float, told: float) -> bool:
    """Whether the question names the document surely enough to answer from its letterhead."""
    if query.numbers:
        return score >= 2.5
    if query.serials or query.dates:
        return score >= 1.5
    if query.asks == "recipients":  # its words may be those of a line of the list itself
        return told >= 0.4 or score >= 0.9
    return told >= _NAMED_ENOUGH or (score >= 0.9 and told >= 0.3)


def least_told(query: Query) -> float:
    """Return how much a name must say at least for `is_named`, where no number, serial or date names it."""
    if query.numbers:
        return math.inf
    # What place, year and type may add at most in `named_documents`.
    rest = 0.7 * bool(query.places) + 0.5 * bool(query.years) + 0.3 * bool(query.types)
    rest += _OF_PERIOD * bool(query.months)
    if query.serials or query.dates:
        return (1.5 - rest) / _OF_NAME - _ROUNDING
    by_score = (0.9 - rest) / _OF_NAME - _ROUNDING
    return min(0.4, by_score) if query.asks == "recipients" else min(_NAMED_ENOUGH, max(0.3, by_score))


def signer(document: Document) -> Fact | None:
    """Return who signed and in what role."""
    head = document.letterhead
    span = section_span(document, "Ký")
    if not head.signer or span is None:
        return None
    role = f" ({head.signer_role})" if head.signer_role else ""
    name_at = find_in(document, head.signer, *span)
    end = name_at[1] if name_at else span[1]
    start = span[0] if end - span[0] <= 390 else (name_at or span)[0]
    quotes = [quotation(document, start, end)]
    others = []
    for name, office in head.cosigners:
        at = find_in(document, name, *span)
        if at and not any(q.start <= at[0] and at[1] <= q.end for q in quotes):
            quotes.append(quotation(document, *at))
        if at:
            others.append(f"{name} ({office})" if office else name)
    along = f"; cùng ký: {', '.join(others)}" if others else ""
    return Fact(f"Người ký: **{head.signer}**{role}{along}", tuple(quotes))


def issue_date(document: Document) -> Fact | None:
    """Return when it was issued, as its date line says."""
    issued, by_hand = document.letterhead.date, "date" in document.corrected
    if not issued:
        return None
    written = with_correction(document, None).letterhead.date if by_hand else issued
    for start, end, iso in find_dates(document.text[:_HEAD]):
        if iso == written and start >= document.body_start:
            line_start = document.text.rfind("\n", 0, start) + 1
            quoted = quotation(document, line_start, end)
            said = f"{_BY_HAND}; văn bản ghi: " if by_hand else " ("
            return Fact(
                f"Ngày ban hành: **{vietnamese_date(issued)}**{said}“{clean(quoted.quote).text}”"
                f"{'' if by_hand else ')'}",
                (quoted,),
            )
    return None


def about(document: Document) -> Fact | None:
    """Return its full name and trích yếu."""
    head = document.letterhead
    quotes: list[Quotation] = []
    if head.number_as_read and (span := find_in(document, head.number_as_read, document.body_start, _HEAD)):
        line_start = document.text.rfind("\n", 0, span[0]) + 1
        end = span[1]
        if (date := issue_date(document)) and 0 < date.quotations[0].end - line_start <= 200:
            end = max(end, date.quotations[0].end)
        quotes.append(quotation(document, line_start, end))
    if head.title and (span := find_in(document, head.title, document.body_start, _HEAD)):
        quotes.append(quotation(document, *span))
    if not quotes:
        return None
    name = document_name(document) if head.number else document_name(document).split(" “")[0]
    said = f"{name}: {head.title}" if head.title else name
    return Fact(said + (_BY_HAND if document.corrected else ""), tuple(quotes))


def number(document: Document) -> Fact | None:
    """Return its số/ký hiệu."""
    head = document.letterhead
    if not head.number or not head.number_as_read:
        return None
    span = find_in(document, head.number_as_read, document.body_start, _HEAD)
    if span is None:
        return None
    line_start = document.text.rfind("\n", 0, span[0]) + 1
    by_hand = _BY_HAND if "number" in document.corrected else ""
    return Fact(f"Số, ký hiệu: **{head.number}**{by_hand}", (quotation(document, line_start, span[1]),))


def joined(told: Sequence[Fact]) -> Fact:
    """Return several facts of one document as one: "Số, ký hiệu: ...; Người ký: ..."."""
    return Fact("; ".join(fact.text for fact in told), tuple(q for fact in told for q in fact.quotations))


def all_recipients(document: Document) -> Fact | None:
    """Return all whom it was sent to."""
    return recipients(document, Terms((), marked=True), Glossary([]))


def recipients(document: Document, terms: Terms, glossary: Glossary) -> Fact | None:
    """Return whom it was sent to; only the lines the question speaks of, where it speaks of some."""
    span = section_span(document, "Nơi nhận")
    if span is None:
        return None
    lines: list[tuple[int, int, float]] = []
    terms = _beside_the_name(terms, document, glossary)
    lead = Words(frozenset(), frozenset())
    for match in re.finditer(r"[^\n]+", document.text[span[0] : span[1]]):
        start, end = span[0] + match.start(), span[0] + match.end()
        line = clean(document.text[start:end]).text
        words = Words.of(line, glossary)
        if line.rstrip().endswith(":"):
            lead = words if fold(line) not in ("noi nhan:", "noi nhan :") else lead
            continue
        if line:
            lines.append((start, end, terms.coverage(words, lead)))
    if not lines:
        return None
    best = max(told for _, _, told in lines)
    chosen = [x for x in lines if x[2] >= 0.8 * best] if best >= 0.15 else lines
    quoted = _joined(document, [(a, b) for a, b, _ in chosen])
    said = "; ".join(clean(document.text[a:b]).text.lstrip("-+ ").rstrip(";,. ") for a, b, _ in chosen)
    return Fact(f"Nơi nhận: {said}", quoted, best)


def _beside_the_name(terms: Terms, document: Document, glossary: Glossary) -> Terms:
    """Return the terms of a question that do not name the document itself.

    "Kế hoạch dân vận gửi cho ai?" asks for all it was sent to, not for the Ban Dân vận among them.
    """
    head = document.letterhead
    named = terms.credits(Words.of(f"{head.type or ''} {head.title or ''}", glossary))
    kept = [
        term
        for term, said in zip(terms.terms, named, strict=True)
        if not said and not set(term.folded.split("_")) <= _OF_SENDING
    ]
    return Terms(kept, marked=terms.marked)


def _joined(document: Document, spans: list[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Quote neighbouring lines together as long as they fit in one quotation."""
    quotes: list[tuple[int, int]] = []
    for start, end in spans:
        if quotes and end - quotes[-1][0] <= 390 and not document.text[quotes[-1][1] : start].strip():
            quotes[-1] = (quotes[-1][0], end)
        else:
            quotes.append((start, end))
    return tuple(quotation(document, a, b) for a, b in quotes)
