"""Sentences are found across page breaks, never across items; their spans lose no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure.sentences import split_clauses, split_paragraphs, split_sentences

PIECES = st.sampled_from(
    ["Mở lớp", " cho tổ trưởng", ". ", "; ", ": ", "\n", "\n\n", "- ", "1. ", "II. ", "12.500",
     " đồng", "(", ")", "**", "số 5/KH-LĐLĐ", " năm 2021", "...",
     "./.", "*", "\t", "|", " TP. ", "“", "”", "  ", "3\n"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=30).map("".join), st.text(st.characters(exclude_characters="<"), max_size=200)
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mở 5 lớp. Thăm 30 nhà.", ["Mở 5 lớp.", "Thăm 30 nhà."]),
        ("Đạt 98%. 100% tổ tham gia.", ["Đạt 98%.", "100% tổ tham gia."]),
        ("Xong rồi! Tốt chứ? Tốt…", ["Xong rồi!", "Tốt chứ?", "Tốt…"]),
        ("Hoàn thành./. Nơi nhận", ["Hoàn thành./.", "Nơi nhận"]),
        ("Nói: “Làm ngay.” Rồi về.", ["Nói: “Làm ngay.”", "Rồi về."]),
        ("*Làm tốt.* **Rất tốt.** Hết", ["*Làm tốt.*", "**Rất tốt.**", "Hết"]),
        ("Thu 1.500.000 đồng. Chi 1.200.000 đồng.", ["Thu 1.500.000 đồng.", "Chi 1.200.000 đồng."]),
        ("1. Mở lớp cho tổ trưởng.", ["1. Mở lớp cho tổ trưởng."]),
        ("Điều 3. Nguyên tắc. Công khai.", ["Điều 3. Nguyên tắc.", "Công khai."]),
        ("Ông Lê V. Tám ở TP. Vinh. Bà ở nhà.", ["Ông Lê V. Tám ở TP. Vinh.", "Bà ở nhà."]),
        ("Có thiên tai, dịch bệnh... Các tổ giúp nhau.", ["Có thiên tai, dịch bệnh...", "Các tổ giúp nhau."]),
        ("- Một;\n- Hai;\n+ Ba", ["- Một;", "- Hai;", "+ Ba"]),
        ("a) Một\nb) Hai", ["a) Một", "b) Hai"]),
        ("I. NỘI DUNG\n1. Mở lớp", ["I. NỘI DUNG", "1. Mở lớp"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Các tổ báo cáo trước\n\nngày 10/12/2021 cho ban.",
        "Kết quả rà soát năm 2020 của ngành;\n\ncác tổ đều tham gia.",
        "Đến ngày 30/5 đã có 12/12\n\nCĐCS tổ chức hội nghị.",
        "Thực hiện đúng Hướng dẫn 02-\n\nHD/TU của cấp trên.",
        "Đón đoàn đại biểu về thăm Lai Châu\n\n(12/12/1953) cùng các tổ.",
        "Huấn luyện cho toàn bộ cán bộ công đoàn theo quy định tại\nLuật An toàn, vệ sinh lao động.",
        "Các tổ báo cáo trước\n\n3\n\nngày 10/12 cho ban.",
    ],
)
def test_a_page_break_or_line_end_does_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "1. Kết quả đạt được\n\nCăn cứ chương trình, các tổ đã họp.",
        "Công tác năm 2023\n\nThực hiện chương trình năm.",
        "KẾ HOẠCH\nCông tác dân vận",
        "**TM. BAN THƯỜNG VỤ**\n\n**Lê Văn Tám**",
        "Gồm các việc:\n\nMở lớp cho tổ trưởng.",
        "Tổng số tổ là 12\n\n3",
    ],
)
def test_headings_stand_alone(text: str) -> None:
    assert len(sentences(text)) == 2


def test_clauses_are_cut_at_semicolons_outside_brackets() -> None:
    text = "Mở 5 lớp; thăm 30 nhà (12 ở xa; 18 ở gần); tặng quà."
    assert [text[a:b] for a, b in split_clauses(text)] == [
        "Mở 5 lớp;",
        "thăm 30 nhà (12 ở xa; 18 ở gần);",
        "tặng quà.",
    ]


@given(TEXTS)
def test_spans_are_in_order_stripped_and_hold_every_word(text: str) -> None:
    for split in (split_sentences, split_clauses, split_paragraphs):
        spans = split(text)
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            assert not text[start].isspace()
            assert not text[end - 1].isspace()
            at = end
        held = "".join(text[start:end] for start, end in spans)
        assert [c for c in held if c.isalnum()] == [c for c in text if c.isalnum()]


@given(TEXTS)
def test_clauses_divide_sentences(text: str) -> None:
    starts = {start for start, _ in split_clauses(text)}
    ends = {end for _, end in split_clauses(text)}
    assert {start for start, _ in split_sentences(text)} <= starts
    assert {end for _, end in split_sentences(text)} <= ends
