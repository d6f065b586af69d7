"""Ranked candidates -> an answer that quotes and cites, or an honest "không tìm thấy"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.records import Document
from corpus.structure.tablerows import row_at
from corpus.text import clean
from search.answering.bulleted import all_items
from search.answering.details import below_its_heading, overview
from search.answering.doubts import never_said, not_of_these_offices, of_a_span_only, why_unsure
from search.answering.enumerated import LIST_GOES_ON, several_of
from search.answering.excerpt import stretches
from search.answering.lines import bare_line, embolden, first_words, note_line, noted
from search.answering.listed import listed
from search.answering.listing import CLOSING, directive_items, document_items
from search.asking.expect import needs_span
from search.asking.matching import Terms
from search.documents.facts import Fact
from search.documents.sources import MAX_QUOTE, brief_source, document_name, quotation
from search.hits import Answer, Quotation
from search.query import Query
from search.ranking.absent import absent_percents
from search.ranking.actors import another_does_it, is_the_whole_figure
from search.ranking.admission import is_of_other_admission
from search.ranking.carried import on_its_own_words
from search.ranking.confidence import confidence, with_its_likes
from search.ranking.evidence import Unit
from search.ranking.fits import unknown_document
from search.ranking.fitting import (
    asks_what_is_set,
    asks_whether_done,
    lacks_its_subject,
    misses_the_point,
    only_a_result,
    only_a_target,
    only_headings_above_say_it,
    saying_it_itself,
    telling_first,
)
from search.ranking.issuing import of_offices_asked
from search.ranking.ownplace import AS_WELL, in_place_and_time
from search.ranking.period import asked_label, rules_out
from search.rerank import Candidate, asks_for_a_name

ONLY_A_TARGET = "Đây là chỉ tiêu đề ra, không phải kết quả; chưa thấy kết quả trong đoạn này:"
ONLY_A_RESULT = "Đây là kết quả đã đạt, không phải chỉ tiêu; chưa thấy chỉ tiêu trong đoạn này:"
UNSURE = "Chưa chắc đúng ý câu hỏi. Những đoạn gần nhất trong kho:"
# Recipients and signatures tell nothing of what a body does; only these questions are answered there.
_IN_CLOSINGS = ("recipients", "signer", "person", "who")
_LEAD_SHOWN = 80  # characters; a longer line above is an introduction, not a label


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """When to answer and how much to say.

    Attributes:
        enough: Least confidence (see `confidence`) for a plain answer. At this point search.calibrate
            answers 76 of our own 86 questions whose passage was found plainly, and 8 of 55 that have no
            answer.
        nearby, in_meaning: The nearest passages are quoted, marked as unsure, from this confidence or
            this cosine on; below both the answer is "không tìm thấy". Of our own questions spoken
            wording has a cosine of 0.27 at least, other fields 0.22 at most (one: 0.32).
        unsure_items: Most passages quoted in an answer that is not sure.
    """

    enough: float = 0.4
    nearby: float = 0.1
    in_meaning: float = 0.25
    unsure_items: int = 3


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
        if query.asks not in _IN_CLOSINGS:
            ranked = [c for c in ranked if c.view.passage.section not in CLOSING] or ranked
        found = ranked
        of_it = (c for c in ranked if not another_does_it(query, c) and not is_of_other_admission(query, c))
        ranked = list(of_it) or ranked
        theirs = of_offices_asked(query, ranked, self._document_of)
        ranked = theirs or ranked
        if (own := in_place_and_time(query, ranked)) and own[0] is not ranked[0]:
            # "Nothing of this province" would not be true where its own documents speak of the matter.
            if own[0].unit_coverage < AS_WELL * ranked[0].unit_coverage:
                return self._nearest(query, own, never_said(absent))
            ranked = own
        ranked, on_it = on_its_own_words(query, terms, ranked)
        best = saying_it_itself(query, terms, ranked[0])
        if query.asks == "text":
            document = self._document_of(best.view.passage.doc_id)
            best = below_its_heading(terms, best, ranked, document)
        ranked = [best, *(c for c in ranked[1:] if c.view is not best.view)]
        percents = absent_percents(query, best.view.passage.text)
        absent = (*absent, *percents)
        sure = confidence(with_its_likes(best, found), absent)
        if reason := self._refusal(query, ranked, sure):
            reason = unknown_document(query, (c.named for c in ranked)) or never_said(absent) or reason
            return self.not_found(query, ranked, reason if theirs else not_of_these_offices(query))
        document = self._document_of(best.view.passage.doc_id)
        unsaid = percents or lacks_its_subject(query, absent)
        unsaid = unsaid or is_the_whole_figure(query, best, document.letterhead.issuer)
        unsaid = unsaid or not theirs or not on_it or of_a_span_only(query, best)
        if sure < self.options.enough or unsaid or misses_the_point(query, terms, best):
            reason = why_unsure(query, best, absent, of_these_offices=bool(theirs))
            return self._nearest(query, ranked, reason)
        if query.asks == "documents" and (items := document_items(ranked)):
            return listed(query, items, self._document_of)
        if query.asks == "directives" and (items := directive_items(query, terms, ranked, self._document_of)):
            return listed(query, items, self._document_of)
        if best.unit and best.unit.naming and not asks_for_a_name(query):
            return overview(document, best.unit.start) or self._nearest(query, ranked)
        if query.asks == "text" and only_headings_above_say_it(query, terms, best, document):
            return overview(document, best.view.passage.start) or self._quoted(query, best)
        if whole := all_items(query, best, document):
            return whole
        answer = self._quoted(query, best)
        span = (best.unit.start, best.unit.end) if best.unit else (0, 0)
        if asks_whether_done(query) and only_a_target(document, *span):
            return replace(answer, text=f"{ONLY_A_TARGET}\n{answer.text}")
        if asks_what_is_set(query) and only_a_result(document, *span):
            return replace(answer, text=f"{ONLY_A_RESULT}\n{answer.text}")
        return answer

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
        quoted = ranked[: self.options.unsure_items]
        near = max(c.lanes.cosine for c in quoted) >= self.options.in_meaning
        if sure < self.options.nearby and not near:
            return "Kho văn bản không có nội dung trả lời câu hỏi này"
        return ""

    def ruled_out(self, query: Query, ranked: Sequence[Candidate]) -> str:
        """Return which rule forbids an answer: another year, another place, no figure of the kind; or ""."""
        best = ranked[0]
        if query.issuers and best.place < 0:
            return not_of_these_offices(query)
        if query.places and best.place < 0:
            return f"Kho văn bản chưa có nội dung này của {', '.join(query.towns or query.places)}"
        if query.years and best.year < 0:
            return f"Kho văn bản chưa có nội dung này của năm {', '.join(map(str, query.years))}"
        if rules_out(query, best.period):
            return f"Kho văn bản chưa có nội dung này của {asked_label(query)}"
        if unknown := unknown_document(query, (c.named for c in ranked)):
            return unknown
        if needs_span(query.asks) and not best.has_span:
            return "Đoạn gần nhất không nêu điều được hỏi"
        if (
            query.romans
            and best.unit
            and any(not re.search(rf"\b{r}\b", best.unit.text) for r in query.romans)
        ):
            text = clean(" ".join((self._headings(best), best.view.passage.text))).text
            if any(not re.search(rf"\b{r}\b", text) for r in query.romans):
                return f"Đoạn gần nhất không nói tới lần thứ {', '.join(query.romans)}"
        return ""

    def _headings(self, best: Candidate) -> str:
        """Return the headings above a passage, whole: a passage keeps only their first words."""
        document, passage = self._document_of(best.view.passage.doc_id), best.view.passage
        own = document.section_at(passage.start)
        above = [s for s in document.sections if own and f"{own.address}.".startswith(f"{s.address}.")]
        return " ".join(document.text[s.start :].partition("\n")[0] for s in above)

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

    def _nearest(self, query: Query, ranked: Sequence[Candidate], reason: str = "") -> Answer:
        """Quote the nearest passages, marked as unsure, and say why where a reason is known.

        Nothing is emphasised, for a bold figure would look like the answer.
        """
        doubt = UNSURE if not reason else UNSURE.replace(". ", f": {reason}. ", 1)
        lines: list[str] = [doubt]
        quotes: list[Quotation] = []
        nearest = telling_first(query, [c for c in ranked if c.year >= 0 and c.place >= 0])
        for candidate in nearest[: self.options.unsure_items]:
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
        line = bare_line(quotes[0].quote)
        for before, quoted in pairwise(quotes):  # what is left out within a sentence is marked
            left_out = unit is not None and before.start >= unit.start and quoted.start > before.end + 1
            line += (" … " if left_out else " ") + bare_line(quoted.quote)
        if unit and unit.start < quotes[0].start:
            line = f"… {line}"
        if unit and (row := row_at(document.text, unit.start)):
            # Shown with the heads of its columns, which are quoted too: a figure may stand in them.
            line = clean(row.words).text
            quotes = (quotation(document, row.head_start, row.head_end), *quotes)
        source = brief_source(document, quotes[-1])
        notes = noted(document, quotes)
        more = [LIST_GOES_ON] if several_of(query.words) and quotes[-1].quote.endswith(";") else []
        lines = [embolden(query, line), f"({source})", *more, *(note_line(q) for q in notes)]
        return Answer("\n".join(lines), abstained=False, citations=(*quotes, *notes))

    def _with_lead(self, document: Document, query: Query, unit: Unit) -> tuple[Quotation, ...]:
        """Quote a unit together with the line that governs it ("Đến năm 2025:"), where there is one."""
        quoted = tuple(quotation(document, *span) for span in stretches(document, query, unit))
        if unit.lead_start >= unit.lead_end or len(unit.lead) > _LEAD_SHOWN:
            return quoted
        between = document.text[unit.lead_end : unit.start]
        in_one = quoted[-1].end <= unit.end and unit.end - unit.lead_start <= MAX_QUOTE
        if in_one and not between.strip("\n -+*"):
            return (quotation(document, unit.lead_start, unit.end),)
        return (quotation(document, unit.lead_start, unit.lead_end), *quoted)
