"""Passages cover the text without overlap, are never too long, and are cut where a reader would cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import SplitOptions, split_document
from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.records import Document, Passage
from corpus.structure.outline import parse_outline

PIECES = st.sampled_from(
    ["I. MỤC ĐÍCH\n", "1. Mở lớp cho tổ trưởng.\n", "2. Thăm nhà\n\n", "- Tặng quà;\n", "+ Sách\n", "\n",
     "Nơi nhận:\n",
     "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLê Văn Tám\n", "Các tổ cùng làm. ", "a) Báo\n", "<sup>1</sup> Số liệu\n",
     "Điều 1. Phạm vi\n", "| 1 | 2 |\n|---|---|\n", "chữ dài " * 40, "x" * 950, "PHỤ LỤC\n", "…", "**"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=400))


def document(text: str, pages: tuple[int, ...] = ()) -> Document:
    return Document("d", "d.txt", text, sections=parse_outline(text), page_starts=pages)


def passages(text: str, options: SplitOptions | None = None) -> tuple[Passage, ...]:
    return split_document(document(text), options)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(TEXTS, st.sampled_from([SplitOptions(), SplitOptions(120, 80), SplitOptions(40, 40)]))
def test_nothing_is_lost_and_nothing_doubled(text: str, options: SplitOptions) -> None:
    found = passages(text, options)
    at = 0
    for ordinal, passage in enumerate(found):
        assert (passage.ordinal, passage.doc_id) == (ordinal, "d")
        assert at <= passage.start < passage.end
        assert text[passage.start : passage.end] == passage.text
        assert len(passage.text) <= options.limit
        assert passage.text == passage.text.strip()
        at = passage.end
    assert squeezed("".join(p.text for p in found)) == squeezed(text)


@given(TEXTS)
def test_a_passage_is_named_for_the_section_of_its_last_word(text: str) -> None:
    whole = document(text)
    for passage in split_document(whole):
        section = whole.section_at(passage.end - 1)
        assert section is not None
        assert passage.section == section.address


def test_sections_are_not_mixed_and_bare_headings_go_with_what_follows() -> None:
    text = (
        "I. MỤC ĐÍCH\n\n1. Nâng cao\n\n1.1. Mở 5 lớp.\n\n1.2. Thăm 30 nhà.\n\n"
        "2. Giữ gìn nếp cũ.\n\nII. VIỆC LÀM\n\nLàm ngay.\n"
    )
    found = passages(text)
    assert [(p.section, p.heading, p.text) for p in found] == [
        ("I.1.1", ("MỤC ĐÍCH", "Nâng cao", "Mở 5 lớp."), "I. MỤC ĐÍCH\n\n1. Nâng cao\n\n1.1. Mở 5 lớp."),
        ("I.1.2", ("MỤC ĐÍCH", "Nâng cao", "Thăm 30 nhà."), "1.2. Thăm 30 nhà."),
        ("I.2", ("MỤC ĐÍCH", "Giữ gìn nếp cũ."), "2. Giữ gìn nếp cũ."),
        ("II", ("VIỆC LÀM",), "II. VIỆC LÀM\n\nLàm ngay."),
    ]


def test_items_stay_whole_and_short_ones_together() -> None:
    items = [f"- Việc thứ {i}: " + "mở lớp cho tổ trưởng, " * 5 + "rồi báo cáo;" for i in range(12)]
    found = passages("1. Các việc phải làm\n\n" + "\n\n".join(items))
    assert len(found) < len(items)
    for item in items:
        assert sum(item in passage.text for passage in found) == 1


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentences = [f"Tổ {i} mở lớp cho tổ trưởng và thăm nhà đoàn viên ở xa trong năm." for i in range(40)]
    found = passages("1. Việc\n\n" + " ".join(sentences))
    assert len(found) > 2
    assert all(passage.text.endswith("trong năm.") for passage in found)


def test_a_sentence_over_the_limit_is_cut_at_clauses() -> None:
    clause = "tổ trưởng các tổ ở xa mở lớp cho người mới vào làm và thăm nhà đoàn viên;"
    found = passages("1. Việc: " + " ".join([clause] * 30))
    assert all(passage.text.endswith(";") for passage in found)


def test_letterhead_and_opening_are_two_passages(layouts: Path) -> None:
    text = (layouts / "pdf-xuong-dong.txt").read_text(encoding="utf-8")
    first, second, *_ = passages(text)
    for words in ("12/NQ-BCH", "ngày 09 tháng 7 năm 2021", "NGHỊ QUYẾT", "giai đoạn 2021 - 2025"):
        assert words in first.text
    assert second.text.startswith("Thực hiện chương trình toàn khóa")
    assert (first.section, second.section) == ("Mở đầu", "Mở đầu")


def test_closing_parts_are_passages_of_their_own() -> None:
    text = "1. Làm ngay./.\n\nNơi nhận:\n- Các tổ;\n- Lưu.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\n\nLê Văn Tám\n"
    found = {p.section: p.text for p in passages(text)}
    assert found["Nơi nhận"] == "Nơi nhận:\n- Các tổ;\n- Lưu."
    assert found["Ký"] == "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\n\nLê Văn Tám"


def test_a_section_goes_on_after_a_footnote_under_its_headings() -> None:
    text = "I. MỞ\n\n1. Mở lớp<sup>1</sup> cho\n\n<sup>1</sup> Theo số liệu cũ.\n\ntổ trưởng.\n"
    assert [(p.section, p.heading[:1]) for p in passages(text)] == [
        ("I.1", ("MỞ",)),
        ("Chú thích 1", ()),
        ("I.1", ("MỞ",)),
    ]


def test_pages_are_those_the_passages_begin_on() -> None:
    text = "1. Mở lớp.\n2. Thăm nhà.\n3. Tặng quà.\n"
    found = split_document(document(text, pages=(0, text.index("3."))))
    assert [p.page for p in found] == [1, 1, 2]
    assert [p.page for p in split_document(document(text))] == [None] * 3


def test_a_text_without_sections_is_cut_all_the_same() -> None:
    assert [p.section for p in split_document(Document("d", "d", "Mở lớp."))] == ["Mở đầu"]
    assert split_document(document(" \n ")) == ()


def test_options_are_checked() -> None:
    with pytest.raises(ValueError, match="target 901 must lie"):
        SplitOptions(limit=900, target=901)


@pytest.mark.shared
def test_judged_quotations_stand_within_their_sections(shared: Path) -> None:
    for path in sorted((shared / "documents").glob("*.txt")):
        whole = document_from(ReadText(path.read_text(encoding="utf-8")), path.stem, path.name)
        found = split_document(whole)
        assert max(len(p.text) for p in found) <= 900
        assert squeezed("".join(p.text for p in found)) == squeezed(whole.text)
