"""A row says what each of its numbers is, by the header above it, wherever the quotation was cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import split_document
from corpus.reading import read_document
from corpus.structure.tablerows import row_at
from tests.make_fixtures import docx, table

TABLE = (
    "Số liệu:\n\n| TT | Chỉ tiêu | Năm 2023 |\n|---|---|---|\n"
    "| 1 | Đoàn viên mới | **350** |\n| 2 |  | 12 |\n\nHết."
)


def words(text: str, quote: str) -> str | None:
    row = row_at(text, text.index(quote))
    return row.words if row else None


def test_a_row_is_said_with_its_header() -> None:
    assert words(TABLE, "350") == "TT: 1; Chỉ tiêu: Đoàn viên mới; Năm 2023: 350"
    assert words(TABLE, "12 |") == "TT: 2; Năm 2023: 12"
    row = row_at(TABLE, TABLE.index("350"))
    assert row is not None
    assert TABLE[row.start : row.end] == "| 1 | Đoàn viên mới | **350** |"
    assert TABLE[row.head_start : row.head_end] == "| TT | Chỉ tiêu | Năm 2023 |"


@pytest.mark.parametrize("quote", ["Số liệu", "Hết", "---"])
def test_what_is_no_row(quote: str) -> None:
    assert words(TABLE, quote) is None


def test_the_header_and_a_table_without_one_are_their_words() -> None:
    assert words(TABLE, "Chỉ tiêu") == "TT; Chỉ tiêu; Năm 2023"
    assert words("| Tổ A | 5 |\n| Tổ B | 6 |", "6") == "Tổ B; 6"


def test_a_header_of_two_lines_is_said_of_each_column_it_spans() -> None:
    text = (
        "| TT | Tổ | Đoàn viên |  | Quỹ |\n|  |  | Nam | Nữ |  |\n| (1) | (2) | (3) | (4) | (5) |\n"
        "|---|---|---|---|---|\n| 1 | A | 5 | 6 | 7 |"
    )
    assert words(text, "A |") == "TT: 1; Tổ: A; Đoàn viên – Nam: 5; Đoàn viên – Nữ: 6; Quỹ: 7"


def test_every_passage_of_a_long_word_table_can_name_its_columns(tmp_path: Path) -> None:
    rows = [["Tổ", "Chỉ tiêu năm 2023"], *([f"Tổ số {i} ở xã vùng cao", str(900 + i)] for i in range(60))]
    read = read_document(docx(tmp_path / "a.docx", "KẾ HOẠCH", table(*rows)))
    passages = [p for p in split_document(read) if p.text.strip(" |")[-3:] >= "900"]
    assert len(passages) > 2
    for passage in passages:
        row = row_at(read.text, passage.end - 1)
        assert row is not None
        assert row.words.startswith("Tổ: Tổ số ")
        assert "; Chỉ tiêu năm 2023: 9" in row.words


@given(st.text(alphabet="|-\n ab1", max_size=80), st.integers(0, 79))
def test_any_offset_has_an_answer(text: str, offset: int) -> None:
    row = row_at(text, min(offset, len(text)))
    if row is not None:
        assert row.start <= min(offset, len(text)) <= row.end
        assert 0 <= row.head_start <= row.head_end <= row.start
        assert all(cell in text for _, value in row.cells for cell in value.split())
