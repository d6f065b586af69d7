"""The learned score: its signs by hand, its numbers against torch, its file against damage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import EncoderError
from index.wordkeys import StaticWords, syllable_key
from search.ranking.learned import (
    SHIPPED,
    Learned,
    asked_of,
    digest_of,
    learned_of,
    relevance,
    shipped,
    time_keys,
)
from search.ranking.overlap import Asked, FloatArray, Told
from search.ranking.signs import ALL_NAMES, N_SIGNS, NAMES, signs

TOKENS = ["[UNK]", "kinh_phí", "phí", "tiền", "đoàn_viên", "mưa"]
ROWS = [[0, 0], [1, 0], [1, 0], [0.8, 0.6], [0, 1], [-1, 0]]
WORDS = StaticWords(TOKENS, np.array(ROWS, dtype=np.float16))
N_PASSAGES = 100


def frequency(token: str) -> int:
    return 0 if token in ("phi_doan", "tien_doan") else 10


def asked(text: str) -> Asked:
    return asked_of(text, WORDS, frequency, N_PASSAGES)


def told(
    text: str, head: str = "", around: str = "", sparse: float = 0.0, cosine: float = 0.0, kin: float = 0.0
) -> Told:
    beside = (WORDS.keys_of(around),) if around else ()
    return Told(WORDS.keys_of(text), WORDS.keys_of(head), beside, sparse, cosine, cosine, cosine, kin)


def table(question: str, *candidates: Told) -> FloatArray:
    return signs(asked(question), candidates, WORDS, time_keys())


def sign(name: str, question: str, *candidates: Told) -> list[float]:
    column = table(question, *candidates)[:, list(ALL_NAMES).index(name)]
    return [round(float(x), 4) for x in column]


def test_words_count_wherever_they_stand_and_pairs_only_together() -> None:
    candidates = told("thu kinh phí"), told("phí thu kinh"), told("mưa")
    assert sign("words", "thu kinh phí", *candidates) == [1.0, 1.0, 0.0]
    assert sign("pairs", "thu kinh phí", *candidates) == [1.0, 0.5, 0.0]
    assert sign("near", "thu kinh phí", *candidates) == [1.0, 1.0, 0.0]


def test_a_syllable_without_its_diacritics_counts_less() -> None:
    assert sign("words", "kinh phí", told("kinh phi"), told("kinh phí")) == [0.8, 1.0]


def test_what_stands_above_and_around_has_signs_of_its_own() -> None:
    candidate = told("mưa", head="kinh", around="phí")
    assert sign("head_words", "kinh phí", candidate) == [0.5]
    assert sign("head_told", "kinh phí", candidate) == [1.0]
    assert sign("around_words", "kinh phí", candidate) == [1.0]
    assert sign("words", "kinh phí", candidate) == [0.5]


def test_what_the_first_look_says_is_taken_as_it_is() -> None:
    candidate = told("thu phí", sparse=0.75, cosine=0.5, kin=0.25)
    assert [sign(name, "phí", candidate) for name in ("sparse", "cosine", "kin")] == [[0.75], [0.5], [0.25]]


def test_the_longest_run_is_counted_in_pairs() -> None:
    scattered = told("thu kinh mưa phí đoàn mưa viên")
    whole = told("mưa thu kinh phí đoàn viên")
    # "thu kinh phí" are two pairs in a row; "phí đoàn" is none, for no passage holds it.
    assert sign("run", "thu kinh phí đoàn viên", scattered, whole) == [0.2, 0.4]


def test_bm25_is_the_formula() -> None:
    idf = float(np.log(1 + (N_PASSAGES - 10 + 0.5) / (10 + 0.5)))
    length = 4 / 190
    saturated = 2 * 1.9 / (2 + 0.9 * (0.6 + 0.4 * length))
    found = sign("bm25", "phí", told("phí mưa phí mưa"))
    assert found == [pytest.approx(idf * saturated / (idf + 1), abs=1e-3)]


def test_windows_find_what_stands_together() -> None:
    far = "mưa " * 64
    near, apart = told(far + "thu tiền " + far), told("thu " + far + "tiền")
    for size in (1, 2, 4):
        assert sign(f"window{size}", "thu tiền", near, apart) == [1.0, 0.5]


def test_words_alike_in_meaning_count_by_their_cosine() -> None:
    alike = 0.9 * (0.8 - 0.2) / 0.8  # cosine 0.8 of "tiền" and "kinh phí"
    found = sign("soft", "kinh phí", told("tiền"), told("kinh phí"), told("mưa"), told("đoàn viên"))
    assert found == [pytest.approx(alike, abs=1e-3), 1.0, 0.0, 0.0]


def test_figures_and_times_count_only_where_asked_for() -> None:
    dated, plain = told("thu phí 15 tháng"), told("thu phí")
    assert sign("how_much", "thu phí bao nhiêu", dated, plain) == [1.0, 0.0]
    assert sign("when", "thu phí khi nào", dated, plain) == [1.0, 0.0]
    assert sign("how_much", "thu phí", dated, plain) == [0.0, 0.0]


def test_relative_signs_are_shares_of_the_best() -> None:
    candidates = told("a", cosine=0.4, sparse=1.0), told("b", cosine=-0.2, sparse=0.25)
    assert sign("cosine/best", "thu phí", *candidates) == [1.0, -0.5]
    assert sign("sparse/best", "thu phí", *candidates) == [1.0, 0.25]


@pytest.mark.parametrize("question", ["", "?", "là gì", "thu phí"])
@pytest.mark.parametrize("text", ["", "...", "thu"])
def test_empty_questions_and_passages_have_finite_signs(question: str, text: str) -> None:
    found = table(question, told(text), told(text, head=text, around=text))
    assert found.shape == (2, N_SIGNS)
    assert np.isfinite(found).all()


def test_no_candidates_no_signs() -> None:
    assert table("thu phí").shape == (0, N_SIGNS)


def test_a_candidate_is_not_judged_by_its_neighbours_in_the_array() -> None:
    absolute = [i for i, name in enumerate(NAMES) if not name.startswith("rank")]
    one, two = told("thu kinh", around="phí"), told("phí đoàn viên", head="thu")
    together = table("thu kinh phí", one, two)[:, absolute]
    alone = [table("thu kinh phí", c)[0, absolute] for c in (one, two)]
    np.testing.assert_allclose(together, np.stack(alone), atol=1e-6)


def weights(rng: np.random.Generator, hidden: int = 3) -> dict[str, Any]:
    shapes = {"mean": (N_SIGNS,), "deviation": (N_SIGNS,), "linear": (N_SIGNS,), "out": (hidden,),
              "hidden": (N_SIGNS, hidden), "hidden_bias": (hidden,)}  # fmt: skip
    made: dict[str, Any] = {name: np.abs(rng.normal(size=shape)).tolist() for name, shape in shapes.items()}
    return made | {"scale": 0.5, "shift": -1.0}


def test_scores_are_those_of_torch() -> None:
    import torch

    rng = np.random.default_rng(3)
    made = weights(rng)
    x = rng.normal(size=(7, N_SIGNS)).astype(np.float32) * 3
    t = {name: torch.tensor(value) for name, value in made.items()}
    z = ((torch.from_numpy(x) - t["mean"]) / t["deviation"]).clamp(-4, 4)
    oracle = z @ t["linear"] + torch.tanh(z @ t["hidden"] + t["hidden_bias"]) @ t["out"]
    learned = learned_of(made)
    np.testing.assert_allclose(learned.scores(x), oracle.numpy(), rtol=1e-4)
    likely = torch.sigmoid(0.5 * oracle - 1.0).numpy()
    np.testing.assert_allclose(learned.probabilities(learned.scores(x)), likely, rtol=1e-3, atol=1e-6)


def test_the_shipped_weights_prefer_what_answers() -> None:
    assert shipped().linear.shape == (N_SIGNS,)
    best = told("thu kinh phí của đoàn viên", sparse=1.0, cosine=0.7)
    scores, likely = relevance(asked("thu kinh phí của đoàn viên"), [told("mưa"), best], WORDS)
    assert scores[1] > scores[0]
    assert likely[1] > likely[0]
    assert ((likely >= 0) & (likely <= 1)).all()


def damaged(content: dict[str, Any]) -> dict[str, str]:
    other = {**content["weights"], "shift": 9.0}
    fewer = {**content["weights"], "linear": content["weights"]["linear"][:-1]}
    return {
        "cut": json.dumps(content)[:-40],
        "changed": json.dumps({**content, "weights": other}),
        "other signs": json.dumps({**content, "signs": content["signs"][:-1]}),
        "shapes": json.dumps({**content, "weights": fewer, "sha256": digest_of(fewer)}),
        "empty": "",
    }


@pytest.mark.parametrize("how", ["cut", "changed", "other signs", "shapes", "empty"])
def test_a_damaged_weights_file_says_what_to_do(how: str, tmp_path: Path) -> None:
    path = tmp_path / "relevance.json"
    path.write_text(damaged(json.loads(SHIPPED.read_text(encoding="utf-8")))[how], encoding="utf-8")
    with pytest.raises(EncoderError, match=r"Tệp trọng số .*relevance.json bị mất hoặc hỏng.*search/weights"):
        Learned.read(path)


def test_questions_are_read_with_what_each_word_tells() -> None:
    found = asked("thu phí đoàn viên là gì")
    idf = float(np.log(1 + (N_PASSAGES - 10 + 0.5) / (10 + 0.5)))
    assert found.keys.tolist() == [syllable_key(s) for s in "thu phí đoàn viên là gì".split()]
    np.testing.assert_allclose(found.weights, idf * np.array([1, 1, 1, 1, 0.15, 0.15]), rtol=1e-5)
    assert found.pairs[0, 1] == pytest.approx(idf)
    assert found.pairs[1, 2] == 0  # no passage holds "phí đoàn"
    assert found.rows.tolist() == [2, 4]
    assert (found.define, found.when, found.how_much) == (True, False, False)
