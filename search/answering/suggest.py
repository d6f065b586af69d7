"""Two or three questions that may follow an answer, each of which the library is known to answer.

They are made of what was read out of the document the answer stands in (a chỉ tiêu, a deadline, the
signer) and of the years other documents are for; and none is offered that was not asked first: the engine
must answer it plainly and quote the very place it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from corpus.errors import QueryError
from corpus.records import Document, Target
from corpus.text import fold
from corpus.words.tokens import syllables
from search.answering import structure
from search.answering.digest import asks_for_digest
from search.asking.asks import QUESTION_WORDS
from search.documents import facts
from search.documents.sources import document_name, short_issuer
from search.hits import Result
from search.ranking.profile import Profile

_MOST_ASKED = 10  # questions tried for one answer; each takes the engine about 20 ms
_TRIES = 3  # of one kind before the next kind's turn
_SUBJECT_WORDS = range(3, 15)  # a shorter subject names nothing by itself, a longer one is no question
_PREPOSITIONS = frozenset("với tại ở từ trong để của theo cho".split())
_SAME_SUBJECT = 0.6  # share of the words question and answer have in common that another year's must say
_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")


class Library(Protocol):
    """What is needed of `search.engine.Engine`."""

    def ask(self, question: str, k: int = 10) -> Result: ...
    def document(self, doc_id: str) -> Document: ...
    def documents(self) -> Sequence[Document]: ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question and what its answer must quote: a place in a document, or words in any place."""

    question: str
    doc_ids: frozenset[str]
    start: int = 0
    end: int = 1 << 40
    words: frozenset[str] = frozenset()


def suggestions(library: Library, result: Result, most: int = 3) -> tuple[str, ...]:
    """Return at most `most` questions, of different kinds first; none after what is no sure answer.

    Costs about 20 ms for each of the questions tried, ten at most: ask for them after the answer is shown.
    """
    answer = result.answer
    if answer.abstained or answer.unsure or not answer.citations:
        return ()
    document = library.document(answer.citations[0].doc_id)
    kinds = (
        _other_years(library, document, result),
        _figures(document, result),
        _deadlines(document, result),
        _signer(document, result),
        _whole(document, result),
    )
    found: list[str] = []
    left = _MOST_ASKED
    waiting = list(kinds)
    while waiting and left and len(found) < most:
        kind = waiting.pop(0)
        for candidate in islice(kind, min(_TRIES, left)):
            left -= 1
            if candidate.question not in (*found, result.question) and _is_answered(library, candidate):
                found.append(candidate.question)
                waiting.append(kind)
                break
    return tuple(found)


def _is_answered(library: Library, candidate: _Candidate) -> bool:
    try:
        answer = library.ask(candidate.question).answer
    except QueryError:  # a subject so long that the question is
        return False
    return not (answer.abstained or answer.unsure) and any(
        c.doc_id in candidate.doc_ids
        and c.start < candidate.end
        and candidate.start < c.end
        and len(candidate.words & set(syllables(c.quote))) >= _SAME_SUBJECT * len(candidate.words)
        for c in answer.citations
    )


def _quotes(result: Result, doc_id: str, start: int, end: int) -> bool:
    """Whether the answer quotes this place already."""
    return any(c.doc_id == doc_id and c.start < end and start < c.end for c in result.answer.citations)


def _name(document: Document) -> str:
    """Return how a question names the document: "Kế hoạch 234/KH-LĐLĐ", without a number by its office."""
    head = document.letterhead
    if head.number:
        return f"{head.type or 'văn bản'} {head.number}"
    if head.type and head.issuer:
        return f"{head.type} của {short_issuer(head.issuer)}"
    return document_name(document)


def _figures(document: Document, result: Result) -> Iterator[_Candidate]:
    """Yield questions for other chỉ tiêu or results, those of the answer's own section first."""
    sections = {c.section.rpartition(".")[0] for c in result.answer.citations if c.doc_id == document.doc_id}
    kind = structure.kind_of_goals(document)
    asked = [t for t in document.targets if t.kind == kind and _can_be_asked(t)]
    for target in sorted(asked, key=lambda t: (t.section.rpartition(".")[0] not in sections, t.start)):
        if not _quotes(result, document.doc_id, target.start, target.end):
            first, _, rest = target.subject.partition(" ")
            subject = f"{first if first.isupper() else first.lower()} {rest}"
            what = "tỷ lệ " if target.unit == "%" else "chỉ tiêu " if kind == "target" else ""
            question = f"Theo {_name(document)}, {what}{subject} là bao nhiêu?"
            yield _Candidate(question, frozenset({document.doc_id}), target.start, target.end)


def _can_be_asked(target: Target) -> bool:
    """Whether a subject makes a question by itself; of results that count, the noun is missing from it."""
    words = target.subject.split()
    whole = not re.search(r"[\d…“”\"()]|\b(?:đó|này|trên|riêng|còn|cả)\b", target.subject)
    counted = target.kind == "result" and target.unit != "%" and not target.unit.startswith("đồng")
    if not whole or counted or target.comparator == "~":
        return False
    return len(words) in _SUBJECT_WORDS and words[0].lower() not in _PREPOSITIONS


def _deadlines(document: Document, result: Result) -> Iterator[_Candidate]:
    for (start, end), line, _ in structure.deadlines(document):
        if "bao cao" in fold(line) and not _quotes(result, document.doc_id, start, end):
            question = f"Hạn báo cáo theo {_name(document)} là khi nào?"
            yield _Candidate(question, frozenset({document.doc_id}), start, end)


def _signer(document: Document, result: Result) -> Iterator[_Candidate]:
    if document.letterhead.signer and not any(c.section == "Ký" for c in result.answer.citations):
        at = document.text.rfind(document.letterhead.signer)
        if at >= 0:
            end = at + len(document.letterhead.signer)
            yield _Candidate(f"Ai ký {_name(document)}?", frozenset({document.doc_id}), at, end)


def _whole(document: Document, result: Result) -> Iterator[_Candidate]:
    """Yield the questions for recipients and for a digest, where the answer is neither."""
    span = facts.section_span(document, "Nơi nhận")
    if span and not _quotes(result, document.doc_id, *span):
        question = f"Nơi nhận {_name(document)} gồm những ai?"
        yield _Candidate(question, frozenset({document.doc_id}), *span)
    if asks_for_digest(result.question) is None:
        yield _Candidate(f"Tóm tắt {_name(document)}", frozenset({document.doc_id}))


def _other_years(library: Library, document: Document, result: Result) -> Iterator[_Candidate]:
    """Yield the question put for the years of other documents, the nearest year first.

    What the answer says of the question must be said there too, or it would be another subject's.
    """
    asked = {int(year) for year in _YEAR.findall(result.question)}
    if len(asked) != 1:
        return
    (year,) = asked
    said = set(syllables(result.question)) & set(syllables(result.answer.citations[0].quote))
    words = frozenset(word for word in said - QUESTION_WORDS if not word.isdigit())
    profiles = [Profile.of(d) for d in library.documents() if d.doc_id != document.doc_id]
    others = {y for p in profiles for y in p.years if y != year}
    for other in sorted(others, key=lambda y: (abs(y - year), y)) if words else ():
        of_that_year = frozenset(p.doc_id for p in profiles if other in p.years)
        yield _Candidate(_YEAR.sub(str(other), result.question), of_that_year, words=words)
