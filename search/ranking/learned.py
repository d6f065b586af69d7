"""A learned answer to "does this passage say what is asked?": signs in, a probability out.

The weights are those of `python -m search.training`; search/weights/README.md says what they were
learnt from. A linear part and one hidden layer, a few lines of numpy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import EncoderError
from corpus.text import collapse, fold
from corpus.words.tokens import syllables
from index.wordkeys import Keys, StaticWords, syllable_key
from search.asking.asks import QUESTION_WORDS
from search.ranking.overlap import Asked, FloatArray, Told
from search.ranking.signs import ALL_NAMES, signs

SHIPPED = Path(__file__).parent.parent / "weights" / "relevance.json"
QUESTION_WORD_SHARE = 0.15  # what a word counts that asks but has no subject
_FARTHEST = 4.0  # standard deviations beyond which a sign says no more
_TIMES = ("ngày", "tháng", "năm", "giờ", "hạn", "tuần", "quý")
_HOW_MUCH = ("bao nhiêu", "mấy", "mức")
_WHEN = ("khi nào", "bao giờ", "bao lâu", "thời hạn", "thời gian", "ngày nào")
_DEFINE = ("là gì", "thế nào là")


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights of the score.

    Attributes:
        mean, deviation: (n_signs,) of the training candidates.
        linear: (n_signs,); hidden: (n_signs, h), with hidden_bias and out (h,).
        scale, shift: From score to log odds, learnt on questions kept out of training.
    """

    mean: FloatArray
    deviation: FloatArray
    linear: FloatArray
    hidden: FloatArray
    hidden_bias: FloatArray
    out: FloatArray
    scale: float
    shift: float

    @classmethod
    def read(cls, path: Path) -> Learned:
        """Read a weights file.

        Raises:
            EncoderError: It is missing, damaged, or of other signs than this program's.
        """
        try:
            stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            weights = stored["weights"]
            if digest_of(weights) != stored["sha256"]:
                raise ValueError("the digest does not fit")
            if stored["signs"] != list(ALL_NAMES):
                raise ValueError("other signs")
            return learned_of(weights)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EncoderError(
                f"Tệp trọng số {path} bị mất hoặc hỏng", "Hãy chép lại thư mục search/weights từ bản cài đặt"
            ) from error

    @np.errstate(invalid="ignore")  # see `signs`
    def scores(self, table: FloatArray) -> FloatArray:
        """Return (n,) scores of (n, n_signs) signs; they compare candidates of one question."""
        x = np.clip((table - self.mean) / self.deviation, -_FARTHEST, _FARTHEST)
        found: FloatArray = x @ self.linear + np.tanh(x @ self.hidden + self.hidden_bias) @ self.out
        return found

    def probabilities(self, scores: FloatArray) -> FloatArray:
        """Return (n,) in [0, 1]: how likely each candidate answers, where the library does at all."""
        found: FloatArray = 1 / (1 + np.exp(-(self.scale * scores + self.shift)))
        return found


_SHAPES: dict[str, Callable[[int, int], tuple[int, ...]]] = {
    "mean": lambda n, h: (n,),
    "deviation": lambda n, h: (n,),
    "linear": lambda n, h: (n,),
    "hidden": lambda n, h: (n, h),
    "hidden_bias": lambda n, h: (h,),
    "out": lambda n, h: (h,),
}


def learned_of(weights: dict[str, Any]) -> Learned:
    """Return weights as arrays; ValueError where their shapes do not fit the signs or each other."""
    arrays = {name: np.array(weights[name], dtype=np.float32) for name in _SHAPES}
    n, h = arrays["hidden"].shape
    if n != len(ALL_NAMES) or any(array.shape != _SHAPES[name](n, h) for name, array in arrays.items()):
        raise ValueError(f"weights of {n} signs and {h} hidden units do not fit {len(ALL_NAMES)} signs")
    return Learned(**arrays, scale=float(weights["scale"]), shift=float(weights["shift"]))


def digest_of(weights: dict[str, Any]) -> str:
    """Return the SHA-256 of weights as JSON writes them."""
    return hashlib.sha256(json.dumps(weights, sort_keys=True).encode()).hexdigest()


@cache
def shipped() -> Learned:
    """Return the weights that come with the program."""
    return Learned.read(SHIPPED)


@cache
def time_keys() -> Keys:
    """Keys of the syllables that tell a time, sorted."""
    return np.sort(np.array([syllable_key(s) for s in _TIMES], dtype=np.uint32))


def asked_of(text: str, words: StaticWords, frequency: Callable[[str], int], n_passages: int) -> Asked:
    """Return a question as numbers.

    Args:
        text: The question, diacritics restored, abbreviations written out.
        frequency: In how many passages of the library a folded syllable or pair ("doan_vien") stands.
    """

    def idf(token: str, part: float = 1.0) -> float:
        df = frequency(fold(token))
        return part * float(np.log(1 + (n_passages - df + 0.5) / (df + 0.5)))

    line = collapse(text).lower()
    single = syllables(line)
    each = list(dict.fromkeys(single))
    at = {syllable: i for i, syllable in enumerate(each)}
    weights = [idf(s, QUESTION_WORD_SHARE if s in QUESTION_WORDS else 1.0) for s in each]
    pairs = np.zeros((len(each), len(each)), dtype=np.float32)
    for a, b in pairwise(single):
        if frequency(fold(f"{a}_{b}")):  # a pair no passage holds is most often chance neighbours
            only_asks = a in QUESTION_WORDS and b in QUESTION_WORDS
            pairs[at[a], at[b]] = idf(f"{a}_{b}", QUESTION_WORD_SHARE if only_asks else 1.0)
    rows, row_weights, place = [], [], 0
    for row, length in words.segment(single):
        word = single[place : place + length]
        place += length
        if row != words.unknown and not set(word) <= QUESTION_WORDS:
            rows.append(row)
            row_weights.append(idf("_".join(word[:2])))
    return Asked(
        keys=np.array([syllable_key(s) for s in each], dtype=np.uint32),
        weights=np.array(weights, dtype=np.float32),
        pairs=pairs,
        rows=np.array(rows, dtype=np.int32),
        row_weights=np.array(row_weights, dtype=np.float32),
        vector=words.vector(single),
        how_much=any(phrase in line for phrase in _HOW_MUCH),
        when=any(phrase in line for phrase in _WHEN),
        define=any(phrase in line for phrase in _DEFINE),
    )


def relevance(asked: Asked, told: Sequence[Told], words: StaticWords) -> tuple[FloatArray, FloatArray]:
    """Return (scores, probabilities) of candidates, each (len(told),); higher is better."""
    learned = shipped()
    scores = learned.scores(signs(asked, told, words, time_keys()))
    return scores, learned.probabilities(scores)
