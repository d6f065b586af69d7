"""Texts as numbers, and their way to disk and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DamagedIndexError, EncoderError
from corpus.passages import split_document
from index.wordkeys import (
    MARK_BITS,
    PassageWords,
    StaticWords,
    WordKeys,
    is_figure,
    join,
    read_static,
    syllable_key,
)
from index.wordstore import StoredWords, WordsWriter
from tests.fakes import make_document

TOKENS = ["[UNK]", "công_đoàn", "công", "đoàn", "công_đoàn_cơ_sở", "cơ_sở", "phí", "2021"]
WORDS_KNOWN = StaticWords(TOKENS, np.eye(8, 3, dtype=np.float16))


def test_the_longest_word_wins() -> None:
    assert WORDS_KNOWN.segment("công đoàn cơ sở đóng công đoàn phí".split()) == [
        (4, 4), (0, 1), (1, 2), (6, 1),
    ]  # fmt: skip


def test_a_word_half_said_is_its_syllables() -> None:
    assert WORDS_KNOWN.segment(["công", "cơ"]) == [(2, 1), (0, 1)]


def test_keys_tell_diacritics_and_without_them_agree() -> None:
    marked, bare = syllable_key("đoàn"), syllable_key("doan")
    assert marked != bare
    assert marked >> MARK_BITS == bare >> MARK_BITS
    assert syllable_key("đoán") >> MARK_BITS == bare >> MARK_BITS
    assert syllable_key("phí") >> MARK_BITS != bare >> MARK_BITS


def test_figures_are_told_from_words() -> None:
    keys = WORDS_KNOWN.keys_of("năm 2021 có 1.500 đoàn viên").keys
    assert is_figure(keys).tolist() == [False, True, False, True, False, False]


def test_abbreviations_are_written_out() -> None:
    short, long = WORDS_KNOWN.keys_of("CĐCS"), WORDS_KNOWN.keys_of("công đoàn cơ sở")
    np.testing.assert_array_equal(short.keys, long.keys)
    assert long.rows.tolist() == [4]


def test_a_vector_is_the_sum_of_words_and_their_syllables() -> None:
    matrix = np.array([[0, 0], [1, 0], [0, 2], [0, 1], [5, 5], [5, 5], [3, 0], [0, 0]], dtype=np.float16)
    words = StaticWords(TOKENS, matrix)
    # công_đoàn + công + đoàn + phí = (1, 0) + (0, 2) + (0, 1) + (3, 0)
    np.testing.assert_allclose(words.vector(["công", "đoàn", "phí"]), np.array([4, 3]) / 5, rtol=1e-6)
    assert words.vector([]).tolist() == [0, 0]


ARRAYS = st.lists(st.integers(0, 2**31 - 1), max_size=5)


@given(st.tuples(ARRAYS, ARRAYS, ARRAYS, ARRAYS))
def test_passage_words_survive_the_disk(lists: tuple[list[int], ...]) -> None:
    keys, rows, head_keys, head_rows = (np.array(x, dtype=np.int64) for x in lists)
    stored = PassageWords(
        WordKeys(keys.astype(np.uint32), rows.astype(np.int32)),
        WordKeys(head_keys.astype(np.uint32), head_rows.astype(np.int32)),
    )
    again = PassageWords.from_bytes(stored.to_bytes())
    for new, old in ((again.body, stored.body), (again.head, stored.head)):
        np.testing.assert_array_equal(new.keys, old.keys)
        np.testing.assert_array_equal(new.rows, old.rows)


@pytest.mark.parametrize("cut", [0, 8, 20])
def test_cut_passage_words_are_refused(cut: int) -> None:
    text = WORDS_KNOWN.keys_of("công đoàn phí")
    with pytest.raises(ValueError, match=f"{cut} bytes do not hold the words of a passage"):
        PassageWords.from_bytes(PassageWords(text, text).to_bytes()[:cut])


def test_joined_texts_keep_their_order() -> None:
    one, two = WORDS_KNOWN.keys_of("công đoàn"), WORDS_KNOWN.keys_of("phí 2021")
    both = join([one, two])
    assert both.rows.tolist() == [1, 6, 7]
    assert both.keys.tolist() == one.keys.tolist() + two.keys.tolist()


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"Không đọc được bảng từ.*index/model"):
        read_static(tmp_path)


def test_stored_words_come_back_by_row(tmp_path: Path) -> None:
    document = make_document("a", "Mục tiêu\n\nPhát triển đoàn viên.\n\nThu kinh phí công đoàn.")
    passages = split_document(document)
    writer = WordsWriter(tmp_path)
    writer.add(document, passages)
    writer.finish()
    stored = StoredWords(tmp_path, len(passages))
    for row, passage in enumerate(passages):
        expected = [syllable_key(s) for s in passage.text.lower().replace(".", "").split()]
        assert stored[row].body.keys.tolist() == expected
        assert stored.body(row).keys.tolist() == expected
        assert stored.body(row).rows.tolist() == stored[row].body.rows.tolist()


def test_missing_bytes_are_damage(tmp_path: Path) -> None:
    document = make_document("a", "Phát triển đoàn viên.")
    writer = WordsWriter(tmp_path)
    writer.add(document, split_document(document))
    writer.finish()
    n = len(split_document(document))
    with pytest.raises(DamagedIndexError):
        StoredWords(tmp_path, n + 1)
    (tmp_path / "words.bin").write_bytes((tmp_path / "words.bin").read_bytes()[:-4])
    with pytest.raises(DamagedIndexError):
        StoredWords(tmp_path, n)
