"""Chỉ tiêu set and results reported: what is counted, how much of it, for when.

A plan sets targets, a report gives results; a heading ("Kết quả", "Mục tiêu") or a sentence's own
words ("đã", "phấn đấu") can turn that round. Every quantity a report gives is a row; of a plan only
what is set as a goal is. A condition ("doanh nghiệp có từ 10 lao động trở lên") belongs to the
subject of another quantity and is no row, nor is a cadence ("mỗi năm ít nhất 01 lần").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.figures.periods import Period, find_periods, title_period
from corpus.figures.quantities import Quantity, find_quantities
from corpus.figures.subjects import subject_of, unit_of
from corpus.figures.tabled import Aim, Cell, find_tables, table_values
from corpus.records import Letterhead, Section, Target
from corpus.structure.sentences import split_sentences
from corpus.text import MappedText, clean, collapse

MAX_SPAN = 400  # characters; what a page shows as one quotation
_MAX_SENTENCE = 6000  # characters; what is longer without a full stop is no sentence
_MAX_LEAD = 80  # characters of a line that leads a list ("Đến năm 2025:")
_MAX_HEADING = 160  # characters; a longer first line is a paragraph
_SILENT = frozenset({"Nơi nhận", "Ký"})
_REPORTING_TYPES = frozenset({"Báo cáo", "Thông báo", "Tờ trình", "Biên bản", "Bản tin"})
_MAY_COUNT = re.compile(r"\d|hầu hết|phần lớn|đa số|ít nhất|tối thiểu|tối đa|không quá", re.IGNORECASE)
# These lay down norms ("mức chi 50.000 đồng"); only what they call a goal is one.
_NORMATIVE_TYPES = frozenset({
    "Quyết định", "Quy định", "Quy chế", "Hướng dẫn", "Điều lệ", "Luật", "Nghị định", "Thông tư", "Công văn",
    "Quy chế phối hợp", "Thông tư liên tịch", "Pháp lệnh", "Bộ luật", "Hợp đồng",
})  # fmt: skip
_RESULT_HEADING = re.compile(
    r"kết quả|tình hình|đánh giá|ưu điểm|hạn chế|thực trạng|đặc điểm|đã đạt|tồn tại|nguyên nhân",
    re.IGNORECASE,
)
_TARGET_HEADING = re.compile(
    r"mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ|giải pháp|trọng tâm|dự kiến|kế hoạch|yêu cầu|đề xuất",
    re.IGNORECASE,
)
_GOALS_HEADING = re.compile(r"mục tiêu|chỉ tiêu|đến năm", re.IGNORECASE)
# "Phần đầu" and "phấn đầu" are what OCR makes of "phấn đấu".
_AIMING = re.compile(
    r"(?<!\w)(?:ph[ấầ]n đ[ấầ]u|vận động|mục tiêu|đề ra chỉ tiêu|dự kiến|sẽ|đặt ra|chỉ tiêu năm)(?!\w)",
    re.IGNORECASE,
)
_SURELY_AIMING = re.compile(r"(?<!\w)ph[ấầ]n đ[ấầ]u(?!\w)", re.IGNORECASE)
_REPORTING = re.compile(
    r"(?<!\w)(?:đã(?! (?:đề ra|được giao|giao))|(?<!thực )hiện (?:có|nay|đang)|tính đến|đến nay|lũy kế"
    r"|vừa qua|cùng kỳ|đạt được"
    r"|trong năm qua)(?!\w)",
    re.IGNORECASE,
)
# In a plan a bare number is a goal only right behind a verb that says so.
_GOAL_VERB = re.compile(
    r"(?<!\w)(?:giới thiệu|kết nạp|phát triển|thành lập|vận động|hỗ trợ|trao|tặng|xây dựng|tổ chức"
    r"|thu hút|tạo việc làm"
    r"|đào tạo|bồi dưỡng|tập huấn|giải quyết|khám|ký kết|tư vấn)(?:\s(?:thêm|mới|được|cho|từ"
    r"|thành công))*\s$",
    re.IGNORECASE,
)
_FOR = re.compile(r"\s(?:cho|với)\s(?:(?:hơn|trên|ít nhất|khoảng)\s)?$", re.IGNORECASE)
_PEOPLE = re.compile(
    r"(?:công nhân|lao động|đoàn viên|người|nữ|NLĐ|NLD|LĐ|CNLĐ|CNVCLĐ|CNLD|CCVCLĐ|CBCCVC|hội viên"
    r"|đảng viên)(?!\w)",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"(?<!mỗi )(?<!\w)(?:doanh nghiệp|đơn vị|cơ sở|cơ quan|công ty|nơi|hợp tác xã|HTX|CĐCS|DN|KCN"
    r"|nghiệp đoàn|tổ chức"
    r"|trường|chi bộ)(?:\s[^\s,;.:()]+){0,6}?\s\(?(?:(?:có|sử dụng|thu hút|đông)\s)?(?P<from>từ\s)?$",
    re.IGNORECASE,
)
_URGED = re.compile(r"(?<!\w)(?:vận động|yêu cầu|đề nghị|khuyến khích)(?!\w)", re.IGNORECASE)
_CADENCE = re.compile(
    r"(?<!\w)(?:định kỳ|h[ằà]ng (?:năm|quý|tháng|tuần)|(?:mỗi|một|01|1)\s?(?:năm|quý|tháng|tuần"
    r"|nhiệm kỳ))(?!\w)"
    r"|/\s?(?:năm|quý|tháng|tuần)",
    re.IGNORECASE,
)
_EVERY = re.compile(r"(?<!\w)cứ\s\S+\s(?:năm|quý|tháng|tuần)(?!\w)", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\s(?:ngày|giờ|tháng|tuần)\s(?:làm việc\s)?(?:trước|sau|kể từ|tính từ)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands: its section, and what the headings above say of it."""

    address: str
    aim: Aim
    goals: bool  # a heading above names goals ("Chỉ tiêu", "Mục tiêu cụ thể")
    norms: bool  # the document lays down norms: a quantity alone is no goal
    period: str | None


def find_targets(text: str, sections: Sequence[Section], letterhead: Letterhead) -> tuple[Target, ...]:
    """Return every chỉ tiêu set and every result reported in `text`, in order.

    Args:
        text: `Document.text`.
        sections: They tile the text; without any, every sentence stands in "Mở đầu".
        letterhead: Its type says what the document is for, its title and date for when.
    """
    places = _places(text, sections, letterhead)
    starts = [section.start for section in sections]
    year = (title_period(letterhead.title, letterhead.date) or "")[:4]
    found: list[Target] = []
    lead: tuple[str, str] | None = None  # (section, period) of a line such as "Đến năm 2025:"
    for start, end in split_sentences(text):
        at = bisect_right(starts, start) - 1
        place = places[max(at, 0)]
        if (
            place.address.rpartition(".")[2] in _SILENT
            or text.startswith("|", start)
            or end - start > _MAX_SENTENCE
        ):
            continue
        lead_line = end - start <= _MAX_LEAD and text.endswith((":", "*"), start, end)
        if not lead_line and not _MAY_COUNT.search(text, start, end):
            continue
        line = clean(text[start:end], start)
        periods = find_periods(line.text, year, letterhead.date)
        if periods and len(line.text) <= _MAX_LEAD and line.text.endswith(":"):
            lead = (place.address, periods[0].value)
        led = lead[1] if lead and lead[0] == place.address else None
        rows = list(_rows(line.text, place, aimed=place.goals or led is not None))
        quantities = [quantity for quantity, _ in rows]
        for quantity, aim in rows:
            period = _said(line.text, quantity, periods) or led or place.period
            found.append(_target(line, quantity, quantities, place.address, aim, period))
    for table in find_tables(text):
        at = max(bisect_right(starts, table[0][0].start) - 1, 0) if table and table[0] else 0
        found += _of_table(table, places[at], year)
    return tuple(sorted(found, key=lambda target: target.start))


def _of_table(table: list[list[Cell]], place: _Place, year: str) -> Iterator[Target]:
    """Yield the rows of a table; in a plan only those whose head or heading speaks of goals."""
    for value in table_values(table, year):
        aim = value.aim or place.aim
        goals = place.goals or value.of_goals
        if place.address.rpartition(".")[2] in _SILENT or (
            value.aim is None and aim == "target" and not goals
        ):
            continue
        quantity = value.quantity
        yield Target(
            section=place.address,
            kind=aim,
            subject=value.subject,
            comparator=quantity.comparator,
            value=quantity.value,
            unit=quantity.unit,
            period=value.period or place.period,
            start=value.start,
            end=min(value.end, value.start + MAX_SPAN),
        )


def _said(line: str, quantity: Quantity, periods: Sequence[Period]) -> str | None:
    """Return the period said last before a quantity, else the next one in its clause."""
    before = [period.value for period in periods if period.start < quantity.start]
    if before:
        return before[-1]
    after = [p.value for p in periods if ";" not in line[quantity.start : p.start]]
    return after[0] if after else None


def _places(text: str, sections: Sequence[Section], letterhead: Letterhead) -> list[_Place]:
    """Return the place each section is; one for the whole text where there are none."""
    by_type: Aim = "result" if letterhead.type in _REPORTING_TYPES else "target"
    norms = letterhead.type in _NORMATIVE_TYPES and not _GOALS_HEADING.search(letterhead.title or "")
    whole = title_period(letterhead.title, letterhead.date)
    if not sections:
        return [_Place("Mở đầu", by_type, False, norms, whole)]
    headings = {s.address: s.heading for s in reversed(sections) if _is_heading(text, s)}
    announced = {heading: _heading_aim(heading) for heading in headings.values()}
    told = {heading: find_periods(heading, (whole or "")[:4]) for heading in announced}
    places: list[_Place] = []
    for section in sections:
        parts = section.address.split(".")
        addresses = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
        above = [headings[address] for address in addresses if address in headings]
        aims = [aim for heading in above if (aim := announced[heading])]
        said = [period.value for heading in above for period in told[heading]]
        places.append(
            _Place(
                section.address,
                aims[0] if aims else by_type,
                any(announced[heading] == "target" and _GOALS_HEADING.search(heading) for heading in above),
                norms,
                said[0] if said else whole,
            )
        )
    return places


def _is_heading(text: str, section: Section) -> bool:
    """False for an item that is a whole paragraph: its first words are no heading."""
    first = collapse(text[section.start : section.end].lstrip().split("\n", 1)[0])
    return 0 < len(first) <= _MAX_HEADING and not first.endswith((".", ";", ","))


def _heading_aim(heading: str) -> Aim | None:
    """Return what a heading announces; "Kết quả thực hiện nhiệm vụ" is of results."""
    if _RESULT_HEADING.search(heading):
        return "result"
    return "target" if _TARGET_HEADING.search(heading) else None


def _rows(line: str, place: _Place, *, aimed: bool) -> Iterator[tuple[Quantity, Aim]]:
    """Yield the quantities of a sentence that are rows, and what each is."""
    aims = bool(_AIMING.search(line))
    aimed = aimed or bool(_SURELY_AIMING.search(line))
    goal = -1  # where the goal before ends
    for quantity in find_quantities(line):
        aim = place.aim
        if aim == "target" and not place.goals and not aims and _REPORTING.search(line):
            aim = "result"
        elif aim == "result" and (_SURELY_AIMING.search(line) or _is_asked(line, quantity)):
            aim = "target"
        if _is_condition(line, quantity) or _is_cadence(line, quantity, aim):
            continue
        reported = aim == "result" and quantity.kind not in ("word", "time")
        # "Tổ chức 03 lớp cho 180 cán bộ": the second number is as much a goal as the first.
        joined = goal >= 0 and quantity.noun >= 0 and bool(_FOR.search(line, goal, quantity.start))
        if reported or (
            aim == "target" and _is_goal(line, quantity, aimed=aimed or joined, norms=place.norms)
        ):
            goal = quantity.end if aim == "target" else -1
            yield quantity, aim


def _is_asked(line: str, quantity: Quantity) -> bool:
    """True in a report for a bound that somebody is urged to keep ("vận động ... ít nhất 18.000đ")."""
    return quantity.comparator in (">=", "<=") and bool(_URGED.search(line, 0, quantity.start))


def _is_condition(line: str, quantity: Quantity) -> bool:
    """True for "(doanh nghiệp) có từ 10 lao động trở lên": it says which, not how many."""
    if quantity.kind not in ("count", "time") or quantity.noun < 0:
        return False
    having = _HAVING.search(line, max(0, quantity.start - 90), quantity.start)
    if not having or not _PEOPLE.match(line, quantity.noun):
        return False
    asked = re.match(r"(?:ít nhất|tối thiểu)", line[quantity.start :], re.IGNORECASE)
    return bool(having["from"]) or (quantity.comparator != "=" and not asked)


def _is_cadence(line: str, quantity: Quantity, aim: Aim) -> bool:
    """True for "mỗi năm ít nhất 01 lần": how often, not how many."""
    if quantity.noun < 0 or not re.match(r"(?i:lần|kỳ)(?!\w)", line[quantity.noun :]):
        return False
    each = _EVERY.search(line, 0, quantity.start)
    return bool(each) or (aim == "target" and bool(_CADENCE.search(line)))


def _is_goal(line: str, quantity: Quantity, *, aimed: bool, norms: bool) -> bool:
    """True where a plan's quantity is a chỉ tiêu and not a remark, a deadline or a cadence."""
    if quantity.kind == "word" or norms:
        return aimed
    if quantity.kind == "time":
        return not _DEADLINE.match(line, quantity.noun - 1)
    if quantity.kind in ("percent", "money", "fraction") or quantity.comparator in (">", ">=", "<", "<="):
        return True
    return quantity.noun >= 0 and (
        aimed or bool(_GOAL_VERB.search(line, max(0, quantity.start - 40), quantity.start))
    )


def _target(
    line: MappedText, quantity: Quantity, rows: Sequence[Quantity], section: str, aim: Aim, period: str | None
) -> Target:
    subject, start, end = subject_of(line.text, quantity, rows)
    first, last = line.span(start, max(end, start + 1))
    _, figure_end = line.span(quantity.start, quantity.end)
    if figure_end > first + MAX_SPAN:  # a quotation without the figure would prove nothing
        first = next(o for o in line.offsets if o >= figure_end - MAX_SPAN)
    return Target(
        section=section,
        kind=aim,
        subject=subject,
        comparator=quantity.comparator,
        value=quantity.value,
        unit=unit_of(line.text, quantity),
        period=period,
        start=first,
        end=min(last, first + MAX_SPAN),
    )
