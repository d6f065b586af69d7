"""Plain text in every encoding comes out the same; what is no text is refused by name."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers.base import ReadText, agreed_form, with_pages
from corpus.readers.registry import read_text, supported_suffixes

TEXT = "KẾ HOẠCH\nGiới thiệu 25 đoàn viên ưu tú; mỗi tổ một người.\nPhấn đấu đạt 98%.\n"


def write(folder: Path, data: bytes, name: str = "van-ban.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "le, no mark",
        "be, no mark",
        "nfd",
        "crlf",
        "cr",
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, data: bytes) -> None:
    assert read_text(write(tmp_path, data)).text == TEXT


def test_windows_1258_composes(tmp_path: Path) -> None:
    # CP1258 writes the tone after the vowel: "ấ" is "â" and a combining acute.
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    spelled = "".join(
        unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", char) if c not in marks))
        + "".join(c for c in unicodedata.normalize("NFD", char) if c in marks)
        for char in TEXT
    )
    assert read_text(write(tmp_path, spelled.encode("cp1258"))).text == TEXT


def test_markdown_is_read_and_endings_may_be_capitals(tmp_path: Path) -> None:
    assert read_text(write(tmp_path, b"# I. A\n", "a.MD")).text == "# I. A\n"
    assert {".md", ".txt"} <= set(supported_suffixes())


def test_form_feeds_are_pages(tmp_path: Path) -> None:
    read = read_text(write(tmp_path, "Trang một\n\fTrang hai\n\fTrang ba\n\f".encode()))
    assert [read.text[start : start + 9] for start in read.page_starts] == [
        "Trang một",
        "Trang hai",
        "Trang ba\n",
    ]


def test_a_few_broken_bytes_are_told(tmp_path: Path) -> None:
    data = (TEXT * 30).encode()
    read = read_text(write(tmp_path, data[:40] + b"\xff" + data[40:]))
    assert read.text.count("\ufffd") == 1
    assert read.warnings == ("1 ký tự bị hỏng, không đọc được",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "tệp rỗng"),
        (b" \n\t\n", "không có chữ nào"),
        (b"%PDF-1.7 abc", "không phải là văn bản thuần"),
        (b"PK\x03\x04abc", "không phải là văn bản thuần"),
        (bytes(range(256)) * 40, "bảng mã|nhị phân"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    with pytest.raises(DocumentError, match=f"Không đọc được van-ban.txt: .*({why})"):
        read_text(write(tmp_path, data))


def test_missing_and_unknown_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"mat\.txt: không có tệp này"):
        read_text(tmp_path / "mat.txt")
    with pytest.raises(DocumentError, match=r"nhac\.mp3: chưa hỗ trợ loại tệp \.mp3.*\.txt"):
        read_text(write(tmp_path, b"ID3", "nhac.mp3"))


def test_pages_are_joined_with_their_offsets() -> None:
    read = with_pages(["Một\r\n", "", "Cha\u0302u"])
    assert read == ReadText("Một\n\nChâu", (0, 4, 5))


def test_page_starts_must_lie_in_the_text() -> None:
    with pytest.raises(ValueError, match="outside the 3 characters"):
        ReadText("abc", (0, 4))
    with pytest.raises(ValueError, match="must rise"):
        ReadText("abc", (2, 1))


@given(st.text())
def test_agreed_form_is_idempotent_and_nfc(text: str) -> None:
    agreed = agreed_form(text)
    assert agreed_form(agreed) == agreed
    assert unicodedata.is_normalized("NFC", agreed)
    assert "\r" not in agreed
