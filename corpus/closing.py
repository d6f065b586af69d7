"""The closing of a document: "Nơi nhận", the signature block, and what a signing program adds."""

from __future__ import annotations

import re

from corpus.lines import Line
from corpus.text import fold

# "Nơi nhận", also as recognised without its marks; "Noi nhan:".
_RECIPIENTS = re.compile(r"noi (?:nhan|gui)\s*(?:[:;.]|$)")
# Who signs for whom: thay mặt, ký thay, thừa lệnh, thừa ủy quyền, quyền.
_FOR = re.compile(
    r"(?:T\s?[./]\s?M|K\s?[./]\s?T|T\s?[./]\s?L|T\s?/\s?UQ|(?:TM|KT|TL|TUQ|Q)\s?[./])[.\s]*(?=[^\W\d_]{2})"
)
_ROLE_WORDS = re.compile(
    r"(?:(?:quyen |pho |q\. ?)?(?:chu tich|bi thu(?: thu nhat)?|truong ban|chu nhiem|chanh van phong|giam doc|tong bi thu"
    r"|vien truong|vu truong|cuc truong|bo truong|thu truong|hieu truong|to truong|truong phong|truong doan|tong giam doc)"
    r"|uy vien (?:ban )?thuong (?:vu|truc)|pho bi thu thuong truc|pho chu tich thuong truc|thuong truc"
    r"|doan chu tich|chu toa|thu ky|nguoi lap(?: bieu)?|ke toan truong|dai dien)\b.*"
)
_DIGITAL = re.compile(
    r"(?:ky boi|nguoi ky|gio ky|ngay ky|thoi gian ky|co quan:|email:|signature|digitally signed|chu ky so|da ky)"
)
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:|\d\d:\d\d:\d\d ?[+-]\d\d:?\d\d")


def is_recipients(line: Line) -> bool:
    """True for the line that opens "Nơi nhận"."""
    return _RECIPIENTS.match(fold(line.text[:40])) is not None


def signs_for(line: Line) -> bool:
    """True for "TM. BAN THƯỜNG VỤ", "T/M BAN CHẤP HÀNH", "KT. CHỦ TỊCH"."""
    match = _FOR.match(line.text)
    return match is not None and len(line.text) < 120 and _mostly_upper(line.text[match.end() :])


def is_role(line: Line) -> bool:
    """True for a line that is a signer's office and nothing else: "PHÓ CHỦ TỊCH"."""
    return len(line.text) < 80 and line.text.isupper() and _ROLE_WORDS.fullmatch(fold(line.text)) is not None


def is_digital(line: Line) -> bool:
    """True for a line that a signing program wrote: "Ký bởi: ...", "Giờ ký: 2020-09-08T..."."""
    return _DIGITAL.match(fold(line.text[:40])) is not None or _ISO_TIME.search(line.text) is not None


def is_name(text: str) -> bool:
    """True for two to six words that each begin with a capital: "Nguyễn Văn An", "ĐINH VĂN A".

    >>> is_name("Nguyễn Thị Bình"), is_name("Lưu Văn phòng"), is_name("Lai Châu, ngày 12")
    (True, False, False)
    """
    words = text.strip(" .").split()
    # An academic title may stand before a name.
    while words and re.fullmatch(r"(?:TS|ThS|Ths|PGS|GS|BS|KS|CN)\.?", words[0]):
        words = words[1:]
    return 2 <= len(words) <= 6 and all(w[0].isupper() and w.replace("'", "").isalpha() for w in words)


def _mostly_upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.8 * len(letters)
