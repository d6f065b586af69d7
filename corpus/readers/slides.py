"""Presentations (.pptx): one page a slide, its shapes in reading order, then its notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from corpus.errors import DocumentError
from corpus.readers import legacy
from corpus.readers.base import ReadText
from corpus.readers.layout import Row, join_blocks, table_blocks
from corpus.readers.ooxml import Package
from corpus.readers.wordlists import format_number

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FURNITURE = {"sldNum", "dt", "ftr", "sldImg", "hdr"}  # placeholders that say nothing of their own
_FORMS = {"arabic": "decimal", "romanUc": "upperRoman", "romanLc": "lowerRoman"}
_FORMS |= {"alphaUc": "upperLetter", "alphaLc": "lowerLetter"}
_AROUND = {"Period": ("", "."), "ParenR": ("", ")"), "ParenBoth": ("(", ")"), "Plain": ("", "")}


def read(path: Path) -> ReadText:
    """Read a presentation.

    Raises:
        DocumentError: Damaged, encrypted or too large.
    """
    with Package(path) as package:
        main = package.main_part("ppt/presentation.xml")
        root = package.xml(main)
        if root is None or root.tag != _P + "presentation":
            raise DocumentError(
                path, "tệp không phải là bản trình chiếu", "Hãy mở tệp rồi lưu lại dạng .pptx"
            )
        targets = {rid: target for _, target, rid in package.relations(main)}
        pages: list[str] = []
        n_hidden = 0
        for entry in root.iter(_P + "sldId"):
            name = targets.get(entry.get(_R_ID, ""), "")
            slide = package.xml(name)
            hidden = slide is not None and slide.get("show") in ("0", "false")
            n_hidden += hidden
            pages.append(
                "\n\n".join(_slide(package, name, slide)) if slide is not None and not hidden else ""
            )
    warnings = (f"Không đọc {n_hidden} trang chiếu ẩn",) if n_hidden else ()
    return join_blocks("\n\n\f".join(page.replace("\f", " ") for page in pages), warnings)


def _slide(package: Package, name: str, slide: etree._Element) -> Iterator[str]:
    yield from _shapes(slide)
    for kind, target, _ in package.relations(name):
        if kind == "notesSlide" and (notes := package.xml(target)) is not None:
            yield from _shapes(notes)


def _shapes(root: etree._Element) -> Iterator[str]:
    for tree in root.iter(_P + "spTree"):
        yield from _group(tree)


def _group(group: etree._Element) -> Iterator[str]:
    for shape in group:
        if shape.tag == _P + "grpSp":
            yield from _group(shape)
        elif shape.tag == _P + "graphicFrame":
            for table in shape.iter(_A + "tbl"):
                yield from table_blocks(list(_rows(table)), ruled=True)
        elif shape.tag == _P + "sp":
            holder = next(shape.iter(_P + "ph"), None)
            body = shape.find(_P + "txBody")
            if body is not None and (holder is None or holder.get("type") not in _FURNITURE):
                yield from _paragraphs(body)


def _rows(table: etree._Element) -> Iterator[Row]:
    properties = table.find(_A + "tblPr")
    first_is_header = properties is not None and properties.get("firstRow") in ("1", "true")
    for i, row in enumerate(table.iterchildren(_A + "tr")):
        cells: list[list[str]] = []
        for cell in row.iterchildren(_A + "tc"):
            body = cell.find(_A + "txBody")
            merged = cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true")
            cells.append([] if body is None or merged else list(_paragraphs(body)))
        yield first_is_header and i == 0, cells


def _paragraphs(body: etree._Element) -> Iterator[str]:
    """Yield paragraphs with their automatic numbers; a list starts anew when its kind changes."""
    counts: dict[int, tuple[str, int]] = {}
    for paragraph in body.iterchildren(_A + "p"):
        properties = paragraph.find(_A + "pPr")
        text = _text(paragraph)
        if not text.strip():
            continue
        level = int(properties.get("lvl", "0")) if properties is not None else 0
        counts = {above: seen for above, seen in counts.items() if above <= level}
        auto = properties.find(_A + "buAutoNum") if properties is not None else None
        bullet = properties.find(_A + "buChar") if properties is not None else None
        if auto is not None:
            kind = auto.get("type", "arabicPeriod")
            before = counts.get(level)
            start = int(auto.get("startAt", "1"))
            number = before[1] + 1 if before is not None and before[0] == kind else start
            counts[level] = kind, number
            text = _label(kind, number) + text
        else:
            counts.pop(level, None)
            if bullet is not None:
                mark = bullet.get("char", "")
                text = ("- " if mark in ("-", "–") else "• ") + text
        yield text


def _label(kind: str, number: int) -> str:
    """Write a number as `kind` ("romanUcPeriod") says.

    >>> _label("romanUcPeriod", 4), _label("alphaLcParenR", 2)
    ('IV. ', 'b) ')
    """
    form = next((form for name, form in _FORMS.items() if kind.startswith(name)), "decimal")
    before, after = next((around for end, around in _AROUND.items() if kind.endswith(end)), ("", "."))
    return f"{before}{format_number(number, form)}{after} "


def _text(paragraph: etree._Element) -> str:
    pieces: list[tuple[str, str | None]] = []
    for child in paragraph:
        if child.tag == _A + "br":
            pieces.append(("\n", None))
        elif child.tag in (_A + "r", _A + "fld"):
            latin = child.find(f"{_A}rPr/{_A}latin")
            pieces.append((child.findtext(_A + "t", ""), None if latin is None else latin.get("typeface")))
    return legacy.convert_pieces(pieces)
