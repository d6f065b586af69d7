"""Word files (.docx, .docm, .dotx): the text as a reader of the printed page would see it.

    document.xml -> blocks: paragraphs with their labels, tables row by row, text boxes, footnotes

Tracked deletions, hidden text and generated tables of contents are left out; what was
inserted stays. Paragraphs are parted by a blank line, the rows of a table by a line break.
Pages begin at explicit breaks and where Word last broke them ("\\f" inside this module).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from corpus.errors import DocumentError
from corpus.readers import legacy
from corpus.readers.base import ReadText
from corpus.readers.layout import join_blocks, table_blocks
from corpus.readers.ooxml import Package
from corpus.readers.wordimages import read_scans
from corpus.readers.wordlists import Numbering, W
from corpus.readers.wordruns import ALTERNATE, EXPLICIT, RENDERED, WRAPPERS, Inline, chosen
from corpus.readers.wordstyles import ListPlace, Styles, list_place, switch

_BREAKS = RENDERED + EXPLICIT
_TWICE = re.compile(f"{EXPLICIT}(\\s*){RENDERED}")


def read(path: Path) -> ReadText:
    """Read a Word file.

    Raises:
        DocumentError: Damaged, encrypted, too large, or without any text.
    """
    with Package(path) as package:
        main = package.main_part("word/document.xml")
        return read_scans(package, main, _Story(package, main).read())


class _Story:
    """The walk over one document; counters and open fields live as long as it."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._parts: dict[str, list[str]] = {}
        for kind, target, _ in package.relations(main):
            self._parts.setdefault(kind, []).append(target)
        self._body = self._need(main)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"))
        self._notes = {
            part: {note.get(W + "id", ""): note for note in root if isinstance(note.tag, str)}
            for part in ("footnotes", "endnotes")
            if (root := self._part(part)) is not None
        }
        old_fonts = legacy.names_legacy_font(package.read(main) or b"") or any(
            legacy.names_legacy_font(package.read(name) or b"")
            for kind in ("styles", "fontTable")
            for name in self._parts.get(kind, ())
        )
        self._inline = Inline(self._styles, old_fonts, self._notes)
        self._in_cell = False
        self._carry = ""  # text of a paragraph whose end was deleted or hidden

    def _need(self, name: str) -> etree._Element:
        root = self._package.xml(name)
        if root is not None and root.tag == W + "document":
            body = root.find(W + "body")
            return etree.Element(W + "body") if body is None else body  # none: a document without text
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise DocumentError(
                self._package.path,
                "tệp không phải là văn bản Word",
                "Hãy mở tệp bằng Word hoặc LibreOffice rồi lưu lại",
            )
        return body

    def _part(self, kind: str) -> etree._Element | None:
        names = self._parts.get(kind, ())
        return self._package.xml(names[0]) if names else None

    def read(self) -> ReadText:
        blocks = [*self._margins("header"), *self._blocks(self._body), *self._margins("footer")]
        text = _TWICE.sub(rf"{EXPLICIT}\1", "\n\n".join(blocks))
        n_pages = text.count(EXPLICIT) + text.count(RENDERED) + 1
        said = re.search(rb"<Pages>(\d{1,6})</Pages>", self._package.read("docProps/app.xml") or b"")
        said_pages = int(said[1]) if said else n_pages
        # Explicit breaks alone do not number the pages of a file that says it has many more.
        pages_are_known = RENDERED in text or said_pages <= n_pages
        warnings = []
        if pages_are_known and said_pages != n_pages and n_pages > 1:
            warnings.append("Số trang của tệp Word này là gần đúng: tệp không ghi đủ chỗ ngắt trang")
        if next(self._body.iter(W + "altChunk"), None) is not None:
            warnings.append("Tệp có phần nhúng từ tệp khác, chưa đọc được phần đó")
        return join_blocks(text.replace(RENDERED, EXPLICIT), tuple(warnings), pages_are_known)

    def _margins(self, kind: str) -> list[str]:
        """Headers or footers that say something, each once; mere page numbers say nothing."""
        seen: dict[str, None] = {}
        for name in self._parts.get(kind, ()):
            root = self._package.xml(name)
            for block in self._blocks(root) if root is not None else ():
                block = block.replace(RENDERED, "").replace(EXPLICIT, "")
                if not re.fullmatch(
                    r"[\W\d_]*((trang|page)[\W\d_]*)?((of|trên|/)[\W\d_]*)?", block, re.IGNORECASE
                ):
                    seen.setdefault(block)
        self._inline.close_fields()
        return list(seen)

    # Blocks: paragraphs and tables

    def _blocks(self, parent: etree._Element) -> Iterator[str]:
        """Yield the text of each paragraph and table under `parent`, footnotes after their paragraph."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from table_blocks(list(self._rows(child)), self._is_ruled(child))
                yield from self._take_notes()
            elif child.tag == W + "sdt":
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                content = child.find(W + "sdtContent")
                generated = gallery is not None and gallery.get(W + "val") == "Table of Contents"
                if content is not None and not generated:
                    yield from self._blocks(content)
            elif child.tag in WRAPPERS:
                yield from self._blocks(child)
            elif child.tag == ALTERNATE:
                yield from self._blocks(chosen(child))
        if _seen(self._carry):  # the last paragraph's end was deleted: nothing follows it here
            yield self._carry
            self._carry = ""

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        properties = paragraph.find(W + "pPr")
        style = self._styles.of(properties, "pStyle")
        text = self._inline.read(paragraph, style)
        if switch(properties, "pageBreakBefore"):
            text = EXPLICIT + text
        if self._styles.name(style).startswith("toc "):
            text = _breaks(text)
        mark = properties.find(W + "rPr") if properties is not None else None
        deleted = mark is not None and (
            mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
        )
        hidden = self._styles.run_is_hidden(mark, style)
        if deleted or (hidden and not _seen(text)):
            self._carry += text
        else:
            yield from self._end_paragraph(self._label(properties, style), text, hidden)
        section = properties.find(W + "sectPr") if properties is not None else None
        if section is not None:
            kind = section.find(W + "type")
            if kind is None or kind.get(W + "val") in ("nextPage", "oddPage", "evenPage"):
                self._carry += EXPLICIT
        yield from self._take_boxes()
        yield from self._take_notes()

    def _end_paragraph(self, label: str, text: str, goes_on: bool) -> Iterator[str]:
        """Yield the paragraph, with what was carried to it, unless it `goes_on` in the next one."""
        text = self._carry + text
        self._carry = ""
        if not _seen(text) and not (self._in_cell and any(map(str.isalnum, label))):
            self._carry = _breaks(text)  # an empty paragraph; but a row's number is often just its label
            return
        lead = len(text) - len(text.lstrip(_BREAKS + " \t\n"))  # a label stands on the page of its words
        text = _breaks(text[:lead]) + (label + text[lead:]).rstrip(" \t\n")
        if goes_on:
            self._carry = text
        else:
            yield text

    def _label(self, properties: etree._Element | None, style: str) -> str:
        """Count the paragraph in its list, if it is in one, and return its label."""
        own = list_place(properties)
        if own.num_id == "0":  # takes the paragraph out of its style's list
            return ""
        by_style, namer = self._styles.place(style)
        place = ListPlace(own.num_id or by_style.num_id, by_style.ilvl if own.ilvl is None else own.ilvl)
        if place.num_id is None or place.num_id == "0":
            return ""
        ilvl = own.ilvl
        if own.num_id is None:  # a style's level is the one bound to it in the list
            bound = self._numbering.level_of_style(place.num_id, style)
            if bound is None:
                bound = self._numbering.level_of_style(place.num_id, namer)
            ilvl = bound if bound is not None and own.ilvl is None else place.ilvl
        return self._numbering.count(place.num_id, ilvl or 0)

    def _take_boxes(self) -> Iterator[str]:
        """Yield the blocks of text boxes anchored in the paragraph just read."""
        boxes, self._inline.boxes = self._inline.boxes, []
        carry, self._carry = self._carry, ""
        for box in boxes:
            yield from self._blocks(box)
        self._carry = carry

    def _take_notes(self) -> Iterator[str]:
        """Yield the footnotes cited since the last block, each as one paragraph."""
        cited, self._inline.cited = self._inline.cited, []
        carry, self._carry = self._carry, ""
        for mark, note in cited:
            yield f"{mark} {' '.join(block.strip() for block in self._blocks(note))}"
        self._carry = carry

    # Tables

    def _rows(self, table: etree._Element) -> Iterator[tuple[bool, list[list[str]]]]:
        """Yield (is a header, cells) for each row; a cell is its blocks, empty where merged upwards."""
        for row in _descend(table, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            cells: list[list[str]] = []
            outside, self._in_cell = self._in_cell, True
            for cell in _descend(row, W + "tc"):
                kind = cell.find(W + "tcPr")
                merge = kind.find(W + "vMerge") if kind is not None else None
                merged_up = merge is not None and merge.get(W + "val", "continue") != "restart"
                cells.append([] if merged_up else list(self._blocks(cell)))
                span = kind.find(W + "gridSpan") if kind is not None else None
                width = span.get(W + "val", "1") if span is not None else "1"
                cells += [[]] * (min(int(width), 64) - 1 if width.isdigit() else 0)
            self._in_cell = outside
            yield bool(switch(properties, "tblHeader")), _one_break_a_row(cells)

    def _is_ruled(self, table: etree._Element) -> bool | None:
        """Whether lines are drawn between the cells; None where only the style knows."""
        properties = table.find(W + "tblPr")
        style = properties.find(W + "tblStyle") if properties is not None else None
        drawn = [
            edge.get(W + "val", "") not in ("nil", "none", "")
            for box in (*table.iter(W + "tblBorders"), *table.iter(W + "tcBorders"))
            for edge in box
            if isinstance(edge.tag, str)
        ]
        if drawn:
            return sum(drawn) * 4 >= len(drawn)
        return None if style is None else self._styles.rules_tables(style.get(W + "val", ""))


def _breaks(text: str) -> str:
    """Only the page breaks of `text`."""
    return "".join(char for char in text if char in _BREAKS)


def _seen(text: str) -> bool:
    """Whether there is anything to read in `text` besides page breaks."""
    return bool(text.strip(_BREAKS + " \t\n\u00a0"))


def _descend(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            yield from _descend(content, tag) if content is not None else ()
        elif child.tag in WRAPPERS:
            yield from _descend(child, tag)


def _one_break_a_row(cells: list[list[str]]) -> list[list[str]]:
    """Keep the rendered breaks of one cell only: a row torn by one page break says so in each cell."""
    counts = [sum(block.count(RENDERED) for block in cell) for cell in cells]
    keeper = counts.index(max(counts, default=0)) if cells else 0
    return [
        cell if i == keeper else [block.replace(RENDERED, "") for block in cell]
        for i, cell in enumerate(cells)
    ]
