"""Ranked candidates -> an answer that quotes and cites, or an honest "không tìm thấy"."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.records import Document
from corpus.tablerows import row_at
from corpus.text import clean, fold
from search.absent import absent_percents
from search.details import overview
from search.evidence import Unit
from search.excerpt import stretches
from search.expect import asks_how_many_there_are, expected_spans, needs_span, says_there_are
from search.facts import Fact
from search.governing import answers_another_verb
from search.hits import Answer, Quotation
from search.lines import bare_line, embolden, first_words, note_line, noted, telling_words
from search.listing import LEAST_SHOWN, Item, directive_items, document_items
from search.matching import Terms
from search.period import asked_label, rules_out
from search.query import Query
from search.rerank import Candidate, asks_for_a_name
from search.sources import MAX_QUOTE, brief_source, document_name, quotation

_SIGN_WEIGHTS, _SIGN_BIAS = (1.89, 1.24, 1.11, 0.48, -1.02, 3.01), -2.36
MAY_BE_MORE = "(Đây là các đoạn gần nhất tìm được; danh sách có thể chưa đủ.)"
UNSURE = "Chưa chắc đúng ý câu hỏi. Những đoạn gần nhất trong kho:"
_ASKED_PART = 0.5  # share of a question that the headings above must say to be what is asked for
_LEAD_SHOWN = 80  # characters; a longer line above is an introduction, not a label


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """When to answer and how much to say.

    Attributes:
        enough: Least confidence (see `confidence`) for a plain answer. At this point search.calibrate
            answers 70 of our own 83 questions whose passage was found plainly, and 4 of 59 that have no
            answer.
        nearby, in_meaning: The nearest passages are quoted, marked as unsure, from this confidence or
            this cosine on; below both the answer is "không tìm thấy". Of our own questions spoken
            wording has a cosine of 0.27 at least, other fields 0.22 at most (one: 0.32).
        unsure_items: Most passages quoted in an answer that is not sure.
        list_items: Most documents or places listed in one answer.
        words: About how many words an answer may have.
    """

    enough: float = 0.5
    nearby: float = 0.15
    in_meaning: float = 0.25
    unsure_items: int = 3
    list_items: int = 8
    words: int = 110


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
        candidate.relevance,
    )


def confidence(candidate: Candidate, absent: Sequence[str] = ()) -> float:
    """Return how surely a candidate answers, as a probability; learnt by search.calibrate."""
    total = sum(w * s for w, s in zip(_SIGN_WEIGHTS, signs_of(candidate, absent), strict=True))
    return 1 / (1 + math.exp(-total - _SIGN_BIAS))


def _never_said(words: Sequence[str]) -> str:
    return "kho văn bản không nhắc tới " + ", ".join(f"“{w}”" for w in words) if words else ""


def _only_headings_above_say_it(query: Query, terms: Terms, best: Candidate, document: Document) -> bool:
    """Whether a part with parts is asked for: its heading says it, the words and heading below it do not."""
    section = document.section_at(best.view.passage.start)
    if best.unit is None or section is None:
        return False
    own = set(fold(section.heading).split()) & {fold(k) for k in query.keywords}
    has_parts = any(s.address.startswith(f"{section.address}.") for s in document.sections)
    if len(own) > 1 and not has_parts:
        return False
    above = terms.coverage(((best.view.head, 1.0),))
    return above >= _ASKED_PART and terms.coverage(((best.unit.words, 1.0),)) <= above / 2


class Answerer:
    """Turns candidates into an answer; holds no state but its options and the way to documents."""

    def __init__(self, document_of: Callable[[str], Document], options: AnswerOptions | None = None) -> None:
        self._document_of = document_of
        self.options = options or AnswerOptions()

    def answer(
        self, query: Query, terms: Terms, ranked: Sequence[Candidate], absent: Sequence[str] = ()
    ) -> Answer:
        """Quote what answers the question, or say that it was not found.

        Args:
            absent: Words of the question that no document of the library says; with one of them
                no passage answers plainly.
        """
        if not ranked:
            return self.not_found(query, ranked, "Kho văn bản không có đoạn nào gần với câu hỏi")
        best = ranked[0]
        percents = absent_percents(query, best.view.passage.text)
        absent = (*absent, *percents)
        sure = confidence(best, absent)
        if reason := self._refusal(query, ranked, sure):
            return self.not_found(query, ranked, _never_said(absent) or reason)
        if sure < self.options.enough or percents or self._misses_the_point(query, best):
            return self._nearest(query, ranked, _never_said(absent))
        if query.asks == "documents" and (items := document_items(ranked)):
            return self.listed(query, items)
        if query.asks == "directives" and (items := directive_items(terms, ranked, self._document_of)):
            return self.listed(query, items)
        document = self._document_of(best.view.passage.doc_id)
        if best.unit and best.unit.naming and not asks_for_a_name(query):
            return overview(document, best.unit.start) or self._nearest(query, ranked)
        if query.asks == "text" and _only_headings_above_say_it(query, terms, best, document):
            return overview(document, best.view.passage.start) or self._quoted(query, best)
        return self._quoted(query, best)

    def fact(self, fact: Fact) -> Answer:
        """Give what a letterhead says, with the place it stands in."""
        document = self._document_of(fact.quotations[0].doc_id)
        name = document_name(document, brief=True)
        text = fact.text if name in fact.text else f"{fact.text} ({name})"
        return Answer(text=text, abstained=False, citations=fact.quotations, fact=True)

    def precedents(self, query: Query, ranked: Sequence[Candidate]) -> Answer:
        """Name where a draft's paragraph has been said before, best first."""
        quotes: list[Quotation] = []
        for candidate in ranked[:3]:
            unit, passage = candidate.unit, candidate.view.passage
            span = (unit.start, unit.end) if unit else (passage.start, passage.end)
            quotes.append(quotation(self._document_of(passage.doc_id), *span))
        if not quotes:
            return self.not_found(query, ranked, "Kho văn bản không có đoạn nào gần với đoạn soạn thảo")
        return Answer(
            text="\n".join(f"- {q.source}" for q in quotes), abstained=False, citations=tuple(quotes)
        )

    def _refusal(self, query: Query, ranked: Sequence[Candidate], sure: float) -> str:
        """Return why the question cannot be answered from the library; "" where it can."""
        if reason := self.ruled_out(query, ranked):
            return reason
        near = ranked[0].lanes.cosine >= self.options.in_meaning
        if sure < self.options.nearby and not near:
            return "Kho văn bản không có nội dung trả lời câu hỏi này"
        return ""

    def ruled_out(self, query: Query, ranked: Sequence[Candidate]) -> str:
        """Return which rule forbids an answer: another year, another place, no figure of the kind; or ""."""
        best = ranked[0]
        if query.places and best.place < 0:
            return f"Kho văn bản chưa có nội dung này của {', '.join(query.places)}"
        if query.years and best.year < 0:
            return f"Kho văn bản chưa có nội dung này của năm {', '.join(map(str, query.years))}"
        if rules_out(query, best.period):
            return f"Kho văn bản chưa có nội dung này của {asked_label(query)}"
        if query.numbers and all(c.named <= 0 for c in ranked):
            return f"Kho văn bản không có và không nhắc tới văn bản số {', '.join(query.numbers)}"
        if needs_span(query.asks) and not best.has_span:
            return "Đoạn gần nhất không nêu điều được hỏi"
        if (
            query.romans
            and best.unit
            and any(not re.search(rf"\b{r}\b", best.unit.text) for r in query.romans)
        ):
            text = clean(" ".join((*best.view.passage.heading, best.view.passage.text))).text
            if any(not re.search(rf"\b{r}\b", text) for r in query.romans):
                return f"Đoạn gần nhất không nói tới lần thứ {', '.join(query.romans)}"
        return ""

    def not_found(self, query: Query, ranked: Sequence[Candidate], reason: str) -> Answer:
        """Say so, and name the documents that come nearest."""
        names: list[str] = []
        for candidate in ranked[:10]:
            name = document_name(self._document_of(candidate.view.passage.doc_id))
            if name not in names:
                names.append(name)
        nearest = tuple(names[:3])
        text = f"Không tìm thấy. {reason[:1].upper()}{reason[1:]}."
        if nearest:
            text += " Gần nhất: " + "; ".join(nearest) + "."
        return Answer(text=text, abstained=True, nearest=nearest)

    def _misses_the_point(self, query: Query, best: Candidate) -> bool:
        """Whether a target was asked for and no figure stands here, or a figure that is of another verb."""
        if query.asks == "target":
            return not best.has_span
        if query.numbers and best.named <= 0:
            return True  # it neither is nor names the document asked about
        if query.asks not in ("count", "money", "percent") or best.unit is None:
            return False
        text = f"{best.unit.lead} {best.unit.text}".strip()
        if query.asks == "count" and asks_how_many_there_are(query):
            return not says_there_are(text, expected_spans(query.asks, query, text))
        return answers_another_verb(query.words, text, expected_spans(query.asks, query, text))

    def _nearest(self, query: Query, ranked: Sequence[Candidate], reason: str = "") -> Answer:
        """Quote the nearest passages, marked as unsure, and say why where a reason is known.

        Nothing is emphasised, for a bold figure would look like the answer.
        """
        doubt = UNSURE if not reason else UNSURE.replace(". ", f": {reason}. ", 1)
        lines: list[str] = [doubt]
        quotes: list[Quotation] = []
        for candidate in [c for c in ranked if c.year >= 0 and c.place >= 0][: self.options.unsure_items]:
            near = self._quoted(query, candidate)
            if near.citations[-1] in quotes:
                continue
            line, source = near.text.replace("**", "").splitlines()[:2]
            lines.append(f"- {first_words(line) if quotes else line} {source}")
            quotes += near.citations
        return Answer("\n".join(lines), abstained=False, citations=tuple(quotes), unsure=True)

    def _quoted(self, query: Query, best: Candidate) -> Answer:
        document = self._document_of(best.view.passage.doc_id)
        passage, unit = best.view.passage, best.unit
        if unit is None:
            quotes: tuple[Quotation, ...] = (
                quotation(document, passage.start, min(passage.end, passage.start + MAX_QUOTE)),
            )
        else:
            quotes = self._with_lead(document, query, unit)
        line = " ".join(bare_line(q.quote) for q in quotes)
        if unit and unit.start < quotes[0].start:
            line = f"… {line}"
        if unit and (row := row_at(document.text, unit.start)):
            # Shown with the heads of its columns, which are quoted too: a figure may stand in them.
            line = clean(row.words).text
            quotes = (quotation(document, row.head_start, row.head_end), *quotes)
        source = brief_source(document, quotes[-1])
        notes = noted(document, quotes)
        lines = [embolden(query, line), f"({source})", *(note_line(q) for q in notes)]
        return Answer("\n".join(lines), abstained=False, citations=(*quotes, *notes))

    def _with_lead(self, document: Document, query: Query, unit: Unit) -> tuple[Quotation, ...]:
        """Quote a unit together with the line that governs it ("Đến năm 2025:"), where there is one."""
        quoted = tuple(quotation(document, *span) for span in stretches(document, query, unit))
        if unit.lead_start >= unit.lead_end or len(unit.lead) > _LEAD_SHOWN:
            return quoted
        between = document.text[unit.lead_end : unit.start]
        if unit.end - unit.lead_start <= MAX_QUOTE and not between.strip("\n -+*"):
            return (quotation(document, unit.lead_start, unit.end),)
        return (quotation(document, unit.lead_start, unit.lead_end), *quoted)

    def only_cited(self, query: Query, items: Sequence[Item]) -> Answer:
        """Say that the library lacks the document asked for, and where it is spoken of."""
        listed = self.listed(query, items, complete=True)
        head = f"Kho không có văn bản {', '.join(query.numbers)}; các văn bản sau nhắc tới:"
        return replace(listed, text=f"{head}\n{listed.text}")

    def listed(self, query: Query, items: Sequence[Item], *, complete: bool = False) -> Answer:
        """One line a place, for questions that ask for several.

        Args:
            items: At least one.
            complete: Whether these are all the places there are.
        """
        lines: list[str] = []
        quotes: list[Quotation] = []
        left = len(items[self.options.list_items :]) if complete else 0
        items = items[: self.options.list_items]
        share = max(LEAST_SHOWN, self.options.words // max(len(items), 1))
        for item in items:
            document = self._document_of(item.doc_id)
            quoted = quotation(document, item.start, item.end)
            line = bare_line(document.text[item.shown_from : quoted.end])
            telling = {fold(k) for k in query.keywords} if item.shown_from == item.start else set()
            shown = telling_words(line, telling, share)
            before = document.text[max(0, item.shown_from - 3) : item.shown_from].rstrip(" ")[-1:]
            if (before.isalnum() or before == ",") and not shown.startswith("…"):
                shown = f"… {shown}"
            source = brief_source(document, quoted)
            lines.append(f"- {embolden(query, shown)} ({source})")
            quotes.append(quoted)
        if left:
            lines.append(f"(Còn {left} nơi khác.)")
        elif not complete:
            lines.append(MAY_BE_MORE)
        return Answer(text="\n".join(lines), abstained=False, citations=tuple(quotes))
