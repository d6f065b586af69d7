"""Words typed while the keyboard program was off: Telex and VNI keys, read as the syllables they write."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import normalize_text
from corpus.words.keystrokes import find_readings, read_keys
from corpus.words.syllables import shipped_counts
from search.asking.removal import without
from search.engine import Engine
from search.query import with_keys_read

_TELEX = {
    "\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j",
    "\u0302": "^", "\u0306": "w", "\u031b": "w",
}  # fmt: skip
_VNI = {
    "\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5",
    "\u0302": "6", "\u0306": "8", "\u031b": "7",
}  # fmt: skip


def keys_of(syllable: str, keys: dict[str, str], d: str) -> str:
    """The keys a careful typist presses: each letter with its mark, the tone last."""
    typed, tone = "", ""
    for char in syllable.replace("đ", d):
        base, *marks = unicodedata.normalize("NFD", char)
        typed += base
        for mark in marks:
            if keys[mark] in "fsrxj12345":
                tone = keys[mark]
            else:
                typed += base if keys[mark] == "^" else keys[mark]
    return typed + tone


def read(text: str) -> list[tuple[str, str]]:
    return [(one.typed, one.read) for one in find_readings(text, shipped_counts(), lambda _: True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giowis thieeuj uwu tus", [("giowis thieeuj uwu tus", "giới thiệu ưu tú")]),
        ("chir tieeu cuar Ddarng", [("chir tieeu cuar Ddarng", "chỉ tiêu của Đảng")]),
        ("tieue ngoanf", [("tieue", "tiêu")]),
        ("d9oa2n vie6n u7u tu1 na8m 2021", [("d9oa2n vie6n u7u tu1 na8m", "đoàn viên ưu tú năm")]),
        ("thuowngf xuyeen, nuwx coong", [("thuowngf xuyeen", "thường xuyên"), ("nuwx coong", "nữ công")]),
        ("chuwa quar giaf", [("chuwa quar giaf", "chưa quả già")]),
    ],
)  # fmt: skip
def test_keys_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    found = read(text)
    assert found[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "chỉ tiêu giới thiệu đoàn viên năm 2021",
        "chi tieu gioi thieu doan vien nam 2021",
        "CDCS, BHXH, 02-NQ/TW, 234/KH-LDLD, quy 3, k2, p1",
        "test web zalo facebook covid form excel email robot",
        "",
    ],
)
def test_what_is_no_typing_in_keys_stays(text: str) -> None:
    assert read(text) == []


def test_a_single_word_is_read_only_where_the_library_has_it() -> None:
    """One foreign word may look like keys by chance."""
    counts = shipped_counts()
    assert find_readings("noji dung", counts, lambda syllable: syllable == "nội") == []  # "noji" is "nọi"
    assert find_readings("phong traof", counts, lambda _: False) == []
    (one,) = find_readings("phong traof", counts, lambda syllable: syllable == "trào")
    assert (one.start, one.end, one.read) == (6, 11, "trào")


_SEEN = (
    "nghị quyết của đoàn viên được thương lượng ưu tú kiểm tra quý trường hợp khuyến khích uỷ thuỷ hoạt động "
    "bữa ăn ca tuyên truyền nghiệp quả giá giữ gì"
).split()


@given(st.sampled_from(_SEEN), st.sampled_from([(_TELEX, "dd"), (_VNI, "d9")]))
def test_what_a_careful_typist_types_comes_back(syllable: str, method: tuple[dict[str, str], str]) -> None:
    typed = keys_of(syllable, *method)
    found = read_keys(typed, shipped_counts())
    if typed == syllable or shipped_counts().count(typed):
        assert found is None
    else:
        assert found == normalize_text(syllable)


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    for one in find_readings(text, shipped_counts(), lambda _: True):
        assert text[one.start : one.end] == one.typed
        assert shipped_counts().count(one.read.split()[0].lower())


def test_a_question_tells_what_was_read_and_answers(engine: Engine) -> None:
    typed = engine.ask("chir tieeu giowis thieeuj ddoanf vieen uwu tus cho Ddarng nawm 2021")
    spelt = engine.ask("chỉ tiêu giới thiệu đoàn viên ưu tú cho Đảng năm 2021")
    assert typed.answer.text == spelt.answer.text
    assert [h.passage for h in typed.hits] == [h.passage for h in spelt.hits]
    assert typed.understood[0] == "năm 2021"
    assert any(label.startswith("“chir tieeu giowis") for label in typed.understood)


def test_the_reading_can_be_taken_away() -> None:
    text, read_as = with_keys_read("phong traof thi đua", lambda _: True)
    assert (text, read_as) == ("phong trào thi đua", (("traof", "trào"),))


def test_without_the_reading_the_words_are_as_typed(engine: Engine) -> None:
    query = engine.understand("chir tieeu 2021")
    (label,) = [label for label in query.understood if "là" in label]
    assert query.words == "chỉ tiêu 2021"
    assert without(query, [label]).words == "chir tieeu 2021"
