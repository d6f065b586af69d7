"""How sure an answer is: the same goal of another year speaks for the words, not against them."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import Engine
from search.ranking.confidence import confidence, with_its_likes
from tests.libraries import opened
from tests.plans import plan

_GOALS = {
    "kh2021": (2021, "Giới thiệu 410 đoàn viên công đoàn ưu tú cho Đảng xem xét, bồi dưỡng, kết nạp."),
    "kh2022": (2022, "Giới thiệu 455 đoàn viên công đoàn ưu tú cho Đảng xem xét, bồi dưỡng, kết nạp."),
    "kh2023": (2023, "Trong năm giới thiệu ít nhất 520 đoàn viên ưu tú cho Đảng xem xét bồi dưỡng, kết nạp."),
    "kh2024": (
        2024,
        "Tuyên truyền chủ trương của Đảng đến toàn thể đoàn viên.",
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Engine:
    folder: Path = tmp_path_factory.mktemp("confidence")
    return opened(
        folder, like=engine, **{name: plan(year, [goal]).text for name, (year, goal) in _GOALS.items()}
    )


@pytest.mark.parametrize(("year", "figure"), [("2021", "410"), ("2022", "455"), ("2023?", "520")])
def test_goals_of_other_years_take_nothing_from_the_one_asked_for(
    library: Engine, year: str, figure: str
) -> None:
    question = f"chỉ tiêu giới thiệu đảng viên {year}"
    _, ranked = library.candidates(library.understand(question))
    best, *others = ranked
    assert best.unit
    assert figure in best.unit.text
    theirs = sum(c.relevance for c in others if c.unit and "ưu tú" in c.unit.text)
    assert theirs > 0
    surer = with_its_likes(best, ranked)
    assert surer.relevance == pytest.approx(min(1.0, best.relevance + theirs))
    assert confidence(surer) > confidence(best)
    answer = library.ask(question).answer
    assert f"**{figure}**" in answer.text
    assert not answer.unsure


def test_without_a_year_each_stands_for_itself(library: Engine) -> None:
    _, ranked = library.candidates(library.understand("chỉ tiêu giới thiệu đảng viên"))
    assert with_its_likes(ranked[0], ranked).relevance == ranked[0].relevance


def test_of_a_year_without_such_a_goal_nothing_is_given_plainly(library: Engine) -> None:
    answer = library.ask("chỉ tiêu giới thiệu đảng viên năm 2024").answer
    assert answer.unsure or answer.abstained
