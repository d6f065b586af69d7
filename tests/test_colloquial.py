"""Spoken words and official terms."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.words import colloquial
from corpus.words.colloquial import Colloquial, Spoken

LEXICON = Colloquial({"tiền công": ("tiền lương", "thu nhập"), "tiền": ("kinh phí",), "thợ": ("công nhân",)})


def test_the_longest_phrase_wins_and_none_stands_inside_another() -> None:
    assert LEXICON.find("Tiền công của thợ") == [
        Spoken(("tiền", "công"), ("tiền lương", "thu nhập")),
        Spoken(("thợ",), ("công nhân",)),
    ]


def test_diacritics_must_agree() -> None:
    assert LEXICON.find("thơ ca và thờ cúng") == []


def test_official_terms_follow_the_question_once() -> None:
    assert LEXICON.written("thợ này, thợ kia") == "thợ này, thợ kia công nhân"
    assert LEXICON.written("thợ là công nhân") == "thợ là công nhân"
    assert LEXICON.written("đoàn viên") == "đoàn viên"


def test_the_shipped_list_is_clean() -> None:
    text = colloquial.SHIPPED.read_text(encoding="utf-8")
    said = [line.split(",")[0] for line in text.splitlines()[1:]]
    assert text == unicodedata.normalize("NFC", text)
    assert len(said) == len(set(said)) == len(Colloquial.shipped())
    assert len(said) >= 200
    assert all(s == s.lower().strip() for s in said)


def test_a_row_without_an_official_term_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    bad = colloquial.Path(str(tmp_path)) / "bad.csv"
    bad.write_text("said,official\nthợ,\n", encoding="utf-8")
    monkeypatch.setattr(colloquial, "SHIPPED", bad)
    with pytest.raises(ValueError, match=r"bad\.csv, line 2: needs both"):
        Colloquial.shipped()
