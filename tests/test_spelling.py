"""One word, spelt with "i" or with "y"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words.spelling import spelt_alike
from search.asking.forms import forms_in
from search.asking.matching import no_forms
from search.engine import Engine


@pytest.mark.parametrize(
    ("token", "others"),
    [
        ("quản_lí", ("quản_lý",)),
        ("kĩ_sư", ("kỹ_sư",)),
        ("quý", ("quí",)),
        ("lý_kỳ", ("lý_kì", "lí_kỳ", "lí_kì")),
        ("viên", ()),
        ("thủy", ()),  # the vowel is "uy"
        ("ai", ()),
        ("nghị", ()),
        ("02-nq/tw", ()),
    ],
)
def test_spellings(token: str, others: tuple[str, ...]) -> None:
    assert set(spelt_alike(token)) == set(others)


@given(st.lists(st.sampled_from(["lý", "kì", "mỹ", "tỉ", "hy", "quỹ", "đoàn", "sĩ"]), min_size=1, max_size=2))
def test_spellings_are_mutual(syllables: list[str]) -> None:
    token = "_".join(syllables)
    assert all(token in spelt_alike(other) for other in spelt_alike(token))


def test_only_spellings_that_a_library_has_are_looked_for() -> None:
    forms = forms_in(no_forms, {"quan_ly"}.__contains__)
    assert forms("quản_lí") == ("quản_lý",)
    assert forms("kĩ_sư") == ()


def test_a_question_finds_what_is_spelt_the_other_way(engine: Engine) -> None:
    assert engine.absent("quản lí tài chính công đoàn") == ()
    other, same = engine.ask("quản lí tài chính công đoàn"), engine.ask("quản lý tài chính công đoàn")
    assert other.hits[0].passage == same.hits[0].passage
    assert other.answer.citations == same.answer.citations
