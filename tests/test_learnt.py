"""What a library's texts teach: the same from the file as from the texts, and anew when it must be."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import DamagedIndexError
from corpus.records import Document
from corpus.text import collapse
from corpus.words.diacritics import DiacriticRestorer
from corpus.words.glossary import Glossary
from corpus.words.vocabulary import Vocabulary
from index import bundle as bundle_module
from index.building import Update, apply_update
from index.bundle import Bundle
from index.files import lock
from index.learnt import LEARNT, Learnt
from index.manifest import read_manifest
from search.engine import Engine
from tests.fakes import HashEncoder

TEXTS = {
    "a": "Khu nhà trọ (KNT) của người lao động.\n\n" + "Giải quyết tranh chấp lao động kịp thời.\n" * 12,
    "b": "**Tranh cháp** lao động tại xã Mà Nà, năm 2021; tranh cháp lao động.",
}


def documents(**texts: str) -> list[Document]:
    return [Document(doc_id, f"{doc_id}.txt", f"I. NỘI DUNG\n\n{text}") for doc_id, text in texts.items()]


def publish(root: Path, added: list[Document], removed: frozenset[str] = frozenset()) -> Bundle:
    old = read_manifest(root) if (root / "CURRENT").exists() else None
    with lock(root):
        apply_update(root, old, HashEncoder(), Update(added, removed))
    return Bundle.open(root, HashEncoder())


def test_it_teaches_what_its_teachers_would() -> None:
    learnt = Learnt.of(TEXTS)
    glossary = Glossary.shipped().learn(TEXTS)
    assert learnt.glossary().entries == glossary.entries
    vocabulary = Vocabulary(list(TEXTS.values()), {entry.abbreviation for entry in glossary.entries})
    assert learnt.forms == vocabulary.collected
    assert learnt.misread_forms("chấp") == vocabulary.forms("chấp") == ("cháp",)
    assert learnt.misread_forms("người") == ()
    taught = DiacriticRestorer.load().with_text(TEXTS.values())
    from_pairs = DiacriticRestorer.load().with_pairs(learnt.pairs)
    assert taught.restore("xa ma na") == from_pairs.restore("xa ma na")
    assert learnt.pairs["tranh", "chấp"] == 12
    assert learnt.pairs["mà", "nà"] == 1
    assert learnt.pairs["năm", "0"] == 1


def test_it_comes_back_from_its_bytes() -> None:
    learnt = Learnt.of(TEXTS)
    assert [entry.abbreviation for entry in learnt.entries] == ["KNT"]
    assert Learnt.from_bytes(learnt.to_bytes()) == learnt


def test_collapsing_twice_changes_nothing_so_lines_can_be_shared() -> None:
    assert all(collapse(collapse(text)) == collapse(text) for text in TEXTS.values())


@pytest.mark.parametrize("stored", [b"", b"{}", zlib.compress(b"[1]"), zlib.compress(b'{"rules": "x"}')])
def test_other_bytes_are_damage(tmp_path: Path, stored: bytes) -> None:
    (tmp_path / LEARNT).write_bytes(stored)
    with pytest.raises(DamagedIndexError, match=r"learnt\.json\.z"):
        Learnt.read(tmp_path / LEARNT)


def test_an_index_knows_what_its_living_documents_teach(tmp_path: Path) -> None:
    first = publish(tmp_path, documents(**TEXTS))
    assert first.learnt.glossary().expand("KNT") == ("Khu nhà trọ",)
    second = publish(tmp_path, documents(c="Quỹ tình thương (QTTH)."), removed=frozenset("a"))
    assert second.learnt.glossary().expand("KNT") == ()
    assert second.learnt.pairs["quỹ", "tình"] == 1
    assert ("tranh", "chấp") not in second.learnt.pairs


def test_what_did_not_change_is_not_learnt_again(tmp_path: Path) -> None:
    publish(tmp_path, documents(**TEXTS))
    before = read_manifest(tmp_path)
    publish(tmp_path, [], removed=frozenset(["nobody"]))
    after = read_manifest(tmp_path)
    assert after.generation > before.generation
    assert after.learnt == before.learnt


def test_what_other_rules_taught_is_learnt_anew_on_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_now = publish(tmp_path, documents(**TEXTS)).learnt
    monkeypatch.setattr(bundle_module, "learning_rules", lambda: "newer")
    read = Learnt.read
    monkeypatch.setattr(Learnt, "read", lambda path: replace(read(path), entries=(), forms={}, pairs={}))
    assert Bundle.open(tmp_path, HashEncoder()).learnt == of_now


def test_an_engine_opens_without_reading_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, documents(**TEXTS))
    monkeypatch.setattr(bundle_module, "load_encoder", lambda name: HashEncoder())

    def refuse(*_: object) -> Document:
        raise AssertionError("a text was read")

    monkeypatch.setattr("index.catalog.Catalog.document", refuse)
    monkeypatch.setattr("index.catalog.Catalog.texts", refuse)
    engine = Engine.open(tmp_path)
    assert engine.glossary.expand("KNT") == ("Khu nhà trọ",)
    assert engine.understand("xa ma na").words == "xã mà nà"
