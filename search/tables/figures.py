"""Figures as the table of chỉ tiêu compares them: what unit, how much, for when.

Nothing here guesses: figures whose units, bounds or times do not allow a comparison have none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from corpus.records import Target

Verdict = Literal["reached", "missed", "unknown"]

SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "=": "", "~": "khoảng"}
"""A comparator as people read it; none for "=", which a spreadsheet would take for a formula."""

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """The numbers a figure allows: from `low` to `high`, each end with or without itself.

    Attributes:
        low, high: None where there is no bound.
        low_open, high_open: True where the bound itself is not allowed ("trên 90" is not 90).
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


def amount_of(target: Target) -> Amount | None:
    """Return what numbers a figure allows; None for words and approximations ("hầu hết", "khoảng 500").

    A fraction of the whole ("512/530") is a share, in per cent where it is compared.
    """
    if target.comparator == "~":
        return None
    try:
        if "/" in target.value:
            part, whole = map(Decimal, target.value.split("/"))
            low = high = part / whole * 100
        elif "-" in target.value:
            low, high = map(Decimal, target.value.split("-"))
        else:
            low = high = Decimal(target.value)
    except (InvalidOperation, ValueError, ZeroDivisionError):
        return None
    match target.comparator:
        case ">" | ">=":
            return Amount(low, None, low_open=target.comparator == ">")
        case "<" | "<=":
            return Amount(None, high, high_open=target.comparator == "<")
    return Amount(low, high)


def measure_of(target: Target) -> str:
    """Return what a figure is measured in, the same for all units that can be compared as they stand.

    Shares are one measure, said in per cent or as a fraction; money is told by its rate, and
    counts by their rate: "tin" and "bài" are counted in the subject's own words.

    >>> T = lambda value, unit: Target("I", "target", "", "=", value, unit, None, 0, 1)
    >>> units = ("9/10", "CĐCS"), ("5", "đồng/người"), ("5", "lớp/năm"), ("5", "đồng chí")
    >>> [measure_of(T(v, u)) for v, u in units]
    ['%', 'đồng/người', 'số lượng/năm', 'số lượng']
    """
    if target.unit == "%" or "/" in target.value:
        return "%"
    if target.unit in ("m2", "km", "ha", "kg") or re.match(r"đồng(?:/|$)", target.unit):  # not "đồng chí"
        return target.unit
    rate = target.unit.partition("/")[2]
    return f"số lượng/{rate}" if rate else "số lượng"


def years_of(period: str | None) -> frozenset[int]:
    """Return the years a period is for; of "../2025" and "2023-07-01/.." only the one that is said.

    >>> sorted(years_of("2018/2020")), sorted(years_of("2023-Q3")), sorted(years_of("../2025"))
    ([2018, 2019, 2020], [2023], [2025])
    """
    years = [int(y) for y in _YEAR.findall(period or "")]
    if len(years) == 2 and 0 <= years[1] - years[0] <= 15:
        return frozenset(range(years[0], years[1] + 1))
    return frozenset(years)


def period_name(period: str | None) -> str:
    """Return a period as people say it.

    >>> period_name("2023-Q3"), period_name("../2025"), period_name("2021/2025"), period_name(None)
    ('quý III/2023', 'đến năm 2025', 'giai đoạn 2021-2025', 'không rõ thời gian')
    """
    if not period:
        return "không rõ thời gian"
    first, slash, last = period.partition("/")
    if not slash:
        return _moment(first) if len(first) > 4 else f"năm {first}"
    if first == "..":
        return f"đến {_moment(last)}" if len(last) > 4 else f"đến năm {last}"
    if last == "..":
        return f"từ {_moment(first)}"
    if len(first) == len(last) == 4:
        return f"giai đoạn {first}-{last}"
    return f"từ {_moment(first)} đến {_moment(last)}"


def _moment(iso: str) -> str:
    year, *rest = iso.split("-")
    if not rest:
        return f"năm {year}"
    if rest[0].startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(rest[0][1]) - 1]}/{year}"
    day = f"ngày {int(rest[1])}/" if len(rest) > 1 else "tháng "
    return f"{day}{int(rest[0])}/{year}"


def same_time(target: str | None, result: str | None) -> bool:
    """True where a result is of the whole time its target was set for, up to its end.

    "Năm 2024" and "tính đến 15/12/2024" are, a quarter or a half-year of the year is not.
    """
    if not target or not result:
        return False
    if target == result or target.removeprefix("../") == result.removeprefix("../"):
        return True
    end, until = target.rpartition("/")[2], result.rpartition("/")[2]
    return len(end) == 4 and result.startswith("../") and until.startswith(f"{end}-12")


def judge(target: Target, result: Target) -> Verdict:
    """Return whether a result reaches a target of the same measure, where the figures themselves say so.

    A target without a bound ("85 %") is reached by as much or more; where less is better, nobody
    can tell from the figure which way it counts, and nothing is claimed.
    """
    goal, done = amount_of(target), amount_of(result)
    if goal is None or done is None or measure_of(target) != measure_of(result):
        return "unknown"
    if ("/" in target.value) != ("/" in result.value) and "%" not in (target.unit, result.unit):
        return "unknown"
    if target.comparator in ("<", "<="):
        return _against(done, goal.high, goal.high_open, upward=False)
    if target.comparator == "=" and _LESS_IS_BETTER.search(target.subject):
        return "unknown"
    return _against(done, goal.low, goal.low_open, upward=True)


_LESS_IS_BETTER = re.compile(
    r"(?<!\w)(?:giảm|hạn chế|không|nợ|chậm|vi phạm|tai nạn|tranh chấp|đình công|ngừng việc|khiếu nại|tố cáo"
    r"|yếu|kém|thất nghiệp|mất việc|thôi việc|bỏ việc|kỷ luật|trung bình)(?!\w)",
    re.IGNORECASE,
)


def _against(done: Amount, bound: Decimal | None, open_: bool, *, upward: bool) -> Verdict:
    """Compare all numbers `done` allows with a bound; unknown where some reach it and some do not."""
    if bound is None:
        return "unknown"
    if not upward:  # mirror it: "không quá 3" is reached as "ít nhất -3" is
        low = None if done.high is None else -done.high
        high = None if done.low is None else -done.low
        return _against(Amount(low, high, done.high_open, done.low_open), -bound, open_, upward=True)
    if done.low is not None and (done.low > bound or (done.low == bound and (done.low_open or not open_))):
        return "reached"
    if done.high is not None and (done.high < bound or (done.high == bound and (done.high_open or open_))):
        return "missed"
    return "unknown"


def contradict(one: Target, other: Target) -> bool:
    """True where two figures of one subject, time and measure cannot both hold.

    Two targets contradict each other where their numbers differ; two results where no number
    satisfies both ("trên 3.000" and "3.150" agree).
    """
    if measure_of(one) != measure_of(other):
        return False
    first, second = amount_of(one), amount_of(other)
    if first is None or second is None:
        return False
    if one.kind == "target":
        return _number(one) != _number(other)
    return _apart(first, second) or _apart(second, first)


def _number(target: Target) -> tuple[Decimal | None, Decimal | None]:
    amount = amount_of(target)
    assert amount is not None
    return (amount.low, amount.high) if target.comparator == "=" and "-" in target.value else (
        amount.low if amount.low is not None else amount.high, None
    )  # fmt: skip


def _apart(below: Amount, above: Amount) -> bool:
    """True where every number of `below` is less than every number of `above`."""
    if below.high is None or above.low is None:
        return False
    touching = below.high == above.low and (below.high_open or above.low_open)
    return below.high < above.low or touching


def written(target: Target) -> str:
    """Return a figure as people write it: "≥ 1.500 đoàn viên/năm", "8,2 %", "512/530 CĐCS".

    >>> written(Target("I", "target", "", ">=", "1500", "đoàn viên/năm", None, 0, 1))
    '≥ 1.500 đoàn viên/năm'
    """
    parts = re.split(r"([/-])", target.value)
    value = "".join(_grouped(part) for part in parts)
    return " ".join(part for part in (SIGNS[target.comparator], value, target.unit) if part)


def _grouped(number: str) -> str:
    if not re.fullmatch(r"\d+(?:\.\d+)?", number):
        return number
    whole, _, rest = number.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")
