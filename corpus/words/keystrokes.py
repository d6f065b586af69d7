"""What keys mean under Telex and VNI, for words that were typed while the keyboard program was off.

"ddoanf vieen" and "d9oan2 vie6n" are "đoàn viên". A word is read so only when it is no syllable of
Vietnamese as it stands, and is one as read. Marks may come anywhere after their letter, as the usual
keyboard programs take them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.text import normalize_text
from corpus.words.syllables import SyllableCounts

_WORD = re.compile(r"[^\W_]+")
_VOWELS = frozenset("aeiouyăâêôơư")
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_TELEX_TONES = {"f": _GRAVE, "s": _ACUTE, "r": _HOOK, "x": _TILDE, "j": _DOT}
_VNI_TONES = {"2": _GRAVE, "1": _ACUTE, "3": _HOOK, "4": _TILDE, "5": _DOT}
_TONES = frozenset(_TELEX_TONES.values())
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"u": "ư", "o": "ơ"}
_LONGEST = 12  # keys; "nghieengf" has nine


@dataclass(frozen=True, slots=True)
class Reading:
    """Words of a text and what their keys mean: `text[start:end]` is `typed`."""

    start: int
    end: int
    typed: str
    read: str


def _hatted(letters: list[str], key: str) -> bool:
    """Put a circumflex on the last `key` of `letters`; False where there is none."""
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] == key:
            letters[i] = _HATS[key]
            return True
    return False


def _horned(letters: list[str]) -> bool:
    """Horn the last o and u, both of "uo"; False where there is none."""
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] in _HORNS:
            if letters[i] == "o" and i and letters[i - 1] == "u" and letters[: i - 1] != ["q"]:
                letters[i - 1] = "ư"
            letters[i] = _HORNS[letters[i]]
            return True
    return False


def _breved(letters: list[str]) -> bool:
    """Put a breve on the last a; False where there is none."""
    for i in range(len(letters) - 1, -1, -1):
        if letters[i] == "a":
            letters[i] = "ă"
            return True
    return False


def _barred(letters: list[str]) -> bool:
    """Bar the d that a syllable begins with; False for any other."""
    if letters[:1] != ["d"]:
        return False
    letters[0] = "đ"
    return True


def _telex(letters: list[str], key: str) -> bool:
    """Take a Telex key that marks a letter; False where it is a letter itself."""
    if key in _HATS:
        return _hatted(letters, key)
    if key == "d":
        return _barred(letters)
    if key != "w":
        return False
    # "aw" is ă, but the u of "uaw" is what the horn is for: "chuaw" is "chưa".
    if "a" in letters and "u" not in letters and _breved(letters):
        return True
    if not _horned(letters):
        letters.append("ư")
    return True


def _vni(letters: list[str], key: str) -> bool:
    """Take a VNI key that marks a letter; False where it is a letter itself."""
    if key == "6":
        return any(_hatted(letters, vowel) for vowel in _HATS if vowel in letters)
    take = {"7": _horned, "8": _breved, "9": _barred}.get(key)
    return take is not None and take(letters)


def _typed_out(word: str, tones: dict[str, str], mark: Callable[[list[str], str], bool]) -> str | None:
    """Return what the keys of `word` write, in lower case; None where they mark nothing."""
    letters: list[str] = []
    tone = ""
    marked = False
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:  # the keyboard program was on for a part of the word
            tone = char
        elif unicodedata.combining(char):
            letters[-1:] = [unicodedata.normalize("NFC", letters[-1] + char)] if letters else []
        elif char in tones and any(letter in _VOWELS for letter in letters) and not tone:
            tone, marked = tones[char], True
        elif mark(letters, char):
            marked = True
        else:
            letters.append(char)
    return _toned(letters, tone) if marked else None


def _toned(letters: Sequence[str], tone: str) -> str:
    """Return letters with a tone in its traditional place."""
    first = 2 if letters[:2] in (["q", "u"], ["g", "i"]) and any(c in _VOWELS for c in letters[2:]) else 0
    vowels = [i for i, letter in enumerate(letters) if i >= first and letter in _VOWELS]
    if not (vowels and tone):
        return "".join(letters)
    special = [i for i in vowels if letters[i] in "ăâêôơư"]
    if special:
        at = special[-1]
    elif vowels[-1] < len(letters) - 1 or len(vowels) == 1:
        at = vowels[-1]
    else:  # open syllables: "hòa", "thủy", "ngoại"
        at = vowels[len(vowels) // 2 if len(vowels) > 2 else 0]
    return unicodedata.normalize("NFC", "".join(letters[: at + 1]) + tone + "".join(letters[at + 1 :]))


def read_keys(word: str, counts: SyllableCounts) -> str | None:
    """Return the syllable that the keys of `word` write; None where it is one itself, or its keys write none.

    >>> from corpus.words.syllables import shipped_counts
    >>> [read_keys(w, shipped_counts()) for w in ("ddoanf", "Dda3ng", "chir", "đoàn", "Zalo")]
    ['đoàn', None, 'chỉ', None, None]
    """
    if not 1 < len(word) <= _LONGEST or word.isdigit() or counts.count(normalize_text(word.lower())):
        return None
    tones, mark = (_VNI_TONES, _vni) if re.search(r"\d", word) else (_TELEX_TONES, _telex)
    read = _typed_out(word, tones, mark)
    if read is None or not read.isalpha():
        return None
    read = normalize_text(read)
    if not counts.count(read):
        return None
    if word.isupper():
        return read.upper()
    return read[0].upper() + read[1:] if word[0].isupper() else read


def find_readings(text: str, counts: SyllableCounts, known: Callable[[str], bool]) -> list[Reading]:
    """Return what words typed in keys mean, neighbours together, in order.

    A single one may be a foreign word by chance ("test"): it is read as keys only where `known` says that
    the library has the syllable. Words in capitals are abbreviations, and stay.
    """
    found: list[Reading] = []
    for match in _WORD.finditer(text):
        if match[0].isupper() and not text.isupper():
            continue
        if read := read_keys(match[0], counts):
            found.append(Reading(*match.span(), match[0], read))
    if len(found) == 1 and not known(found[0].read.lower()):
        return []
    return _together(text, found)


def _together(text: str, found: Sequence[Reading]) -> list[Reading]:
    """Join readings between which only a space stands."""
    joined: list[Reading] = []
    for one in found:
        if joined and text[joined[-1].end : one.start] == " ":
            last = joined.pop()
            one = Reading(last.start, one.end, f"{last.typed} {one.typed}", f"{last.read} {one.read}")
        joined.append(one)
    return joined
