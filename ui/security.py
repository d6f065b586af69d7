"""What stands between the network and the page: headers, limits, Gradio's HTML made ours.

Plain ASGI, so that it also covers what Gradio serves by itself. Gradio 6.31 sends no
Content-Security-Policy, accepts bodies of any size, calls its page English and takes
uploads that this page has no use for.
"""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from ipaddress import ip_address
from secrets import token_urlsafe
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ELSEWHERE = "Yêu cầu này đến từ một trang khác nên không được nhận. Hãy mở trang này và làm lại từ đây."
OTHER_NAME = (
    "Chưa cho phép thay đổi kho qua tên máy này. Hãy mở trang bằng địa chỉ IP, hoặc nhờ người quản trị "
    "đặt TRACUU_HOSTS bằng tên đó rồi chạy lại chương trình."
)
TOO_LONG = "Nội dung gửi lên quá dài. Mỗi câu hỏi dài tối đa 2.000 ký tự."
TOO_LARGE = "Tệp gửi lên quá lớn. Hãy quay lại trang trước và chọn tệp nhỏ hơn, hoặc dán nội dung."
NO_UPLOADS = "Trang này không nhận tệp tải lên."
# Names under which a proxy offers this page; none by default.
_TRUSTED = frozenset(os.environ.get("TRACUU_HOSTS", "").lower().split())
_MOST_DROPPED = 64 * 1024 * 1024  # bytes of a refused request that are still read

# Links of Gradio's template that name other hosts; no browser fetches them, but a page that
# stays on its machine should not name them either.
_FOREIGN_META = re.compile(r"<meta\s[^>]*(?:og:|twitter:)[^>]*>\s*", re.IGNORECASE)
_HTML_TAG = re.compile(r'<html(\s+)lang="en"')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\s*')  # the page has its own
_GRADIO = re.compile(r"<gradio-app(?=[\s>])")
_SCRIPT = re.compile(r"<script(?=[\s>])")


_ONLY_ASK = ("GET", "HEAD", "OPTIONS")  # methods that change nothing


class _BodyTooLongError(Exception):
    """Raised out of `receive` when a body without a length grows past the limit."""


def content_policy(nonce: str = "") -> str:
    """Content-Security-Policy: nothing from other hosts, no inline script but the page's own."""
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        f"default-src 'self'; script-src {script}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "frame-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
    )


def own_html(html: str, head: str, nonce: str, top: str = "") -> str:
    """Gradio's page in Vietnamese, with `head` added and its inline scripts allowed by `nonce`.

    `top` is put before what Gradio draws; pages that are not Gradio's have their own.
    """
    html = _HTML_TAG.sub(r'<html\1lang="vi"', html, count=1)
    html = _MANIFEST.sub("", _FOREIGN_META.sub("", html))
    html = _SCRIPT.sub(f'<script nonce="{nonce}"', html)
    html = _GRADIO.sub(lambda match: top + match[0], html, count=1)
    return html.replace("</head>", f"{head}</head>", 1)


class Guard:
    """ASGI middleware: limits what comes in, sets headers on what goes out."""

    def __init__(
        self,
        app: App,
        *,
        max_body: int,
        head: str = "",
        top: str = "",
        forms: Mapping[str, int] = MappingProxyType({}),
        only_here: tuple[str, ...] = (),
    ) -> None:
        """Wrap `app`; `max_body` in bytes, `head` and `top` are HTML (see `own_html`).

        Args:
            forms: The paths that take larger bodies, and how large, in bytes.
            only_here: How the paths begin that are served under names of this machine alone.
        """
        self._app, self._max_body, self._head, self._top = app, max_body, head, top
        self._forms, self._only_here = forms, only_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = token_urlsafe(16)
        most = self._forms.get(scope["path"], self._max_body)
        headers = _with_headers(send, nonce)
        if scope["method"] not in _ONLY_ASK and not _from_this_site(scope):
            await _refuse(receive, headers, 403, ELSEWHERE)
        elif scope["path"].startswith(self._only_here) and not _is_ours(_header(scope, b"host")):
            await _refuse(receive, headers, 403, OTHER_NAME)
        elif scope["path"].rstrip("/").endswith("/upload"):
            await _refuse(receive, headers, 403, NO_UPLOADS)
        elif _declared_length(scope) > most:
            await _refuse(receive, headers, 413, self._too_long(scope))
        else:
            await self._pass_on(scope, receive, headers, nonce, most)

    def _too_long(self, scope: Scope) -> str:
        return TOO_LARGE if scope["path"] in self._forms else TOO_LONG

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send, nonce: str, most: int) -> None:
        seen, started = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _BodyTooLongError
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        page = _wants_page(scope)
        # The page's HTML is changed on its way out, so it must not be compressed before.
        if page:
            scope["headers"] = [h for h in scope["headers"] if h[0] != b"accept-encoding"]
        sender = _Rewriter(noted, self._head, nonce, self._top) if page else noted
        try:
            await self._app(scope, counted, sender)
        except _BodyTooLongError:
            if not started:
                await _refuse(receive, send, 413, self._too_long(scope))


class _Rewriter:
    """Collects an HTML response, changes it with `own_html` and sends it in one piece."""

    def __init__(self, send: Send, head: str, nonce: str, top: str) -> None:
        self._send, self._head, self._nonce, self._top = send, head, nonce, top
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = own_html(self._body.decode("utf-8"), self._head, self._nonce, self._top).encode("utf-8")
        kept = [h for h in start["headers"] if h[0].lower() != b"content-length"]
        await self._send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await self._send({"type": "http.response.body", "body": body})


def _from_this_site(scope: Scope) -> bool:
    """Whether a request that may change something comes from a page of ours, or from no page at all.

    A browser says where a request comes from, and no page can make it say otherwise: newer ones in
    Sec-Fetch-Site, all of them in Origin.
    """
    if site := _header(scope, b"sec-fetch-site"):
        return site in ("same-origin", "none")
    if origin := _header(scope, b"origin"):
        return urlsplit(origin).netloc == _header(scope, b"host")
    return True  # no browser: nobody can be led to send it


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")


def _is_ours(host: str) -> bool:
    """Whether a Host header names this machine by address, or by a name of its own.

    A name that somebody else can point at this machine makes their page look like ours.

    >>> _is_ours("127.0.0.1:7860"), _is_ours("localhost"), _is_ours("[::1]:80"), _is_ours("a.example")
    (True, True, True, False)
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    own = socket.gethostname().lower()
    if name in ("localhost", own, own.partition(".")[0]) or name.endswith(".localhost"):
        return True
    try:
        ip_address(name)
    except ValueError:
        return name in _TRUSTED
    return True


def _wants_page(scope: Scope) -> bool:
    accept = dict(scope["headers"]).get(b"accept", b"")
    return b"text/html" in accept or (scope["method"] == "GET" and scope["path"] == "/")


def _is_html(message: Message) -> bool:
    kind: bytes = dict(message["headers"]).get(b"content-type", b"")
    return kind.startswith(b"text/html")


def _declared_length(scope: Scope) -> int:
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    return int(declared) if declared.isdigit() else 0


def _with_headers(send: Send, nonce: str) -> Send:
    """`send`, adding the security headers to every response that has none of the same name."""
    wanted = {
        b"content-security-policy": content_policy(nonce).encode(),
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
        b"referrer-policy": b"same-origin",
        b"cross-origin-opener-policy": b"same-origin",
    }

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message.get("headers", [])}
            extra = [(name, value) for name, value in wanted.items() if name not in present]
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sender


async def _refuse(receive: Receive, send: Send, status: int, detail: str) -> None:
    """Answer without passing the request on.

    What is still coming is read and dropped first: a browser that is cut off while it sends
    shows a broken connection instead of the answer.
    """
    dropped = 0
    while dropped < _MOST_DROPPED:
        message = await receive()
        dropped += len(message.get("body", b""))
        if not message.get("more_body", False):
            break
    body = json.dumps({"detail": detail}, ensure_ascii=False).encode("utf-8")
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
