"""Adding documents, as Kho văn bản shows it: where files are dropped, what became of each, what is gone."""

from __future__ import annotations

import time

from corpus.errors import AppError
from corpus.library.corrections import FIELDS
from corpus.library.filenames import safe_name
from corpus.readers.registry import supported_suffixes
from corpus.records import Document
from search.documents.sources import vietnamese_date
from ui.frame import MANAGE, Asked, document_link
from ui.parts.render import inert
from ui.shelf.librarian import Job, Librarian
from ui.shelf.receiving import MAX_FILE

SEND, FATE, CORRECT, REMOVE, RESTORE = "kho-gui", "kho-tep", "kho-sua", "kho-go", "kho-khoi-phuc"
"""The addresses that take files, tell what became of them, and take what people decide."""
_ROWS = 30  # files shown, the latest first
_SHOWN_NS = 3600 * 10**9  # how long a file that has ended is shown
_STATES = {
    "chờ": "Đang chờ đọc",
    "đọc": "Đang đọc",
    "lập": "Đã đọc, đang đưa vào kho",
    "xong": "Đã vào kho, hỏi được ngay",
    "trùng": "Đã có trong kho",
    "lỗi": "Chưa đọc được",
}
_DONE = {
    "sua": "Đã lưu chỗ sửa; câu trả lời và danh sách đã theo chỗ sửa.",
    "go": "Đã gỡ văn bản khỏi kho. Có thể khôi phục ở mục “Đã gỡ hoặc đã thay” bên dưới.",
    "khoi-phuc": "Đã khôi phục tệp vào kho.",
    "gui": "Đã nhận tệp.",
    "cho": "Đã ghi nhận. Kho đang được cập nhật, xin đợi một lát rồi tải lại trang.",
}


def upload_html(librarian: Librarian, asked: Asked) -> str:
    """What stands above the list of documents; field: "da", what has just been done."""
    said = _DONE.get(asked.one("da"), "")
    notice = f'<p class="da-xong" role="status">{said}</p>' if said else ""
    if librarian.home is None:
        return notice
    since = time.time_ns() - _SHOWN_NS
    jobs = [job for job in librarian.jobs() if not job.ended or job.received.came > since]
    rows = "".join(row_html(librarian, job) for job in jobs[:_ROWS])
    trouble = f'<div class="loi" role="alert">{trouble_html(librarian.trouble)}</div>'
    return (
        f'{notice}<section class="them-vb" aria-labelledby="them-vb"><h2 id="them-vb">Thêm văn bản</h2>'
        f'{send_form()}<ul class="cac-tep" aria-label="Các tệp vừa gửi" aria-live="polite">{rows}</ul>'
        f"{trouble if librarian.trouble else ''}</section>{_binned(librarian)}"
    )


def trouble_html(error: AppError | None) -> str:
    """An error in words; its sentences end with full stops."""
    if error is None:
        return ""
    remedy = f" {inert(error.remedy)}." if error.remedy else ""
    return f"<p>{inert(error.problem)}.{remedy}</p>"


def send_form(replaces: str | None = None) -> str:
    """The form that sends files; with `replaces`, one file for the place of that document."""
    accept = ",".join(supported_suffixes())
    name = "tep-thay" if replaces is not None else "tep-moi"
    hidden = f'<input type="hidden" name="thay" value="{inert(replaces)}">' if replaces is not None else ""
    many = "" if replaces is not None else " multiple"
    button = "Chọn tệp thay…" if replaces is not None else "Chọn tệp…"
    endings = ", ".join(
        ending for ending in supported_suffixes() if ending in (".docx", ".doc", ".pdf", ".xlsx")
    )
    return (
        f'<form class="tha-tep" method="post" action="./{SEND}" enctype="multipart/form-data" '
        f'data-gui="./{FATE}" data-toi-da="{MAX_FILE}" data-cho="Đang gửi…">{hidden}'
        f'<p class="moi-tha"><span class="co-keo">Thả tệp vào đây, hoặc</span> '
        f'<input class="an" id="{name}" name="tep" type="file" accept="{accept}"{many} required '
        f'aria-describedby="{name}-loai"><label class="nut chinh" for="{name}">{button}</label></p>'
        f'<p class="so-luong" id="{name}-loai">{endings}, ảnh quét và các loại khác; mỗi tệp tối đa '
        f'{MAX_FILE // 2**20} MB</p><button class="nut">Gửi tệp</button></form>'
    )


def row_html(librarian: Librarian, job: Job) -> str:
    """What has become of one file that was sent."""
    state = _STATES[job.state]
    said = ""
    if job.problem:
        problem = job.problem[:1].upper() + job.problem[1:].rstrip(".")
        said = f"<p>{inert(problem)}.{f' {inert(job.remedy)}.' if job.remedy else ''}</p>"
    waiting = "" if job.ended else f'<progress aria-label="{state}"></progress>'
    shown = ""
    if job.doc_id is not None and job.state in ("xong", "trùng"):
        shown = _understood(librarian, job)
    ended = ' data-xong="1"' if job.ended else ""
    kind = {"xong": "tot", "lỗi": "hong"}.get(job.state, "")
    return (
        f'<li class="tep-gui {kind}" id="tep-{job.received.key}" data-ma="{job.received.key}"{ended}>'
        f'<p class="dau-tep"><strong>{inert(job.received.name)}</strong> '
        f'<span class="tinh-trang">{state}</span>{waiting}</p>{said}{shown}</li>'
    )


def _understood(librarian: Librarian, job: Job) -> str:
    """What was read out of a file that is in the library, and what can be done with it."""
    assert job.doc_id is not None
    try:
        document = librarian.desk.library.document(job.doc_id)
    except KeyError:
        return "<p>Văn bản này đã được gỡ khỏi kho.</p>"
    warnings = [inert(warning) for warning in document.warnings]
    for name, doc_id, kind in librarian.desk.folder.copies_of(job.doc_id):
        link = f'<a href="{document_link(doc_id)}">{inert(name)}</a>' if doc_id else inert(name)
        warnings.append(f"Kho đã có tệp khác của cùng văn bản này ({inert(kind)}): {link}")
    if job.state == "xong" and job.received.replaces is None and _renamed(job):
        warnings.append(
            f"Kho đã có tệp cùng tên với nội dung khác, nên tệp này được lưu là {inert(job.name or '')}. "
            "Nếu đây là bản mới của văn bản đó, hãy mở văn bản cũ và dùng “Thay bằng tệp khác”"
        )
    listed = "".join(f"<li>{warning}</li>" for warning in warnings)
    manage = Asked({"vb": [job.doc_id]}).address(MANAGE)
    return (
        f"{facts_html(document)}{f'<ul class=luu-y-tep>{listed}</ul>' if listed else ''}"
        f'<p class="viec"><a href="{document_link(job.doc_id)}">Mở văn bản</a>'
        f'<a href="{manage}">Sửa, thay, gỡ</a></p>'
    )


def _renamed(job: Job) -> bool:
    return (job.name or "").rpartition("/")[2] != safe_name(job.received.name)


def facts_html(document: Document) -> str:
    """What is known of a letterhead, as a list of terms; what was corrected by hand says so."""
    shown, unknown = [], []
    for field, name in FIELDS.items():
        value = getattr(document.letterhead, field)
        if not value and field not in document.corrected:
            unknown.append(name)
            continue
        if field == "date" and value:
            value = vietnamese_date(value)
        by_hand = ' <span class="nhan">sửa tay</span>' if field in document.corrected else ""
        said = inert(value) if value else '<span class="khong-ro">không có</span>'
        shown.append(f"<dt>{name.capitalize()}</dt><dd>{said}{by_hand}</dd>")
    listed = f'<dl class="da-hieu-tep">{"".join(shown)}</dl>' if shown else ""
    asked = "Chưa rõ {}; có thể ghi thêm ở “Sửa, thay, gỡ”.".format(", ".join(unknown))
    return listed + (f'<p class="khong-ro">{asked}</p>' if unknown else "")


def _binned(librarian: Librarian) -> str:
    items = [
        f'<li><form method="post" action="./{RESTORE}" data-cho="Đang khôi phục…">'
        f'<input type="hidden" name="ma" value="{inert(one.key)}">'
        f"<span><strong>{inert(one.shown or one.name)}</strong> <span class=tep>{inert(one.name)}</span> "
        f"{'đã gỡ' if one.why == 'gỡ' else 'đã được thay'} lúc {_when(one.when)}</span> "
        f'<button class="nut">Khôi phục<span class="an"> {inert(one.shown or one.name)}</span></button>'
        "</form></li>"
        for one in librarian.binned()
    ]
    if not items:
        return ""
    return (
        f'<details class="da-go"><summary>Đã gỡ hoặc đã thay ({len(items)})</summary>'
        f"<ul>{''.join(items)}</ul></details>"
    )


def _when(iso: str) -> str:
    """An ISO time as people write it.

    >>> _when("2025-01-02T03:04:05")
    '03:04 ngày 2/1/2025'
    """
    day, _, time = iso.partition("T")
    return f"{time[:5]} ngày {vietnamese_date(day)}"
