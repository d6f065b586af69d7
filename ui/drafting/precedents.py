"""Soạn thảo: how earlier documents said what a draft says, its check, two documents compared, an outline.

A draft is sent once, by a form, and kept in memory; every view of it then has an address of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.errors import AppError
from corpus.readers.registry import supported_suffixes
from search.drafting.drafts import MAX_DRAFT
from ui.drafting.kept import Draft, KeptDrafts
from ui.drafting.render import LEGEND, findings_html, paragraph_html, waiting_html
from ui.frame import DRAFTING, Asked, page
from ui.parts.render import error_html, inert

if TYPE_CHECKING:
    from search.engine import Engine

AT_ONCE = 4  # paragraphs whose precedents are asked for in one request
MAX_FILE = 20 * 1024 * 1024
"""Longest file taken, in bytes."""
PARTS = "soan-thao-doan"
"""The address that gives the next paragraphs of a draft with their precedents."""
VIEWS = {
    "": "Tiền lệ",
    "ra-soat": "Rà soát",
    "so-sanh": "So sánh hai văn bản",
    "de-cuong": "Đề cương",
}
_GONE = (
    '<div class="loi" role="alert"><p>Bản thảo này không còn được giữ. Anh/chị vui lòng dán hoặc tải lên '
    "lại.</p></div>"
)
_HINT = (
    "Chương trình đặt từng đoạn cạnh những đoạn nói cùng việc trong kho, hoặc rà soát viện dẫn, số liệu, chữ "
    f"viết tắt và các phần. Tối đa {MAX_DRAFT:,} ký tự. Bản thảo chỉ được giữ tạm trong bộ nhớ."
).replace(",000 ký", ".000 ký")


def drafting_page(engine: Engine, drafts: KeptDrafts, asked: Asked) -> str:
    """The page; fields: "viec" (a view), "ma" (a draft kept), and those of the view."""
    view = asked.one("viec")
    view = view if view in VIEWS else ""
    draft = drafts.get(asked.one("ma"))
    gone = _GONE if asked.one("ma") and draft is None else ""
    if view == "so-sanh":
        from ui.drafting.compare import compare_view

        shown = compare_view(engine, draft, asked)
    elif view == "de-cuong":
        from ui.drafting.outline import outline_view

        shown = outline_view(engine, asked)
    else:
        shown = _form(draft) + gone + _of_draft(engine, draft, view, asked)
    return framed(shown, view, asked if draft else None)


def refused(error: AppError, pasted: str) -> str:
    """The page after a draft that could not be read: why, and the form as it was."""
    return framed(error_html(error) + _form(None, pasted), "", None)


def framed(shown: str, view: str, asked: Asked | None) -> str:
    """A whole page; `asked` where a draft is at hand, so that the other views know it."""
    name = asked.one("ma") if asked else ""
    links = "".join(
        f'<a href="{Asked({"viec": [v], "ma": [name]}).address(DRAFTING.path)}"'
        f"{' aria-current=page' if v == view else ''}>{title}</a>"
        for v, title in VIEWS.items()
    )
    body = (
        f'<main id="noi-dung" class="soan"><h1>{DRAFTING.name}</h1>'
        f'<nav class="viec-soan" aria-label="Việc soạn thảo">{links}</nav>{shown}</main>'
    )
    return page(f"{VIEWS[view]} · {DRAFTING.name}" if view else DRAFTING.name, body, DRAFTING)


def _form(draft: Draft | None, pasted: str = "") -> str:
    pasted = draft.pasted if draft else pasted
    accept = ",".join(supported_suffixes())
    form = (
        f'<form class="o-soan" method="post" action="./{DRAFTING.path}" enctype="multipart/form-data" '
        'data-cho="Đang đọc bản thảo…">'
        '<label class="ten-o" for="doan">Dán bản thảo, cả văn bản hoặc vài đoạn</label>'
        f'<textarea id="doan" name="doan" aria-describedby="goi-y">&#10;{inert(pasted)}</textarea>'
        '<label class="ten-o" for="tep">hoặc chọn tệp (.docx, .doc, .pdf, .txt…, tối đa 20 MB)</label>'
        f'<input id="tep" name="tep" type="file" accept="{accept}" data-toi-da="{MAX_FILE}">'
        '<label class="nut chon-tep" for="tep">Chọn tệp…</label><span class="ten-tep" role="status"></span>'
        f'<p id="goi-y" class="so-luong">{_HINT}</p>'
        '<div class="viec"><button class="nut chinh">Tìm tiền lệ</button>'
        '<button class="nut" name="viec" value="ra-soat">Rà soát</button></div></form>'
    )
    if draft is None:
        return form
    named = "đã dán" if draft.pasted else inert(draft.document.source)
    title = f"Bản thảo {named}, {len(draft.paragraphs)} đoạn. Sửa hoặc thay"
    return f'<details class="ban-thao"><summary>{title}</summary>{form}</details>'


def _of_draft(engine: Engine, draft: Draft | None, view: str, asked: Asked) -> str:
    if draft is None:
        return '<div class="ket-qua"></div>'
    if view == "ra-soat":
        shown = f"<h2 class=an>Rà soát</h2>{findings_html(draft.document, draft.findings(engine))}"
        return f'<div class="ket-qua">{shown}</div>'
    return f'<div class="ket-qua">{_precedents(engine, draft, asked)}</div>'


def _precedents(engine: Engine, draft: Draft, asked: Asked) -> str:
    """All paragraphs; but for the first few, the page asks for their precedents by itself."""
    count = len(draft.paragraphs)
    if not count:
        return '<p class="trong">Bản thảo không có đoạn nào đủ dài để tìm tiền lệ.</p>'
    at_once = count if asked.one("het") else min(AT_ONCE, count)
    drawn = [paragraph_html(n, draft.found(engine, n)) for n in range(at_once)]
    drawn += [waiting_html(n, draft.paragraphs[n]) for n in range(at_once, count)]
    own = (
        '<p class="luu-y">Bản thảo này đã có trong kho; chính nó không được kể là tiền lệ: '
        f"{inert('; '.join(draft.own))}</p>"
        if draft.own
        else ""
    )
    if at_once < count:
        ask = f"./{PARTS}?ma={quote(asked.one('ma'), safe='')}"
        all_ = asked.address(DRAFTING.path, het="1")
        progress = (
            f'<div class="tien-do" data-lay="{ask}" data-tu="{at_once}" data-den="{count}">'
            f'<label for="tien-do">Đang tìm tiền lệ</label> <progress id="tien-do" max="{count}" '
            f'value="{at_once}"></progress> <span role="status">{at_once}/{count} đoạn</span>'
            f'<noscript><a href="{all_}">Tìm cho tất cả các đoạn</a></noscript></div>'
        )
    else:
        progress = f'<p class="so-luong" role="status">{count} đoạn</p>'
    return f"<h2>Văn bản trước đã viết</h2>{own}{progress}{LEGEND}{''.join(drawn)}"


def next_paragraphs(engine: Engine, drafts: KeptDrafts, asked: Asked) -> str:
    """The next few paragraphs with their precedents, as pieces of a page; fields: "ma", "tu"."""
    draft = drafts.get(asked.one("ma"))
    if draft is None:
        return _GONE
    first = asked.count("tu", 0, len(draft.paragraphs))
    last = min(first + AT_ONCE, len(draft.paragraphs))
    return "".join(paragraph_html(n, draft.found(engine, n)) for n in range(first, last))
