"""What a question asks for: years, months, terms, numbers, dates, places, types, the kind of answer.

Everything is read from the folded question, so that "chi tieu nam 2021" is understood as
"chỉ tiêu năm 2021" is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.errors import QueryError
from corpus.figures.timespans import Months, Term, find_months, find_terms
from corpus.numbers import TYPE_OF_CODE, find_numbers
from corpus.text import collapse, fold, normalize_text
from corpus.words.diacritics import DiacriticRestorer
from corpus.words.keystrokes import find_readings
from corpus.words.places import find_places, find_towns, formerly, today
from corpus.words.syllables import shipped_counts
from corpus.words.tokens import find_dates, syllables
from search.asking.asks import QUESTION_WORDS, Asks, ask_key, expected_answer, with_asking_words
from search.asking.docnames import find_serials, spelt_types, without_years_of_numbers
from search.asking.offices import asked_issuers

MAX_QUESTION = 2000  # characters; a draft paragraph fits, a pasted document does not

_YEAR = re.compile(r"(?<![\d/.])((?:19|20)\d\d)(?![\d.%])")
_NOT = re.compile(r"\b(?:khong phai|khong lay|khac|tru|ngoai tru)\s(?:la\s|cua\s)?(?:nam\s)?((?:19|20)\d\d)")
# A document called quy định; "được quy định thế nào" has it for a verb.
_RULING = re.compile(r"^(?:cac )?quy dinh\b|\bquy dinh (?:so|cua|nao|nay|do|\d)")
_ROMAN = re.compile(r"\b(?=[ivxlc])(?:x{0,3})(?:ix|iv|v?i{0,3})\b", re.IGNORECASE)

_TYPES = {
    fold(name): name for name in (*TYPE_OF_CODE.values(), "Chương trình hành động", "Công văn", "Quy định")
}


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    Attributes:
        text: As typed, normalised, types of documents written out ("KH 401").
        words: The text matching works on: diacritics restored, slips mended.
        asks: What kind of answer is expected.
        years: Years asked for; `not_years` those ruled out.
        months: Parts of a year asked for: quarters, halves, months.
        terms: Terms and stages asked for ("nhiệm kỳ 2023-2028").
        numbers: Canonical document numbers ("234/KH-LĐLĐ").
        serials: Bare serials said with a type or "số" ("757", "1563").
        dates: Full dates, ISO.
        places: Provinces, canonical.
        towns: Those of their cities and towns that bear their names ("thành phố Lai Châu").
        types: Document types named ("Kế hoạch").
        issuers: Offices whose documents are asked for, as they are written ("Tỉnh ủy Cà Mau").
        romans: Ordinals in Roman numerals, upper case; they must not be confused.
        diacritics: False when the question came without diacritics.
        carried: Words of the turn before, for a question that leans on it; they count less.
        document: Id of the document a conversation is about; it is preferred, not required.
        read_as: Words that were read otherwise than they were typed, and as what: typed in bare keys
            ("ddoanf vieen", "đoàn viên"), without diacritics, or with a slip.
        written_out: Abbreviations and what they stand for: ("CĐCS", "công đoàn cơ sở").
        kept_short: Abbreviations that are to be taken as they were typed.
    """

    text: str
    words: str
    asks: Asks = "text"
    years: tuple[int, ...] = ()
    not_years: tuple[int, ...] = ()
    months: tuple[Months, ...] = ()
    terms: tuple[Term, ...] = ()
    numbers: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    romans: tuple[str, ...] = ()
    diacritics: bool = True
    carried: str = ""
    document: str | None = None
    read_as: tuple[tuple[str, str], ...] = ()
    written_out: tuple[tuple[str, str], ...] = ()
    kept_short: tuple[str, ...] = ()

    @property
    def quarter(self) -> int | None:
        """The quarter asked for, 1-4; None for none."""
        return next((m.quarter for m in self.months if m.quarter), None)

    @property
    def search_text(self) -> str:
        """The words searched with: the question's own and those carried over."""
        return f"{self.words} {self.carried}".strip()

    @property
    def keywords(self) -> tuple[str, ...]:
        """Syllables that carry the subject, in order, lower case with diacritics."""
        return tuple(
            s
            for s in syllables(self.words)
            if s not in QUESTION_WORDS and not (s.isdigit() and int(s) in self.years)
        )

    @property
    def understood(self) -> tuple[str, ...]:
        """What was understood, as short Vietnamese labels for people."""
        readings = (*self.read_as, *self.written_out)
        return (*self.conditions, *(f"“{typed}” là “{read}”" for typed, read in readings))

    @property
    def conditions(self) -> tuple[str, ...]:
        """What of it narrows down which documents are meant: years, places, numbers, types."""
        in_terms = {year for term in self.terms for year in (term.first, term.last)}
        labels = [f"năm {y}" for y in self.years if y not in in_terms]
        labels += [f"không phải năm {y}" for y in self.not_years]
        labels += [m.label for m in self.months] + [t.label for t in self.terms]
        labels += [f"số {n}" for n in self.numbers] + [f"số {s}" for s in self.serials]
        labels += ["ngày " + "/".join(str(int(p)) for p in reversed(d.split("-"))) for d in self.dates]
        labels += [*(self.towns or self.places), *(t.lower() for t in self.types), *self.issuers]
        return tuple(labels)


def merged_places(query: Query) -> frozenset[str]:
    """Return the provinces that are one with those asked for since July 2025, without these themselves."""
    merged: set[str] = set()
    for place in query.places:
        now = today(place)
        merged |= {now, *formerly(now)}
    return frozenset(merged) - frozenset(query.places)


def check_question(text: str) -> str:
    """Return `text` normalised.

    Raises:
        QueryError: It is empty, or longer than 2,000 characters.
    """
    if len(text) > MAX_QUESTION:
        long, most = (f"{n:,}".replace(",", ".") for n in (len(text), MAX_QUESTION))
        raise QueryError(
            f"Câu hỏi dài {long} ký tự, nhiều hơn {most} ký tự cho phép",
            "Anh/chị vui lòng rút gọn câu hỏi",
        )
    text = normalize_text(collapse(text))
    if not any(char.isalnum() for char in text):
        raise QueryError(
            "Câu hỏi đang để trống", "Anh/chị vui lòng nhập câu hỏi, ví dụ: ai ký Kế hoạch 401/KH-LĐLĐ?"
        )
    return text


def mended(text: str, restorer: DiacriticRestorer | None) -> str:
    """Return a question with diacritics restored where it has none, else with slips of the keys mended."""
    if restorer is None:
        return text
    if fold(text) == text.lower():
        return with_asking_words(restorer.restore(text))
    return restorer.correct(text, QUESTION_WORDS)


def read_otherwise(typed: str, read: str) -> tuple[tuple[str, str], ...]:
    """Return the runs of words in which what was read differs from what was typed.

    Where nothing had diacritics there is one run, for some words have none anyway: from the first word of
    letters to the last, with the figures between.

    >>> read_otherwise("thoa uoc nam 2023 o Gia Lai", "thỏa ước năm 2023 ở Gia Lai")
    (('thoa uoc nam 2023 o Gia Lai', 'thỏa ước năm 2023 ở Gia Lai'),)
    """
    pairs = list(zip(typed.split(), read.split(), strict=False))
    if len(typed.split()) != len(read.split()):
        return ((typed, read),)
    of_words = [a != b or any(map(str.isalpha, a)) for a, b in pairs]
    if fold(typed) == typed.lower() and True in of_words:
        runs = [pairs[of_words.index(True) : len(of_words) - of_words[::-1].index(True)]]
    else:
        runs = [list(run) for differs, run in groupby(pairs, lambda pair: pair[0] != pair[1]) if differs]
    said = ((" ".join(a for a, _ in run), " ".join(b for _, b in run)) for run in runs)
    return tuple((one, other) for one, other in said if one != other)


def with_keys_read(text: str, known: Callable[[str], bool]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return a question with words typed in Telex or VNI keys read, and what was read as what.

    Args:
        known: Whether the library has a syllable; see `corpus.words.keystrokes.find_readings`.
    """
    readings = find_readings(text, shipped_counts(), known)
    for one in reversed(readings):
        text = f"{text[: one.start]}{one.read}{text[one.end :]}"
    return text, tuple((one.typed, one.read) for one in readings)


def _years(folded: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return (years asked for, years ruled out); a full date or a document number is no year."""
    bare = folded
    for mention in reversed(list(find_numbers(folded, typed=True))):
        bare = bare[: mention.start] + " " + bare[mention.end :]
    for start, end, _ in reversed(find_dates(bare)):
        bare = bare[:start] + " " + bare[end:]
    bare = without_years_of_numbers(bare)
    excluded = tuple(int(y) for y in _NOT.findall(bare))
    bare = re.sub(r"/\s?((?:19|20)\d\d)\b", r" \1", bare)
    years = tuple(dict.fromkeys(int(y) for y in _YEAR.findall(bare) if int(y) not in excluded))
    return years, excluded


def _without_places(text: str, *, folded: bool) -> str:
    """Return `text` without the provinces named: the "tiền" of "Tiền Giang" asks for no money."""
    for start, end, _ in reversed(find_places(text, folded=folded)):
        text = text[:start] + " " + text[end:]
    return text


def understand(question: str, words: str | None = None, read_as: tuple[tuple[str, str], ...] = ()) -> Query:
    """Read a question.

    Args:
        question: As typed.
        words: The same with diacritics restored and slips mended; None: as typed.
        read_as: What of it was typed in bare keys; see `with_keys_read`. What `words` has otherwise is added.

    Raises:
        QueryError: see `check_question`.
    """
    typed = check_question(question)
    read_as = (*read_as, *read_otherwise(typed, typed if words is None else words))
    text, words = spelt_types(typed), spelt_types(typed if words is None else words)
    folded = fold(text)
    years, not_years = _years(folded)
    numbers = tuple(dict.fromkeys(m.number for m in find_numbers(text, typed=True)))
    types = [name for key, name in _TYPES.items() if re.search(rf"\b{key}\b", folded)]
    if "Quy định" in types and not _RULING.search(folded):
        types.remove("Quy định")
    if "Chương trình hành động" in types and "Chương trình" in types:
        types.remove("Chương trình")
    has_marks = fold(text) != text.lower()
    romans = {
        m.upper()
        for m in re.findall(r"(?:thứ|khóa|đại hội|thu|khoa|dai hoi)\s([ivxlc]+)\b", text, re.IGNORECASE)
    }
    read = words if has_marks else text
    return Query(
        text=text,
        words=words,
        asks=expected_answer(ask_key(_without_places(read, folded=not has_marks))),
        years=years,
        not_years=not_years,
        months=find_months(read, folded=not has_marks),
        terms=find_terms(read),
        numbers=numbers,
        serials=find_serials(text),
        dates=tuple(dict.fromkeys(iso for _, _, iso in find_dates(text))),
        places=tuple(dict.fromkeys(place for _, _, place in find_places(words, folded=not has_marks))),
        towns=find_towns(words, folded=not has_marks),
        types=tuple(types),
        issuers=asked_issuers(words),
        romans=tuple(sorted(r for r in romans if _ROMAN.fullmatch(r))),
        diacritics=has_marks,
        read_as=read_as,
    )


def as_draft(query: Query) -> Query:
    """Return a paragraph of a draft as a query: its own place, numbers and dates ask for nothing."""
    return replace(
        query, asks="text", places=(), towns=(), issuers=(), not_years=(), romans=(), serials=(), dates=()
    )
