"""Diacritics given back to what was typed without them, and slips of the tone keys mended.

A syllable bigram model: among all syllables that fold alike ("dong": động, đồng, đông...)
the chain is chosen that the counts make likeliest (Viterbi 1967). The counts ship in
`diacritics.bin`, learnt by `python -m index.training.diacritics`; the library's own texts add
theirs, so that the names and terms of the office are known too.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from corpus.text import clean, collapse, fold, normalize_text
from corpus.words.syllables import SyllableCounts, shipped_counts

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,/]\d+)*")
_RUN = re.compile(rf"(?:{_TOKEN.pattern})(?: (?:{_TOKEN.pattern}))*")
Pair = tuple[str, str]
_NUMBER = "0"  # any figure: "năm" is known by the one behind it
_LONGEST = 7  # letters of the longest syllable, "nghiêng"
# How many sightings of the syllable on the left the mere frequency of the right one is worth;
# of 30, 100, 300, 1000, 3000 the last two restored most on questions, and 1000 mends fewer
# things that are no slips.
_BACKOFF = 1000.0
# One sighting in the library weighs as many in the shipped text: a few dozen documents against
# 100 million characters, yet it is their words that are asked for.
_LIBRARY_WEIGHT = 30
# Log odds against changing a syllable: where nearly all lack their marks, where few do, and
# where it has marks of its own.
_AMONG_BARE, _AMONG_MARKED, _MARKED = 1.0, 5.0, 8.0
# Running Vietnamese leaves about three syllables in ten without any mark.
_MOSTLY_BARE = 0.65


@dataclass(frozen=True, slots=True)
class _Token:
    """A syllable or figure of a text.

    Attributes:
        lower: In lower case, tone in the traditional place; "0" for every figure.
        joined: Only a space divides it from the one before.
        fixed: A figure, an abbreviation or a foreign word: never changed.
        name: Begins with a capital inside the text.
    """

    start: int
    end: int
    lower: str
    joined: bool
    fixed: bool
    name: bool

    @property
    def bare(self) -> bool:
        return self.lower == fold(self.lower)


class DiacriticRestorer:
    """Reads a text the way the counts make likeliest. Never changed once made."""

    def __init__(self, counts: SyllableCounts) -> None:
        self._counts = counts

    @classmethod
    def load(cls, path: Path | None = None) -> DiacriticRestorer:
        """Read the counts at `path`; None means the ones that ship.

        Raises:
            AppError: the file is missing, damaged, or of another version.
        """
        return cls(SyllableCounts.load(path) if path else shipped_counts())

    def with_text(self, texts: Iterable[str]) -> DiacriticRestorer:
        """Return a restorer that has also read `texts`; this one stays as it is."""
        return self.with_pairs(pairs_in(texts))

    def with_pairs(self, seen: Mapping[Pair, int]) -> DiacriticRestorer:
        """Return a restorer that has also seen these pairs of a library; this one stays as it is."""
        return DiacriticRestorer(self._counts.plus((p, n * _LIBRARY_WEIGHT) for p, n in seen.items()))

    def restore(self, text: str) -> str:
        """Return `text` with the diacritics its syllables most likely had.

        Syllables that have a mark stay; so do digits, punctuation, abbreviations in capitals and
        the pattern of upper and lower case. In a text most of whose syllables are marked, a bare
        one changes only where it was never seen beside its neighbours and is no name.

        >>> DiacriticRestorer.load().restore("Chi tieu gioi thieu dang vien nam 2021")
        'Chỉ tiêu giới thiệu đảng viên năm 2021'
        """
        tokens = _tokens(text)
        free = [not token.fixed and token.bare for token in tokens]
        share = sum(free) / max(1, sum(not token.fixed for token in tokens))
        if share == 1:
            costs = [0.0 if f else math.inf for f in free]
        elif share > _MOSTLY_BARE:
            costs = [_AMONG_BARE if f else math.inf for f in free]
        else:
            strange = self._strange(tokens)
            costs = [
                _AMONG_MARKED if f and s and not token.name else math.inf
                for f, s, token in zip(free, strange, tokens, strict=True)
            ]
        return _rewritten(text, tokens, self._likeliest(tokens, costs))

    def correct(self, text: str, kept: Collection[str] = frozenset()) -> str:
        """Return `text` with slips of the tone and hook keys mended, where that is beyond doubt.

        A syllable changes only into one that folds alike, only where it was never seen beside its
        neighbours, and never where it begins with a capital inside a text (names).

        Args:
            kept: Syllables in lower case that are right wherever they stand.

        >>> DiacriticRestorer.load().correct("công đòan cơ sở xuât sắc")
        'công đoàn cơ sở xuất sắc'
        """
        tokens = _tokens(text)
        costs = [
            _MARKED
            if strange and not (token.bare or token.fixed or token.name or token.lower in kept)
            else math.inf
            for token, strange in zip(tokens, self._strange(tokens), strict=True)
        ]
        return _rewritten(text, tokens, self._likeliest(tokens, costs))

    def _strange(self, tokens: Sequence[_Token]) -> list[bool]:
        """For each syllable: was it never seen beside a neighbour (or, without one, at all)?"""
        strange = []
        for n, token in enumerate(tokens):
            before = tokens[n - 1] if token.joined else None
            after = tokens[n + 1] if n + 1 < len(tokens) and tokens[n + 1].joined else None
            if before is None and after is None:
                strange.append(self._counts.count(token.lower) == 0)
                continue
            known = before is not None and self._counts.pair_count(before.lower, token.lower) > 0
            known = known or (after is not None and self._counts.pair_count(token.lower, after.lower) > 0)
            strange.append(not known)
        return strange

    def _log_chance(self, left: str | None, right: str) -> float:
        """Return ln P(right | left), the pair's frequency drawn towards the syllable's own.

        Source: MacKay & Peto, "A Hierarchical Dirichlet Language Model", 1995,
        https://doi.org/10.1017/S1351324900000218
        """
        single = (self._counts.count(right) + 0.01) / self._counts.total
        if left is None:
            return math.log(single)
        pair = self._counts.pair_count(left, right)
        return math.log((pair + _BACKOFF * single) / (self._counts.count(left) + _BACKOFF))

    def _likeliest(self, tokens: Sequence[_Token], costs: Sequence[float]) -> list[str]:
        """Return the best reading of each token; `costs[i]` are the log odds against changing token i."""
        paths: dict[str | None, tuple[float, list[str]]] = {None: (0.0, [])}
        for token, cost in zip(tokens, costs, strict=True):
            readings = [token.lower]
            if math.isfinite(cost):
                readings += [r for r in self._counts.readings(fold(token.lower)) if r != token.lower]
            if not token.joined:  # what stands before says nothing: the best way here is the only one
                paths = {None: max(paths.values(), key=lambda path: path[0])}
            step: dict[str | None, tuple[float, list[str]]] = {}
            for reading in readings:
                ways = (
                    (score + self._log_chance(before, reading), path)
                    for before, (score, path) in paths.items()
                )
                score, path = max(ways, key=lambda way: way[0])
                step[reading] = (score - (cost if reading != token.lower else 0.0), [*path, reading])
            paths = step
        return max(paths.values(), key=lambda path: path[0])[1]


def pairs_in(texts: Iterable[str]) -> dict[Pair, int]:
    """Return how often each two syllables stand side by side in the texts of a library.

    Figures are "0". Pairs without any mark are left out: bare stretches (an old telex, a file name)
    would teach that words have no marks.

    >>> pairs_in(["Đoàn viên, năm 2021", "**Đoàn**  viên nam"])
    {('đoàn', 'viên'): 2, ('năm', '0'): 1, ('viên', 'nam'): 1}
    """
    # Counted as they stand, then normalised: a few syllables make up all of a library.
    seen: Counter[Pair] = Counter()
    for text in texts:
        for run in _RUN.findall(collapse(text).lower()):
            seen.update(pairwise(run.split(" ")))
    normal = {word: _normal(word) for pair in seen for word in pair}
    marked = {word for word in normal.values() if word != fold(word)}
    pairs: dict[Pair, int] = {}
    for (left, right), n in seen.items():
        pair = normal[left], normal[right]
        if not marked.isdisjoint(pair):
            pairs[pair] = pairs.get(pair, 0) + n
    return pairs


def _normal(word: str) -> str:
    return _NUMBER if word[0].isdigit() else normalize_text(word)


def syllable_runs(text: str) -> list[list[str]]:
    """Return the stretches of `text` that nothing but white space divides, as the counts know them.

    >>> syllable_runs("Năm 2021, đoàn viên")
    [['năm', '0'], ['đoàn', 'viên']]
    """
    line = clean(text).text.lower()
    runs: list[list[str]] = []
    at = -1
    for match in _TOKEN.finditer(line):
        word = _NUMBER if match[0][0].isdigit() else match[0]
        if runs and line[at : match.start()] == " ":
            runs[-1].append(word)
        else:
            runs.append([word])
        at = match.end()
    return runs


def _tokens(text: str) -> list[_Token]:
    capitals = not any(char.islower() for char in text)
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        number = word[0].isdigit()
        # "CĐCS", "BHXH", "TU" in running text are abbreviations; "KE HOACH" in a heading is not.
        abbreviation = len(word) > 1 and word.isupper() and not capitals
        glued = text[max(0, start - 1) : start].isdigit() or text[end : end + 1].isdigit()
        joined = bool(tokens) and text[tokens[-1].end : start] in {" ", "\n"}
        fixed = number or abbreviation or glued or len(word) > _LONGEST
        name = bool(tokens) and word[0].isupper() and not capitals
        lower = _NUMBER if number else normalize_text(word.lower())
        tokens.append(_Token(start, end, lower, joined, fixed, name))
    return tokens


def _rewritten(text: str, tokens: Sequence[_Token], readings: Sequence[str]) -> str:
    parts, at = [], 0
    for token, reading in zip(tokens, readings, strict=True):
        old = text[token.start : token.end]
        parts.append(text[at : token.start])
        if reading == token.lower or len(reading) != len(old):
            parts.append(old)
        else:
            parts += [new.upper() if was.isupper() else new for was, new in zip(old, reading, strict=True)]
        at = token.end
    return "".join(parts) + text[at:]
