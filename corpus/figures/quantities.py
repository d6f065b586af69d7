"""Quantities in a sentence: "trên 98%", "1.500 đoàn viên trở lên", "31 triệu đồng", "8/10 chỉ tiêu".

What merely looks like one is passed over: dates and years, document numbers, ordinals ("lần thứ 3",
"Điều 5"), spans of time, and whatever stands in quotation marks, for that is a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.figures.comparators import (
    UPWARDS,
    WORD_VALUE,
    asks_at_least,
    compared,
    find_halves,
    find_numerals,
)
from corpus.numbers import find_numbers
from corpus.structure.doctypes import CAPITAL_TYPE, known_types
from corpus.words.tokens import find_dates

Kind = Literal["percent", "money", "fraction", "count", "time", "word"]

_AMOUNT = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_SCALE = {
    "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000, "tr": 1_000_000,
    "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
}  # fmt: skip
_SCALED = r"(?:nghìn|ngàn|vạn|triệu|trđ|tr|tỷ(?!\s?lệ)|tỉ(?!\s?lệ))(?![^\W\d_])"
_CURRENCY = r"(?:đồng(?!\s(?:chí|bào))|đ)(?![^\W\d_])"
_RATE = r"(?:\s?/\s?[^\W\d_]+){0,3}"
_QUANTITY = re.compile(
    rf"(?=\d)(?<![\w.,\-–])(?<!\d/)(?P<a>{_AMOUNT})"
    rf"(?:\s?/\s?(?P<whole>{_AMOUNT})(?![\d/])|"
    rf"(?:\s?(?P<scale>{_SCALED})(?:\s(?P<more>\d{{1,3}})\s(?P<less>nghìn|ngàn|triệu)\b)?)?"
    rf"(?:(?:\s?%(?=[^%]{{1,9}}%)|\s?{_CURRENCY}(?=[^\d]{{1,5}}[\d.,]{{1,15}}\s?(?:{_SCALED}\s?)?{_CURRENCY}))?"
    rf"(?:\s?[-–]\s?|\s(?:đến|tới)\s)(?P<b>{_AMOUNT})(?:\s?(?P<bscale>{_SCALED}))?(?![\d/]))?)"
    rf"(?:\s?(?P<unit>%|phần trăm\b|(?:{_CURRENCY}|(?:VNĐ|VND|vnđ)(?![^\W\d_]))"
    rf"|(?<=\.\d{{3}})(?-i:d)\b|m2\b|m²|km\b|ha\b|kg\b)(?P<rate>{_RATE}))?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|\"[^\"]*\"|«[^«»]*»|‘[^‘’]*’")
_TIMES = re.compile(
    r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d(?!\d)|\b\d{1,2}\s?[/.]\s?(?:19|20)\d\d\b|\b\d{1,2}\s?(?:h"
    r"|giờ|g)\s?\d{2}[’']?"
    r"|\b\d{1,2}\s?[-–]\s?\d{1,2}[/.]\d{1,2}(?:[/.]\d{4})?|\b24/(?:7|24)\b|\bcovid\s?[-–]?\s?19|\b[45]\.0\b"
    rf"|(?:{CAPITAL_TYPE})\s(?:số\s)?\d+[a-z]?(?:(?:,\s|\svà\s)\d+)*(?=[.,;:)]|\s(?:của|ngày|về|và|năm"
    rf"|đã)\b|$)",
    re.IGNORECASE,
)
# What each of these holds, and most sentences hold none of: part of a date, or a number behind the last
# letters of a type of document or of "số".
_ENDS = "|".join(sorted({name[-2:] for name in known_types()}))
_MAYBE_TIMES = re.compile(
    r"[\dcC](?:(?<=[cC])(?i:ovid)|(?<=[12])[09]\d\d\s?[-–]|\d?\s?[/.]\s?(?:19|20)\d|(?<=2)4/[27]|(?<=[45])\.0"
    r"|\d?\s?[-–]\s?\d{1,2}[/.]\d|\d?\s?(?i:h|giờ|g)\s?\d"
    rf"|(?<=(?i:{_ENDS}|số)\s\d))"
)
_ORDINAL = re.compile(
    r"(?<!\w)(?:(?:ngày|tháng|năm|quý|tuần|thứ|lần|khóa|nhiệm kỳ|giai đoạn|đợt|(?<!tổng )(?<!với )số"
    r"|điều|khoản|điểm|mục"
    r"|phần|chương|phụ lục|biểu|mẫu|bảng|trang|tập|hạng|bậc|kỳ họp|hội nghị|trung ương|đại hội"
    r"|tổ dân phố|khu phố|thôn"
    r"|ấp|quốc lộ|cụm|khối|dịp|mốc|hồi|lúc|sau|(?<!năm )(?<!kỳ )trước|chào mừng|kỷ niệm|từ ngày|đến ngày"
    r"|phường|quận|khóm"
    r"|vòng|tầng|lớp|đội|lô|học kỳ|thế kỷ|công nghiệp lần thứ)\s?)$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\s?(?:năm|tháng|ngày(?!\scông)|giờ|h|tuần|phút|giây|quý|thế kỷ|tuổi|nhiệm kỳ|học kỳ|đêm)(?!\w)",
    re.IGNORECASE,
)
_NEVER_COUNTED = re.compile(
    r"\s(?:cấp(?!\w)|khâu đột phá|chương trình mục tiêu quốc gia|chiều(?!\w)|lần thứ|nhóm (?:nhiệm vụ"
    r"|giải pháp)"
    r"|nhiệm vụ trọng tâm|phẩm chất|trong\s\d)",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\s?(?P<noun>[^\W\d_]+)")
# Small words that no number counts; with a capital ("Bằng khen") they are another word.
_NO_NOUN = re.compile(
    r"(?:và|của|đến|là|đã|được|trong|khi|thì|theo|tại|với|cho|về|nên|hoặc|do|để|từ|trên|dưới|này|đó|sẽ"
    r"|không|còn"
    r"|như|so|cũng|mà|ở|bằng|gồm|giữa|qua|tới|nhằm|vào|đang|phải|cần|hay|nhưng)"
)
_STATES = re.compile(
    r"(?::|\b(?:là|đạt|còn|gồm|tăng|giảm|lên|xuống|được|có|thêm|bằng|kết nạp|thành lập|giới thiệu"
    r"|mới))\s(?:được\s)?$",
    re.IGNORECASE,
)
_STOPS = re.compile(r"\s?(?:[.,;)]|$)|\s(?:so|và)\b")
_RAISED = re.compile(
    r"\s(?:(?:tăng\s)?lên|(?:giảm\s)?xuống|còn)(?:\s(?:còn|đến|tới|thành))?\s", re.IGNORECASE
)
_SINCE = re.compile(r"(?<!\w)từ\s(?:mức\s)?$", re.IGNORECASE)
_NESTED = 30  # blocked spans that may begin inside one another (numbers in a quotation)
_LOOK_BACK = 80  # characters; nothing that stands further back decides what a number is
_AROUND_DAY = re.compile(r"(?<!\w)(?:từ|đến|trước|sau|hết|ngày|vào|sáng|chiều|tối)\s$", re.IGNORECASE)
_COMMEMORATION = re.compile(r"(?:ngày|dịp|chào mừng|kỷ niệm|mừng)\s(?:lễ\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a sentence says it.

    Attributes:
        start, end: Half-open span in the sentence, comparator, unit mark and "trở lên" behind it included.
        comparator: ">", ">=", "<", "<=", "=", "~".
        value: Base units, dot decimals ("4067150000", "8/10", "4000000-5000000", "hầu hết").
        unit: "%", "đồng", "đồng/người/tháng", "m2"; "" where the noun that follows says it.
        kind: What sort it is; "time" is a span of time with a comparator ("ít nhất một nhiệm kỳ").
        noun: Offset of the noun it counts; -1 where none follows.
    """

    start: int
    end: int
    comparator: str
    value: str
    unit: str
    kind: Kind
    noun: int


def find_quantities(line: str) -> list[Quantity]:
    """Return the quantities of one cleaned sentence (corpus.text.clean), in order.

    >>> [(q.comparator, q.value, q.unit) for q in find_quantities("Trên 98% và 31 triệu đồng năm 2021")]
    [('>', '98', '%'), ('=', '31000000', 'đồng')]
    """
    blocked = sorted(_blocked(line))
    starts = [start for start, _ in blocked]

    def free(start: int, end: int) -> bool:
        at = bisect_right(starts, end - 1)
        return all(stop <= start for _, stop in blocked[max(0, at - _NESTED) : at])

    found = [q for m in _QUANTITY.finditer(line) if free(*m.span("a")) and (q := _quantity(line, m))]
    for at, end, value in find_numerals(line):
        if free(at, end) and not any(q.start < end and at < q.end for q in found):
            kind: Kind = "time" if _TIME.match(line, end) else "count"
            sign, start = compared(line, at, end)
            found.append(Quantity(start, end, sign, value, "", kind, end + 1))
    found += [
        Quantity(start, end, sign, "50", "%", "percent", end + 1)
        for start, end, sign in find_halves(line)
        if free(start, end)
    ]
    found += [
        Quantity(m.start(), m.end(), "~", m[0].lower(), "", "word", m.end() + 1)
        for m in WORD_VALUE.finditer(line)
        if free(*m.span())
    ]
    return _raised(line, sorted(found, key=lambda q: q.start))


def _raised(line: str, found: list[Quantity]) -> list[Quantity]:
    """Of "từ 65% lên 70%" keep what is reached; where it began is no quantity of its own."""
    kept: list[Quantity] = []
    for quantity in found:
        before = kept[-1] if kept else None
        raised = before and _RAISED.fullmatch(line, before.end, quantity.start)
        if before and raised and (since := _SINCE.search(line, 0, before.start)):
            kept[-1] = replace(quantity, start=since.start())
        else:
            kept.append(quantity)
    return kept


def _blocked(line: str) -> Iterator[tuple[int, int]]:
    """Yield the spans in which no digit is a quantity."""
    yield from (match.span() for match in _QUOTED.finditer(line))
    if _MAYBE_TIMES.search(line):
        yield from (match.span() for match in _TIMES.finditer(line))
    yield from ((mention.start, mention.end) for mention in find_numbers(line))
    yield from ((start, end) for start, end, _ in find_dates(line))
    if numbering := re.match(r"\W*(?:\d+(?:\.\d+)*[.)]\s|\d+\.\d+\.?\s(?=[^\Wa-zà-ỹđ]))", line):
        yield numbering.span()


def _quantity(line: str, match: re.Match[str]) -> Quantity | None:
    """Return what `match` says, or None where it is no quantity."""
    before, unit = line[max(0, match.start() - _LOOK_BACK) : match.start()], (match["unit"] or "").lower()
    identifier = re.match(r"0\d{2}|\d{7}", match["a"]) and not unit and not match["scale"]
    if identifier or _is_year(match, before):
        return None
    sign, start = compared(line, match.start(), match.end())
    end = match.end()
    if upwards := UPWARDS.match(line, end):
        sign = ">=" if upwards["way"] == "lên" else "<="
        end = upwards.end() if upwards[0].split() in (["trở", "lên"], ["trở", "xuống"]) else end
    noun = _noun_at(line, match.end())
    kind, unit = _kind_and_unit(line, match, unit, noun)
    if kind in ("count", "fraction") and not unit:
        if _ORDINAL.search(before) or _NEVER_COUNTED.match(line, match.end()):
            return None
        if kind == "fraction" and not _is_share(line, match, noun):
            return None
        if kind == "count" and _TIME.match(line, match.end()):
            if sign not in (">=", "<=") or upwards:
                return None
            kind = "time"
        if noun < 0 and not (_STATES.search(line[:start]) and _STOPS.match(line, end)):
            return None
    return Quantity(start, end, sign, _value(match), unit, kind, noun)


def _is_year(match: re.Match[str], before: str) -> bool:
    """True for a bare "2021": four digits without a dot, and nothing that counts behind them."""
    bare = re.fullmatch(r"(?:19|20)\d\d", match["a"]) and not (
        match["unit"] or match["scale"] or match["whole"]
    )
    return bool(bare) and not asks_at_least(before)


def _noun_at(line: str, at: int) -> int:
    match = _NOUN.match(line, at)
    if match and match.start("noun") == at and len(match["noun"]) == 1:
        return -1  # "3D", "10A"
    return match.start("noun") if match and not _NO_NOUN.fullmatch(match["noun"]) else -1


def _kind_and_unit(line: str, match: re.Match[str], unit: str, noun: int) -> tuple[Kind, str]:
    if unit in ("%", "phần trăm"):
        return "percent", "%"
    if unit in ("đồng", "đ", "d", "vnđ", "vnd") or (match["scale"] or match["bscale"] or "").lower() == "trđ":
        return "money", "đồng" + re.sub(r"\s", "", match["rate"] or "")
    if unit:
        return "count", unit.replace("²", "2")
    scale = (match["bscale"] or match["scale"] or "").lower()
    if scale in ("triệu", "tr", "tỷ", "tỉ") and noun < 0 and not match["whole"]:
        return "money", "đồng"
    return ("fraction" if match["whole"] else "count"), ""


def _is_share(line: str, match: re.Match[str], noun: int) -> bool:
    """True for "8/10 chỉ tiêu"; "27/7 ngày Thương binh" is a day."""
    part, whole = _plain(match["a"]), _plain(match["whole"])
    before = line[max(0, match.start() - _LOOK_BACK) : match.start()]
    day = part <= 31 and whole <= 12 and (_AROUND_DAY.search(before) or _TIME.match(line, match.end()))
    if day or _COMMEMORATION.search(before) or whole == 0:
        return False
    return part <= whole * 3 and (noun >= 0 or bool(_STATES.search(before)) or (whole > 12 and part > 12))


def _plain(amount: str) -> Decimal:
    """Read "1.500", "12,5", "90.6": a dot before three digits parts thousands, a comma decimals."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", amount):
        return Decimal(amount.replace(".", "").replace(",", "."))
    return Decimal(amount.replace(",", "."))


def _value(match: re.Match[str]) -> str:
    if match["whole"]:
        return f"{_plain(match['a']):f}/{_plain(match['whole']):f}"
    scale = (match["scale"] or "").lower().removesuffix("đ")
    last = (match["bscale"] or "").lower().removesuffix("đ") or scale
    first = _plain(match["a"]) * _SCALE.get(scale or last, 1)
    if match["more"]:
        first += int(match["more"]) * _SCALE[match["less"].lower()]
    if not match["b"]:
        return _written(first)
    return f"{_written(first)}-{_written(_plain(match['b']) * _SCALE.get(last, 1))}"


def _written(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
