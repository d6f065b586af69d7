"""Offices that issue documents: recognised in running text, and the code each has in a số/ký hiệu.

"Quyết định 217 của Bộ Chính trị" is 217-QĐ/TW because the Politburo's documents are numbered "/TW".
Source of the codes: Hướng dẫn 36-HD/VPTW (Party), Phụ lục III of Nghị định 30/2020/NĐ-CP (state).
"""

from __future__ import annotations

import re

from corpus.text import fold

# Every capital letter of Vietnamese: names go on as long as words begin with one.
UPPER = "A-ZĐ" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper())
_NAME = rf"(?:\s(?![IVXL]+\b)[{UPPER}]\w+){{1,4}}"
_TERM = r"(?:\s\(?(?i:khóa|khoá)\s(?:[IVXL]+|\d{1,2})\b\)?)?"
_AREA = rf"(?:\s(?i:các\s)?(?i:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường)\b)?(?:{_NAME})?"
_PARTY_BODY = (
    r"(?:(?i:Ban Thường vụ|BTV|Thường trực|Ban Chấp hành|BCH|Văn phòng|Ban Tổ chức|Ban Tuyên giáo và Dân vận"
    r"|Ban Tuyên giáo|Ban Dân vận|Ban Nội chính|Ủy ban Kiểm tra|UBKT)\s)?"
)
_UNION_BODY = (
    r"(?:(?i:Đoàn Chủ tịch|ĐCT|Ban Chấp hành|BCH|Ban Thường vụ|BTV|Thường trực|Chủ tịch|Ủy ban Kiểm tra|UBKT)"
    r"\s)?"
)
_MINISTRIES = (
    "Lao động ?[-–,] ?Thương binh và Xã hội|Lao động ?[-–] ?TB ?(?:&|và)? ?XH"
    "|LĐTB ?&? ?XH|LĐ ?[-–] ?TB ?(?:và|&) ?XH|Nội vụ|Tài chính|Y tế"
    "|Giáo dục và Đào tạo|GD ?&? ?ĐT|Xây dựng|Tư pháp|Công an|Quốc phòng|Ngoại giao|Công Thương"
    "|Nông nghiệp và Phát triển nông thôn|Nông nghiệp và Môi trường|Giao thông vận tải|Kế hoạch và Đầu tư"
    "|Khoa học và Công nghệ|Tài nguyên và Môi trường|Thông tin và Truyền thông|Văn hóa, Thể thao và Du lịch"
    "|Dân tộc và Tôn giáo"
)
_OFFICES = (
    # Party, central.
    r"(?i:Bộ Chính trị)" + _TERM,
    r"(?i:Ban Bí thư)(?i:\sTrung ương(?:\sĐảng)?|\sTW(?:\sĐảng)?)?" + _TERM,
    r"(?i:Hội nghị\s(?:lần thứ\s\w+\s)?)?(?i:Ban Chấp hành\s|BCH\s?)(?i:Trung ương|TW)(?:\sĐảng)?" + _TERM,
    r"(?i:Văn phòng|Ban Tổ chức|Ban Tuyên giáo và Dân vận|Ban Tuyên giáo|Ban Dân vận|Ban Nội chính"
    r"|Ban Kinh tế|Ủy ban Kiểm tra|UBKT)\s(?i:Trung ương|TW)(?:\sĐảng)?",
    r"(?i:Hội nghị)\s(?i:lần thứ\s\w+\s)?(?i:Trung ương)\s\d{1,2}" + _TERM,
    r"(?i:Trung ương\sĐảng)" + _TERM,
    r"(?i:Trung ương)\s(?:Hội\s(?i:Liên hiệp\s)?(?i:Phụ nữ|Nông dân|Cựu chiến binh)|Đoàn"
    r"(?:\sTNCS Hồ Chí Minh)?)(?:\sViệt Nam)?",
    # Party, local.
    _PARTY_BODY + rf"(?i:Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy)(?:{_NAME})?" + _TERM,
    r"(?i:Ban Thường vụ|BTV|Ban Chấp hành|BCH)\s(?i:Đảng bộ)" + _AREA + _TERM,
    # State.
    r"(?i:Thủ tướng)(?i:\sChính phủ)?",
    r"(?i:Chính phủ)",
    r"(?i:Ủy ban Thường vụ Quốc hội|UBTVQH)" + _TERM,
    r"(?i:Quốc hội)" + _TERM,
    r"(?i:Chủ tịch nước)",
    rf"(?i:(?:Bộ trưởng\s)?Bộ\s(?:{_MINISTRIES}))",
    rf"(?i:Sở\s(?:{_MINISTRIES}))" + _AREA,
    r"(?:(?i:Chủ tịch|Văn phòng)\s)?(?i:UBND|Ủy ban nhân dân)" + _AREA,
    r"(?:(?i:Thường trực)\s)?(?i:HĐND|Hội đồng nhân dân)" + _AREA,
    r"(?i:Bảo hiểm xã hội|BHXH)(?:\sViệt Nam)?" + _AREA,
    r"(?i:Hội đồng Thẩm phán\s)?(?i:Tòa án nhân dân tối cao)",
    # Unions and the other mass organisations.
    _UNION_BODY + r"(?i:Tổng Liên đoàn|Tổng LĐLĐ|Tổng LĐLD|TLĐ|TLD)(?:\s(?i:Lao động))?"
    r"(?:\s(?i:Việt Nam)|\sVN\b|\sLĐVN|\sLĐ Việt Nam)?" + _TERM,
    _UNION_BODY + r"(?i:LĐLĐ|LĐLD|Liên đoàn Lao động)" + _AREA + _TERM,
    _UNION_BODY + r"(?i:Công đoàn)\s(?i:Viên chức|ngành(?:\s(?:Giáo dục|Y tế|Xây dựng"
    r"|Giao thông vận tải|Nông nghiệp))?|Giáo dục|Y tế|các\s\w+|Khu)(?:\s(?i:tỉnh))?"
    rf"(?:{_NAME})?" + _TERM,
    r"(?:(?i:Ủy ban|UB)\s)?(?:(?i:Trung ương)\s)?(?:MTTQ|Mặt trận Tổ quốc|UBMTTQ)(?:\sViệt Nam|VN)?" + _AREA,
    rf"(?:(?i:Ban Thường vụ|BTV)\s)?(?:Tỉnh đoàn|Thành đoàn|Huyện đoàn)(?:{_NAME})?",
)  # fmt: skip
ISSUER = rf"(?:{'|'.join(f'(?:{office})' for office in _OFFICES)})"
"""Pattern of an office's name, without groups; to be matched in cleaned text (corpus.text.clean)."""

# What a folded name holds -> the code of its documents; the first that fits wins.
_CODES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"tong (?:lien doan|ldld)|\btld\b", "TLĐ"),
        (r"lien doan lao dong|\bldld\b", "LĐLĐ"),
        (r"uy ban thuong vu quoc hoi|ubtvqh", "UBTVQH"),
        (r"\b(?:ubnd|uy ban nhan dan)\b", "UBND"),
        (r"\b(?:hdnd|hoi dong nhan dan)\b", "HĐND"),
        (r"ban to chuc (?:trung uong|tw)", "BTCTW"),
        (r"ban tuyen giao (?:va dan van )?(?:trung uong|tw)", "BTGTW"),
        (r"ban dan van (?:trung uong|tw)", "BDVTW"),
        (r"(?:uy ban kiem tra|ubkt) (?:trung uong|tw)", "UBKTTW"),
        (r"van phong (?:trung uong|tw)", "VPTW"),
        (r"ban to chuc (?:tinh|thanh) uy", "BTCTU"),
        (r"ban tuyen giao (?:va dan van )?(?:tinh|thanh) uy", "BTGTU"),
        (r"ban dan van (?:tinh|thanh) uy", "BDVTU"),
        (r"(?:uy ban kiem tra|ubkt) (?:tinh|thanh) uy", "UBKTTU"),
        (r"van phong (?:tinh|thanh) uy", "VPTU"),
        (r"(?:tinh|thanh) uy|dang bo (?:tinh|thanh pho)", "TU"),
        (r"huyen uy", "HU"),
        (r"quan uy", "QU"),
        (r"dang uy", "ĐU"),
        (r"bo chinh tri|ban bi thu|(?:ban chap hanh |bch ?)(?:trung uong|tw)", "TW"),
        (r"^(?:hoi nghi )?trung uong(?: dang)?\b(?! hoi| doan)", "TW"),
        (r"thu tuong", "TTg"),
        (r"^chinh phu", "CP"),
        (r"bo (?:ld|lao dong)", "BLĐTBXH"),
        (r"bo noi vu", "BNV"),
        (r"bo tai chinh", "BTC"),
        (r"bo y te", "BYT"),
        (r"bo (?:gd|giao duc)", "BGDĐT"),
    )
)  # fmt: skip
_FIND = re.compile(ISSUER)


def office_code(issuer: str) -> str | None:
    """Return the code of an office in numbers, or None where it has none we are sure of.

    >>> office_code("Ban Thường vụ Tỉnh ủy Lai Châu"), office_code("Bộ Chính trị khóa XI")
    ('TU', 'TW')
    """
    name = fold(issuer)
    return next((code for pattern, code in _CODES if pattern.search(name)), None)


def match_issuer(text: str, at: int) -> tuple[int, str] | None:
    """Return (end, name) of the office whose name begins at `at` in cleaned text, or None."""
    match = _FIND.match(text, at)
    return (match.end(), match[0]) if match else None
