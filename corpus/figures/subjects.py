"""What a quantity counts, in the sentence's own words, and the unit it is counted in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.comparators import UPWARDS
from corpus.figures.quantities import Quantity

MAX_SUBJECT = 220  # characters; longer ones are cut at a word
_MAX_DEED = 9  # words
# Nouns of more than one word that count; any other noun counts by its first word.
_UNITS = (
    "hoạt động|đại biểu|đồng chí|đồng bào|chuyến xe|nữ đoàn viên|nữ cán bộ|nữ CNVCLĐ|bộ hồ sơ|hồ sơ"
    "|bài thi|bài dự thi"
    "|tiết mục|vận động viên|thành viên|ủy viên|tổ chức đảng|chi bộ|đảng bộ|quyết định|nghị quyết"
    "|thông báo|chương trình"
    "|đề án|quy chế|câu lạc bộ|điểm sinh hoạt|tổ tự quản|huy chương|tủ sách|tủ thuốc|lượt người"
    "|lượt đoàn viên|lượt cán bộ|lượt lao động|đoàn viên|người lao động|công đoàn cơ sở"
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
_CLASSIFIER = re.compile(
    r"cuộc|lượt|lớp|buổi|vụ|suất|xuất|phần|người|hộ|căn|ngôi|nhà|em|cháu|chị|anh|bài|tin|đơn|thư|giải"
    r"|bộ|chiếc|cái|con|cây|tổ|đội"
    r"|nhóm|đoàn|ban|điểm|xã|quả|viên|khách|xe|máy|tấn|tạ|lít|mét|lần|phiếu|thẻ|bản|trang|ý|câu|đợt"
    r"|chuyến|ca|khu|dãy|phòng"
    r"|bếp|gian|mục|cờ|sổ|tủ|túi|thùng|chai|cuốn|quyển|tờ|nữ|nam|trẻ|km|ha|m|kg|đ|mức|loại|dự|đề|tỷ|ngày|đối"
)
_SYLLABLE = re.compile(r"\s([^\W\d_A-ZĐ]+)(?!\w)")
_SMALL = re.compile(
    r"và|của|đến|là|đã|được|trong|khi|thì|theo|tại|với|cho|về|nên|hoặc|do|để|từ|trên|dưới|này|đó|sẽ"
    r"|không|còn|như|so|cũng"
    r"|mà|ở|bằng|gồm|giữa|qua|tới|nhằm|vào|đang|phải|cần|có|đạt|tham|ký|nữ|nam|mới|khác|thuộc|ngoài"
    r"|trực|tổ|xếp|bị|tăng|giảm"
)
_PLURAL = re.compile(r"(?:(?:các|những|số|tổng số)\s)+", re.IGNORECASE)
_EACH_YEAR = re.compile(r"(?<!\w)(?:mỗi|h[ằà]ng|một)\snăm(?!\w)", re.IGNORECASE)
_EACH = re.compile(
    r"(?<!\w)mỗi\s(?P<per>CĐCS|công đoàn cơ sở|công đoàn cấp trên(?: trực tiếp)? cơ sở|LĐLĐ huyện|cơ quan"
    r"|đơn vị|doanh nghiệp|đoàn viên|người|suất|lớp|nhà|hộ"
    r"|huyện|cuộc|em|cháu)(?!\w)"
    r"[^,;.:]{0,60}$",
    re.IGNORECASE,
)
_PER = re.compile(r"\s?/\s?(?P<per>[^\W\d_]+)")
# What may stand between a quantity and its subject, and what may hang on a subject's ends.
_LEADING = re.compile(
    r"^(?:[\s,:;.(–-]|(?:trở lên|trở xuống|tổng số|số|các|những|của|so với|thì|lần lượt)(?!\w))+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,:;.(–-]|(?<!\w)(?:và|trong đó|trong đó có|còn|với|đạt|bằng|là|có|được|cho|gồm|tỷ lệ"
    r"|phấn đấu|phần đấu"
    r"|phần đầu|đã|từ|hoặc|ít nhất|thêm))+$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\W*(?:\d+(?:\.\d+)*[.)]\s|[-+•*]\s)?\s*")
_PREDICATE = re.compile(
    r"\s(?:xếp loại|đạt|được|tổ chức|tham gia|thực hiện|ký kết|hoàn thành|thành lập|có|là|ký"
    r"|đăng ký|xây dựng)\s",
    re.IGNORECASE,
)
# What leads to the next quantity and no longer belongs to this one: ", trị giá", ", thành lập mới".
_NEXT_DEED = re.compile(
    r"(?:,\s|\s\(|\s(?=với\s|trên diện tích))(?:với|trên|tổng|trị giá|chiếm|tăng|giảm|đạt|thành lập"
    r"|giải quyết|kiểm tra|giám sát|trong đó"
    r"|nam|nữ|có|hỗ trợ|tổ chức|bằng|còn|mức|mỗi|số tiền|kinh phí|cho|trao|tặng|kết nạp|giới thiệu"
    r"|phát triển|ký|qua|thấp hơn|cao hơn|thu được|phát hiện|nâng|đã|thu nhập)"
    r"(?:\s[^\s,;.]+){0,7}[\s:]*$"
    r"|(?:,\s|\s\()bình quân\s[^,;.]{0,90}$"
)
# "đạt 115% kế hoạch": the percentage is of what stands before it, measured against what follows.
_REACHES = re.compile(r"(?<!\w)(?:đạt|bằng|vượt|tăng|giảm|chiếm)\s(?:tỷ lệ\s|thêm\s)?$", re.IGNORECASE)
_MEASURE = re.compile(r"\s(?:so với|kế hoạch|chỉ tiêu|KH)(?!\w)")
_PREDICATE_FIRST = re.compile(
    r"(?:được|có|đạt|tham gia|tổ chức|xếp loại|hoàn thành|thực hiện|ký kết|đã|là)(?!\w)", re.IGNORECASE
)
# "Số đoàn viên kết nạp mới: 2.500 người": what is counted stands before.
_STATED = re.compile(r"(?::|(?<!\w)(?:là|gồm|đạt))\s(?:có\s)?(?:[^\W\d_]+\s){0,2}$", re.IGNORECASE)
# "Xếp loại tốt: 95% ở A, 85% ở B": the share is of what follows, in what stands before the colon.
_AMONG = re.compile(r"(?:ở|tại|với|đối với|cho)(?!\w)", re.IGNORECASE)
_TITLED = re.compile(r"[^:;]+(?=:\s)")
_OPENED = re.compile(r"\(\s?(?:(?:đạt|chiếm|bằng|tương đương)\s)?(?:tỷ lệ\s)?$", re.IGNORECASE)
_OWN = re.compile(r"\s?(?:,|và(?!\w))\s")
_JOINT = re.compile(r"[,:(]\s|\svà\s")
_VERBS = (
    "kiểm tra|giám sát|tuyên truyền|phổ biến|đào tạo|bồi dưỡng|tập huấn|thăm hỏi|thăm|tặng|trao tặng|hỗ trợ"
    "|xây dựng|sửa chữa|xây mới|thương lượng|ký kết|biểu dương|khen thưởng|tư vấn|tuyên dương|phát triển"
    "|kết nạp|thành lập"
)
_VERB = re.compile(rf"(?:{_VERBS})(?!\w)", re.IGNORECASE)
_VERB_END = re.compile(rf"(?<!\w)(?:{_VERBS})$", re.IGNORECASE)
_VERB_PAIR = re.compile(rf"(?<!\w)(?:{_VERBS})(?:,\s|\svà\s)(?:{_VERBS})(?!\w)", re.IGNORECASE)
_AND = re.compile(r"(?:[\s,;.]|(?<=\s)và(?!\w))+$")
_BOUND = re.compile(r"\s(?:từ|số|là)$", re.IGNORECASE)
_NOUN_FIRST = re.compile(r"[^\W\d_]")


def unit_of(line: str, quantity: Quantity) -> str:
    """Return the unit: "%", "đồng/tháng", or the noun the quantity counts, a year's as ".../năm"."""
    unit = quantity.unit
    if not unit and quantity.noun >= 0:
        plural = _PLURAL.match(line, quantity.noun)
        match = _UNIT.match(line, plural.end() if plural else quantity.noun)
        unit = _whole_noun(line, match) if match else ""
        if match and (per := _PER.match(line, match.end())):
            unit += f"/{per['per']}"
    before = line[max(0, quantity.start - 90) : quantity.start]
    if unit and "/" not in unit and quantity.kind in ("count", "money"):
        if _EACH_YEAR.search(before):
            unit += "/năm"
        elif each := _EACH.search(before):
            unit += f"/{each['per']}"
    return unit


def _whole_noun(line: str, match: re.Match[str]) -> str:
    """Return the noun with its second syllable, where the first alone does not count ("thí sinh")."""
    second = _SYLLABLE.match(line, match.end())
    simple = " " not in match[0] and match[0].islower() and not _CLASSIFIER.fullmatch(match[0])
    return f"{match[0]} {second[1]}" if simple and second and not _SMALL.fullmatch(second[1]) else match[0]


def subject_of(line: str, quantity: Quantity, others: Sequence[Quantity]) -> tuple[str, int, int]:
    """Return (subject, start, end): the words that are counted, and the span they and the quantity fill.

    Args:
        line: One cleaned sentence.
        quantity: One of its quantities.
        others: All of them that are rows, in order, `quantity` among them.
    """
    asides = [q for q in others if _is_aside(line, q)]
    main = [q for q in others if q not in asides]
    words = _blanked(line, [span for q in asides if (span := _aside(line, q))])
    whole = [q for q in main if q.end <= quantity.start]
    if quantity in asides and whole and ";" not in line[whole[-1].end : quantity.start]:
        subject, start, end = _subject(line, words, whole[-1], main)
        return subject, start, max(end, quantity.end)
    return _subject(line, words if quantity in main else line, quantity, main if quantity in main else others)


def _subject(line: str, words: str, quantity: Quantity, others: Sequence[Quantity]) -> tuple[str, int, int]:
    """`subject_of` with `words`, the line with what is said by the way blanked out."""
    bullet = _BULLET.match(line)
    clause_start = max(line.rfind(";", 0, quantity.start) + 1, bullet.end() if bullet else 0)
    clause_end = line.find(";", quantity.end)
    clause_end = len(line) if clause_end < 0 else clause_end
    after_end = min([q.start for q in others if q.start >= quantity.end] + [clause_end])
    earlier = [q for q in others if clause_start <= q.start and q.end <= quantity.start]
    before_start = earlier[-1].end if earlier else clause_start
    leading = _LEADING.match(words[before_start : quantity.start])
    before_start += leading.end() if leading else 0
    said_before = words[before_start : quantity.start]
    if earlier and quantity.noun < 0 and quantity.kind == "count":
        joint = _NEXT_DEED.search(said_before)
        said_before = joint[0] if joint else said_before
    before = _trim(said_before)
    after_from = quantity.noun if quantity.noun >= 0 and quantity.kind != "percent" else quantity.end
    if after_end < clause_end and (joint := _NEXT_DEED.search(words, after_from, after_end)):
        after_end = joint.start()
    if quantity.comparator in (">=", "<=") and (way := UPWARDS.match(words, quantity.end)):
        words = _blanked(words, [way.span("words")])
    after = _trim(words[after_from:after_end])
    end = quantity.end + len(_AND.sub("", line[quantity.end : after_end]))
    if quantity.kind == "percent" and _REACHES.search(line, 0, quantity.start):
        own = _trim(_REACHES.sub("", said_before))
        if earlier and not (own and _OWN.match(line, earlier[-1].end)):
            own = subject_of(line, earlier[-1], others)[0]
        if own:  # else "Giảm 10% số vụ tai nạn": nothing stands before but the verb
            subject = f"{own} so với {after}" if _MEASURE.match(line, quantity.end) else own
            return _cut(subject), min(before_start, quantity.start), quantity.end
    stated = bool(_STATED.search(said_before)) and quantity.kind in ("count", "fraction")
    if stated and before and after.casefold() == _counted(line, quantity).casefold():
        return _cut(before), before_start, end
    if quantity.kind == "percent" and _PREDICATE_FIRST.match(after):
        if before:
            return _cut(f"{before} {after}"), before_start, end
        if earlier and earlier[-1].kind == "percent" and (head := _head(line, earlier[-1], others)):
            return _cut(f"{head} {after}"), quantity.start, end
    if quantity.kind == "percent" and _AMONG.match(after):
        lead = _TITLED.match(words, clause_start, (earlier[0] if earlier else quantity).start)
        if lead or (before and not earlier):
            return _cut(f"{_trim(lead[0]) if lead else before} {after}"), quantity.start, end
    if quantity.kind == "money" or not after or (quantity.noun < 0 and before and not _AMONG.match(after)):
        start = min(before_start, quantity.start) if before else quantity.start
        return _cut(before or after), start, quantity.end
    deed_start = _deed(words, before_start, quantity.start, fresh=not earlier)
    if deed_start < quantity.start and not _PREDICATE.search(f" {after} "):
        deed = _BOUND.sub("", words[deed_start : quantity.start].strip())
        return _cut(f"{deed} {after}"), deed_start, end
    if re.search(r"(?:và|,)\s*$", words[after_from:after_end]):
        after += _shared_predicate(words, after, after_end, clause_end)
    return _cut(after), quantity.start, end


def _aside(line: str, quantity: Quantity) -> tuple[int, int] | None:
    """Return the span of the bracket that holds `quantity` and nothing else ("(96,6%)"), or None."""
    opened = _OPENED.search(line, max(0, quantity.start - 30), quantity.start)
    if opened and (closed := re.compile(r"\s?\)").match(line, quantity.end)):
        return opened.start(), closed.end()
    return None


def _is_aside(line: str, quantity: Quantity) -> bool:
    return quantity.kind in ("percent", "fraction") and _aside(line, quantity) is not None


def _blanked(line: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return `line` with spaces in place of `spans`, so that offsets stay what they were."""
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line


def _counted(line: str, quantity: Quantity) -> str:
    """Return the noun a quantity counts, without the rate `unit_of` adds to it."""
    return unit_of(line, quantity).split("/")[0]


def _head(line: str, quantity: Quantity, others: Sequence[Quantity]) -> str:
    """Return what a share is taken of: its subject up to the predicate; "" where it has none."""
    subject = subject_of(line, quantity, others)[0]
    match = _PREDICATE.search(subject)
    return subject[: match.start()] if match else ""


def _deed(line: str, start: int, end: int, *, fresh: bool) -> int:
    """Return where that begins which is done to the things counted ("Giới thiệu được"), else `end`.

    Args:
        fresh: False where the words from `start` begin with what the quantity before counts; a joint
            ends that.
    """
    at = start
    for joint in _JOINT.finditer(line, start, end):
        pair = _VERB_END.search(line, start, joint.start()) and _VERB.match(line, joint.end())
        if not pair or joint[0] not in (", ", " và "):
            at = joint.end()
    if pair_start := _VERB_PAIR.search(line, at, end):
        at = max(at, pair_start.start()) if len(line[at:end].split()) > _MAX_DEED else at
    deed = line[at:end].strip()
    short = bool(_NOUN_FIRST.search(deed)) and len(deed.split()) <= _MAX_DEED and _trim(deed) != ""
    return at if short and (fresh or at > start) else end


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
    words = " ".join(words.split())
    if len(words) <= MAX_SUBJECT:
        return words
    return words[:MAX_SUBJECT].rsplit(" ", 1)[0] + " …"
