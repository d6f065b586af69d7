"""Scans and pictures: words right, pages kept, doubt told."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from corpus.errors import DocumentError
from corpus.readers import ocr, system
from corpus.readers.isolation import read_apart
from corpus.readers.registry import read_text
from corpus.readers.romans import mend_romans
from tests.make_fixtures import docx, relations, write_zip
from tests.make_pages import need, scan, soffice
from tests.make_pages import pdf as make_pdf
from tests.make_plan import EXPECTED, INTRODUCTION, plan

WARNING = "Văn bản được nhận dạng từ ảnh quét: hãy đối chiếu số liệu với bản gốc"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Image.Image]:
    need("tesseract")
    folder = tmp_path_factory.mktemp("scan")
    return scan(soffice(plan(folder / "plan.docx"), "pdf"))


def words(text: str) -> list[str]:
    return re.findall(r"[\w%/.,;:()-]+", text)


def share_found(wanted: list[str], text: str) -> float:
    """The share of words of `wanted` that are in `text`, each as often."""
    left = words(text)
    found = 0
    for word in wanted:
        if word in left:
            left.remove(word)
            found += 1
    return found / len(wanted)


def test_a_scanned_pdf_at_200_dpi(tmp_path: Path, pictures: list[Image.Image]) -> None:
    pictures[0].save(tmp_path / "a.pdf", save_all=True, append_images=pictures[1:], resolution=200)
    read = read_text(tmp_path / "a.pdf")
    body = [INTRODUCTION, *EXPECTED]
    assert share_found([w for line in body for w in words(line)], read.text) >= 0.98
    assert len(read.page_starts) == len(pictures) == 2
    assert read.warnings == (WARNING,)
    # Wrapped lines come back as paragraphs, and the letterhead's columns one after the other.
    lines = read.text.split("\n")
    assert sum(line in lines for line in EXPECTED) >= len(EXPECTED) - 4
    # Tesseract misreads Roman numbers; their order puts them right.
    assert [line.split()[0] for line in lines if re.match("[IVX]+. [A-ZĐỤỔ]{2}", line)] == [
        "I.",
        "II.",
        "III.",
    ]
    assert "Số: 27/KH-LĐLĐ" in lines


def test_a_picture_and_its_frames(tmp_path: Path, pictures: list[Image.Image]) -> None:
    frames = [picture.copy() for picture in pictures]
    frames[0].save(tmp_path / "a.tiff", save_all=True, append_images=frames[1:])
    read = read_text(tmp_path / "a.tiff")
    assert len(read.page_starts) == 2
    assert "MỤC ĐÍCH" in read.text[: read.page_starts[1]]
    assert "TỔ CHỨC THỰC HIỆN" in read.text


def test_pages_pasted_into_a_word_file(tmp_path: Path, pictures: list[Image.Image]) -> None:
    path = docx(tmp_path / "a.docx", "Bản sao y")
    parts = {name: zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist()}
    data, logo = io.BytesIO(), io.BytesIO()
    pictures[1].copy().save(data, "PNG")
    Image.new("L", (80, 80)).save(logo, "PNG")
    parts["word/media/page.png"], parts["word/media/logo.png"] = data.getvalue(), logo.getvalue()
    parts["word/_rels/document.xml.rels"] = relations(
        ("rId1", "image", "media/logo.png"), ("rId2", "image", "media/page.png")
    ).encode()
    read = read_text(write_zip(path, parts))
    assert read.text.startswith("Bản sao y\n\n")
    assert "Điều 2. Các ban chuyên đề, công đoàn cấp trên trực tiếp cơ sở" in read.text
    assert read.warnings == (WARNING,)


def test_a_blank_picture_says_so(tmp_path: Path) -> None:
    need("tesseract")
    Image.new("L", (1700, 2200), 255).save(tmp_path / "a.png")
    with pytest.raises(DocumentError, match=r"a\.png: không nhận ra chữ nào trong ảnh\. Hãy quét lại rõ hơn"):
        read_apart(tmp_path / "a.png")


def test_without_tesseract_a_scan_names_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.readers import pdf

    monkeypatch.setattr(system, "find", lambda program: None)
    Image.new("L", (1700, 2200), 255).save(tmp_path / "a.pdf", resolution=200)
    with pytest.raises(DocumentError, match=r"cần Tesseract để nhận dạng.*tesseract-ocr tesseract-ocr-vie"):
        pdf.read(tmp_path / "a.pdf")


def test_without_vietnamese_data_tesseract_is_not_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "find", lambda program: tmp_path / program)
    monkeypatch.setattr(system, "has_vietnamese", lambda tesseract: False)
    with pytest.raises(DocumentError, match=r"thiếu dữ liệu tesseract-ocr-vie"):
        ocr.require(tmp_path / "a.png")


def test_one_scanned_page_among_others_is_told_where_it_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.readers import pdf

    monkeypatch.setattr(system, "find", lambda program: None)
    monkeypatch.setattr(pdf, "_is_scan", lambda page, lines: not lines)
    text = "Kế hoạch công tác của Ban Thường vụ năm 2024"
    read = pdf.read(make_pdf(tmp_path / "a.pdf", [[(72, 700, text)], [], [(72, 700, text)]]))
    assert read.text.count(text) == 2
    assert read.warnings[0].startswith(
        "Trang 2 là ảnh, chưa đọc được. Hãy cài đặt: sudo apt-get install tesseract-ocr"
    )


@pytest.mark.parametrize(
    ("lines", "mended"),
    [
        pytest.param(["I. MỤC ĐÍCH", "II. NỘI DUNG"], ["I. MỤC ĐÍCH", "II. NỘI DUNG"], id="right"),
        pytest.param(["1. MỤC ĐÍCH", "H. NỘI DUNG"], ["I. MỤC ĐÍCH", "II. NỘI DUNG"], id="strokes"),
        pytest.param(["I MỤC ĐÍCH", "I- NỘI DUNG"], ["I. MỤC ĐÍCH", "II- NỘI DUNG"], id="marks"),
        pytest.param(["I. Mục đích chung", "I. Họp"], ["I. Mục đích chung", "I. Họp"], id="not-capitals"),
        pytest.param(["III. MỤC ĐÍCH", "IV. NỘI DUNG"], ["III. MỤC ĐÍCH", "IV. NỘI DUNG"], id="begins-later"),
        pytest.param(
            ["I. MỘTMỘT", "II. HAIHAI", "III. BABABA", "I. LẠI MỘT", "II. LẠI HAI"],
            ["I. MỘTMỘT", "II. HAIHAI", "III. BABABA", "I. LẠI MỘT", "II. LẠI HAI"],
            id="begins-again",
        ),
        pytest.param(["LIÊN ĐOÀN LAO ĐỘNG"], ["LIÊN ĐOÀN LAO ĐỘNG"], id="no-number"),
        pytest.param(["I. A"], ["I. A"], id="too-short-to-tell"),
    ],
)
def test_roman_numbers_of_headings(lines: list[str], mended: list[str]) -> None:
    assert mend_romans(lines) == mended
