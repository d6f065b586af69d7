"""How much of a question a stretch of text says, word by word.

Abbreviations are written out on both sides first, so that "CĐCS" and "công đoàn cơ sở"
are the same words; matching is on folded syllables and adjacent pairs, with full credit
only where the diacritics agree too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise
from operator import mul

from corpus.numbers import find_numbers
from corpus.text import collapse, fold
from corpus.words.abbreviated import write_out as write_out
from corpus.words.colloquial import Colloquial
from corpus.words.glossary import Glossary
from corpus.words.tokens import fold_tokens, syllables
from search.asking.amounts import written_otherwise
from search.asking.asks import QUESTION_WORDS
from search.asking.shortened import in_full
from search.query import Query

# Phrases every document could be asked with; they tell nothing of the subject.
_GENERIC = re.compile(
    r"\b(?:văn bản|tài liệu|nội dung|ban hành|nói về|nói đến|nêu ở|được nêu|đề cập|chỗ nói|tìm giúp"
    r"|thay mặt|chứ không phải|tôi cần|em cần|mình cần"
    r"|tỷ lệ|tỉ lệ|phần trăm|số lượng|tổng số|mốc đó|mốc này"
    r"|lần thứ(?=\s[IVXLC]+\b))\b",  # "Đại hội XIII" and "Đại hội lần thứ XIII" are one
    re.IGNORECASE,
)
_BREAKS = re.compile(r"[.,;:?!()“”\"]+\s|[“”\"()]")
CARRIED_SHARE = 0.7  # weight of words carried over from the turn before
SPOKEN_CREDIT = 0.75  # an official term where the question had a spoken one
FOLDED_CREDIT = 0.85  # a match without its diacritics, where the question had them: likely, not sure


@dataclass(frozen=True, slots=True)
class Words:
    """The syllables and adjacent pairs of a text, with and without diacritics."""

    exact: frozenset[str]
    folded: frozenset[str]

    @classmethod
    def of(cls, text: str, glossary: Glossary) -> Words:
        return cls.of_line(collapse(text), glossary)

    @classmethod
    def of_line(cls, line: str, glossary: Glossary) -> Words:
        """The same, of a text that is one cleaned line already."""
        return _words_of(line, glossary)


@dataclass(frozen=True, slots=True)
class Term:
    """A syllable or pair of the question and how much it tells (its inverse document frequency).

    Attributes:
        forms: What OCR made of it in this library; these say it just as well.
    """

    exact: str
    folded: str
    weight: float
    forms: tuple[str, ...] = ()


@lru_cache(2048)
def _words_of(line: str, glossary: Glossary) -> Words:
    """Titles, headings and lead lines stand above many passages; a passage may be one sentence."""
    single = syllables(write_out(line, glossary))
    return Words(_with_pairs(single), _with_pairs(fold_tokens(single)))


def _with_pairs(single: Sequence[str]) -> frozenset[str]:
    # Through C alone, for this runs over every sentence of every candidate.
    return frozenset(chain(single, map("_".join, pairwise(single))))


def no_forms(token: str) -> Sequence[str]:
    """The misread forms of a token where no library tells any."""
    return ()


def without_places(query: Query, text: str) -> str:
    """Return `text` without "LĐLĐ tỉnh Lai Châu": a place is told from the letterhead, not from words."""
    for place in query.places:
        named = r"\s+".join(map(re.escape, place.split()))
        office = r"(?:(?:LĐLĐ|liên đoàn lao động|công đoàn)\s+)?(?:(?:tỉnh|thành phố|tp\.?)\s+)?"
        text = re.sub(rf"\b{office}{named}\b", " ", text, flags=re.IGNORECASE)
    return text


class Terms:
    """The terms that carry a question's subject, and how much of them a text says.

    Attributes:
        terms: Each once, in order.
        weights: What each tells; `total` is their sum.
        marked: Whether the question came with diacritics; then a match without them counts less.
        exact_keys: The place of a term by each key that says it to the letter.
        folded_keys: All keys without diacritics that say a term or a part of a phrase.
        spoken: For each spoken phrase the places of its terms, and the folded keys that together say it.
    """

    def __init__(
        self,
        terms: Sequence[Term],
        *,
        marked: bool,
        spoken: Sequence[tuple[frozenset[str], frozenset[str]]] = (),
    ) -> None:
        """Take the terms, and for each spoken phrase (its exact tokens, the folded tokens that say it)."""
        self.terms, self.marked = tuple(terms), marked
        self.weights = [term.weight for term in terms]
        self.total = sum(self.weights)
        self.exact_keys = {term.exact: i for i, term in enumerate(terms)}
        self._folded: dict[str, list[int]] = {}
        for i, term in enumerate(terms):
            for form in term.forms:
                self.exact_keys.setdefault(form, i)
            self._folded.setdefault(term.folded, []).append(i)
        self.spoken = [
            (places, official)
            for said, official in spoken
            if (places := [self.exact_keys[token] for token in said if token in self.exact_keys])
        ]
        of_phrases = [key for _, official in self.spoken for key in official]
        self.folded_keys = frozenset([*self._folded, *of_phrases])
        self._exact_set, self._folded_set = frozenset(self.exact_keys), frozenset(self._folded)

    def credits(self, words: Words) -> list[float]:
        """Return, for each term, how surely a text says it, in [0, 1].

        Passages of an index are compared as numbers: see `search.ranking.evidence`.
        """
        credits = [0.0] * len(self.terms)
        bare = FOLDED_CREDIT if self.marked else 1.0
        # Intersections of sets, which look at the smaller one alone.
        for token in self._folded_set & words.folded:
            for i in self._folded[token]:
                credits[i] = bare
        for places, official in self.spoken:
            if official <= words.folded:
                for i in places:
                    credits[i] = max(credits[i], SPOKEN_CREDIT)
        for token in self._exact_set & words.exact:
            credits[self.exact_keys[token]] = 1.0
        return credits

    def coverage(self, *texts: Words) -> float:
        """Return the weighted share of the terms that texts say together, in [0, 1]; 0 without terms."""
        if not self.total:
            return 0.0
        credits = [max(each) for each in zip(*map(self.credits, texts), strict=True)]
        said: float = sum(map(mul, self.weights, credits))
        return said / self.total


def _parts(query: Query, text: str, glossary: Glossary) -> list[list[str]]:
    """Return the syllables of a question's text clause by clause, without what has a lane of its own."""
    line = without_places(query, _GENERIC.sub(" ", text))
    for mention in reversed(list(find_numbers(line, typed=True))):
        line = line[: mention.start] + " " + line[mention.end :]
    line = in_full(line, glossary, query.kept_short)
    return [[s for s in syllables(part) if not _is_asked_year(s, query)] for part in _BREAKS.split(line)]


def subject_text(query: Query, glossary: Glossary) -> str:
    """Return a question's words without what has a sign of its own: years, places, document numbers.

    Where nothing is left they are the subject, and all stay.
    """
    parts = [part for text in (query.words, query.carried) for part in _parts(query, text, glossary)]
    subject = ". ".join(" ".join(part) for part in parts if part)
    return subject if set(subject.replace(".", " ").split()) - QUESTION_WORDS else query.search_text


def _is_asked_year(syllable: str, query: Query) -> bool:
    return syllable.isdigit() and int(syllable) in (*query.years, *query.not_years)


def question_terms(
    query: Query,
    glossary: Glossary,
    idf: Callable[[str], float],
    known: Callable[[str], bool],
    lexicon: Colloquial | None = None,
    forms: Callable[[str], Sequence[str]] = no_forms,
) -> Terms:
    """Return the terms that carry a question's subject.

    Args:
        idf: Inverse document frequency of a folded token in this library, at least 0.
        known: Whether any passage of the library holds a folded token.
        lexicon: Official terms that may stand for the question's spoken words.
        forms: The misread forms of a token in this library (see corpus.words.vocabulary).
    """
    terms: dict[str, Term] = {}
    for text, share in ((query.words, 1.0), (query.carried, CARRIED_SHARE)):
        for part in _parts(query, text, glossary):
            for syllable in part:
                if syllable not in QUESTION_WORDS:
                    terms.setdefault(syllable, Term(syllable, fold(syllable), share * idf(fold(syllable))))
            for a, b in pairwise(part):
                pair = f"{a}_{b}"
                # Pairs say what single syllables cannot ("đoàn viên", not "đoàn" and "viên"), but each
                # pair's syllables were counted already, so it adds half. A pair no document holds is
                # most often chance neighbours in the question.
                if not {a, b} & QUESTION_WORDS and known(fold(pair)):
                    terms.setdefault(pair, Term(pair, fold(pair), 0.5 * share * idf(fold(pair))))
    found = lexicon.find(query.words) if lexicon else []
    spoken = [(_with_pairs(said.syllables), _folded_phrase(term)) for said in found for term in said.official]
    spoken += [
        (_with_pairs(said), frozenset([amount]) if amount.isdigit() else _folded_phrase(amount))
        for said, amount in written_otherwise(query.words)
    ]
    kept = [replace(t, forms=tuple(forms(t.exact))) for t in terms.values() if t.weight > 0]
    return Terms(kept, marked=query.diacritics, spoken=spoken)


def _folded_phrase(term: str) -> frozenset[str]:
    """Return the folded pairs that together say a term; its one syllable where it has but one."""
    single = [fold(s) for s in syllables(term)]
    return frozenset(f"{a}_{b}" for a, b in pairwise(single)) or frozenset(single)
