"""One document of the library and what can be decided about it: corrected, replaced, removed."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.errors import AppError
from corpus.library.corrections import FIELDS, CorrectionError
from corpus.library.files import KnownFile
from corpus.records import Document
from corpus.structure.doctypes import known_types
from search.documents.sources import document_name
from ui.frame import SHELF, document_link, page
from ui.parts.render import inert
from ui.reading.corrected import as_read, shown_value
from ui.shelf.librarian import Librarian
from ui.shelf.upload import CORRECT, REMOVE, send_form, trouble_html

AS_READ = "theo"
"""Name of the buttons that take back what was corrected: of one field, or "het" of all."""
_HINTS = {
    "number": "Ví dụ 12/KH-LĐLĐ",
    "date": "Ngày/tháng/năm, ví dụ 5/3/2021",
    "issuer": "",
    "type": "Chọn trong danh sách, ví dụ Kế hoạch",
    "title": "",
}


def manage_page(
    librarian: Librarian,
    doc_id: str,
    typed: Mapping[str, str] | None = None,
    error: AppError | None = None,
) -> str:
    """The whole page; `typed` and `error` are of a form that could not be taken.

    Raises:
        KeepingError: There is no such document, or nothing can be changed here.
    """
    librarian.hold()
    file = librarian.file(doc_id)
    if file.reason is not None:
        return _unread_page(file, error)
    document = librarian.desk.library.document(doc_id)
    name = document_name(document)
    said = "" if error is None or isinstance(error, CorrectionError) else _alert(error)
    body = (
        f'<main id="noi-dung" class="kho quan-ly-vb"><p class="ve"><a href="./{SHELF.path}">‹ Kho văn bản</a>'
        f'</p><h1>{inert(name)}</h1><p class="so-luong">Tệp {inert(file.name)} · '
        f'<a href="{document_link(doc_id)}">Mở văn bản</a></p>{said}{_form(document, typed, error)}'
        f"{_others(file, name)}</main>"
    )
    return page(f"Sửa, thay, gỡ · {name}", body, SHELF)


def _alert(error: AppError) -> str:
    return f'<div class="loi" role="alert">{trouble_html(error)}</div>'


def _form(document: Document, typed: Mapping[str, str] | None, error: AppError | None) -> str:
    read = as_read(document)
    fields = "".join(_field(document, field, read[field], typed, error) for field in FIELDS)
    types = "".join(f'<option value="{inert(name)}"></option>' for name in known_types())
    back = ""
    if document.corrected:
        back = f'<button class="nut" name="{AS_READ}" value="het" formnovalidate>Theo văn bản tất cả</button>'
    return (
        f'<form class="sua-tay" method="post" action="./{CORRECT}" data-cho="Đang lưu…">'
        f'<h2>Thông tin của văn bản</h2><input type="hidden" name="vb" value="{inert(document.doc_id)}">'
        f'<datalist id="cac-loai">{types}</datalist>{fields}<div class="viec">'
        f'<button class="nut chinh">Lưu chỗ sửa</button>{back}</div>'
        '<p class="so-luong">Chỗ sửa được giữ khi lập lại chỉ mục. Ô để trống nghĩa là văn bản không có.</p>'
        "</form>"
    )


def _field(
    document: Document,
    field: str,
    read: str | None,
    typed: Mapping[str, str] | None,
    error: AppError | None,
) -> str:
    value = shown_value(field, getattr(document.letterhead, field))
    if typed is not None:
        value = typed.get(field, "")
    wrong = error if isinstance(error, CorrectionError) and error.field == field else None
    notes, back = _HINTS[field], ""
    if field in document.corrected:
        notes = f"Đã sửa tay; văn bản ghi: {shown_value(field, read) or 'không có'}"
        label = f'Theo văn bản<span class="an">: {FIELDS[field]}</span>'
        back = f'<button class="nut" name="{AS_READ}" value="{field}" formnovalidate>{label}</button>'
    said = f'<p class="sai" id="sai-{field}">{inert(str(wrong))}.</p>' if wrong else ""
    described = " ".join([*([f"sai-{field}"] if wrong else []), *([f"ghi-{field}"] if notes else [])])
    attributes = (
        f'id="{field}" name="{field}"{" aria-invalid=true autofocus" if wrong else ""}'
        f'{f" aria-describedby={chr(34)}{described}{chr(34)}" if described else ""} autocomplete="off"'
    )
    if field == "title":
        box = f"<textarea {attributes} rows=3 maxlength=1000>&#10;{inert(value)}</textarea>"
    else:
        types = ' list="cac-loai"' if field == "type" else ""
        box = f'<input type="text" {attributes}{types} maxlength="200" value="{inert(value)}">'
    note = f'<p class="so-luong" id="ghi-{field}">{inert(notes)}</p>' if notes else ""
    return (
        f'<div class="o-sua"><label class="ten-o" for="{field}">{FIELDS[field].capitalize()}</label>'
        f'<div class="o-va-nut">{box}{back}</div>{said}{note}</div>'
    )


def _others(file: KnownFile, shown: str) -> str:
    """Replacing and removing."""
    return (
        '<section class="them-vb" aria-labelledby="thay"><h2 id="thay">Thay bằng tệp khác</h2>'
        '<p class="so-luong">Tệp cũ được giữ lại và khôi phục được.</p>'
        f"{send_form(file.doc_id)}"
        '<ul class="cac-tep" aria-label="Tệp vừa gửi" aria-live="polite"></ul></section>'
        f'<form class="go-vb" method="post" action="./{REMOVE}" data-cho="Đang gỡ…"><h2>Gỡ khỏi kho</h2>'
        '<p class="so-luong">Tệp được chuyển vào mục “Đã gỡ hoặc đã thay”, khôi phục được bất cứ lúc nào.</p>'
        f'<input type="hidden" name="vb" value="{inert(file.doc_id)}">'
        f'<input type="hidden" name="ten" value="{inert(shown)}">'
        '<button class="nut">Gỡ khỏi kho</button></form>'
    )


def _unread_page(file: KnownFile, error: AppError | None) -> str:
    """A file that could not be read has nothing to correct."""
    remedy = f" {inert(file.remedy)}." if file.remedy else ""
    body = (
        f'<main id="noi-dung" class="kho quan-ly-vb"><p class="ve"><a href="./{SHELF.path}">‹ Kho văn bản</a>'
        f"</p><h1>{inert(file.name)}</h1>{_alert(error) if error else ''}"
        f'<p class="luu-y">Chưa đọc được tệp này: {inert(file.reason or "")}.{remedy}</p>'
        f"{_others(file, file.name)}</main>"
    )
    return page(f"Thay, gỡ · {file.name}", body, SHELF)
