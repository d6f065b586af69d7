"""A document's type and title as they stand under each other in the middle of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbers import TYPE_OF_CODE
from corpus.text import fold
from corpus.words.casing import name_case

# Beyond the types that have a code: what unions and the Party put in the middle of the page.
_NAMES = (
    "Chương trình hành động", "Chương trình công tác", "Chương trình phối hợp", "Chương trình kiểm tra",
    "Chương trình làm việc", "Kế hoạch liên tịch", "Kế hoạch phối hợp", "Hướng dẫn liên ngành",
    "Nghị quyết liên tịch", "Thông tư liên tịch", "Quy chế phối hợp", "Thông báo kết luận",
    "Báo cáo chính trị",
    "Báo cáo tổng kết", "Báo cáo sơ kết", "Đề cương", "Đề cương tuyên truyền", "Lời kêu gọi", "Thư ngỏ",
    "Thư chúc mừng",
    "Điều lệ", "Luật", "Bộ luật", "Nội quy", "Thể lệ", "Thông tri", "Bản ghi nhớ", "Thỏa thuận hợp tác",
    "Bản thỏa thuận",
    "Thỏa ước lao động tập thể", "Giấy giới thiệu", "Giấy ủy quyền", "Phiếu báo", "Bài phát biểu",
    "Tham luận",
    "Diễn văn", "Đơn", "Danh sách", "Quy trình", "Kịch bản", "Tài liệu", "Kết luận thanh tra",
    "Công điện", "Phiếu trình",
    "Đề án", "Hợp đồng", "Quy chế",
)  # fmt: skip
# Reports of any kind are reports: the words after the type belong to the title.
_SHORTENED_TO = {
    "Báo cáo tổng kết": "Báo cáo",
    "Báo cáo sơ kết": "Báo cáo",
    "Thông báo kết luận": "Thông báo",
}
_TYPES = {
    fold(name): name
    for name in sorted({*TYPE_OF_CODE.values(), *_NAMES} - {"Thủ tướng Chính phủ"}, key=len, reverse=True)
}
_TYPE = re.compile(rf"(?P<type>{'|'.join(re.escape(name) for name in _TYPES)})(?!\w)[\s:]*")
_OWNER = re.compile(r"của\s+", re.IGNORECASE)
_RESTATEMENT = re.compile(r"[>|\s-]*ban viet lai\b")
# How the first paragraph after a title begins.
_OPENS_TEXT = re.compile(
    r"[-–+*\s]*(?:can cu|kinh gui|kinh trinh|kinh thua|xet de nghi|xet to trinh|theo de nghi|thi hanh|hom nay"
    r"|dieu \d|chuong i|phan thu"
    r"|phan [ivx\d]|thuc hien [^.]{60,}|de [^.]{40,}(?:nhu sau|:$)|nham [^.]{60,}|trong (?:nam|quy"
    r"|thang) [^.]{60,}"
    r"|ngay \d|sau khi [^.]{40,}|\(?(?:ban hanh )?kem theo|\(?trinh |quyet (?:dinh|nghi)\s?:|nay "
    r"|tren co so|duoc su"
    r"|chung toi|ban chap hanh .{0,90}(?:ban hanh|quyet)|i\s?[.-]|1\.|- can cu|tiep tuc thuc hien [^.]{60,})"
)


def read_type(words: str, strong: bool) -> tuple[str, str] | None:
    """Return (type, what follows on the line) of a line that names a document's type, or None.

    >>> read_type("KẾ HOẠCH", False), read_type("QUYẾT ĐỊNH Về việc khen thưởng", False)
    (('Kế hoạch', ''), ('Quyết định', 'Về việc khen thưởng'))
    >>> read_type("Kế hoạch này gồm ba phần", False)
    """
    match = _TYPE.match(fold(words))
    if match is None:
        return None
    name, rest = words[: match.end("type")], words[match.end() :].strip()
    if not name.isupper() and (rest or not (strong or words[:1].isupper())):
        return None
    kind = _TYPES[match["type"]]
    if kind in _SHORTENED_TO:
        kind = _SHORTENED_TO[kind]
        rest = words[len(kind) :].strip()
    return kind, ("" if rest in ("", ".", ":") else rest)


def read_owner(lines: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return whose document it is ("CỦA BAN THƯỜNG VỤ TỈNH ỦY") and the lines left for the title.

    >>> read_owner(["CỦA BAN THƯỜNG VỤ TỈNH ỦY", "về công tác công đoàn"])
    ('Ban Thường vụ Tỉnh ủy', ['về công tác công đoàn'])
    """
    if not lines or not lines[0].isupper():
        return None, list(lines)
    match = _OWNER.match(lines[0])
    if match is None or len(lines) < 2 or ends_title(lines[1], first=True):
        return None, list(lines)
    return name_case(lines[0][match.end() :]), list(lines[1:])


def ends_title(words: str, *, first: bool) -> bool:
    """True for a line that begins the text; `first` is the line straight under the type."""
    folded = fold(words)
    if first:
        return bool(
            re.match(
                r"[-–+*\s]*(?:can cu|kinh gui|kinh trinh|dieu \d|i\s?[.-]\s|1\.\s|quyet (?:dinh|nghi)\s?:)",
                folded,
            )
        ) or (words.rstrip().endswith(":") and len(words) > 100)
    return _OPENS_TEXT.match(folded) is not None or words.endswith((":", ";")) or len(words) > 320


def opens_restatement(words: str) -> bool:
    """True for a first line that says the text restates another: "Bản viết lại ...", in any case."""
    return _RESTATEMENT.match(fold(words[:40])) is not None
