"""Tables as files for office programs: CSV that Excel opens in UTF-8, and .xlsx.

No cell is ever a formula, whatever a document says: in CSV a cell that would begin one gets an
apostrophe before it, in .xlsx every text cell is a text cell, marked so that it stays one when edited.
Source of the layout: ECMA-376 part 1, SpreadsheetML; its smallest workbook.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from corpus.errors import AppError

Value = str | int | float | None

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAX_CELL = 32_767  # characters Excel allows in a cell
_WIDEST = 48  # characters of a column
_PLAIN, _HEAD, _GUARDED = 0, 1, 2  # rows of cellXfs below

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_WORKBOOK_RELS = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_csv(path: Path, head: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Write a table as CSV: UTF-8 with its mark, so that Excel shows Vietnamese, lines ended CRLF.

    Raises:
        AppError: The file cannot be written.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    _replace(path, out.getvalue().encode("utf-8-sig"))


def write_xlsx(
    path: Path, head: Sequence[str], rows: Sequence[Sequence[Value]], sheet: str = "Chỉ tiêu"
) -> None:
    """Write a table as one sheet of an Excel workbook, its head fixed and with filters.

    Raises:
        AppError: The file cannot be written.
    """
    lines = [_line(1, head, _HEAD)]
    lines += [_line(number, row, _PLAIN) for number, row in enumerate(rows, start=2)]
    corner = f"{_column(len(head))}{len(rows) + 1}"
    body = (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'{_widths(head, rows)}<sheetData>{"".join(lines)}</sheetData><autoFilter ref="A1:{corner}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
    )
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(sheet, {chr(34): "&quot;"})}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELS,
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": _WORKBOOK_RELS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": body,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name), _XML + text, zipfile.ZIP_DEFLATED)
    _replace(path, out.getvalue())


def _widths(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> str:
    """Return how wide each column is, in characters: enough for most of its cells, or to be read from."""
    cols = ""
    for n, name in enumerate(head, 1):
        longest = max((len(str(row[n - 1])) for row in rows if n <= len(row) and row[n - 1]), default=0)
        width = min(max(longest, len(name)) + 2, _WIDEST)
        cols += f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
    return f"<cols>{cols}</cols>"


def _guarded(value: str) -> str:
    return f"'{value}" if _FORMULA.match(value) else value


def _line(number: int, values: Sequence[Value], style: int) -> str:
    cells = "".join(
        _cell(f"{_column(i)}{number}", value, style) for i, value in enumerate(values, 1) if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: Value, style: int) -> str:
    if isinstance(value, (int, float)):
        return f'<c r="{place}" s="{style}"><v>{value!r}</v></c>'
    text = _NOT_XML.sub("", value or "")[:_MAX_CELL]
    style = _GUARDED if _FORMULA.match(text) else style
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _column(number: int) -> str:
    """Return the name of a column, counting from 1.

    >>> _column(1), _column(26), _column(27)
    ('A', 'Z', 'AA')
    """
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _replace(path: Path, data: bytes) -> None:
    """Write under another name first, so that no half-written table is ever opened."""
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise AppError(
            f"Không ghi được {path}: {error.strerror or error}",
            "Hãy đóng tệp nếu đang mở trong Excel, kiểm tra thư mục rồi chạy lại",
        ) from error
