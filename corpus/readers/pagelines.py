"""From the lines of a printed page to paragraphs, by where the lines stand.

A page knows lines, not paragraphs. A line goes on in the next one when the next one's first
word would not have fitted at its end, and nothing says that something new begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.readers.layout import LETTERHEAD, NUMBER_AND_DATE, PAGE_BREAK
from corpus.text import fold

# What begins something of its own, wherever it stands: list marks, numbers, headings, table rows.
_OPENS = re.compile(
    r"\s*(?:[-–—+•●▪◦○·*|]\s?\D|\(?[a-zđ0-9]{1,2}\)|[a-zđ]\.\s|\d{1,2}(?:\.\d{1,2})*\.\s|[IVXLC]{1,6}\s?[.)/–-]\s"
    r"|(?:Điều|Chương|Mục|Phần|Phụ lục)\s+[\dIVX]+|<sup>)"
)
_NOTE = re.compile(r"\d{1,2}")
_NOTE_TEXT = re.compile(r"(\d{1,2})\s*[^\W\d_]")
_MARK = re.compile(r"(?<!^)<sup>(\d{1,2})</sup>")
_UNIT = re.compile(r"\b[kcdm]?m$")
_LABEL = re.compile(
    r"[-–+•●]|\(?[a-zđ0-9]{1,2}\)|[a-zđ]\.|\d{1,2}(?:\.\d{1,2})*\.|[IVXLC]{1,6}\s?[.)/–-]|Điều \d+\."
)
_PAGE_NUMBER = re.compile(r"\W*(?:trang|page)?\W*(\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
COLUMN_GAP = 2.0  # in sizes of type; justified lines stretch their spaces to less
_TABLE_CELLS, _TABLE_ROWS = 3, 3  # fewer are items, letterheads and signatures
_WRAPPED = 40  # characters; shorter lines end where their writer ended them
_ENDED = re.compile(r"[.!?:;][\"'”’»)]*$|\./\.$")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page, or the part of it in one column; in points or pixels, y growing upwards.

    Attributes:
        left, right: Where its first letter begins and its last one ends.
        base: The height of its baseline.
        size: The size of its type.
    """

    text: str
    left: float
    right: float
    base: float
    size: float


def arrange(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Put the pieces of each row together: fragments become words, cells are parted by tabs.

    Where the row belongs to a letterhead or to the signatures, the left column is read
    before the right one.
    """
    rows: list[list[PrintedLine]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if last is None or not _beside(last, line):
            rows.append([line])
        elif line.left - last.right > COLUMN_GAP * line.size or begins_right_column(line.text):
            rows[-1].append(line)
        else:
            rows[-1][-1] = _glue(last, line)
    arranged: list[PrintedLine] = []
    i = 0
    while i < len(rows):
        if len(rows[i]) == 2 and _is_letterhead("\n".join(piece.text for piece in rows[i])):
            block, i = _side_by_side(rows, i)
            arranged += block
        else:
            cells = rows[i]
            is_item = len(cells) == 2 and _LABEL.fullmatch(cells[0].text.strip())
            text = (" " if is_item else "\t").join(cell.text for cell in cells)
            arranged.append(replace(cells[0], text=text, right=cells[-1].right))
            i += 1
    return arranged


def begins_right_column(text: str) -> bool:
    """Whether `text` is the right side of a letterhead, however near it stands to the left one.

    In capitals only: sentences speak of "nước Cộng hòa xã hội chủ nghĩa Việt Nam" too.
    """
    return text.isupper() and fold(text).startswith(("cong hoa xa", "dang cong san"))


def _is_letterhead(text: str) -> bool:
    return bool(LETTERHEAD.search(text) or NUMBER_AND_DATE.search(text))


def _glue(line: PrintedLine, following: PrintedLine) -> PrintedLine:
    """Join two fragments of a row; a small raised number is the mark of a footnote."""
    texts = [line.text, following.text]
    if _NOTE.fullmatch(following.text) and following.size < 0.8 * line.size and not _UNIT.search(line.text):
        texts[1] = f"<sup>{following.text}</sup>"
    elif _NOTE.fullmatch(line.text) and line.size < 0.8 * following.size:
        texts[0] = f"<sup>{line.text}</sup>"
    space = " " if following.left - line.right > 0.22 * following.size else ""
    return replace(
        line,
        text=space.join(texts),
        right=following.right,
        base=min(line.base, following.base),
        size=max(line.size, following.size),
    )


def _beside(line: PrintedLine, following: PrintedLine) -> bool:
    """Whether `following` stands on the same row, to the right; a raised number still does."""
    return (
        abs(line.base - following.base) < 0.55 * max(line.size, following.size)
        and following.left > line.right - 0.3 * following.size
    )


def _side_by_side(rows: list[list[PrintedLine]], i: int) -> tuple[list[PrintedLine], int]:
    """Read two columns from row `i` on, one after the other; return them and the row they end before."""
    left, right = [rows[i][0]], [rows[i][1]]
    i += 1
    while i < len(rows):
        # The gap between the columns, as narrow as the rows so far have made it.
        begins, ends = max(line.right for line in left), min(line.left for line in right)
        cells = rows[i]
        if len(cells) == 2 and cells[0].right < ends and cells[1].left > begins:
            left.append(cells[0])
            right.append(cells[1])
        elif len(cells) == 1 and cells[0].right < ends and cells[0].left < begins:
            left.append(cells[0])
        elif len(cells) == 1 and cells[0].left > begins:
            right.append(cells[0])
        else:
            break
        i += 1
    return left + right, i


def text_of_pages(pages: Sequence[Sequence[PrintedLine]]) -> str:
    """Return the text of all pages, paragraphs made whole, a form feed before each further page."""
    return _join(_drop_page_numbers([_mark_tables(_mark_notes(arrange(lines))) for lines in pages]))


def _mark_tables(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Write rows that make a table, three or more of as many cells, as "| a | b | c |", the header first."""
    marked: list[PrintedLine] = []
    for n_cells, group in groupby(lines, key=lambda line: line.text.count("\t") + 1):
        rows = list(group)
        if n_cells < _TABLE_CELLS or len(rows) < _TABLE_ROWS:
            marked += rows
            continue
        rows = [
            replace(row, text=f"| {' | '.join(map(str.strip, row.text.split(chr(9))))} |") for row in rows
        ]
        marked += [rows[0], replace(rows[0], text="|" + "---|" * n_cells), *rows[1:]]
    return marked


def _mark_notes(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Mark the footnotes at the foot of a page whose numbers are not raised there but were in its text."""
    open_marks: set[str] = set()
    marked: list[PrintedLine] = []
    for line in lines:
        begins = _NOTE_TEXT.match(line.text)
        apart = bool(marked) and marked[-1].base - line.base > 1.8 * line.size
        if begins and begins[1] in open_marks and (apart or marked[-1].text.startswith("<sup>")):
            line = replace(line, text=f"<sup>{begins[1]}</sup>{line.text[begins.end(1) :]}")
        if "<sup>" in line.text:
            open_marks.update(_MARK.findall(line.text))
        marked.append(line)
    return marked


def _drop_page_numbers(pages: Sequence[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """Return the pages without the line, first or last, that only counts them."""
    found: list[tuple[int, int, int]] = []  # page, place of the line, offset of its number from the page's
    for number, lines in enumerate(pages, start=1):
        for place in {0, len(lines) - 1} if lines else ():
            if match := _PAGE_NUMBER.fullmatch(lines[place].text.strip()):
                found.append((number, place, int(match[1]) - number))
    if not found:
        return [list(lines) for lines in pages]
    offset, times = Counter(offset for _, _, offset in found).most_common(1)[0]
    counting = {(page, place) for page, place, at in found if at == offset and (times > 1 or offset == 0)}
    return [
        [line for place, line in enumerate(lines) if (number, place) not in counting]
        for number, lines in enumerate(pages, start=1)
    ]


def _join(pages: Sequence[list[PrintedLine]]) -> str:
    pieces: list[str] = []
    last: PrintedLine | None = None
    last_margins = (0.0, 0.0)
    breaks = ""
    for number, lines in enumerate(pages):
        breaks += PAGE_BREAK if number else ""
        margins = _margins(lines)
        for line in lines:
            if last is None:
                glue = ""
            elif breaks:
                # Across pages only a sentence that is plainly not over is joined.
                goes_on = _goes_on(last, last_margins, line, margins) and not _ENDED.search(last.text)
                glue = " " if goes_on else "\n\n"
            elif _goes_on(last, margins, line, margins):
                glue = " "
            else:
                glue = "\n\n" if last.base - line.base > 2 * line.size else "\n"
            pieces += [glue, breaks, line.text]
            breaks = ""
            last, last_margins = line, margins
    return "".join(pieces) + breaks


def _margins(lines: Sequence[PrintedLine]) -> tuple[float, float]:
    """The left and right edge of the running text: where most lines begin, and where the long ones end."""
    if not lines:
        return 0.0, 0.0
    longest = max(line.right - line.left for line in lines)
    long_lines = [line for line in lines if line.right - line.left > 0.7 * longest]
    lefts, rights = sorted(line.left for line in long_lines), sorted(line.right for line in long_lines)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _goes_on(
    line: PrintedLine, margins: tuple[float, float], following: PrintedLine, its_margins: tuple[float, float]
) -> bool:
    """Whether `following` carries on the paragraph of `line`."""
    larger, smaller = max(line.size, following.size), min(line.size, following.size)
    if (
        line.text.startswith("|")
        or _OPENS.match(following.text)
        or larger > 1.3 * smaller
        or "\t" in line.text + following.text
    ):
        return False
    pitch = line.base - following.base
    if margins is its_margins and not 0.5 * larger < pitch < 2.3 * larger:
        return False  # beside or above what came before, or after a gap
    # An indented line begins a paragraph; a line that begins left of its margin is out of the text.
    if abs(following.left - its_margins[0]) > 0.02 * (its_margins[1] - its_margins[0]):
        return False
    if len(line.text) < _WRAPPED:
        return False
    letter = (line.right - line.left) / max(len(line.text), 1)
    first_word = following.text.split(maxsplit=1)[0] if following.text.strip() else ""
    return line.right + letter * (len(first_word) + 1) > margins[1]
