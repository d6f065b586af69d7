"""Files for office programs: what was written comes back, and no cell is ever a formula."""

from __future__ import annotations

import csv
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.errors import AppError
from corpus.readers.registry import read_text
from search.commands.indicators import _plain
from search.tables.spreadsheet import _column, write_csv, write_xlsx

HEAD = ("Nội dung", "Giá trị")
ROWS = [
    ("Kết nạp đoàn viên", 1200),
    ('=HYPERLINK("x")', 85.5),
    ("+84 xã", None),
    ("-5%", 1),
    ("@a", 2),
    ("a;b\nc", 3),
]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_of(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            etree.fromstring(file.read(name))  # every part is well-formed
        return etree.fromstring(file.read("xl/worksheets/sheet1.xml"))


def test_csv_opens_in_excel_as_utf_8_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    write_csv(path, HEAD, ROWS)
    assert path.read_bytes().startswith("\ufeffNội dung,Giá trị\r\n".encode())
    with path.open(encoding="utf-8-sig", newline="") as file:
        back = list(csv.reader(file))
    assert back[1:] == [
        ["Kết nạp đoàn viên", "1200"], ["'=HYPERLINK(\"x\")", "85.5"], ["'+84 xã", ""], ["'-5%", "1"],
        ["'@a", "2"], ["a;b\nc", "3"],
    ]  # fmt: skip


def test_xlsx_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "bang.xlsx"
    write_xlsx(path, HEAD, ROWS)
    sheet = sheet_of(path)
    assert not list(sheet.iter(f"{MAIN}f"))
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
    assert (cells["A3"].get("t"), cells["A3"].get("s"), cells["A3"].findtext(f".//{MAIN}t")) == (
        "inlineStr", "2", '=HYPERLINK("x")',
    )  # fmt: skip
    assert (cells["B2"].get("t"), cells["B2"].findtext(f"{MAIN}v")) == (None, "1200")
    assert "B4" not in cells
    assert "| Kết nạp đoàn viên | 1200 |" in read_text(path).text


@settings(deadline=None)  # writing and reading a file takes as long as the machine is busy
@given(st.lists(st.tuples(st.text(max_size=20), st.none() | st.integers()), max_size=4))
def test_any_text_makes_a_sound_workbook_without_formulas(rows: list[tuple[str, int | None]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.xlsx"
        write_xlsx(path, HEAD, rows)
        sheet = sheet_of(path)
        assert len(list(sheet.iter(f"{MAIN}row"))) == len(rows) + 1
        assert not list(sheet.iter(f"{MAIN}f"))
        write_csv(path, HEAD, rows)
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not any(re.match(r"[=+\-@\t\r]", row[0]) for row in csv.reader(file) if row)


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"Không ghi được .*bang\.xlsx.*đóng tệp"):
        write_xlsx(tmp_path / "none" / "bang.xlsx", HEAD, ROWS)
    (tmp_path / "bang.csv").mkdir()
    with pytest.raises(AppError, match=r"Không ghi được .*bang\.csv"):
        write_csv(tmp_path / "bang.csv", HEAD, ROWS)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bang.csv"]


@given(st.integers(1, 16384))
def test_columns_are_named_as_excel_does(number: int) -> None:
    value = 0
    for letter in _column(number):
        value = value * 26 + ord(letter) - 64
    assert value == number


def test_columns_are_as_wide_as_their_cells_and_no_wider_than_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "bang.xlsx"
    write_xlsx(path, ["A", "Nội dung"], [["x" * 10, "y" * 400], [None, 5]])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<col min="(\d)" max="\d" width="(\d+)"', sheet) == [("1", "12"), ("2", "48")]


def test_a_whole_number_has_no_decimals() -> None:
    assert [_plain(Decimal(n)) for n in ("1835.0", "8.2")] == [1835, 8.2]
    assert isinstance(_plain(Decimal("1835")), int)
