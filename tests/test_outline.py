"""Sections tile the text; numbers open sections only where they make sense among their neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure.headings import Kind, letter_follows, read_markers, roman_value, to_roman
from corpus.structure.lines import split_lines
from corpus.structure.outline import parse_outline

LINES = st.sampled_from(
    ["I. MỤC ĐÍCH", "II. NỘI DUNG", "### **III - TỔ CHỨC**", "1. Mở lớp", "2. Thăm nhà",
     "**3.** Tặng quà", "1.1. Tổ xa", "1.2 Tổ gần", "2.1. Quà", "a) Sách", "b) Báo", "- Vở", "+ Bút",
     "* Đến năm 2025:", "Điều 1. Phạm vi", "Điều 2. Đối tượng", "Chương I", "PHẦN THỨ NHẤT", "Phụ lục 1",
     "<sup>1</sup> Số liệu", "Nơi nhận:", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Lê Văn Tám", "1.500 người",
     "12/12 tổ", "", "các tổ tham gia.", "A. CHUNG", "5. Việc lạc", "I. LẠI"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(LINES, max_size=25).map("\n".join), st.text(max_size=300))


def addresses(text: str) -> list[str]:
    return [s.address for s in parse_outline(text) if not s.continued]


def numbered(name: str, layouts: Path) -> list[str]:
    text = (layouts / name).read_text(encoding="utf-8")
    return [s.address for s in parse_outline(text) if s.level and not s.continued]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Every style of the same numbers.
        ("I. A\n1. B\n2. C\nII. D", ["I", "I.1", "I.2", "II"]),
        ("I - A\n1- B\n2- C\nII - D", ["I", "I.1", "I.2", "II"]),
        ("#### **I. A**\n**1.** B\n**2.** C\n### **II - D**", ["I", "I.1", "I.2", "II"]),
        ("I/ A\n1/ B\n2/ C\nII/ D", ["I", "I.1", "I.2", "II"]),
        ("I) MỘT\n1. B\nII) HAI", ["I", "I.1", "II"]),
        ("I MỤC TIÊU\nII GIẢI PHÁP", ["I", "II"]),
        ("**I.**\n\n**MỤC TIÊU**\n\n**II.**\n\n**GIẢI PHÁP**", ["I", "II"]),
        # Decimals under their own number, under a Roman one, and with the number's line lost.
        ("I. A\n1. B\n1.1. C\n1.2. D\n2. E\n2.1. F", ["I", "I.1", "I.1.1", "I.1.2", "I.2", "I.2.1"]),
        ("1. B\n1.1 C\n1.1.1 D\n1.1.2 E\n1.2 F", ["1", "1.1", "1.1.1", "1.1.2", "1.2"]),
        ("I. A\nII. B\n2.1. C\n2.2. D", ["I", "II", "II.2.1", "II.2.2"]),
        ("I. A\n1.1. B\n1.2. C\n2.1. D", ["I", "I.1.1", "I.1.2", "I.2.1"]),
        # Letters, with and without đ; brackets after numbers.
        ("1. A\na) B\nb) C\nc) D\nd) E\nđ) F\ne) G", ["1", "1.a", "1.b", "1.c", "1.d", "1.đ", "1.e"]),
        ("1. A\nd) B", ["1"]),
        ("I. A\n1. B\n1) C\n2) D\na) E\n2. F", ["I", "I.1", "I.1.1", "I.1.2", "I.1.2.a", "I.2"]),
        ("A. CHUNG\nI. Một\n1. Hai\nB. RIÊNG\nI. Ba", ["A", "A.I", "A.I.1", "B", "B.I"]),
        # Articles run through the chapters.
        (
            "Chương I\nCHUNG\nĐiều 1. A\n1. B\na) C\n2. D\nChương II\nRIÊNG\nĐiều 2. E",
            ["I", "I.1", "I.1.1", "I.1.1.a", "I.1.2", "II", "II.2"],
        ),
        ("Điều 1. A\nĐiều 2. B\nĐiều 3. C", ["1", "2", "3"]),
        ("PHẦN THỨ NHẤT\nI. A\n1. B\nPHẦN THỨ HAI\nI. C", ["I", "I.I", "I.I.1", "II", "II.I"]),
        # One lost heading is forgiven, a leap is not.
        ("I. A\n1. B\n3. C", ["I", "I.1", "I.3"]),
        ("I. A\n1. B\n7. C", ["I", "I.1"]),
        ("I. A\nV. B", ["I"]),
        # Recognition writes "Il", "lI", "III" with the letter l.
        ("I. MỘT\nlI. HAI\nIlI. BA VIỆC", ["I", "II", "III"]),
        # A comma for a point, where the line is a heading beyond doubt; small letters after a number.
        ("I, MỤC TIÊU\nII, GIẢI PHÁP", ["I", "II"]),
        ("I. A\n\n1. mở lớp\n\n2. thăm nhà", ["I", "I.1", "I.2"]),
        # A table of contents is not the text.
        ("I. MỤC TIÊU ........ 2\nII. GIẢI PHÁP …… 5\nI. MỤC TIÊU\nII. GIẢI PHÁP", ["Mở đầu", "I", "II"]),
        # "Nơi nhận" within the text does not end it.
        (
            "I. A\nNơi nhận: phòng văn thư.\nII. VIỆC\nNơi nhận:\n- Các tổ",
            ["I", "Nơi nhận", "II", "Nơi nhận"],
        ),
        ("II. HAI\nI. MỘT\nI.1. A\nI.2. B\nI.2.1. C\nII. HAI", ["Mở đầu", "I", "I.1", "I.2", "I.2.1", "II"]),
        ("I/- MỘT\n1/- A\n2.- B\nII/- HAI", ["I", "I.1", "I.2", "II"]),
        # A list that begins anew inside a section is text.
        ("I. A\n1. B\n2. C\n1. x\n2. y\n3. z\n3. D", ["I", "I.1", "I.2", "I.3"]),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "1.500 đoàn viên được kết nạp",
        "1.500.000 đồng cho mỗi người",
        "11/11 công đoàn cơ sở đã họp",
        "10 - 15 người mỗi tổ",
        "2.5 triệu đồng",
        "12.8.2023 tại sân vận động",
        "01/01/2024 là ngày kỷ niệm",
        "2023. Năm qua đã khác",
        "- 1. Việc trong gạch đầu dòng",
        "* Đến năm 2025:",
        "** Đến năm 2025:*",
        "Điều 5 Luật Công đoàn quy định việc này",
        "Điều lệ Công đoàn",
        "Chương trình công tác",
        "Phần lớn các tổ",
        "Mục tiêu",
        "i. e. viết tắt",
        "3, 4 và 5 là các tổ ở xa",
        "V, X là chữ số La Mã",
        "V.I. Lê-nin viết",
        "0. Không",
    ],
)
def test_figures_and_words_are_no_headings(line: str) -> None:
    assert addresses(f"I. MỞ\n{line}") == ["I"]


def test_unnumbered_parts_have_their_names() -> None:
    text = (
        "KẾ HOẠCH\nI. A\n1. Mở lớp<sup>1</sup> cho tổ\n\n<sup>1</sup> Theo số liệu năm trước.\n\n"
        "trưởng.\n\n"
        "Trên đây là kế hoạch./.\n\nNơi nhận:\n- Các tổ;\n- Lưu.\n\n"
        "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLê Văn Tám\n"
    )
    sections = parse_outline(text)
    assert [(s.address, s.continued, s.bullets) for s in sections] == [
        ("Mở đầu", False, 0),
        ("I", False, 0),
        ("I.1", False, 0),
        ("Chú thích 1", False, 0),
        ("I.1", True, 0),
        ("Nơi nhận", False, 2),
        ("Ký", False, 0),
    ]
    assert sections[-1].heading == "TM. BAN THƯỜNG VỤ CHỦ TỊCH"
    # The closing sentence belongs to the last numbered section.
    assert "Trên đây là kế hoạch./." in text[sections[4].start : sections[4].end]


def test_a_regulation_keeps_its_numbers_and_an_appendix_gets_a_prefix() -> None:
    decision = "Điều 1. Ban hành quy chế.\nĐiều 2. Thi hành./.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\nLê Văn Tám\n\n"
    chapters = decision + "QUY CHẾ\nVề phòng đọc\n\nChương I\nCHUNG\nĐiều 1. Phạm vi\nĐiều 2. Đối tượng"
    assert addresses(chapters) == ["1", "2", "Ký", "PL", "I", "I.1", "I.2"]
    articles = decision + "QUY CHẾ\nVề phòng đọc\n\nĐiều 1. Phạm vi\nĐiều 2. Đối tượng"
    assert addresses(articles) == ["1", "2", "Ký", "PL", "PL.1", "PL.2"]
    appendix = decision + "PHỤ LỤC\nDANH SÁCH\n\n1. Tổ một\n2. Tổ hai\n\nPHỤ LỤC 2\n\n1. Tổ ba"
    assert addresses(appendix) == ["1", "2", "Ký", "PL", "PL.1", "PL.2", "PL2", "PL2.1"]


def test_headings_are_words_without_number_and_markup() -> None:
    sections = parse_outline("#### **I. MỤC ĐÍCH,\nYÊU CẦU**\n\n1. Các tổ mở lớp:\n- Lớp xa\n")
    assert [(s.heading, s.level, s.bullets) for s in sections] == [
        ("MỤC ĐÍCH, YÊU CẦU", 1, 0),
        ("Các tổ mở lớp", 2, 1),
    ]
    long = "Mở lớp " * 30
    assert parse_outline(f"1. {long}")[0].heading == " ".join(["Mở lớp"] * 6) + " …"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("huong-dan-ban-dan-van.txt", "I I.1 I.2 II II.1 II.1.1 II.1.2 II.1.2.a II.1.2.b II.2 III"),
        ("cong-van.txt", "1 2"),
        ("to-trinh.txt", "1 2 3"),
        ("chi-thi-ban-bi-thu.txt", "1 2"),
        ("ke-hoach-chu-hoa.md", "A A.I A.I.1 A.I.2 A.II B B.I B.I.1 B.I.2 B.II"),
        ("pdf-xuong-dong.txt", "I II II.1 II.2 II.3 III"),
        ("ocr.txt", "I I.1 I.2 II II.1 II.2 III"),
        ("nghi-quyet-dai-hoi.txt", "I II II.1 II.2 III"),
        ("quy-che-phoi-hop.txt", "I I.1 I.1.1 I.1.2 I.2 II II.3 II.3.1 II.3.1.a II.3.1.b II.3.2 II.4"),
        (
            "bao-cao-phan.txt",
            "I I.I I.I.1 I.I.2 I.I.2.a I.I.2.b I.II I.II.1 I.II.2 II II.I II.I.1 II.II PL1 PL1.I"
            " PL1.I.1 PL1.I.2 PL2 PL2.1 PL2.2",
        ),
        (
            "quyet-dinh-tong-lien-doan.txt",
            "1 2 3 PL I I.1 I.1.1 I.1.2 I.2 I.2.1 I.2.1.a I.2.1.b I.2.2 II II.3",
        ),
    ],
)
def test_layouts(name: str, expected: str, layouts: Path) -> None:
    assert numbered(name, layouts) == expected.split()


@pytest.mark.shared
@pytest.mark.parametrize("doc", ["000", "002", "004"])
def test_judged_outlines(doc: str, shared: Path) -> None:
    text = next((shared / "documents").glob(f"{doc}_*")).read_text(encoding="utf-8")
    truth = (shared / "eval" / f"outline_{doc}.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.split("\t")[0].strip() for line in truth if line.strip()[0] in "IVX"]
    assert [s.address for s in parse_outline(text) if s.level and not s.continued] == wanted


@given(TEXTS)
def test_sections_tile_the_text(text: str) -> None:
    sections = parse_outline(text)
    assert [s.start for s in sections] == [0, *(s.end for s in sections[:-1])]
    assert sections[-1].end == len(text)


@given(st.lists(LINES, max_size=25))
def test_every_numbered_section_stands_at_its_own_number(lines: list[str]) -> None:
    text = "\n".join(lines)
    for section in parse_outline(text):
        if section.level and not section.continued and not section.address.startswith("PL"):
            line = next(split_lines(text[section.start : section.end]))
            labels = [marker.label for marker in read_markers(line)]
            assert any(section.address.endswith(label.split(".")[-1]) for label in labels)


@given(st.integers(1, 199))
def test_roman_numerals_go_both_ways(value: int) -> None:
    assert roman_value(to_roman(value)) == value


def test_malformed_numerals_have_no_value() -> None:
    assert [roman_value(word) for word in ("IIII", "VX", "IC", "", "ABC")] == [0, 0, 0, 0, 0]


def test_letters_follow_in_either_alphabet() -> None:
    assert letter_follows("i", "k")
    assert letter_follows("i", "j")
    assert not letter_follows("b", "a")
    assert not letter_follows("ä", "a")


def test_one_line_can_be_read_in_several_ways() -> None:
    line = next(split_lines("C. HAI"))
    assert {marker.kind for marker in read_markers(line)} == {Kind.ROMAN, Kind.UPPER}
