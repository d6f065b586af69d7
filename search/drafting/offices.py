"""What an issuer's name tells of the layout: who stands above it, its code in numbers, who signs for it.

State and union offices follow Nghị định 30/2020/NĐ-CP, committees of the Party Hướng dẫn 36-HD/VPTW
of 3/4/2018. What the name does not tell is dotted or named by its role, to be filled in by hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.text import collapse, fold

DOTS = "……"
ABOVE, NAME = "CƠ QUAN CẤP TRÊN", "TÊN CƠ QUAN BAN HÀNH"
UNION = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
_PARTY = re.compile(
    r"\b(?:dang cong san|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang doan|ban can su dang|"
    r"ban bi thu|bo chinh tri|dang bo|chi bo)\b"
)
_SIGNS_FOR = re.compile(r"(?i)\b(ban thường vụ|ban chấp hành|thường trực|đoàn chủ tịch)\s+(?=\S)")
_PARTY_CODES = (
    ("bộ chính trị", "TW"), ("ban bí thư", "TW"), ("tỉnh ủy", "TU"), ("thành ủy", "TU"),
    ("huyện ủy", "HU"), ("đảng ủy", "ĐU"), ("đảng đoàn", "ĐĐ"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """An issuer as its documents name it.

    Attributes:
        party: Whether it is a committee of the Party.
        above: Who stands above it, in capitals; None where no line is due.
        name: Its own name, in capitals.
        code: Its code in numbers.
        signs_for: In whose name its documents are signed, in capitals.
    """

    party: bool
    above: str | None
    name: str
    code: str
    signs_for: str


def is_party_name(name: str) -> bool:
    """Whether a name, or a letterhead, is of a committee of the Party.

    >>> is_party_name("Ban Thường vụ Tỉnh uỷ Sơn La"), is_party_name("LĐLĐ tỉnh Sơn La")
    (True, False)
    """
    return _PARTY.search(fold(name)) is not None


def office_of(issuer: str | None) -> Office:
    """Return what the name of an issuer tells; None: a state or union office not named yet.

    >>> office_of("LĐLĐ tỉnh Sơn La").name, office_of("Ban Thường vụ Tỉnh ủy Sơn La").signs_for
    ('LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA', 'BAN THƯỜNG VỤ')
    """
    name = re.sub(r"\bLĐLĐ\b", "Liên đoàn Lao động", collapse(issuer or "").replace("uỷ", "ủy"))
    if not name:
        return Office(False, ABOVE, NAME, DOTS, DOTS)
    if is_party_name(name):
        return _committee(name)
    upper = name.upper()
    if upper.startswith("TỔNG LIÊN ĐOÀN LAO ĐỘNG"):
        return Office(False, None, upper, "TLĐ", "ĐOÀN CHỦ TỊCH")
    if upper.startswith("LIÊN ĐOÀN LAO ĐỘNG"):
        of_province = re.match(r"LIÊN ĐOÀN LAO ĐỘNG (?:TỈNH|THÀNH PHỐ)\b", upper)
        return Office(False, UNION if of_province else ABOVE, upper, "LĐLĐ", "BAN THƯỜNG VỤ")
    return Office(False, ABOVE, upper, DOTS, DOTS)


def _committee(name: str) -> Office:
    """A committee is named by its whole ("TỈNH ỦY SƠN LA"); the part of it that issues signs."""
    code = next((code for words, code in _PARTY_CODES if words in name.lower()), DOTS)
    issuing = _SIGNS_FOR.match(name)
    signs_for = DOTS
    if issuing:
        signs_for, name = issuing[1].upper(), name[issuing.end() :]
    elif code == "TW":
        signs_for = name.upper()
    above = None if code in ("TW", "TU") else "CẤP ỦY CẤP TRÊN"
    return Office(True, above, name.upper(), code, signs_for)
