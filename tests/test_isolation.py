"""A file is read in a child that can be stopped: time, memory, output, its whole group, its folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import isolation
from corpus.readers.isolation import Limits, read_apart
from tests.make_fixtures import docx

posix = pytest.mark.skipif(os.name != "posix", reason="limits and process groups are POSIX")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(autouse=True)
def _fresh_children() -> Iterator[None]:
    isolation._POOL.close()
    yield
    isolation._POOL.close()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a shell script in the place of LibreOffice; return a .doc that makes the child run it."""

    def install(script: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "soffice").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "soffice").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        monkeypatch.setenv("SECRET_TOKEN", "must not leave this process")
        (tmp_path / "a.doc").write_bytes(OLE)
        return tmp_path / "a.doc"

    return install


def is_running(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def wait_for(condition: Callable[[], bool]) -> bool:
    """Wait up to ten seconds for `condition`."""
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_the_text_comes_back_whole(tmp_path: Path) -> None:
    path = docx(
        tmp_path / "a.docx",
        "Liên đoàn Lao động",
        "<w:p><w:pPr><w:pageBreakBefore/></w:pPr></w:p>",
        "trang hai",
    )
    read = read_apart(path)
    assert read.text == "Liên đoàn Lao động\n\ntrang hai"
    assert read.page_starts == (0, 20)


def test_a_child_is_kept_for_the_next_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **k: started.append(a) or popen(*a, **k))
    for number in range(3):
        assert read_apart(docx(tmp_path / f"{number}.docx", f"bài {number}")).text == f"bài {number}"
    with pytest.raises(DocumentError, match="tệp không phải là bản trình chiếu"):
        read_apart(docx(tmp_path / "hong.docx", "chữ").rename(tmp_path / "hong.pptx"))
    assert read_apart(tmp_path / "0.docx").text == "bài 0"
    assert len(started) == 1


def test_threads_read_side_by_side(tmp_path: Path) -> None:
    paths = [docx(tmp_path / f"{i}.docx", f"văn bản {i}") for i in range(24)]
    with ThreadPoolExecutor(4) as pool:
        texts = [read.text for read in pool.map(read_apart, paths)]
    assert texts == [f"văn bản {i}" for i in range(24)]
    assert len(isolation._POOL._idle) <= max(2, os.cpu_count() or 2)


def test_too_large_a_file_is_refused_unread(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "chữ")
    with pytest.raises(
        DocumentError, match=r"a\.docx: tệp quá lớn \(0 MB\)\. Hãy chia thành các tệp nhỏ hơn"
    ):
        read_apart(path, Limits(input_bytes=100))


def test_too_much_text_is_refused(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "chữ " * 2000)
    with pytest.raises(DocumentError, match=r"tệp cho ra quá nhiều chữ.*Hãy chia nhỏ tệp"):
        read_apart(path, Limits(output_bytes=1000))
    assert read_apart(path).text.startswith("chữ chữ")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"mat\.docx: hệ thống báo lỗi: .*Hãy kiểm tra quyền đọc tệp"):
        read_apart(tmp_path / "mat.docx")


@posix
def test_time_is_up_and_the_whole_group_is_killed(tmp_path: Path, program: Callable[[str], Path]) -> None:
    pids = tmp_path / "pids"
    path = program(f"sleep 300 & echo $! >>{pids}; sleep 300 & echo $! >>{pids}; echo $$ >>{pids}; wait")
    with pytest.raises(DocumentError, match=r"a\.doc: đọc quá lâu, đã dừng\. Hãy chia nhỏ tệp"):
        read_apart(path, Limits(seconds=3, seconds_in_all=3))
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == 3
    assert wait_for(lambda: not any(map(is_running, started)))


@posix
def test_a_slow_reader_is_granted_more_time(tmp_path: Path, program: Callable[[str], Path]) -> None:
    made = docx(tmp_path / "made.docx", "đã chuyển")
    path = program(
        f'sleep 3; for last; do :; done; cd "${{last%/*}}" && mkdir out && cp {made} out/input.docx'
    )
    assert read_apart(path, Limits(seconds=1.5)).text == "đã chuyển"


@posix
def test_a_child_that_dies_is_replaced(tmp_path: Path, program: Callable[[str], Path]) -> None:
    path = program("kill -9 $PPID")
    with pytest.raises(DocumentError, match="chương trình đọc tệp dừng đột ngột"):
        read_apart(path)
    assert read_apart(docx(tmp_path / "b.docx", "vẫn đọc được")).text == "vẫn đọc được"


@posix
def test_what_a_program_gets_and_where_it_may_write(tmp_path: Path, program: Callable[[str], Path]) -> None:
    report = tmp_path / "report"
    path = program(f"env >{report}; pwd >>{report}; ulimit -v >>{report}; ulimit -f >>{report}; echo noise")
    with pytest.raises(DocumentError, match="LibreOffice không mở được tệp"):
        read_apart(path)
    child = isolation._POOL._idle[0]
    said = report.read_text()
    assert "must not leave" not in said
    assert f"HOME={child._folder}" in said
    assert next(line for line in said.split("\n") if line.startswith("/")).startswith(child._folder)
    assert str(Limits().memory_bytes // 1024) in said.split("\n")
    folder = Path(child._folder)
    assert folder.is_dir()
    assert not list(folder.iterdir())  # each file's own folder is gone once it is read
    isolation._POOL.close()
    assert not folder.exists()


@posix
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="network name spaces are Linux")
def test_no_network(tmp_path: Path, program: Callable[[str], Path]) -> None:
    trial = (
        "from corpus.readers.child import leave_network as n; n(); print(open('/proc/self/net/dev').read())"
    )
    allowed = subprocess.run([sys.executable, "-c", trial], capture_output=True, text=True, check=True).stdout
    if len(allowed.strip().split("\n")) > 3:
        pytest.skip("this system does not let a process give up the network")
    path = program(f"cat /proc/self/net/dev >{tmp_path}/net")
    with pytest.raises(DocumentError, match="LibreOffice không mở được tệp"):
        read_apart(path)
    devices = [
        line.split(":")[0].strip() for line in (tmp_path / "net").read_text().split("\n") if ":" in line
    ]
    assert devices == ["lo"]


@posix
def test_too_much_memory(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "<w:p/>" * 1_000_000, "chữ")
    with pytest.raises(DocumentError, match="quá nhiều bộ nhớ"):
        read_apart(path, Limits(memory_bytes=100 * 1024**2))
    assert read_apart(docx(tmp_path / "b.docx", "chữ")).text == "chữ"


def test_interrupting_kills_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[isolation._Child] = []

    def interrupted(self: isolation._Child, path: Path, more: object) -> dict[str, object]:
        children.append(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(isolation._Child, "ask", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_apart(docx(tmp_path / "a.docx", "chữ"))
    assert not children[0].alive()
    assert not Path(children[0]._folder).exists()


@posix
def test_a_forked_process_has_children_of_its_own(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "chữ")
    script = (
        "import os, sys; from pathlib import Path; from corpus.readers.isolation import read_apart, _POOL\n"
        f"path = Path({str(path)!r}); read_apart(path); mine = _POOL._idle[0]._process.pid\n"
        "if (pid := os.fork()) == 0:\n"
        "    read_apart(path); os._exit(_POOL._idle[0]._process.pid == mine)\n"
        "assert os.waitpid(pid, 0)[1] == 0 and read_apart(path).text == 'chữ'\n"
    )
    subprocess.run(
        [sys.executable, "-c", script], check=True, timeout=60, env=os.environ | {"PYTHONPATH": "."}
    )


WITHOUT_POSIX = """
import logging, os, sys
from pathlib import Path
for name in ("killpg", "fork", "register_at_fork", "setsid", "getuid"):
    delattr(os, name)
if {no_resource}:  # neither here nor in the child, which takes its modules from the same places
    sys.modules["resource"] = None
    sys.path.insert(0, {fake!r})
logging.basicConfig(format="%(message)s")
from corpus.errors import DocumentError
from corpus.readers import isolation
isolation._ROOT = {fake!r} + os.pathsep + str(isolation._ROOT)
from corpus.readers.isolation import Limits, read_apart
assert isolation.limits_memory() is not {no_resource}
print(read_apart(Path({good!r})).text)
child = isolation._POOL._idle[0]
try:
    read_apart(Path({slow!r}), Limits(seconds=1.5, seconds_in_all=1.5))
except DocumentError as error:
    print(error.reason)
print(read_apart(Path({good!r})).text, isolation._POOL._idle[0] is child)
isolation._POOL.close()
print(child.alive())
"""


@posix
@pytest.mark.parametrize("no_resource", [True, False])
def test_a_system_without_groups_forks_and_limits(
    tmp_path: Path, program: Callable[[str], Path], no_resource: bool
) -> None:
    fake = tmp_path / "fake"
    fake.mkdir()
    if no_resource:
        (fake / "resource.py").write_text("raise ImportError('no such thing here')")
    good, slow = docx(tmp_path / "a.docx", "đọc được"), program("sleep 9")
    script = WITHOUT_POSIX.format(fake=str(fake), good=str(good), slow=str(slow), no_resource=no_resource)
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True, text=True, timeout=60, env=os.environ | {"PYTHONPATH": "."},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:4] == [
        "đọc được",
        "đọc quá lâu, đã dừng",
        "đọc được True",
        "False",
    ]
    assert done.stderr.count("không cho giới hạn bộ nhớ") == no_resource
