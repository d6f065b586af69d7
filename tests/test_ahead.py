"""Words made by a process beside the one that builds: the same words, in order, also when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

import index.ahead as ahead_module
import index.building as building_module
import index.segment as segment_module
from corpus.passages import split_document
from index.ahead import Ahead
from index.bundle import Bundle
from index.dense import DenseIndex, FloatMatrix
from index.preparation import Segmentation, prepare
from index.segment import DENSE, SegmentBuilder
from tests.fakes import HashEncoder, make_document

BATCHES = [["đoàn viên công đoàn", "Giới thiệu 45 đoàn viên, năm 2021"], ["thỏa ước lao động tập thể"]]


def shouted(texts: Sequence[str]) -> list[str]:
    """Segmenting that tells in which process it was done, and prints as libraries do."""
    print("a line that is no answer")
    return [f"{text.upper()} {os.getpid()}" for text in texts]


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ahead[str]]:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    made = Ahead(shouted)
    yield made
    made.close()


def said_by(words: Sequence[str]) -> set[str]:
    return {line.split()[-1] for line in words}


def test_batches_come_back_in_order_from_another_process(ahead: Ahead[str]) -> None:
    for batch in BATCHES:
        ahead.send(batch)
        texts, words = ahead.take()
        assert texts == batch
        assert [line.rsplit(" ", 1)[0] for line in words] == [text.upper() for text in batch]
        assert said_by(words).isdisjoint({str(os.getpid())})
    assert ahead.take() == ([], [])


def test_many_batches_may_be_out_and_none_is_waited_for(ahead: Ahead[str]) -> None:
    sent = [[f"{n} {'x' * 100_000}", "y"] for n in range(12)]  # far more than a pipe holds
    for batch in sent:
        ahead.send(batch)
    assert len(ahead) == 12
    taken = [ahead.take() for _ in sent]
    assert [texts for texts, _ in taken] == sent
    assert [words[0].split()[0] for _, words in taken] == [str(n) for n in range(12)]
    assert not ahead.ready
    assert not ahead


def test_the_oldest_is_ready_when_it_has_come_back(ahead: Ahead[str]) -> None:
    ahead.send(["a"])
    for _ in range(600):
        if ahead.ready:
            break
        time.sleep(0.05)
    assert ahead.ready
    assert ahead.take()[0] == ["a"]


def test_a_process_that_dies_costs_no_words(ahead: Ahead[str]) -> None:
    ahead.send(["a"])
    ahead.take()
    process = ahead._process
    assert process is not None
    process.kill()
    process.wait()
    for text in ("b", "c"):
        ahead.send([text])
        assert ahead.take() == ([text], [f"{text.upper()} {os.getpid()}"])


def test_on_one_core_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    ahead = Ahead(shouted)
    ahead.send(["a"])
    assert ahead.take() == (["a"], [f"A {os.getpid()}"])


def test_closing_ends_the_process_and_forgets_what_is_out(ahead: Ahead[str]) -> None:
    ahead.send(["z"])
    ahead.take()
    ahead.send(["a"])
    process = ahead._process
    assert process is not None
    ahead.close()
    assert process.poll() is not None
    assert ahead.take() == ([], [])


def test_the_process_ends_when_the_one_that_builds_is_killed(tmp_path: Path) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    told = tmp_path / "pid"
    child = os.fork()
    if child == 0:  # a build that is killed while its helper waits for work
        beside = Ahead(shouted)
        beside._alone = False
        beside.send(["a"])
        beside.take()
        told.write_text(str(beside._process.pid if beside._process else 0))
        time.sleep(60)
        os._exit(0)
    for _ in range(600):
        if told.exists() and told.read_text():
            break
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    helper = int(told.read_text())
    for _ in range(600):
        if not _runs(helper):
            break
        time.sleep(0.05)
    assert not _runs(helper)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_script_that_builds_is_not_run_again_by_the_other_process(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text(
        "import os\n"
        "os.cpu_count = lambda: 2\n"
        "from index.ahead import Ahead\n"
        "from tests.test_ahead import shouted\n"
        "beside = Ahead(shouted)\n"
        "beside.send(['a'])\n"
        "print('words', beside.take()[1][0].split()[1] != str(os.getpid()))\n"
        "beside.close()\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["words True"]


class Segmented(HashEncoder):
    """An encoder of prepared text, as the shipped one is."""

    segmentation: Segmentation = "words+syllables"

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        return self.encode_prepared(prepare(texts, self.segmentation))

    def encode_prepared(self, prepared: Sequence[str]) -> FloatMatrix:
        return super().encode_passages(prepared)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One entry for each process that is started."""
    seen: list[bool] = []
    start = ahead_module._started

    def noted(work: Callable[..., list[str]]) -> subprocess.Popen[bytes]:
        seen.append(True)
        return start(work)

    monkeypatch.setattr(ahead_module, "_started", noted)
    return seen


def test_a_segment_built_ahead_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[bool]
) -> None:
    monkeypatch.setattr(segment_module, "_BATCH", 4)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    documents = [
        make_document(
            f"d{n}", f"KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Kết nạp {n} đoàn viên.\n\n2. Thi đua {n} đợt.\n"
        )
        for n in range(7)
    ]
    found = []
    for folder, encoder in ((tmp_path / "ahead", Segmented(dim=16)), (tmp_path / "plain", Segmented(dim=16))):
        folder.mkdir()
        if folder.name == "plain":
            monkeypatch.setattr("os.cpu_count", lambda: 1)
        builder = SegmentBuilder(folder, encoder, 16)
        for document in documents:
            builder.add(document, split_document(document))
        builder.finish(0)
        assert bool(started) == (folder.name == "ahead")
        started.clear()
        builder.close()
        found.append(DenseIndex.load(folder / DENSE).vectors())
    assert len(found[0]) >= 7
    assert np.array_equal(*found)


def test_a_library_is_learnt_from_by_another_process_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[bool]
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    documents = [make_document(f"d{n}", f"KẾ HOẠCH\n\n1. Quỹ xã hội (QXH) năm {n}.\n") for n in range(3)]
    learnt = []
    for name, much in (("here", 10**9), ("beside", 0)):
        monkeypatch.setattr(building_module, "_MUCH_TEXT", much)
        Bundle.build(tmp_path / name, documents, HashEncoder(dim=8))
        learnt.append(Bundle.open(tmp_path / name, HashEncoder(dim=8)).learnt)
        assert bool(started) == (name == "beside")
    assert learnt[0] == learnt[1]
    assert learnt[0] != b""
