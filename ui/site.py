"""The places made on the server, and the documents: which address is answered by what."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, quote

from corpus.errors import AppError
from search.following.feedbackbook import FeedbackBook
from search.following.watch import latest
from search.hits import Quotation
from ui import theme
from ui.chat.answers import further_html
from ui.chat.desk import Desk
from ui.drafting.routes import add_drafting
from ui.feedback.feedback import shelf_link
from ui.feedback.routes import add_feedback
from ui.finding.directives import directives_page, lineage_svg
from ui.finding.indicators import indicators_page, spreadsheet
from ui.finding.lookup import lookup_page
from ui.finding.watching import news_fragment, watching_page
from ui.frame import DIRECTIVES, INDICATORS, LOOKUP, SHELF, WATCHING, Asked, message
from ui.parts.citing import cited_documents
from ui.parts.folder import Folder, OriginalError
from ui.parts.library import Library
from ui.parts.render import error_html, inert, link_to
from ui.reading.pageview_routes import add_page_view
from ui.reading.reader import Around, missing_page, reader_page
from ui.security import App, Receive, Scope, Send
from ui.shelf.librarian import Librarian
from ui.shelf.shelf import shelf_page
from ui.shelf.upload import upload_html

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from search.engine import Engine

log = logging.getLogger(__name__)

# Originals a browser may show by itself; all others, web pages above all, are only downloaded.
_SHOWN = {".pdf": "application/pdf"}
_SHOWN_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def add_places(app: FastAPI, desk: Desk, librarian: Librarian) -> None:
    """Serve every place at its address, and the originals at "/ban-goc"."""
    book = FeedbackBook.beside(desk.settings.index_dir)

    def engine() -> Engine:
        return cast("Engine", desk.library)

    def shelf(asked: Asked) -> str:
        above = upload_html(librarian, asked)
        return shelf_page(desk.library, desk.folder, asked, shelf_link(book), above)

    views: dict[str, Callable[[Asked], str]] = {
        LOOKUP.path: lambda asked: lookup_page(engine(), asked),
        DIRECTIVES.path: lambda asked: directives_page(engine(), asked),
        INDICATORS.path: lambda asked: indicators_page(engine(), asked),
        WATCHING.path: lambda asked: watching_page(engine()),
        f"{WATCHING.path}/moi": lambda asked: news_fragment(engine(), asked),
        f"{WATCHING.path}/moc": lambda asked: str(latest(engine().bundle.arrivals)),
        SHELF.path: shelf,
    }
    for path, view in views.items():
        app.add_route(f"/{path}", _endpoint(view), methods=["GET"])
    add_drafting(app, engine)
    add_feedback(app, desk, book)
    add_page_view(app, desk)
    for suffix in (".xlsx", ".csv"):
        app.add_route(f"/chi-tieu{suffix}", _sheet(engine, suffix), methods=["GET"])
    app.add_route("/chi-dao.svg", _drawing(engine), methods=["GET"])
    app.add_route("/hoi-tiep", _further(desk), methods=["GET"])
    for suffix in (".docx", ".md"):
        app.add_route(f"/tra-loi{suffix}", _saved(desk, suffix), methods=["GET"])
    app.add_route("/ban-goc", _original(desk), methods=["GET"])


def _endpoint(view: Callable[[Asked], str]) -> Callable[[Request], Response]:
    """A handler of what an address asks; Starlette runs it in a thread, for making a page takes a while."""

    def handle(request: Request) -> Response:
        return _answer(view, Asked.of(request.url.query))

    return handle


def _answer(view: Callable[[Asked], str], asked: Asked) -> Response:
    from starlette.responses import HTMLResponse

    try:
        return HTMLResponse(view(asked))
    except AppError as error:
        return HTMLResponse(message("Chưa làm được", error_html(error)), status_code=400)
    except Exception:
        log.exception("a page could not be made")  # what was asked is not logged
        said = f'<div class="loi" role="alert"><p>{inert(theme.FAILED)}</p></div>'
        return HTMLResponse(message("Có lỗi", said), status_code=500)


def _sheet(engine: Callable[[], Engine], suffix: str) -> Callable[[Request], Response]:
    from starlette.responses import Response

    def handle(request: Request) -> Response:
        body = spreadsheet(engine(), Asked.of(request.url.query), suffix)
        kind = {"content-disposition": f"attachment; filename=chi-tieu{suffix}"}
        return Response(body, media_type="application/octet-stream", headers=kind)

    return handle


def _drawing(engine: Callable[[], Engine]) -> Callable[[Request], Response]:
    from starlette.responses import HTMLResponse, Response

    def handle(request: Request) -> Response:
        drawn = lineage_svg(engine(), Asked.of(request.url.query))
        if drawn is None:
            return HTMLResponse(message("Không có sơ đồ này", ""), status_code=404)
        kind = {"content-disposition": "attachment; filename=so-do.svg"}
        return Response(drawn, media_type="image/svg+xml", headers=kind)

    return handle


def _further(desk: Desk) -> Callable[[Request], Response]:
    """Questions that may follow an answer, asked for by the page when the answer is shown."""
    from starlette.responses import HTMLResponse

    def handle(request: Request) -> Response:
        from search.answering.suggest import suggestions

        result = desk.kept.get(Asked.of(request.url.query).one("ma"))
        try:
            found = suggestions(cast("Engine", desk.library), result) if result else ()
        except KeyError:  # what it quoted has been removed since
            found = ()
        return HTMLResponse(further_html(found))

    return handle


def _saved(desk: Desk, suffix: str) -> Callable[[Request], Response]:
    """An answer as a Word or Markdown file; its sources open here, at the address the visitor uses."""
    from starlette.responses import HTMLResponse, Response

    def handle(request: Request) -> Response:
        from search.answering.export import to_docx, to_markdown

        result = desk.kept.get(Asked.of(request.url.query).one("ma"))
        if result is None:
            said = "<p>Câu trả lời này không còn được giữ. Anh/chị vui lòng hỏi lại rồi tải về.</p>"
            return HTMLResponse(message("Không tải được câu trả lời", said), status_code=404)
        here = str(request.base_url)

        def link_of(quoted: Quotation) -> str:
            return here + unescape(link_to(quoted.doc_id, quoted.section, quoted.start, quoted.end))

        if suffix == ".md":
            body = to_markdown([result], link_of).encode("utf-8")
        else:
            body = to_docx([result], date.today(), link_of)
        kind = {"content-disposition": f"attachment; filename=tra-loi{suffix}"}
        return Response(body, media_type="application/octet-stream", headers=kind)

    return handle


def _original(desk: Desk) -> Callable[[Request], Response]:
    from starlette.responses import FileResponse, HTMLResponse

    def handle(request: Request) -> Response:
        asked = Asked.of(request.url.query)
        try:
            path = desk.folder.original(asked.one("vb"))
        except OriginalError as error:
            return HTMLResponse(message("Không tải được bản gốc", error_html(error)), status_code=404)
        kind = _SHOWN.get(path.suffix.lower()) if asked.one("xem") else None
        headers = {"content-disposition": _disposition(path, inline=kind is not None)}
        if kind is not None:  # the browser's own reader is an object of the page it makes around the file
            headers["content-security-policy"] = _SHOWN_POLICY
        return FileResponse(path, media_type=kind or "application/octet-stream", headers=headers)

    return handle


def _disposition(path: Path, *, inline: bool) -> str:
    name = quote(path.name.encode("utf-8", "replace").decode("utf-8"), safe="")
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}"


def _around(library: Library, folder: Folder, doc_id: str) -> Around:
    from search.directing.graph import graph_of

    graph = graph_of(cast("Engine", library).bundle)
    return Around(
        cited=cited_documents(graph, doc_id),
        original=folder.offers(doc_id),
        copies=folder.copies_of(doc_id),
        work=graph.register.of_document(doc_id).work_id,
    )


def with_reader(app: App, desk: Desk) -> App:
    """`app`, with "/?vb=..." answered by the page of that document."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse

    def page(query: dict[str, str]) -> HTMLResponse:
        doc_id, library, folder = query["vb"], desk.library, desk.folder
        try:
            document = library.document(doc_id)
        except (KeyError, AppError):
            return HTMLResponse(missing_page(doc_id), status_code=404)
        around = _around(library, folder, doc_id)
        return HTMLResponse(reader_page(document, query, around))

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/" and scope["method"] in ("GET", "HEAD"):
            query = dict(parse_qsl(scope["query_string"].decode("ascii", "replace")))
            if query.get("vb"):
                response = await run_in_threadpool(page, query)
                await response(scope, receive, send)
                return
        await app(scope, receive, send)

    return wrapped
