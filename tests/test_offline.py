"""With the network off, everything works: nothing is fetched at run time, nothing even tried.

Two fences. In every Python process of the job an audit hook refuses, and writes down, each address
that is not this machine. Where Linux allows it, the job also runs in a network namespace that has
nothing but a loopback, which holds for compiled code and for Python alike.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
TIMEOUT_S = 300

# Becomes `sitecustomize`, which every Python process imports before anything else.
FENCE = """
import os, sys

def here(host):
    if isinstance(host, (bytes, bytearray)):
        host = host.decode()
    return not host or host in ("localhost", "::1", "0.0.0.0", "::") or host.startswith("127.")

def fence(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        if not isinstance(address, tuple):  # a Unix socket, or one already connected
            return
        host = address[0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if not here(host):
        with open(os.environ["FENCE_LOG"], "a", encoding="utf-8") as log:
            log.write(f"{event} {host} by {sys.orig_argv[1:]}\\n")
        raise OSError(f"the test fence refused {event} {host}")

sys.addaudithook(fence)

if os.environ.get("FENCE_LOOPBACK"):  # a new network namespace has its loopback down
    import fcntl, socket, struct
    SIOCSIFFLAGS, IFF_UP = 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
"""

# What a person's shell has, and a home without caches. No variable that tells a library to be
# offline: the program has to see to that by itself.
KEPT = ("PATH", "LANG", "LC_ALL", "OMP_NUM_THREADS", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP")


class Fenced:
    """Runs commands behind the fences and knows what they tried to reach."""

    def __init__(self, work: Path, namespace: bool) -> None:
        self.work, self.namespace = work, namespace
        self.log = work / "tried.txt"
        (work / "sitecustomize.py").write_text(FENCE, encoding="utf-8")
        self.env = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.env |= {
            "HOME": str(work),
            "PYTHONPATH": str(work),
            "FENCE_LOG": str(self.log),
            "PYTHONUTF8": "1",
        }
        if namespace:
            self.env["FENCE_LOOPBACK"] = "1"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        unshare = ["unshare", "--map-root-user", "--net", "--"] if self.namespace else []
        return subprocess.run(
            [*unshare, sys.executable, *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT_S,
            check=False,
        )

    def tried(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


def namespaces_allowed() -> bool:
    try:
        done = subprocess.run(
            ["unshare", "--map-root-user", "--net", "--", "true"], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


@pytest.fixture(scope="module")
def fenced(tmp_path_factory: pytest.TempPathFactory) -> Fenced:
    return Fenced(tmp_path_factory.mktemp("offline"), namespaces_allowed())


@pytest.fixture(scope="module")
def main_job(fenced: Fenced) -> dict[str, Any]:
    done = fenced.run("tests/main_job.py", str(fenced.work))
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def test_the_index_is_built_without_a_network(main_job: dict[str, Any]) -> None:
    assert main_job["built"]["failed"] == []


def test_a_question_is_answered_without_a_network(main_job: dict[str, Any]) -> None:
    answer = main_job["asked"]["answer"]
    assert "780" in answer["text"]
    assert answer["citations"][0]["section"] == "II.1.4"


def test_the_page_opens_without_a_network(main_job: dict[str, Any]) -> None:
    assert (main_job["page"]["status"], main_job["page"]["exit_code"]) == (200, 0)
    assert "Công đoàn" in main_job["page"]["page"]


def test_nothing_is_even_tried(main_job: dict[str, Any], fenced: Fenced) -> None:
    assert main_job["built"]["failed"] == []  # the job ran, so an empty list means something
    assert fenced.tried() == []


@pytest.mark.parametrize(
    ("attempt", "recorded"),
    [
        pytest.param(
            "socket.create_connection(('192.0.2.1', 80), 1)", "socket.getaddrinfo 192.0.2.1", id="create"
        ),
        pytest.param("socket.socket().connect(('192.0.2.1', 80))", "socket.connect 192.0.2.1", id="connect"),
        pytest.param("socket.gethostbyname('example.org')", "socket.gethostbyname example.org", id="name"),
        pytest.param(
            "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
            "socket.sendto 192.0.2.1",
            id="datagram",
        ),
        pytest.param(
            "urllib.request.urlopen('http://example.org')", "socket.getaddrinfo example.org", id="http"
        ),
    ],
)
def test_the_fence_sees_what_leaves(tmp_path: Path, attempt: str, recorded: str) -> None:
    fence = Fenced(tmp_path, namespace=False)
    program = f"import contextlib, socket, urllib.request\nwith contextlib.suppress(OSError):\n    {attempt}"
    assert fence.run("-c", program).stderr == ""
    assert [line.split(" by ")[0] for line in fence.tried()] == [recorded]


@pytest.mark.skipif(not namespaces_allowed(), reason="this system lets nobody make a network namespace")
def test_the_namespace_has_a_loopback_and_nothing_else(tmp_path: Path) -> None:
    program = "import socket; s = socket.create_server(('127.0.0.1', 0)); "
    program += (
        "socket.create_connection(s.getsockname(), 5); print([name for _, name in socket.if_nameindex()])"
    )
    done = Fenced(tmp_path, namespace=True).run("-c", program)
    assert (done.stdout.strip(), done.stderr) == ("['lo']", "")
