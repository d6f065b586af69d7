"""The guard around the page, driven as a server would drive it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ui.security import NO_UPLOADS, TOO_LONG, Guard, content_policy, own_html

PAGE = (
    '<!doctype html>\n<html\n\tlang="en"\n>\n<head><meta property="og:image" content="https://far.example/a"/>\n'
    '<script>window.gradio_config = {"css": "\\u003cscript"};</script><script src="./a.js"></script>'
    "</head><body>xin chào</body></html>"
)


def run_apart(work: Coroutine[object, object, None]) -> None:
    """Run a coroutine to its end in a thread of its own: a browser test may have left a loop in this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, work).result()


def app_that_sends(body: bytes, kind: bytes, extra: list[tuple[bytes, bytes]] | None = None) -> Any:
    """An ASGI application that reads its whole request, notes it and answers in two pieces."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        app.seen.append(scope)  # type: ignore[attr-defined]
        more = True
        while more:
            message = await receive()
            more = message.get("more_body", False)
        headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *(extra or [])]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body[:10], "more_body": True})
        await send({"type": "http.response.body", "body": body[10:]})

    app.seen = []  # type: ignore[attr-defined]
    return app


def call(
    app: Any,
    path: str = "/",
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: tuple[bytes, ...] = (b"",),
) -> tuple[int, dict[str, str], bytes]:
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(k.encode(), v.encode()) for k, v in (headers or {}).items()],
    }
    pieces = iter(body)
    sent: list[Any] = []

    async def receive() -> Any:
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: Any) -> None:
        sent.append(message)

    run_apart(app(scope, receive, send))
    start = sent[0]
    answer = b"".join(m.get("body", b"") for m in sent[1:])
    return start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, answer


def test_the_page_becomes_ours() -> None:
    guard = Guard(app_that_sends(PAGE.encode(), b"text/html; charset=utf-8"), max_body=100, head="<!--đầu-->")
    status, headers, body = call(guard)
    nonce = headers["content-security-policy"].partition("'nonce-")[2].partition("'")[0]
    assert status == 200
    assert int(headers["content-length"]) == len(body)
    assert body.decode() == (
        '<!doctype html>\n<html\n\tlang="vi"\n>\n<head>'
        f'<script nonce="{nonce}">window.gradio_config = {{"css": "\\u003cscript"}};</script>'
        f'<script nonce="{nonce}" src="./a.js"></script>'
        "<!--đầu--></head><body>xin chào</body></html>"
    )


def test_every_page_has_a_nonce_of_its_own() -> None:
    guard = Guard(app_that_sends(PAGE.encode(), b"text/html"), max_body=100)
    policies = {call(guard)[1]["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = dict(part.strip().split(" ", 1) for part in content_policy("abc").split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self' 'nonce-abc'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in content_policy("abc")
    assert "*" not in content_policy("abc")


@pytest.mark.parametrize("path", ["/", "/config", "/tinh/page.css", "/gradio_api/file=x"])
def test_every_answer_carries_the_headers(path: str) -> None:
    _, headers, body = call(
        Guard(app_that_sends(b'{"a": "<html>"}', b"application/json"), max_body=100), path
    )
    assert body == b'{"a": "<html>"}'
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["content-security-policy"].startswith("default-src 'self';")


def test_a_header_the_application_sets_is_kept() -> None:
    app = app_that_sends(b"x" * 20, b"text/plain", [(b"x-frame-options", b"SAMEORIGIN")])
    assert call(Guard(app, max_body=100))[1]["x-frame-options"] == "SAMEORIGIN"


def test_html_is_asked_for_uncompressed_and_other_files_as_the_browser_likes() -> None:
    app = app_that_sends(PAGE.encode(), b"text/html")
    call(Guard(app, max_body=100), "/", headers={"accept-encoding": "br"})
    call(Guard(app, max_body=100), "/a.js", headers={"accept-encoding": "br", "accept": "*/*"})
    assert [dict(scope["headers"]).get(b"accept-encoding") for scope in app.seen] == [None, b"br"]


def test_a_declared_body_over_the_limit_is_refused_unread() -> None:
    app = app_that_sends(b"", b"text/plain")
    status, headers, body = call(
        Guard(app, max_body=100), method="POST", headers={"content-length": "10000000"}
    )
    assert (status, json.loads(body)) == (413, {"detail": TOO_LONG})
    assert headers["x-content-type-options"] == "nosniff"
    assert app.seen == []


def test_a_body_that_grows_past_the_limit_is_cut_off() -> None:
    guard = Guard(app_that_sends(b"x" * 20, b"text/plain"), max_body=100)
    assert call(guard, method="POST", body=(b"x" * 60, b"x" * 40))[0] == 200
    status, _, body = call(guard, method="POST", body=(b"x" * 60, b"x" * 41))
    assert (status, json.loads(body)) == (413, {"detail": TOO_LONG})


@pytest.mark.parametrize("length", ["-5", "abc", "", "²"])
def test_a_length_that_is_no_number_does_not_lift_the_limit(length: str) -> None:
    guard = Guard(app_that_sends(b"x" * 20, b"text/plain"), max_body=100)
    assert call(guard, method="POST", headers={"content-length": length}, body=(b"x" * 101,))[0] == 413


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/upload/", "/gradio_api/upload/"])
def test_no_files_are_taken(path: str) -> None:
    app = app_that_sends(b"x" * 20, b"text/plain")
    status, _, body = call(Guard(app, max_body=100), path, method="POST")
    assert (status, json.loads(body)) == (403, {"detail": NO_UPLOADS})
    assert app.seen == []


def test_what_is_not_http_is_passed_on_untouched() -> None:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope, receive, send))

    scope: dict[str, Any] = {"type": "lifespan"}
    run_apart(Guard(app, max_body=1)(scope, None, None))  # type: ignore[arg-type]
    assert seen == [(scope, None, None)]


def test_html_without_a_head_is_left_whole() -> None:
    assert own_html("<p>xin chào</p>", "<link>", "n") == "<p>xin chào</p>"
