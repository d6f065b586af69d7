"""The pages of PDF originals: drawn when they are asked for, the latest kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from corpus.errors import AppError, DocumentError
from corpus.readers.pdfpage import DrawnPage, draw_page
from corpus.records import Document
from ui.chat.desk import Desk
from ui.frame import SHELF, Asked, message
from ui.parts.folder import Folder, OriginalError
from ui.parts.render import error_html, link_to
from ui.reading.pageview import PAGE_VIEW, number_asked, offers_pages, page_view
from ui.reading.reader import missing_page

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

_KEPT_BYTES = 24 * 1024 * 1024

Key = tuple[str, int, int, int]


@dataclass(slots=True)
class Drawings:
    """The pages drawn last, 24 MB of them at most. Safe to share between threads."""

    draw: Callable[[Path, int], DrawnPage] = draw_page
    _pages: OrderedDict[Key, DrawnPage] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def page(self, path: Path, number: int) -> DrawnPage:
        """Return page `number`, from 1, of the file as it is now.

        Raises:
            DocumentError: It cannot be drawn.
        """
        stat = path.stat()
        key = (str(path), stat.st_mtime_ns, stat.st_size, number)
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        drawn = self.draw(path, number)
        with self._lock:
            self._pages[key] = drawn
            while len(self._pages) > 1 and sum(len(p.png) for p in self._pages.values()) > _KEPT_BYTES:
                self._pages.popitem(last=False)
        return drawn


def add_page_view(app: FastAPI, desk: Desk) -> None:
    """Serve "/trang-goc", a page with its marks, and "/trang-goc.png", the picture in it."""
    drawings = Drawings()
    app.add_route(f"/{PAGE_VIEW}", _view(desk, drawings), methods=["GET"])
    app.add_route(f"/{PAGE_VIEW}.png", _picture(desk, drawings), methods=["GET"])


def _view(desk: Desk, drawings: Drawings) -> Callable[[Request], Response]:
    from starlette.responses import HTMLResponse

    def handle(request: Request) -> Response:
        asked = Asked.of(request.url.query)
        try:
            document = desk.library.document(asked.one("vb"))
        except (KeyError, AppError):
            return HTMLResponse(missing_page(asked.one("vb")), status_code=404)
        try:
            return HTMLResponse(page_view(document, *_drawn(desk.folder, drawings, document, asked), asked))
        except (OriginalError, DocumentError) as error:
            back = f'<p><a class="nut" href="./{link_to(document.doc_id, "")}">Xem phần chữ đã đọc</a></p>'
            said = message("Không mở được trang này", error_html(error) + back, SHELF)
            return HTMLResponse(said, status_code=404)

    return handle


def _drawn(folder: Folder, drawings: Drawings, document: Document, asked: Asked) -> tuple[DrawnPage, int]:
    number = number_asked(document, asked)
    path = folder.original(document.doc_id)
    if not offers_pages(path.name):
        raise OriginalError("Bản gốc này không phải PDF nên không xem được từng trang", "Hãy tải bản gốc về")
    return drawings.page(path, number), number


def _picture(desk: Desk, drawings: Drawings) -> Callable[[Request], Response]:
    from starlette.responses import Response

    def handle(request: Request) -> Response:
        asked = Asked.of(request.url.query)
        try:
            path = desk.folder.original(asked.one("vb"))
            if not offers_pages(path.name):
                return Response(status_code=404)
            drawn = drawings.page(path, number_asked(None, asked))
        except (OriginalError, DocumentError):
            return Response(status_code=404)
        # The original of an address may be replaced: the browser asks again each time it opens a page.
        return Response(drawn.png, media_type="image/png", headers={"cache-control": "private, max-age=60"})

    return handle
