"""Follow-ups that bring words of their own: "Thế kiểm tra tài chính?" after another check was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.text import fold
from corpus.words.abbreviated import write_out
from corpus.words.glossary import Glossary
from corpus.words.tokens import syllables
from search.asking.asks import QUESTION_WORDS
from search.asking.expect import expected_spans, needs_span
from search.asking.matching import Terms, without_places
from search.query import Query
from search.ranking.evidence import Said, Unit
from search.rerank import Candidate

_LOOKED_AT = 10  # candidates
_MOST_OF = 0.5  # share of a follow-up's own words without which words speak of something else
# Words that point back, or to a document, and bring no subject.
_POINTING = frozenset(
    "thế vậy sao mốc văn bản kế hoạch chương trình báo cáo nghị quyết mục nội dung số lượng tỷ lệ phần trăm"
    " tổng hạn riêng cụ thể chỉ tiêu kết quả khoảng được thêm nữa".split()
)


def on_its_own_words(
    query: Query, terms: Terms, ranked: Sequence[Candidate]
) -> tuple[Sequence[Candidate], bool]:
    """Return the candidates, first the one that says all of a follow-up's own words; whether it may answer.

    The words carried over say what is asked, and the follow-up of what: a sentence that says only the former
    answers the question before.
    """
    own = _own_words(query)
    if not own or _share(own, ranked[0].unit) == 1:
        return ranked, True
    for n, candidate in enumerate(ranked[:_LOOKED_AT]):
        if candidate.year < 0 or candidate.place < 0:
            continue
        told = Said(terms, [candidate.view]).units(0)
        saying = [unit for unit in candidate.view.units if _may_answer(query, own, unit)]
        if saying:
            unit = max(saying, key=lambda one: (told[one.place], -one.length))
            spans = bool(expected_spans(query.asks, query, unit.text))
            first = replace(candidate, unit=unit, unit_coverage=told[unit.place], has_span=spans)
            return [first, *ranked[:n], *ranked[n + 1 :]], True
    return ranked, _share(own, ranked[0].unit) >= _MOST_OF


def _may_answer(query: Query, own: frozenset[str], unit: Unit) -> bool:
    if unit.naming or _share(own, unit) < 1:
        return False
    return not needs_span(query.asks) or bool(expected_spans(query.asks, query, unit.text))


def _own_words(query: Query) -> frozenset[str]:
    """Return the words of a subject that a follow-up brings itself; folded where it was typed bare."""
    if not query.carried:
        return frozenset()
    own = [
        word
        for word in _written_out(without_places(query, query.words), typed=True)
        if word not in QUESTION_WORDS and word not in _POINTING and word.isalpha() and len(word) > 1
    ]
    return frozenset(own if query.diacritics else map(fold, own))


def _share(own: frozenset[str], unit: Unit | None) -> float:
    words = _written_out(f"{unit.lead} {unit.text}") if unit else []
    # As they are spelt, for folded "thăm hỏi" would be "tham" and "hội"; bare, where they were typed bare.
    return len(own & {*words, *(map(fold, words) if own == set(map(fold, own)) else ())}) / len(own)


def _written_out(text: str, *, typed: bool = False) -> list[str]:
    return syllables(write_out(text, Glossary.shipped(), typed=typed))
