"""What stands inside a paragraph of a Word file: runs, fields, breaks, symbols, marks of footnotes."""

from __future__ import annotations

import re

from lxml import etree

from corpus.readers import legacy
from corpus.readers.wordlists import W
from corpus.readers.wordstyles import Styles, run_font

# A break as Word last laid the page out, and one the writer put there; neither occurs in XML text.
RENDERED, EXPLICIT = "\x0e", "\x0c"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE = _MC + "AlternateContent"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WRAPPERS = "ins moveTo hyperlink smartTag fldSimple customXml dir bdo sdtContent"
WRAPPERS = {W + name for name in _WRAPPERS.split()}  # elements that only wrap what we read
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_SYMBOLS = dict(zip(map(ord, "\uf0b7\uf0a7\uf0a8\uf06f\uf0fe\uf0fc\uf0e0\uf02d"), "•▪☐☐☒✓→-", strict=True))

Pieces = list[tuple[str, str | None]]  # text and the font it names, if old fonts matter


class Inline:
    """Reads paragraphs one after the other; a field may be open from one to the next.

    Attributes:
        boxes: Text boxes met and not yet taken, as elements.
        cited: Footnotes met and not yet taken: the mark in the text, the note.
    """

    def __init__(self, styles: Styles, old_fonts: bool, notes: dict[str, dict[str, etree._Element]]) -> None:
        self._styles, self._old_fonts, self._notes = styles, old_fonts, notes
        self._fields: list[bool] = []  # for each open field: True while its instruction is being read
        self._note_count = 0
        self.boxes: list[etree._Element] = []
        self.cited: list[tuple[str, etree._Element]] = []

    def read(self, paragraph: etree._Element, style: str) -> str:
        """Return the text of a paragraph of the style `style`, page breaks as their two marks."""
        pieces: Pieces = []
        self._walk(paragraph, style, pieces)
        return legacy.convert_pieces(pieces) if self._old_fonts else "".join(text for text, _ in pieces)

    def close_fields(self) -> None:
        """Forget fields that were never ended, so that they swallow nothing of the next part."""
        self._fields.clear()

    def _walk(self, parent: etree._Element, style: str, pieces: Pieces) -> None:
        for child in parent:
            if child.tag == W + "r":
                self._run(child, style, pieces)
            elif child.tag in WRAPPERS:
                self._walk(child, style, pieces)
            elif child.tag == W + "sdt":
                if (content := child.find(W + "sdtContent")) is not None:
                    self._walk(content, style, pieces)
            elif child.tag == ALTERNATE:
                self._walk(chosen(child), style, pieces)
            elif isinstance(child.tag, str) and child.tag.startswith(_MATH):
                pieces.append(("".join(t.text or "" for t in child.iter(_MATH + "t")), None))

    def _run(self, run: etree._Element, style: str, pieces: Pieces) -> None:
        properties = run.find(W + "rPr")
        if self._styles.run_is_hidden(properties, style):
            return
        font = None
        if self._old_fonts:
            font = (
                run_font(properties)
                or self._styles.font(self._styles.of(properties, "rStyle"))
                or self._styles.font(style)
                or self._styles.default_font()
            )
        for child in run:
            text = self._piece(child)
            if text:
                pieces.append((text, font))

    def _piece(self, child: etree._Element) -> str:
        """Return the text of one child of a run; remember text boxes and footnotes for later."""
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType", ""))
        if any(self._fields):
            return ""
        if tag == W + "t":
            return child.text or ""
        if tag in (W + "tab", W + "ptab"):
            return "\t"
        if tag == W + "br":
            return EXPLICIT if child.get(W + "type") == "page" else "\n"
        if tag == W + "lastRenderedPageBreak":
            return RENDERED
        if tag == W + "cr":
            return "\n"
        if tag == W + "noBreakHyphen":
            return "-"
        if tag == W + "softHyphen":
            return "\u00ad" if self._old_fonts else ""  # in TCVN3 it is the letter "ư"
        if tag == W + "sym":
            return _symbol(child.get(W + "char", ""))
        if tag in _NOTES:
            return self._note(_NOTES[tag], child.get(W + "id", ""))
        if tag == ALTERNATE:
            child = chosen(child)
        if tag in (W + "drawing", W + "pict", W + "object", ALTERNATE):
            self.boxes += _outermost(child, W + "txbxContent")
        return ""

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, part: str, note_id: str) -> str:
        """Return the mark of a footnote or endnote, and keep its text for after the paragraph."""
        note = self._notes.get(part, {}).get(note_id)
        if note is None:
            return ""
        self._note_count += 1
        mark = f"<sup>{self._note_count}</sup>"
        self.cited.append((mark, note))
        return mark


def chosen(alternate: etree._Element) -> etree._Element:
    """The branch of an `mc:AlternateContent` that is shown: the first choice, else the fallback."""
    branches = [e for e in alternate if e.tag in (_MC + "Choice", _MC + "Fallback")]
    return branches[0] if branches else alternate


def _outermost(parent: etree._Element, tag: str) -> list[etree._Element]:
    """Elements called `tag` below `parent`, not those inside another; each shape's first version."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag == ALTERNATE:
            found += _outermost(chosen(child), tag)
        elif isinstance(child.tag, str):
            found += _outermost(child, tag)
    return found


def _symbol(code: str) -> str:
    value = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
    return _SYMBOLS.get(value, chr(value) if 0x20 <= value < 0xD800 else "")
