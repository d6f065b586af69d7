"""A page of a PDF as a picture, and where its words stand; drawn apart, as files are read."""

from __future__ import annotations

import base64
import ctypes
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError
from corpus.readers.isolation import DRAWERS, Limits, ask_apart

WIDTH = 1600  # pixels; sharp at twice the width of a column of text
_MAX_PIXELS = 12_000_000
_MAX_CHARACTERS = 40_000  # of one page
_LIMITS = Limits(seconds=15, seconds_in_all=15, output_bytes=24 * 1024**2)
_WORD = re.compile(r"[\w\u0300-\u036f]+")  # accents may stand apart from their letters
_UNITS = 1_000_000  # to which pdfium maps a side of the page: it gives whole numbers


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, NFC, and its box as shares of the page's width and height, from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page, drawn.

    Attributes:
        png: The picture, `width` x `height` pixels.
        n_pages: Pages of the whole file.
        words: In the order of the file; none on a page that is only an image.
    """

    png: bytes
    width: int
    height: int
    n_pages: int
    words: tuple[Word, ...]


def draw_page(path: Path, number: int) -> DrawnPage:
    """Draw page `number`, from 1, in a child process bounded in time and memory.

    Raises:
        DocumentError: There is no such page, the file is damaged or locked, or a limit was passed.
    """
    answer = ask_apart(path, {"page": number}, _LIMITS, DRAWERS)
    if "png" not in answer:
        raise DocumentError(path, answer["reason"], answer["remedy"])
    words = tuple(Word(*word) for word in answer["words"])
    png = base64.b64decode(answer["png"])
    return DrawnPage(png, answer["width"], answer["height"], answer["n_pages"], words)


def answer(path: Path, number: int) -> dict[str, Any]:
    """Do the drawing; called in the child.

    Raises:
        DocumentError: There is no such page.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = "tệp có mật khẩu" if "password" in str(error).lower() else "tệp PDF hỏng"
        raise DocumentError(path, reason, "Hãy tải bản gốc về để mở bằng phần mềm khác") from error
    try:
        n_pages = len(document)
        if not 1 <= number <= n_pages:
            raise DocumentError(
                path, f"không có trang {number}, tệp có {n_pages} trang", "Hãy chọn trang khác"
            )
        page = document[number - 1]
        picture = _picture(page)
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", compress_level=4)
        return {
            "png": base64.b64encode(buffer.getvalue()).decode(),
            "width": picture.width,
            "height": picture.height,
            "n_pages": n_pages,
            "words": _words(page),
        }
    finally:
        document.close()


def _picture(page: Any) -> Any:
    """The page at WIDTH, or smaller where it would be too large; grey where it has no colours."""
    from PIL import ImageChops

    width, height = (max(side, 1.0) for side in page.get_size())
    scale = min(WIDTH / width, (_MAX_PIXELS / (width * height)) ** 0.5)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    red, green, blue = picture.split()
    grey = not (ImageChops.difference(red, green).getbbox() or ImageChops.difference(red, blue).getbbox())
    return red if grey else picture


def _words(page: Any) -> list[tuple[str, float, float, float, float]]:
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), _MAX_CHARACTERS)
        # Letter by letter, for the text in one piece may have other offsets than the boxes.
        text = "".join(chr(pdfium.FPDFText_GetUnicode(textpage, i) or 32) for i in range(count))
        found = []
        for match in _WORD.finditer(text):
            box = _box(page, textpage, *match.span())
            if box is not None:
                found.append((unicodedata.normalize("NFC", match[0]), *box))
        return found
    finally:
        textpage.close()


def _box(page: Any, textpage: Any, start: int, end: int) -> tuple[float, float, float, float] | None:
    """The box around some letters, on the page as it is drawn: turned and cropped as the file says."""
    import pypdfium2.raw as pdfium

    corners: list[tuple[float, float]] = []
    x, y = ctypes.c_int(), ctypes.c_int()
    box = pdfium.FS_RECTF()
    for i in range(start, end):
        if not pdfium.FPDFText_GetLooseCharBox(textpage, i, box):
            continue
        for across, up in ((box.left, box.bottom), (box.right, box.top)):
            pdfium.FPDF_PageToDevice(page, 0, 0, _UNITS, _UNITS, 0, across, up, x, y)
            corners.append((x.value / _UNITS, y.value / _UNITS))
    if not corners:
        return None
    across_all, down_all = zip(*corners, strict=True)
    left, right = max(min(across_all), 0.0), min(max(across_all), 1.0)
    top, bottom = max(min(down_all), 0.0), min(max(down_all), 1.0)
    return (left, top, right, bottom) if left < right and top < bottom else None
