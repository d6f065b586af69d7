"""From a file to a Document and to the JSON of `python -m corpus`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.__main__ import main
from corpus.errors import DocumentError
from corpus.reading import is_restatement, read_document

TEXT = """Số: 12/KH-LĐLĐ

Sơn La, ngày 5 tháng 3 năm 2022

KẾ HOẠCH
Mở lớp cho tổ trưởng năm 2022

Thực hiện Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị, LĐLĐ tỉnh mở lớp như sau:

I. CHỈ TIÊU

1. Mở được 25 lớp cho tổ trưởng.

Nơi nhận:
- Các tổ;

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lê Văn Tám
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "Kế hoạch 12.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_document_is_all_that_is_known_of_a_file(plan: Path) -> None:
    document = read_document(plan)
    assert (document.doc_id, document.source, document.text) == ("Kế hoạch 12", "Kế hoạch 12.txt", TEXT)
    assert (document.letterhead.number, document.year) == ("12/KH-LĐLĐ", 2022)
    assert [s.address for s in document.sections] == ["Mở đầu", "I", "I.1", "Nơi nhận", "Ký"]
    assert [c.number for c in document.citations] == ["02-NQ/TW"]
    assert [(t.value, t.unit, t.section) for t in document.targets] == [("25", "lớp", "I.1")]
    assert not document.restatement
    assert read_document(plan, "kho/a").doc_id == "kho/a"


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Bản viết lại để dùng thử: Kế hoạch 12.", True),
        ("\n\n**BẢN VIẾT LẠI** của Kế hoạch 12", True),
        ("> *Bản viết lại*", True),
        ("Bản viết tay", False),
        ("Kế hoạch này là bản viết lại", False),
        ("Số: 1/KH-LĐLĐ\n\nBản viết lại", False),
    ],
)
def test_a_restatement_says_so_in_its_first_line(first: str, expected: bool) -> None:
    assert is_restatement(f"{first}\n\n{TEXT}") is expected


def test_a_restatement_line_disturbs_nothing(tmp_path: Path, plan: Path) -> None:
    path = tmp_path / "lai.txt"
    path.write_text(f"Bản viết lại của Báo cáo số 9/BC-TLĐ.\n\n{TEXT}", encoding="utf-8")
    restated, original = read_document(path), read_document(plan)
    assert restated.restatement
    assert restated.letterhead == original.letterhead
    assert [s.address for s in restated.sections] == [s.address for s in original.sections]


def test_json_is_the_contract(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(plan), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["doc"] == "Kế hoạch 12"
    assert said["letterhead"] == {
        "number": "12/KH-LĐLĐ",
        "number_as_read": "12/KH-LĐLĐ",
        "type": "Kế hoạch",
        "issuer": "Liên đoàn Lao động tỉnh Sơn La",
        "place": "Sơn La",
        "date": "2022-03-05",
        "title": "Mở lớp cho tổ trưởng năm 2022",
        "signer": "Lê Văn Tám",
        "signer_role": "TM. Ban Thường vụ, Chủ tịch",
        "cosigners": [],
        "recipients": ["Các tổ"],
    }
    assert said["outline"][1:3] == [
        {"address": "I", "heading": "CHỈ TIÊU", "level": 1},
        {"address": "I.1", "heading": "Mở được 25 lớp cho tổ trưởng.", "level": 2},
    ]
    citation, target = said["citations"][0], said["targets"][0]
    assert citation == {
        "section": "Mở đầu",
        "type": "Nghị quyết",
        "number": "02-NQ/TW",
        "date": "2021-06-12",
        "issuer": "Bộ Chính trị",
        "title": None,
        "quote": TEXT[TEXT.index("Nghị quyết") : TEXT.index(", LĐLĐ tỉnh mở")],
    }
    assert (target["kind"], target["comparator"], target["value"], target["unit"]) == (
        "target",
        "=",
        "25",
        "lớp",
    )
    assert set(target) == {"section", "kind", "period", "subject", "comparator", "value", "unit", "quote"}
    for passage in said["passages"]:
        assert TEXT[passage["start"] : passage["end"]] == passage["text"]
    assert said["passages"][0]["passage"] == "Kế hoạch 12#0"
    assert said["warnings"] == []


def test_people_read_lines(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(plan)]) == 0
    said = capsys.readouterr().out
    assert "Số/ký hiệu: 12/KH-LĐLĐ" in said
    assert "    I.1  Mở được 25 lớp" in said
    assert "1 lần viện dẫn văn bản khác, 1 chỉ tiêu và kết quả" in said


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    assert main([str(empty), "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "Không đọc được rong.txt: tệp rỗng (0 byte). Hãy chép hoặc tải lại tệp: lần trước chưa xong\n"
    )
    with pytest.raises(SystemExit, match="2"):
        main([])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"Không đọc được mat\.txt: không có tệp này"):
        read_document(tmp_path / "mat.txt")


def test_a_file_of_two_documents_says_so(layouts: Path) -> None:
    (warning,) = read_document(layouts / "nhieu-van-ban-dang.txt").warnings
    assert warning == (
        "Tệp chứa 2 văn bản, số và ngày được lấy theo văn bản đầu (VB2 là 45-CV/TU). "
        "Nên tách mỗi văn bản thành một tệp"
    )
    assert read_document(layouts / "to-trinh.txt").warnings == ()


def test_json_binds_footnotes_and_names_everyone_who_signs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "KẾ HOẠCH\nMở lớp\n\n1. Mở 12 lớp[^1].\n\n[^1]: Cả lớp xa./.\n\n"
        "TM. SỞ Y TẾ          TM. TỈNH ĐOÀN\nGIÁM ĐỐC          BÍ THƯ\nLê Tám          Đỗ Chín\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert main([str(tmp_path / "a.md"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (note,) = said["footnotes"]
    assert text[note["mark_start"] : note["mark_end"]] == "[^1]"
    assert text[note["start"] : note["end"]] == note["text"] == "[^1]: Cả lớp xa./."
    assert (said["letterhead"]["signer"], said["letterhead"]["cosigners"]) == (
        "Đỗ Chín",
        [{"signer": "Lê Tám", "signer_role": "TM. Sở Y tế, Giám đốc"}],
    )
