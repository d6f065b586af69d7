"""Word segmentation: underthesea's own words, told apart without its code and without what it imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.words import WordModel, read_weights, word_model

SYLLABLES = (
    "công đoàn viên cơ sở liên lao động thành phố hồ chí minh tỉnh kế hoạch phát triển người chủ tịch ủy ban"
    " nhân dân đảng và của các được năm 2021 1.500 50% 12/6/2021 , . : ; ( ) - “ ” Công Đoàn LIÊN ĐOÀN Hà Nội"
    " TP.HCM a@b.vn ... q.1 3,5 BHXH xyzzy"
).split()


def by_underthesea(text: str) -> str:
    from underthesea import word_tokenize

    return str(word_tokenize(text, format="text"))


@settings(deadline=None)  # the first call reads the model
@given(st.lists(st.sampled_from(SYLLABLES), max_size=40))
def test_words_are_those_of_underthesea(tokens: list[str]) -> None:
    text = " ".join(tokens)
    assert word_model().segment(text) == by_underthesea(text)
    assert word_model().segment(text.lower()) == by_underthesea(text.lower())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "đoàn",
        "công đoàn",
        "Tổng Liên đoàn Lao động Việt Nam ban hành kế hoạch phát triển đoàn viên, thành lập CĐCS năm 2024.",
        "người lao động được nghỉ 12 ngày làm việc/năm (hưởng nguyên lương) theo điều 113",
        "òa oà ÒA hoà bình; quý iii/2023: thu 2% kinh phí, chi 1.234.567đ",
    ],
)
def test_a_sentence_as_underthesea_has_it(text: str) -> None:
    assert word_model().segment(text) == by_underthesea(text)


def test_the_likeliest_chain_is_chosen_not_each_syllable_for_itself() -> None:
    weights = {"T[0]=a": 5.0, "T[0]=b": 0.5, "T[0]=c": -1.0}

    def words(*transitions: list[float]) -> str:
        return WordModel(weights, transitions, frozenset(), str.split).segment("a b c")

    assert words([0.0, 0.0], [0.0, 0.0]) == "a b_c"
    assert words([0.0, 0.0], [0.0, 1.0]) == "a_b_c"  # what went on goes on likely: 1 against 0.5
    assert words([2.0, 0.0], [0.0, 0.0]) == "a b c"  # so is one beginning after another


def test_a_place_outside_the_text_has_its_weight() -> None:
    weights = {"T[1]=EOS": -3.0, "T[-1]=BOS": 4.0, "T[0]=a": 1.0}
    model = WordModel(weights, [[0.0, 0.0], [0.0, 0.0]], frozenset(), str.split)
    assert model.segment("a a a") == "a a_a"
    assert model.segment("a") == "a"


def test_pairs_triples_and_the_dictionary_have_their_weights() -> None:
    weights = {
        "T[0]=a": 1.0, "T[0]=b": 1.0, "T[0]=c": 1.0,
        "T[-1,0]=a b": -3.0, "T[-2,0]=a b c": -3.0, "T[-1,0].is_in_dict=True": -0.5,
    }  # fmt: skip
    flat = [[0.0, 0.0], [0.0, 0.0]]
    assert WordModel(weights, flat, frozenset(), str.split).segment("a b c b c") == "a_b_c b c"
    with_word = WordModel(weights | {"T[-1,0].is_in_dict=True": -1.5}, flat, frozenset(["b c"]), str.split)
    assert with_word.segment("c b c") == "c b_c"


@pytest.mark.parametrize("stored", [b"", b"lCRF", b"xCRF" + bytes(44), b"lCRF" + bytes(3000)])
def test_another_file_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="not a model of words"):
        read_weights(stored)


def test_nothing_else_of_underthesea_is_imported_and_all_of_it_can_be_later() -> None:
    code = (
        "import sys; from corpus.words import word_model; print(word_model().segment('đoàn viên'));"
        "print('torch' in sys.modules, [m for m in sys.modules if m.startswith('underthesea.pipeline.tr')])"
    )
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["đoàn_viên", "False []"]
