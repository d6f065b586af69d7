"""Vietnamese text, in one agreed form.

The same functions run on every passage at build time and on every question at search
time; if they ever differed, exact matches would silently stop matching.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# "oà", "oè", "uỳ" closing a syllable may also be typed "òa", "òe", "ùy". After "q" the
# "u" belongs to the consonant ("quý"), and in "hoàn" the syllable is not closed.
# Both cases are written out, and the letter comes before what is asked about it, for so the pattern is
# several times as fast.
_TONE_ON_SECOND = re.compile(
    r"[oOuU](?<![qQ].)(?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])[ỳýỷỹỵỲÝỶỸỴ])(?!\w)", re.DOTALL
)
_WORD = 24  # characters; longer is a line, not a word
_SPACES = re.compile(r"[^\S\n]+")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"))
# Zero-width characters, soft hyphens and bidirectional controls: invisible, and they
# would keep two equal words from matching.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]"
)
# Markdown emphasis and heading marks, and the superscript that points at a footnote.
# A line break in Markdown tables: markup that stands for white space.
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_MARKUP = re.compile(r"<sup>[^<]{0,8}</sup>|</?[A-Za-z][^<>\n]{0,40}>|[*#\\^]+|(?<![^\W_])_+|_+(?![^\W_])")


# What every match of the three patterns holds; most lines hold none of it.
_MARK = re.compile(rf"[<*#\\^_]|{_INVISIBLE.pattern}")
# What `clean` leaves out, and the white space it makes one space of.
_NOT_KEPT = re.compile(rf"{_MARKUP.pattern}|{_INVISIBLE.pattern}+|(?P<space>\s+)")


def mend_eth(text: str) -> str:
    """Return `text` with Đ for the Icelandic Ð, which many a keyboard and OCR program gives for it."""
    return text.replace("Ð", "Đ").replace("ð", "đ")


def _tone_to_first_vowel(match: re.Match[str]) -> str:
    first, second, tone = list(unicodedata.normalize("NFD", match[0]))
    return unicodedata.normalize("NFC", first + tone + second)


def normalize_text(text: str) -> str:
    """Return `text` in NFC, tones in the traditional place, runs of spaces as one space.

    Line breaks are kept: they carry the structure that splitting reads.
    Idempotent: `normalize_text(normalize_text(s)) == normalize_text(s)`.

    >>> normalize_text("Uỷ  ban   nhân dân")
    'Ủy ban nhân dân'
    """
    text = mend_eth(unicodedata.normalize("NFC", text))
    text = _TONE_ON_SECOND.sub(_tone_to_first_vowel, text)
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics; "đ" becomes "d". Length is kept for NFC input.

    >>> fold("Chỉ tiêu của LĐLĐ")
    'chi tieu cua ldld'
    """
    return _folded_word(text) if len(text) <= _WORD else _folded(text)


def _folded(text: str) -> str:
    lower = text.lower()
    if not unicodedata.is_normalized("NFC", lower):
        lower = unicodedata.normalize("NFD", lower)
    bare = unicodedata.normalize("NFC", lower.translate(_BARE))
    return bare.replace("đ", "d").replace("ð", "d")


_folded_word = lru_cache(1 << 16)(_folded)  # the words of a library are few, and met again and again


class _Bare(dict[int, str]):
    """Letters without tones, hats and horns, each worked out when it is first met."""

    def __missing__(self, letter: int) -> str:
        marked = unicodedata.normalize("NFD", chr(letter))
        self[letter] = bare = unicodedata.normalize("NFC", marked.translate(_TONES))
        return bare


_BARE = _Bare()


def has_diacritics(text: str) -> bool:
    """True where `text` holds at least one Vietnamese letter that folding would change.

    >>> has_diacritics("chi tieu nam 2021"), has_diacritics("chỉ tieu")
    (False, True)
    """
    return fold(text) != unicodedata.normalize("NFC", text).lower()


@dataclass(frozen=True, slots=True)
class MappedText:
    """Text derived from another text, and the way back.

    Attributes:
        text: The derived text.
        offsets: For each of its characters, where that character stood in the original.
    """

    text: str
    offsets: Sequence[int]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"{len(self.text)} characters but {len(self.offsets)} offsets")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span of the original that `text[start:end]` came from."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not a span of {len(self.text)} characters")
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str, start: int = 0) -> MappedText:
    """Return `text` as one line for matching: no markup, single spaces, one tone placement.

    Sentences torn by a page break come together again because every run of white space,
    line breaks too, becomes one space.

    Args:
        text: NFC text as a reader gave it.
        start: Added to every offset, for a `text` that is itself a slice.

    >>> clean("**Phần  đầu**\\n\\n80%").text
    'Phần đầu 80%'
    """
    toned = _TONE_ON_SECOND.sub(_tone_to_first_vowel, text)
    if len(toned) != len(text):  # only for text that is not NFC; the map must stay exact
        toned = text
    toned = mend_eth(toned)
    if not _MARK.search(toned):
        line = " ".join(toned.split())
        first = len(toned) - len(toned.lstrip())
        if first + len(line) == len(toned.rstrip()):  # no two spaces together: nothing is left out
            return MappedText(line, range(start + first, start + first + len(line)))
    kept: list[str] = []
    offsets: list[int] = []
    at, spaced = 0, True  # what was read so far; whether a space would be one too many
    for match in _NOT_KEPT.finditer(text):
        if at < match.start():
            kept.append(toned[at : match.start()])
            offsets.extend(range(start + at, start + match.start()))
            spaced = False
        at = match.end()
        if match["space"] and not spaced:
            kept.append(" ")
            offsets.append(start + match.start())
            spaced = True
    if at < len(toned):
        kept.append(toned[at:])
        offsets.extend(range(start + at, start + len(toned)))
    elif spaced and kept:
        kept.pop()
        offsets.pop()
    return MappedText("".join(kept), tuple(offsets))


def collapse(text: str) -> str:
    """Return `clean(text).text`, without the map and several times as fast.

    >>> collapse("## **I.  MỤC  TIÊU**")
    'I. MỤC TIÊU'
    """
    toned = _TONE_ON_SECOND.sub(_tone_to_first_vowel, text)
    if len(toned) != len(text):
        toned = text
    if not _MARK.search(toned):
        return " ".join(mend_eth(toned).split())
    return " ".join(_INVISIBLE.sub("", _MARKUP.sub("", _BREAK.sub(" ", mend_eth(toned)))).split())


def segment_words(texts: Iterable[str]) -> list[str]:
    """Segment each text into Vietnamese words with underthesea; a word's syllables are joined by "_".

    Document numbers must have been taken out before: underthesea splits "02-NQ/TW" into five.

    >>> segment_words(["chỉ tiêu đảng viên"])
    ['chỉ_tiêu đảng_viên']
    """
    from underthesea import word_tokenize

    return [str(word_tokenize(text, format="text")) if text.strip() else "" for text in texts]
