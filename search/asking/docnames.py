"""Documents as staff name them in short: "KH 401", "NQ02", "401/KH" for Kế hoạch 401 and Nghị quyết 02."""

from __future__ import annotations

import re

from corpus.numbers import TYPE_OF_CODE, find_numbers
from corpus.text import fold

# Codes that stand before a serial for nothing else: "CĐ 12" may be a college, "HĐ 3" a council.
_CODES = ("CTHĐ", "CTr", "KH", "BC", "NQ", "QĐ", "KL", "HD", "CT", "NĐ", "TT", "TB", "CV", "QC", "QyĐ", "ĐA")
_TYPE_OF = {code.lower(): TYPE_OF_CODE[code] for code in _CODES}
# Typed small, these are no words and nothing else's initials; "ct" is a company, "tb" an average.
_SMALL = ("cthđ", "cthd", "ctr", "kh", "bc", "nq", "qđ", "qd", "kl", "hd", "cv", "nđ")
_TYPE_OF |= {"cthd": TYPE_OF_CODE["CTHĐ"], "qd": TYPE_OF_CODE["QĐ"]}
# "TT 15 người", "BC 6 tháng": a figure of something is no serial.
_OF_SOMETHING = (
    r"(?![\d/.,]*\s?(?:%|tháng|quý|tuần|tin|bài|cuộc|vụ|người|đoàn viên|đơn vị|triệu|tỷ|nghìn|ngàn|đồng"
    r"|thang|quy|tuan)(?!\w))"
)
_SHORT = re.compile(
    rf"(?<![\w/\-])(?P<code>{'|'.join(_CODES)}|{'|'.join(_SMALL)})(?P<so>\s?số\s|\s?so\s)?[\s.:\-]?"
    rf"(?=\d{{1,5}}[a-zđ]?\b{_OF_SOMETHING})"
)
_BEHIND = re.compile(
    rf"(?<![\w/.,\-])(?P<serial>\d{{1,4}}[a-zđ]?)(?:\s?/\s?|-)(?P<code>{'|'.join((*_CODES, *_SMALL))})"
    r"(?!\w|\s?[/\-–]\s?\w)"
)
# Types as they stand before a bare serial, folded.
_TYPES = (
    "chuong trinh hanh dong|chuong trinh|nghi quyet|quyet dinh|quy dinh|chi thi|ket luan|ke hoach"
    "|bao cao|huong dan|thong bao|cong van|de an|quy che|nghi dinh|thong tu|to trinh|van ban|cthd"
)
# A bare serial counts only after "số" or a document type: "báo cáo số 757", "Chương trình 1563"; not in
# "báo cáo 6 tháng", "kế hoạch 5 năm".
_SERIAL = re.compile(
    rf"\b(?:(?P<type>{_TYPES})\s(?:so\s)?|so\s)(?P<serial>\d{{1,5}}[a-z]?)(?:/(?:19|20)\d\d)?\b(?![/%.,]\d|\s?%"
    r"|\s(?:trieu|ty|nghin|ngan|dong|cap|buoc|diem)\b"
    r"|\s(?:thang|nam|ngay|quy|tuan)\b(?!\s(?:(?:0?[1-9]|[12]\d|3[01]|\d{4})\b(?!\s?[-–]\s?\d)|i|nao|may|bao|ky|ban)))"
)
_OF_A_YEAR = re.compile(rf"\b((?:{_TYPES})\s(?:so\s)?\d{{1,5}}[a-z]?)/(?:19|20)\d\d\b")


def spelt_types(text: str) -> str:
    """Return a question with the types of documents that stand in short beside a serial written out.

    >>> spelt_types("KH 401 có gì? còn NQ02 và 15/BC"), spelt_types("BC 6 tháng của CT 3 người")
    ('Kế hoạch 401 có gì? còn Nghị quyết 02 và Báo cáo 15', 'BC 6 tháng của CT 3 người')
    """
    text = _SHORT.sub(lambda m: f"{_TYPE_OF[m['code'].lower()]}{' số' if m['so'] else ''} ", text)

    def before(match: re.Match[str]) -> str:
        named = _TYPE_OF[match["code"].lower()]
        said = re.sub(r"\sso$", "", fold(text[: match.start()]).rstrip())
        return match["serial"] if said.endswith(fold(named)) else f"{named} {match['serial']}"

    return _BEHIND.sub(before, text)


def find_serials(question: str) -> tuple[str, ...]:
    """Return the bare serials that a question says after "số" or a type of document, each once, in order."""
    return tuple(dict.fromkeys(serial for _, serial in _found(question)))


def typed_serials(question: str) -> tuple[tuple[str, str], ...]:
    """Return (folded type, serial) of the documents a question names by a type and a bare serial.

    >>> typed_serials("Nghị quyết số 25 và mẫu số 03")
    (('nghi quyet', '25'),)
    """
    return tuple(dict.fromkeys((kind, serial) for kind, serial in _found(question) if kind))


def without_documents(question: str) -> str:
    """Return a question without the documents it names.

    >>> without_documents("hạn báo cáo của Kế hoạch 56 và 12/KH-LĐLĐ là ngày nào")
    'hạn báo cáo của và là ngày nào'
    """
    spans = [(m.start, m.end) for m in find_numbers(question, typed=True)]
    spans += [m.span() for m in _SERIAL.finditer(fold(question)) if m["type"]]
    named = {at for span in spans for at in range(*span)}  # "Kế hoạch số 56" reaches into "56/KH-LĐLĐ"
    kept = (" " if at in named else letter for at, letter in enumerate(question))
    return " ".join("".join(kept).split())


def may_be_called(kind: str, code: str | None) -> bool:
    """Whether a document of a type's code may be called so: a folded type, or only "văn bản".

    >>> may_be_called("quy dinh", "QĐ"), may_be_called("chuong trinh hanh dong", "CTr")
    (True, True)
    """
    named = fold(TYPE_OF_CODE.get(code or "", ""))
    if kind == "van ban" or (kind == "quy dinh" and code == "QĐ"):  # offices of the Party number both so
        return True
    return bool(named) and (kind.startswith(named) or named.startswith(kind))


def without_years_of_numbers(folded: str) -> str:
    """Return a folded question without the years that are part of a number: "Nghị định 145/2020".

    >>> without_years_of_numbers("nghi dinh 145/2020 nam 2023")
    'nghi dinh 145 nam 2023'
    """
    return _OF_A_YEAR.sub(r"\1", folded)


def _found(question: str) -> list[tuple[str, str]]:
    folded = fold(question)
    for mention in reversed(list(find_numbers(question, typed=True))):
        folded = folded[: mention.start] + " " + folded[mention.end :]
    found = ((m["type"] or "", m["serial"]) for m in _SERIAL.finditer(folded))
    return [(t, s) for t, s in found if not (s.isdigit() and 1900 < int(s) < 2100)]
