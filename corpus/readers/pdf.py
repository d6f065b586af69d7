"""PDF: the text layer with pdfium, by position where it is shattered, and OCR where there is none."""

from __future__ import annotations

import ctypes
import logging
import math
import re
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from corpus.errors import DocumentError
from corpus.readers import ocr, patience
from corpus.readers.base import ReadText
from corpus.readers.layout import join_blocks
from corpus.readers.pagelines import COLUMN_GAP, PrintedLine, text_of_pages
from corpus.readers.syllables import is_syllable

log = logging.getLogger(__name__)

MAX_PAGES = 5000
MAX_CHARACTERS = 20_000_000
_MIN_CHARACTERS = 30  # a page with fewer and with an image is a scan
_SHORT_SHARE = 0.25  # of words with one or two letters; Vietnamese has about 15 %
_SYLLABLE_SHARE = 0.5  # below it the text layer is not Vietnamese, most likely a poor OCR of a scan
_ENOUGH_WORDS = 30  # for a verdict
_PRINTED = re.compile(r"[^\s\x00](?:[^\r\n]*[^\s\x00])?")
_SAMPLE_WORDS = 300
_WORD = re.compile(r"[^\W\d_]+")
_RAISED = re.compile(
    r"(?<=[^\W\d_])(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bdm)(?<!\bmm)\d{1,2}(?!\d)|^\d{1,2}(?=\s?[^\W\d_])"
)
_DRAWN = 200  # strokes and shapes; a page that has no letters but so many is text turned into drawings
_DIGIT = re.compile(r"\d")
_REMEDY = "Hãy mở tệp bằng phần mềm đọc PDF, in lại ra PDF mới, hoặc xin lại tệp gốc"


def read(path: Path) -> ReadText:
    """Read a PDF; pages that are only images are recognised where Tesseract is installed.

    Raises:
        DocumentError: Damaged, encrypted, too large, or a scan and no Tesseract.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                path, "tệp có mật khẩu", "Hãy mở tệp bằng mật khẩu rồi in lại ra PDF không có mật khẩu"
            ) from error
        if error.err_code == 0:  # nothing is wrong with it but that there is nothing in it
            raise DocumentError(path, "tệp PDF không có trang nào", "Hãy xin lại tệp gốc") from error
        raise DocumentError(path, "tệp PDF hỏng hoặc không phải PDF", _REMEDY) from error
    try:
        if len(document) > MAX_PAGES:
            raise DocumentError(
                path, f"tệp có {len(document)} trang, nhiều quá mức", "Hãy tách thành nhiều tệp"
            )
        return _read(path, document)
    finally:
        document.close()


def _read(path: Path, document: Any) -> ReadText:
    pages: list[list[PrintedLine]] = []
    scanned: list[int] = []
    total = 0
    for number in range(len(document)):
        page = document[number]
        lines = _page_lines(page)
        total += sum(len(line.text) for line in lines)
        if total > MAX_CHARACTERS:
            raise DocumentError(path, "tệp cho ra quá nhiều chữ", "Hãy tách thành nhiều tệp")
        if _is_scan(page, lines):
            scanned.append(number)
        pages.append(lines)
        page.close()
    warnings: tuple[str, ...] = ()
    if _is_shattered(" ".join(line.text for lines in pages for line in lines)):
        pages = _by_position(path, pages)
    if scanned:
        recognised, warnings = _recognise(path, document, scanned, has_text=total >= _MIN_CHARACTERS)
        for number, lines in recognised.items():
            pages[number] = lines
    read = join_blocks(text_of_pages(pages), warnings)
    return read if read.page_starts else ReadText(read.text, (0,), read.warnings)


def _page_lines(page: Any) -> list[PrintedLine]:
    """Return the lines pdfium finds, each with its place on the page, cut where a column ends."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        text = textpage.get_text_range() if count else ""
        spans = [match.span() for match in _PRINTED.finditer(text)]
        if len(text) != count:  # offsets in the text are then not those of the boxes: lines stay lines
            return [PrintedLine(_plain(text[a:b]), 0, 1, -30.0 * i, 10) for i, (a, b) in enumerate(spans)]
        place = _Places(textpage)
        sizes = [place.size(start) for start, _ in spans]
        lefts = [place.left(start) for start, _ in spans]
        rights = [place.right(end - 1) for _, end in spans]
        widths = [right - left for left, right in zip(lefts, rights, strict=True)]
        # How wide a letter is on average, in sizes of type; lines as dense as most have room for no gap.
        densities = [w / (size * (b - a)) for w, size, (a, b) in zip(widths, sizes, spans, strict=True)]
        usual = min(0.58, max([0.5, *(1.03 * d for d in sorted(densities)[len(densities) // 2 :][:1])]))
        found: list[PrintedLine] = []
        for i, ((start, end), size, density) in enumerate(zip(spans, sizes, densities, strict=True)):
            is_full = end - start > 60 and 0.3 < density < usual
            spaces = () if is_full else (j for j in range(start + 2, end) if text[j - 1] == " ")
            gaps = [j for j in spaces if place.leaps(j, size)]
            for a, b in pairwise([start, *gaps, end]):
                words = text[a:b].rstrip()
                left = lefts[i] if a == start else place.left(a)
                right = rights[i] if b == end else place.right(a + len(words) - 1)
                words = _plain(_with_notes(words, a, place.size))
                found.append(PrintedLine(words, left, right, place.base(a), size))
        return found
    finally:
        textpage.close()


class _Places:
    """Where the letters of a page stand; each question costs about a microsecond."""

    def __init__(self, textpage: Any) -> None:
        import pypdfium2.raw as pdfium

        self._api, self._textpage = pdfium, textpage
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def left(self, i: int) -> float:
        self._api.FPDFText_GetLooseCharBox(self._textpage, i, ctypes.byref(self._box))
        return float(self._box.left)

    def right(self, i: int) -> float:
        self._api.FPDFText_GetLooseCharBox(self._textpage, i, ctypes.byref(self._box))
        return float(self._box.right)

    def leaps(self, i: int, size: float) -> bool:
        """Whether the letter `i` stands in another column or row than the word before it."""
        gap = self.left(i) - self.right(i - 2)
        return gap > COLUMN_GAP * size or gap < -size

    def base(self, i: int) -> float:
        self._api.FPDFText_GetCharOrigin(self._textpage, i, ctypes.byref(self._x), ctypes.byref(self._y))
        return self._y.value

    def size(self, i: int) -> float:
        """The size of the type as printed: what the font is set to, times what the page scales it by."""
        self._api.FPDFText_GetMatrix(self._textpage, i, ctypes.byref(self._matrix))
        scale = math.hypot(self._matrix.b, self._matrix.d) or 1.0
        return max(float(self._api.FPDFText_GetFontSize(self._textpage, i)) * scale, 1.0)


def _plain(text: str) -> str:
    """Put right what pdfium writes for a hyphen at a line's end and for bullets of symbol fonts."""
    text = text.replace("\ufffe", "-").replace("\x02", "-")
    return f"•{text[1:]}" if "\ue000" <= text[:1] <= "\uf8ff" and text[1:2].isspace() else text


def _with_notes(body: str, first: int, size_at: Any) -> str:
    """Mark raised numbers, which point at footnotes, as <sup>: they are smaller than their neighbours."""

    def mark(match: re.Match[str]) -> str:
        neighbour = match.start() - 1 if match.start() else min(match.end() + 1, len(body) - 1)
        if size_at(first + match.start()) < 0.8 * size_at(first + neighbour):
            return f"<sup>{match[0]}</sup>"
        return match[0]

    return _RAISED.sub(mark, body) if _DIGIT.search(body) else body


def _is_shattered(text: str) -> bool:
    """Whether a font lacked letters and each letter became a word of its own."""
    words = _WORD.findall(text)
    return len(words) >= _ENOUGH_WORDS and sum(len(w) <= 2 for w in words) > _SHORT_SHARE * len(words)


def _is_scan(page: Any, lines: list[PrintedLine]) -> bool:
    """Whether a page is an image, without text or with a text layer that spells nothing."""
    words = list(islice((word for line in lines for word in _WORD.findall(line.text)), _SAMPLE_WORDS))
    if sum(map(len, words)) >= _MIN_CHARACTERS:
        if len(words) < _ENOUGH_WORDS or sum(map(is_syllable, words)) >= _SYLLABLE_SHARE * len(words):
            return False
        return _has_image(page, share=0.7)
    return _has_image(page, share=0.0) or _is_drawn(page)


def _is_drawn(page: Any) -> bool:
    """Whether a page consists of drawings: programs that print may turn letters into outlines."""
    import pypdfium2.raw as pdfium

    paths = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    return sum(1 for _ in islice(paths, _DRAWN)) == _DRAWN


def _has_image(page: Any, share: float) -> bool:
    """Whether an image covers more than `share` of the page."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > max(share, 0.02) * width * height:
            return True
    return False


def _by_position(path: Path, pages: list[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """Read the text layer again letter by letter, words parted by the gaps between them."""
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as document:
            found = [_lines_by_position(page) for page in document.pages]
    except (PdfminerException, PSException, ValueError, TypeError, LookupError, AttributeError) as error:
        # What pdfium gave is better than nothing.
        log.debug("pdfplumber could not read %s: %s", path, error)
        return pages
    again = " ".join(line.text for lines in found for line in lines)
    return found if not _is_shattered(again) and len(found) == len(pages) else pages


def _lines_by_position(page: Any) -> list[PrintedLine]:
    patience.ask(20)
    lines = [
        PrintedLine(line["text"], line["x0"], line["x1"], -line["bottom"], line["bottom"] - line["top"])
        for line in page.extract_text_lines(return_chars=False)
    ]
    page.close()
    return lines


def _recognise(
    path: Path, document: Any, numbers: list[int], has_text: bool
) -> tuple[dict[int, list[PrintedLine]], tuple[str, ...]]:
    """OCR the pages `numbers`, from 0; where that is not possible, an error or a warning."""
    try:
        ocr.require(path)
    except DocumentError as error:
        if not has_text:
            raise
        listed = ", ".join(str(number + 1) for number in numbers[:20])
        return {}, (f"Trang {listed} là ảnh, chưa đọc được. {error.remedy}",)
    lines, warnings = ocr.recognise(path, (ocr.render(document[number]) for number in numbers))
    return dict(zip(numbers, lines, strict=True)), warnings
