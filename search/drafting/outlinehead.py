"""The first and the last lines of a document, for Word: of a state or union office, and of the Party.

Sizes and places are those of Phụ lục I of Nghị định 30/2020/NĐ-CP (Mục II and V) and of Phụ lục 1 and 3
of Hướng dẫn 36-HD/VPTW of 3/4/2018. The paper and its margins (20, 20, 30 and 15 mm) suit both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from corpus.structure.doctypes import code_of_type
from search.answering.export import _element
from search.drafting.offices import DOTS, Office, office_of

if TYPE_CHECKING:
    from docx.document import Document as WordFile

MOTTO, MOTTO_BELOW = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PARTY_HEAD = "ĐẢNG CỘNG SẢN VIỆT NAM"
_LEFT_MM, _RIGHT_MM = 68, 97  # the two columns; the wider takes the motto in one line
_RULE_PT = 4  # height of the line that holds a rule


class Layout(Protocol):
    """How a document begins and ends."""

    def head(self, file: WordFile, type_: str, title: str, place: str | None, year: int | None) -> None:
        """Write the letterhead, the type and the trích yếu."""

    def closing(self, file: WordFile) -> None:
        """Write Nơi nhận and the signature."""


def layout_of(issuer: str | None) -> Layout:
    """Return the layout of an issuer's documents."""
    office = office_of(issuer)
    return PartyLayout(office) if office.party else StateLayout(office)


@dataclass(frozen=True, slots=True)
class StateLayout:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I."""

    office: Office

    def head(self, file: WordFile, type_: str, title: str, place: str | None, year: int | None) -> None:
        left, right = _two_columns(file, 2)
        if self.office.above:
            _line(left[0], self.office.above, 12)
        _line(left[0], self.office.name, 12, bold=True)
        _rule(left[0], _LEFT_MM, 22)  # a third to a half of the name
        _line(right[0], MOTTO, 12, bold=True)
        _line(right[0], MOTTO_BELOW, 13, bold=True)
        _rule(right[0], _RIGHT_MM, 56)  # as long as the words above it
        code = code_of_type(type_)
        number = f"Số: {DOTS}/{code}-{self.office.code}" if code else f"Số: {DOTS}"
        _line(left[1], number, 13)
        _line(right[1], _dated(place, year), 13, italic=True)
        _line(file, type_.upper(), 14, bold=True, before=12)
        _line(file, title, 14, bold=True)
        _rule(file, _LEFT_MM + _RIGHT_MM, 40, after=12)  # a third to a half of the trích yếu

    def closing(self, file: WordFile) -> None:
        left, right = _two_columns(file, 1)
        _line(left[0], "Nơi nhận:", 12, bold=True, italic=True, at="left")
        for words in (f"- {DOTS};", "- Lưu: VT."):
            _line(left[0], words, 11, at="left")
        _line(right[0], f"TM. {self.office.signs_for}", 14, bold=True)
        _line(right[0], "CHỨC VỤ CỦA NGƯỜI KÝ", 14, bold=True, after=56)
        _line(right[0], "Họ và tên", 14, bold=True)


@dataclass(frozen=True, slots=True)
class PartyLayout:
    """Hướng dẫn 36-HD/VPTW, Phụ lục 1 and 3."""

    office: Office

    def head(self, file: WordFile, type_: str, title: str, place: str | None, year: int | None) -> None:
        left, right = _two_columns(file, 2)
        if self.office.above:
            _line(left[0], self.office.above, 14)
        _line(left[0], self.office.name, 14, bold=True)
        _line(left[0], "*", 14)
        _line(right[0], PARTY_HEAD, 15, bold=True)
        _rule(right[0], _RIGHT_MM, 74)  # as long as the words above it
        code = code_of_type(type_)
        _line(left[1], f"Số {DOTS}-{code or DOTS}/{self.office.code}", 14)
        _line(right[1], _dated(place, year), 14, italic=True)
        _line(file, type_.upper(), 16, bold=True, before=12)
        _line(file, title, 15, bold=True)
        _line(file, "-----", 14, after=12)

    def closing(self, file: WordFile) -> None:
        left, right = _two_columns(file, 1)
        _line(left[0], "Nơi nhận:", 14, underline=True, at="left")
        for words in (f"- {DOTS},", f"- Lưu Văn phòng {DOTS}"):
            _line(left[0], words, 12, at="left")
        _line(right[0], f"T/M {self.office.signs_for}", 14, bold=True)
        _line(right[0], "CHỨC VỤ CỦA NGƯỜI KÝ", 14, after=56)
        _line(right[0], "Họ và tên", 14, bold=True)


def _dated(place: str | None, year: int | None) -> str:
    """ "Sơn La, ngày …… tháng …… năm 2026": a province stands here by its name alone."""
    named = (place or DOTS).removeprefix("tỉnh ").removeprefix("Tỉnh ")
    return f"{named}, ngày {DOTS} tháng {DOTS} năm {year or DOTS}"


def _two_columns(file: WordFile, n_rows: int) -> tuple[list[Any], list[Any]]:
    """Add a table without lines; the cells of its left and of its right column."""
    from docx.shared import Mm

    table = file.add_table(rows=n_rows, cols=2)
    table.autofit = False
    for row in table.rows:  # a signature is never torn from its title
        row._tr.get_or_add_trPr().append(_element("w:cantSplit", {}))
    for column, width in zip(table.columns, (_LEFT_MM, _RIGHT_MM), strict=True):
        column.width = Mm(width)  # LibreOffice goes by the columns, Word by the cells
        for cell in column.cells:
            cell.width = Mm(width)
            _no_padding(cell)
    return [row.cells[0] for row in table.rows], [row.cells[1] for row in table.rows]


def _no_padding(cell: Any) -> None:
    margins = _element("w:tcMar", {})
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", {"w:w": "0", "w:type": "dxa"}))
    cell._tc.get_or_add_tcPr().append(margins)


def _paragraph(holder: Any) -> Any:
    """The next paragraph of a file or a cell; a new cell's first one stands there already."""
    new_cell = hasattr(holder, "_tc") and len(holder.paragraphs) == 1 and not holder.paragraphs[0].text
    paragraph = holder.paragraphs[0] if new_cell else holder.add_paragraph()
    paragraph.paragraph_format.first_line_indent = 0
    return paragraph


def _line(
    holder: Any,
    words: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    at: str = "center",
    before: int = 0,
    after: int = 0,
) -> None:
    """Write one line; `size`, `before` and `after` in points."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = _paragraph(holder)
    run = paragraph.add_run(words)
    run.bold, run.italic, run.underline, run.font.size = bold, italic, underline, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if at == "center" else WD_ALIGN_PARAGRAPH.LEFT
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.0


def _rule(holder: Any, width: int, length: int, *, after: int = 0) -> None:
    """Draw a line `length` mm long in the middle of `width` mm: the lower edge of an empty paragraph."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Mm, Pt

    paragraph = _paragraph(holder)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((width - length) / 2)
    shape.space_before, shape.space_after = Pt(0), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_RULE_PT)
    edges = _element("w:pBdr", {})
    edges.append(_element("w:bottom", {"w:val": "single", "w:sz": "6", "w:space": "0", "w:color": "000000"}))
    # The schema wants the borders before spacing and indents.
    paragraph._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
