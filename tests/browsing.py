"""A server over the sample documents and a real Chromium, shared by the tests of every place."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.make_pages import pdf as make_pdf

ROOT = Path(__file__).parent.parent
TIMEOUT_MS = 30_000
WIDTHS = {"desk": (1280, 860), "phone": (390, 844)}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOSTILE = """Số: 99/BC-LĐLĐ

Thử Nghiệm, ngày 01 tháng 6 năm 2022

BÁO CÁO
Kết quả trồng cây bàng vuông ![tiêu đề](http://bad.example/t.png)

I. KẾT QUẢ <img src="http://bad.example/h.png" onerror="document.title='hỏng'">

1. Công đoàn cơ sở đã trồng 77 cây bàng vuông ![ảnh](http://bad.example/b.png) \
<script>document.title = "hỏng"</script> \
<iframe src="http://bad.example/f"></iframe> <style>body { display: none }</style> \
[bấm vào đây](javascript:document.title='hỏng') $$\\href{http://bad.example/k}{x}$$ </div></details>**hết**.
"""


def chromium() -> str:
    """The browser's path; without one the tests are skipped, but never where CI runs them."""
    named = os.environ.get("CHROMIUM")
    for name in [named] if named else ["chromium", "chromium-browser", "google-chrome", "chrome"]:
        if path := shutil.which(name):
            return path
    if os.environ.get("CI"):
        pytest.fail("no Chromium: install it or set CHROMIUM to its path")
    pytest.skip("no Chromium on this machine; set CHROMIUM to its path")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server over the samples and one hostile document, in a process of its own."""
    chromium()
    work = tmp_path_factory.mktemp("page")
    documents = shutil.copytree(ROOT / "corpus" / "samples", work / "documents")
    (documents / "thử tấn công #1 & 2.txt").write_text(HOSTILE, encoding="utf-8")
    (documents / "hỏng.pdf").write_bytes(b"not a PDF")
    lines = ["Trang này nói về thư viện lưu động của công đoàn cơ sở.", "Trang này nói về tủ sách công nhân."]
    make_pdf(documents / "hai-trang.pdf", [[(72, 720, line)] for line in lines])
    index_dir = str(work / "index")
    build = [sys.executable, "build_index.py", str(documents), "--index-dir", index_dir]
    built = subprocess.run(build, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert built.returncode == 0, built.stderr
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    with (
        (work / "stderr.txt").open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "ui",
                "--index-dir",
                index_dir,
                "--documents",
                str(documents),
                "--port",
                port,
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        ) as server,
    ):
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        try:
            assert found, (work / "stderr.txt").read_text(encoding="utf-8")
            yield found[0]
        finally:
            server.terminate()
    assert (work / "stderr.txt").read_text(encoding="utf-8") == "Đã dừng.\n"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@dataclass
class Visit:
    """One tab, and all it asked for and complained about."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Any) -> Any:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        page.set_default_timeout(TIMEOUT_MS)
        return page

    def open(self, path: str = "/") -> Visit:
        self.page.goto(self.address + path)
        self.page.wait_for_selector("#o-hoi textarea" if path == "/" or path.startswith("/?hoi=") else "main")
        return self

    def ask(self, question: str, gets: str = ".tra-loi") -> str:
        """Type a question, press Enter; the text of the answer, or of the error, that comes."""
        before = self.page.locator(gets).count()
        self.page.locator("#o-hoi textarea").fill(question)
        self.page.keyboard.press("Enter")
        answer = self.page.locator(gets).nth(before)
        answer.wait_for()
        self.page.locator(".dang-tim").wait_for(state="detached")
        return str(answer.inner_text())

    def opens(self, link: Any) -> Any:
        """The tab that a link opens."""
        with self.page.context.expect_page() as opened:
            link.click()
        page = self.watch(opened.value)
        page.wait_for_load_state()
        return page


@pytest.fixture(params=list(WIDTHS))
def visit(request: pytest.FixtureRequest, browser: Any, address: str) -> Iterator[Visit]:
    """A visit on a desk and on a phone; whatever the test does, nothing may leave the machine."""
    yield from _visit(browser, address, request.param)


@pytest.fixture
def desk_visit(browser: Any, address: str) -> Iterator[Visit]:
    """A visit on a desk, for what does not depend on the width."""
    yield from _visit(browser, address, "desk")


def _visit(browser: Any, address: str, kind: str) -> Iterator[Visit]:
    width, height = WIDTHS[kind]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    made = Visit(None, address)
    made.page = made.watch(context.new_page())
    yield made
    context.close()
    assert [url for url in made.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert made.complaints == []
