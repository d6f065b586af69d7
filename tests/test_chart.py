"""The chart of a subject over the years: figures that can be read, one colour for a place."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.words.glossary import Glossary
from search.indicators import IndicatorTable
from search.tables.reported import series_of
from tests.plans import plan, report
from ui.parts.chart import _LETTERS, _apart, chart_svg


@given(st.lists(st.floats(0, 300), max_size=8))
def test_figures_of_one_time_never_overlap(heights: list[float]) -> None:
    placed = _apart([(y, str(n)) for n, y in enumerate(heights)])
    assert sorted(said for _, said in placed) == sorted(map(str, range(len(heights))))
    assert all(after - before >= _LETTERS - 1e-6 for (before, _), (after, _) in pairwise(placed))


def test_targets_and_results_of_a_place_share_its_colour() -> None:
    documents = [
        made(year, [f"Kết nạp mới {100 * year - 201000 + more} đoàn viên."], place=place)
        for year in (2021, 2022)
        for place in ("Sơn La", "Lào Cai")
        for made, more in ((plan, 0), (report, 7))
    ]
    rows = IndicatorTable.of(documents, Glossary.shipped()).rows
    assert len({row.group_id for row in rows}) == 1
    svg = chart_svg(series_of(rows), rows[0].target.unit)
    classes = re.findall(r'<polyline class="duong ([^"]*)"', svg)
    assert sorted(classes) == ["d0", "d0 ket-qua-ve", "d1", "d1 ket-qua-ve"]
    figures = re.findall(r'<text class="so"[^>]*>([^<]*)<', svg)
    assert sorted(figures) == sorted(["1.100", "1.107", "1.200", "1.207"] * 2)
    assert "Đơn vị tính: đoàn viên" in svg
