"""What a figure is of: its subject, what its sentence says before it, and the number it breaks off before."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.records import Document, Target
from corpus.text import collapse
from search.ranking.profile import Profile
from search.tables.figures import years_of

_LOOK_BACK = 240  # characters before a figure in which its sentence begins
_BREAK = re.compile(r"\n\s*\n|\n\s*[-+•*|]|\n\s*(?:\d+|[a-zđ])[.)]|[;:|]|[.!?]\s")
_OPEN_END = re.compile(r"(?<!\w)(?:giá trị|trị giá|mức|thu nhập|tiền lương|lương|tuổi)$", re.IGNORECASE)
_GOAL = re.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu|phấn đấu|phần đấu|phần đầu|(?:đề|đặt) ra|được giao|kế hoạch giao)(?!\w)",
    re.IGNORECASE,
)
_NO_CONTEXT = re.compile(
    r"(?<!\w)(?:LĐLĐ|liên đoàn lao động|tỉnh|thành phố|huyện|công đoàn|các|cấp|toàn|đã|ngành|ban thường vụ"
    r"|có|hiện|năm|quý|tháng|trong|tổng số|số|tỷ lệ|phấn đấu|phần đấu|phần đầu|vận động|tiếp tục|mỗi|hằng"
    r"|hàng|ít nhất|trên|từ|đạt|là|được|tối thiểu|khoảng|hơn|đến|nay|cuối|đầu|kỳ|và|chỉ tiêu|I{1,3}"
    r"|IV)(?!\w)",
    re.IGNORECASE,
)


def as_said(document: Document, target: Target) -> Target:
    """Return a figure as what it is: in a plan, what is told of years gone by is a result.

    Unless the words before it call it a goal ("chỉ tiêu năm 2023 là 1.600 đoàn viên").
    """
    profile = Profile.of(document)
    begun = profile.issue_year or min(profile.years, default=0)
    years = years_of(target.period)
    if target.kind != "target" or not years or max(years) >= begun:
        return target
    return target if _GOAL.search(_lead(document.text, target)) else replace(target, kind="result")


def _lead(text: str, target: Target) -> str:
    """Return the words of a figure's sentence before it."""
    before = text[max(0, target.start - _LOOK_BACK) : target.start]
    breaks = list(_BREAK.finditer(before))
    said = re.match(r"[^\d%]*", text[target.start : target.end])
    return collapse((before[breaks[-1].end() :] if breaks else before) + (said[0] if said else ""))


def in_context(text: str, target: Target) -> str:
    """Return the subject, with the words of its sentence before it where these say what it is of.

    "Tổ chức hội thi, thu hút 300 nữ đoàn viên": the 300 are of that contest and of no other.
    """
    subject = target.subject + _threshold(text, target)
    before = text[max(0, target.start - _LOOK_BACK) : target.start]
    breaks = list(_BREAK.finditer(before))
    lead = collapse(before[breaks[-1].end() :] if breaks else before)
    if re.search(r"\d.*(?:,|\bvà)$", lead):  # one of a list: "trên 95% A và 85% B"
        return subject
    told = re.findall(r"[^\W\d_]{2,}", _NO_CONTEXT.sub(" ", lead))
    return f"{lead} {subject}" if len(told) >= 2 else subject


def _threshold(text: str, target: Target) -> str:
    """Return the number a subject breaks off before: "bữa ăn ca có giá trị" from 25.000 đồng on."""
    if not _OPEN_END.search(target.subject):
        return ""
    words = re.escape(" ".join(target.subject.split()[-2:])).replace(r"\ ", r"\s+")
    after = re.search(
        rf"{words}\s+(?:[^\W\d_]+\s+){{0,3}}(\d[\d.,]*)", text[target.start : target.end + _LOOK_BACK]
    )
    return f" {after[1].rstrip('.,')}" if after else ""
