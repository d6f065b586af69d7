"""An outline as a Word file, laid out as its issuer's documents are (search.drafting.outlinehead).

What nobody can know yet is dotted. Borrowed sentences carry the number of their source in brackets,
the sources stand at the end; what in them is to be replaced is highlighted.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AppError
from corpus.structure.headings import to_roman
from corpus.text import clean
from search.answering.export import _clean, _office_layout, _one_line
from search.drafting.offices import DOTS
from search.drafting.outlinehead import layout_of
from search.drafting.outlines import Borrowed, Outline

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.text.paragraph import Paragraph

SOURCES = "NGUỒN CỦA CÁC CÂU MƯỢN"
REMINDER = (
    "Đề cương này ghép từ các văn bản đã có. Chỗ tô vàng là số liệu, thời gian, số văn bản, địa danh của văn "
    "bản được mượn, phải thay bằng của đơn vị mình; số trong ngoặc vuông chỉ nguồn ở cuối. Xóa các ghi chú "
    "này trước khi trình ký."
)


def outline_docx(outline: Outline) -> bytes:
    """Return the Word file of an outline."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    file = _office_layout()
    file.core_properties.title = _one_line(outline.title)[:200]
    layout = layout_of(outline.issuer)
    layout.head(file, outline.type, _clean(outline.title), outline.place, outline.year)
    file.add_paragraph().add_run(f"({REMINDER})").italic = True
    for note in outline.notes:
        file.add_paragraph().add_run(f"({_clean(note)})").italic = True
    for borrowed in outline.basis:
        _borrowed(file.add_paragraph(), borrowed, italic=True)
    if not outline.basis:
        file.add_paragraph().add_run(f"Căn cứ {DOTS};").italic = True
    decides = outline.type == "Quyết định"  # in articles
    if decides:
        paragraph = file.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, 0
        paragraph.add_run("QUYẾT ĐỊNH:").bold = True
    for number, part in enumerate(outline.parts, 1):
        heading = file.add_paragraph()
        heading.paragraph_format.keep_with_next = True
        label = f"Điều {number}" if decides else to_roman(number)
        heading.add_run(f"{label}. {_clean(part.heading)}").bold = True
        for borrowed in part.items:
            paragraph = file.add_paragraph("- ")
            _borrowed(paragraph, borrowed)
        if not part.items:
            file.add_paragraph(f"- {DOTS}")
            file.add_paragraph().add_run(f"({part.note})").italic = True
    layout.closing(file)
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


def _sources(file: WordFile, outline: Outline) -> None:
    if not outline.sources:
        return
    heading = file.add_paragraph()
    heading.paragraph_format.page_break_before = True
    heading.add_run(SOURCES).bold = True
    for number, source in enumerate(outline.sources, 1):
        file.add_paragraph(f"[{number}] {_one_line(source)}")
