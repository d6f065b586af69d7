"""An answer to take along: plain text for the clipboard, Markdown, and a Word file in the layout staff use.

All three say the same: the question, the answer, then each source with its words in quotation marks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from search.documents.sources import vietnamese_date
from search.hits import Answer, Quotation, Result

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.text.paragraph import Paragraph

LinkOf = Callable[[Quotation], str]
"""Gives the address that opens a document at a quotation."""

TITLE = "KẾT QUẢ TRA CỨU VĂN BẢN"
NOTE = "Lời trích là nguyên văn trong kho tra cứu; xin đối chiếu với văn bản gốc trước khi sử dụng."
_QUESTION, _ANSWER, _SOURCES = "Câu hỏi:", "Trả lời:", "Căn cứ:"

# What no XML file may hold, and what reorders or hides letters: left out. All that breaks a line is one.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Marks of Markdown that a reader left in a document's text; they are no words of it.
_MARKUP = re.compile(
    r"^[ \t]*#{1,6}[ \t]+|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])", re.MULTILINE
)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$&])|^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.MULTILINE)


def to_plain(results: Sequence[Result]) -> str:
    """Return what is copied: the answer and, below it, where each part of it stands."""
    parts: list[str] = []
    for result in results:
        said = _said(result.answer)
        gap = "\n" if said.startswith("- ") else " "  # a list begins on a line of its own
        lines = [f"{_QUESTION} {_one_line(result.question)}", f"{_ANSWER}{gap}{said}"]
        if result.answer.citations:
            lines.append(_SOURCES)
        for number, cited in enumerate(result.answer.citations, 1):
            lines += [f"{number}. {_one_line(cited.source)}:", f"“{_quoted(cited)}”"]
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, f"({NOTE})"]) + "\n"


def to_markdown(results: Sequence[Result], link_of: LinkOf | None = None) -> str:
    """Return Markdown (CommonMark); whatever a document holds comes out as letters, not as markup."""
    lines = [f"# {TITLE}", ""]
    for result in results:
        lines += [f"**{_QUESTION}** {_escaped(_one_line(result.question))}", "", f"**{_ANSWER}**", ""]
        for line in filter(str.strip, _clean(result.answer.text).split("\n")):
            pieces = _BOLD.split(line.removeprefix("- "))
            said = "".join(f"**{_escaped(p)}**" if n % 2 else _escaped(p) for n, p in enumerate(pieces))
            lines += [f"- {said}" if line.startswith("- ") else said, ""]
        if result.answer.citations:
            lines += [f"**{_SOURCES}**", ""]
        for number, cited in enumerate(result.answer.citations, 1):
            name = _escaped(_one_line(cited.source))
            lines += [f"{number}. [{name}](<{link_of(cited)}>)" if link_of else f"{number}. {name}", ""]
            lines += [f"   > {_escaped(line)}".rstrip() for line in f"“{_quoted(cited)}”".split("\n")] + [""]
    return "\n".join([*lines, f"*{NOTE}*", ""])


def to_docx(results: Sequence[Result], asked_on: date | None = None, link_of: LinkOf | None = None) -> bytes:
    """Return a Word file laid out as offices lay out theirs (Phụ lục I of Nghị định 30/2020/NĐ-CP).

    Args:
        asked_on: The day shown as the day of asking; None shows none.
        link_of: Where the page opens a source; None makes no links.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    file = _office_layout()
    file.core_properties.title = _one_line(results[0].question)[:200] if results else TITLE
    heading = file.add_paragraph()
    heading.paragraph_format.first_line_indent = 0
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(TITLE).bold = True
    if asked_on is not None:
        _labelled(file, "Ngày tra cứu:", vietnamese_date(asked_on.isoformat()))
    for result in results:
        _labelled(file, _QUESTION, _one_line(result.question))
        _labelled(file, _ANSWER, "")
        for line in filter(str.strip, _clean(result.answer.text).split("\n")):
            paragraph = file.add_paragraph()
            for n, piece in enumerate(_BOLD.split(line)):
                paragraph.add_run(piece).bold = bool(n % 2)
        if result.answer.citations:
            _labelled(file, _SOURCES, "")
        for number, cited in enumerate(result.answer.citations, 1):
            paragraph = file.add_paragraph(f"{number}. ")
            _add_source(paragraph, _one_line(cited.source), link_of(cited) if link_of else "")
            paragraph.add_run(":")
            file.add_paragraph().add_run(f"“{_quoted(cited)}”").italic = True
    file.add_paragraph().add_run(f"({NOTE})").italic = True
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _labelled(file: WordFile, label: str, text: str) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.keep_with_next = not text
    paragraph.add_run(label).bold = True
    if text:
        paragraph.add_run(f" {text}")


def _office_layout() -> WordFile:
    """Return an empty A4 file: Times New Roman 14, justified, margins of 20, 20, 30 and 15 mm."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    file = docx.Document()
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(15)
    normal: Any = file.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    # Word takes the font of letters such as "ư" from here, and the spelling checker its language.
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.element.rPr.rFonts.set(qn("w:cs"), "Times New Roman")
    normal.element.rPr.append(_element("w:lang", {"w:val": "vi-VN"}))
    shape = normal.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape.first_line_indent, shape.space_after, shape.line_spacing = Mm(10), Pt(6), 1.15
    properties = file.core_properties
    properties.author, properties.comments, properties.language = "", "", "vi-VN"
    # The page number stands in the middle of the top margin, from the second page on.
    page.different_first_page_header_footer = True
    header = page.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    header.paragraph_format.first_line_indent = 0
    header._p.append(_element("w:fldSimple", {"w:instr": "PAGE"}))
    return file


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element: Any = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(attribute), value)
    return element


def _add_source(paragraph: Paragraph, source: str, address: str) -> None:
    """Add a source's line, as a link where there is an address: python-docx reads links but makes none."""
    run = paragraph.add_run(source)
    if address:
        from docx.opc.constants import RELATIONSHIP_TYPE

        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        run.underline = True
        link = _element("w:hyperlink", {"r:id": relation})
        paragraph._p.append(link)
        link.append(run._r)


def _clean(text: str) -> str:
    """Return `text` as any file format can hold it.

    >>> _clean("Tỷ\\x00 lệ\\x0c98%")
    'Tỷ lệ\\n98%'
    """
    return _UNSEEN.sub("", _LINE_END.sub("\n", text))


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())


def _said(answer: Answer) -> str:
    return _BOLD.sub(r"\1", _clean(answer.text)).strip()


def _quoted(cited: Quotation) -> str:
    """Return the words quoted, without marks of Markdown and blank lines among them."""
    return re.sub(r"\n\s*\n", "\n", _MARKUP.sub("", _clean(cited.quote))).strip()


def _escaped(text: str) -> str:
    """Return `text` with a backslash before whatever Markdown would read as its own.

    >>> _escaped("- <b> *a*")
    '\\\\- \\\\<b\\\\> \\\\*a\\\\*'
    """

    def mend(match: re.Match[str]) -> str:
        if match[1]:
            return f"\\{match[1]}"
        mark = match[3]
        return f"{match[2]}\\{mark}" if not mark[0].isdigit() else f"{match[2]}{mark[:-1]}\\{mark[-1]}"

    return _SPECIAL.sub(mend, text)
