"""What the web server says by itself, in Vietnamese: an address that leads nowhere, a failure."""

from __future__ import annotations

from ui import theme
from ui.frame import CHAT, SHELF, message
from ui.parts.render import inert
from ui.security import App, Message, Receive, Scope, Send

_NOWHERE = (
    "<p>Địa chỉ này không dẫn tới đâu. Có thể đã gõ thiếu hoặc trang đã được đổi tên.</p>"
    f'<p><a class="nut" href="/{CHAT.path}">Về trang hỏi đáp</a> '
    f'<a class="nut" href="/{SHELF.path}">Xem kho văn bản</a></p>'
)


def with_words(app: App) -> App:
    """`app`, its refusals that are no pages turned into pages where a person is reading."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_person(scope):
            await app(scope, receive, send)
            return
        refused: list[int] = []

        async def worded(said: Message) -> None:
            if said["type"] == "http.response.start" and said["status"] >= 400 and not _is_page(said):
                refused.append(said["status"])
            elif refused and not said.get("more_body", False):
                await _say(refused[0], scope, receive, send)
            elif not refused:
                await send(said)

        await app(scope, receive, worded)

    return wrapped


async def _say(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.responses import HTMLResponse

    if status >= 500:
        html = message("Có lỗi", f'<div class="loi" role="alert"><p>{inert(theme.FAILED)}</p></div>')
    else:
        html = message("Không có trang này", _NOWHERE)
    await HTMLResponse(html, status_code=status)(scope, receive, send)


def _is_person(scope: Scope) -> bool:
    """Whether a browser asks for a page, not a script or a picture for what it needs."""
    headers = dict(scope["headers"])
    wants: bytes = headers.get(b"accept", b"")
    return scope["method"] == "GET" and b"text/html" in wants


def _is_page(said: Message) -> bool:
    kind: bytes = dict(said["headers"]).get(b"content-type", b"")
    return kind.startswith(b"text/html")
