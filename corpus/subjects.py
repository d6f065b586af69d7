"""What a quantity counts, in the sentence's own words, and the unit it is counted in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.quantities import Quantity

MAX_SUBJECT = 220  # characters; longer ones are cut at a word
_MAX_DEED = 9  # words
# Nouns of more than one word that count; any other noun counts by its first word.
_UNITS = (
    "lượt người|lượt đoàn viên|lượt cán bộ|lượt lao động|đoàn viên|người lao động|công đoàn cơ sở"
    "|công đoàn cấp trên"
    "|nghiệp đoàn cơ sở|nghiệp đoàn|doanh nghiệp|đơn vị|cơ quan|cán bộ|công nhân|lao động|đảng viên"
    "|sáng kiến|đề tài"
    "|công trình|sản phẩm|dự án|mô hình|dự thảo|văn bản|kế hoạch|báo cáo|hội nghị|hội thảo|lớp|buổi"
    "|cuộc|suất quà|phần quà"
    "|phần việc|mái ấm|căn nhà|nhà ở|ngôi nhà|phòng học|gia đình|hộ gia đình|tập thể|cá nhân|học sinh"
    "|giáo viên|bằng khen"
    "|giấy khen|cờ thi đua|bài viết|tin, bài|phóng sự|ý kiến|kiến nghị|đơn thư|chỉ tiêu|tiêu chí"
    "|nhiệm kỳ|thỏa ước lao động"
    " tập thể|thỏa ước|bản thỏa ước|hợp đồng|trường hợp|vụ việc|ngày công|tác phẩm|tài liệu|địa phương"
    "|huyện|xã|tỉnh"
)
_UNIT = re.compile(rf"(?:{_UNITS})(?!\w)|[^\W\d_]+", re.IGNORECASE)
_EACH_YEAR = re.compile(r"(?<!\w)(?:mỗi|h[ằà]ng|một)\snăm(?!\w)", re.IGNORECASE)
_PER = re.compile(r"\s?/\s?(?P<per>[^\W\d_]+)")
# What may stand between a quantity and its subject, and what may hang on a subject's ends.
_LEADING = re.compile(
    r"^(?:[\s,:;.(–-]|(?:trở lên|trở xuống|tổng số|số|các|những|của|so với|thì|lần lượt)(?!\w))+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,:;.(–-]|(?<!\w)(?:và|trong đó|trong đó có|còn|với|đạt|bằng|là|có|được|cho|gồm|tỷ lệ"
    r"|phấn đấu|phần đấu"
    r"|phần đầu|đã|từ|tổng số tiền|số tiền|tăng|giảm|hoặc|ít nhất|thêm))+$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]\s|[-+•*]\s)?\s*")
_PREDICATE = re.compile(
    r"\s(?:xếp loại|đạt|được|tổ chức|tham gia|thực hiện|ký kết|hoàn thành|thành lập|có|là|ký"
    r"|đăng ký|xây dựng)\s",
    re.IGNORECASE,
)
_NOUN_FIRST = re.compile(r"[^\W\d_]")


def unit_of(line: str, quantity: Quantity) -> str:
    """Return the unit: "%", "đồng/tháng", or the noun the quantity counts, a year's as ".../năm"."""
    unit = quantity.unit
    if not unit and quantity.noun >= 0:
        match = _UNIT.match(line, quantity.noun)
        unit = match[0] if match else ""
        if match and (per := _PER.match(line, match.end())):
            unit += f"/{per['per']}"
    if (
        unit
        and quantity.kind == "count"
        and _EACH_YEAR.search(line[max(0, quantity.start - 60) : quantity.start])
    ):
        unit += "/năm"
    return unit


def subject_of(line: str, quantity: Quantity, others: Sequence[Quantity]) -> tuple[str, int, int]:
    """Return (subject, start, end): the words that are counted, and the span they and the quantity fill.

    Args:
        line: One cleaned sentence.
        quantity: One of its quantities.
        others: All of them that are rows, in order, `quantity` among them.
    """
    bullet = _BULLET.match(line)
    clause_start = max(line.rfind(";", 0, quantity.start) + 1, bullet.end() if bullet else 0)
    clause_end = line.find(";", quantity.end)
    clause_end = len(line) if clause_end < 0 else clause_end
    after_end = min([q.start for q in others if q.start >= quantity.end] + [clause_end])
    before_start = max([q.end for q in others if q.end <= quantity.start] + [clause_start])
    after_from = quantity.noun if quantity.noun >= 0 and quantity.kind != "percent" else quantity.end
    after = _trim(line[after_from:after_end])
    leading = _LEADING.match(line[before_start : quantity.start])
    before_start += leading.end() if leading else 0
    before = _trim(line[before_start : quantity.start])
    if quantity.kind == "money" or not after or (quantity.noun < 0 and before):
        return (
            _cut(before or after),
            min(before_start, quantity.start) if before else quantity.start,
            quantity.end,
        )
    if after_end < clause_end and re.search(r"(?:và|,)\s*$", line[after_from:after_end]):
        after += _shared_predicate(line, after, after_end, clause_end)
    end = quantity.end + len(line[quantity.end : after_end].rstrip(" ,;."))
    start = quantity.start
    if not _PREDICATE.search(f" {after} ") and (deed := _deed(line[before_start : quantity.start])):
        after = f"{deed} {after}"
        start = line.rindex(deed, before_start, quantity.start)
    return _cut(after), start, max(end, quantity.end)


def _deed(before: str) -> str:
    """Return what is done to the things counted ("Giới thiệu được"), or "" where nothing short says it."""
    deed = re.split(r"[,:(]\s", before)[-1].strip()
    return deed if _NOUN_FIRST.search(deed) and len(deed.split()) <= _MAX_DEED and _trim(deed) else ""


def _shared_predicate(line: str, subject: str, start: int, end: int) -> str:
    """Return what "95% A và 85% B xếp loại tốt" says of A too, where A has no predicate of its own."""
    if _PREDICATE.search(f" {subject} "):
        return ""
    match = _PREDICATE.search(line, start, end)
    return f" {_trim(line[match.start() : end])}" if match else ""


def _trim(words: str) -> str:
    """Return `words` without the joints at either end, its brackets whole."""
    words = _TRAILING.sub("", _LEADING.sub("", words)).strip()
    if words.count("(") > words.count(")"):
        words = words + ")" if words[-1:] != "(" else words[:-1]
    elif words.count(")") > words.count("("):
        words = words.replace(")", "", 1)
    return words.strip(" ,;:.") if _NOUN_FIRST.search(words) else ""


def _cut(words: str) -> str:
    if len(words) <= MAX_SUBJECT:
        return words
    return words[:MAX_SUBJECT].rsplit(" ", 1)[0] + " …"
