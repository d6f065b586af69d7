"""`python -m ui` as a process: what it prints, how it ends, what it does about a port that is taken."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ui.__main__ import PortError, main, open_port, parse_args

ROOT = Path(__file__).parent.parent
TIMEOUT_S = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def start(*arguments: str) -> tuple[subprocess.Popen[str], str]:
    """A server process and the address it printed."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "PATH": ""},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    address = re.fullmatch(r"Mở trình duyệt tại địa chỉ: (http://127\.0\.0\.1:\d+)\n", line)
    if address is None:
        process.kill()
        raise AssertionError(f"printed {line!r}; {process.communicate()[1]}")
    return process, address[1]


def serve_fake() -> Iterator[tuple[subprocess.Popen[str], str]]:
    process, address = start("tests/serve_fake.py", str(free_port()), "1.5")
    yield process, address
    if process.poll() is None:
        process.kill()
    process.communicate()


slow_server = pytest.fixture(name="slow_server")(serve_fake)  # one for each test: it is ended by it
steady_server = pytest.fixture(scope="module", name="steady_server")(serve_fake)


def post(address: str, path: str, data: Any) -> Any:
    request = urllib.request.Request(
        address + path, json.dumps(data).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
        return json.load(response)


def ask(address: str, question: str, heard: list[Any], first: threading.Event) -> None:
    """Ask as the page does, by Gradio's own protocol; every message of the stream goes to `heard`."""
    with urllib.request.urlopen(f"{address}/config", timeout=TIMEOUT_S) as response:
        config = json.load(response)
    fn = next(d["id"] for d in config["dependencies"] if any(t[1] == "submit" for t in d["targets"]))
    call = {"data": [question, None], "fn_index": fn, "session_hash": "tab1"}
    post(address, "/gradio_api/queue/join", call)
    stream = f"{address}/gradio_api/queue/data?session_hash=tab1"
    with urllib.request.urlopen(stream, timeout=TIMEOUT_S) as response:
        for line in response:
            if line.startswith(b"data:"):
                heard.append(json.loads(line[5:]))
                if heard[-1]["msg"] == "process_generating":
                    first.set()
                if heard[-1]["msg"] in ("process_completed", "close_stream"):
                    return


def test_an_answer_under_way_is_finished_before_the_server_ends(
    slow_server: tuple[subprocess.Popen[str], str],
) -> None:
    process, address = slow_server
    heard: list[Any] = []
    first = threading.Event()
    asking = threading.Thread(target=ask, args=(address, "giới thiệu đoàn viên ưu tú", heard, first))
    asking.start()
    assert first.wait(TIMEOUT_S)
    process.send_signal(signal.SIGTERM)
    asking.join(TIMEOUT_S)
    assert heard[-1]["msg"] == "process_completed"
    assert "<strong>780</strong>" in json.dumps(heard, ensure_ascii=False)
    assert process.wait(TIMEOUT_S) == 0
    _, errors = process.communicate()
    assert errors == "Đã dừng.\n"


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 0), ("SIGINT", 130)])
def test_an_open_tab_does_not_keep_the_server_from_ending(
    slow_server: tuple[subprocess.Popen[str], str], name: str, code: int
) -> None:
    process, address = slow_server
    with urllib.request.urlopen(f"{address}/gradio_api/heartbeat/tab1", timeout=TIMEOUT_S) as tab:
        tab.readline()
        process.send_signal(getattr(signal, name))
        assert process.wait(TIMEOUT_S) == code
    assert process.communicate()[1] == "Đã dừng.\n"


def test_what_the_server_refuses_over_http(steady_server: tuple[subprocess.Popen[str], str]) -> None:
    _, address = steady_server
    question = {"data": ["đ" * 10_000_000, None], "fn_index": 0, "session_hash": "x"}
    with pytest.raises(urllib.error.HTTPError, match="413") as refused:
        post(address, "/gradio_api/queue/join", question)
    assert "2.000 ký tự" in json.load(refused.value)["detail"]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        post(address, "/gradio_api/upload", {})
    with pytest.raises(urllib.error.HTTPError, match="404") as missing:
        urllib.request.urlopen(f"{address}/?vb=khong-co", timeout=TIMEOUT_S)
    assert "Không có văn bản này trong kho" in missing.value.read().decode()


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=pyproject.toml",
        "/gradio_api/file=../../etc/passwd",
        "/gradio_api/proxy=http://192.0.2.1/",
        "/tinh/../app.py",
        "/tinh/%2e%2e/app.py",
        "/static/../../../etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_page(steady_server: tuple[subprocess.Popen[str], str], path: str) -> None:
    _, address = steady_server
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), TIMEOUT_S) as raw:
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.split()[1] in (b"400", b"403", b"404")
    assert b"root:" not in answer
    assert b"[project]" not in answer


def test_a_missing_index_is_one_sentence_and_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index-dir", str(tmp_path / "chưa-có")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"Lỗi: Chưa có chỉ mục tại {tmp_path / 'chưa-có'}. "
        "Hãy tạo chỉ mục: python build_index.py THƯ_MỤC_VĂN_BẢN\n"
    )


def test_a_damaged_index_is_one_sentence_and_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "CURRENT").write_text("khong-co\n", encoding="utf-8")
    assert main(["--index-dir", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"Lỗi: .+\. Hãy tạo lại: python build_index\.py .+\n", err)


def test_a_port_that_is_taken_gives_the_next_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with open_port("127.0.0.1", port) as sock:
            assert port < sock.getsockname()[1] < port + 20


def test_when_every_port_is_taken_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: object) -> None:
        raise OSError("in use")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(
        PortError, match=r"Không mở được cổng nào từ 65530 đến 65535 tại 127\.0\.0\.1.*--port"
    ):
        open_port("127.0.0.1", 65530)


def test_an_address_that_is_not_this_machine_is_said() -> None:
    with pytest.raises(PortError, match=r"Không có địa chỉ không\.phải\.máy.*--host 127\.0\.0\.1"):
        open_port("không.phải.máy", 7860)


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "²"])
def test_a_port_that_cannot_be_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse_args([f"--port={port}"])
    assert "cổng phải là số từ 1 đến 65535" in capsys.readouterr().err
