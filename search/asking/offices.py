"""Offices that issue documents, as questions name them: "kế hoạch năm 2021 của Tỉnh ủy".

A plan of the province's Party committee is none of the province's union, whatever both of them say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.structure.issuers import ISSUER
from corpus.text import fold
from search.asking.asks import KINDS
from search.asking.bodies import levels_named

# On folded text, what each kind of office but the unions' is called; a department's name says whose it is.
_OFFICES = {
    "party-central": r"bo chinh tri|ban bi thu|trung uong dang|(?:ban chap hanh|bch) (?:trung uong|tw)",
    "party-group": r"dang doan",
    "province-party": r"tinh uy|thanh uy",
    "district-party": r"huyen uy|quan uy|thi uy",
    "party-base": r"dang uy",
    "government": r"chinh phu|thu tuong",
    "assembly": r"quoc hoi",
    "people's committee": r"uy ban nhan dan|ubnd",
    "people's council": r"hoi dong nhan dan|hdnd",
}
_NAMED = re.compile("|".join(f"(?P<k{n}>\\b(?:{names})\\b)" for n, names in enumerate(_OFFICES.values())))
_BODY = r"(?:(?:ban thuong vu|btv|ban chap hanh|bch|thuong truc|doan chu tich|dct|van phong|ubkt) )?"
# Between a type of document and whose it is stand a number, a time or "nào" alone: "kế hoạch giao nhiệm vụ
# của Ban Nữ công" does not say who issued it.
_BETWEEN = r"(?: (?:so|nam|quy|thang|ngay|nao|nay|do|hanh dong|cong tac|[\d/.-][\w/.-]*|[ivx]+))*"
_ASKED = re.compile(rf"\b(?:{KINDS}|bao cao|to trinh|van ban)\b{_BETWEEN},? (?:cua|do) (?={_BODY}[a-z])")
# A document that another carries out is not the one asked for, nor is whose it is.
_CITED = re.compile(r"\b(?:thuc hien|trien khai|theo|can cu|quan triet|cu the hoa|hoc tap|thi hanh|va|cac) $")
_SENT = re.compile(r"\b(?:gui|nop|thoi han|han|truoc ngay)\b")  # a report that is due is in another's plan
_OFFICE = re.compile(ISSUER)
_TO_OFFICE = 90  # characters from a type of document to whose it is: number, date, what it is for
_OPENING = 60  # characters in which an office's name says what kind it is


def office_of(name: str) -> str | None:
    """Return the kind of office a name begins with; None for one that is not known.

    >>> office_of("Ban Thường vụ Tỉnh ủy Cà Mau"), office_of("LĐLĐ tỉnh Cà Mau"), office_of("Sở Nội vụ")
    ('province-party', 'union-province', None)
    """
    found = _offices_in(name[:_OPENING])
    return min(found)[1] if found else None


def names_their_document(issuers: tuple[str, ...], types: tuple[str, ...], text: str) -> bool:
    """Whether a text names a document of those offices, or of others of their kind: "Kế hoạch 5 của Tỉnh ủy".

    Args:
        types: What the documents asked for are called; any kind where the question says none.

    >>> names_their_document(("Tỉnh ủy",), ("Kế hoạch",), "theo Kế hoạch số 5-KH/TU của Tỉnh ủy")
    True
    >>> names_their_document(("Tỉnh ủy",), ("Báo cáo",), "báo cáo Thường trực Tỉnh ủy")
    False
    """
    folded, theirs = fold(text), set(map(office_of, issuers))
    called = "|".join(map(fold, types)) or f"{KINDS}|bao cao|to trinh|van ban"
    before = (folded[:start] for start, kind in _offices_in(text) if kind in theirs)
    named = re.compile(rf"\b(?:{called})\b[^.;]{{0,{_TO_OFFICE}}}\b(?:cua|do) (?:[a-z]+ ){{0,4}}$")
    return any(named.search(words) for words in before)


def _offices_in(text: str) -> list[tuple[int, str]]:
    """Return (start, kind) of the offices a text names."""
    folded, kinds = fold(text), list(_OFFICES)
    found = [(start, f"union-{level}") for start, _, level in levels_named(folded)]
    return found + [(m.start(), kinds[int((m.lastgroup or "k0")[1:])]) for m in _NAMED.finditer(folded)]


@lru_cache(256)
def asked_issuers(question: str) -> tuple[str, ...]:
    """Return the offices whose documents a question asks for, as it writes them.

    >>> asked_issuers("Kế hoạch năm 2021 của Tỉnh ủy Cà Mau đề ra gì?")
    ('Tỉnh ủy Cà Mau',)
    >>> asked_issuers("Kế hoạch thực hiện Nghị quyết 02 của Bộ Chính trị đề ra gì?")
    ()
    """
    folded = fold(question)
    if len(folded) != len(question) or _SENT.search(folded):
        return ()
    found: list[str] = []
    for match in _ASKED.finditer(folded):
        if _CITED.search(folded[: match.start()]):
            continue
        rest = question[match.end() :]
        named = _OFFICE.match(rest)
        name = named[0] if named else _lower_name(rest)
        if name and office_of(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _lower_name(text: str) -> str:
    """Return the office a text begins with where its name is not written with capitals; "" for none."""
    folded = fold(text)[:_OPENING]
    if (match := re.match(_BODY, folded)) and (named := _NAMED.match(folded, match.end())):
        return text[: named.end()]
    return next((text[:end] for start, end, _ in levels_named(folded) if start == 0), "")


def is_issued_by(issuers: tuple[str, ...], office: str | None) -> bool:
    """Whether a document may be one of those offices'; True where either is not known.

    Args:
        issuers: See `asked_issuers`.
        office: The kind of office that issued it; see `office_of`.
    """
    return not issuers or office is None or office in map(office_of, issuers)
