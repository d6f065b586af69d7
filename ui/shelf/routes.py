"""What is sent to Kho văn bản: files, corrections, and what is removed or restored."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from corpus.errors import AppError
from corpus.library.corrections import FIELDS
from ui import theme
from ui.frame import MANAGE, SHELF, Asked, message
from ui.parts.render import inert
from ui.reading.corrected import as_read, shown_value
from ui.shelf.librarian import Librarian
from ui.shelf.manage import AS_READ, manage_page
from ui.shelf.receiving import MAX_FILE, Received, check_announced, receive
from ui.shelf.upload import CORRECT, FATE, REMOVE, RESTORE, SEND, row_html, trouble_html

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.datastructures import FormData, UploadFile
    from starlette.requests import Request
    from starlette.responses import Response

log = logging.getLogger(__name__)

UPLOAD_FORMS = {f"/{FATE}": MAX_FILE + 2**16, f"/{SEND}": MAX_FILE + 2**20}
"""The paths that take files, and the longest bodies they take, in bytes."""
_PATIENCE_S = 20.0  # that somebody who has decided something waits to see it done
_PIECE = 2**20
_MOST_FILES = 50  # of one form; the page itself sends one file after another


def add_uploads(app: FastAPI, librarian: Librarian) -> None:
    """Serve everything that changes the library."""
    app.add_route(f"/{FATE}", _sent(librarian), methods=["POST"])
    app.add_route(f"/{FATE}", _fate(librarian), methods=["GET"])
    app.add_route(f"/{SEND}", _sent_by_form(librarian), methods=["POST"])
    app.add_route(f"/{MANAGE}", _manage(librarian), methods=["GET"])
    app.add_route(f"/{CORRECT}", _decided(librarian, _correct), methods=["POST"])
    app.add_route(f"/{REMOVE}", _decided(librarian, _remove), methods=["POST"])
    app.add_route(f"/{RESTORE}", _decided(librarian, _restore), methods=["POST"])


def _json(body: object, status: int = 200) -> Response:
    from starlette.responses import Response

    content = json.dumps(body, ensure_ascii=False)
    return Response(content, status, media_type="application/json", headers={"cache-control": "no-store"})


def _sent(librarian: Librarian) -> Callable[[Request], Awaitable[Response]]:
    """One file as the body of a request; its name and what it replaces stand in the address."""
    from starlette.requests import ClientDisconnect

    async def handle(request: Request) -> Response:
        asked = Asked.of(request.url.query)
        try:
            home = librarian.hold()
            length = request.headers.get("content-length", "")[:19]
            check_announced(home, asked.one("ten"), int(length) if length.isdecimal() else 0)
            received = await receive(home, request.stream(), asked.one("ten"), asked.one("thay") or None)
            job = librarian.take(received)
        except AppError as error:
            async for _ in _rest(request):  # a browser cut off while it sends shows no answer
                pass
            return _json({"loi": trouble_html(error)}, 400)
        except ClientDisconnect:
            return _json({}, 400)
        return _json({"ma": job.received.key, "html": row_html(librarian, job)})

    return handle


async def _rest(request: Request) -> AsyncIterator[bytes]:
    """What is still coming of a request, as far as it has not been read."""
    from starlette.requests import ClientDisconnect

    try:
        async for piece in request.stream():
            yield piece
    except (RuntimeError, ClientDisconnect):  # read to its end already, or gone
        return


def _fate(librarian: Librarian) -> Callable[[Request], Response]:
    """What has become of the files asked for ("ma", any number)."""

    def handle(request: Request) -> Response:
        rows = []
        for key in Asked.of(request.url.query).many("ma"):
            job = librarian.job(key)
            html = row_html(librarian, job) if job else None
            rows.append({"ma": key, "xong": job is None or job.ended, "html": html})
        return _json({"tep": rows, "truc-trac": trouble_html(librarian.trouble)})

    return handle


def _sent_by_form(librarian: Librarian) -> Callable[[Request], Awaitable[Response]]:
    """Files of a form, from a browser without scripts."""
    from starlette.datastructures import UploadFile
    from starlette.exceptions import HTTPException

    async def handle(request: Request) -> Response:
        try:
            home = librarian.hold()
            async with request.form(max_files=_MOST_FILES, max_fields=4) as form:
                replaces = form.get("thay")
                files = [f for f in form.getlist("tep") if isinstance(f, UploadFile) and f.filename]
                for file in files:
                    check_announced(home, file.filename or "", file.size or 0)
                for file in files:
                    librarian.take(await _received(librarian, file, replaces))
        except HTTPException:
            return _refused("Không đọc được nội dung gửi lên. Hãy thử gửi từng tệp một.")
        except AppError as error:
            return _refused(str(error))
        return _back("gui" if files else "")

    return handle


async def _received(librarian: Librarian, file: UploadFile, replaces: object) -> Received:
    async def pieces() -> AsyncIterator[bytes]:
        while piece := await file.read(_PIECE):
            yield piece

    former = replaces if isinstance(replaces, str) and replaces else None
    return await receive(librarian.hold(), pieces(), file.filename or "", former)


def _manage(librarian: Librarian) -> Callable[[Request], Response]:
    from starlette.responses import HTMLResponse

    def handle(request: Request) -> Response:
        try:
            return HTMLResponse(manage_page(librarian, Asked.of(request.url.query).one("vb")))
        except (AppError, KeyError) as error:
            said = str(error) if isinstance(error, AppError) else "Văn bản này không còn trong kho."
            return _refused(said, 404)

    return handle


Decide = Callable[[Librarian, "FormData"], "Response"]


def _decided(librarian: Librarian, decide: Decide) -> Callable[[Request], Awaitable[Response]]:
    """A handler of a small form; the deciding waits for the index, so it runs in a thread."""
    from starlette.concurrency import run_in_threadpool
    from starlette.exceptions import HTTPException

    async def handle(request: Request) -> Response:
        try:
            async with request.form(max_files=0, max_fields=20) as form:
                return await run_in_threadpool(decide, librarian, form)
        except HTTPException:
            return _refused("Không đọc được nội dung gửi lên.")
        except AppError as error:
            return _refused(str(error))
        except Exception:
            log.exception("a change of the library failed")
            return _refused(theme.FAILED, 500)

    return handle


def _correct(librarian: Librarian, form: FormData) -> Response:
    from starlette.responses import HTMLResponse

    doc_id = _field(form, "vb")
    librarian.file(doc_id)
    read = as_read(librarian.desk.library.document(doc_id))
    typed = {field: _field(form, field) for field in FIELDS}
    back = _field(form, AS_READ)
    for field in FIELDS:
        if back in (field, "het"):
            typed[field] = shown_value(field, read[field])
    try:
        change = librarian.correct(doc_id, typed, read)
    except AppError as error:
        return HTMLResponse(manage_page(librarian, doc_id, typed, error), status_code=400)
    return _settled(librarian, change, "sua")


def _remove(librarian: Librarian, form: FormData) -> Response:
    return _settled(librarian, librarian.remove(_field(form, "vb"), _field(form, "ten")[:300]), "go")


def _restore(librarian: Librarian, form: FormData) -> Response:
    return _settled(librarian, librarian.restore(_field(form, "ma")), "khoi-phuc")


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _settled(librarian: Librarian, change: int, done: str) -> Response:
    """Back to the list, where what was decided can be seen."""
    return _back(done if librarian.wait(change, _PATIENCE_S) else "cho")


def _back(done: str) -> Response:
    from starlette.responses import RedirectResponse

    query = f"?{urlencode({'da': done})}" if done else ""
    return RedirectResponse(f"./{SHELF.path}{query}", status_code=303)


def _refused(said: str, status: int = 400) -> Response:
    from starlette.responses import HTMLResponse

    body = (
        f'<div class="loi" role="alert"><p>{inert(said)}</p></div>'
        f'<p><a class="nut" href="./{SHELF.path}">Về kho văn bản</a></p>'
    )
    return HTMLResponse(message("Chưa làm được", body, SHELF), status_code=status)
