"""From blocks of text to one text: tables row by row, and where the pages begin.

A form feed in a block marks the first character of a new page; it is not in the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.readers.base import ReadText, agreed_form

PAGE_BREAK = "\f"
# Word processors lay out the letterhead and the signatures as tables; these words tell.
LETTERHEAD = re.compile(
    r"C[ỘÔO]NG\s+H[ÒO][ÀA]\s+X[ÃA]\s+H[ỘO]I|Độc\s+lập\s*[-–]\s*Tự\s+do|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|^\W*Nơi\s+(nhận|gửi)|^\s*(TM|KT|TL|TUQ|Q|T/M|K/T|T/L)[.\s]\s*\w",
    re.MULTILINE,
)
_MOTTO = re.compile(r"C[ỘÔO]NG\s+H[ÒO][ÀA]\s+X[ÃA]\s+H[ỘO]I|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập\s*[-–]")
NUMBER_AND_DATE = re.compile(r"^\s*Số\s*:|ngày\s.{1,14}tháng\s.{1,14}năm\s", re.MULTILINE)
_WORD = re.compile(r"\S")
_SPACE = re.compile(r"\s*\n\s*")

Row = tuple[bool, list[list[str]]]  # is it a header; its cells, each a list of blocks


def join_blocks(text: str, warnings: tuple[str, ...] = (), pages_are_known: bool = True) -> ReadText:
    """Return `text` in its agreed form with its form feeds turned into page starts.

    Without any form feed, or where `pages_are_known` is false, the result has no pages.
    """
    pages = agreed_form(text).strip(" \t\n").split(PAGE_BREAK)
    joined = "".join(pages).rstrip()
    starts, at = [0], 0
    for page in pages[:-1]:
        at += len(page)
        # A page begins with its first word; the blank line before it closed the last one.
        word = _WORD.search(joined, at)
        starts.append(word.start() if word else len(joined))
    lead = len(joined) - len(joined.lstrip())
    starts = [max(0, start - lead) for start in starts if start < len(joined)] or [0]
    return ReadText(joined[lead:], tuple(starts) if len(pages) > 1 and pages_are_known else (), warnings)


def table_blocks(rows: Sequence[Row], ruled: bool | None = None) -> Iterator[str]:
    """Yield a table: one block of "| a | b |" lines, or each cell on its own where it is mere layout.

    Args:
        rows: Whether a header, and the cells; a merged cell has its blocks once and is then empty.
        ruled: Whether lines are drawn between the cells; None where nobody knows.
    """
    rows = [row for row in rows if any(block.strip() for cell in row[1] for block in cell)]
    if not rows:
        return
    if is_layout([cells for _, cells in rows], ruled):
        yield from _laid_out([cells for _, cells in rows])
        return
    width = max(len(cells) for _, cells in rows)
    n_headers = next((i for i, (header, _) in enumerate(rows) if not header), len(rows)) or 1
    lines = [_line(cells, width) for _, cells in rows]
    if len(lines) > n_headers:
        lines.insert(n_headers, "|" + "---|" * width)
    yield "\n".join(lines)


def _laid_out(rows: list[list[list[str]]]) -> Iterator[str]:
    """Yield the blocks row by row; those of the closing, whose columns belong together, column by column."""
    words = "\n".join(block for cells in rows for cell in cells for block in cell)
    if LETTERHEAD.search(words) and not _MOTTO.search(words):
        width = max(len(cells) for cells in rows)
        columns = ([cells[i] for cells in rows if i < len(cells)] for i in range(width))
        rows = list(columns)
    for cells in rows:
        for cell in cells:
            yield from cell


def is_layout(rows: Sequence[list[list[str]]], ruled: bool | None) -> bool:
    """Whether a table only places text side by side, as letterheads and signatures do."""
    width = max(len(cells) for cells in rows)
    if width == 1 or LETTERHEAD.search("\n".join(b for cells in rows for cell in cells for b in cell)):
        return True
    if ruled is None or ruled:
        return ruled is None and len(rows) == 1
    return width == 2 or len(rows) < 3


def _line(cells: list[list[str]], width: int) -> str:
    texts = [_SPACE.sub(" ", " ".join(cell)).strip(" ") for cell in cells]
    return "| " + " | ".join(texts + [""] * (width - len(texts))) + " |"
