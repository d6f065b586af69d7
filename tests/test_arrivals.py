"""When documents came into the library: kept through rebuilds, moves and failures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library.files import KnownFile
from index import encoder, folder
from index.arrivals import Arrival, arrivals_of, with_arrivals
from index.building import read_former_library
from index.bundle import Bundle
from index.folder import update_from_folder
from index.reports import FolderOptions
from tests.fakes import HashEncoder

FAKE = HashEncoder()


def files(*failed: str, **digests: str) -> list[KnownFile]:
    return [
        KnownFile(f"{name}.txt", name, digest, "hỏng" if name in failed else None)
        for name, digest in digests.items()
    ]


def times(known: list[KnownFile]) -> dict[str, tuple[int, int]]:
    return {file.doc_id: (file.arrived, file.changed) for file in known}


def test_new_changed_moved_and_copied() -> None:
    first = with_arrivals(files(a="1", b="2", c="3"), [], clock=100)
    assert times(first) == {"a": (100, 100), "b": (100, 100), "c": (100, 100)}
    second = with_arrivals(files(a="1", b="22", moved="3", copy="1", new="5"), first, clock=200.9)
    assert times(second) == {
        "a": (100, 100), "b": (100, 200), "moved": (100, 100), "copy": (100, 100), "new": (200, 200),
    }  # fmt: skip


def test_moments_grow_though_the_clock_goes_back() -> None:
    first = with_arrivals(files(a="1"), [], clock=1000)
    second = with_arrivals(files(a="2"), first, clock=10)
    assert times(second) == {"a": (1000, 1001)}


def test_what_could_not_be_read_for_a_while_was_there_before() -> None:
    held = with_arrivals(files(a="1"), [], clock=100)
    failed = with_arrivals(files("a", "b", a="x", b="y"), held, clock=200)
    assert times(failed) == {"a": (100, 100), "b": (0, 0)}
    assert arrivals_of(failed) == {}
    again = with_arrivals(files(a="1", b="z"), failed, clock=300)
    assert times(again) == {"a": (100, 300), "b": (300, 300)}


def test_what_came_before_this_was_noted_is_not_new() -> None:
    assert times(with_arrivals(files(a="1", b="2"), files(a="1", b="1"), clock=50)) == {
        "a": (0, 0),
        "b": (0, 50),
    }


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("123")), max_size=6), st.data())
def test_only_content_not_held_before_is_news(states: list[dict[str, str]], data: st.DataObject) -> None:
    known: list[KnownFile] = []
    for state in states:
        before, known = known, with_arrivals(files(**state), known, data.draw(st.integers(0, 50)))
        latest = max((file.changed for file in before), default=0)
        contents = {file.sha256 for file in before}
        assert [f for f in known if f.changed > latest] == [f for f in known if f.sha256 not in contents]
        assert all(file.arrived <= file.changed for file in known)


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    for module in (folder, encoder):
        monkeypatch.setattr(module, "load_encoder", lambda name=None: FAKE)
    monkeypatch.setattr(folder, "is_current", lambda name: name == FAKE.name)
    monkeypatch.setattr(folder, "reading_rules", lambda: [Path(__file__)])
    documents = tmp_path / "documents"
    documents.mkdir()

    def run(rebuild: bool = False, **texts: str) -> dict[str, Arrival]:
        for name, text in texts.items():
            (documents / f"{name}.txt").write_text(f"KẾ HOẠCH\n\nI. MỤC TIÊU\n\n{text}\n", encoding="utf-8")
        update_from_folder(documents, tmp_path / "index", FolderOptions(rebuild=rebuild))
        return Bundle.open(tmp_path / "index", FAKE).arrivals

    return run


def test_an_open_index_tells_and_a_rebuild_keeps_it(build: Any) -> None:
    first = build(a="Một việc.", b="Hai việc.")
    assert set(first) == {"a", "b"}
    assert first["a"].first == first["a"].latest > 1_700_000_000
    second = build(b="Việc khác.", c="Ba việc.")
    assert second["a"] == first["a"]
    assert second["b"].first == first["b"].first
    assert second["b"].latest == second["c"].first > first["b"].latest
    assert build(rebuild=True) == second


def test_another_format_of_the_index_forgets_nothing(build: Any, tmp_path: Path) -> None:
    first = build(a="Một việc.", b="Hai việc.")
    (manifest,) = (tmp_path / "index").glob("manifest-*.json")
    fields = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**fields, "format_version": 0}), encoding="utf-8")
    second = build(c="Ba việc.")
    assert (second["a"], second["b"]) == (first["a"], first["b"])
    assert second["c"].first > first["a"].first
    (tmp_path / "index" / "CURRENT").write_text("rác", encoding="utf-8")
    assert read_former_library(tmp_path / "index") == ([], [])


def test_an_index_built_from_no_folder_has_none(tmp_path: Path) -> None:
    from tests.fakes import make_document

    Bundle.build(tmp_path, [make_document("a", "Một việc.")], FAKE)
    assert Bundle.open(tmp_path, FAKE).arrivals == {}


def test_the_moments_are_written_with_the_file() -> None:
    from corpus.library.files import dump_known, load_known

    known = [replace(file, arrived=7, changed=9) for file in files(a="1")]
    assert load_known(dump_known(known))[0] == known
