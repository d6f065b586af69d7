"""Messages: headers, body, attachments in every depth, and what cannot be read."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import mail
from tests.make_fixtures import docx


def message(text: str = "Kính gửi các đồng chí.", **headers: str) -> EmailMessage:
    letter = EmailMessage()
    for name, value in ({"Subject": "Giấy mời họp", "From": "vp@congdoan.example"} | headers).items():
        letter[name] = value
    letter.set_content(text)
    return letter


def read(folder: Path, letter: EmailMessage) -> tuple[list[str], tuple[str, ...]]:
    (folder / "a.eml").write_bytes(letter.as_bytes())
    found = mail.read(folder / "a.eml")
    return found.text.split("\n\n"), found.warnings


def test_headers_and_body(tmp_path: Path) -> None:
    letter = message(To="a@x.example, b@x.example", Date="Mon, 01 Mar 2021 08:00:00 +0700")
    assert read(tmp_path, letter) == (
        [
            "Tiêu đề: Giấy mời họp\nTừ: vp@congdoan.example\nĐến: a@x.example, b@x.example\n"
            "Ngày gửi: Mon, 01 Mar 2021 08:00:00 +0700",
            "Kính gửi các đồng chí.",
        ],
        (),
    )


def test_the_plain_body_is_preferred_to_the_html_one(tmp_path: Path) -> None:
    letter = message("chữ thường")
    letter.add_alternative("<p>chữ trang web</p>", subtype="html")
    assert read(tmp_path, letter)[0][1:] == ["chữ thường"]


def test_an_html_body_alone(tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["Subject"] = "Thư"
    letter.set_content("<p>một</p><script>alert(1)</script><p>hai</p>", subtype="html")
    assert read(tmp_path, letter)[0] == ["Tiêu đề: Thư", "một", "hai"]


def test_attachments_are_read_and_unreadable_ones_named(tmp_path: Path) -> None:
    letter = message()
    data = docx(tmp_path / "ke-hoach.docx", "KẾ HOẠCH", "Nội dung").read_bytes()
    letter.add_attachment(data, maintype="application", subtype="octet-stream", filename="../Kế hoạch.docx")
    letter.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="chay.exe")
    letter.add_attachment(b"PK no", maintype="application", subtype="octet-stream", filename="hong.docx")
    blocks, warnings = read(tmp_path, letter)
    assert blocks[1:] == ["Kính gửi các đồng chí.", "Tệp đính kèm: ../Kế hoạch.docx", "KẾ HOẠCH", "Nội dung"]
    assert warnings[0] == "Tệp đính kèm chưa đọc được: chay.exe"
    assert warnings[1].startswith("Tệp đính kèm hong.docx: tệp hỏng hoặc không đúng định dạng")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.eml", "ke-hoach.docx"]


def test_a_message_within_a_message(tmp_path: Path) -> None:
    letter = message("ngoài")
    letter.add_attachment(message("trong", Subject="Chuyển tiếp"))
    blocks, _ = read(tmp_path, letter)
    assert blocks[1:] == ["ngoài", "Tiêu đề: Chuyển tiếp\nTừ: vp@congdoan.example", "trong"]


def test_what_is_no_message(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"\x00\x01 random")
    with pytest.raises(DocumentError, match=r"a\.eml: nội dung không phải là thư điện tử"):
        mail.read(tmp_path / "a.eml")
