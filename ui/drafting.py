"""Soạn thảo: paste a paragraph of a draft, read how earlier documents said the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import QueryError
from search.query import MAX_QUESTION
from ui.cards import cards_of
from ui.frame import DRAFTING, Asked, page
from ui.lookup import documents_html
from ui.render import error_html, inert

if TYPE_CHECKING:
    from search.engine import Engine

_FETCHED = 15  # passages
_HINT = (
    "Chương trình tìm những đoạn nói cùng việc ấy trong các văn bản đã có, để đối chiếu cách viết, căn cứ và "
    "số liệu. Mỗi lần tối đa 2.000 ký tự."
)


def drafting_page(engine: Engine, asked: Asked) -> str:
    """The page; the field "doan" holds the paragraph."""
    draft = asked.one("doan")
    found = ""
    if draft:
        try:
            query = engine.understand(draft)
            result = engine.ask(draft, _FETCHED, mode="precedent")
            listed = documents_html(cards_of(engine), result.hits, query)
            count = f"{len(result.hits)} đoạn gần nhất, đoạn giống hơn đứng trước"
            found = f'<h2>Văn bản trước đã viết</h2><p class="so-luong" role="status">{count}</p>{listed}'
        except QueryError as error:
            found = error_html(error)
    body = (
        f'<main id="noi-dung" class="soan"><h1>{DRAFTING.name}</h1>'
        f'<form class="o-soan" method="post" action="./{DRAFTING.path}" data-cho="Đang tìm…">'
        '<label class="ten-o" for="doan">Dán một đoạn đang soạn</label>'
        f'<textarea id="doan" name="doan" maxlength="{MAX_QUESTION}" aria-describedby="goi-y">{inert(draft)}'
        f'</textarea><p id="goi-y" class="so-luong">{_HINT}</p>'
        '<button class="nut chinh">Tìm đoạn tương tự</button></form>'
        f'<div class="ket-qua">{found}</div></main>'
    )
    return page(DRAFTING.name, body, DRAFTING)
