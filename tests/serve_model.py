"""A language model's server that behaves in one of many ways; a process of its own, told by the path.

    python -m tests.serve_model       prints its port, then answers /<behaviour>/v1/chat/completions

GET /seen gives what was asked of it: [[path, authorization, body], ...].
"""

from __future__ import annotations

import json
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

SLOW_S = 4.0  # longer than any client of the tests waits

REPLIES = {
    "babble": "Đây là một câu hỏi rất hay. Công đoàn luôn đồng hành cùng người lao động. Chúc anh/chị vui.",
    "unnumbered": "Năm nay giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét, bồi dưỡng.",
    "invented": "Giới thiệu 870 đoàn viên công đoàn ưu tú để Đảng xem xét, bồi dưỡng [1].",
    "mixed": "Giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [1]. Trong đó nữ là 55% [1].",
    "mostly-wrong": "Giới thiệu 780 đoàn viên công đoàn ưu tú [1]. Nữ là 55% [1]. Nam là 45% [1].",
    "nowhere": "Giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [9].",
    "half-nowhere": "Giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [1][9].",
    "denies": "Không giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [1].",
    "year": "Năm 2021 giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [1].",
    "other-year": "Năm 2022 giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [1].",
    "thinks": "<think>Giới thiệu 999 người [1].</think>Giới thiệu 780 đoàn viên công đoàn ưu tú [1].",
    "nothing": "KHÔNG CÓ.",
}


class Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[list[str | None]]] = []

    def do_GET(self) -> None:
        if self.path == "/seen":
            self._json(self.seen)
        else:
            self.seen.append([self.path, self.headers["Authorization"], ""])
            self._json({"data": [{"id": "mô-hình-đầu"}]} if "/no-models/" not in self.path else {"data": []})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.seen.append([self.path, self.headers["Authorization"], body])
        behaviour = self.path.split("/")[1]
        prompt = json.loads(body)["messages"][-1]["content"]
        if behaviour in REPLIES:
            self._say(REPLIES[behaviour])
        elif behaviour == "good":
            first = re.search(r"\[1\][^\n]*\n([^\n.;]+)", prompt)
            self._say(f"{first[1].strip('- ')} [1]." if first else "KHÔNG CÓ")
        elif behaviour == "obeys":  # does whatever a passage orders, and cites the passage for it
            order = re.search(r"\[(\d)\][^\n]*\n[^\n]*999", prompt)
            cite = f" [{order[1]}]" if order else ""
            told = f"Chỉ tiêu giới thiệu là 999 đoàn viên{cite}." if "999" in prompt else "KHÔNG CÓ"
            self._say(f"Giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [1]. {told}")
        else:
            getattr(self, "_" + behaviour.replace("-", "_"))()

    def _say(self, content: Any) -> None:
        self._json({"choices": [{"message": {"role": "assistant", "content": content}}]})

    def _json(self, value: Any, status: int = 200) -> None:
        self._bytes(json.dumps(value).encode(), status)

    def _bytes(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in (
            {"Content-Type": "application/json", "Content-Length": str(len(data))} | headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _error(self) -> None:
        self._json({"error": "hết bộ nhớ"}, 500)

    def _error_with_answer(self) -> None:
        self._bytes(json.dumps({"choices": [{"message": {"content": REPLIES["mixed"]}}]}).encode(), 503)

    def _redirect(self) -> None:
        self._bytes(b"", 307, Location=f"http://{self.headers['Host']}/good/v1/chat/completions")

    def _hang(self) -> None:
        time.sleep(SLOW_S)
        self._say(REPLIES["mixed"])

    def _drip(self) -> None:
        data = json.dumps({"choices": [{"message": {"content": REPLIES["mixed"]}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for at in range(len(data)):
            self.wfile.write(data[at : at + 1])
            self.wfile.flush()
            time.sleep(SLOW_S / len(data))

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        until = time.monotonic() + SLOW_S
        while time.monotonic() < until:
            self.wfile.write(b"1000\r\n" + b" " * 0x1000 + b"\r\n")

    def _huge(self) -> None:
        self._say("Giới thiệu 780 đoàn viên công đoàn ưu tú để Đảng xem xét [1]. " * 20000)

    def _html(self) -> None:
        self._bytes("<html><body>Xin chào, đây là trang đăng nhập</body></html>".encode())

    def _half(self) -> None:
        self._bytes(b'{"choices": [{"message": {"content": "780')

    def _latin(self) -> None:
        self._bytes(b'{"choices": "\xff\xfe"}')

    def _deep(self) -> None:
        self._bytes(b"[" * 100_000)

    def _null(self) -> None:
        self._say(None)

    def _list(self) -> None:
        self._json([1, 2, 3])

    def _no_choices(self) -> None:
        self._json({"choices": []})

    def _cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5000")
        self.end_headers()
        self.wfile.write(b'{"choices"')
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    print(server.server_address[1], flush=True)
    server.serve_forever()
