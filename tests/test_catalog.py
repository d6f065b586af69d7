"""The catalog gives back what was put in, to the letter."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DamagedIndexError, IndexWriteError
from corpus.records import Citation, Document, Letterhead, Passage, Section, Target
from index.catalog import Catalog, CatalogWriter, document_from_record, document_to_record

FULL = Document(
    doc_id="2021/kế hoạch",
    source="kế hoạch.docx",
    text='Kế hoạch "A"\r\nMục I\u00a0– 100 %;\n\tđảng viên \U0001f600\x00.',
    letterhead=Letterhead(
        number="12/KH-LĐLĐ", number_as_read="12/KH-LĐLD", type="Kế hoạch", issuer="LĐLĐ tỉnh A",
        place="Lai Châu", date="2021-03-19", title="Về việc thử", signer="Nguyễn Văn A",
        signer_role="TM. Ban Thường vụ, Chủ tịch", recipients=("Như trên", "Lưu: VT"),
    ),
    sections=(Section("Mở đầu", "", 0, 0, 14), Section("I", "Mục", 1, 14, 40, continued=True, bullets=3)),
    citations=(
        Citation("I", 14, 17, "Nghị quyết", "02-NQ/TW", "2021-06-12", "Bộ Chính trị", "về đổi mới"),
        Citation("Mở đầu", 0, 3),
    ),
    targets=(Target("I", "target", "đảng viên", ">=", "100", "%", "2021", 14, 25),),
    page_starts=(0, 14),
    restatement=True,
    warnings=("Trang 2 mờ",),
)  # fmt: skip


def passages_of(document: Document, width: int = 10) -> list[Passage]:
    pieces = [(i, document.text[i : i + width]) for i in range(0, len(document.text), width)]
    return [
        Passage(document.doc_id, n, i, i + len(text), text, "I.1", ("MỤC", 'tiêu "1"'), page=n + 1)
        for n, (i, text) in enumerate((i, text) for i, text in pieces if text.strip())
    ]


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    writer = CatalogWriter(tmp_path / "catalog.sqlite")
    writer.add(FULL, passages_of(FULL))
    writer.add(replace(FULL, doc_id="rỗng", citations=(), targets=()), [])
    writer.add(replace(FULL, doc_id="b", text="một hai ba bốn"), passages_of(replace(FULL, doc_id="b"), 7))
    writer.finish()
    return Catalog(tmp_path / "catalog.sqlite")


def test_a_document_comes_back_with_everything_known_of_it(catalog: Catalog) -> None:
    assert catalog.document("2021/kế hoạch") == FULL
    assert catalog.document("b").text == "một hai ba bốn"
    assert list(catalog.spans) == ["2021/kế hoạch", "rỗng", "b"]


def test_passages_come_back_by_row(catalog: Catalog) -> None:
    first, second = passages_of(FULL), passages_of(replace(FULL, doc_id="b"), 7)
    assert catalog.spans == {
        "2021/kế hoạch": range(len(first)),
        "rỗng": range(len(first), len(first)),
        "b": range(len(first), len(first) + len(second)),
    }
    assert [catalog.passage(row) for row in range(catalog.n_passages)] == first + second
    assert list(catalog.passages(range(1, len(first) + 1))) == [*first[1:], second[0]]
    assert list(catalog.passages(range(0))) == []


def test_a_passage_without_page_and_headings(tmp_path: Path) -> None:
    plain = Passage("d", 0, 0, 3, "văn")
    writer = CatalogWriter(tmp_path / "c")
    writer.add(Document("d", "d.txt", "văn"), [plain])
    writer.finish()
    assert Catalog(tmp_path / "c").passage(0) == plain


JSON_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(deadline=None)
@given(JSON_TEXT, JSON_TEXT, st.lists(JSON_TEXT, max_size=3), st.booleans())
def test_a_record_is_its_own_inverse(text: str, title: str, recipients: list[str], flag: bool) -> None:
    document = Document(
        "d", "d.txt", text, Letterhead(title=title, recipients=tuple(recipients)), restatement=flag
    )
    assert document_from_record(document_to_record(document), text) == document


def test_who_cites_a_number_and_who_sets_targets(catalog: Catalog) -> None:
    assert catalog.citing("02-NQ/TW") == ["2021/kế hoạch", "b"]
    assert catalog.citing("02-nq/tw") == []
    assert catalog.with_targets("2021") == ["2021/kế hoạch", "b"]


def test_what_is_not_there_is_said(catalog: Catalog) -> None:
    with pytest.raises(KeyError, match="không có"):
        catalog.document("không có")
    with pytest.raises(IndexError, match=r"catalog\.sqlite has no row 99"):
        catalog.passage(99)


def test_a_document_added_twice_is_a_bug(tmp_path: Path) -> None:
    writer = CatalogWriter(tmp_path / "c")
    writer.add(FULL, [])
    with pytest.raises(ValueError, match=r"document '2021/kế hoạch' was added twice"):
        writer.add(FULL, [])


def test_threads_may_share_a_catalog(catalog: Catalog) -> None:
    expected = [catalog.passage(row) for row in range(catalog.n_passages)]
    with ThreadPoolExecutor(8) as pool:
        rows = list(range(catalog.n_passages)) * 50
        assert list(pool.map(catalog.passage, rows)) == expected * 50


def test_a_catalog_that_was_not_finished_is_damage(tmp_path: Path) -> None:
    writer = CatalogWriter(tmp_path / "c")
    writer.add(FULL, passages_of(FULL))
    writer.close()
    with pytest.raises(DamagedIndexError, match=r"/c bị mất hoặc đã thay đổi"):
        Catalog(tmp_path / "c")


def test_a_file_that_is_no_database_is_damage(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(b"not a database" * 1000)
    with pytest.raises(DamagedIndexError, match=r"/c bị mất"):
        Catalog(tmp_path / "c")
    with pytest.raises(DamagedIndexError, match=r"/none bị mất"):
        Catalog(tmp_path / "none")


def test_a_catalog_is_opened_without_writing_beside_it(catalog: Catalog, tmp_path: Path) -> None:
    assert catalog.document("b")
    assert [path.name for path in tmp_path.iterdir()] == ["catalog.sqlite"]


def test_names_with_characters_that_mean_something_in_addresses(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%20é"
    folder.mkdir()
    writer = CatalogWriter(folder / "c.sqlite")
    writer.add(FULL, passages_of(FULL))
    writer.finish()
    assert Catalog(folder / "c.sqlite").document(FULL.doc_id) == FULL


def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexWriteError, match=r"none/c \(unable to open database file\)"):
        CatalogWriter(tmp_path / "none" / "c")


def test_a_full_disk_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = CatalogWriter(tmp_path / "c")
    writer._db.execute("PRAGMA max_page_count = 8")
    with pytest.raises(IndexWriteError, match=r"database or disk is full.*Hãy giải phóng chỗ"):
        writer.add(replace(FULL, text="x" * 100_000), [])
    writer.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        writer.finish()
