"""A text's lines as structure sees them: where each stands, and its words without markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text import collapse

# "-", "+", "•" and the like before a space; "*" too, also escaped, when it does not open bold.
_BULLET = re.compile(
    r"[\s#>]*(?:\*\*\s*)?(?P<mark>[-–—+•●▪◦○·]|\\?\*(?!\*)(?=\s)|\\\*|\*\*\s(?=[^*\n]+\*\s*$))\s*"
)
# Between the columns of a line: table marks, tabs, wide gaps, breaks within a Markdown cell.
_CELLS = re.compile(r"\s*\|\s*|\t+|\s{4,}|\s*<br\s{0,3}/?>\s*")
# "ngày      tháng      năm": room left to fill in is no gap between columns.
_ROOM = re.compile(r"(?i:(ngày|tháng|năm|số\s?:?))[\s._…]{2,}")
_PAGE_NUMBER = re.compile(r"(?i:[-–—\s]*(?:trang\s)?\d{1,4}(?:\s?/\s?\d{1,4})?[-–—\s.]*)")
_TABLE_RULE = re.compile(r"[|\s:\-=_+*.~–—…]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        start, end: Half-open span in the text, white space at both ends left out.
        text: Its words: no markup, single spaces, one tone placement.
        bullet: The list mark it begins with ("-", "+", "*"...), or "".
        after_gap: True where a blank line, or the beginning of the text, stands before it.
        strong: True for a Markdown heading or a line that begins bold.
    """

    start: int
    end: int
    text: str
    bullet: str
    after_gap: bool
    strong: bool


def bullet_of(raw: str) -> str:
    """Return the list mark a line begins with, or "".

    >>> bullet_of("- Ban Thường vụ"), bullet_of("\\\\* *Gửi bản giấy:*"), bullet_of("**Nơi nhận:**")
    ('-', '*', '')
    """
    match = None if raw[:1].isalnum() else _BULLET.match(raw)
    if not match or not raw[match.end() :].strip():
        return ""
    mark = match["mark"]
    # "-5 độ", "–" glued to a word: a sign or a dash. "+" is glued to its word often enough.
    if (
        mark in "-–—"
        and not raw[match.end("mark") :][:1].isspace()
        and raw[match.end("mark") :][:1].isdigit()
    ):
        return ""
    return "*" if "*" in mark else mark


def split_cells(raw: str) -> list[str]:
    """Return the words of each cell of a line, for lines that hold two columns or a table's row.

    >>> split_cells("| **Số: 12** | Sơn La, ngày     tháng     năm 2024 |")
    ['Số: 12', 'Sơn La, ngày tháng năm 2024']
    """
    return [words for cell in _CELLS.split(_ROOM.sub(r"\1 ", raw)) if (words := collapse(cell))]


def is_page_number(line: Line) -> bool:
    """True for a line that can be nothing but a page's number: "2", "- 2 -", "Trang 2/5"."""
    return _PAGE_NUMBER.fullmatch(line.text) is not None


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines of `text` that hold at least one word, in order."""
    at, gap = 0, True
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        body = raw.strip()
        words = collapse(body) if body else ""
        if not words or (not words[0].isalnum() and _TABLE_RULE.fullmatch(words)):
            gap = True  # a blank line, or a rule drawn under the letterhead
            continue
        start += len(raw) - len(raw.lstrip())
        yield Line(start, start + len(body), words, bullet_of(body), gap, body.startswith(("#", "**", "__")))
        gap = False
