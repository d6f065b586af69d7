"""Which office issued a document, where the letterhead does not plainly say it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.structure.issuers import UPPER
from corpus.text import fold
from corpus.words.casing import name_case

# Cities under central rule; the union of each is "thành phố", all others are "tỉnh".
_CITIES = frozenset(["ha noi", "hai phong", "da nang", "can tho", "ho chi minh", "hue"])
_ORGANISATION = re.compile(
    r"(?:tong lien doan|tong ldld|lien doan|ldld|ldld|cong doan|cdcs|nghiep doan|ban|uy ban|ubnd|ubkt"
    r"|hoi dong"
    r"|hdnd|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|dang doan|bo|so|chinh phu"
    r"|quoc hoi|thu tuong"
    r"|van phong|cum|khoi|cong ty|tap doan|truong|benh vien|mat tran|ub mttq|ubmttq|hoi|tinh doan|thanh doan"
    r"|huyen doan|doan|chi bo|trung uong|to chuc|trung tam|vien|cuc|chi cuc|phong|nha|bao"
    r"|ubtvqh|toa an"
    r"|vien kiem sat|bch|btv|kho bac|ngan hang|bao hiem)\b"
)
_AREA_BEGINS = re.compile(
    r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|viet nam|khu|nhiem ky|lan thu|khoa"
    r"|trung uong|viet|lao dong|va )\b"
)
# Organs of a body: alone on the last line they need the body's name after them.
_ORGAN = re.compile(
    r"(?:ban thuong vu|ban chap hanh|btv|bch|doan chu tich|van phong|uy ban kiem tra|ubkt"
    r"|ban \w+(?: \w+){0,4}|dang doan)$"
)
# Unions of a trade, which the letterhead names without the province they work in.
_BRANCH = re.compile(
    r"cong doan (?:nganh|vien chuc|giao duc|y te|xay dung|cong thuong|nong nghiep)(?: (?!tinh)\w+){0,8}"
)
_AREA = re.compile(r"\b(?:tỉnh|thành phố)\s.+")
_LEVEL_ONLY = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|thi xa)$")
_VERB = (
    r"(?:ban hành|xây dựng|ra |đề ra|báo cáo|thông báo|hướng dẫn|đề nghị|yêu cầu|quyết định"
    r"|triển khai|kết luận"
    r"|trình|lập|tổ chức|chỉ đạo|có văn bản|phát động)"
)
_UNION_LEVEL = re.compile(
    r"(?:LĐLĐ|LĐLD|Liên đoàn Lao động|Liên đoàn lao động)\s(?P<level>tỉnh|thành phố|TP\.?|huyện|quận|thị xã)"
    rf"(?P<name>(?:\s[{UPPER}]\w*){{0,3}})(?P<verb>[\s(][^.;:]{{0,30}}?{_VERB})?"
)
_PARTY_LEVEL = {"TU": "Tỉnh ủy", "HU": "Huyện ủy", "QU": "Quận ủy", "TXU": "Thị ủy", "ThU": "Thành ủy"}
_CENTRAL = {
    "TLĐ": "Tổng Liên đoàn Lao động Việt Nam", "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "VPTW": "Văn phòng Trung ương Đảng",
    "BTCTW": "Ban Tổ chức Trung ương", "BTGTW": "Ban Tuyên giáo Trung ương",
    "BDVTW": "Ban Dân vận Trung ương", "UBKTTW": "Ủy ban Kiểm tra Trung ương",
}  # fmt: skip
_STATE = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_OPENING = re.compile(
    r"(?:^|[;,.]\s)(?P<name>(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Đoàn Chủ tịch|Ủy ban Kiểm tra"
    r"|Đảng đoàn)?\s?"
    r"(?:Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy|LĐLĐ|Liên đoàn Lao động|Tổng Liên đoàn Lao động"
    r"|Công đoàn|Ủy ban nhân dân|UBND|Ủy ban Mặt trận Tổ quốc)"
    rf"(?:\s(?:tỉnh|thành phố|huyện|quận|thị xã|ngành|cơ sở|xã|phường))?(?:\s[{UPPER}][\w-]*){{0,6}})"
    rf"\s[^.;:]{{0,40}}?{_VERB}"
)


def is_organisation(text: str) -> bool:
    """True for a line that names an office: "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"."""
    return len(text) < 120 and text.isupper() and _ORGANISATION.match(fold(text)) is not None


def join_organisations(lines: Sequence[str]) -> list[str]:
    """Put names that were broken over lines together again.

    >>> join_organisations(["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LAI CHÂU"])
    ['TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM', 'LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU']
    """
    joined: list[str] = []
    for line in lines:
        if joined and (not is_organisation(line) or joined[-1].endswith(("-", ",", " VÀ"))):
            joined[-1] += f" {line}"
        elif is_organisation(line):
            joined.append(line)
    return joined


def continues_name(text: str) -> bool:
    """True for a line that can only go on with an office's name: "TỈNH LAI CHÂU", "VIỆT NAM"."""
    return text.isupper() and len(text) < 60 and _AREA_BEGINS.match(fold(text)) is not None


def find_issuer(
    organisations: Sequence[str], owner: str | None, offices: Sequence[str], place: str | None, opening: str
) -> str | None:
    """Return the office that issued a document.

    Args:
        organisations: Names at the top left, the higher office first, in capitals.
        owner: What follows "của" under the type ("Ban Thường vụ Tỉnh ủy"), or None.
        offices: The offices in the số/ký hiệu ("LĐLĐ").
        place: Where it was issued.
        opening: The first paragraph's words, one line.
    """
    if owner:
        return _completed(owner, opening, place)
    names = join_organisations(organisations)
    if names:
        return _from_letterhead(names, offices, place)
    for office in offices:
        if name := _from_office(office, place, opening):
            return name
    match = _OPENING.search(opening)
    name = _completed(_unabbreviated(match["name"].strip()), opening, place) if match else None
    # "Công đoàn", "Liên đoàn Lao động" and "Tỉnh ủy" alone name a kind of office, not one.
    return name if name and len(name.split()) > 4 else None


def _from_letterhead(names: list[str], offices: Sequence[str], place: str | None) -> str:
    known = [office for office in offices if office in ("LĐLĐ", "UBND", "HĐND") or office.isupper()]
    if len(names) > 1 and len(known) > 1 and not any(fold(n).startswith("tong lien doan") for n in names[:1]):
        return " - ".join(_unabbreviated(name_case(name)) for name in names)
    last = _unabbreviated(name_case(names[-1]))
    if len(names) > 1 and _ORGAN.fullmatch(fold(last)):
        return f"{last} {_unabbreviated(name_case(names[-2]))}"
    if len(names) > 1 and _BRANCH.fullmatch(fold(last)) and (area := _AREA.search(name_case(names[-2]))):
        return f"{last} {area[0]}"
    return f"{last} {place}" if place and _LEVEL_ONLY.search(fold(last)) else last


def _from_office(office: str, place: str | None, opening: str) -> str | None:
    if office in _CENTRAL:
        return _CENTRAL[office]
    if office == "LĐLĐ":
        return _union(place, opening)
    if office in _PARTY_LEVEL:
        level = "Thành ủy" if office == "TU" and _is_city(place) else _PARTY_LEVEL[office]
        organ = re.search(
            rf"((?:Ban Thường vụ|Ban Chấp hành|Thường trực)\s)?{level}[^.;:]{{0,60}}?{_VERB}", opening
        )
        return " ".join(filter(None, [(organ[1] or "").strip() if organ else "", level, place]))
    if office in _STATE and place:
        return f"{_STATE[office]} {'thành phố' if _is_city(place) else 'tỉnh'} {place}"
    return None


def _union(place: str | None, opening: str) -> str | None:
    """Return the name of the federation (LĐLĐ) whose level the opening says and whose place is known."""
    mentions = list(_UNION_LEVEL.finditer(opening))
    chosen = next((m for m in mentions if m["verb"]), None)
    chosen = chosen or next((m for m in mentions if not m["name"] or (place and place in m["name"])), None)
    level = (chosen["level"] if chosen else "tỉnh").replace("TP.", "thành phố").replace("TP", "thành phố")
    if _is_city(place) and level == "tỉnh":
        level = "thành phố"
    name = place or (chosen["name"].strip() if chosen else "")
    return f"Liên đoàn Lao động {level} {name}" if name else None


def _completed(name: str, opening: str, place: str | None) -> str:
    """Add to an office's name the place that the opening gives it, or where it was issued."""
    if not re.search(r"(?:Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|tỉnh|thành phố|huyện|quận|thị xã)$", name):
        return name
    match = re.search(re.escape(name) + rf"((?:\s[{UPPER}]\w*){{1,3}})", opening)
    area = match[1].strip() if match else place
    return f"{name} {area}" if area else name


def _unabbreviated(name: str) -> str:
    name = re.sub(
        r"^(?:Tổng LĐLĐ|TLĐ|Tổng LĐLD)\b(?: VN| Việt Nam)?", "Tổng Liên đoàn Lao động Việt Nam", name
    )
    name = re.sub(r"\b(?:LĐLĐ|LĐLD)\b", "Liên đoàn Lao động", name)
    return re.sub(r"\bUBND\b", "Ủy ban nhân dân", name)


def _is_city(place: str | None) -> bool:
    return place is not None and re.sub(r"^(?:tp\.?|thanh pho)\s*", "", fold(place)) in _CITIES
