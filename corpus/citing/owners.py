"""Whose numbering a số/ký hiệu belongs to: the owner, which with number and year makes a document one.

"02-NQ/TW" can only be a central number; "56/KH-LĐLĐ" is one of 63 until a province is known. An
office's organs share its numbering (Bộ Chính trị and Ban Bí thư number "/TW" together), so they
have one owner; which of them signed is compared apart (`organ`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.numbers import TYPE_OF_CODE
from corpus.records import Letterhead
from corpus.structure.issuers import office_code
from corpus.text import fold
from corpus.words.places import find_places

Level = Literal["Trung ương", "Tổng Liên đoàn", "Tỉnh", "Ngành", "Cơ sở", "Chưa rõ"]

# Offices of which the country has one. Sources: Phụ lục III of Nghị định 30/2020/NĐ-CP, Hướng dẫn
# 36-HD/VPTW, and the ministries of the governments of 2016, 2021 and 2025.
_ONE = frozenset(
    """TW BTCTW BTGTW BDVTW UBKTTW VPTW BKTTW BNCTW ĐUTT CP TTg QH UBTVQH CTN VPCP TANDTC HĐTP VKSNDTC KTNN
    TTCP UBDT NHNN MTTW TWMTTQ UBTWMTTQVN TWĐTN TWĐ TWH BLĐTBXH BNV BTC BYT BGDĐT BXD BTP BCA BQP BNG BCT
    BNNPTNT BGTVT BKHĐT BKHCN BTNMT BTTTT BVHTTDL BDTTG BNNMT""".split()
)
_UNION = frozenset(["TLĐ", "ĐCT", "UBKTTLĐ"])  # the confederation's own; ĐCT is its presidium only
# Offices of which each province has one; "UBND" and "HĐND" each district too, "LĐLĐ" as well.
_PROVINCIAL = frozenset(["TU", "BTCTU", "BTGTU", "BDVTU", "UBKTTU", "VPTU"])
_LOCAL = frozenset(["LĐLĐ", "UBND", "HĐND", "MTTQ", "LĐTBXH", "BHXH"])
_DISTRICT = re.compile(
    r"\b(huyen|quan|thi xa|thi tran|xa|phuong|thi)(?: uy)?\s+(?!tinh\b)(\w+(?:\s(?!tinh\b|thanh\b)\w+){0,3})"
)
_NAMELESS = re.compile(r"\b(?:tinh|thanh pho|nganh|huyen|quan)$")
# Codes that say an organ and not whose: "03/KL-BCH" may be the confederation's or a province's.
_COMMITTEES = frozenset(["BCH", "BTV", "UBKT", "VP"])
_CENTRAL_OWNER = {"ĐCT": "TLĐ", "UBKTTLĐ": "TLĐ"}
_DISTRICT_ONLY = re.compile(r"\b(?:huyen|quan|thi xa|thi tran|xa|phuong)\b(?! uy)|\b(?:huyen|quan|thi) uy\b")
_SECTOR = re.compile(r"\bcong doan (?:nganh|vien chuc|giao duc|y te|xay dung|khu|cac|tong cong ty)|\bso\s")
_PARTY_CENTRE = re.compile(
    r"\b(?:trung uong|tw)\b|^bo chinh tri|^ban bi thu|^bo |^chinh phu|^thu tuong|^quoc hoi|quoc hoi$"
)
# Organs of an office, by what a folded name holds; the more particular first.
_ORGANS = (
    ("Bộ Chính trị", r"\bbo chinh tri\b"),
    ("Ban Bí thư", r"\bban bi thu\b"),
    ("Đoàn Chủ tịch", r"\b(?:doan chu tich|dct)\b"),
    ("Ban Thường vụ", r"\b(?:ban thuong vu|btv)\b"),
    ("Ban Chấp hành", r"\b(?:ban chap hanh|bch)\b|\btrung uong (?:dang)?(?: khoa \w+)?$"),
    ("Ủy ban Kiểm tra", r"\b(?:uy ban kiem tra|ubkt)\b"),
)
_ORGAN_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _ORGANS)


@dataclass(frozen=True, slots=True)
class Number:
    """A canonical số/ký hiệu, in parts.

    Attributes:
        key: What two spellings of one number share: lower case, no leading zeros.
        serial: "56".
        year: The year that stands in the number itself ("145/2020/NĐ-CP"), or None.
        kind: The code of the type ("KH"); "" where there is none.
        office: The code of the office ("LĐLĐ", "BNV-BTC"); "" where there is none.
    """

    key: str
    serial: str
    year: int | None
    kind: str
    office: str


@lru_cache(maxsize=65536)
def read_number(number: str) -> Number:
    """Return the parts of a canonical number.

    >>> read_number("02-NQ/TW").key == read_number("2-NQ/TW").key
    True
    >>> read_number("145/2020/NĐ-CP").year, read_number("56/KH-LĐLĐ").office
    (2020, 'LĐLĐ')
    """
    serial, *codes = re.split(r"[/\-]", number)
    serial = serial.lstrip("0") or "0"
    year = int(codes.pop(0)) if codes and re.fullmatch(r"(?:19|20)\d\d", codes[0]) else None
    kind = codes[0] if len(codes) > 1 or (codes and codes[0] in TYPE_OF_CODE) else ""
    office = "-".join(codes[1:] if kind else codes)
    key = "/".join(filter(None, (serial, str(year or ""), *codes))).casefold()
    return Number(key, serial.casefold(), year, kind, office)


def is_central(office: str) -> bool:
    """Whether the country has one office of that code (or one group of such: "BNV-BTC")."""
    codes = office.split("-")
    return bool(office) and all(
        c in _ONE or c in _UNION or re.fullmatch(r"QH\d+|UBTVQH\d*", c) is not None for c in codes
    )


@lru_cache(maxsize=65536)
def owner_of(office: str, issuer: str | None, home: str | None) -> tuple[str | None, bool]:
    """Return (owner, whether the mention or the code itself says so; False: taken from `home`).

    The owner is a key such as "TW", "LĐLĐ@Bắc Kạn", or a folded name; None where it stays open.

    Args:
        office: Code of the office in the number; "" where there is no number.
        issuer: The issuer as stated at the mention.
        home: Province of the citing document's issuer; None for a central or an unknown one.

    >>> owner_of("LĐLĐ", "LĐLĐ tỉnh", "Bắc Kạn"), owner_of("TW", "Ban Bí thư", None)
    (('LĐLĐ@Bắc Kạn', False), ('TW', True))
    """
    if is_central(office):
        return _CENTRAL_OWNER.get(office, re.sub(r"QH\d+", "QH", office)), True
    said = (office_code(issuer) or "") if issuer else ""
    if issuer and fold(issuer) == "quoc hoi":
        said = "QH"
    if is_central(said) and (not office or office in _COMMITTEES):  # whose committee only the name tells
        return _CENTRAL_OWNER.get(said, said), True
    code = said if not office or office in _COMMITTEES else office
    if not issuer:
        return (f"{code}@{home}", False) if home and code in _PROVINCIAL | _LOCAL else (None, False)
    return _local_owner(code, issuer, home)


def _local_owner(code: str, issuer: str, home: str | None) -> tuple[str | None, bool]:
    """Return the owner that a stated issuer names, where the office is none of the country's own."""
    name = fold(issuer)
    provinces = list(dict.fromkeys(place for _, _, place in find_places(issuer)))
    where = provinces[0] if len(provinces) == 1 else None
    if _DISTRICT_ONLY.search(name):
        district = _DISTRICT.search(name)
        within = f", {where}" if where else ""
        return (f"{code}@{district[1]} {district[2]}{within}", True) if district else (None, False)
    if code in _PROVINCIAL | _LOCAL:
        place = where or home
        return (f"{code}@{place}", where is not None) if place else (None, False)
    if not where and _NAMELESS.search(name):  # "Công đoàn tỉnh": of which province is not said
        return (f"{name} {fold(home)}", False) if home else (None, False)
    return name, True


def home_of(head: Letterhead) -> str | None:
    """Return the province whose offices a document means when it names none; None where that is open.

    Documents of central offices mean no province, those of a district name theirs themselves.
    """
    name = fold(head.issuer or "")
    if not name or _PARTY_CENTRE.search(name) or re.search(r"\btong (?:lien doan|ldld)|viet nam$", name):
        return None
    if _DISTRICT_ONLY.search(name):
        return None
    places = {place for _, _, place in find_places(head.issuer or "")}
    places = places or {place for _, _, place in find_places(head.place or "")}
    return places.pop() if len(places) == 1 else None


@lru_cache(maxsize=16384)
def organ(issuer: str) -> str | None:
    """Return which organ of its office an issuer is; None for the office itself.

    >>> organ("BCH Tổng LĐLĐ Việt Nam"), organ("Ban Bí thư Trung ương Đảng"), organ("Tỉnh ủy Lai Châu")
    ('Ban Chấp hành', 'Ban Bí thư', None)
    """
    name = fold(issuer)
    return next((label for label, pattern in _ORGAN_PATTERNS if pattern.search(name)), None)


@lru_cache(maxsize=65536)
def level_of(owner: str | None, office: str, issuer: str | None) -> Level:
    """Return at which level of the country an owner stands, for people to group by."""
    code = office or (owner or "").split("@")[0]
    name = fold(issuer or "")
    union = re.search(r"\btong (?:lien doan|ldld)|\btld\b|\bcong doan viet nam\b", name)
    if code in _UNION or union or owner == "cong doan@toàn quốc":
        return "Tổng Liên đoàn"
    if is_central(code) or _PARTY_CENTRE.search(name) or "toàn quốc" in (owner or ""):
        return "Trung ương"
    if _DISTRICT_ONLY.search(name) or code in ("HU", "QU", "CĐCS") or "cong doan co so" in name:
        return "Cơ sở"
    if _SECTOR.search(name) or code.startswith("CĐ"):
        return "Ngành"
    if "@" in (owner or "") or code in _PROVINCIAL | _LOCAL or re.search(r"\b(?:tinh|thanh pho)\b", name):
        return "Tỉnh"
    return "Chưa rõ"
