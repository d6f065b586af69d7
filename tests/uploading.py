"""A server over a library of our own that may be changed, and files to send to it."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

ROOT = Path(__file__).parent.parent
PATIENCE_S = 60.0

PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ GIANG
Số: {number}/KH-LĐLĐ

Hà Giang, ngày {day} tháng 8 năm 2019

KẾ HOẠCH
{title}

I. MỤC ĐÍCH

Chăm lo đời sống tinh thần của đoàn viên, người lao động trong toàn tỉnh.

II. CHỈ TIÊU

1. {target}

TM. BAN THƯỜNG VỤ
CHỦ TỊCH
Trần Thị Hoa
"""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def plan(number: int, title: str, target: str, day: str = "07") -> str:
    return PLAN.format(number=number, title=title, target=target, day=day)


def docx(text: str) -> bytes:
    """A Word file of one paragraph a line."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    body = f'<w:document xmlns:w="{_WORD}"><w:body>{lines}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr("_rels/.rels", rels)
        file.writestr("word/document.xml", body)
    return made.getvalue()


def bomb() -> bytes:
    """A Word file that is small and unpacks to a thousand times its size."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", b"a" * 32 * 2**20)
    return made.getvalue()


class Server:
    """`python -m ui` over a folder that was indexed as `make run` does it."""

    def __init__(self, work: Path, *options: str) -> None:
        self.work, self.folder, self.index = work, work / "van-ban", work / "data" / "index"
        self.options = options
        self.address = ""
        self.process: subprocess.Popen[str] | None = None

    def build(self, *options: str) -> str:
        command = [sys.executable, "build_index.py", str(self.folder), "--index-dir", str(self.index)]
        built = subprocess.run(
            [*command, *options], cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
        )
        assert built.returncode == 0, built.stderr
        return built.stdout

    def start(self) -> Server:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = str(probe.getsockname()[1])
        command = [
            sys.executable,
            "-m",
            "ui",
            "--index-dir",
            str(self.index),
            "--documents",
            str(self.folder),
        ]
        with (self.work / "stderr.txt").open("a", encoding="utf-8") as errors:
            self.process = subprocess.Popen(
                [*command, "--port", port, *self.options],
                cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8",
            )  # fmt: skip
        assert self.process.stdout is not None
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found, (self.work / "stderr.txt").read_text(encoding="utf-8")
        self.address = found[0]
        return self

    def stop(self, *, kill: bool = False) -> None:
        if self.process is not None:
            self.process.kill() if kill else self.process.terminate()
            self.process.wait(PATIENCE_S)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def call(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and text of what comes back, redirections followed."""
        request = urllib.request.Request(self.address + path, data=body, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return answer.status, answer.read().decode("utf-8")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode("utf-8")

    def form(self, path: str, **fields: str) -> tuple[int, str]:
        return self.call(path, urllib.parse.urlencode(fields).encode())

    def send(self, name: str, body: bytes, replaces: str = "") -> dict[str, Any]:
        """What the server says of a file at once."""
        query = urllib.parse.urlencode({"ten": name, "thay": replaces})
        _, said = self.call(f"/kho-tep?{query}", body, {"content-type": "application/octet-stream"})
        return dict(json.loads(said))

    def fate(self, sent: dict[str, Any]) -> str:
        """What has become of a file when it has ended; HTML."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            (row,) = json.loads(self.call(f"/kho-tep?ma={sent['ma']}")[1])["tep"]
            if row["xong"]:
                return str(row["html"])
            time.sleep(0.1)
        raise AssertionError(f"still under way: {row['html']}")

    def add(self, name: str, body: bytes, replaces: str = "") -> str:
        return self.fate(self.send(name, body, replaces))

    def finds(self, words: str) -> str:
        """The page of results for some words."""
        return self.call("/tra-cuu?" + urllib.parse.urlencode({"q": words}))[1]

    def files(self) -> set[str]:
        """Every file of the library and its bin, relative to the work folder."""
        return {
            os.path.relpath(path, self.folder)
            for path in self.folder.rglob("*")
            if path.is_file() and path.name not in ("LOCK",)
        }
