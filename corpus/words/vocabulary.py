"""What a rare form most likely is, told by the library's own words: "tranh cháp" beside "tranh chấp".

`corpus.words.noise` puts right, in the keys, what is no Vietnamese at all. What OCR turned into another
syllable only its company tells: a pair that written Vietnamese hardly knows, where this library
often has, and written Vietnamese knows well, one that differs in one mark or one look-alike letter.
Abbreviations that lost the bar of a Đ (NLD for NLĐ) are told the same way.

Nothing here makes or changes a key of the index. A question's keys are looked for in the forms, too,
in which the open library was seen to hold them: so a library that grows needs no new index, and
segments written when it was smaller are found like the others.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from corpus.readers.syllables import is_syllable
from corpus.text import collapse, fold
from corpus.words.syllables import SyllableCounts, shipped_counts

# Chosen on texts that are as good as clean (laws, court decisions, an encyclopedia), where whatever
# is changed is either a slip of theirs or a mistake of ours: a misread pair is rare in written
# Vietnamese, its reading so many times commoner there, seen so often here, and so many times as often.
_RARE, _COMMONER, _SEEN, _TIMES = 20.0, 30.0, 3, 4
# A word this library uses so seldom, or that much seldomer than what it would be read as, is scarce.
_FEW, _SCARCE = 2, 0.005
# Share of the sightings of its scarcer syllable from which on a pair is one word.
_ONE_WORD = 0.1
# Of the sightings of a form so many must be misread for a question to be looked for in it.
_SHARE = 0.8
_LOOK_ALIKE = ("ec", "nr", "nu", "nh", "hb", "li", "lt", "it", "gq", "vy", "uv", "mn")
_SHAPES: defaultdict[str, str] = defaultdict(str)
for _both in _LOOK_ALIKE:
    _SHAPES[_both[0]] += _both[1]
    _SHAPES[_both[1]] += _both[0]
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = re.compile(r"(?<![^\W\d_])[A-ZĐ]{3,10}(?![^\W\d_])")  # of two letters both readings are in use
_MOST_BARS = 3  # D in one abbreviation
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Misread:
    """One sighting of a word, in lower case.

    Attributes:
        read, meant: As the text has it, and as it was most likely meant.
        before, after: Its neighbours, None for an abbreviation or where there is none.
    """

    read: str
    meant: str
    before: str | None = None
    after: str | None = None

    @property
    def keys(self) -> list[Pair]:
        """The keys of the lexical index it concerns: (as meant, as read), the word's and its pairs'."""
        keys = [(self.meant, self.read)]
        if self.before:
            keys.append((f"{self.before}_{self.meant}", f"{self.before}_{self.read}"))
        if self.after:
            keys.append((f"{self.meant}_{self.after}", f"{self.read}_{self.after}"))
        return keys


class Vocabulary:
    """The forms in which a library holds its words. Never changed once made.

    Attributes:
        collected: The forms of each key that has any; see `forms`.
    """

    def __init__(
        self, texts: Sequence[str], known: Collection[str] = (), counts: SyllableCounts | None = None
    ) -> None:
        """Learn from the texts of a library, about a second for a million syllables.

        Args:
            texts: As the documents hold them, or as `collapse` gives them.
            known: Abbreviations of the glossary; these are right as they stand.
            counts: How written Vietnamese has its pairs; None for the counts that ship.
        """
        self._counts = counts or shipped_counts()
        self._pairs: Counter[Pair] = Counter()
        self._singles: Counter[str] = Counter()
        shorts: Counter[str] = Counter()
        lines = [collapse(text) for text in texts]
        for line in lines:
            shorts.update(_SHORT.findall(line))
            for run in _RUN.findall(line.lower()):
                words = run.split(" ")
                self._singles.update(words)
                self._pairs.update(pairwise(words))
        self._readings = self._likely_readings()
        self._barred = _barred(shorts, frozenset(known))
        self.collected: Mapping[str, tuple[str, ...]] = self._collected(lines)

    def forms(self, token: str) -> tuple[str, ...]:
        """Return the other forms of a key of the lexical index in which this library holds it.

        Args:
            token: A syllable ("chấp"), an adjacent pair ("tranh_chấp") or an abbreviation ("nlđ").
        """
        return self.collected.get(token, ())

    def misread(self, text: str) -> list[Misread]:
        """Return what in a text of this library was most likely misread, abbreviations first."""
        return self._misread(collapse(text))

    def _misread(self, line: str) -> list[Misread]:
        found = [
            Misread(short.lower(), meant.lower())
            for short in _SHORT.findall(line)
            if (meant := self._barred.get(short))
        ]
        for match in _RUN.finditer(line):
            lower = match[0].lower().split(" ")
            # Most runs hold no such pair; those are passed over quickly.
            if not self._readings.keys().isdisjoint(pairwise(lower)):
                found += self._in_run(match[0].split(" "), lower)
        return found

    def _collected(self, lines: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return meant -> the forms read for it that are nearly always misread, as keys."""
        read: Counter[Pair] = Counter()
        for line in lines:
            for found in self._misread(line):
                read.update(found.keys)
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for (meant, form), n in read.items():
            left, _, right = form.partition("_")
            if n >= _SHARE * (self._pairs[left, right] if right else self._singles[form]):
                forms[meant].append(form)
        return {meant: tuple(sorted(found)) for meant, found in forms.items()}

    def _in_run(self, words: Sequence[str], lower: Sequence[str]) -> Iterator[Misread]:
        """Yield what was misread among words that only spaces divide, each word once."""
        done = -1
        for n, pair in enumerate(pairwise(lower)):
            reading = self._readings.get(pair)
            if reading is None or any(_is_name(words, at) for at in (n, n + 1)):
                continue
            first = reading[0] != pair[0]
            at, word = (n, (reading[0], pair[0])) if first else (n + 1, (reading[1], pair[1]))
            before = lower[at - 1] if at else None
            after = lower[at + 1] if at + 1 < len(lower) else None
            if at != done and self._borne_out(reading, word, before if first else after, before=first):
                done = at
                yield Misread(word[1], word[0], before, after)

    def _borne_out(self, reading: Pair, word: Pair, beside: str | None, *, before: bool) -> bool:
        """Whether more than the pair it was told by speaks for a reading.

        Args:
            word: The changed word, as meant and as read.
            beside: Its neighbour on the other side, None where it has none.
            before: Whether that stands before it.
        """
        meant, read = (
            0.0 if beside is None else self._counts.pair_count(*((beside, one) if before else (one, beside)))
            for one in word
        )
        # Two neighbours on two sides may be chance where this library uses the word as it was read.
        scarce = self._singles[word[1]] <= max(_FEW, _SCARCE * self._singles[word[0]])
        if scarce and meant > _COMMONER * read:
            return True
        # Where the other side says nothing, the two must be one word ("tranh chấp"), not neighbours
        # by chance ("các thành").
        scarcer = min(self._counts.count(one) for one in reading)
        return read == 0 and self._counts.pair_count(*reading) >= _ONE_WORD * scarcer

    def _likely_readings(self) -> dict[Pair, Pair]:
        """Return pair as read -> pair as most likely meant, for the pairs that have just one reading."""
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._singles:
            if is_syllable(word):
                alike[fold(word)].append(word)
        near = {word: _shaped(word) + alike[fold(word)] for words in alike.values() for word in words}
        found: defaultdict[Pair, list[tuple[int, Pair]]] = defaultdict(list)
        for pair, n in self._pairs.items():
            general = self._counts.pair_count(*pair) if n >= _SEEN else 0.0
            if general < _COMMONER or not (pair[0] in near and pair[1] in near):
                continue
            others = [(word, pair[1]) for word in near[pair[0]]] + [(pair[0], word) for word in near[pair[1]]]
            for other in others:
                if other != pair and 0 < _TIMES * self._pairs[other] <= n:
                    unlikely = self._counts.pair_count(*other)
                    if unlikely < _RARE and general >= _COMMONER * max(1.0, unlikely):
                        found[other].append((n, pair))
        ranked = {pair: sorted(readings, reverse=True) for pair, readings in found.items()}
        return {
            pair: best[0][1]
            for pair, best in ranked.items()
            if len(best) < 2 or best[0][0] >= _TIMES * best[1][0]
        }


def _shaped(word: str) -> list[str]:
    """Return the syllables that differ from a word in one look-alike letter."""
    shaped = (word[:at] + one + word[at + 1 :] for at, c in enumerate(word) for one in _SHAPES.get(c, ""))
    return [other for other in shaped if is_syllable(other)]


def _is_name(words: Sequence[str], at: int) -> bool:
    """Whether a word is capitalised inside a sentence; words all in capitals stand in a heading."""
    word = words[at]
    return at > 0 and word[0].isupper() and not word.isupper() and not words[at - 1].isupper()


def _barred(shorts: Counter[str], known: frozenset[str]) -> dict[str, str]:
    """Return abbreviation -> the same with the bars its D's lost, where only one such is in use."""
    barred: dict[str, str] = {}
    for short, n in shorts.items():
        if short in known or not 0 < short.count("D") <= _MOST_BARS:
            continue
        ways = {"".join(way) for way in product(*("DĐ" if c == "D" else c for c in short))} - {short}
        used = [way for way in ways if way in known or shorts[way] >= max(_SEEN, _TIMES * n)]
        if len(used) == 1:
            barred[short] = used[0]
    return barred
