"""A footnote belongs to the sentence that bears its mark, in every format that has footnotes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import read_document
from corpus.records import Document
from corpus.structure.footnotes import find_footnotes, note_label, notes_of
from corpus.structure.outline import parse_outline
from tests.make_fixtures import docx, para


def document(text: str) -> Document:
    sections = parse_outline(text)
    return Document("a", "a.txt", text, sections=sections, footnotes=find_footnotes(text, sections))


def bound(read: Document) -> list[tuple[str, str]]:
    """The words before each mark, and its note without the mark."""
    text = read.text
    return [
        (text[: n.mark_start].split("\n")[-1].split()[-1], text[n.start : n.end].split(maxsplit=1)[1])
        for n in read.footnotes
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mở 12 lớp<sup>1</sup> cho tổ.\n\n<sup>1</sup> Cả lớp xa.\n\nHết.", [("lớp", "Cả lớp xa.")]),
        ("Mở 12 lớp[^a].\n\n[^a]: Cả lớp xa.", [("lớp", "Cả lớp xa.")]),
        # Only Markdown lets the note come first.
        ("[^1]: Cả lớp xa.\n\nMở 12 lớp[^1].", [("lớp", "Cả lớp xa.")]),
        ("<sup>1</sup> Cả lớp xa.\n\nMở 12 lớp<sup>1</sup>.", []),
        # Notes at the end of the file; one of them with two marks.
        (
            "Lớp<sup>1</sup>, tổ<sup>2</sup>.\n\nQuà<sup>1</sup>.\n\n<sup>1</sup> Năm 2023.\n"
            "<sup>2</sup> Cả xã.",
            [("Lớp", "Năm 2023."), ("tổ", "Cả xã."), ("Quà", "Năm 2023.")],
        ),
        # Each page numbers its notes anew.
        (
            "Lớp<sup>1</sup>.\n\n<sup>1</sup> Trang một.\n\nTổ<sup>1</sup>.\n\n<sup>1</sup> Trang hai.",
            [("Lớp", "Trang một."), ("Tổ", "Trang hai.")],
        ),
        # An area is no mark; a note without a mark is bound to nothing.
        ("Phòng 90 m<sup>2</sup> đẹp.\n\n<sup>2</sup> Số liệu cũ.", []),
        # Markdown's marks and raised numbers do not mix.
        ("Lớp[^1].\n\n[^1]: Một.\n\nTổ<sup>1</sup>.", [("Lớp", "Một.")]),
        ("Lớp[1] mở.\n\n[1] Một.", [("Lớp", "Một.")]),
        ("Lớp<sup>(1)</sup> mở.\n\n<sup>(1)</sup> Một.", [("Lớp", "Một.")]),
    ],
)
def test_notes_are_bound_to_their_marks(text: str, expected: list[tuple[str, str]]) -> None:
    assert bound(document(text)) == expected


def test_a_note_of_several_lines_ends_where_the_text_goes_on() -> None:
    text = "1. Mở lớp<sup>1</sup> xa\n\n<sup>1</sup> Gồm lớp ở xã,\ntính đến tháng 10.\n\nvà lớp gần."
    read = document(text)
    (note,) = read.footnotes
    assert text[note.start : note.end] == "<sup>1</sup> Gồm lớp ở xã,\ntính đến tháng 10."
    assert [(s.address, s.continued) for s in read.sections][-1] == ("1", True)


def test_a_quotation_carries_the_notes_of_its_clause_and_no_others() -> None:
    text = (
        "Đạt 90%.<sup>1</sup> Các tổ mở 5 lớp<sup>2</sup> ở xã; thăm 7 nhà, tặng 9 suất;<sup>3</sup> xây cầu."
        "\n\n<sup>1</sup> Năm 2023.\n<sup>2</sup> Xa.\n<sup>3</sup> Bằng tiền."
    )
    read = document(text)

    def labels(quote: str) -> list[str]:
        start = text.index(quote)
        return [note.label for note in notes_of(read, start, start + len(quote))]

    assert labels("90%") == ["1"]  # the mark follows the stop and still belongs to what it stands after
    assert labels("ở xã") == ["2"]
    assert labels("thăm 7 nhà") == ["3"]  # what the note qualifies may stand further on
    assert labels("xây cầu") == []  # the mark behind the semicolon is of what stands before it
    assert labels("ở xã; thăm") == ["2", "3"]
    assert labels("Đạt 90%.<sup>1</sup> Các tổ") == ["1", "2"]
    assert labels("<sup>1</sup> Năm 2023.") == []
    with pytest.raises(ValueError, match=r"\[5, 5\) is not a span of \d+ characters"):
        notes_of(read, 5, 5)


def test_footnotes_of_word_markdown_and_web_files(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="2">{para("Cả lớp xa.")}</w:footnote>'
    body = para("Mở 12 lớp", '<w:r><w:footnoteReference w:id="2"/></w:r>', " trong năm.")
    word = docx(tmp_path / "a.docx", body, "Hết.", parts={"footnotes": notes})
    (tmp_path / "a.md").write_text("Mở 12 lớp[^1] trong năm.\n\nHết.\n\n[^1]: Cả lớp xa.\n", encoding="utf-8")
    web = '<p>Mở 12 lớp<a href="#b"><sup>[1]</sup></a> trong năm.</p><p>Hết.</p><p><a>[1]</a> Cả lớp xa.</p>'
    (tmp_path / "a.html").write_text(f"<meta charset=utf-8>{web}", encoding="utf-8")
    for path in (word, tmp_path / "a.md", tmp_path / "a.html"):
        read = read_document(path)
        assert bound(read) == [("lớp", "Cả lớp xa.")]
        at = read.text.index("trong năm")
        assert [n.label for n in notes_of(read, at, at + 9)] == ["1"]


def test_a_line_opens_a_note_only_with_a_mark() -> None:
    assert note_label("<sup>2</sup> Theo", 0) == "2"
    assert note_label("[^2] của năm", 0) is None
    assert note_label("[2]", 0) is None


PIECES = st.sampled_from(
    [
        "Mở lớp<sup>1</sup>. ",
        "Tổ<sup>2</sup> xa. ",
        "[^1] ",
        "\n\n<sup>1</sup> Năm. ",
        "\n[^1]: Xã.\n",
        "\n\n",
        "a. ",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_footnote_has_a_mark_and_a_note_of_one_label(text: str) -> None:
    read = document(text)
    for note in read.footnotes:
        assert note.label in text[note.mark_start : note.mark_end]
        assert note_label(text, note.start) == note.label
        assert not note.start <= note.mark_start < note.end
        assert note in notes_of(read, note.mark_start, note.mark_end)
