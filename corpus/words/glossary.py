"""Abbreviations: a shipped list, and those learnt from the documents themselves.

A document defines one where it writes it behind its words ("người lao động (NLĐ)"), or uses both
forms, so that the initials of a phrase spell it. Each entry says where it comes from, so that
staff can review the list. Source of the shipped list: our own compilation (corpus/words/glossary.csv).
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.text import collapse, fold, has_diacritics, normalize_text

SHIPPED = "shipped"
_FILE = Path(__file__).with_name("glossary.csv")
_ABBREVIATION = r"[A-ZĐƯ](?:[\-–& ]{0,3}[A-ZĐƯ]|[rgTy](?=[A-ZĐƯ\W]|$)){1,10}"
_SAID = r"(?:(?:sau đây\s)?(?:được\s)?(?:gọi|viết)\stắt\s(?:là\s)?:?\s?)?[“\"]?"
_DEFINED = re.compile(rf"\(\s?{_SAID}(?P<abbreviation>{_ABBREVIATION})[”\"]?\s?\)")
_REVERSED = re.compile(
    rf"(?<![\w/\-])(?P<abbreviation>{_ABBREVIATION})\s?(?:\(|:\s|[-–=]\s)(?P<phrase>[^():;.\n]{{5,90}})"
)
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(rf"(?<![\w/\-.])(?P<abbreviation>{_ABBREVIATION})(?![\w/\-])")
# A word, or a break that no phrase runs across; a comma is none ("công nhân, viên chức, lao động").
_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s,]+")
_SKIPPED = {"và", "của", "các", "cho", "về", "ở", "trong"}  # words that initials often pass over
_MIN_ALIGNED = 4  # letters; shorter initials fit too many phrases by chance
_MIN_COUNT = 2  # times a phrase must occur before its initials are believed
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One abbreviation and one of its expansions.

    Attributes:
        abbreviation: As it is written ("CNVCLĐ").
        expansion: The words ("công nhân, viên chức, lao động").
        source: "shipped", or the id of the document it was learnt from.
        quote: The words of that document; for a shipped entry, its field ("công đoàn").
        how: "shipped", "defined" by the document, or "initials" that spell it.
    """

    abbreviation: str
    expansion: str
    source: str = SHIPPED
    quote: str = ""
    how: Literal["shipped", "defined", "initials"] = "shipped"


class Glossary:
    """Entries, looked up from either side.

    The shipped come first, then what documents define, then what only initials suggest: one
    document's use of "CT" does not change what it means in the others.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        order = {"shipped": 0, "defined": 1, "initials": 2}
        self.entries: tuple[Entry, ...] = tuple(sorted(dict.fromkeys(entries), key=lambda e: order[e.how]))
        self._exact: defaultdict[str, list[str]] = defaultdict(list)
        self._folded: defaultdict[str, list[str]] = defaultdict(list)
        self._phrases: defaultdict[str, list[str]] = defaultdict(list)
        self._folded_phrases: defaultdict[str, list[str]] = defaultdict(list)
        for entry in self.entries:
            key, phrase = _key(entry.abbreviation), _phrase_key(entry.expansion)
            self._exact[key].append(entry.expansion)
            self._folded[fold(key)].append(entry.expansion)
            self._phrases[phrase].append(entry.abbreviation)
            self._folded_phrases[fold(phrase)].append(entry.abbreviation)
        self._lower = frozenset(e.abbreviation for e in self.entries if e.abbreviation.islower())

    @classmethod
    def shipped(cls) -> Glossary:
        """Return the list that comes with the program."""
        return cls(_shipped_entries())

    def learn(self, texts: Mapping[str, str] | Iterable[str]) -> Glossary:
        """Return a glossary that also knows what `texts` define.

        Args:
            texts: Document id -> text; plain texts get their place, from 1, as their id.
        """
        if not isinstance(texts, Mapping):
            texts = {str(place): text for place, text in enumerate(texts, start=1)}
        lines = {doc_id: collapse(text) for doc_id, text in texts.items()}
        defined = [entry for doc_id, line in lines.items() for entry in _defined(doc_id, line)]
        known = {_key(entry.abbreviation) for entry in (*self.entries, *defined)}
        return Glossary((*self.entries, *defined, *_aligned(lines, known)))

    def expand(self, abbreviation: str) -> tuple[str, ...]:
        """Return the expansions of an abbreviation, the likeliest first; () where it is none.

        Capitals, a final full stop and the bar of Đ matter only where two entries differ by
        them: "NLD" and "nlđ" are NLĐ. A lower-case word that is a syllable ("tu", "ban") is a word.
        """
        key = _key(abbreviation)
        if abbreviation.islower() and _SYLLABLE.fullmatch(fold(key)) and abbreviation not in self._lower:
            return ()
        return _unique(self._exact.get(key) or self._folded.get(fold(key), []))

    def abbreviate(self, phrase: str) -> tuple[str, ...]:
        """Return the abbreviations of a phrase; typed without diacritics, those of all it could be.

        Capitals, commas and tone placement do not matter.
        """
        key = _phrase_key(phrase)
        found = self._phrases.get(key)
        if not found and not has_diacritics(key):
            found = self._folded_phrases.get(key)
        return _unique(found or [])


def _key(abbreviation: str) -> str:
    return re.sub(r"[\s.]+", "", normalize_text(abbreviation)).upper().replace("–", "-")


def _phrase_key(phrase: str) -> str:
    return " ".join(_WORD.findall(normalize_text(phrase).lower()))


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    """Return the first of each spelling, in order; capitals and commas make no difference."""
    first: dict[str, str] = {}
    for one in found:
        first.setdefault(_phrase_key(one) or one, one)
    return tuple(first.values())


@cache
def _shipped_entries() -> tuple[Entry, ...]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Entry(r["abbreviation"], r["expansion"], SHIPPED, r["field"]) for r in csv.DictReader(file)
        )


def _initials(words: Iterable[str]) -> str:
    """Return the first letter of each word, capital, without its marks; Đ stays Đ."""
    return "".join(_initial(word[0]) for word in words)


@cache
def _initial(letter: str) -> str:
    return "Đ" if letter in "đĐ" else fold(letter).upper()


def _letters(abbreviation: str) -> str:
    """Return the letters initials must spell: "CTr" -> "CT", "LĐ-TB&XH" -> "LĐTBXH"."""
    return "".join("Đ" if c == "Đ" else fold(c).upper() for c in abbreviation if c.isupper())


def _defined(doc_id: str, line: str) -> Iterator[Entry]:
    """Yield what one document defines, in either order: "... (NLĐ)", "NLĐ (người lao động)"."""
    for match in _DEFINED.finditer(line):
        phrase = _spelled_before(line[max(0, match.start() - 120) : match.start()], match["abbreviation"])
        if phrase:
            yield Entry(match["abbreviation"], phrase, doc_id, f"{phrase} {match[0]}", "defined")
    for match in _REVERSED.finditer(line):
        words = list(_WORD.finditer(match["phrase"]))
        letters = _letters(match["abbreviation"])
        if len(letters) > 1 and _initials(w[0] for w in words[: len(letters)]) == letters:
            phrase = match["phrase"][: words[len(letters) - 1].end()]
            yield Entry(
                match["abbreviation"], phrase, doc_id, f"{match['abbreviation']} ({phrase})", "defined"
            )


def _spelled_before(before: str, abbreviation: str) -> str | None:
    """Return the words at the end of `before` whose initials spell `abbreviation`, or None.

    "và" and the like may be passed over; OCR may have taken the bar off a Đ of the abbreviation.
    """
    wanted = list(_letters(abbreviation))
    if len(wanted) < 2:
        return None
    for match in reversed(list(_WORD.finditer(before))):
        initial = _initials([match[0]])
        if initial == wanted[-1] or (initial == "Đ" and wanted[-1] == "D"):
            wanted.pop()
            if not wanted:
                return before[match.start() :].strip()
        elif match[0].lower() not in _SKIPPED:
            return None
    return None


def _aligned(lines: Mapping[str, str], known: set[str]) -> Iterator[Entry]:
    """Yield abbreviations that occur beside a phrase their letters spell, where only one phrase fits."""
    wanted: dict[str, str] = {}
    for line in lines.values():
        for match in _TOKEN.finditer(line):
            letters = _letters(match["abbreviation"])
            if len(letters) >= _MIN_ALIGNED and _key(match["abbreviation"]) not in known:
                wanted.setdefault(match["abbreviation"], letters)
    if not wanted:
        return
    counts: dict[str, Counter[str]] = {abbreviation: Counter() for abbreviation in wanted}
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for doc_id, line in lines.items():
        for abbreviation, phrase in _phrases_spelling(line, wanted):
            counts[abbreviation][_phrase_key(phrase)] += 1
            first.setdefault((abbreviation, _phrase_key(phrase)), (doc_id, phrase))
    for abbreviation, phrases in counts.items():
        best = phrases.most_common(2)
        if best and best[0][1] >= _MIN_COUNT and (len(best) == 1 or best[0][1] >= 2 * best[1][1]):
            doc_id, phrase = first[abbreviation, best[0][0]]
            yield Entry(abbreviation, phrase, doc_id, phrase, "initials")


def _phrases_spelling(line: str, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (abbreviation, phrase) for every phrase of `line` whose initials are its letters."""
    # One letter a word and one "|" a break, so that a single search finds a phrase.
    initials = "".join([_sign(piece[0]) for piece in _PIECE.findall(line)])
    words: list[re.Match[str]] = []
    for abbreviation, letters in wanted.items():
        at = initials.find(letters)
        while at >= 0:
            words = words or list(_PIECE.finditer(line))
            phrase = line[words[at].start() : words[at + len(letters) - 1].end()]
            if _is_phrase(phrase):
                yield abbreviation, phrase
            at = initials.find(letters, at + 1)


@cache
def _sign(letter: str) -> str:
    return _initial(letter) if letter.isalpha() else "|"


def _is_phrase(phrase: str) -> bool:
    """False for what is itself shortened, or ends or begins in the middle of a phrase."""
    words = _WORD.findall(phrase)
    if any(len(word) > 1 and word.isupper() for word in words) and not phrase.isupper():
        return False
    return words[0].lower() not in _SKIPPED and words[-1].lower() not in _SKIPPED
