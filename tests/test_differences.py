"""Two wordings side by side: every word kept, figures and years told apart, chance agreements left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.drafting.differences import differences, figures_in, likeness, tokens_of, words_in


def changed(ours: str, theirs: str) -> list[tuple[str, str, str, str]]:
    return [
        (d.op, d.ours.strip(), d.theirs.strip(), d.about) for d in differences(ours, theirs) if d.op != "same"
    ]


PIECES = {
    "figure": ("Kết nạp 780 người", "Kết nạp 500 người", [("changed", "780", "500", "figure")]),
    "year": ("Trong năm 2026", "Trong năm 2021", [("changed", "2026", "2021", "year")]),
    "per-cent": ("đạt 85% trở lên", "đạt 90 % trở lên", [("changed", "85%", "90 %", "figure")]),
    "date": ("gửi 10/12/2026", "gửi 15/11/2021", [("changed", "10/12/2026", "15/11/2021", "date")]),
    "number": ("theo 02-NQ/TW", "theo 06-NQ/TW", [("changed", "02-NQ/TW", "06-NQ/TW", "number")]),
    "added": ("toàn thể đoàn viên", "đoàn viên", [("added", "toàn thể", "", "words")]),
    "removed": ("đoàn viên", "đoàn viên mới", [("removed", "", "mới", "words")]),
    "same-figure-and-capitals": ("1.500 Đoàn viên", "1500 đoàn viên", []),
    "tone-placement": ("ủy ban hoà giải", "uỷ ban hòa giải", []),
    "a-number-for-a-bullet": ("2.1. Mở lớp", "- **Mở lớp**", [("added", "2.1.", "", "words")]),
    "renumbered": ("3. Mở lớp", "1.2. Mở lớp", []),
    "each-figure-beside-its-own": (
        "ít nhất 80 người năm 2026",
        "trên 90 người năm 2021",
        [
            ("changed", "ít nhất", "trên", "words"),
            ("changed", "80", "90", "figure"),
            ("changed", "2026", "2021", "year"),
        ],
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "expected"), PIECES.values(), ids=PIECES)
def test_what_differs(ours: str, theirs: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert changed(ours, theirs) == expected


def test_a_word_that_every_sentence_has_is_no_agreement() -> None:
    ours = "mở lớp dạy nghề may và cấp chứng chỉ hành nghề"
    theirs = "khám sức khỏe định kỳ và tặng quà ngày tết"
    assert [d.op for d in differences(ours, theirs)] == ["changed"]


def test_places_are_offsets_of_the_two_texts() -> None:
    ours, theirs = "Trong năm, kết nạp 780 người", "Kết nạp 500 người"
    piece = next(d for d in differences(ours, theirs) if d.about == "figure")
    assert ours[piece.ours_start :].startswith("780")
    assert theirs[piece.theirs_start :].startswith("500")


WORDS = st.lists(
    st.sampled_from(
        ["đoàn viên", "kết nạp", "và", "780", "2021", "85%", "10/12/2021", "234/KH-LĐLĐ", ",", ".",
         "\n- ", "\n1.2. ", "**",
         "  ", "Năm", "ủy", "|", "“", "€"]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_nothing_is_lost_on_either_side(ours: str, theirs: str) -> None:
    pieces = differences(ours, theirs)
    assert "".join(d.ours for d in pieces) == ours
    assert "".join(d.theirs for d in pieces) == theirs
    assert all(d.op != "same" for d in differences(ours, "")) or not tokens_of(ours)


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(d.op == "same" for d in differences(text, text))


def test_figures_are_found_to_the_letter() -> None:
    text = "**Số 5/KH-LĐLĐ**: 85 % của 1.500 người, năm 2021."
    assert [text[a:b] for a, b, _ in figures_in(text)] == ["5/KH-LĐLĐ", "85 %", "1.500", "2021"]


def test_likeness_is_of_shared_words() -> None:
    assert likeness(words_in("mở lớp dạy nghề"), words_in("mở lớp dạy chữ")) == pytest.approx(0.75)
    assert likeness(words_in(""), words_in("")) == 0
