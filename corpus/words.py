"""Word segmentation as underthesea does it, to the last word, at a quarter of the time.

underthesea tells words apart with a linear-chain conditional random field (Lafferty et al., 2001) of two
labels: a syllable begins a word or carries it on. Its own code makes 43 strings of every syllable and hands
them back and forth; here the same weights, read from its file, lie ready by syllable, pair and triple.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

Tokenize = Callable[[str], list[str]]
Places = tuple[tuple[int, int], ...]

_BEFORE, _AFTER = "BOS", "EOS"  # what stands for a place before the first and behind the last syllable
# The places a weight may look at, as (first, last) from the syllable it is for; the same for one, two, three.
_ONE = ((-2, -2), (-1, -1), (0, 0), (1, 1), (2, 2))
_TWO = ((-2, -1), (-1, 0), (0, 1), (1, 2))
_THREE = ((-2, 0), (-1, 1), (0, 2))
_KINDS = ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")
# Of whole packages these take seconds and half a gigabyte to import, and none is needed here.
_OPTIONAL = (
    "agent", "address", "pipeline.classification", "pipeline.dependency_parse", "pipeline.lang_detect",
    "pipeline.sentiment", "pipeline.translate",
)  # fmt: skip


class WordModel:
    """Tells which syllables carry a word on. Never changed once made, but for what it has looked up."""

    def __init__(
        self,
        weights: Mapping[str, float],
        transitions: Sequence[Sequence[float]],
        dictionary: frozenset[str],
        tokenize: Tokenize,
    ) -> None:
        """Take the parts of the model.

        Args:
            weights: "T[0]=công" -> by how much it speaks for a word that begins here rather than goes on.
            transitions: From label to label, 0 for a beginning, 1 for going on.
            dictionary: Words in lower case, syllables joined by a space.
            tokenize: Cuts a text into syllables, figures and marks.
        """
        self._weights, self._transitions = weights, transitions
        self._dictionary, self._tokenize = dictionary, tokenize
        self._one = lru_cache(1 << 15)(self._of_one)
        self._several = lru_cache(1 << 16)(self._of_several)
        self._known = dictionary | {name.partition("=")[2] for name in weights}
        # What neither the weights nor the dictionary know differs only in its capitals.
        self._others = {
            places: [self._valued(places, ("", "", "", str(title), "False")) for title in (False, True)]
            for places in (_TWO, _THREE)
        }
        self._edges = {
            places: [self._valued(places, (end,) * len(_KINDS)) for end in (_BEFORE, _AFTER)]
            for places in (_ONE, _TWO, _THREE)
        }

    def segment(self, text: str) -> str:
        """Return the words of `text` divided by spaces, their syllables joined by "_"."""
        tokens = self._tokenize(text)
        parts: list[str] = []
        for token, goes_on in zip(tokens, self._goes_on(tokens), strict=True):
            if parts:
                parts.append("_" if goes_on else " ")
            parts.append(token.replace(" ", "_"))
        return "".join(parts)

    def _goes_on(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each token whether it carries a word on: the likeliest chain (Viterbi, 1967)."""
        if not tokens:
            return []
        (stay, on), (off, still) = self._transitions
        begins, carries = 0.0, 0.0
        from_begin: list[bool] = []
        on_from_begin: list[bool] = []
        for score in self._scores(tokens):
            if from_begin:
                a, b = begins + stay, carries + off
                c, d = begins + on, carries + still
            else:
                a = b = c = d = 0.0
            from_begin.append(a >= b)
            on_from_begin.append(c >= d)
            begins, carries = max(a, b) + score, max(c, d)
        chain = [begins < carries]
        for at in range(len(tokens) - 1, 0, -1):
            chain.append(not (on_from_begin[at] if chain[-1] else from_begin[at]))
        return chain[::-1]

    def _scores(self, tokens: Sequence[str]) -> list[float]:
        """Return by how much each token speaks for beginning a word."""
        n = len(tokens)
        scores = [0.0] * (n + 4)  # two places more at each end, so that no index need be checked
        titles: list[bool] = []
        capitals = False
        for i, token in enumerate(tokens):
            (a, b, c, d, e), title, capital = self._one(token)
            titles.append(title)
            capitals = capitals or capital
            scores[i + 4] += a
            scores[i + 3] += b
            scores[i + 2] += c
            scores[i + 1] += d
            scores[i] += e
        known, several = self._known, self._several
        others = self._others[_TWO]
        pairs = [f"{a} {b}" for a, b in pairwise(tokens)]
        for i, pair in enumerate(pairs):
            found = capitals or pair in known
            a, b, c, d = several(pair, _TWO) if found else others[titles[i] and titles[i + 1]]
            scores[i + 4] += a
            scores[i + 3] += b
            scores[i + 2] += c
            scores[i + 1] += d
        others = self._others[_THREE]
        for i, pair in enumerate(pairs[:-1]):
            triple = f"{pair} {tokens[i + 2]}"
            title = titles[i] and titles[i + 1] and titles[i + 2]
            a, b, c = several(triple, _THREE) if capitals or triple in known else others[title]
            scores[i + 4] += a
            scores[i + 3] += b
            scores[i + 2] += c
        return self._with_edges(scores[2 : n + 2])

    def _with_edges(self, scores: list[float]) -> list[float]:
        """Add what the places outside the text say; where both ends lack, it counts as the first."""
        n = len(scores)
        for places, (before, after) in self._edges.items():
            for place, (first, last) in enumerate(places):
                for at in range(min(n, -first)):
                    scores[at] += before[place]
                for at in range(max(0, n - last, -first), n):
                    scores[at] += after[place]
        return scores

    def _of_one(self, token: str) -> tuple[tuple[float, ...], bool, bool]:
        """Return a token's weights for the five it is near, and whether it is a title and has capitals."""
        lower, title = token.lower(), _is_title(token)
        values = (token, lower, str(token.isdigit()), str(title), str(lower in self._dictionary))
        return self._valued(_ONE, values), title, lower != token

    def _of_several(self, text: str, places: Places) -> tuple[float, ...]:
        lower, title = text.lower(), all(map(_is_title, text.split(" ")))
        return self._valued(places, (text, lower, "", str(title), str(lower in self._dictionary)))

    def _valued(self, places: Places, values: Sequence[str]) -> tuple[float, ...]:
        """Return for each place the sum of the weights of its five kinds, of which these are the values."""
        return tuple(
            sum(
                self._weights.get(f"{_name(place)}{kind}={value}", 0.0)
                for kind, value in zip(_KINDS, values, strict=True)
            )
            for place in places
        )


def _is_title(token: str) -> bool:
    """Whether a token does not begin with a small letter: figures and marks are titles, too."""
    return not token[:1].islower()


@cache
def _name(place: tuple[int, int]) -> str:
    first, last = place
    return f"T[{first}]" if first == last else f"T[{first},{last}]"


@cache
def word_model() -> WordModel:
    """Return the model that comes with underthesea; the first call takes half a second.

    Raises:
        ValueError: Its file is of another form than this module reads.
    """
    blocked = [name for part in _OPTIONAL if (name := f"underthesea.{part}") not in sys.modules]
    sys.modules.update(dict.fromkeys(blocked))  # type: ignore[arg-type]
    try:
        from underthesea.models import fast_crf_sequence_tagger as tagger
        from underthesea.pipeline.word_tokenize import regex_tokenize as theirs
    finally:
        for name in blocked:
            sys.modules.pop(name, None)
    folder = next((Path(theirs.__file__).parent / "models").glob("ws_crf_*"))
    weights, transitions = read_weights((folder / "models.bin").read_bytes())
    # As underthesea itself reads this file of its own; it comes with the package, digest-checked by pip.
    dictionary = frozenset(tagger.joblib.load(folder / "dictionary.bin"))
    normalized = lru_cache(1 << 15)(theirs.token_normalize)

    def tokenize(text: str) -> list[str]:
        line = theirs.normalize_characters_in_text(text)
        return [normalized(match[0]) for match in theirs.patterns.finditer(line)]

    return WordModel(weights, transitions, dictionary, tokenize)


def read_weights(stored: bytes) -> tuple[dict[str, float], list[list[float]]]:
    """Read a file of CRFsuite with the labels B-W and I-W: (weights, transitions) of `WordModel`.

    Format: Okazaki, CRFsuite, 2007, http://www.chokkan.org/software/crfsuite/

    Raises:
        ValueError: It is of another form.
    """
    head = struct.unpack_from("<4sI4sIIIIIIIII", stored.ljust(48, b"\0"))
    magic, _, kind, _, _, n_labels, n_names, features, labels, names, _, refs = head
    if (magic, kind) != (b"lCRF", b"FOMC") or dict(_strings(stored, labels)) != {"B-W": 0, "I-W": 1}:
        raise ValueError("not a model of words as CRFsuite writes it")

    def feature(number: int) -> tuple[int, int, int, float]:
        found: tuple[int, int, int, float] = struct.unpack_from("<IIId", stored, features + 12 + 20 * number)
        return found

    weights: dict[str, float] = {}
    offsets = struct.unpack_from(f"<{n_names}I", stored, refs + 12)
    for name, number in _strings(stored, names):
        (n,) = struct.unpack_from("<I", stored, offsets[number])
        for ref in struct.unpack_from(f"<{n}I", stored, offsets[number] + 4):
            _, _, label, weight = feature(ref)
            weights[name] = weights.get(name, 0.0) + (-weight if label else weight)
    transitions = [[0.0] * n_labels for _ in range(n_labels)]
    (n,) = struct.unpack_from("<I", stored, features + 8)
    for kind_of, source, target, weight in map(feature, range(n)):
        if kind_of == 1:
            transitions[source][target] = weight
    return weights, transitions


def _strings(stored: bytes, at: int) -> Iterator[tuple[str, int]]:
    """Yield the (string, number) of a constant database: 256 hash tables of (hash, place)."""
    for table in range(256):
        offset, n = struct.unpack_from("<II", stored, at + 24 + 8 * table)
        for i in range(n if offset else 0):
            (place,) = struct.unpack_from("<I", stored, at + offset + 8 * i + 4)
            if place:
                number, length = struct.unpack_from("<II", stored, at + place)
                yield stored[at + place + 8 : at + place + 7 + length].decode(), number
