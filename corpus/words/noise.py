"""Letters that OCR confuses, put right for matching; what is quoted keeps its letters.

Lost and wrong marks (NLD for NLĐ, khói for khối) need nothing here: the folded keys agree. What
folding does not cover is put right only where letters are no Vietnamese syllable and exactly one
reading of them is, or only one that the counts of written Vietnamese know: l, I and 1; O and 0; rn
and m. Two syllables run together are parted where only one parting was ever seen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from corpus.readers.syllables import is_syllable
from corpus.text import fold
from corpus.words.syllables import shipped_counts

# Only these are looked at: words that hold a doubtful letter, and those long enough to be two.
_SUSPECT = re.compile(r"[^\W_]*(?:[lI01]|rn)[^\W_]*|[^\W\d_]{5,}")
_YEAR = re.compile(r"(?:[1lI]9|2[0Oo])[0-9OolI]{2}")
_DIGITS = str.maketrans("OolI", "0011")
_PIECE = re.compile(r"rn|.", re.DOTALL)
_READINGS = {"l": ("l", "i"), "I": ("i", "l"), "1": ("l", "i"), "0": ("o",), "rn": ("rn", "m")}
_MOST_DOUBTS = 4  # in one word; more is no word
_VOWELS = frozenset("aeiouy")
_MOST_REMEMBERED = 1 << 16
# Found to need no mending, as most of any text: told from the others without looking at each.
_WELL_READ: set[str] = set()
_RUN = re.compile(r"[^\W_]+")  # of letters and digits: nothing suspect reaches beyond one
_LEAST_PART = 2  # letters of a syllable that was run together with another


def mend_noise(text: str) -> str:
    """Return `text` with the letters OCR confused put right, where that is beyond doubt.

    Words and abbreviations that could be meant as they stand, foreign words and numbers stay.

    >>> mend_noise("Iao động, đảng vlên, c0ng đ0àn, thárn 5 năm 2O21, CHỈTIÊU; TLĐ, mail, khoản 1a")
    'lao động, đảng viên, cong đoàn, thám 5 năm 2021, chỉ tiêu; TLĐ, mail, khoản 1a'
    """
    for run in set(_RUN.findall(text)) - _WELL_READ:
        if _mended_run(run) != run:
            return _RUN.sub(lambda match: _mended_run(match[0]), text)
        if len(_WELL_READ) >= _MOST_REMEMBERED:
            _WELL_READ.clear()
        _WELL_READ.add(run)
    return text


def _mended_run(run: str) -> str:
    return _SUSPECT.sub(lambda match: _mended(match[0]), run)


@lru_cache(maxsize=1 << 16)
def _mended(word: str) -> str:
    if word.isdigit():
        return word
    if _YEAR.fullmatch(word) and sum(char.isdigit() for char in word) >= 2:
        return word.translate(_DIGITS)
    lower, bare = word.lower(), fold(word)
    if is_syllable(lower) or not _VOWELS.intersection(bare.replace("0", "o")):
        return word
    # A digit at the end points at a footnote, one at the front of unmarked letters counts a list.
    if word[-1].isdigit() or not _is_noisy(word, lower, bare):
        return word
    found = [reading for reading in _readings(word) if is_syllable(reading)]
    if len(found) > 1:
        found = [reading for reading in found if _is_known(reading)]
    elif not found and word.isalpha():
        found = [parts for parts in _parted(lower) if _is_known(parts)]
    return found[0] if len(found) == 1 else word


def _is_known(reading: str) -> bool:
    """True where the shipped counts have seen this syllable, or these two after each other."""
    first, _, second = reading.partition(" ")
    counts = shipped_counts()
    return (counts.pair_count(first, second) if second else counts.count(first)) > 0


def _is_noisy(word: str, lower: str, bare: str) -> bool:
    """True where something besides not being a syllable says that this is a misread Vietnamese word."""
    if set(word) & set("23456789") or (word[0].isdigit() and not word[1:].islower()):
        return False
    marked = bare != lower
    capital_inside_small = word[0] == "I" and word[1:].islower()
    digit_inside = any(char.isdigit() for char in word[1:-1]) and not word[0].isdigit()
    return marked or capital_inside_small or (digit_inside and word.islower())


def _readings(word: str) -> list[str]:
    """Return what the doubtful letters of a word may have been, in lower case."""
    pieces = _PIECE.findall(word)
    choices = [_READINGS.get(piece) or (piece.lower(),) for piece in pieces]
    if sum(len(choice) > 1 for choice in choices) > _MOST_DOUBTS:
        return []
    return ["".join(reading) for reading in product(*choices)]


def _parted(lower: str) -> list[str]:
    """Return the ways to take a word for two syllables without the space between them."""
    cuts = range(_LEAST_PART, len(lower) - _LEAST_PART + 1)
    return [
        f"{lower[:at]} {lower[at:]}" for at in cuts if is_syllable(lower[:at]) and is_syllable(lower[at:])
    ]
