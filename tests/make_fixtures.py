"""Office files made from nothing, so that every byte of a fixture has its source here."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{REL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write `parts` as a zip file in the order given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def relations(*triples: tuple[str, str, str]) -> str:
    """Return a relations part from (id, kind, target)."""
    body = "".join(f'<Relationship Id="{i}" Type="{REL}/{kind}" Target="{to}"/>' for i, kind, to in triples)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE_REL}">{body}</Relationships>'
    )


def run(text: str, properties: str = "") -> str:
    """Return a run; `properties` is the inside of its w:rPr."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs: str, properties: str = "", num: tuple[int, int] | None = None) -> str:
    """Return a paragraph of runs (text that is not XML becomes one); `num` is (numId, level)."""
    place = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p><w:pPr>{properties}{place}</w:pPr>{inside}</w:p>"


def table(*rows: Sequence[str], borders: bool = True) -> str:
    """Return a table; a cell is text or XML of paragraphs (or a whole w:tc)."""
    kind = "single" if borders else "nil"
    edges = "".join(
        f'<w:{e} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>'
        for e in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    drawn = f"<w:tcPr><w:tcBorders>{edges}</w:tcBorders></w:tcPr>"
    body = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows).replace("<w:tcPr/>", drawn)
    width = max(len(row) for row in rows)
    grid = f'<w:gridCol w:w="{9000 // width}"/>' * width
    look = f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _cell(content: str) -> str:
    if content.startswith("<w:tc>"):
        return content
    return f"<w:tc><w:tcPr/>{content if content.startswith('<') else para(content)}</w:tc>"


def level(ilvl: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    """Return one level of a list; `more` goes between format and text (w:suff, w:isLgl ...)."""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def numbering(lists: Mapping[int, str], nums: Mapping[int, tuple[int, str]] | None = None) -> str:
    """Return word/numbering.xml from abstract lists and nums (numId -> abstract id, overrides)."""
    nums = nums or {key: (key, "") for key in lists}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in lists.items()
    )
    concrete = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
        for key, (of, overrides) in nums.items()
    )
    return f"<w:numbering {_NAMES}>{abstract}{concrete}</w:numbering>"


def docx(path: Path, *body: str, parts: Mapping[str, str] | None = None) -> Path:
    """Write a Word file.

    Args:
        path: Where to.
        body: Paragraphs and tables; text that is not XML becomes a paragraph.
        parts: Further parts by their name without folder and ending ("numbering", "styles",
            "footnotes", "header1"); a value that is not a whole part is wrapped in its root.
    """
    roots = {"styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes"}
    written: dict[str, str] = {}
    linked: list[tuple[str, str, str]] = []
    for name, xml in (parts or {}).items():
        kind = name.rstrip("0123456789")
        root = roots.get(kind, {"header": "hdr", "footer": "ftr"}.get(kind, kind))
        written[f"word/{name}.xml"] = (
            xml if xml.startswith("<w:numbering ") else f"<w:{root} {_NAMES}>{xml}</w:{root}>"
        )
        linked.append((f"rId{len(linked) + 1}", kind, f"{name}.xml"))
    text = "".join(piece if piece.startswith("<") else para(piece) for piece in body)
    kinds = "".join(
        f'<Override PartName="/{part}" ContentType="{_MAIN}.{part[5:-4].rstrip("0123456789")}+xml"/>'
        for part in written
    )
    content_types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>{kinds}</Types>'
    )
    return write_zip(
        path,
        {
            "[Content_Types].xml": content_types,
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {_NAMES}><w:body>{text}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*linked),
            **written,
        },
    )
