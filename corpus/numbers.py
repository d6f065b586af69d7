"""Số/ký hiệu of documents: found in running text, brought to one canonical form.

State and union offices write "234/KH-LĐLĐ" and "145/2020/NĐ-CP" (Nghị định 30/2020/NĐ-CP,
Phụ lục I); Party offices write "27-CTr/TU" (Hướng dẫn 36-HD/VPTW). In practice both are
typed either way, with stray spaces, and OCR turns Đ into D.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text import fold, mend_eth

# Abbreviations of document types as they stand in numbers, and the type each stands for.
# Source: Phụ lục III of Nghị định 30/2020/NĐ-CP; Hướng dẫn 36-HD/VPTW.
TYPE_OF_CODE = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định",
    "TC": "Thông cáo", "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch",
    "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình",
    "HĐ": "Hợp đồng", "CĐ": "Công điện", "KL": "Kết luận", "NĐ": "Nghị định", "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch", "NQLT": "Nghị quyết liên tịch", "CV": "Công văn", "GM": "Giấy mời",
    "PC": "Phiếu chuyển", "L": "Luật", "PL": "Pháp lệnh", "QCPH": "Quy chế phối hợp",
    "CTPH": "Chương trình phối hợp", "CTHĐ": "Chương trình hành động", "QĐi": "Quy định",
    "TTg": "Thủ tướng Chính phủ",
}  # fmt: skip
# Offices of the Party: their numbers are written N-TYPE/OFFICE.
PARTY_OFFICES = frozenset([
    "TW", "TU", "HU", "QU", "TXU", "ThU", "ĐU", "ĐUK", "BTCTW", "BTGTW", "BDVTW", "UBKTTW", "VPTW", "BTV",
    "BTCTU", "BTGTU", "BDVTU", "UBKTTU", "VPTU", "ĐUTT", "ĐĐ"
])  # fmt: skip
_OTHER_OFFICES = frozenset([
    "LĐLĐ", "TLĐ", "CP", "TTg", "UBND", "HĐND", "BCH", "BTV", "ĐCT", "CĐN", "CĐVC", "CĐCS", "CĐ", "UBKT",
    "UBTVQH", "QH", "BLĐTBXH", "BNV", "BTC", "BGDĐT", "BYT", "MTTQ", "MTTW", "ĐTN", "TWĐTN", "LĐTBXH",
    "BHXH", "NHCS", "CSPL", "TG", "NC", "TC", "VP", "CTTĐ", "HĐTĐ", "STC", "SNV"
])  # fmt: skip
# Lower-case code -> code as it should be written; then folded code -> code, which repairs
# "LĐLD", "TLD", "QD". Where two codes fold alike ("ĐA", "DA") the later, commoner one wins.
_CODES = (*sorted(_OTHER_OFFICES), *sorted(PARTY_OFFICES), *TYPE_OF_CODE, "ĐA", "HD", "CĐ", "QĐ")
_CODE_OF_LOWER = {code.lower(): code for code in _CODES}
_CODE_OF_FOLDED = {fold(code): code for code in _CODES}

_SEP = r"\s{0,3}[/\-–]\s{0,3}"
# "217QĐ/TW", "217 QĐ/TW": a type that an office follows needs no mark before it.
_GLUED = r"(?=(?:NQ|QĐ|QD|CT|CTr|KL|HD|KH|QC|TB|TTr|ĐA|NĐ|TT)\s?[/\-–]\s?[A-ZĐ])"
_NUMBER = re.compile(
    rf"(?P<serial>\d(?<![\w/.,\-].)\d{{0,4}}[a-zđ]?)(?:{_SEP}(?P<year>(?:19|20)\d\d))?"
    rf"(?:{_SEP}|\s?{_GLUED})(?P<codes>[A-ZĐ][A-Za-zĐđ]{{0,9}}\d{{0,2}}(?:{_SEP}[A-ZĐ][A-Za-zĐđ]{{0,9}}\d{{0,2}}){{0,3}})"
    r"(?:(?!\w)|(?=ngày\s))"
)
_CODE = re.compile(r"[^\W\d_]+\d*")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A số/ký hiệu found in text.

    Attributes:
        start, end: Half-open span in the text searched.
        number: Canonical form.
        type_code: "KH", "NQ"...; None when the first code is not a known type.
    """

    start: int
    end: int
    number: str
    type_code: str | None


def repair_code(code: str) -> str:
    """Return a code as it should be written ("LĐLD" -> "LĐLĐ"); unknown codes as they stand."""
    if re.fullmatch(r"(?i)qh\d+", code):
        return code.upper()
    return _CODE_OF_LOWER.get(code.lower()) or _CODE_OF_FOLDED.get(fold(code), code)


def canonical_number(serial: str, year: str | None, codes: list[str]) -> str:
    """Join the parts of a số/ký hiệu the way its office writes it.

    >>> canonical_number("27", None, ["CTr", "TU"]), canonical_number("145", "2020", ["NĐ", "CP"])
    ('27-CTr/TU', '145/2020/NĐ-CP')
    """
    codes = [repair_code(code) for code in codes]
    if year:
        return f"{serial}/{year}/{'-'.join(codes)}"
    if len(codes) == 2 and codes[1] in PARTY_OFFICES:
        return f"{serial}-{codes[0]}/{codes[1]}"
    return f"{serial}/{'-'.join(codes)}"


def find_numbers(text: str, *, typed: bool = False) -> Iterator[NumberMention]:
    """Yield every số/ký hiệu in `text`, in order.

    Args:
        text: A document's or a question's text.
        typed: True for what a person typed: lower case and missing Đ are allowed
            ("234/kh-ldld"), if every code is a known one.

    >>> [m.number for m in find_numbers("theo 27/CTr-TU và 56 /KH-LĐLD, ngày 03/2/2021")]
    ['27-CTr/TU', '56/KH-LĐLĐ']
    """
    pattern = re.compile(_NUMBER.pattern, re.IGNORECASE) if typed else _NUMBER
    for match in pattern.finditer(mend_eth(text)):
        codes = _CODE.findall(match["codes"])
        known = [fold(code) in _CODE_OF_FOLDED or re.fullmatch(r"(?i)qh\d+", code) for code in codes]
        if typed and not all(known):
            continue
        # One unknown word after a slash is a unit or a fraction of text ("5/Người"), not a number.
        if not any(known) and (len(codes) < 2 or not all(code.isupper() for code in codes)):
            continue
        if len(codes) == 1 and match["year"] is None and codes[0].upper() != codes[0] and not known[0]:
            continue
        # "năm 2023 - LĐLĐ tỉnh" is a sentence; one office alone follows a slash, without spaces before it.
        alone = len(codes) == 1 and match["year"] is None
        if alone and repair_code(codes[0]) not in TYPE_OF_CODE and not re.match(r"\w+/", match[0]):
            continue
        first = repair_code(codes[0])
        yield NumberMention(
            match.start(),
            match.end(),
            canonical_number(match["serial"].lower(), match["year"], codes),
            first if first in TYPE_OF_CODE else None,
        )
