"""Word files that are scans: pages pasted as pictures, with next to no text around them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.readers import ocr
from corpus.readers.base import ReadText
from corpus.readers.layout import join_blocks
from corpus.readers.ooxml import Package
from corpus.readers.pagelines import text_of_pages

if TYPE_CHECKING:
    from PIL.Image import Image

_FEW_LETTERS = 200  # a letterhead typed above a scan
_PAGE_SIDE = 1000  # pixels; the longer side of a scanned page, not of a logo or a signature
_READABLE = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif"}


def read_scans(package: Package, main: str, read: ReadText) -> ReadText:
    """Return `read`, or where it has next to no text, what stands in the file's pictures of pages.

    Raises:
        DocumentError: it is a scan and there is no Tesseract.
    """
    if sum(map(str.isalnum, read.text)) > _FEW_LETTERS:
        return read
    pictures = list(_pictures(package, main))
    if not pictures:
        return read
    pages, warnings = ocr.recognise(package.path, pictures)
    found = join_blocks(text_of_pages(pages), warnings)
    typed = [read.text] if read.text else []
    return ReadText("\n\n".join([*typed, found.text]), (), (*read.warnings, *found.warnings))


def _pictures(package: Package, main: str) -> Iterator[Image]:
    """Yield the pictures as large as a page, in the order the file lists them."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = ocr.MAX_PIXELS
    for kind, target, _ in package.relations(main):
        if kind != "image" or PurePosixPath(target).suffix.lower() not in _READABLE:
            continue
        try:
            picture = Image.open(io.BytesIO(package.read(target) or b""))
            if max(picture.size) >= _PAGE_SIDE:
                yield picture.convert("L")
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            continue
