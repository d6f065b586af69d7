"""An outline as a Word file, laid out as Phụ lục I of Nghị định 30/2020/NĐ-CP says.

What nobody can know yet is dotted. Borrowed sentences carry the number of their source in brackets,
the sources stand at the end; what in them is to be replaced is highlighted.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.doctypes import code_of_type
from corpus.errors import AppError
from corpus.headings import to_roman
from corpus.text import clean
from search.export import _clean, _office_layout, _one_line
from search.outlines import Borrowed, Outline

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.text.paragraph import Paragraph

DOTS = "……"
MOTTO, MOTTO_BELOW = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
SOURCES = "NGUỒN CỦA CÁC CÂU MƯỢN"
REMINDER = (
    "Đề cương này ghép từ các văn bản đã có. Chỗ tô vàng là số liệu, thời gian, số văn bản, địa danh của văn "
    "bản được mượn, phải thay bằng của đơn vị mình; số trong ngoặc vuông chỉ nguồn ở cuối. Xóa các ghi chú "
    "này trước khi trình ký."
)


def outline_docx(outline: Outline) -> bytes:
    """Return the Word file of an outline."""
    file = _office_layout()
    file.core_properties.title = _one_line(outline.title)[:200]
    _letterhead(file, outline)
    _centred(file, outline.type.upper(), bold=True)
    _centred(file, _clean(outline.title), bold=True)
    file.add_paragraph().add_run(f"({REMINDER})").italic = True
    for note in outline.notes:
        file.add_paragraph().add_run(f"({_clean(note)})").italic = True
    for borrowed in outline.basis:
        _borrowed(file.add_paragraph(), borrowed, italic=True)
    if not outline.basis:
        file.add_paragraph().add_run(f"Căn cứ {DOTS};").italic = True
    for number, part in enumerate(outline.parts, 1):
        heading = file.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        heading.add_run(f"{to_roman(number)}. {_clean(part.heading)}").bold = True
        for borrowed in part.items:
            paragraph = file.add_paragraph("- ")
            _borrowed(paragraph, borrowed)
        if not part.items:
            file.add_paragraph(f"- {DOTS}")
            file.add_paragraph().add_run(f"({part.note})").italic = True
    _closing(file)
    _sources(file, outline)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def write_outline(outline: Outline, path: Path) -> None:
    """Write the Word file of an outline, whole or not at all.

    Raises:
        AppError: The file cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(outline_docx(outline))
        os.replace(part, path)
    except OSError as error:
        raise AppError(
            f"Không ghi được {path}: {error}", "Chọn thư mục khác hoặc kiểm tra quyền ghi"
        ) from None


def shown_words(borrowed: Borrowed) -> str:
    """Return a borrowed sentence as it is shown: its words, without marks of Markdown, on one line."""
    return "".join(words for words, _ in _runs(borrowed))


def _runs(borrowed: Borrowed) -> Iterator[tuple[str, bool]]:
    """Yield (words, whether they are to be replaced); together the sentence on one line."""
    quote = borrowed.quotation.quote
    line = clean(quote)
    own = [any(start <= at < end for start, end in borrowed.to_replace) for at in line.offsets]
    chars = [" " if char == " " else quote[at] for char, at in zip(line.text, line.offsets, strict=True)]
    for marked, group in groupby(zip(chars, own, strict=True), key=lambda pair: pair[1]):
        yield _clean("".join(char for char, _ in group)), marked


def _borrowed(paragraph: Paragraph, borrowed: Borrowed, *, italic: bool = False) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    for words, marked in _runs(borrowed):
        run = paragraph.add_run(words)
        run.italic = italic
        if marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    paragraph.add_run(f" [{borrowed.source}]")


def _letterhead(file: WordFile, outline: Outline) -> None:
    """The first lines: who issues and the number at the left, the motto, place and date at the right."""
    left, right = _two_columns(file, 2)
    _lines(
        left[0], ("CƠ QUAN CẤP TRÊN", False, 13), ("TÊN CƠ QUAN BAN HÀNH", True, 13), ("_______", False, 8)
    )
    _lines(right[0], (MOTTO, True, 12), (MOTTO_BELOW, True, 13), ("____________________", False, 8))
    code = code_of_type(outline.type)
    _lines(left[1], (f"Số: {DOTS}/{code}-{DOTS}" if code else f"Số: {DOTS}", False, 13))
    place, year = outline.place or DOTS, outline.year or DOTS
    _lines(right[1], (f"{place}, ngày {DOTS} tháng {DOTS} năm {year}", False, 13), italic=True)


def _closing(file: WordFile) -> None:
    """Nơi nhận at the left, the signature at the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    left, right = _two_columns(file, 1)
    _lines(left[0], ("Nơi nhận:", True, 12), italic=True)
    for words in (f"- {DOTS};", "- Lưu: VT."):
        _plain(left[0].add_paragraph(words), 11)
    for paragraph in left[0].paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _lines(right[0], (f"TM. {DOTS}", True, 13), ("CHỨC VỤ CỦA NGƯỜI KÝ", True, 13))
    _lines(right[0], ("", False, 13), ("", False, 13), ("Họ và tên", True, 13), more=True)


def _sources(file: WordFile, outline: Outline) -> None:
    if not outline.sources:
        return
    heading = file.add_paragraph()
    heading.paragraph_format.page_break_before = True
    heading.add_run(SOURCES).bold = True
    for number, source in enumerate(outline.sources, 1):
        file.add_paragraph(f"[{number}] {_one_line(source)}")


def _two_columns(file: WordFile, n_rows: int) -> tuple[list[Any], list[Any]]:
    from docx.shared import Mm

    table = file.add_table(rows=n_rows, cols=2)
    table.autofit = False
    columns: tuple[list[Any], list[Any]] = ([], [])
    for row in table.rows:
        for column, cell, width in zip(columns, row.cells, (Mm(62), Mm(103)), strict=True):
            cell.width = width
            column.append(cell)
    return columns


def _lines(cell: Any, *lines: tuple[str, bool, int], italic: bool = False, more: bool = False) -> None:
    """Write centred lines (words, bold, size) into a cell, under what it holds where `more` is set."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for n, (words, bold, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if n == 0 and not more else cell.add_paragraph()
        run = paragraph.add_run(words)
        run.bold, run.italic = bold, italic
        _plain(paragraph, size)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _plain(paragraph: Any, size: int) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = 0
    paragraph.paragraph_format.space_after = Pt(0)
    for run in paragraph.runs:
        run.font.size = Pt(size)


def _centred(file: WordFile, words: str, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = file.add_paragraph()
    paragraph.paragraph_format.first_line_indent = 0
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(words).bold = bold
