"""PDF: lines become paragraphs, pages keep their numbers, columns are read one after the other."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import pdf
from corpus.readers.base import ReadText
from corpus.readers.pagelines import PrintedLine, text_of_pages
from tests.make_pages import pdf as make_pdf

FULL = "Công đoàn các cấp tổ chức tuyên truyền, vận động đoàn viên, người lao động"  # a line to the margin


def pages(read: ReadText) -> list[str]:
    return [read.text[a:b].strip() for a, b in pairwise((*read.page_starts, len(read.text)))]


def lines(*texts: str, x: float = 72, top: float = 760, pitch: float = 18) -> list[tuple[float, float, str]]:
    return [(x, top - i * pitch, text) for i, text in enumerate(texts)]


def test_wrapped_lines_become_one_paragraph(tmp_path: Path) -> None:
    page = lines(FULL, FULL, "hết đoạn.", "Đoạn sau", "1. Mục một")
    read = pdf.read(make_pdf(tmp_path / "a.pdf", [page]))
    assert read.text.split("\n") == [f"{FULL} {FULL} hết đoạn.", "Đoạn sau", "1. Mục một"]


@pytest.mark.parametrize("opening", ["- Ý", "a) Ý", "2.1. Ý", "II. Ý", "Điều 5. Ý", "+ Ý"])
def test_a_list_item_begins_a_line_even_after_a_full_one(tmp_path: Path, opening: str) -> None:
    read = pdf.read(make_pdf(tmp_path / "a.pdf", [lines(FULL, FULL, opening)]))
    assert read.text.split("\n") == [f"{FULL} {FULL}", opening]


def test_an_indented_line_begins_a_paragraph(tmp_path: Path) -> None:
    page = [*lines(FULL, FULL), (100, 724, "Thụt đầu dòng"), *lines(FULL, FULL, top=706)]
    assert pdf.read(make_pdf(tmp_path / "a.pdf", [page])).text.split("\n")[1] == "Thụt đầu dòng"


def test_pages_keep_their_numbers_and_lose_the_printed_ones(tmp_path: Path) -> None:
    made = [
        lines("Trang đầu."),
        [(300, 800, "2"), *lines("Trang hai.")],
        [],
        [(300, 800, "4"), *lines("Trang bốn.", "15")],
    ]
    read = pdf.read(make_pdf(tmp_path / "a.pdf", made))
    assert pages(read) == ["Trang đầu.", "Trang hai.", "", "Trang bốn.\n15"]


def test_a_sentence_torn_by_a_page_break_is_one(tmp_path: Path) -> None:
    made = [lines(FULL, FULL, FULL), [(300, 800, "2"), *lines("tham gia đầy đủ.", FULL, FULL)]]
    read = pdf.read(make_pdf(tmp_path / "a.pdf", made))
    assert read.text.startswith(f"{FULL} {FULL} {FULL} tham gia đầy đủ.")
    assert read.text[read.page_starts[1] :].startswith("tham gia")


def test_one_page_has_a_number_too(tmp_path: Path) -> None:
    assert pdf.read(make_pdf(tmp_path / "a.pdf", [lines("Chữ")])).page_starts == (0,)


def test_a_letterhead_is_read_column_by_column(tmp_path: Path) -> None:
    left = lines("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH X", "Số: 12/KH-LĐLĐ")
    right = lines("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do", "X, ngày 2/3/2021", x=300)
    page = [piece for row in zip(left, right, strict=True) for piece in row]
    read = pdf.read(make_pdf(tmp_path / "a.pdf", [[*page, *lines("KẾ HOẠCH", top=650, x=250)]]))
    assert (
        read.text.split()
        == (
            "LIÊN ĐOÀN LAO ĐỘNG TỈNH X Số: 12/KH-LĐLĐ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do"
            " X, ngày 2/3/2021 KẾ HOẠCH"
        ).split()
    )
    assert "Số: 12/KH-LĐLĐ" in read.text.split("\n")


def test_the_cells_of_a_row_stay_on_one_line(tmp_path: Path) -> None:
    rows = [[(72, y, n), (150, y, name), (400, y, count)] for y, n, name, count in
            ((700, "1", "Than Uyên", "1.200"), (680, "2", "Tân Uyên", "950"))]  # fmt: skip
    read = pdf.read(make_pdf(tmp_path / "a.pdf", [[cell for row in rows for cell in row]]))
    assert read.text.split("\n") == ["1\tThan Uyên\t1.200", "2\tTân Uyên\t950"]


def test_a_table_is_rows_with_its_header_first(tmp_path: Path) -> None:
    rows = (("TT", "Huyện", "Chỉ tiêu"), ("1", "Than Uyên", "1.200"), ("2", "Tân Uyên", "950"))
    cells = [
        (x, 700 - 20 * i, text)
        for i, row in enumerate(rows)
        for x, text in zip((72, 150, 400), row, strict=True)
    ]
    read = pdf.read(make_pdf(tmp_path / "a.pdf", [[*cells, (72, 640, "Các huyện mở lớp.")]]))
    assert read.text.split("\n") == [
        "| TT | Huyện | Chỉ tiêu |",
        "|---|---|---|",
        "| 1 | Than Uyên | 1.200 |",
        "| 2 | Tân Uyên | 950 |",
        "Các huyện mở lớp.",
    ]


def test_a_note_whose_number_is_glued_to_it() -> None:
    lines = [
        PrintedLine("Mở 12 lớp<sup>1</sup>.", 72, 200, 700, 12),
        PrintedLine("1Cả lớp xa.", 72, 150, 100, 10),
    ]
    assert text_of_pages([lines]) == "Mở 12 lớp<sup>1</sup>.\n\n<sup>1</sup>Cả lớp xa."


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"%PDF-1.7 \x00\x01", "tệp PDF hỏng hoặc không phải PDF", id="truncated"),
        pytest.param(b"PK\x03\x04 zip", "tệp PDF hỏng hoặc không phải PDF", id="not-a-pdf"),
        pytest.param(b"", "tệp PDF hỏng hoặc không phải PDF", id="empty"),
    ],
)
def test_bad_files(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(DocumentError, match=rf"a\.pdf: {message}\. Hãy"):
        pdf.read(tmp_path / "a.pdf")


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(DocumentError, match=r"tệp có 3 trang, nhiều quá mức\. Hãy tách thành nhiều tệp"):
        pdf.read(make_pdf(tmp_path / "a.pdf", [lines("chữ")] * 3))


def test_too_many_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 100)
    with pytest.raises(DocumentError, match=r"tệp cho ra quá nhiều chữ\. Hãy tách thành nhiều tệp"):
        pdf.read(make_pdf(tmp_path / "a.pdf", [lines(FULL, FULL)]))


def test_a_shattered_text_layer_is_read_by_position(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each letter placed by itself, as programs do whose font lacks some of them.
    page: list[tuple[float, float, str]] = []
    for y in (760, 742, 724):
        x = 72.0
        for word in FULL.split():
            for start in range(0, len(word), 2):
                page.append((x, y, word[start : start + 2]))
                x += 6 * len(word[start : start + 2]) + 1.9
            x += 6
    again: list[Path] = []
    by_position = pdf._by_position
    monkeypatch.setattr(
        pdf, "_by_position", lambda path, pages: again.append(path) or by_position(path, pages)
    )
    path = make_pdf(tmp_path / "a.pdf", [page])
    assert " ".join(pdf.read(path).text.split()) == " ".join([FULL] * 3)
    assert again == [path]
