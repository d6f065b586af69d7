"""Whether letters spell a Vietnamese syllable: initial, vowels, final, tone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKS = re.compile(f"[{_TONES}]")
_STOPPED = re.compile("(?:c|ch|p|t)$")  # finals that bear only the sharp and the heavy tone
_SYLLABLE = re.compile(
    "(?:ngh?|nh|gh?|gi|kh?|ph|qu|th|tr|ch|[bcdđhlmnprstvx])?"
    "(?:(?:[aăâeêoôơuưiy]|iê|yê|uâ|uô|ươ|oă|oe|oa|uê|uy|uyê|uơ|oo|ia|ua|ưa|uya)(?:ng|nh|ch|[cmnpt])?"
    "|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|iêu|yêu|oai|oay|oao|oeo|uây|uôi|ươi|ươu|uyu|uêu|uay|uao|uai|y|i)"
)


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """True where `word`, in any case, could be a Vietnamese syllable.

    >>> [is_syllable(word) for word in ("Nghiệp", "tại", "Ch©u", "strike", "tạiv")]
    [True, True, False, False, False]
    """
    bare = unicodedata.normalize("NFD", word.lower())
    marks = _MARKS.findall(bare)
    bare = unicodedata.normalize("NFC", _MARKS.sub("", bare))
    if len(marks) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or marks in (["\u0301"], ["\u0323"])
