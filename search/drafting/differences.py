"""What differs between two wordings, word by word: added, left out, changed; figures and years marked.

The pieces of either side put together are that side to the letter, so that both can be drawn side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from corpus.numbers import find_numbers
from corpus.text import normalize_text
from corpus.words.tokens import find_dates

Op = Literal["same", "changed", "added", "removed"]
About = Literal["words", "figure", "year", "date", "number"]
"""What a piece is of: words, a quantity, a year, a date, or a document's số/ký hiệu."""

# Marks of Markdown and of tables are no words; neither is the bullet of a list item.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%)?|[^\W\d_]+|[^\w\s*#|\\]")
_BULLET = re.compile(r"(?:^|\n)[\s*#|\\]*[-–—+•]+\s")
# "2.1.", "a)", "IV.": renumbering an item changes nothing of what it says.
ITEM = re.compile(
    r"(?:^|\n)[\s*#|\\]*(?P<item>(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVXLC]{1,6}|[a-zđ])\s?[.)/])(?=[\s*]+\S)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURES: frozenset[About] = frozenset({"figure", "year", "date", "number"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark, figure, date or document number; `end` includes the white space behind it."""

    start: int
    end: int
    key: str
    about: About
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece of two texts set side by side.

    Attributes:
        op: "same"; "changed"; "added" stands only in `ours`, "removed" only in `theirs`.
        ours, theirs: The words to the letter, "" where a side has none.
        about: "figure", "year", "date" or "number" where that is what differs; else "words".
        ours_start, theirs_start: Where the pieces begin, in characters of the two texts.
    """

    op: Op
    ours: str
    theirs: str
    about: About
    ours_start: int
    theirs_start: int


def tokens_of(text: str) -> list[Token]:
    """Cut `text` into tokens that together with the white space behind them are all of it.

    Capitals, the place of a tone, markup, bullets and the numbers of list items are no difference.

    >>> [(t.key, t.about) for t in tokens_of("Năm 2021: 780 ĐV, số 5/KH-LĐLĐ")]
    [('năm', 'words'), ('2021', 'year'), (':', 'words'), ('780', 'figure'), ('đv', 'words'), (',', 'words'),\
 ('số', 'words'), ('5/kh-lđlđ', 'number')]
    """
    spans: list[tuple[int, int, str, About]] = []
    taken = -1
    whole: list[tuple[int, int, str, About]] = [
        (m.start, m.end, m.number.lower(), "number") for m in find_numbers(text)
    ]
    whole += [(start, end, iso, "date") for start, end, iso in find_dates(text)]
    whole += [(m.start("item"), m.end("item"), "#", "words") for m in ITEM.finditer(text)]
    bullets = [m.span() for m in _BULLET.finditer(text)]
    for start, end, key, about in sorted(whole):
        if start >= taken:
            spans += [*_plain(text, max(taken, 0), start), (start, end, key, about)]
            taken = end
    spans += _plain(text, max(taken, 0), len(text))
    spans = [s for s in spans if not any(a <= s[0] < b for a, b in bullets)] if bullets else spans
    tokens: list[Token] = []
    for i, (start, _, key, about) in enumerate(spans):
        end = spans[i + 1][0] if i + 1 < len(spans) else len(text)
        mark = about == "words" and not key[0].isalnum()
        tokens.append(Token(0 if i == 0 else start, end, key, about, mark))
    return tokens


def _plain(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, About]]:
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        about: About = "words"
        if word[0].isdigit():
            about = "year" if _YEAR.fullmatch(word) else "figure"
        yield match.start(), match.end(), _key(word), about


@lru_cache(1 << 16)
def _key(word: str) -> str:
    if word[0].isdigit():
        # "01" and "1", "1.500" and "1500" say the same.
        bare = re.sub(r"\.(?=\d{3}(?!\d))|\s", "", word)
        return bare.lstrip("0") if bare.lstrip("0")[:1].isdigit() else "0" + bare.lstrip("0")
    return {"–": "-", "—": "-", "”": '"', "“": '"'}.get(word, normalize_text(word).lower() or word)


def differences(ours: str, theirs: str) -> tuple[Difference, ...]:
    """Return the pieces of two texts in order; the two sides of all pieces are the two texts.

    >>> [(d.op, d.ours, d.theirs, d.about) for d in differences("kết nạp 780 người", "kết nạp 500 người")]
    [('same', 'kết nạp ', 'kết nạp ', 'words'), ('changed', '780 ', '500 ', 'figure'), \
('same', 'người', 'người', 'words')]
    """
    a, b = tokens_of(ours), tokens_of(theirs)
    pieces: list[Difference] = []
    for same, a1, a2, b1, b2 in _runs(a, b):
        parts = [(a1, a2, b1, b2)] if same else _paired_figures(a, b, a1, a2, b1, b2)
        pieces += [_piece(ours, theirs, a, b, same, part) for part in parts]
    if not a and not b and (ours or theirs):  # white space alone
        op: Op = "changed" if ours and theirs else "added" if ours else "removed"
        pieces.append(Difference("same" if ours == theirs else op, ours, theirs, "words", 0, 0))
    elif pieces and (not a or not b):
        first = pieces[0]
        pieces[0] = Difference(
            "changed" if ours and theirs else first.op,
            ours if not a else first.ours,
            theirs if not b else first.theirs,
            first.about,
            0,
            0,
        )
    return tuple(pieces)


_Run = tuple[bool, int, int, int, int]


def _runs(a: Sequence[Token], b: Sequence[Token]) -> list[_Run]:
    """Return (whether the same, span of a, span of b), with chance agreements made part of the change."""
    matcher = SequenceMatcher(None, [t.key for t in a], [t.key for t in b], autojunk=False)
    codes: list[_Run] = [(op == "equal", a1, a2, b1, b2) for op, a1, a2, b1, b2 in matcher.get_opcodes()]
    runs: list[_Run] = []
    for i, (same, a1, a2, b1, b2) in enumerate(codes):
        between = 0 < i < len(codes) - 1
        if same and between and _by_chance(a[a1:a2], codes[i - 1], codes[i + 1]):
            same = False
        if runs and runs[-1][0] == same:
            runs[-1] = (same, runs[-1][1], a2, runs[-1][3], b2)
        else:
            runs.append((same, a1, a2, b1, b2))
    return runs


def _by_chance(agreed: Sequence[Token], before: _Run, after: _Run) -> bool:
    """Whether a word or two between long changes agree only because every sentence has them ("và", ",")."""
    if any(token.about in _FIGURES for token in agreed):
        return False
    words = sum(not token.mark for token in agreed)
    if words > 1:
        return False
    least = 3 if words else 1
    return all(max(run[2] - run[1], run[4] - run[3]) >= least for run in (before, after))


def _paired_figures(
    a: Sequence[Token], b: Sequence[Token], a1: int, a2: int, b1: int, b2: int
) -> list[tuple[int, int, int, int]]:
    """Cut a changed stretch at its figures where both sides have as many of each sort, in one order."""
    ours = [i for i in range(a1, a2) if a[i].about in _FIGURES]
    theirs = [i for i in range(b1, b2) if b[i].about in _FIGURES]
    if not ours or [a[i].about for i in ours] != [b[i].about for i in theirs]:
        return [(a1, a2, b1, b2)]
    parts: list[tuple[int, int, int, int]] = []
    for i, j in zip(ours, theirs, strict=True):
        parts += [(a1, i, b1, j), (i, i + 1, j, j + 1)]
        a1, b1 = i + 1, j + 1
    return [part for part in (*parts, (a1, a2, b1, b2)) if part[0] < part[1] or part[2] < part[3]]


def _piece(
    ours: str,
    theirs: str,
    a: Sequence[Token],
    b: Sequence[Token],
    same: bool,
    part: tuple[int, int, int, int],
) -> Difference:
    a1, a2, b1, b2 = part
    start_a, start_b = _offset(a, a1, ours), _offset(b, b1, theirs)
    said_a, said_b = ours[start_a : _offset(a, a2, ours)], theirs[start_b : _offset(b, b2, theirs)]
    alike = [t.key for t in a[a1:a2]] == [t.key for t in b[b1:b2]]
    op: Op = (
        "same" if same or alike else "changed" if a1 < a2 and b1 < b2 else "added" if a1 < a2 else "removed"
    )
    abouts = {t.about for t in (*a[a1:a2], *b[b1:b2])} & _FIGURES if op != "same" else set()
    figures: Sequence[About] = [about for about in ("number", "date", "figure", "year") if about in abouts]
    return Difference(op, said_a, said_b, figures[0] if figures else "words", start_a, start_b)


def _offset(tokens: Sequence[Token], i: int, text: str) -> int:
    return tokens[i].start if i < len(tokens) else len(text)


def figures_in(text: str) -> list[tuple[int, int, Token]]:
    """Return (start, end, token) of the figures, years, dates and document numbers in a text."""
    found: list[tuple[int, int, Token]] = []
    for token in tokens_of(text):
        if token.about in _FIGURES:
            words = text[token.start : token.end]
            first = len(words) - len(words.lstrip(" \n\t*_#|\\"))
            found.append((token.start + first, token.start + len(words.rstrip(" \n\t*_#|\\")), token))
    return found


def likeness(ours: Counter[str], theirs: Counter[str]) -> float:
    """Return how much two bags of words share, in [0, 1]: twice what is common over all there is."""
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def words_in(text: str) -> Counter[str]:
    """Return the words and figures of a text as a bag, marks left out."""
    return _bag(text).copy()


@lru_cache(4096)
def _bag(text: str) -> Counter[str]:
    return Counter(_key(word) for word in _TOKEN.findall(text) if word[0].isalnum())
