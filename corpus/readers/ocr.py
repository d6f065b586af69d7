"""Scans and pictures: Tesseract with its Vietnamese data, and nothing else (a second language harms it)."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from corpus.errors import DocumentError
from corpus.readers import patience, system
from corpus.readers.base import ReadText
from corpus.readers.layout import join_blocks
from corpus.readers.pagelines import COLUMN_GAP, PrintedLine, arrange, begins_right_column, text_of_pages
from corpus.readers.romans import mend_romans

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200  # 99.2 % of words right on our simulated scans, and 300 gains nothing for twice the time
MAX_PIXELS = 40_000_000
_SMALL, _LARGE = 1200, 3600  # pixels, of the longer side; A4 at 100 and at 300 dpi
_PAGE_SECONDS = 60
_SPECKS = " _|~`'‘°"  # what Tesseract makes of specks, rulings and wide gaps
_DOUBTFUL = 70  # mean confidence in per cent; clean pages have over 90
_OCR_WARNING = "Văn bản được nhận dạng từ ảnh quét: hãy đối chiếu số liệu với bản gốc"


def read(path: Path) -> ReadText:
    """Read a picture; each frame of a multi-page TIFF is a page.

    Raises:
        DocumentError: no Tesseract, or not a picture, or too large.
    """
    from PIL import Image, ImageSequence, UnidentifiedImageError

    require(path)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(path) as picture:
            frames = (_page_image(frame) for frame in ImageSequence.Iterator(picture))
            pages, warnings = recognise(path, frames)
    except Image.DecompressionBombError as error:
        raise DocumentError(path, "ảnh quá lớn", "Hãy quét lại ở 200 dpi") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise DocumentError(
            path, "tệp ảnh hỏng hoặc không phải ảnh", "Hãy quét lại hoặc xin lại tệp gốc"
        ) from error
    read = join_blocks(text_of_pages(pages), warnings)
    if not read.text:
        raise DocumentError(path, "không nhận ra chữ nào trong ảnh", "Hãy quét lại rõ hơn, ở 200 dpi trở lên")
    return read if read.page_starts else ReadText(read.text, (0,), read.warnings)


def require(path: Path) -> Path:
    """Return where Tesseract is; it must have Vietnamese.

    Raises:
        DocumentError: about `path`, with the packages to install.
    """
    tesseract = system.require("tesseract", path, "nhận dạng ảnh quét")
    if not system.has_vietnamese(tesseract):
        raise system.missing("tesseract", path, "nhận dạng tiếng Việt (thiếu dữ liệu tesseract-ocr-vie)")
    return tesseract


def render(page: Any) -> Image:
    """Draw a page of pdfium as a grey picture at `DPI`, or less where it would be too large."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    picture: Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def _page_image(frame: Image) -> Image:
    """A frame upright, in grey, and of a size whose letters are some 20 to 40 pixels high."""
    from PIL import ImageOps

    picture = ImageOps.exif_transpose(frame).convert("L")
    longest = max(picture.size)
    if longest < _SMALL:
        return picture.resize((picture.width * 2, picture.height * 2))
    picture.thumbnail((_LARGE, _LARGE))  # does nothing to what is smaller
    return picture


def recognise(path: Path, pictures: Iterable[Image]) -> tuple[list[list[PrintedLine]], tuple[str, ...]]:
    """Recognise pages, a few at a time.

    Returns:
        The lines of each page, and warnings about what is doubtful.
    """
    tesseract = require(path)
    workers = max(1, min(4, os.cpu_count() or 1))
    pages: list[list[PrintedLine]] = []
    doubtful: list[int] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        for batch in _batches(pictures, workers):
            patience.ask(_PAGE_SECONDS * 2)
            jobs = [pool.submit(_recognise_page, tesseract, Path(folder), n, p) for n, p in enumerate(batch)]
            for job in jobs:
                lines, confidence = job.result()
                pages.append(arrange(lines))
                if lines and confidence < _DOUBTFUL:
                    doubtful.append(len(pages))
    warnings = [_OCR_WARNING]
    if doubtful:
        warnings.append(f"Trang nhận dạng kém, nên quét lại: {', '.join(map(str, doubtful[:20]))}")
    mended = iter(mend_romans([line.text for lines in pages for line in lines]))
    return [[replace(line, text=next(mended)) for line in lines] for lines in pages], tuple(warnings)


def _batches(pictures: Iterable[Image], size: int) -> Iterator[list[Image]]:
    """Yield lists of at most `size`, so that few pages are in memory at once."""
    batch: list[Image] = []
    for picture in pictures:
        batch.append(picture)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _recognise_page(
    tesseract: Path, folder: Path, number: int, picture: Image
) -> tuple[list[PrintedLine], float]:
    """Return the lines of one page and the mean confidence of its words in per cent."""
    source = folder / f"page-{number}.png"
    picture.save(source)
    command = [str(tesseract), str(source), "stdout", "-l", "vie", "--dpi", str(DPI), "tsv"]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=_PAGE_SECONDS,
            check=False,
            env=system.quiet_environment(folder),
        )
    except subprocess.TimeoutExpired:
        return [], 0.0
    rows = [
        row
        for row in csv.DictReader(
            io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        if row.get("level") == "5" and (row.get("text") or "").strip(_SPECKS)
    ]
    by_line = groupby(rows, key=lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    size = 1.2 * median(int(row["height"]) for row in rows) if rows else 1.0
    lines = [piece for _, words in by_line for piece in _pieces(list(words), size)]
    confidences = [float(row["conf"]) for row in rows]
    return lines, sum(confidences) / len(confidences) if confidences else 0.0


def _pieces(words: list[dict[str, str]], usual_size: float) -> Iterator[PrintedLine]:
    """Yield the parts of a line: Tesseract reads a letterhead's two columns as one."""
    lefts = [int(word["left"]) for word in words]
    rights = [left + int(word["width"]) for left, word in zip(lefts, words, strict=True)]
    # Medians: a speck taken for a letter must not move its line.
    base = -median(int(word["top"]) + int(word["height"]) for word in words)
    own_size = 1.2 * median(int(word["height"]) for word in words)
    size = own_size if own_size > 1.6 * usual_size else usual_size
    starts = [0]
    for i in range(1, len(words)):
        wide = lefts[i] - rights[i - 1] > COLUMN_GAP * size
        if wide or begins_right_column(" ".join(word["text"] for word in words[i : i + 3])):
            starts.append(i)
    for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
        text = " ".join(word["text"] for word in words[a:b])
        yield PrintedLine(text, lefts[a], rights[b - 1], base, size)
