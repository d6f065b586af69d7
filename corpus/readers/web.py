"""Web pages (.html, .htm): what a browser would show, block by block, without looking anything up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from corpus.errors import DocumentError
from corpus.readers import plain
from corpus.readers.base import ReadText
from corpus.readers.layout import Row, join_blocks, table_blocks
from corpus.readers.wordlists import format_number

_UNSEEN = {"script", "style", "template", "noscript", "head", "title", "del", "iframe", "object", "svg"}
_UNSEEN |= {"select", "button", "audio", "video", "canvas", "meta", "link"}
_BLOCKS = set(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary ul html".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
_FORMS = {"A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read(path: Path) -> ReadText:
    """Read a web page.

    Raises:
        DocumentError: Empty, not text, or in no encoding we know.
    """
    data = path.read_bytes()
    text, warnings = plain.decode(path, data, _named_charset(data))
    return join_blocks("\n\n".join(blocks(path, text)).replace("\f", " "), warnings)


def blocks(path: Path, text: str) -> list[str]:
    """Return the blocks of a page already decoded; `path` is for messages.

    Raises:
        DocumentError: where there is nothing in it.
    """
    # The parser refuses a declared encoding in text that is already decoded.
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text)
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, remove_comments=True))
    except (etree.ParserError, ValueError) as error:
        raise DocumentError(path, "trang web không có nội dung", "Hãy kiểm tra lại tệp gốc") from error
    return list(_flow(root))


def _named_charset(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    return None if found is None else found[1].decode("ascii")


def _is_unseen(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style", ""))) or element.get("aria-hidden") == "true"


def _flow(parent: etree._Element) -> Iterator[str]:
    """Yield the blocks of text in `parent`, in order; text between blocks is a block of its own."""
    line: list[str] = [parent.text or ""]
    for block in _pieces(parent, line):
        yield from _finish(line)
        yield block
    yield from _finish(line)


def _finish(line: list[str]) -> Iterator[str]:
    """Empty the running text; yield it where it says something. "\\v" stands for <br>."""
    text = _SPACES.sub(" ", "".join(line))
    line.clear()
    text = "\n".join(part.strip(" ") for part in text.split("\v")).strip()
    if text:
        yield text


def _pieces(parent: etree._Element, line: list[str]) -> Iterator[str]:
    """Add running text to `line`; yield each block where the running text before it ends."""
    for child in parent:
        if _is_unseen(child):
            pass
        elif child.tag == "br":
            line.append("\v")
        elif child.tag == "table":
            yield from _finish(line)
            yield from _table(child)
        elif child.tag in ("ol", "ul"):
            yield from _finish(line)
            yield from _list(child)
        elif child.tag == "pre":
            yield from _finish(line)
            yield from filter(str.strip, ["".join(child.itertext()).strip("\n")])
        elif child.tag in _BLOCKS:
            yield from _finish(line)
            yield from _flow(child)
        else:
            if child.tag == "sup":
                line.append(f"<sup>{''.join(child.itertext()).strip()[:8]}</sup>")
            else:
                line.append(child.text or "")
                yield from _pieces(child, line)
        line.append(child.tail or "")


def _list(element: etree._Element) -> Iterator[str]:
    number = int(start) if (start := element.get("start", "1")).lstrip("-").isdigit() else 1
    form = _FORMS.get(element.get("type", ""), "decimal")
    for item in element:
        if _is_unseen(item):
            continue
        blocks = list(_flow(item))
        if item.tag == "li":
            said = item.get("value", "")
            number = int(said) if said.isdigit() else number
            mark = f"{format_number(number, form)}. " if element.tag == "ol" else "- "
            number += 1
            if blocks:
                blocks[0] = mark + blocks[0]
        yield from blocks


def _table(table: etree._Element) -> Iterator[str]:
    rows: list[Row] = []
    open_below: dict[int, int] = {}  # column -> rows that a cell above still covers
    own = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    for caption in table.iterchildren("caption"):
        yield from _flow(caption)
    for row in own:
        if _is_unseen(row):
            continue
        cells: list[list[str]] = []
        kinds = [cell.tag for cell in row if cell.tag in ("td", "th")]
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while open_below.get(len(cells), 0) > 0:
                open_below[len(cells)] -= 1
                cells.append([])
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + width):
                open_below[column] = height - 1
            cells += [[] if _is_unseen(cell) else list(_flow(cell)), *([[]] * (width - 1))]
        rows.append((bool(kinds) and set(kinds) == {"th"}, cells))
    ruled = True if any(header for header, _ in rows) or table.get("border", "0") not in ("0", "") else None
    yield from table_blocks(rows, ruled)


def _span(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "1")
    return min(int(said), 64) if said.isdigit() and said != "0" else 1
