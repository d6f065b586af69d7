"""Figures compared: units, bounds, times; and what must never be claimed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Target
from search.tables.figures import (
    amount_of,
    contradict,
    judge,
    measure_of,
    period_name,
    same_time,
    written,
    years_of,
)


def figure(
    said: str, unit: str = "%", kind: str = "target", subject: str = "đoàn viên dự sinh hoạt"
) -> Target:
    """Return a figure written like ">=80"."""
    value = said.lstrip("><=~")
    sign = said[: len(said) - len(value)] or "="
    return Target("I", "target" if kind == "target" else "result", subject, sign, value, unit, "2024", 0, 1)


@pytest.mark.parametrize(
    ("goal", "done", "verdict"),
    [
        (">=80", "80", "reached"),
        (">80", "80", "missed"),
        (">80", ">80", "reached"),
        ("80", "79.9", "missed"),
        ("80", "85", "reached"),
        ("<=3", "2", "reached"),
        ("<=3", "3.5", "missed"),
        ("<3", "3", "missed"),
        (">=80", ">75", "unknown"),  # "trên 75 %" may be 76 or 90
        (">=80", "<80", "missed"),
        (">=80", "~82", "unknown"),
        (">=80", "9/10", "reached"),
        ("100", "97/100", "missed"),
        ("85-90", "86", "reached"),
        ("85-90", "84", "missed"),
    ],
)
def test_whether_a_result_reaches_a_target(goal: str, done: str, verdict: str) -> None:
    assert judge(figure(goal), figure(done, kind="result")) == verdict


def test_nothing_is_claimed_across_units_words_or_where_less_is_better() -> None:
    assert judge(figure(">=80"), figure("85", "đoàn viên")) == "unknown"
    assert judge(figure("~hầu hết"), figure("85")) == "unknown"
    assert judge(figure("5", subject="Giảm số vụ tai nạn lao động"), figure("7")) == "unknown"
    assert judge(figure("500000", "đồng/suất"), figure("600000", "đồng")) == "unknown"
    assert judge(figure("10", "lớp/năm"), figure("12", "lớp")) == "unknown"


AMOUNTS = st.integers(0, 200).map(lambda n: f"{n / 2:g}")
SIGNS = st.sampled_from([">", ">=", "<", "<=", ""])


@given(SIGNS, AMOUNTS, SIGNS, AMOUNTS)
def test_a_verdict_holds_for_every_number_the_result_allows(s1: str, goal: str, s2: str, done: str) -> None:
    verdict = judge(figure(s1 + goal), figure(s2 + done, kind="result"))
    tried = [x / 4 for x in range(-8, 820)]
    tests = {">": float.__gt__, ">=": float.__ge__, "<": float.__lt__, "<=": float.__le__}
    allowed = [x for x in tried if tests.get(s2, float.__eq__)(x, float(done))]
    reached = {tests.get(s1, float.__ge__)(x, float(goal)) for x in allowed}
    assert reached == {True} if verdict == "reached" else reached == {False} if verdict == "missed" else True


@pytest.mark.parametrize(
    ("one", "other", "kind", "expected"),
    [
        ("75", "80", "target", True),
        (">=75", "75", "target", False),
        (">3000", "3150", "result", False),
        (">3000", "2900", "result", True),
        (">3000", "3000", "result", True),
        ("778/778", "100", "result", False),
        ("~80", "85", "result", False),
    ],
)
def test_figures_that_cannot_both_hold(one: str, other: str, kind: str, expected: bool) -> None:
    assert contradict(figure(one, kind=kind), figure(other, kind=kind)) is expected


def test_figures_in_different_units_do_not_contradict() -> None:
    assert not contradict(figure("75"), figure("80", "đoàn viên"))
    assert measure_of(figure("9/10", "CĐCS")) == measure_of(figure("90"))


@pytest.mark.parametrize(
    ("target", "result", "same"),
    [
        ("2024", "2024", True),
        ("2024", "2024-Q3", False),
        ("2024", "../2024-12-15", True),
        ("2024", "../2024-06-30", False),
        ("../2025", "2025", True),
        ("../2025", "2023", False),
        ("2021/2025", "2023", False),
        (None, None, False),
    ],
)
def test_a_result_is_of_the_time_the_target_was_set_for(
    target: str | None, result: str | None, same: bool
) -> None:
    assert same_time(target, result) is same


def test_periods_as_people_say_them() -> None:
    said = {
        "2024": "năm 2024",
        "2023-08": "tháng 8/2023",
        "../2023-05-31": "đến ngày 31/5/2023",
        "2023-07-01/..": "từ ngày 1/7/2023",
        "2023-01/2023-06": "từ tháng 1/2023 đến tháng 6/2023",
    }
    assert {period: period_name(period) for period in said} == said
    assert years_of(None) == frozenset()


def test_amounts_of_words_and_broken_fractions_are_unknown() -> None:
    assert amount_of(figure("~hầu hết")) is None
    assert amount_of(figure("3/0")) is None


def test_figures_as_people_write_them() -> None:
    assert written(figure(">=4067150000", "đồng")) == "≥ 4.067.150.000 đồng"
    assert written(figure("4000000-5000000", "đồng/tháng")) == "4.000.000-5.000.000 đồng/tháng"
    assert written(figure("90.6")) == "90,6 %"
