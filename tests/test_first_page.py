"""The nearest in meaning have a place on the first page, whatever their words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Passage
from search.asking.matching import Words
from search.ranking.evidence import View
from search.rerank import FIRST_PAGE, NEAREST, Candidate, with_nearest
from search.retrieve import Lanes

NO_WORDS = Words(frozenset(), frozenset())
PASSAGE = Passage("a", 0, 0, 4, "văn bản"[:4], section="I")


def candidate(row: int, dense: float, score: float, **fits: float) -> Candidate:
    view = View(PASSAGE, NO_WORDS, NO_WORDS, ())
    return Candidate(view, Lanes(row, 0.0, dense, dense), score=score, **fits)


def rows(candidates: list[Candidate]) -> list[int]:
    return [c.lanes.row for c in candidates]


def ranked(n: int) -> list[Candidate]:
    """`n` candidates, rows in order of rank; the later, the nearer in meaning."""
    return [candidate(row, 0.1 + 0.01 * row, float(-row)) for row in range(n)]


def test_the_nearest_come_last_on_the_first_page() -> None:
    assert rows(with_nearest(ranked(30)))[:12] == [0, 1, 2, 3, 4, 5, 29, 28, 27, 26, 6, 7]


def test_those_of_another_time_or_place_do_not() -> None:
    found = ranked(30)
    found[29] = replace(found[29], year=-1.0)
    found[28] = replace(found[28], place=-1.0)
    found[27] = replace(found[27], period=-1.0)
    assert rows(with_nearest(found))[:FIRST_PAGE] == [0, 1, 2, 3, 4, 5, 26, 25, 24, 23]


def test_those_that_stand_there_stay_where_they_are() -> None:
    found = ranked(30)
    found[2] = candidate(2, 0.9, -2.0)
    assert rows(with_nearest(found))[:FIRST_PAGE] == [0, 1, 2, 3, 4, 5, 6, 29, 28, 27]


@given(st.lists(st.floats(0, 1), max_size=40))
def test_every_candidate_is_there_once_and_the_best_first(dense: list[float]) -> None:
    found = [candidate(row, near, float(-row)) for row, near in enumerate(dense)]
    shown = with_nearest(found)
    assert sorted(rows(shown)) == list(range(len(found)))
    assert rows(shown)[: FIRST_PAGE - NEAREST] == rows(found)[: FIRST_PAGE - NEAREST]
    assert [c.score for c in shown] == sorted((c.score for c in shown), reverse=True)
    near = sorted((d for d in dense if d > 0), reverse=True)[:NEAREST]
    page = sorted((c.lanes.dense for c in shown[:FIRST_PAGE]), reverse=True)
    assert all(d in page for d in near)
