"""Workbooks, presentations, PDF files and scans made from nothing; Word files are in `make_fixtures`."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.make_fixtures import REL, relations, write_zip

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def need(program: str) -> None:
    """Skip the test where a program of the system is missing; fail where CI should have installed it."""
    if shutil.which(program) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is missing; .ci/run should have installed it")
        pytest.skip(f"{program} is not installed")


def _content_types(*overrides: tuple[str, str]) -> str:
    """Return the part that says what the other parts are; overrides are (name, kind)."""
    office = "application/vnd.openxmlformats-officedocument"
    body = "".join(f'<Override PartName="/{n}" ContentType="{office}.{kind}+xml"/>' for n, kind in overrides)
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    )


def column(number: int) -> str:
    """The name of a column, from 0: A, B ... (26 at most)."""
    return chr(ord("A") + number)


def xlsx(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[str]]],
    styles: str = "",
    states: Mapping[str, str] | None = None,
) -> Path:
    """Write a workbook; a cell is text, or "attributes|inside" of its `c` element."""
    parts: dict[str, str] = {}
    entries, links = "", []
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        body = ""
        for r, row in enumerate(rows, start=1):
            cells = ""
            for c, value in enumerate(row):
                attributes, bar, inside = value.partition("|")
                if not bar:
                    attributes, inside = 't="inlineStr"', f"<is><t>{escape(value)}</t></is>"
                if value:
                    cells += f'<c r="{column(c)}{r}" {attributes}>{inside}</c>'
            body += f'<row r="{r}">{cells}</row>' if cells else ""
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{S}"><sheetData>{body}</sheetData></worksheet>'
        )
        state = (states or {}).get(name, "visible")
        entries += f'<sheet name="{escape(name)}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        links.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{S}">{styles}</styleSheet>'
        links.append(("rId99", "styles", "styles.xml"))
    return write_zip(
        path,
        {
            "[Content_Types].xml": _content_types(
                ("xl/workbook.xml", "spreadsheetml.sheet.main"),
                *((name, "spreadsheetml.worksheet") for name in parts if "worksheets" in name),
            ),
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{REL}"><sheets>{entries}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(*links),
            **parts,
        },
    )


def shape(*paragraphs: str, holder: str = "") -> str:
    """Return a shape of a slide; a paragraph is text or the XML inside its `a:p`."""
    inside = "".join(
        f"<a:p>{p if p.startswith('<') else f'<a:r><a:t>{escape(p)}</a:t></a:r>'}</a:p>" for p in paragraphs
    )
    mark = f'<p:nvPr><p:ph type="{holder}"/></p:nvPr>' if holder else "<p:nvPr/>"
    return f"<p:sp><p:nvSpPr>{mark}</p:nvSpPr><p:txBody>{inside}</p:txBody></p:sp>"


def pptx(path: Path, slides: Sequence[str], notes: Mapping[int, str] | None = None, hidden: int = -1) -> Path:
    """Write a presentation from the shapes of each slide; notes by the number of the slide, from 0."""
    names = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{REL}"'
    parts: dict[str, str] = {}
    for i, shapes in enumerate(slides):
        show = ' show="0"' if i == hidden else ""
        tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
        parts[f"ppt/slides/slide{i}.xml"] = f"<p:sld {names}{show}>{tree}</p:sld>"
        if notes and i in notes:
            parts[f"ppt/slides/_rels/slide{i}.xml.rels"] = relations(
                ("rId1", "notesSlide", f"../notes{i}.xml")
            )
            tree = f"<p:cSld><p:spTree>{notes[i]}</p:spTree></p:cSld>"
            parts[f"ppt/notes{i}.xml"] = f"<p:notes {names}>{tree}</p:notes>"
    ids = "".join(f'<p:sldId id="{256 + i}" r:id="rId{i}"/>' for i in range(len(slides)))
    ids = f"<p:sldIdLst>{ids}</p:sldIdLst>"
    links = [(f"rId{i}", "slide", f"slides/slide{i}.xml") for i in range(len(slides))]
    return write_zip(
        path,
        {
            "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f"<p:presentation {names}>{ids}</p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(*links),
            **parts,
        },
    )


def pdf(path: Path, pages: Sequence[Sequence[tuple[float, float, str]]], size: float = 12) -> Path:
    """Write a PDF with a text layer: for each page (x, y, text) in points, each letter half its size wide.

    The font is not embedded; its letters are Unicode numbers, which is all that reading needs.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /FontDescriptor << /Type /FontDescriptor"
        b" /FontName /Plain /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200"
        b" /CapHeight 700 /StemV 80 >> >>",
        _stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Plain def"
            b" /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 32 beginbfrange\n"
            + b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (i, i, i) for i in range(32))
            + b"\nendbfrange endcmap CMapName currentdict /CMap defineresource pop end end"
        ),
    ]
    for i, lines in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (7 + 2 * i)
        )
        shown = "".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in lines
        )
        objects.append(_stream(shown.encode()))
    return write_pdf(path, objects)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(data), more, data)


def write_pdf(path: Path, objects: Sequence[bytes]) -> Path:
    """Write numbered objects, the first of them the catalog, with their table."""
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            table,
            len(objects) + 1,
            len(data),
        )
    )
    path.write_bytes(data)
    return path


def soffice(source: Path, ending: str) -> Path:
    """Convert a file with LibreOffice, beside itself; an implementation that is not ours."""
    need("soffice")
    profile = source.parent / "profile"
    kind = "txt:Text (encoded):UTF8" if ending == "txt" else ending
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(source.parent), str(source)], check=True, capture_output=True, timeout=120
    )
    return source.with_suffix(f".{ending}")


def scan(source: Path, dpi: int = 200, noise: float = 14.0) -> list[Image.Image]:
    """Draw the pages of a PDF as a scanner would: grey, a little blurred, with noise."""
    import pypdfium2

    pictures: list[Image.Image] = []
    document = pypdfium2.PdfDocument(source)
    for page in document:
        clean = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        # Noise that is the same each time: uniform, `noise` grey levels up and down.
        grain = Image.frombytes(
            "L", clean.size, random.Random(len(pictures)).randbytes(clean.width * clean.height)
        )
        grain = grain.point([round(128 + (v - 127.5) / 127.5 * noise) for v in range(256)])
        blurred = clean.filter(ImageFilter.GaussianBlur(0.6))
        pictures.append(ImageChops.add(blurred, grain, scale=1, offset=-128))
    document.close()
    return pictures
