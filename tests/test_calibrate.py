"""Learning how sure an answer must be."""

from __future__ import annotations

import pytest

from search.calibrate import Example, fit, report, sigmoid


def test_the_sign_that_tells_right_from_wrong_gets_the_weight() -> None:
    examples = [Example((0.9, i % 2), True, True) for i in range(10)]
    examples += [Example((0.1, i % 2), False, True) for i in range(10)]
    (telling, idle), bias = fit(examples)
    assert telling > 3
    assert abs(idle) < 0.01
    assert sigmoid(bias + 0.9 * telling) > 0.8
    assert sigmoid(bias + 0.1 * telling) < 0.2


def test_both_classes_weigh_the_same_however_many_there_are() -> None:
    few = [Example((1.0,), True, True)] + [Example((0.0,), False, False)] * 99
    (weight,), bias = fit(few)
    assert sigmoid(bias + 0.5 * weight) == pytest.approx(0.5, abs=0.05)


def test_one_class_alone_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="need right and wrong examples, got 3 right of 3"):
        fit([Example((1.0,), True, True)] * 3)


def test_the_report_counts_what_each_threshold_does() -> None:
    examples = [Example((1.0,), True, True), Example((1.0,), False, True), Example((0.0,), False, False)]
    lines = report(examples, (4.0,), -2.0)
    assert lines[-1] == "0.50: right refused 0 of 1, wrong answered 1 of 1, unanswerable answered 0 of 1"
