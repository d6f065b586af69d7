"""What a question is about when it does not say so itself: the subject a conversation carries over."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.records import Document
from corpus.structure.issuers import ISSUER
from corpus.text import fold
from corpus.words.glossary import Glossary
from corpus.words.places import find_places
from search.asking.asks import QUESTION_WORDS, ask_key, asked_kinds, letterhead_asks
from search.asking.docnames import without_documents
from search.asking.expect import needs_span
from search.asking.matching import Terms
from search.documents import facts
from search.documents.facts import Fact
from search.documents.meant import meant_documents
from search.documents.officeholders import office_holder
from search.documents.shelf import Shelf
from search.documents.sources import document_name
from search.hits import Quotation
from search.query import Query

_GENERIC = frozenset("văn bản tài liệu nội dung ban hành kế hoạch số nói việc vấn đề".split())
_FRAGMENT = 3  # words that a question may have and still only change a year or a place
_OF_DOCUMENT: dict[str, Callable[[Document], Fact | None]] = {
    "number": facts.number, "issue_date": facts.issue_date, "signer": facts.signer,
    "recipients": facts.all_recipients,
}  # fmt: skip
_UNWRITTEN = {
    "number": "số, ký hiệu", "issue_date": "ngày ban hành", "signer": "người ký", "recipients": "nơi nhận",
}  # fmt: skip
_LETTERHEAD_KINDS = ("signer", "issue_date", "number", "recipients", "about")


_BY_OFFICE = re.compile(rf"\bcủa\s{ISSUER}")
_ASKS_WHAT = re.compile(r"\b(?:lam gi|viec gi|nhiem vu|trach nhiem|the nao|ra sao|vi sao|tai sao)\b")

# What a fragment leans with, and nothing that was asked: "Thế còn ... thì sao ạ?"
_LEANING = re.compile(
    r"^\W*(?:(?:thế|vậy|như vậy|còn|sang|và)\s+)+"
    r"|(?:\s*\b(?:thì sao|thì thế nào|thế nào|ra sao|sao|nhỉ|ạ|vậy))+\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the turns before were about.

    Attributes:
        words: The last whole question's words, to complete a fragment ("Còn năm 2023 thì sao?").
        query: The last question, understood and completed.
        doc_id: The document the last answer stood in, for "văn bản đó".
        quoted: The words it quoted first, for "chi tiết mục đó".
    """

    words: str
    query: Query
    doc_id: str | None = None
    quoted: Quotation | None = None

    def complete(self, query: Query, *, own: bool, bare: bool = False) -> Query:
        """Return `query` with what it leaves unsaid taken from the subject.

        Args:
            own: Whether the question brings a subject of its own ("Tỷ lệ ký thỏa ước ở mốc đó"),
                so that only year, place and document carry over, not the words.
            bare: Whether it brings no word of a subject ("Còn năm 2023 thì sao?"), so that with another
                year, quarter or document it is the whole question before, whose words then count as its own.
        """
        carried = "" if own else self.words
        if query.years or query.months:  # "Còn năm 2023?": the year asked before no longer counts
            carried = re.sub(r"(?:năm\s)?\b(?:19|20)\d\d\b", " ", carried)
        if query.places:
            for start, end, _ in reversed(find_places(carried)):  # "LĐLĐ tỉnh" is asked of the other place
                carried = f"{carried[:start]} {carried[end:]}"
        named = bool(query.numbers or query.serials or query.dates)  # tells year and place by itself
        elsewhere = bool(named or query.years or query.places or query.types)
        changes = bool(query.years or query.months or query.terms or query.numbers or query.serials)
        if query.numbers or query.serials:  # "Còn kế hoạch 56?": the document asked of before is not meant
            carried = without_documents(carried)
        if bare and changes and not own and self.query.asks not in _LETTERHEAD_KINDS:
            changed = _LEANING.sub(" ", query.words)
            query, carried = replace(query, words=" ".join(f"{carried} {changed}".split())), ""
        return replace(
            query,
            carried=carried,
            document=None if elsewhere else self.doc_id,
            asks=query.asks if own or self._asks_anew(query) else self.query.asks,
            years=query.years or (() if named else self.query.years),
            months=query.months or (() if query.years else self.query.months),
            terms=query.terms or (() if query.years else self.query.terms),
            places=query.places or (() if named else self.query.places),
            towns=query.towns if named or query.places else self.query.towns,
            diacritics=query.diacritics or self.query.diacritics,
        )

    def _asks_anew(self, query: Query) -> bool:
        """Whether a leaning question says itself what kind of answer it wants.

        After "Ai ký?" the fragment "Thế năm 2021?" asks for a signer again; a question with words of
        its own does not.
        """
        if query.asks != "text" or _ASKS_WHAT.search(ask_key(query.words)):
            return True
        return self.query.asks in _LETTERHEAD_KINDS and len(query.keywords) > _FRAGMENT


def letterhead_answer(
    query: Query,
    terms: Terms,
    shelf: Shelf,
    glossary: Glossary,
    allowed: frozenset[str] | None = None,
    bound: str | None = None,
) -> Fact | None:
    """Answer a question about a document itself; None when it is about what documents say.

    Args:
        allowed: Ids of the documents that may answer; None for all.
        bound: Id of the document meant, where a conversation has settled it.
    """
    if holder := office_holder(query, shelf, allowed if bound is None else frozenset([bound])):
        return holder
    plain_lookup = is_lookup(query)
    if query.asks not in _LETTERHEAD_KINDS and not plain_lookup:
        return None
    ranked = meant_documents(query, terms, shelf, allowed, bound)
    if not ranked:
        return None
    document = shelf.document(ranked[0][0])
    asked = letterhead_asks(ask_key(query.words if query.diacritics else query.text))
    if len(asked) > 1 and query.asks in asked:  # "số mấy, ai ký"
        told = [fact for kind in asked if (fact := _OF_DOCUMENT[kind](document))]
        return facts.joined(told) if len(told) == len(asked) else None
    if query.asks == "recipients":
        return _recipients(query, terms, ranked, shelf.document, glossary)
    if query.asks == "date":  # "Báo cáo 757 ngày nào?"
        return facts.issue_date(document)
    if query.asks == "number" and plain_lookup:
        return facts.about(document)
    if query.asks in _OF_DOCUMENT:
        return _OF_DOCUMENT[query.asks](document)
    return facts.about(document) if plain_lookup else None


def unwritten(
    query: Query,
    terms: Terms,
    shelf: Shelf,
    allowed: frozenset[str] | None = None,
    bound: str | None = None,
) -> str:
    """Return what the document meant leaves unsaid of itself, in words for people; "" where nothing is asked.

    A scan may lack its number or its day: those of a document that it cites are not its own.

    Args:
        allowed, bound: As of `letterhead_answer`.
    """
    if query.asks not in _UNWRITTEN:
        return ""
    ranked = meant_documents(query, terms, shelf, allowed, bound)
    if not ranked:
        return ""
    document = shelf.document(ranked[0][0])
    asked = letterhead_asks(ask_key(query.words if query.diacritics else query.text)) or (query.asks,)
    missing = [_UNWRITTEN[kind] for kind in asked if kind in _UNWRITTEN and not _OF_DOCUMENT[kind](document)]
    name = document_name(document)
    return f"Bản trong kho của {name} không ghi {', '.join(missing)}" if missing else ""


def _recipients(
    query: Query,
    terms: Terms,
    ranked: Sequence[tuple[str, float]],
    document_of: Callable[[str], Document],
    glossary: Glossary,
) -> Fact | None:
    """Return the recipients of the document named; of several as surely named, those the question tells."""
    likely = [document_of(doc_id) for doc_id, score in ranked if score >= ranked[0][1] - 0.8][:4]
    found = [facts.recipients(document, terms, glossary) for document in likely]
    return max((f for f in found if f), key=lambda fact: fact.told, default=None)


def is_lookup(query: Query) -> bool:
    """Whether a question only names a document: a number, serial or date, and next to nothing else.

    Who issued it is part of its name: "Chỉ thị 37-CT/TW của Ban Bí thư".
    """
    if query.asks in ("documents", "directives") and {"nào", "nao"} & set(query.text.lower().split()):
        return False  # "văn bản nào nhắc đến 02-NQ/TW" asks for those that speak of it
    if query.asks == "directives" and asked_kinds(ask_key(query.words)):
        return False  # "triển khai chương trình số mấy"
    if not (query.numbers or query.serials or query.dates):
        return False
    if needs_span(query.asks) and query.asks != "date":
        return False  # "Báo cáo 757 có bao nhiêu CĐCS" asks what it says
    names = fold(
        " ".join((*query.types, *query.places, *query.serials, *query.numbers, *query.dates))
    ).split()
    places = {fold(s) for place in query.places for s in place.split()} | {"ldld", "tinh"}
    known = (
        places
        | set(names)
        | {part for name in names for part in name.replace("/", " ").replace("-", " ").split()}
    )
    left = [
        k
        for k in replace(query, words=_BY_OFFICE.sub(" ", query.words)).keywords
        if fold(k) not in known and k not in QUESTION_WORDS | _GENERIC and not k.isdigit() and len(k) > 1
    ]
    return len(left) <= (0 if query.asks == "date" else 1)
