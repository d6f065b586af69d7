"""What each mention says of the document it means, completed from its own document and nothing else.

A document that once writes "Kết luận số 69-KL/TU, ngày 09/4/2021 của Ban Thường vụ Tỉnh ủy" means
the same when it later writes "Kết luận 69-KL/TU". Other documents are not asked here, so that a
claim never changes when a library grows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from corpus.citing.naming import LONG_TITLE, name_of, title_key, title_label
from corpus.citing.owners import home_of, owner_of, read_number
from corpus.records import Citation, Document
from corpus.structure.doctypes import code_of_type

Basis = Literal["said", "document", "hint", "open"]
_BARE_SERIAL = re.compile(r"(?:\s(?:số\s?:?\s?)?|^)(\d{1,4}[a-zđ]?)(?![\w%]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Claim:
    """One mention, or one held document, and what it says of whose it is and when it was issued.

    Attributes:
        doc_id, position: The citing document and the place in its `citations`; -1 for the document itself.
        label: Number or name in a form its spellings share; what the claims of one block have in common.
        owner: Whose it is (corpus.citing.owners); None where that is open.
        basis: Where `owner` comes from: the mention (or its number) itself, another mention in the
            document, the citing document's issuer, or nowhere.
        edition: The year it was issued (for congresses and terms their ordinal); None where not said.
        filled: Whether `edition` was taken from another mention in the document.
        date: ISO, as the mention or another in the document says.
        before: Date of the citing document, than which nothing it cites is younger; None where not known.
        home: Province of the citing document's issuer.
        numbered: Whether `label` is a number.
        telling: Whether the name alone is one document's, whoever issued it.
        title: `title_label` of the title stated; None where none is.
        serial: (serial, code of type) of a number that the mention gives by its serial only.
    """

    doc_id: str
    position: int
    label: str
    owner: str | None
    basis: Basis
    edition: int | None
    filled: bool = False
    date: str | None = None
    before: str | None = None
    home: str | None = None
    numbered: bool = True
    telling: bool = False
    title: str | None = None
    serial: tuple[str, str] | None = None


def held_claim(document: Document) -> Claim:
    """Return what a document says of itself in its letterhead."""
    head = document.letterhead
    number = read_number(head.number) if head.number else None
    owner, said = owner_of(number.office if number else "", head.issuer, home_of(head))
    title = title_label(head.type or "", head.title) if head.title else None
    label = number.key if number else title or f"#{document.doc_id}"
    year = int(head.date[:4]) if head.date else None
    return Claim(
        document.doc_id,
        -1,
        label,
        owner,
        "said" if said or (owner and head.issuer) else "open",
        (number.year if number else None) or year,
        date=head.date,
        home=home_of(head),
        numbered=number is not None,
        telling=bool(head.title) and len(title_key(head.title or "").split()) >= LONG_TITLE,
        title=title,
    )


def claims_of(document: Document) -> list[Claim]:
    """Return the claims of a document's mentions, in order; mentions that name no one document have none."""
    home, own = home_of(document.letterhead), held_claim(document)
    series = read_number(document.letterhead.number).office if document.letterhead.number else ""
    claims: list[Claim] = []
    for position, citation in enumerate(document.citations):
        claim = _claim(document, position, citation, home)
        if claim is None:
            continue
        # An office that cites a number of its own series without saying whose means its own.
        bare = claim.owner is None and citation.issuer is None and citation.number is not None
        if bare and own.owner and series and read_number(citation.number or "").office == series:
            claim = replace(claim, owner=own.owner, basis="hint")
        claims.append(claim)
    return _completed(claims)


def _claim(document: Document, position: int, citation: Citation, home: str | None) -> Claim | None:
    number = read_number(citation.number) if citation.number else None
    owner, said = owner_of(number.office if number else "", citation.issuer, home)
    year = int(citation.date[:4]) if citation.date else None
    title = title_label(citation.type or "", citation.title) if citation.title else None
    make = partial(
        Claim, document.doc_id, position, date=citation.date, before=document.letterhead.date, home=home
    )
    basis: Basis = "said" if said else "hint" if owner else "open"
    if number:
        return make(number.key, owner, basis, number.year or year, title=title)
    if citation.issuer and (serial := _serial(document, citation)):
        label = f"{citation.type} {serial[0]}".casefold()
        return make(label, owner, basis, year, title=title, serial=serial)
    name = name_of(citation, owner, said, home)
    if name is None:
        return None
    basis = "open" if name.owner is None else "said" if name.stated else "hint"
    return make(
        name.label,
        name.owner,
        basis,
        name.edition,
        numbered=False,
        telling=name.telling,
        title=title if name.label == title else None,
    )


def _serial(document: Document, citation: Citation) -> tuple[str, str] | None:
    """Return (serial, code of type) of "Nghị quyết số 10 của HĐND tỉnh"; None where there is no serial."""
    code = code_of_type(citation.type or "")
    words = document.text[citation.start : citation.end]
    match = _BARE_SERIAL.match(words, len(citation.type or "")) if code else None
    return (match[1].lstrip("0").casefold(), code) if match and code else None


def _completed(claims: Iterable[Claim]) -> list[Claim]:
    """Fill owner and edition of mentions from the other mentions of the same label in the document."""
    blocks: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        blocks[claim.label].append(claim)
    done: list[Claim] = []
    for block in blocks.values():
        owned = [_owned(claim, block) for claim in block]
        done += [_dated(claim, owned) for claim in owned]
    return sorted(done, key=lambda claim: claim.position)


def _owned(claim: Claim, block: Sequence[Claim]) -> Claim:
    """Take the owner that the other mentions say, where they say a single one."""
    if claim.basis not in ("hint", "open") or (claim.basis == "hint" and not claim.numbered):
        return claim
    fit = {c.owner for c in block if c.basis == "said" and (claim.numbered or c.edition == claim.edition)}
    if len(fit) != 1:
        return claim
    (owner,) = fit
    # subtle: where the mention would mean its own province's and another's is named, it is open.
    agree = claim.owner in (None, owner)
    return replace(claim, owner=owner if agree else None, basis="document" if agree else "open")


def _dated(claim: Claim, block: Sequence[Claim]) -> Claim:
    """Take the edition of the other mentions where they name a single one and whose it is does not differ."""
    if claim.edition is not None:
        return claim
    others = [c for c in block if c.owner == claim.owner and c.edition is not None]
    if len({c.edition for c in others}) != 1:
        return claim
    dates = {c.date for c in others if c.date}
    date = dates.pop() if len(dates) == 1 else None
    return replace(claim, edition=others[0].edition, filled=True, date=date)
