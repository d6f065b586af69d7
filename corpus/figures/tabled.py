"""Chỉ tiêu and results that stand in tables: one row a cell with a number.

A table is a run of lines "| a | b |" with its header first. One column names what is counted,
another may hold the unit ("ĐVT"), and the header over a number says whether it was planned or done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.figures.periods import find_periods
from corpus.figures.quantities import Quantity, find_quantities
from corpus.text import collapse

Aim = Literal["target", "result"]

_ROW = re.compile(r"^\|.*\|[^\S\n]*$", re.MULTILINE)
_CELL = re.compile(r"(?<=\|)[^|\n]*(?=\|)")
_RULE = re.compile(r"[\s:|\-=]*")
_ORDER = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"(?:đơn vị tính|đvt|đv tính|đơn vị)\.?", re.IGNORECASE)
_NOTE_HEAD = re.compile(
    r"ghi chú|thời gian|thời hạn|ngày|phụ trách|điện thoại|tài khoản|năm sinh|họ (?:và )?tên|số hiệu",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu|giao|phấn đấu|mục tiêu|KH|dự toán)(?!\w)", re.IGNORECASE)
_DONE = re.compile(
    r"(?<!\w)(?:thực hiện|kết quả|đạt|TH|số lượng|tổng số|so với|hoàn thành)(?!\w)", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:[≥≤<>]=?\s?|(?:trên|dưới|ít nhất|từ)\s)?\d[\d.,]*(?:\s?/\s?\d[\d.,]*)?(?:\s?%)?(?:\strở lên)?",
    re.IGNORECASE,
)
# What a head says that is told elsewhere: whether it was planned or done, when, and in what unit.
_MEANING_NOTHING = re.compile(
    r"(?<!\w)(?:kế hoạch|chỉ tiêu|kết quả|thực hiện|phấn đấu|mục tiêu|số lượng|giao|KH|TH|năm|quý\s[IV]+|đến"
    r"|(?:19|20)\d\d|mức)(?!\w)|\([^()]{1,12}\)",
    re.IGNORECASE,
)
_SCALED_UNIT = {
    "nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tr": 1_000_000, "trđ": 1_000_000, "tỷ": 1_000_000_000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, and where they stand in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableValue:
    """A number in a table and what its row and column say of it.

    Attributes:
        subject: The row's name, and the column's head where that says more.
        quantity: Comparator, value and unit; its offsets mean nothing.
        aim: "target", "result", or None where the head says neither.
        period: As the head says; None where it says none.
        of_goals: The column of names is headed "Chỉ tiêu": in a plan its numbers are goals.
        start, end: Span in the text, from the row's name to the number.
    """

    subject: str
    quantity: Quantity
    aim: Aim | None
    period: str | None
    start: int
    end: int
    of_goals: bool = False


def find_tables(text: str) -> Iterator[list[list[Cell]]]:
    """Yield each table as its rows of cells, ruled lines left out."""
    rows: list[list[Cell]] = []
    last = -1
    for match in _ROW.finditer(text):
        if rows and match.start() > last + 1:
            yield rows
            rows = []
        last = match.end()
        if not _RULE.fullmatch(match[0]):
            rows.append([_cell(c) for c in _CELL.finditer(text, *match.span())])
    if rows:
        yield rows


def _cell(match: re.Match[str]) -> Cell:
    words = match[0].strip()
    start = match.start() + match[0].find(words)
    return Cell(collapse(words), start, start + len(words))


def table_values(rows: list[list[Cell]], year: str = "") -> Iterator[TableValue]:
    """Yield the numbers of one table, row by row; none where no column names what is counted.

    Args:
        year: The year meant where a head says a quarter alone.
    """
    heads, body = _heads(rows)
    name = _name_column(heads, body)
    if name is None:
        return
    units = next((i for i, head in enumerate(heads) if _UNIT_HEAD.fullmatch(head) and i != name), None)
    columns = [i for i, head in enumerate(heads) if i not in (name, units) and not _skipped(head)]
    several = len(columns) > 1
    for row in body:
        if len(row) != len(heads) or not row[name].text:
            continue
        unit = row[units].text if units is not None else ""
        subject, named_unit = _named(row[name].text)
        for i in columns:
            said_unit = _bracketed(heads[i]) or unit or named_unit
            if (quantity := _number(row[i].text, said_unit)) is not None:
                more = _MEANING_NOTHING.sub("", heads[i]).strip(" ():-–/,") if several else ""
                yield TableValue(
                    subject=f"{subject} ({heads[i]})" if more else subject,
                    quantity=quantity,
                    aim=_aim(heads[i]),
                    period=_period(heads[i], year),
                    start=min(row[name].start, row[i].start),
                    end=row[i].end,
                    of_goals=bool(_PLANNED.search(heads[name])),
                )


def _named(words: str) -> tuple[str, str]:
    """Return a row's name and the unit in brackets behind it: "Số vụ tranh chấp (vụ)"."""
    match = re.fullmatch(r"(.+?)\s?\(((?:ĐVT|đvt|đơn vị tính)?:?\s?[^()\d]{1,25})\)", words)
    if not match or len(match[2].split()) > 3:
        return words, ""
    return match[1], re.sub(r"^(?:ĐVT|đvt|đơn vị tính):?\s?", "", match[2])


def _period(head: str, year: str) -> str | None:
    """Return the time a head says: "quý I", "năm 2024", or one bare year ("TH 2024")."""
    if periods := find_periods(head, year):
        return periods[0].value
    years = set(re.findall(r"(?<![\d/])(?:19|20)\d\d(?![\d/])", head))
    return years.pop() if len(years) == 1 else None


def _heads(rows: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """Return the words over each column and the rows below; a head may take two lines."""
    heads = [cell.text for cell in rows[0]]
    at = 1
    while at < min(3, len(rows)) and len(rows[at]) == len(heads) and _is_head(rows[at]):
        under = [cell.text for cell in rows[at]]
        if not all(re.fullmatch(r"\(?\w{0,2}\)?", words) for words in under):  # "(1) (2) (3)" says nothing
            heads = [" ".join(dict.fromkeys(w for w in pair if w)) for pair in zip(heads, under, strict=True)]
        at += 1
    return heads, rows[at:]


def _is_head(row: list[Cell]) -> bool:
    numbers = any(re.search(r"\d", cell.text) and _number(cell.text, "") is not None for cell in row)
    return not numbers or all(re.fullmatch(r"\(?\w{0,2}\)?", cell.text) for cell in row)


def _name_column(heads: list[str], body: list[list[Cell]]) -> int | None:
    """Return the first column of words that is neither the order nor the unit; None where there is none."""
    for i, head in enumerate(heads):
        cells = [row[i].text for row in body if len(row) == len(heads) and row[i].text]
        words = [cell for cell in cells if re.search(r"[^\W\d_]{2}", cell)]
        order = _ORDER.fullmatch(head) or head.lower() in ("đơn vị tính", "đvt", "đv tính")
        if head and len(words) * 2 > len(cells) and not order:
            return i
    return None


def _skipped(head: str) -> bool:
    return not head or bool(_ORDER.fullmatch(head) or _NOTE_HEAD.search(head))


def _aim(head: str) -> Aim | None:
    """Return what a head says of its numbers; "% so với kế hoạch" is of what was done."""
    if _DONE.search(head):
        return "result"
    return "target" if _PLANNED.search(head) else None


def _bracketed(head: str) -> str:
    match = re.search(r"\(([^()]{1,30})\)", head)
    return match[1] if match else ("%" if "%" in head or head.lower().startswith("tỷ lệ") else "")


def _number(cell: str, unit: str) -> Quantity | None:
    """Read a cell that is a number and nothing else, in the unit its row or head says."""
    if not _NUMBER.fullmatch(cell):
        return _worded(cell)
    # "là ... mục" makes a sentence of the bare number, for the one reader of numbers there is.
    found = find_quantities(f"là {cell} mục") or find_quantities(f"là {cell}")
    if len(found) != 1:
        return None
    (quantity,) = found
    if quantity.unit:
        return quantity
    scale = re.match(r"(nghìn|ngàn|triệu|trđ|tr|tỷ)(?!\w)\s?(đồng|đ)?", unit, re.IGNORECASE)
    if scale and "/" not in quantity.value and "-" not in quantity.value:
        value = Decimal(quantity.value) * _SCALED_UNIT[scale[1].lower()]
        return replace(quantity, value=f"{value.normalize():f}", unit="đồng")
    return replace(quantity, unit=unit)


def _worded(cell: str) -> Quantity | None:
    """Read a cell that is one quantity with its unit: "05 nhà", "1,5 tỷ đồng", "90 - 95%"."""
    found = find_quantities(f"là {cell}")
    if len(found) != 1 or found[0].kind not in ("count", "money", "percent", "fraction"):
        return None
    (quantity,) = found
    rest = f"là {cell}"[quantity.end :].split()
    if quantity.start > len("là ") or len(rest) > 3:
        return None
    return quantity if quantity.unit else replace(quantity, unit=" ".join(rest))
