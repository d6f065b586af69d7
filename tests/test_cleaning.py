"""One agreed form of Vietnamese: the quick ways give what the plain ones give."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.text import clean, collapse, fold, normalize_text
from corpus.words.noise import mend_noise
from corpus.words.tokens import fold_tokens, lexical_tokens, syllables

_LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x24F)
_MARKS = st.characters(min_codepoint=0x300, max_codepoint=0x36F)
_VIETNAMESE = st.characters(min_codepoint=0x1EA0, max_codepoint=0x1EF9)
_ANY = st.text(_LETTERS | _MARKS | _VIETNAMESE | st.sampled_from("đĐðÐƠơƯư"), max_size=12)
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"))


@settings(deadline=None)
@given(_ANY)
@example("Đ\u030c")  # a bar is no mark: D with a caron must not come of it
@example("\u1eb2\u0316\u0307")
def test_folding_is_decomposing_and_dropping_the_marks(text: str) -> None:
    bare = unicodedata.normalize("NFD", text.lower()).translate(_TONES)
    assert fold(text) == unicodedata.normalize("NFC", bare).replace("đ", "d").replace("ð", "d")


@settings(deadline=None)
@given(st.text("oOuUqQeàÁảèẼỳÝỵnN ,_1\n", max_size=8))
def test_tones_move_where_the_rule_says(text: str) -> None:
    rule = re.compile(r"(?<!q)(o[àáảãạ]|o[èéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
    moved = rule.sub(lambda m: normalize_text(m[0]), text)
    assert " ".join(normalize_text(text).split()) == " ".join(moved.split())


@pytest.mark.parametrize(
    "text", ["Đoàn viên\nmới", "  Đoàn viên  ", "Đoàn  **viên**", "a \n b", "a\u00a0b", ""]
)
def test_a_cleaned_character_is_the_one_its_offset_points_at(text: str) -> None:
    line = clean(text, 7)
    assert line.text == collapse(text)
    assert len(line.offsets) == len(line.text)
    pointed = [text[offset - 7] for offset in line.offsets]
    assert [" " if char.isspace() else char for char in pointed] == list(line.text)


@settings(deadline=None)
@given(st.text("ab đ1.,*\n\t ", max_size=12))
def test_cleaning_with_and_without_a_map_agree(text: str) -> None:
    line = clean(text)
    assert line.text == collapse(text)
    assert [" " if text[at].isspace() else text[at] for at in line.offsets] == list(line.text)


def test_tokens_are_folded_one_by_one() -> None:
    tokens = lexical_tokens("Đoàn viên, số 12/KH-LĐLĐ ngày 5/3/2024; 1.500 người")
    assert fold_tokens(tokens) == [fold(token) for token in tokens]
    assert fold_tokens([]) == []


@pytest.mark.parametrize(
    "chunks",
    [
        ["Iao", "động,", "1.500"],
        ["c0ng", "CHỈTIÊU;", "(98%)"],
        ["2O21", "-", "đoàn_viên"],
        ["TLĐ,mail", "Σ"],
        [],
    ],
)
def test_words_are_the_same_alone_and_in_company(chunks: list[str]) -> None:
    alone = [word for chunk in chunks for word in syllables(chunk)]
    assert syllables(" ".join(chunks)) == syllables("\n".join(chunks)) == alone
    together = mend_noise(" ".join(chunks)).lower()
    assert alone == [word.replace(".", "") for word in re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+\d*", together)]
