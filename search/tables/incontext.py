"""What a figure is of: its subject, what its sentence says before it, and the number it breaks off before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.records import Document, Target
from corpus.text import clean, collapse, fold
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
# Words of headings that name no subject: "Chỉ tiêu cụ thể", "Kết quả thực hiện nhiệm vụ".
_NO_SUBJECT = re.compile(
    r"(?<!\w)(?:mục tiêu|mục đích|yêu cầu|cụ thể|chung|tổng quát|chủ yếu|trọng tâm|nhiệm vụ|giải pháp"
    r"|kết quả|thực hiện|đánh giá|phương hướng|nội dung|công tác|hoạt động|tổ chức|giai đoạn|khác|một số"
    r"|về)(?!\w)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*[-–+•*]\s")
_NUMBERED = re.compile(r"^[\W_]*(?:(?:Điều|Mục|Phần)\s)?(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.):]\s*")
_ENDED = re.compile(r"[.;!?]\s")
_HEADING = 160  # characters; a longer first line is a paragraph


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


def with_heading(document: Document, target: Target) -> str:
    """Return the subject in its context; where its own sentence names none, the words that stand above it.

    "2. Doanh nghiệp ký thỏa ước lao động tập thể", and below it "Phấn đấu đạt 85%": a line that leads a list
    or a heading says what the share is of. A time, "Chỉ tiêu" or "Mục tiêu cụ thể" says nothing of the kind.
    """
    said = in_context(document.text, target)
    counted = set(fold(target.unit).replace("/", " ").split()) | {"nguoi"}
    if set(map(fold, _telling(said))) - counted:
        return said
    return next((above for above in _lines_above(document, target) if len(_telling(above)) > 1), said)


def _telling(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", _NO_CONTEXT.sub(" ", _NO_SUBJECT.sub(" ", words)))


def _lines_above(document: Document, target: Target) -> Iterator[str]:
    """Yield the lines a figure's line stands under, nearest first: what leads its list, then the headings.

    None where a sentence before it in its own paragraph may say what it is of.
    """
    text, at = document.text, document.text.rfind("\n", 0, target.start) + 1
    section = document.section_at(target.start)
    line_before = text[:at].rpartition("\n")[0].rpartition("\n")[2].rstrip(" *_")
    goes_on = line_before.endswith((".", ";", ",")) and not _LISTED.match(text, at)
    if section is None or goes_on or _ENDED.search(_NUMBERED.sub("", text[at : target.start])):
        return
    for line in reversed(text[section.start : max(at, section.start)].splitlines()):
        if line.strip() and not _LISTED.match(line):
            if line.rstrip(" *_").endswith(":"):
                yield _bare(line)
            break
    parts = section.address.split(".")
    above = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
    for one in sorted((s for s in document.sections if s.address in above), key=lambda s: -len(s.address)):
        heading = collapse(text[one.start : one.end].strip().partition("\n")[0])
        if one.start < at and 0 < len(heading) <= _HEADING and heading[-1] not in ".;,":
            yield _bare(heading)


def _bare(line: str) -> str:
    """Return a heading or a line that leads a list without its number, markup and colon."""
    return _NUMBERED.sub("", clean(line).text).strip(" :")


def _threshold(text: str, target: Target) -> str:
    """Return the number a subject breaks off before: "bữa ăn ca có giá trị" from 25.000 đồng on."""
    if not _OPEN_END.search(target.subject):
        return ""
    words = re.escape(" ".join(target.subject.split()[-2:])).replace(r"\ ", r"\s+")
    after = re.search(
        rf"{words}\s+(?:[^\W\d_]+\s+){{0,3}}(\d[\d.,]*)", text[target.start : target.end + _LOOK_BACK]
    )
    return f" {after[1].rstrip('.,')}" if after else ""
