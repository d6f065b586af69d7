"""What is sent to Soạn thảo and saved from it: the form with a draft, a file, a Word file."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AppError, QueryError
from corpus.library.filenames import safe_name
from corpus.records import Document
from search.drafting.drafts import draft_from_text, read_draft
from ui import theme
from ui.drafting.kept import Draft, KeptDrafts
from ui.drafting.precedents import MAX_FILE, PARTS, drafting_page, next_paragraphs, refused
from ui.frame import DRAFTING, Asked, message
from ui.parts.render import error_html, inert

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from search.engine import Engine

EngineNow = Callable[[], "Engine"]
"""Gives the engine that answers at the moment."""
log = logging.getLogger(__name__)

MAX_FORM = MAX_FILE + 4 * 1024 * 1024
"""Longest body of the form, in bytes: the largest file, and pasted words."""
_MAX_PASTED = 4 * 1024 * 1024  # bytes; too long a draft should reach `draft_from_text`, which says so


def add_drafting(app: FastAPI, engine: EngineNow) -> None:
    """Serve the drafting place at "/soan-thao", the rest of a long draft, and outlines as Word files."""
    drafts = KeptDrafts()
    app.add_route(f"/{DRAFTING.path}", _view(engine, drafts), methods=["GET"])
    app.add_route(f"/{DRAFTING.path}", _sent(engine, drafts), methods=["POST"])
    app.add_route(f"/{PARTS}", _parts(engine, drafts), methods=["GET"])
    app.add_route("/de-cuong.docx", _outline(engine), methods=["GET"])


def _made(make: Callable[[], str]) -> Response:
    """The page that `make` makes; a bug's page where it cannot."""
    from starlette.responses import HTMLResponse

    try:
        return HTMLResponse(make())
    except AppError as error:
        return HTMLResponse(message("Chưa làm được", error_html(error)))
    except Exception:
        log.exception("a page could not be made")  # the draft is not logged
        said = f'<div class="loi" role="alert"><p>{inert(theme.FAILED)}</p></div>'
        return HTMLResponse(message("Có lỗi", said), status_code=500)


def _view(engine: EngineNow, drafts: KeptDrafts) -> Callable[[Request], Response]:
    def handle(request: Request) -> Response:
        return _made(lambda: drafting_page(engine(), drafts, Asked.of(request.url.query)))

    return handle


def _parts(engine: EngineNow, drafts: KeptDrafts) -> Callable[[Request], Response]:
    def handle(request: Request) -> Response:
        return _made(lambda: next_paragraphs(engine(), drafts, Asked.of(request.url.query)))

    return handle


def _sent(engine: EngineNow, drafts: KeptDrafts) -> Callable[[Request], Awaitable[Response]]:
    """Read the draft that was sent, keep it, and go to its address, so that "back" and "reload" work."""
    from starlette.concurrency import run_in_threadpool
    from starlette.datastructures import UploadFile
    from starlette.exceptions import HTTPException
    from starlette.responses import HTMLResponse, RedirectResponse

    async def handle(request: Request) -> Response:
        pasted = ""
        try:
            async with request.form(max_files=1, max_fields=8, max_part_size=_MAX_PASTED) as form:
                said, file, view = form.get("doan"), form.get("tep"), form.get("viec")
                pasted = said if isinstance(said, str) else ""
                if isinstance(file, UploadFile) and file.filename:
                    body, name, pasted = await file.read(MAX_FILE + 1), file.filename, ""
                    document = await run_in_threadpool(read_upload, body, name)
                else:
                    document = await run_in_threadpool(draft_from_text, pasted)
            draft = await run_in_threadpool(Draft.of, engine(), document, pasted)
        except HTTPException:
            unreadable = QueryError("Không đọc được nội dung gửi lên", "Hãy thử gửi lại, hoặc gửi từng phần")
            return HTMLResponse(refused(unreadable, pasted))
        except AppError as error:
            return HTMLResponse(refused(error, pasted))
        fields = {"viec": [view if isinstance(view, str) else ""], "ma": [drafts.keep(draft)]}
        return RedirectResponse(Asked(fields).address(DRAFTING.path).replace("&amp;", "&"), status_code=303)

    return handle


def read_upload(body: bytes, name: str) -> Document:
    """Read a draft that was sent as a file; its bytes are on the disk only while it is read.

    Raises:
        AppError: It is over 20 MB, of an unknown kind, or cannot be read.
    """
    if len(body) > MAX_FILE:
        raise QueryError(f"Tệp lớn hơn {MAX_FILE // 2**20} MB", "Hãy chọn tệp nhỏ hơn, hoặc dán nội dung")
    with tempfile.TemporaryDirectory(prefix="ban-thao-") as folder:
        path = Path(folder) / safe_name(name)
        path.write_bytes(body)
        return read_draft(path)


def _outline(engine: EngineNow) -> Callable[[Request], Response]:
    from starlette.responses import HTMLResponse, Response

    def handle(request: Request) -> Response:
        from search.drafting.outlinedocx import outline_docx
        from ui.drafting.outline import asked_outline

        try:
            body = outline_docx(asked_outline(engine(), Asked.of(request.url.query)))
        except AppError as error:
            return HTMLResponse(message("Chưa lập được đề cương", error_html(error)), status_code=400)
        kind = {"content-disposition": "attachment; filename=de-cuong.docx"}
        return Response(body, media_type="application/octet-stream", headers=kind)

    return handle
