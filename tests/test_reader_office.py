"""Workbooks and presentations: exact values, tables, labels, slides as pages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from corpus.readers import sheets, slides
from corpus.readers.base import ReadText
from tests.make_pages import pptx, shape, xlsx

FORMATS = (
    '<numFmts count="1"><numFmt numFmtId="170" formatCode="dd/mm/yyyy;@"/></numFmts>'
    '<fonts><font><name val="Arial"/></font><font><name val=".VnTime"/></font></fonts><cellXfs>'
    '<xf numFmtId="0" fontId="0"/><xf numFmtId="9" fontId="0"/><xf numFmtId="170" fontId="0"/>'
    '<xf numFmtId="3" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        pytest.param("|<v>15</v>", "15", id="integer"),
        pytest.param("|<v>1.4</v>", "1,4", id="decimal-comma"),
        pytest.param("1.400", "1.400", id="text-stays"),
        pytest.param("007", "007", id="leading-zeros-stay"),
        pytest.param('s="1"|<v>0.855</v>', "85,5%", id="percent"),
        pytest.param('s="2"|<v>44197</v>', "01/01/2021", id="date"),
        pytest.param('s="3"|<v>1400000</v>', "1.400.000", id="grouped"),
        pytest.param("|<f>SUM(A1)</f><v>42</v>", "42", id="cached-formula"),
        pytest.param('t="str"|<f>A1</f><v>chữ</v>', "chữ", id="formula-of-text"),
        pytest.param('t="b"|<v>1</v>', "Đúng", id="boolean"),
        pytest.param("|<v>0.1</v>", "0,1", id="no-float-noise"),
        pytest.param('s="4" t="inlineStr"|<is><t>Lai Ch\u00a9u</t></is>', "Lai Châu", id="old-font"),
    ],
)
def test_a_cell_shows_what_excel_shows(tmp_path: Path, cell: str, shown: str) -> None:
    assert sheets.read(xlsx(tmp_path / "a.xlsx", {"Sheet1": [[cell]]}, FORMATS)).text == shown


def test_titles_stand_alone_and_tables_keep_their_header(tmp_path: Path) -> None:
    rows = [
        ["", "BIỂU TỔNG HỢP ĐOÀN VIÊN"],
        [],
        ["", "TT", "Đơn vị", "", "Số lượng"],
        ["", "1", "Than Uyên", "", "|<v>120</v>"],
        ["", "2", "Tân Uyên", "", "|<v>95</v>"],
        [],
        ["", "Người lập biểu"],
    ]
    text = sheets.read(xlsx(tmp_path / "a.xlsx", {"Quý I": rows})).text
    assert text.split("\n\n") == [
        "Quý I",
        "BIỂU TỔNG HỢP ĐOÀN VIÊN",
        "| TT | Đơn vị | Số lượng |\n|---|---|---|\n| 1 | Than Uyên | 120 |\n| 2 | Tân Uyên | 95 |",
        "Người lập biểu",
    ]


def test_hidden_sheets_stay_out_and_are_told(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", {"Sheet1": [["thấy"]], "Nháp": [["ẩn"]]}, states={"Nháp": "hidden"})
    read = sheets.read(path)
    assert (read.text, read.warnings) == ("thấy", ("Không đọc 1 trang tính ẩn",))


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    read = sheets.read(xlsx(tmp_path / "a.xlsx", {"Sheet1": [["Tổng", "|<f>SUM(B1)</f>"]]}))
    assert read.warnings == ("1 công thức chưa có kết quả: hãy mở bằng Excel rồi lưu lại",)


def pages(read: ReadText) -> list[str]:
    return [read.text[a:b].rstrip("\n") for a, b in pairwise((*read.page_starts, len(read.text)))]


def test_slides_are_pages_and_notes_follow_them(tmp_path: Path) -> None:
    slides_xml = [
        shape("ĐẠI HỘI CÔNG ĐOÀN") + shape("1", holder="sldNum"),
        "<p:grpSp>" + shape("Nội dung", "Chương trình") + "</p:grpSp>",
    ]
    read = slides.read(pptx(tmp_path / "a.pptx", slides_xml, notes={0: shape("Chào mừng đại biểu")}))
    assert pages(read) == ["ĐẠI HỘI CÔNG ĐOÀN\n\nChào mừng đại biểu", "Nội dung\n\nChương trình"]


def test_automatic_numbers_on_slides(tmp_path: Path) -> None:
    def item(text: str, kind: str, level: int = 0) -> str:
        return f'<a:pPr lvl="{level}"><a:buAutoNum type="{kind}"/></a:pPr><a:r><a:t>{text}</a:t></a:r>'

    slide = shape(
        item("một", "romanUcPeriod"),
        item("trong", "alphaLcParenR", 1),
        item("trong nữa", "alphaLcParenR", 1),
        item("hai", "romanUcPeriod"),
        item("trong", "alphaLcParenR", 1),
    )
    read = slides.read(pptx(tmp_path / "a.pptx", [slide]))
    assert read.text.split("\n\n") == ["I. một", "a) trong", "b) trong nữa", "II. hai", "a) trong"]


def test_tables_on_slides(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"

    rows = "".join(f"<a:tr>{''.join(map(cell, row))}</a:tr>" for row in (("A", "B"), ("1", "2"), ("3", "4")))
    frame = f'<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>{rows}</a:tbl></p:graphicFrame>'
    read = slides.read(pptx(tmp_path / "a.pptx", [frame]))
    assert read.text == "| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"


def test_a_hidden_slide_stays_out_but_keeps_its_number(tmp_path: Path) -> None:
    read = slides.read(pptx(tmp_path / "a.pptx", [shape("một"), shape("ẩn"), shape("ba")], hidden=1))
    assert pages(read) == ["một", "", "ba"]
    assert read.warnings == ("Không đọc 1 trang chiếu ẩn",)
