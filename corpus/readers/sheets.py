"""Workbooks (.xlsx, .xlsm): each sheet's rows as Excel shows them, values exact.

A row with one filled cell is a line of text (a title, a note); rows with more are a table
whose first row is its header. Hidden sheets, rows and columns stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from lxml import etree

from corpus.errors import DocumentError
from corpus.readers import legacy
from corpus.readers.base import ReadText
from corpus.readers.layout import Row, join_blocks, table_blocks
from corpus.readers.ooxml import Package

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_COLUMNS = 512  # wider sheets hold machine data, not a document
_DATE_FORMATS = {*range(14, 18), 22}  # built into Excel, as are the percent formats
_PERCENT_FORMATS = {9, 10}
_GROUPED_FORMATS = {3, 4, *range(37, 45)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_TRUE = ("1", "true")


def read(path: Path) -> ReadText:
    """Read a workbook.

    Raises:
        DocumentError: Damaged, encrypted or too large.
    """
    with Package(path) as package:
        workbook = _Workbook(package)
        blocks = list(workbook.blocks())
    warnings = []
    if workbook.n_uncomputed:
        warnings.append(f"{workbook.n_uncomputed} công thức chưa có kết quả: hãy mở bằng Excel rồi lưu lại")
    if workbook.n_hidden:
        warnings.append(f"Không đọc {workbook.n_hidden} trang tính ẩn")
    return join_blocks("\n\n".join(blocks).replace("\f", " "), tuple(warnings))


class _Workbook:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main_part("xl/workbook.xml")
        self._targets = {rid: target for _, target, rid in package.relations(self._main)}
        kinds = {kind: target for kind, target, _ in package.relations(self._main)}
        root = package.xml(kinds.get("sharedStrings", "xl/sharedStrings.xml"))
        self._formats, fonts = _styles(package.xml(kinds.get("styles", "xl/styles.xml")))
        self._fonts = fonts if any(font and legacy.is_legacy_font(font) for font in fonts) else []
        self._strings = [] if root is None else [_rich(item) for item in root.iterchildren(_S + "si")]
        workbook = package.xml(self._main)
        if workbook is None or workbook.tag != _S + "workbook":
            raise DocumentError(
                package.path, "tệp không phải là bảng tính", "Hãy mở tệp rồi lưu lại dạng .xlsx"
            )
        self._sheets = list(workbook.iter(_S + "sheet"))
        properties = workbook.find(_S + "workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in _TRUE
        self._epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        self.n_uncomputed = self.n_hidden = 0

    def blocks(self) -> Iterator[str]:
        """Yield the name of each sheet that shows something, then its lines and tables."""
        for sheet in self._sheets:
            root = self._package.xml(self._targets.get(sheet.get(_R_ID, ""), ""))
            if root is None:
                continue
            if sheet.get("state", "visible") != "visible":
                self.n_hidden += 1
                continue
            blocks = list(_sections(list(self._rows(root))))
            name = sheet.get("name", "")
            # "Sheet1" is what nobody named; it would only be noise before the title.
            if blocks and not re.fullmatch(r"(Sheet|Trang tính|Bảng)\s?\d*", name):
                yield name
            yield from blocks

    def _rows(self, root: etree._Element) -> Iterator[list[str]]:
        hidden = {
            column
            for span in root.iter(_S + "col")
            if span.get("hidden") in _TRUE
            for column in range(int(span.get("min", "1")), min(int(span.get("max", "1")), _MAX_COLUMNS) + 1)
        }
        number = 0
        for row in root.iter(_S + "row"):
            said = row.get("r", "")
            if said.isdigit() and int(said) > number + 1:
                yield []  # rows that are not stored are empty
            number = int(said) if said.isdigit() else number + 1
            if row.get("hidden") in _TRUE:
                continue
            cells: list[str] = []
            for position, cell in enumerate(row.iterchildren(_S + "c"), start=1):
                column = _column(cell.get("r", "")) or position
                if column > _MAX_COLUMNS or column in hidden:
                    continue
                cells += [""] * (column - len(cells))
                cells[column - 1] = self._value(cell)
            yield cells

    def _value(self, cell: etree._Element) -> str:
        """Return what a cell shows."""
        kind = cell.get("t", "n")
        style = int(cell.get("s", "0")) if cell.get("s", "0").isdigit() else 0
        font = self._fonts[style] if style < len(self._fonts) else None
        if kind == "inlineStr":
            inline = cell.find(_S + "is")
            return "" if inline is None else legacy.convert_pieces(_with_font(_rich(inline), font))
        value = cell.find(_S + "v")
        if value is None or value.text is None:
            self.n_uncomputed += cell.find(_S + "f") is not None
            return ""
        text = value.text
        if kind == "s":
            found = self._strings[int(text)] if text.isdigit() and int(text) < len(self._strings) else []
            return legacy.convert_pieces(_with_font(found, font))
        if kind == "b":
            return "Đúng" if text in _TRUE else "Sai"
        if kind == "n":
            return self._number(text, self._formats[style] if style < len(self._formats) else "")
        return str(text)

    def _number(self, text: str, form: str) -> str:
        """Write a number in Vietnamese manner: 1.400.000, 85,5%, 03/01/2021."""
        try:
            value = float(text)
        except ValueError:
            return text
        if form == "date":
            try:
                moment = self._epoch + timedelta(days=value)
            except OverflowError:
                return text
            return moment.strftime("%d/%m/%Y" if value == int(value) else "%d/%m/%Y %H:%M")
        if form == "percent":
            return f"{value * 100:.12g}".replace(".", ",") + "%"
        if abs(value) >= 1e15 or value != value:
            return text
        whole, _, fraction = f"{value:.15g}".partition(".")
        if form == "grouped" and "e" not in whole:
            whole = f"{int(whole):,}".replace(",", ".")
        return whole + ("," + fraction if fraction else "")


def _rich(item: etree._Element) -> list[tuple[str, str | None]]:
    """Return the runs of a string with the font each names; phonetic hints stay out."""
    runs: list[tuple[str, str | None]] = []
    for child in item:
        if child.tag == _S + "t":
            runs.append((child.text or "", None))
        elif child.tag == _S + "r":
            font = child.find(f"{_S}rPr/{_S}rFont")
            runs.append((child.findtext(_S + "t", ""), None if font is None else font.get("val")))
    return runs


def _with_font(runs: list[tuple[str, str | None]], font: str | None) -> list[tuple[str, str | None]]:
    return [(text, own or font) for text, own in runs]


def _styles(root: etree._Element | None) -> tuple[list[str], list[str | None]]:
    """Return for each cell style what kind of number it shows, and its font."""
    if root is None:
        return [], []
    codes = {int(e.get("numFmtId", "0")): e.get("formatCode", "") for e in root.iter(_S + "numFmt")}
    names = [e.find(_S + "name") for e in root.iterfind(f"{_S}fonts/{_S}font")]
    fonts = [None if name is None else name.get("val") for name in names]
    kinds: list[str] = []
    own: list[str | None] = []
    for style in root.iterfind(f"{_S}cellXfs/{_S}xf"):
        number = int(style.get("numFmtId", "0"))
        code = _QUOTED.sub("", codes.get(number, "")).lower()
        if number in _DATE_FORMATS or ("y" in code or "d" in code):
            kinds.append("date")
        elif number in _PERCENT_FORMATS or "%" in code:
            kinds.append("percent")
        else:
            kinds.append("grouped" if number in _GROUPED_FORMATS or "#,#" in code else "")
        font = int(style.get("fontId", "0"))
        own.append(fonts[font] if font < len(fonts) else None)
    return kinds, own


def _column(reference: str) -> int:
    """The column of "AB12", from 1; 0 where it names none."""
    column = 0
    for letter in reference[:3]:
        if "A" <= letter <= "Z":
            column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _sections(rows: list[list[str]]) -> Iterator[str]:
    """Yield lines and tables: a row with one filled cell stands alone, others gather."""
    table: list[list[str]] = []
    for cells in [*rows, []]:
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1:
            table.append(cells)
            continue
        if len(filled) == 1 and len(table) > 1:
            table.append(cells)  # a sub-heading within the table
            continue
        yield from _table(table)
        table = []
        yield from filled
    yield from _table(table)


def _table(rows: list[list[str]]) -> Iterator[str]:
    width = max((len(cells) for cells in rows), default=0)
    used = [i for i in range(width) if any(i < len(cells) and cells[i].strip() for cells in rows)]
    shown: list[Row] = [
        (False, [[cells[i]] if i < len(cells) and cells[i].strip() else [] for i in used]) for cells in rows
    ]
    yield from table_blocks(shown, ruled=None)
