"""Which words of a passage go into which field."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import StaleIndexError
from corpus.records import Document, Letterhead, Passage
from corpus.words.tokens import lexical_tokens
from index.fields import body_tokens, check_words, dense_text, head_tokens, word_rules
from index.preparation import BELOW

PASSAGE = Passage(
    "d", 0, 0, 23, "Giới thiệu 45 đoàn viên", "II.1.4", ("NHIỆM VỤ", "Xây dựng Đảng", "Giới thiệu")
)
DOCUMENT = Document(
    "d", "d.txt", PASSAGE.text, Letterhead("12/KH-LĐLĐ", type="Kế hoạch", title="Công tác năm")
)


def test_the_encoder_reads_the_last_headings_and_the_words() -> None:
    assert dense_text(PASSAGE) == BELOW.join(["Xây dựng Đảng", "Giới thiệu", "Giới thiệu 45 đoàn viên"])
    assert dense_text(Passage("d", 0, 0, 3, "văn", heading=("", "Mục"))) == f"Mục{BELOW}văn"
    assert dense_text(Passage("d", 0, 0, 3, "văn")) == "văn"


def test_the_body_is_the_passage_alone() -> None:
    assert body_tokens(PASSAGE) == lexical_tokens("Giới thiệu 45 đoàn viên")
    assert "đoàn_viên" in body_tokens(PASSAGE)


def test_the_head_is_what_stands_above_and_no_pair_spans_two_of_its_lines() -> None:
    tokens = head_tokens(DOCUMENT.letterhead, PASSAGE)
    lines = ["Kế hoạch", "12/KH-LĐLĐ", "Công tác năm", "NHIỆM VỤ", "Xây dựng Đảng", "Giới thiệu"]
    assert tokens == [token for line in lines for token in lexical_tokens(line)]
    assert {"12/kh-lđlđ", "kế_hoạch", "xây_dựng", "nhiệm_vụ"} <= set(tokens)
    assert not {"hoạch_công", "vụ_xây", "đảng_giới"} & set(tokens)
    assert head_tokens(Letterhead(), Passage("d", 0, 0, 1, "x")) == []


def test_an_index_of_other_words_is_refused() -> None:
    check_words(Path("data/index"), word_rules())
    with pytest.raises(StaleIndexError, match=r"data/index là chỉ mục theo quy tắc tách từ cũ, .*--rebuild"):
        check_words(Path("data/index"), "cũ")
