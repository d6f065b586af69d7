"""Syllables that Vietnamese spells with "i" or with "y" alike: "quản lí", "quản lý"; "kĩ năng", "kỹ năng".

Source: Quyết định số 240/QĐ of the Ministry of Education, 5 March 1984, which prefers "i" after h, k, l, m, s
and t in open syllables; offices keep "y" in words of Chinese origin, and both are current.
"""

from __future__ import annotations

import re
from itertools import product

_I, _Y = "iíìỉĩị", "yýỳỷỹỵ"
_SWAP = str.maketrans(_I + _Y, _Y + _I)
# An open syllable with nothing but this vowel after its consonant; "u" after "q" is part of the consonant.
_EITHER = re.compile(rf"(?:[hklmst]|qu)[{_I}{_Y}]")


def spelt_alike(token: str) -> tuple[str, ...]:
    """Return the other spellings of a key of the lexical index: a syllable or an adjacent pair.

    >>> spelt_alike("quản_lí"), spelt_alike("tỷ"), spelt_alike("kiến_nghị")
    (('quản_lý',), ('tỉ',), ())
    """
    ways = [
        (syllable, syllable.translate(_SWAP)) if _EITHER.fullmatch(syllable) else (syllable,)
        for syllable in token.split("_")
    ]
    return tuple(way for spelt in product(*ways) if (way := "_".join(spelt)) != token)
