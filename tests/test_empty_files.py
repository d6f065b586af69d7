"""Files that hold no text: said as that, with what to do, and never as damage."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers.registry import read_text
from tests.make_fixtures import docx, write_zip
from tests.make_pages import pdf, pptx, shape, write_pdf, xlsx

NO_TEXT = "tệp không có chữ nào. Hãy mở tệp để xem: nếu các trang trống"


def test_files_that_hold_nothing_are_not_called_damaged(tmp_path: Path) -> None:
    blank = [
        pdf(tmp_path / "a.pdf", [[], []]),
        docx(tmp_path / "a.docx"),
        docx(tmp_path / "b.docx", "<w:p/>"),
        pptx(tmp_path / "a.pptx", [shape("")]),
        xlsx(tmp_path / "a.xlsx", {"A": [[]]}),
    ]
    for path in blank:
        with pytest.raises(DocumentError, match=rf"{re.escape(path.name)}: {NO_TEXT}"):
            read_text(path)
    with pytest.raises(DocumentError, match=r"0\.pdf: tệp PDF không có trang nào\. Hãy xin lại tệp gốc"):
        read_text(pdf(tmp_path / "0.pdf", []))
    for name in ("a.txt", "c.docx", "c.pdf"):
        (tmp_path / name).write_bytes(b"")
        with pytest.raises(DocumentError, match=rf"{re.escape(name)}: tệp rỗng \(0 byte\)\. Hãy chép"):
            read_text(tmp_path / name)


def test_a_word_file_without_a_body_holds_no_text(tmp_path: Path) -> None:
    source = docx(tmp_path / "a.docx", "chữ")
    parts = {name: zipfile.ZipFile(source).read(name) for name in zipfile.ZipFile(source).namelist()}
    main = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub("<w:body>.*</w:body>", "", main, flags=re.DOTALL).encode()
    with pytest.raises(DocumentError, match=NO_TEXT):
        read_text(write_zip(tmp_path / "b.docx", parts))


def test_a_page_whose_letters_are_drawings_is_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.readers import pdf as pdf_reader
    from corpus.readers import system

    def page(n_strokes: int) -> Path:
        strokes = b"".join(b"%d 100 m %d 110 l S\n" % (i, i + 2) for i in range(n_strokes))
        return write_pdf(
            tmp_path / f"{n_strokes}.pdf",
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
                b"<< /Length %d >>\nstream\n%s\nendstream" % (len(strokes), strokes),
            ],
        )

    monkeypatch.setattr(system, "find", lambda program: None)
    with pytest.raises(DocumentError, match="cần Tesseract để nhận dạng ảnh quét"):
        pdf_reader.read(page(400))
    assert pdf_reader.read(page(40)).text == ""  # a form's lines, say
