"""What is sent to Góp ý, and the pages that answer it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, urlsplit

from corpus.errors import AppError
from search.following.feedback import Feedback, FeedbackError, Judgement, export_lines, gold_from
from search.following.feedbackbook import FeedbackBook
from ui import theme
from ui.chat.desk import Desk
from ui.feedback.feedback import FEEDBACK, feedback_form, feedback_page, thanks
from ui.feedback.review import place_at, review_page, span_from
from ui.frame import SHELF, Asked, message
from ui.parts.render import error_html, inert

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

    from search.engine import Engine

log = logging.getLogger(__name__)

_SEARCHED = 10  # passages a reviewer's search shows
_GONE = "<p>Câu trả lời này không còn được giữ. Anh/chị vui lòng hỏi lại rồi góp ý.</p>"


def add_feedback(app: FastAPI, desk: Desk, book: FeedbackBook) -> None:
    """Serve "/gop-y": the list and one answer of it (GET), what is said and judged (POST)."""
    app.add_route(f"/{FEEDBACK.path}", _page(desk, book), methods=["GET"])
    app.add_route(f"/{FEEDBACK.path}", _sent(desk, book), methods=["POST"])
    app.add_route(f"/{FEEDBACK.path}-mau", _form, methods=["GET"])
    app.add_route(f"/{FEEDBACK.path}.jsonl", _exported(book), methods=["GET"])


def id_of(name: str) -> str:
    """The id of what is said of the answer kept under `name`; it does not give the name away."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def from_elsewhere(request: Request) -> bool:
    """Whether a page of another site made the browser send this."""
    said = request.headers.get("sec-fetch-site")
    if said is not None:
        return said not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def _form(request: Request) -> Response:
    from starlette.responses import HTMLResponse

    return HTMLResponse(feedback_form(Asked.of(request.url.query).one("ma")))


def _made(make: Callable[[], str]) -> Response:
    from starlette.responses import HTMLResponse

    try:
        return HTMLResponse(make())
    except AppError as error:
        return HTMLResponse(message("Chưa làm được", error_html(error), SHELF), status_code=400)
    except Exception:
        log.exception("a page could not be made")  # what was asked is not logged
        said = f'<div class="loi" role="alert"><p>{inert(theme.FAILED)}</p></div>'
        return HTMLResponse(message("Có lỗi", said, SHELF), status_code=500)


def _page(desk: Desk, book: FeedbackBook) -> Callable[[Request], Response]:
    def handle(request: Request) -> Response:
        asked = Asked.of(request.url.query)
        if asked.one("ma"):
            return _made(lambda: _review(desk, book, asked))
        return _made(lambda: feedback_page(book.entries(), book.damaged, desk.library.document, asked))

    return handle


def _review(desk: Desk, book: FeedbackBook, asked: Asked, error: str = "") -> str:
    entry = _entry(book, asked)
    engine = cast("Engine", desk.library)
    found = engine.ask(asked.one("q"), _SEARCHED).hits if asked.one("q") else ()
    return review_page(entry, found, desk.library.document, asked, error)


def _entry(book: FeedbackBook, asked: Asked) -> Feedback:
    entry = book.get(asked.one("ma"))
    if entry is None:
        raise FeedbackError("Góp ý này không còn trong sổ", "Hãy quay lại danh sách góp ý")
    return entry


def _exported(book: FeedbackBook) -> Callable[[Request], Response]:
    from starlette.responses import Response

    def handle(request: Request) -> Response:
        kind = {"content-disposition": "attachment; filename=gop-y.jsonl"}
        body = export_lines(book.entries())
        return Response(body, media_type="application/octet-stream", headers=kind)

    return handle


def _sent(desk: Desk, book: FeedbackBook) -> Callable[[Request], Awaitable[Response]]:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse

    async def handle(request: Request) -> Response:
        if from_elsewhere(request):
            return HTMLResponse(message("Không nhận từ trang khác", "", SHELF), status_code=403)
        async with request.form(max_files=0, max_fields=60) as form:
            names = {name for name, _ in form.multi_items()}
            asked = Asked({n: [v for v in form.getlist(n) if isinstance(v, str)] for n in names})
        return await run_in_threadpool(_done, desk, book, asked)

    return handle


def _done(desk: Desk, book: FeedbackBook, asked: Asked) -> Response:
    """Do what a form asks; words on an answer get a fragment back, judgements the list."""
    from starlette.responses import HTMLResponse, RedirectResponse

    job = asked.one("viec")
    if job in ("dung", "chua-dung"):
        return _given(desk, book, asked, good=job == "dung")
    try:
        if job == "accepted":
            entry = _entry(book, asked)
            book.judge(entry.id, "accepted", judgement_from(desk, entry, asked))
        elif job in ("open", "dismissed"):
            book.judge(asked.one("ma"), job)
        elif job == "deleted":
            book.delete(asked.one("ma"))
    except FeedbackError as error:
        said, known = error_html(error), book.get(asked.one("ma")) is not None
        if job == "accepted" and known:
            return HTMLResponse(_review(desk, book, asked, said))  # the form again, to be mended
        return HTMLResponse(message("Chưa làm được", said, SHELF), status_code=400)
    state = f"?tt={quote('accepted')}" if job == "accepted" else ""
    return RedirectResponse(f"./{FEEDBACK.path}{state}", status_code=303)


def _given(desk: Desk, book: FeedbackBook, asked: Asked, *, good: bool) -> Response:
    from starlette.responses import HTMLResponse

    result = desk.kept.get(asked.one("ma"))
    if result is None:
        return HTMLResponse(_GONE, status_code=404)
    try:
        feedback = Feedback.on(
            id_of(asked.one("ma")), result, good=good, reasons=asked.many("ly-do"), note=asked.one("loi")
        )
        book.give(feedback)
    except FeedbackError as error:
        return HTMLResponse(error_html(error), status_code=400)
    return HTMLResponse(thanks(good=good))


def judgement_from(desk: Desk, entry: Feedback, asked: Asked) -> Judgement:
    """What a filled-in form says is right; the words of passages are taken from the library itself.

    Raises:
        FeedbackError: Nothing was chosen, or what was chosen contradicts itself or is not there.
    """
    spans = [span for value in asked.many("doan") if (span := span_from(value))]
    places = [place for span in spans if (place := place_at(span, desk.library.document))]
    if asked.one("khong-co"):
        if places:
            raise FeedbackError(
                "Vừa chọn đoạn đúng vừa chọn “Kho không có câu trả lời”", "Hãy bỏ một trong hai"
            )
        return Judgement(asked.one("cau") or entry.question)
    if not places:
        raise FeedbackError("Chưa chọn đoạn nào", "Hãy chọn đoạn đúng, hoặc “Kho không có câu trả lời”")
    answer = tuple(word.strip() for word in asked.one("co").split(";") if word.strip())
    return Judgement(asked.one("cau") or entry.question, gold_from(places, asked.one("trich")), answer)
