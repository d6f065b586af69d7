"""A refusal of the web server itself is a page in Vietnamese for people; programs get what they got."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ui import theme
from ui.plainwords import with_words

READER = {"accept": "text/html,application/xhtml+xml"}


def answer(request: Request) -> Response:
    status = int(request.path_params["status"])
    if "page" in request.query_params:
        return HTMLResponse("<p>trang</p>", status_code=status)
    return JSONResponse({"detail": "Not Found"}, status_code=status)


CLIENT = TestClient(with_words(Starlette(routes=[Route("/{status}", answer, methods=["GET", "POST"])])))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        pytest.param(404, "Địa chỉ này không dẫn tới đâu", id="nowhere"),
        pytest.param(405, "Không có trang này", id="not-that-way"),
        pytest.param(500, theme.FAILED, id="a-bug"),
    ],
)
def test_people_read_what_happened(status: int, said: str) -> None:
    got = CLIENT.get(f"/{status}", headers=READER)
    assert got.status_code == status
    assert said in got.text
    assert '<html lang="vi">' in got.text
    assert "Not Found" not in got.text


def test_what_is_a_page_already_stays_and_so_does_what_programs_get() -> None:
    assert CLIENT.get("/404?page", headers=READER).text == "<p>trang</p>"
    assert CLIENT.get("/200", headers=READER).json() == {"detail": "Not Found"}
    assert CLIENT.get("/404", headers={"accept": "*/*"}).json() == {"detail": "Not Found"}
    assert CLIENT.post("/404", headers=READER).json() == {"detail": "Not Found"}
