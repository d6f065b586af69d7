"""What follows a document in its file has sections of its own, and never a number of the document's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure.attached import Prefixes, printed_label
from corpus.structure.heads import head_at, head_columns, is_motto, torn_date
from corpus.structure.letterhead import parse_letterhead
from corpus.structure.lines import split_lines
from corpus.structure.outline import parse_outline

SIGNED = "Điều 1. Mở lớp.\nĐiều 2. Thi hành./.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLê Văn Tám\n\n"
HEAD = (
    "CÔNG ĐOÀN NGÀNH Y TẾ\nSố: 7/QĐ-CĐYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "QUYẾT ĐỊNH\nVề việc thăm hỏi\n\n"
)


def addresses(text: str) -> list[str]:
    return [s.address for s in parse_outline(text) if not s.continued]


def test_documents_bundled_in_one_file_state_layout(layouts: Path) -> None:
    text = (layouts / "nhieu-van-ban.txt").read_text(encoding="utf-8")
    sections = parse_outline(text)
    assert [s.address for s in sections] == [
        "Mở đầu", "I", "I.1", "I.2", "II", "II.1", "Nơi nhận", "Ký", "PLI", "PLI.1", "PLI.2",
        "VB2", "VB2.1", "VB2.2", "VB2.Nơi nhận", "VB2.Ký", "VB2.M01", "VB2.M01.1", "VB2.M01.2",
    ]  # fmt: skip
    headings = {s.address: s.heading for s in sections}
    assert headings["VB2"] == "13/QĐ-CĐYT QUYẾT ĐỊNH Về việc thành lập Ban Tổ chức hội thao"
    assert headings["VB2.M01"] == "Mẫu số 01 PHIẾU ĐĂNG KÝ THAM GIA"
    # "Nơi nhận" and the signature hold nothing of what follows them.
    ends = {s.address: text[s.start : s.end].split()[-1] for s in sections}
    assert (ends["Nơi nhận"], ends["Ký"], ends["VB2.Ký"]) == ("VT.", "Tám", "Tám")
    found = parse_letterhead(text)
    assert (found.number, found.date, found.recipients) == (
        "12/KH-CĐYT",
        "2024-03-05",
        ("Các CĐCS", "Lưu: VT"),
    )


def test_documents_bundled_in_one_file_party_layout(layouts: Path) -> None:
    text = (layouts / "nhieu-van-ban-dang.txt").read_text(encoding="utf-8")
    assert addresses(text) == [
        "Mở đầu", "I", "I.1", "I.2", "II", "Nơi nhận", "Ký", "PL", "VB2", "VB2.1", "VB2.2", "VB2.Nơi nhận",
        "VB2.Ký",
    ]  # fmt: skip
    found = parse_letterhead(text)
    assert (found.number, found.signer, found.signer_role) == (
        "21-HD/BDVTU",
        "Đinh Thị Mây",
        "T/M Ban Thường vụ, Phó Bí thư",
    )


def test_a_second_document_lends_its_signature_to_no_unsigned_first() -> None:
    text = HEAD + "Điều 1. Mở lớp.\n\n" + HEAD.replace("7/", "8/") + SIGNED
    assert addresses(text) == ["Mở đầu", "1", "VB2", "VB2.1", "VB2.2", "VB2.Ký"]
    found = parse_letterhead(text)
    assert (found.number, found.signer) == ("7/QĐ-CĐYT", None)


def test_documents_whose_letterheads_lost_office_and_motto() -> None:
    plan = "Số: 7/KH-CĐYT\nSơn La, ngày 5 tháng 3 năm 2024\n\nKẾ HOẠCH\nHội thao\n\nI. MỤC ĐÍCH\n1. A./.\n\n"
    text = plan + "Nơi nhận:\n- Các tổ;\n\n" + plan.replace("7/", "8/")
    assert addresses(text) == ["Mở đầu", "I", "I.1", "Nơi nhận", "VB2", "VB2.I", "VB2.I.1"]


@pytest.mark.parametrize("attached", ["PHỤ LỤC 1\n\n", "DANH SÁCH\n\n", HEAD.replace("7/", "8/")])
def test_attachments_take_no_recipients_from_an_unsigned_document(attached: str) -> None:
    text = f"{HEAD}Điều 1. Mở lớp.\n\nNơi nhận:\n- Các tổ;\n\n{attached}1. Tổ\n\nNơi nhận:\n- Kho;\n"
    assert parse_letterhead(text).recipients == ("Các tổ",)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        # Forms, with and without a number or a letterhead.
        ("Mẫu số 02\n\nDANH SÁCH\n1. Tổ\n", ["M02", "M02.1"]),
        ("Biểu số 1:\n\n1. Tổ\n\nBiểu số 2\n\n1. Lớp\n", ["B1", "B1.1", "B2", "B2.1"]),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nĐƠN XIN HỌC\n\n1. Tên:\n",
         ["PL", "PL.1"]),
        # A letterhead that repeats the document's own number is no other document.
        (HEAD + "1. Tổ\n", ["PL", "PL.1"]),
        (HEAD.replace("7/", "8/") + "Điều 1. Quà.\n", ["VB2", "VB2.1"]),
        # A number said twice belongs to the first; one that is made up is nobody's.
        ("PHỤ LỤC 1\n\n1. Tổ\n\nPHỤ LỤC 1\n\n1. Lớp\n", ["PL1", "PL1.1"]),
        # A page that prints no gap before its title; a line torn from a sentence.
        ("PHỤ LỤC 1\n\n1. Tổ\nPHỤ LỤC 2\n1. A\nPhụ lục 3\n", ["PL1", "PL1.1", "PL2", "PL2.1"]),
        ("PHỤ LỤC 1\n\n1. Tổ\n\nPHỤ LỤC 2\n\n1. A\n\nPHỤ LỤC 1\n\n1. B\n",
         ["PL1", "PL1.1", "PL2", "PL2.1", "PL1b", "PL1b.1"]),
        ("DANH SÁCH\n\n1. Tổ\n\nPHỤ LỤC\n\n1. A\n\nPHỤ LỤC 2\n\n1. B\n",
         ["PL", "PL.1", "PL3", "PL3.1", "PL2", "PL2.1"]),
        # A title that names no kind of attachment; headings without a title; a table; a paragraph.
        ("THỂ THỨC HỘI THI\n\nCác đội thi theo bảng bốn đội,\n" + "chọn hai đội vào vòng trong. " * 3,
         ["PL"]),
        ("I. ĐỘI THI\n\nII. GIẢI THƯỞNG\n", ["PL.I", "PL.II"]),
        ("| TT | Tổ | Số |\n| 1 | A | 2 |\n", ["Sau chữ ký"]),
        ("Ghi chú thêm của văn phòng về cách gửi danh sách, trước ngày 10 hằng tháng, bằng thư điện tử"
         " hoặc qua bưu điện."
         "\n\n1. Tổ\n", ["Sau chữ ký"]),
        # What still belongs to the signature.
        ("XÁC NHẬN CỦA CẤP TRÊN\n\nĐỗ Thị Chín\n", []),
        ("Ký bởi: Liên đoàn Lao động\nGiờ ký: 09:18:29 +07:00\n", []),
        ("Nơi nhận:\n- Các tổ;\n- Lưu: VT.\n", ["Nơi nhận"]),
    ],
)  # fmt: skip
def test_what_follows_a_signature(after: str, expected: list[str]) -> None:
    assert addresses(HEAD + SIGNED + after)[:4] == ["Mở đầu", "1", "2", "Ký"]
    assert addresses(HEAD + SIGNED + after)[4:] == expected


def test_a_form_is_told_from_words_about_it() -> None:
    said = "I. A\n\nMẫu số 1 được gửi kèm.\n\nMẫu số 2\n\nII. B"
    assert addresses(said) == ["I", "II"]
    form = f"I. A\n\nMẫu số 2\n{HEAD}1. Tên:"
    assert addresses(form) == ["I", "M2", "M2.1"]


def test_dots_stand_for_a_name_that_is_to_be_written() -> None:
    text = (
        "1. A./.\n\nTM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\n……………………\n\nTHỂ LỆ HỘI THI\n\n" + "Các đội thi đấu. " * 8
    )
    sections = parse_outline(text)
    assert [(s.address, s.heading) for s in sections][1:] == [
        ("Ký", "TM. BAN CHẤP HÀNH CHỦ TỊCH"),
        ("PL", "THỂ LỆ HỘI THI"),
    ]


def test_a_heading_that_goes_on_shows_that_nothing_was_signed() -> None:
    assert addresses("I. A\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nII. NỘI DUNG\n1. C") == ["I", "Ký", "II", "II.1"]


def test_labels() -> None:
    def label(line: str, *, known: bool = True) -> str | None:
        return printed_label(next(split_lines(line)), known=known)

    assert [label(line) for line in ("PHỤ LỤC II", "Phụ lục số 3: Số liệu", "MẪU 4b", "Phụ biểu 01/BC")] == [
        "PLII", "PL3", "M4B", "B01",
    ]  # fmt: skip
    assert [label(line) for line in ("Mẫu mới", "- Mẫu 1", "Phụ lục này", "Biểu dương")] == [None] * 4
    assert label("Mẫu 1", known=False) is None


def test_every_prefix_is_given_once() -> None:
    prefixes = Prefixes(frozenset({"2", "III"}))
    assert [prefixes.open("PL") for _ in range(3)] == ["PL", "PL4", "PL5"]
    assert [prefixes.open("M1"), prefixes.open("M1"), prefixes.open_document()] == ["M1", "M1b", "VB2"]
    assert [prefixes.open("PL"), prefixes.address("Ký")] == ["VB2.PL", "VB2.PL.Ký"]


def test_letterheads_are_found_by_what_they_consist_of() -> None:
    def head(text: str) -> tuple[str | None, str] | None:
        found = head_at(list(split_lines(text)), 0)
        return (found.number, found.title) if found else None

    assert head(HEAD) == ("7/QĐ-CĐYT", "QUYẾT ĐỊNH Về việc thăm hỏi")
    columns = (
        "| CÔNG ĐOÀN NGÀNH Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Số: 7/QĐ-CĐYT | Sơn La, ngày 5"
    )
    assert head(columns) == ("7/QĐ-CĐYT", "")
    assert head("CÔNG ĐOÀN NGÀNH Y TẾ\nSố: 7/CV-CĐYT\nSơn La, ngày 5 tháng 3 năm 2024") == ("7/CV-CĐYT", "")
    assert head("Số: 7/KH-CĐYT\nSơn La, ngày 5 tháng 3 năm 2024\nKẾ HOẠCH\nHội thao") == (
        "7/KH-CĐYT",
        "KẾ HOẠCH Hội thao",
    )
    assert head("Số: 7/KH-CĐYT\n1. Mở lớp") is None
    assert head("CÔNG ĐOÀN NGÀNH Y TẾ\nSơn La, ngày 5 tháng 3 năm 2024") is None
    assert head("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n1. Mở lớp") is None
    assert head("Các tổ mở lớp\n" + HEAD) is None


def test_columns_and_torn_dates() -> None:
    assert list(head_columns("LIÊN ĐOÀN LAO ĐỘNG Sơn La, ngày 5 tháng 3 năm 2024")) == [
        "LIÊN ĐOÀN LAO ĐỘNG",
        "Sơn La, ngày 5 tháng 3 năm 2024",
    ]
    assert torn_date("Sơn La,", "ngày 5 tháng 3 năm 2024") == "Sơn La, ngày 5 tháng 3 năm 2024"
    assert torn_date("Sơn La, ngày 5 tháng 3", "năm 2024") == "Sơn La, ngày 5 tháng 3 năm 2024"
    assert torn_date("Sơn La, ngày 5", "các tổ họp") is None
    assert torn_date("Các tổ họp ngày 5", "tháng 3 năm 2024") is None
    assert is_motto("Độc lập - Tự do - Hạnh phúc")
    assert not is_motto("độc lập - tự do - hạnh phúc là mục tiêu")


BLOCKS = st.sampled_from(
    [HEAD, HEAD.replace("7/", "8/"), SIGNED, "PHỤ LỤC\n\n", "PHỤ LỤC 1\n\n", "Mẫu số 1\n\n", "DANH SÁCH\n\n",
     "1. Tổ\n", "2. Lớp\n", "I. MỘT\n", "Nơi nhận:\n- Tổ;\n\n", "| a | b | c |\n| 1 | 2 | 3 |\n\n"]
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=9).map("".join))
def test_no_attachment_is_named_twice(text: str) -> None:
    sections = parse_outline(text)
    assert [s.start for s in sections] == [0, *(s.end for s in sections[:-1])]
    opened = [s.address for s in sections if s.address.rpartition(".")[2][:2] in ("PL", "VB", "M1")]
    assert len(opened) == len(set(opened))
