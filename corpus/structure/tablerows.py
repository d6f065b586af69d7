"""A row of a table in words: each cell with the head of its column, for a person who sees only the row.

In the text a table stays what readers make of it, lines "| a | b |" with the header first, so
that a quotation is to the letter; what is said here is derived from it and never quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import collapse

_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+\s*")
# "(1) (2) (3=1+2)" under the heads.
_NUMBERS = re.compile(r"\(?\d{1,2}\)?|\(?[A-Za-z]\)?|\(?\d{1,2}\s?=.{1,20}\)?")
_MOST_ROWS = 2000  # above a row, in which its header is looked for


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row and the header above it.

    Attributes:
        start, end: Span of the row's line in the text.
        head_start, head_end: Span of the header's lines; equal where the row is the header.
        cells: (head, words) of each cell that is not empty; "" for a column without a head.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    cells: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """The row for people: "Chỉ tiêu: Đoàn viên mới; Năm 2023: 350"."""
        return "; ".join(f"{head}: {words}" if head else words for head, words in self.cells)


def row_at(text: str, offset: int) -> TableRow | None:
    """Return the table's row that holds `offset`; None where that is no row of a table.

    >>> text = "| Chỉ tiêu | Năm 2023 |\\n|---|---|\\n| Đoàn viên mới | 350 |"
    >>> row_at(text, 50).words
    'Chỉ tiêu: Đoàn viên mới; Năm 2023: 350'
    """
    start, end = _line(text, offset)
    if not _is_row(text[start:end]) or _RULE.fullmatch(text[start:end]):
        return None
    above: list[tuple[int, int]] = []
    at = start
    while at > 0 and len(above) < _MOST_ROWS:
        span = _line(text, at - 1)
        if not _is_row(text[slice(*span)]):
            break
        above.append(span)
        at = span[0]
    above.reverse()
    rules = [i for i, span in enumerate(above) if _RULE.fullmatch(text[slice(*span)])]
    header = above[: rules[0]] if rules else []
    cells = _cells(text[start:end])
    if not header:  # the header itself, or a table without one
        return TableRow(start, end, start, start, tuple(("", cell) for cell in cells if cell))
    heads = _heads([_cells(text[slice(*span)]) for span in header], len(cells))
    paired = tuple((head, cell) for head, cell in zip(heads, cells, strict=True) if cell)
    return TableRow(start, end, header[0][0], header[-1][1], paired)


def _line(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def _is_row(line: str) -> bool:
    return line.startswith("|") and line.rstrip().endswith("|") and line.count("|") > 2


def _cells(line: str) -> list[str]:
    return [collapse(cell) for cell in line.strip().strip("|").split("|")]


def _heads(rows: list[list[str]], width: int) -> list[str]:
    """Return the head of each column; a head that spans several columns is said of each of them."""
    heads: list[list[str]] = [[] for _ in range(width)]
    rows = [row for row in rows if not all(_NUMBERS.fullmatch(cell) for cell in row if cell)] or rows
    for number, row in enumerate(rows):
        last = ""
        for column in range(width):
            words = row[column] if column < len(row) else ""
            below = any(len(r) > column and r[column] for r in rows[number + 1 :])
            last = words or (last if below else "")
            if last and last not in heads[column]:
                heads[column].append(last)
    return [" – ".join(words) for words in heads]
