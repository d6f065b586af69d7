"""Sentences and list items as spans of the raw text, markup and line breaks included.

A sentence torn in two by a page break or by hard line ends is one span again; a list item,
a heading or a line of an address block is never joined to the next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from corpus.structure.lines import Line, is_page_number, split_lines

Span = tuple[int, int]

# What a line begins with when it begins something of its own.
_OPENS = re.compile(
    r"(?:[-–—+•●▪◦○·*|]|\(?[a-zđ0-9]{1,2}\)|[a-zđ][./]\s|\d{1,2}(?:\.\d{1,2})*\.\s|\d{1,2}\.\d{1,2}\s"
    r"|[IVXLC]{1,6}\s?[.)/–-]\s?|(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVX]+\s?(?:[.:]|$)|<sup>|\[\^?\d)"
)
_CLOSES = re.compile(r"[.!?…:;][\"'”’»)\]]*$|\./\.$")
# Words that cannot end a sentence: what follows them on the next line belongs to them.
_DANGLING = re.compile(
    r"(?:,|\b(?:và|hoặc|của|các|những|cho|với|về|tại|trong|do|để|là|được|theo|từ|đến|số|ngày|năm|bằng"
    r"|một|khi|nhằm))$",
    re.IGNORECASE,
)
_TORN_WORD = re.compile(r"\w-$")
_YEAR_END = re.compile(r"(?:19|20)\d\d$|năm \d+$|[IVX]+$")
# The mark of a footnote after the stop still belongs to the sentence before it.
_NOTE_MARK = r"(?:[^\S\n]?(?:<sup>[^<\n]{1,8}</sup>|\[\^[^\]\n]{1,20}\](?!:)))"
_END = re.compile(rf"(?:\./\.|[.!?…]+)[\"'”’»)\]*_]*{_NOTE_MARK}*(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘«(\[*_#<]*(?:sup>\d+</sup>\s*)?(\S)")
# A full stop after these does not end a sentence: shortened words, initials, list numbers.
_SHORT = re.compile(
    r"(?:^|[\s(“\"*])(?:TP|Tp|TX|TT|Q|P|X|H|Đ/c|đ/c|Ths|ThS|TS|PGS|GS|KS|CN|BS|TM|T/M|KT|TL|TUQ|Mr"
    r"|Mrs|No|St|tr|vv|v\.v"
    r"|[A-ZĐ]|[IVXLC]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])$"
)
_LIST_NUMBER = re.compile(r"(?:Điều|Khoản|Mục)\s+\d{1,3}$")
_WRAPPED = 60  # characters; a line at least this long may have been broken at the margin


def split_paragraphs(text: str) -> list[Span]:
    """Return the spans no sentence runs across: items, headings, paragraphs made whole."""
    spans: list[Span] = []
    previous: Line | None = None
    lines = list(split_lines(text))
    for line, following in zip_longest(lines, lines[1:]):
        if previous and following and is_page_number(line) and continues(previous, following):
            continue  # the number of the page that tears the sentence lies within its span
        if previous is not None and continues(previous, line):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
        previous = line
    return spans


def continues(previous: Line, line: Line) -> bool:
    """True where `line` carries on the sentence that `previous` left open."""
    if line.bullet or line.strong or _OPENS.match(line.text):
        return False
    first = next((char for char in line.text if char.isalnum()), "")
    ended = bool(_CLOSES.search(previous.text))
    if line.text[0] in "([" and not ended and line.after_gap:
        return not previous.text.isupper() and not previous.strong
    if first.islower():
        # ";" before a small letter: the page ended inside a list within a sentence.
        return not ended or (previous.text.endswith((";", "…", "...")) and not previous.bullet)
    if ended or previous.text.isupper():
        return False
    if _TORN_WORD.search(previous.text):
        return True
    if _DANGLING.search(previous.text):
        return not (line.after_gap and len(previous.text) < _WRAPPED)  # a short line is a heading
    if line.after_gap:
        # A number waiting for what it counts ("778/778", then "CĐCS ..."), but not a year.
        return first.isalpha() and previous.text[-1:].isdigit() and not _YEAR_END.search(previous.text)
    return len(previous.text) >= _WRAPPED and not line.text.isupper()


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """True where the full stop at `match` ends a sentence that began at `start`."""
    following = _NEXT.match(text, match.end())
    if not following:
        return False
    char = following[1]
    if not (char.isupper() or char.isdigit()):
        return False
    before = text[max(start, match.start() - 12) : match.start()]
    if match[0].startswith("."):
        if not match[0].startswith(("..", "./.")) and (
            _SHORT.search(before) and not _ends_number(before, char)
        ):
            return False
        if _LIST_NUMBER.search(before):
            return False
    return True


def _ends_number(before: str, following: str) -> bool:
    """True where digits before the stop end a sentence ("... đạt 95. Các cấp"), not number a list item."""
    inside = re.search(r"\w[\s,]+(?:\w+[/.,%]?)?\d+$", before)
    return inside is not None and following.isupper()


def split_sentences(text: str) -> list[Span]:
    """Return the half-open span of every sentence and list item, in order.

    Spans hold no white space at their ends, do not overlap, and together hold every word.

    >>> text = "- Ban hành kế hoạch. Báo cáo trước\\n\\nngày 10/12/2021;\\n- Lưu VT."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['- Ban hành kế hoạch.', 'Báo cáo trước\\n\\nngày 10/12/2021;', '- Lưu VT.']
    """
    return list(_sentences(text))


@lru_cache(maxsize=2)
def _sentences(text: str) -> tuple[Span, ...]:
    """The same; citations and targets are looked for in the sentences of one text, after each other."""
    spans: list[Span] = []
    for start, end in split_paragraphs(text):
        at = start
        for match in _END.finditer(text, start, end):
            if match.end() < end and _is_end(text, at, match):
                spans.append((at, match.end()))
                at = match.end()
                while at < end and text[at].isspace():
                    at += 1
        if at < end:
            spans.append((at, end))
    return tuple(spans)


def split_clauses(text: str) -> list[Span]:
    """Return the spans of `split_sentences`, cut also after every ";" outside brackets.

    >>> text = "Đạt 90%; (trong đó nữ; trẻ) 20%."
    >>> [text[a:b] for a, b in split_clauses(text)]
    ['Đạt 90%;', '(trong đó nữ; trẻ) 20%.']
    """
    spans: list[Span] = []
    for start, end in split_sentences(text):
        at, depth = start, 0
        for match in re.finditer(r"[();]", text[start:end]):
            depth += {"(": 1, ")": -1}.get(match[0], 0)
            depth = max(depth, 0)
            cut = start + match.end()
            if match[0] == ";" and depth == 0 and text[cut:end].strip():
                spans.append((at, cut))
                at = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        spans.append((at, end))
    return spans
