"""The measures, against numbers computed by hand from their definitions."""

from __future__ import annotations

import pytest

from search.evaluate import holds, says
from search.metrics import ndcg, reciprocal_rank


@pytest.mark.parametrize(
    ("relevant", "n_relevant", "expected"),
    [
        pytest.param([1], 1, 1.0, id="first"),
        pytest.param([0, 1], 1, 0.6309, id="second"),
        pytest.param([1, 0, 1], 2, 0.9197, id="first-and-third"),
        pytest.param([0] * 10, 1, 0.0, id="none"),
        pytest.param([0] * 10 + [1], 1, 0.0, id="beyond-ten"),
    ],
)
def test_ndcg(relevant: list[int], n_relevant: int, expected: float) -> None:
    assert ndcg(relevant, n_relevant) == pytest.approx(expected, abs=5e-5)


def test_reciprocal_rank() -> None:
    assert reciprocal_rank([0, 0, 0, 1]) == 0.25
    assert reciprocal_rank([0, 0]) == 0.0


def test_a_hit_holds_a_quote_across_line_ends_and_markup() -> None:
    assert holds("Giao **ít nhất**\n\n300 đoàn viên.", "ít nhất 300 đoàn viên")
    assert holds(
        "giao ít nhất 300 đoàn viên ưu tú và nhiều việc khác", "giao ít nhất 300 đoàn viên ưu tú nữa"
    )
    assert not holds("giao ít nhất 300 đoàn viên", "kết nạp 500 đảng viên mới trong năm")
    assert not holds("", "x")


def test_a_date_counts_in_any_spelling() -> None:
    assert says("ngày 09 tháng 01 năm 2023", "9/1/2023")
    assert says("trước 10/12/2021", "10/12/2021")
    assert not says("ngày 10/1/2023", "9/1/2023")
