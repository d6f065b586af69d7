"""Who holds an office, told by the signatures: "Ai là Chủ tịch LĐLĐ tỉnh Lai Châu?".

A signature tells who held an office on the day it was signed, of the body that issued the document. Whoever
signs for another (KT., TL.) holds the last office named, not the one signed for. Layout: phụ lục I of Nghị
định 30/2020/NĐ-CP (mục II.7); of the Party: Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Letterhead
from corpus.text import fold
from corpus.words.glossary import Glossary
from corpus.words.places import PROVINCES
from search.asking.asks import ask_key
from search.asking.matching import write_out
from search.asking.posts import with_posts_named
from search.documents.facts import Fact, signer
from search.documents.shelf import Shelf
from search.documents.sources import brief_source, vietnamese_date
from search.hits import Quotation
from search.query import Query

_OFFICE = (
    r"(?P<office>(?:pho )?(?:chu tich|bi thu)(?: thuong truc)?|(?:pho )?giam doc|(?:pho )?chanh van phong)\b"
)
_SIGNED_AS = re.compile(rf"{_OFFICE} ?(?P<body>.*)")
_ON_BEHALF = re.compile(r"(?:TM|T/M)\b\.?\s*")
_OPENING = (
    r"^(?:(?:cho|xin|em|toi|minh|hay|hoi|biet|vay|the|thi|hien nay|hien tai|hien|nay|luc do|nam \d{4}"
    r"|dong chi|d/c|ong|ba|trong|vao|o|tai)[ ,:]+)*"
)
_WHO = r"(?:ai|nguoi nao|dong chi nao|vi nao)"
_AS = r"(?:dang|hien|nay|la|lam|giu|chuc|vu|danh|duong|nhiem|dam nhiem|voi|tren)"
_ASKS_WHOM = (
    re.compile(rf"{_OPENING}{_WHO}(?: {_AS})+ {_OFFICE} (?P<body>[^?;]+)"),
    re.compile(
        rf"{_OPENING}{_OFFICE} (?P<body>[^?;]+?),?(?: dang| hien| hien nay| bay gio| nam \d{{4}})*"
        rf" (?:la {_WHO}|ten (?:la )?(?:gi|ai)|do {_WHO}\b.*)"
    ),
    re.compile(rf"{_OPENING}(?:ho |va )*ten (?:cua )?(?:dong chi |vi )?{_OFFICE} (?P<body>[^?;]+)"),
)
# At the end of a question: a time, or a particle.
_TIME = re.compile(r"(?:,| (?:hien nay|hien tai|bay gio|nam \d{4}|luc do|trong|vao|a|vay|the))+$")
_ASKS_OFFICE = re.compile(r" (?:chuc (?:vu|danh|gi)|la ai|lam gi o dau) ")
_OWN_OFFICE = re.compile(_OFFICE)
_LEANING = frozenset("the con vay thi sao nam la ai nao tinh hoi truoc do luc nay khi ay a o".split())
_NAMELESS = re.compile(r" (?:tinh|thanh pho|huyen|quan|thi xa|xa|phuong)$")  # a level, and not of which place
_SECTOR = re.compile(r"^cong doan (?:nganh|vien chuc|cac khu|khu)\b")
_PROVINCES = frozenset(map(fold, PROVINCES))
_CITIES = "|".join(fold(p.name) for p in PROVINCES.values() if p.kind == "thành phố")
_PROVINCIAL = re.compile(rf"\b(?:tinh (?=\w)(?!uy\b)|thanh pho (?=(?:{_CITIES})\b))")
_COMMITTEE = r"(?:ban thuong vu|ban chap hanh|doan chu tich|thuong truc)\b"
_COUNCIL = r"(?:uy ban nhan dan|hoi dong nhan dan)\b"
_ABOVE_DISTRICTS = 600  # characters of a letterhead, in which the province above a district is named


@dataclass(frozen=True, slots=True)
class _Held:
    """Who signed a document in the office asked for, and when ("" where it is undated)."""

    doc_id: str
    name: str
    date: str
    body: str


def office_holder(query: Query, shelf: Shelf, allowed: frozenset[str] | None = None) -> Fact | None:
    """Return who signed in the office a question asks for, newest first; None where no signature tells.

    Args:
        allowed: Ids of the documents that may answer; None for all.
    """
    asked = _asked(query, shelf.glossary)
    if asked is None:
        return _held_by(query, shelf, allowed)
    office, body = asked
    found = [
        held
        for held in _signed_as(office, shelf, allowed)
        if (not query.years or held.date[:4] in map(str, query.years))
        and _is_asked_body(query, body, held, shelf)
    ]
    if len({held.body for held in found}) > 1 and query.document:  # that of the document spoken of
        own = body_name(shelf.document(query.document).letterhead.issuer or "", shelf.glossary)
        found = [held for held in found if held.body == own]
    if not found or len({held.body for held in found}) > 1:
        return None
    newest: dict[str, _Held] = {}
    for held in sorted(found, key=_when, reverse=True):
        newest.setdefault(fold(held.name), held)
    return _told(list(newest.values()), shelf)


def _held_by(query: Query, shelf: Shelf, allowed: frozenset[str] | None) -> Fact | None:
    """Return in what offices a person named in full has signed, newest first: "Lê Văn Tám là ai?"."""
    question = f" {' '.join(re.findall('[a-z]+', fold(query.words)))} "
    if query.numbers or query.serials or not _ASKS_OFFICE.search(question):
        return None
    newest: dict[tuple[str, str], _Held] = {}
    for doc_id, head in shelf.letterheads.items():
        if head.signer and f" {fold(head.signer)} " in question and (allowed is None or doc_id in allowed):
            key = (fold(head.signer_role or ""), fold(head.issuer or ""))
            held = _Held(doc_id, head.signer, head.date or "", "")
            if head.signer_role and " " in head.signer:
                newest[key] = max(newest.get(key, held), held, key=_when)
    return _told(sorted(newest.values(), key=_when, reverse=True), shelf) if newest else None


def _when(held: _Held) -> tuple[str, str]:
    return held.date, held.doc_id


def _asked(query: Query, glossary: Glossary) -> tuple[str, str] | None:
    """Return (office, body) as a question names them, folded; None where it asks for neither.

    A question that leans on one before ("Thế năm 2022?", "Còn Phó Chủ tịch?") changes only what it says.
    """
    question = _key(query.words, glossary)
    match = _whom(question)
    if match is None and query.carried and (match := _whom(_key(query.carried, glossary))):
        own = _OWN_OFFICE.search(question)
        places = {part for place in query.places for part in fold(place).split()}
        if set(re.findall(r"[a-z]+", _OWN_OFFICE.sub(" ", question))) - places - _LEANING:
            return None
        return own["office"] if own else match["office"], _body(match)
    return (match["office"], _body(match)) if match else None


def _key(words: str, glossary: Glossary) -> str:
    written = " ".join(write_out(words, glossary, typed=True).split())
    return with_posts_named(ask_key(written).replace("_", ""))


def _whom(question: str) -> re.Match[str] | None:
    return next((m for pattern in _ASKS_WHOM if (m := pattern.match(question))), None)


def _body(match: re.Match[str]) -> str:
    return _bare(_TIME.sub("", match["body"].strip(" .!,").removeprefix("cua ")))


def _signed_as(office: str, shelf: Shelf, allowed: frozenset[str] | None) -> Iterator[_Held]:
    for doc_id, head in shelf.letterheads.items():
        # Of several who sign together the letterhead does not say whose body each is of.
        if not (head.signer and head.issuer and head.signer_role) or head.cosigners:
            continue
        body = body_name(head.issuer, shelf.glossary)
        if (allowed is None or doc_id in allowed) and office in _offices(head, body, shelf.glossary):
            yield _Held(doc_id, head.signer, head.date or "", body)


def _offices(head: Letterhead, body: str, glossary: Glossary) -> tuple[str, ...]:
    """Return the offices of the issuing body that a signature tells of its signer, folded.

    A Phó Chủ tịch Thường trực is a Phó Chủ tịch, too.
    """
    *before, own = (head.signer_role or "").split(", ")
    match = _SIGNED_AS.fullmatch(fold(write_out(own, glossary)))
    if not match or (match["body"] and not _means(_bare(match["body"]), body)):
        return ()
    organs = [_ON_BEHALF.sub("", part) for part in before if _ON_BEHALF.match(part)]
    if not all(_speaks_for(fold(write_out(organ, glossary)), body) for organ in organs):
        return ()
    return (match["office"], match["office"].removesuffix(" thuong truc"))


def _speaks_for(organ: str, body: str) -> bool:
    """Whether an organ is the leading one of a body: a steering committee's head need not be its head."""
    if council := re.match(_COUNCIL, organ):
        return body.startswith(council[0])
    led = re.match(_COMMITTEE, organ)
    own = _bare(organ)
    return bool(led) and not re.match(_COUNCIL, body) and (not own or _means(own, body))


@lru_cache(4096)
def _bare(name: str) -> str:
    """Return a folded name in the one form in which two names of a body are compared.

    A union has two names at each level: "LĐLĐ tỉnh Lai Châu" is "Công đoàn tỉnh Lai Châu".
    """
    name = re.sub(r"\btp\b\.?", "thanh pho", " ".join(re.sub(r"[^\w\s]", " ", name).split()))
    name = re.sub(rf"^(?:{_COMMITTEE} ?)+", "", name)
    name = re.sub(r"(?<!tong )\blien doan lao dong\b", "cong doan", name)
    name = re.sub(r"(tong lien doan lao dong)(?: viet nam)?", r"\1", name)
    return _PROVINCIAL.sub("", name)  # "LĐLĐ Lai Châu", "LĐLĐ Hải Phòng"


def body_name(issuer: str, glossary: Glossary) -> str:
    """Return the body of an issuer in the form in which two names are compared.

    >>> body_name("Ban Thường vụ LĐLĐ tỉnh Sơn La", Glossary.shipped())
    'cong doan son la'
    """
    return _bare(fold(write_out(issuer, glossary)))


def _is_asked_body(query: Query, asked: str, held: _Held, shelf: Shelf) -> bool:
    """Whether the body asked about is the one that issued.

    A district may be named with its province, which then must stand in the letterhead.
    """
    where = {fold(place) for place in query.places}
    of = {place for place in _PROVINCES if held.body.endswith(f" {place}")}
    if _means(asked, held.body) and (not where or (of & where) or (not of and asked == held.body)):
        return True
    province = asked.removeprefix(f"{held.body} ")
    return province in where and province in fold(shelf.document(held.doc_id).text[:_ABOVE_DISTRICTS])


def _means(name: str, body: str) -> bool:
    """Whether a name means this body: it is its whole name, or says of what level and not of which place.

    >>> _means("cong doan tinh", "cong doan son la"), _means("cong doan tinh", "cong doan huyen mai son")
    (True, False)
    """
    if name == body:
        return True
    if _SECTOR.search(name) and body.removeprefix(f"{name} ") in _PROVINCES:
        return True
    level = _NAMELESS.search(name)
    place = body.removeprefix(name[: level.start()] if level and level[0] == " tinh" else name)
    if not level or place == body:
        return False
    return level[0] != " tinh" or place.strip() in _PROVINCES


def _told(holders: list[_Held], shelf: Shelf) -> Fact | None:
    lines: list[str] = []
    quotes: list[Quotation] = []
    for held in holders:
        document = shelf.document(held.doc_id)
        if (signed := signer(document)) is None:
            continue
        head = document.letterhead
        day = f"ký ngày {vietnamese_date(held.date)}" if held.date else "văn bản không ghi ngày"
        lines.append(
            f"**{held.name}** ({head.signer_role}; {day}) ({brief_source(document, signed.quotations[0])})"
        )
        quotes += signed.quotations
    if not lines:
        return None
    if len(lines) == 1:
        return Fact(f"Theo chữ ký trên văn bản: {lines[0]}", tuple(quotes))
    return Fact(
        "\n".join(["Theo chữ ký trên các văn bản, mới nhất trước:", *(f"- {x}" for x in lines)]),
        tuple(quotes),
    )
