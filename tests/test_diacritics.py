"""Restoring diacritics and mending slips.

On text held out from learning (one item in fifty), syllables restored rightly after all
diacritics were stripped: see `index/model/MODEL_CARD.md`; `python -m index.training.diacritics`
prints the figures anew.
"""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import AppError
from corpus.text import fold
from corpus.words.diacritics import DiacriticRestorer
from corpus.words.syllables import FORMAT_VERSION, SHIPPED, SyllableCounts, quantise

SENTENCES = [
    "Công đoàn cơ sở tổ chức thăm hỏi đoàn viên có hoàn cảnh khó khăn",
    "Ban Chấp hành đề nghị các đơn vị gửi báo cáo trước ngày 15 tháng 6 năm 2022",
    "Người lao động được hỗ trợ tiền thuê nhà khi doanh nghiệp cắt giảm giờ làm việc",
    "Phấn đấu kết nạp 1.200 đoàn viên mới, thành lập 15 công đoàn cơ sở",
]


@pytest.fixture(scope="module")
def restorer() -> DiacriticRestorer:
    return DiacriticRestorer.load()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_comes_back_from_its_bare_letters(restorer: DiacriticRestorer, sentence: str) -> None:
    assert restorer.restore(fold(sentence)) == sentence.lower()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_full_diacritics_are_left_alone(restorer: DiacriticRestorer, sentence: str) -> None:
    assert restorer.restore(sentence) == sentence
    assert restorer.correct(sentence) == sentence


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("CHI TIEU NAM 2021", "CHỈ TIÊU NĂM 2021", id="capitals"),
        pytest.param("Ke hoach so 56/KH-LDLD", "Kế hoạch số 56/KH-LDLD", id="number"),
        pytest.param("tien luong, bao hiem y te?", "tiền lương, bảo hiểm y tế?", id="punctuation"),
        pytest.param("ban chap hanh LDLD tinh", "ban chấp hành LDLD tỉnh", id="abbreviation"),
        pytest.param("chỉ tieu phát triển đoàn viên", "chỉ tiêu phát triển đoàn viên", id="partial"),
        pytest.param("Hội nghị tại Viet Nam năm 2022", "Hội nghị tại Viet Nam năm 2022", id="name"),
        pytest.param("xyzzy 12% (a)", "xyzzy 12% (a)", id="foreign"),
        pytest.param("", "", id="empty"),
        pytest.param(" \n 2021 \n", " \n 2021 \n", id="no-syllable"),
    ],
)
def test_restore(restorer: DiacriticRestorer, typed: str, expected: str) -> None:
    assert restorer.restore(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("lao dộng nữ", "lao động nữ", id="d-for-đ"),
        pytest.param("hoàn thành xuât sắc nhiệm vụ", "hoàn thành xuất sắc nhiệm vụ", id="tone-lost"),
        pytest.param("công đòan cơ sở", "công đoàn cơ sở", id="tone-on-the-wrong-letter"),
        pytest.param("phong trào Xuât sắc", "phong trào Xuât sắc", id="capital-is-a-name"),
        pytest.param("Đồng chí Vừ A Dềnh ký", "Đồng chí Vừ A Dềnh ký", id="name"),
    ],
)
def test_correct(restorer: DiacriticRestorer, typed: str, expected: str) -> None:
    assert restorer.correct(typed) == expected


VIETNAMESE = st.text(alphabet="aăâeêioôơuưyđqhntQHNĐ àáảãạèẻỳýỷỵ\n,.12/-", max_size=40)


@settings(max_examples=200, deadline=None)
@given(text=VIETNAMESE)
def test_only_marks_ever_change(restorer: DiacriticRestorer, text: str) -> None:
    for mended in (restorer.restore(text), restorer.correct(text)):
        assert fold(mended) == fold(text)
        assert [c.isupper() for c in mended] == [c.isupper() for c in text]


@settings(max_examples=100, deadline=None)
@given(text=VIETNAMESE)
def test_restoring_keeps_every_mark_that_was_typed(restorer: DiacriticRestorer, text: str) -> None:
    words = zip(text.split(), restorer.restore(text).split(), strict=True)
    assert all(new == old for old, new in words if old.isalpha() and old.lower() != fold(old))


def small() -> SyllableCounts:
    """Five syllables; "má nà" is seen more often than "ma na", and "mà" more than either "ma"."""
    syllables = ["ma", "mà", "má", "na", "nà"]
    pairs = array("L", [0 * 5 + 3, 2 * 5 + 4])
    return SyllableCounts(
        syllables, [1000, 5000, 2000, 1000, 1000], pairs, bytes([quantise(200), quantise(300)])
    )


def test_the_chain_weighs_pairs_not_single_syllables() -> None:
    assert DiacriticRestorer(small()).restore("ma") == "mà"
    assert DiacriticRestorer(small()).restore("ma na") == "má nà"
    assert DiacriticRestorer(small()).restore("ma, na") == "mà, na"


def test_the_librarys_own_words_are_learnt_and_the_original_is_untouched() -> None:
    original = DiacriticRestorer(small())
    learnt = original.with_text(["**Mà  nà**", "ma na"] * 40)
    assert learnt.restore("ma na") == "mà nà"
    assert original.restore("ma na") == "má nà"


def test_counts_survive_the_file_within_a_step(tmp_path: Path) -> None:
    counts = small().plus([(("ma", "nà"), 3.0)])
    counts.save(tmp_path / "counts.bin", source="a test")
    again = SyllableCounts.load(tmp_path / "counts.bin")
    assert again.pair_count("má", "nà") == pytest.approx(300, rel=0.07)
    assert again.pair_count("ma", "nà") == 0  # what a library added stays with the library
    assert again.count("mà") == pytest.approx(5000, rel=0.07)
    assert list(again.readings("na")) == ["na", "nà"]


def test_a_damaged_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "diacritics.bin"
    small().save(path, source="a test")
    whole = path.read_bytes()
    for bad in (b"", whole[:-3], whole[:40], b"\x00\xff" + whole):
        path.write_bytes(bad)
        with pytest.raises(AppError, match=r"bảng dấu.*chép lại"):
            DiacriticRestorer.load(path)
    with pytest.raises(AppError, match="Không đọc được tệp bảng dấu"):
        DiacriticRestorer.load(tmp_path / "none.bin")


def test_another_version_is_named(tmp_path: Path) -> None:
    path = tmp_path / "diacritics.bin"
    small().save(path, source="a test")
    head, _, body = path.read_bytes().partition(b"\n")
    facts = json.loads(head) | {"format_version": 99}
    path.write_bytes(json.dumps(facts).encode() + b"\n" + body)
    with pytest.raises(AppError, match=rf"định dạng 99, cần {FORMAT_VERSION}"):
        DiacriticRestorer.load(path)


def test_counts_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="2 syllables but 1 counts"):
        SyllableCounts(["a", "b"], [1], array("L"), b"")
    with pytest.raises(ValueError, match="1 pairs but 2 counts"):
        SyllableCounts(["a"], [1], array("L", [0]), b"\0\0")


def test_the_shipped_table_is_small() -> None:
    assert SHIPPED.stat().st_size <= 1_500_000
