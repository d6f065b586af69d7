"""Teaching the learned score: questions made from articles, weights that repeat and learn."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.words.tokens import syllables
from index.training.leakage import Benchmarks
from search.measuring.judged import Article
from search.ranking.learned import digest_of, learned_of
from search.ranking.signs import N_SIGNS, NAMES
from search.training.fit import FitOptions, first_right, fit, split
from search.training.groups import Group, groups_of
from search.training.questions import Lesson, span_questions, title_questions
from tests.fakes import HashEncoder

ROWS = [
    {
        "id": f"d{n}",
        "law": f"0{n}/2020/QH14",
        "article": str(n),
        "title": title,
        "text": f"1. {text}\n2. {text}",
    }
    for n, (title, text) in enumerate(
        [
            (
                "Trách nhiệm đóng kinh phí của cơ quan",
                "Cơ quan đóng kinh phí bằng 2% quỹ tiền lương mỗi tháng. " * 3,
            ),
            (
                "Nhiệm kỳ của ban chấp hành",
                "Nhiệm kỳ của ban chấp hành là năm năm, tính từ ngày đại hội. " * 3,
            ),
            ("Hiệu lực", "Luật này có hiệu lực từ ngày 01 tháng 01. " * 3),
        ]
    )
]
COLUMN = NAMES.index("bm25")


def some_groups(n: int, rng: np.random.Generator) -> list[Group]:
    """Groups whose right candidate is the one with the highest BM25, among noise."""
    groups = []
    for _ in range(n):
        table = rng.normal(size=(10, N_SIGNS)).astype(np.float32)
        groups.append(Group("span", table, table[:, COLUMN] == table[:, COLUMN].max()))
    return groups


def test_titles_become_questions_and_leave_their_articles() -> None:
    lesson = title_questions(ROWS, random.Random(1))
    assert [answer for _, answer in lesson.asked] == ["d0", "d1"]  # "Hiệu lực" says too little
    assert all(
        article.title == row["law"] for row, article in zip(ROWS, lesson.articles.values(), strict=True)
    )
    assert {"kinh", "phí"} & set(syllables(lesson.asked[0][0]))


def test_span_questions_say_words_of_their_article() -> None:
    lesson = span_questions(ROWS, random.Random(1))
    for question, answer in lesson.asked:
        row = next(row for row in ROWS if row["id"] == answer)
        said = set(syllables(f"{row['title']} {row['text']}"))
        assert len(said & set(syllables(question))) >= 3
    assert lesson.articles["d1"].title == "01/2020/QH14 - Điều 1. Nhiệm kỳ của ban chấp hành"


def test_groups_are_the_candidates_of_the_first_look(tmp_path: Path) -> None:
    articles = {row["id"]: Article(row["law"], row["text"]) for row in ROWS}
    copied = "nhiệm kỳ của ban chấp hành là bao lâu"
    asked = [("kinh phí đóng mỗi tháng", "d0"), (copied, "d1")]
    found = list(groups_of(Lesson("title", articles, asked), tmp_path, HashEncoder(), Benchmarks([copied])))
    assert len(found) == 1  # the other question is a benchmark's
    assert found[0].signs.shape[1] == N_SIGNS
    assert found[0].right[np.argmax(found[0].signs[:, COLUMN])]


def test_a_group_without_a_right_candidate_is_refused() -> None:
    with pytest.raises(ValueError, match="0 right"):
        Group("span", np.zeros((2, N_SIGNS), dtype=np.float32), np.zeros(2, dtype=np.bool_))


def test_what_tells_the_right_one_is_learnt() -> None:
    groups = some_groups(1200, np.random.default_rng(5))
    weights = fit(
        groups, FitOptions(hidden=4, epochs=12, batch=16, learning_rate=0.01, decay=0.01, dropout=0.1)
    )
    assert first_right(split(groups, 7)[1], weights)["span"] >= 80  # by chance: 10
    learned = learned_of(weights)
    assert int(np.argmax(np.abs(learned.linear))) == COLUMN
    held = split(groups, 7)[1]
    likely = np.concatenate([learned.probabilities(learned.scores(g.signs)) for g in held])
    right = np.concatenate([g.right for g in held])
    assert likely[right].mean() > 0.5 > 0.1 > likely[~right].mean()
    assert likely.mean() == pytest.approx(right.mean(), abs=0.02)  # calibrated as a whole


def test_a_lesson_counts_by_its_share() -> None:
    rng = np.random.default_rng(5)
    spans = some_groups(300, rng)
    # The other lesson says the contrary: the lowest BM25 is right.
    titles = [
        Group("title", g.signs, g.signs[:, COLUMN] == g.signs[:, COLUMN].min()) for g in some_groups(300, rng)
    ]
    plain = FitOptions(hidden=4, epochs=8, batch=16, learning_rate=0.01, decay=0.01, dropout=0.1)
    for shares, taught in (({"span": 9.0}, "span"), ({"span": 1 / 9}, "title")):
        right = first_right([*spans, *titles], fit([*spans, *titles], replace(plain, shares=shares)))
        assert right[taught] >= 60 > 20 > right["title" if taught == "span" else "span"]


def test_the_same_groups_and_seed_give_the_same_weights() -> None:
    groups = some_groups(60, np.random.default_rng(5))
    options = FitOptions(hidden=4, epochs=2)
    assert digest_of(fit(groups, options)) == digest_of(fit(groups, options))
    assert digest_of(fit(groups, options)) != digest_of(fit(groups, FitOptions(hidden=4, epochs=2, seed=8)))
