"""Which parts a document of a type must have, and which a draft lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.citing.owners import read_number
from corpus.numbers import PARTY_OFFICES
from corpus.records import Document
from corpus.structure.doctypes import code_of_type
from corpus.structure.letterhead import letterhead_end
from corpus.text import fold
from search.drafting.findings import Finding, Severity
from search.drafting.offices import is_party_name
from search.drafting.sectionkinds import KIND_NAMES, SectionKind, kinds_in

_LEADS = re.compile(
    r"\b(?:can cu|thuc hien|trien khai|theo de nghi|xet de nghi|de (?:trien khai|thuc hien)|nham)\b"
)
# What each type has besides a beginning and an ending; each of a group will do.
_PLAN: tuple[tuple[SectionKind, ...], ...] = (
    ("purpose", "goals"),
    ("tasks", "goals", "schedule"),
    ("execution",),
)
WANTED: dict[str, tuple[tuple[SectionKind, ...], ...]] = {
    "Kế hoạch": _PLAN,
    "Kế hoạch phối hợp": _PLAN,
    "Kế hoạch liên tịch": _PLAN,
    "Chương trình": _PLAN,
    "Chương trình hành động": _PLAN,
    "Chương trình phối hợp": _PLAN,
    "Đề án": _PLAN,
    "Phương án": _PLAN,
    "Hướng dẫn": (("execution",),),
    "Chỉ thị": (("execution",),),
    "Nghị quyết": (("tasks", "goals"),),
    "Báo cáo": (("results", "lessons", "situation"), ("tasks", "proposals", "goals")),
}
"""Type -> the kinds of section it has, in their order; of a group one is enough."""
_RESTING = frozenset({*WANTED, "Quyết định"}) - {"Báo cáo", "Chỉ thị"}  # what opens with what it rests on
_ADDRESSED = frozenset({"Công văn", "Tờ trình"})  # what opens with "Kính gửi"


def is_party(document: Document) -> bool:
    """Whether a document is of an office of the Party, laid out by Hướng dẫn 36-HD/VPTW."""
    head = document.letterhead
    if head.number and read_number(head.number).office:
        office = read_number(head.number).office
        return any(office.endswith(one) for one in PARTY_OFFICES if one not in ("BTV", "ĐĐ"))
    own = " ".join(filter(None, (head.issuer, head.title if not head.issuer else None)))
    return is_party_name(own)


def check_parts(draft: Document) -> Iterator[Finding]:
    """Yield the parts that a draft of its type should have and has not."""
    kind = draft.letterhead.type
    if kind is None:
        yield Finding(
            "missing-part", "info", 0, 0,
            "Chưa nhận ra loại văn bản, nên chưa kiểm tra được các phần bắt buộc; "
            "xin ghi tên loại thành một dòng riêng, ví dụ: KẾ HOẠCH.",
        )  # fmt: skip
        return
    if code_of_type(kind) is None and kind not in _ADDRESSED:
        return  # a form, an agreement, a law: Nghị định 30 lays down no parts for these
    party = is_party(draft)
    kinds = kinds_in(draft)
    body = _body_start(draft)
    yield from _opening(draft, kind, party, body)
    for group in WANTED.get(kind, ()):
        if not set(group) & set(kinds):
            names = " hoặc ".join(f"“{KIND_NAMES[one]}”" for one in group)
            yield _missing("warning", _place_of(draft, group, kinds), f"{kind} chưa có mục {names}.")
    end = len(draft.text.rstrip())
    if "recipients" not in kinds:
        yield _missing("error", end, "Chưa có “Nơi nhận”.")
    if "signature" not in kinds and draft.letterhead.signer is None:  # else it stands beside the recipients
        office = "“T/M ...” và chức vụ" if party else "“TM. ...” hoặc chức vụ"
        yield _missing("error", end, f"Chưa có phần ký: {office}, họ và tên người ký.")


def _opening(draft: Document, kind: str, party: bool, body: int) -> Iterator[Finding]:
    head = draft.letterhead
    folded = fold(draft.text[:body])
    opening = fold(" ".join(draft.text[: _first_section(draft)].split()))
    motto = "dang cong san viet nam" if party else "cong hoa xa hoi chu nghia viet nam"
    if motto not in " ".join(folded.split()):
        name = "tiêu đề “ĐẢNG CỘNG SẢN VIỆT NAM”" if party else "Quốc hiệu và Tiêu ngữ"
        yield _missing("warning", 0, f"Chưa có {name}.")
    if not head.title and kind != "Công văn":
        yield _missing("error", 0, "Chưa có trích yếu nội dung.")
    if not re.search(r"\bngay\b.{0,12}\bthang\b.{0,12}\bnam\b", folded):
        yield _missing("warning", 0, "Chưa có địa danh và ngày, tháng, năm ban hành.")
    if not re.search(r"(?:^|\n|\|)\W*so\s?:|\bso\s?[.:…]", folded) and head.number is None:
        yield _missing("warning", 0, "Chưa có chỗ ghi số, ký hiệu.")
    if kind in _ADDRESSED:
        if "kinh gui" not in opening:
            yield _missing("error", body, f"{kind} chưa có “Kính gửi”.")
    elif kind in _RESTING and not _LEADS.search(opening[len(" ".join(folded.split())) :]):
        name = (
            "Căn cứ"
            if kind in ("Quyết định", "Nghị quyết")
            else "căn cứ ban hành (Căn cứ ..., Thực hiện ...)"
        )
        severity: Severity = "error" if kind in ("Quyết định", "Nghị quyết") else "warning"
        yield _missing(severity, body, f"Phần mở đầu chưa nêu {name}.")


def _missing(severity: Severity, at: int, message: str) -> Finding:
    return Finding("missing-part", severity, at, at, message)


def _first_section(draft: Document) -> int:
    """Return where the first numbered section begins, or the closing, or the end."""
    ends = (s.start for s in draft.sections if s.level or s.address in ("Nơi nhận", "Ký"))
    return next(ends, len(draft.text))


def _body_start(draft: Document) -> int:
    return letterhead_end(draft.text[: _first_section(draft)])


def _place_of(draft: Document, group: Sequence[SectionKind], kinds: Sequence[SectionKind]) -> int:
    """Return where a missing part belongs: purposes come first, what is carried out comes last."""
    if group[0] in ("purpose", "results"):
        return _first_section(draft)
    closing = (
        s.start for s, k in zip(draft.sections, kinds, strict=True) if k in ("recipients", "signature")
    )
    before = "execution" if group[0] != "execution" else None
    execution = (s.start for s, k in zip(draft.sections, kinds, strict=True) if k == before)
    return next(execution, next(closing, len(draft.text.rstrip())))
