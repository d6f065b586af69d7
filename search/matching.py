"""How much of a question a stretch of text says, word by word.

Abbreviations are written out on both sides first, so that "CĐCS" and "công đoàn cơ sở"
are the same words; matching is on folded syllables and adjacent pairs, with full credit
only where the diacritics agree too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.glossary import Glossary
from corpus.text import clean, fold
from corpus.tokens import syllables
from search.asks import QUESTION_WORDS
from search.query import Query

# Phrases every document could be asked with; they tell nothing of the subject.
_GENERIC = re.compile(
    r"\b(?:văn bản|tài liệu|nội dung|ban hành|nói về|nói đến|nêu ở|được nêu|đề cập|chỗ nói|tìm giúp)\b",
    re.IGNORECASE,
)
FOLDED_CREDIT = 0.85  # a match without its diacritics, where the question had them: likely, not sure
_ABBREVIATION = re.compile(r"(?<![\w/\-])[A-ZĐ](?:[A-ZĐ]|(?<=[A-ZĐ])[a-zđ](?=[A-ZĐ])){1,9}(?![\w/])")


def write_out(text: str, glossary: Glossary, *, typed: bool = False) -> str:
    """Return `text` with each known abbreviation replaced by its first expansion.

    Args:
        typed: True for questions: lower-case abbreviations of three letters and more count too.
    """

    def expansion(match: re.Match[str]) -> str:
        found = glossary.expand(match[0])
        return found[0] if found else match[0]

    text = _ABBREVIATION.sub(expansion, text)
    if typed:
        text = re.sub(r"(?<![\w/\-])[a-zđ]{3,8}(?![\w/])", lambda m: _typed_expansion(m[0], glossary), text)
    return text


def _typed_expansion(word: str, glossary: Glossary) -> str:
    # A lower-case word is an abbreviation only when it cannot be a syllable ("cđcs", "tlđ").
    if re.search(r"[aăâeêioôơuưyáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]", fold(word)):
        return word
    found = glossary.expand(word.upper())
    return found[0] if found else word


@dataclass(frozen=True, slots=True)
class Words:
    """The syllables and adjacent pairs of a text, with and without diacritics."""

    exact: frozenset[str]
    folded: frozenset[str]

    @classmethod
    def of(cls, text: str, glossary: Glossary) -> Words:
        line = write_out(clean(text).text, glossary)
        single = syllables(line)
        pairs = [f"{a}_{b}" for a, b in pairwise(single)]
        exact = frozenset(single + pairs)
        return cls(exact, frozenset(map(fold, exact)))


@dataclass(frozen=True, slots=True)
class Term:
    """A syllable or pair of the question and how much it tells (its inverse document frequency)."""

    exact: str
    folded: str
    weight: float


def _without_places(query: Query, text: str) -> str:
    """Drop "LĐLĐ tỉnh Lai Châu": a place is told from the letterhead, not from words."""
    for place in query.places:
        named = r"\s+".join(map(re.escape, place.split()))
        office = r"(?:(?:LĐLĐ|liên đoàn lao động|công đoàn)\s+)?(?:(?:tỉnh|thành phố|tp\.?)\s+)?"
        text = re.sub(rf"\b{office}{named}\b", " ", text, flags=re.IGNORECASE)
    return text


def question_terms(query: Query, glossary: Glossary, idf: Callable[[str], float]) -> tuple[Term, ...]:
    """Return the terms that carry a question's subject, each once, in order.

    Args:
        idf: Inverse document frequency of a folded token in this library, at least 0.
    """
    line = _without_places(query, _GENERIC.sub(" ", query.words))
    line = write_out(line, glossary, typed=True)
    single = [s for s in syllables(line) if not (s.isdigit() and int(s) in query.years)]
    kept = [s for s in single if s not in QUESTION_WORDS]
    pairs = [f"{a}_{b}" for a, b in pairwise(single) if not {a, b} & QUESTION_WORDS]
    terms: dict[str, Term] = {}
    for token in kept + pairs:
        folded = fold(token)
        # Pairs say what single syllables cannot ("đoàn viên", not "đoàn" and "viên"), but each
        # pair's syllables were counted already, so it adds half.
        share = 0.5 if "_" in token else 1.0
        terms.setdefault(token, Term(token, folded, share * idf(folded)))
    return tuple(t for t in terms.values() if t.weight > 0)


def term_credit(term: Term, words: Words, *, marked: bool) -> float:
    """Return 1 for a match, less where only the folded forms agree, 0 for none."""
    if term.exact in words.exact:
        return 1.0
    if term.folded in words.folded:
        return FOLDED_CREDIT if marked else 1.0
    return 0.0


def coverage(terms: Sequence[Term], layers: Sequence[tuple[Words, float]], *, marked: bool) -> float:
    """Return the weighted share of `terms` said in any of `layers`, in [0, 1].

    Args:
        layers: Texts and the credit of a match in each (the sentence 1.0, its heading 0.6...).
        marked: Whether the question came with diacritics.
    """
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    said = sum(
        term.weight
        * max((credit * term_credit(term, words, marked=marked) for words, credit in layers), default=0.0)
        for term in terms
    )
    return said / total
