"""Documents mentioned by name, without a number: laws, resolutions of congresses, quoted programmes.

Works on marked text (corpus/citing/behind.py). Only what names one document counts: "Nghị quyết Đại
hội XIII của Đảng" does, "nghị quyết đại hội các cấp" and "Kế hoạch này" do not.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence

from corpus.citing.behind import Draft, read_tail, read_title
from corpus.structure.doctypes import CAPITAL_TYPE, type_name
from corpus.structure.issuers import ISSUER, UPPER, match_issuer

_ROMAN = r"[IVXL]{1,6}"
_ORDINAL = rf"(?:{_ROMAN}|\d{{1,2}}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b"
_CONGRESS_WORD = (
    rf"(?:{_ROMAN}\b|(?i:lần\sthứ)\s{_ORDINAL}|(?i:đại biểu|toàn quốc|Đảng bộ|Đảng|công đoàn|Đoàn|Hội"
    rf"|tỉnh|thành phố|TP"
    rf"|huyện|quận|thị xã|ngành|cơ sở|của)\b|[{UPPER}]\w+)"
)
_CONGRESS = re.compile(
    rf"(?<!\w)(?i:nghị quyết)\s(?:của\s)?(?P<issuer>(?i:đại hội)(?:\s{_CONGRESS_WORD})+)"
    r"(?:\svà\s(?P<other>(?:Công đoàn|Đảng bộ)\s(?:tỉnh|thành phố|huyện|ngành|quận)))?"
)
_NUMBERED_CONGRESS = re.compile(rf"\b(?:{_ROMAN}|(?i:lần\sthứ)\s{_ORDINAL})(?!\w)")
_PLENUM = re.compile(
    r"(?<!\w)(?P<type>Nghị quyết|Kết luận|NQ|KL)\s(?P<issuer>(?i:"
    r"(?:Hội nghị\s)?(?:Trung ương|TW)\s(?:\d{1,2}|lần thứ\s\w+)\b"
    r"|Hội nghị\s(?:lần thứ\s\w+\s)?(?:của\s)?(?:Ban Chấp hành|BCH)\s(?:Trung ương"
    r"|TW)(?:\sĐảng)?(?:\slần thứ\s\w+)?)"
    rf"(?:,?\s\(?(?i:khóa)\s{_ROMAN}\b\)?)?)"
)
_OF_ISSUER = re.compile(rf"(?<!\w)(?P<type>{CAPITAL_TYPE})\s(?=của\s{ISSUER})")
_QUOTED = re.compile(rf"(?<!\w)(?P<type>{CAPITAL_TYPE})\s?(?=(?:về\s)?[“\"‘«]\s?\w)")
_AFTER_QUOTED = re.compile(r",?\s(?:giai đoạn\s[\d\s–-]+\s?)?(?:do|của)\s")
_WITH_TERM = re.compile(
    rf"(?<!\w)(?P<type>Đề án|Chương trình|Dự án"
    rf"|Chiến lược)\s(?P<name>(?:(?!{CAPITAL_TYPE}\b)[^;:.()“”\"¶]){{8,160}}?"
    r"\s(?:giai đoạn\s\d{4}\s?[-–]\s?\d{4}|đến\snăm\s\d{4}))"
)
_NOT_NAMED = re.compile(r"(?:trên đây là|dự thảo|các|những|từng)\s$", re.IGNORECASE)
_WELL_KNOWN = re.compile(
    r"(?<!\w)(?P<title>(?P<type>Điều lệ)\s(?:Công đoàn|Đảng Cộng sản|Đảng|Mặt trận Tổ quốc)(?:\sViệt Nam)?"
    r"|(?P<type2>Quy chế)\scông tác dân vận của hệ thống chính trị"
    r"|(?P<type3>Hiến pháp)(?:\s(?:nước Cộng hòa xã hội chủ nghĩa Việt Nam|(?:năm\s)?(?:19|20)\d\d))?)"
)
_LAWS = (
    "Công đoàn|Lao động|Bảo hiểm xã hội|Bảo hiểm y tế|Việc làm|An toàn, vệ sinh lao động|Cán bộ, công chức"
    "|Thực hiện dân chủ ở cơ sở|Viên chức|Thi đua, khen thưởng|Thanh tra|Khiếu nại|Tố cáo|Tiếp công dân"
    "|Nhà giáo"
    "|Phòng, chống tham nhũng|Thực hành tiết kiệm, chống lãng phí|Ngân sách nhà nước|Kế toán"
    "|Kiểm toán nhà nước"
    "|Quản lý, sử dụng tài sản công|Đấu thầu|Đầu tư công|Đầu tư|Doanh nghiệp|Hợp tác xã|Bình đẳng giới|Nhà ở"
    "|Phòng, chống bạo lực gia đình|Hôn nhân và gia đình|Trẻ em|Thanh niên|Người cao tuổi|Người khuyết tật"
    "|Giáo dục nghề nghiệp|Giáo dục đại học|Giáo dục|Đất đai|Xây dựng|Tổ chức chính quyền địa phương"
    "|Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng|Tổ chức Chính phủ|Tổ chức Quốc hội"
    "|Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân|Ban hành văn bản quy phạm pháp luật|Lưu trữ"
    "|Mặt trận Tổ quốc Việt Nam|An ninh mạng|Giao dịch điện tử|Bảo vệ bí mật nhà nước|Tiếp cận thông tin"
    "|Báo chí"
    "|Phòng cháy,? (?:và )?chữa cháy|Phòng, chống ma túy|Phòng, chống mua bán người|Giao thông đường bộ"
    "|Đường bộ"
    "|Trật tự, an toàn giao thông đường bộ|Bảo vệ môi trường|Tố tụng hình sự|Hình sự|Tố tụng dân sự|Dân sự"
    "|Tố tụng hành chính|Trọng tài thương mại|Hòa giải ở cơ sở|Trợ giúp pháp lý|Phổ biến, giáo dục pháp luật"
    "|Xử lý vi phạm hành chính|Quản lý thuế|Thuế thu nhập cá nhân|Thuế thu nhập doanh nghiệp|Căn cước|Cư trú"
    "|Nghĩa vụ quân sự|Dân quân tự vệ|Quốc phòng|Tín ngưỡng, tôn giáo|Phá sản|Thương mại|Các tổ chức tín dụng"
    "|Khám bệnh, chữa bệnh|Công nghệ thông tin|Khoa học và công nghệ|Công an nhân dân"
    "|Thuế giá trị gia tăng|Phòng, chống tác hại của (?:rượu, bia|thuốc lá)"
    "|Thể dục, thể thao"
)
_LAW_END = r"(?:\s\(?sửa đổi(?:, bổ sung)?\)?)?(?:,?\s(?:năm\s)?(?:19|20)\d\d\b)?"
_LAW = re.compile(
    rf"(?<!\w)(?P<type>(?:Bộ\s)?Luật|Bộ\sluật|Pháp lệnh)\s(?:(?i:{_LAWS.replace(', ', ',?[ ]')})(?!\w)"
    rf"|(?!sư|gia|số|Sư|Gia)[{UPPER}]\w+(?:,?\s(?!năm|ngày|số|quy|và|có|được|của|về|đã|tại|trong|cho|để"
    rf"|là|với|thì"
    rf"|theo|do|này|sẽ|nhằm|từ|đến|khi|ban\shành|gồm)\w+){{0,7}}?(?=[,;:.)”\"¶]|\s(?:và|năm|ngày|quy|của"
    rf"|đã|có)\b|$))"
    rf"{_LAW_END}"
)
_NOT_LAW = re.compile(r"(?:đại học|khoa|trường|pháp|kỷ)\s$", re.IGNORECASE)


def find_named(text: str, taken: Sequence[tuple[int, int]]) -> list[Draft]:
    """Return the mentions without a number, in the order of `text`.

    Args:
        text: Marked text.
        taken: Spans of the mentions with a number; what begins inside one is not a second mention.
    """
    found: list[Draft] = []
    covered = sorted(taken)
    for draft in (
        *_congresses(text),
        *_plenums(text),
        *_laws(text),
        *_quoted(text),
        *_issued(text),
        *_with_term(text),
    ):
        # No span begins inside another, so that the last one before a draft tells whether it is inside.
        before = bisect_right(covered, (draft.start, len(text))) - 1
        if before < 0 or covered[before][1] <= draft.start:
            found.append(draft)
            insort(covered, (draft.start, draft.end))
    return sorted(found, key=lambda draft: draft.start)


def _congresses(text: str) -> Iterator[Draft]:
    for match in _CONGRESS.finditer(text):
        issuer = re.sub(r"\s(?i:của|và)$", "", match["issuer"])
        if not _NUMBERED_CONGRESS.search(issuer):
            continue
        yield Draft(match.start(), match.start("issuer") + len(issuer), "Nghị quyết", issuer=issuer)
        if match["other"]:
            yield Draft(
                match.start("other"), match.end("other"), "Nghị quyết", issuer=f"Đại hội {match['other']}"
            )


def _plenums(text: str) -> Iterator[Draft]:
    for match in _PLENUM.finditer(text):
        title = read_title(text, match.end())
        yield Draft(match.start(), match.end(), type_name(match["type"]), issuer=match["issuer"], title=title)


def _laws(text: str) -> Iterator[Draft]:
    for match in _LAW.finditer(text):
        if not _NOT_LAW.search(text, max(0, match.start() - 10), match.start()):
            yield Draft(match.start(), match.end(), type_name(match["type"]), title=match[0])
    for match in _WELL_KNOWN.finditer(text):
        kind = match["type"] or match["type2"] or match["type3"]
        yield Draft(match.start(), match.end(), kind, title=match["title"])


def _quoted(text: str) -> Iterator[Draft]:
    """Yield 'Chương trình "..." do Đoàn Chủ tịch Tổng Liên đoàn phát động'."""
    for match in _QUOTED.finditer(text):
        title = read_title(text, match.end() - (match[0][-1] == " "))
        if title is None or len(title.split()) < 4:
            continue
        end = text.index(title, match.end()) + len(title)
        end += text.startswith(("”", '"', "’", "»"), end)
        issuer = None
        if (lead := _AFTER_QUOTED.match(text, end)) and (named := match_issuer(text, lead.end())):
            end, issuer = named
        yield Draft(match.start(), end, match["type"], issuer=issuer, title=title)


def _issued(text: str) -> Iterator[Draft]:
    """Yield "Nghị quyết của Quốc hội về ...": an issuer and a title make one document of it."""
    for match in _OF_ISSUER.finditer(text):
        tail = read_tail(text, match.end() - 1)
        dated_or_titled = tail.date or (tail.title or "").lower().startswith("về ")
        if dated_or_titled and not _NOT_NAMED.search(text, max(0, match.start() - 20), match.start()):
            yield Draft(match.start(), tail.end, match["type"], None, tail.date, tail.issuer, tail.title)


def _with_term(text: str) -> Iterator[Draft]:
    """Yield "Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021-2030"."""
    for match in _WITH_TERM.finditer(text):
        if not _NOT_NAMED.search(text, max(0, match.start() - 20), match.start()):
            yield Draft(match.start(), match.end(), match["type"], title=match["name"])
