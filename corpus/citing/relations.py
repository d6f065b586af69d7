"""What a document says of the documents it mentions: it carries them out, rests on them, replaces them.

Read from the sentence a mention stands in. A statement is kept with its span, so that whoever
reads the graph can read the words it was made from.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.citing.validity import Validity, said_after, said_before, said_between, speaks_of_itself
from corpus.records import Citation, Document

Kind = Literal["implements", "basis", "cites"] | Validity
MAX_QUOTE = 400  # characters, as everywhere
_BACK = 400  # characters before a mention in which its sentence may begin
_BOUNDARY = re.compile(
    r"\n(?:(?<=[.;:!?…]\n)|(?<=[.;:!?…][ *_]\n)|(?<=[.;:!?…]\*\*\n)"
    r"|\s*(?=(?:[-+•–*#|]|[IVX]{1,5}\.|\d{1,2}(?:\.\d{1,2})*\.|[a-zđ]\))\s)|\s*\n(?=[*_#\s]*[A-ZĐ]))"
    r"|[.!?]\s+(?=[\"“*]?[A-ZĐÂĂÊÔƠƯÀ-Ỹ])"
)
_VERB = re.compile(
    r"\b(?P<implements>thực hiện|triển khai|quán triệt|cụ thể h(?:óa|oá)|thi hành|quy định chi tiết"
    r"|hướng dẫn)\b"
    r"|\b(?P<basis>căn cứ)\b|\b(?P<theo>trên cơ sở|xét|theo)\b",
)
_KIND: dict[str, Kind] = {"implements": "implements", "basis": "basis", "theo": "basis"}
_JOINING = frozenset(["và", "các", "những", "cùng", "với", "cả"])
_LISTED = re.compile(r"[\s,;&()]*(?:và\s|cùng\s|,\s)?")


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing a document says of two documents.

    Attributes:
        kind: "implements", "basis" (căn cứ), "cites"; "replaces", "amends", "repeals"; "ends" where the
            text only says that the target is no longer in force.
        doc_id: The document that says so.
        source: Position in its `citations` of the document that does it; -1 for itself.
        target: Position of the document it is done to.
        start, end: The words that say so, in characters of `Document.text`; at most 400.
        opening: Whether they stand in the title or the opening, where a document says what it is for.
    """

    kind: Kind
    doc_id: str
    source: int
    target: int
    start: int
    end: int
    opening: bool


def relations_of(document: Document) -> list[Relation]:
    """Return what a document says of those it mentions, in order of the mentions."""
    found: list[Relation] = []
    own: dict[int, Kind] = {}  # what the document itself does to each mention, for lists of them
    ends = [match.end() for match in _BOUNDARY.finditer(document.text)]
    words = [_line(document.text[c.start : c.end])[:60] for c in document.citations]
    for i, citation in enumerate(document.citations):
        start, end = _sentence(document.text, ends, citation)
        lead = _without_titles(document, i, _line(document.text[start : citation.start]))
        opening = citation.section == "Mở đầu"
        holder = _holder(document, i, words[i])
        kind, source = _kind(document, i, lead, opening, own, (holder, words[i]))
        own[i] = kind if source < 0 else "cites"
        span = _quote(document.text, start if source < 0 else document.citations[source].start, end, citation)
        found.append(Relation(kind, document.doc_id, source, i, *span, opening))
        if source >= 0:  # what A's title carries out is mentioned by this document all the same
            found.append(Relation("cites", document.doc_id, -1, i, *span, opening))
        if i and holder is None and (said := _between(document, i)):
            done, source, target = said
            whole = _quote(document.text, document.citations[i - 1].start, end, citation)
            found.append(Relation(done, document.doc_id, source, target, *whole, opening))
        following = document.citations[i + 1].start if i + 1 < len(document.citations) else end
        after = document.text[citation.end : min(end, following)]
        if ("hiệu lực" in after or "bãi bỏ" in after) and said_after(_line(after)):
            found.append(Relation("ends", document.doc_id, -1, i, *span, opening))
    return found


def _line(text: str) -> str:
    """Return `text` as one line without bold; `corpus.text.collapse` does more, and is too slow here."""
    return " ".join(text.replace("*", "").split())


def _kind(
    document: Document,
    i: int,
    lead: str,
    opening: bool,
    own: dict[int, Kind],
    held_by: tuple[int | None, str],
) -> tuple[Kind, int]:
    """Return (what is done to mention `i`, by which mention; -1 for the document itself)."""
    holder, words = held_by
    if holder is not None:
        title = document.citations[holder].title or ""
        before = title[: title.find(words)]
        if done := said_before(before):
            return done, holder
        return ("implements", holder) if _last_verb(before) == "implements" else ("cites", -1)
    if (done := said_before(lead)) and (opening or speaks_of_itself(lead)):
        return done, -1
    if i and own.get(i - 1) in ("replaces", "repeals", "amends"):
        between = document.text[document.citations[i - 1].end : document.citations[i].start]
        if _LISTED.fullmatch(between):
            return own[i - 1], -1
    verb = _last_verb(lead)
    return ("cites" if verb is None or (verb == "theo" and not opening) else _KIND[verb]), -1


def _between(document: Document, i: int) -> tuple[Kind, int, int] | None:
    """Return (kind, source, target) of what two mentions in a row do to each other ("... (nay là ...)")."""
    before, citation = document.citations[i - 1], document.citations[i]
    if not 0 <= citation.start - before.end <= 200:
        return None
    said = said_between(document.text[before.end : citation.start].replace("\n", " "))
    if said is None:
        return None
    return (said[0], i, i - 1) if said[1] else (said[0], i - 1, i)


def _holder(document: Document, i: int, words: str) -> int | None:
    """Return the mention whose title names mention `i` ("... về thực hiện Kết luận số ..."), or None."""
    start = document.citations[i].start
    for j in range(i - 1, max(-1, i - 5), -1):
        title = document.citations[j].title
        if title and start - document.citations[j].end <= len(title) + 60 and words in title:
            return j
    return None


def _without_titles(document: Document, i: int, lead: str) -> str:
    """Return `lead` without the titles of the mentions in it: a verb in a title governs nothing here."""
    for j in range(max(0, i - 4), i):
        if title := document.citations[j].title:
            lead = lead.replace(title, "…")
    return lead


def _last_verb(lead: str) -> str | None:
    """Return the group of the last verb that governs what follows `lead`, or None."""
    last = None
    for match in _VERB.finditer(lead.lower()):
        last = match
    if last is None:
        return None
    rest = lead[last.end() :]
    # After a ";" only another document of the same list is still governed, not a new clause.
    if ";" in rest and not _JOINING.issuperset(rest.rpartition(";")[2].lower().split()):
        return None
    return last.lastgroup


def _sentence(text: str, ends: Sequence[int], citation: Citation) -> tuple[int, int]:
    """Return the span of the sentence that holds a mention, `ends` being where sentences end."""
    at = bisect_right(ends, citation.start) - 1
    start = max(citation.start - _BACK, ends[at] if at >= 0 else 0)
    after = bisect_left(ends, citation.end)
    return start, min(citation.end + MAX_QUOTE, ends[after] if after < len(ends) else len(text))


def _quote(text: str, start: int, end: int, citation: Citation) -> tuple[int, int]:
    """Return the span to quote: the sentence, or of a long one as much as holds the mention."""
    if citation.end - start > MAX_QUOTE - 60:
        cut = text.find(" ", max(start, citation.start - 150))
        start = cut + 1 if 0 <= cut < citation.start else citation.start
        start = start if citation.end - start <= MAX_QUOTE else citation.start
    if end - start > MAX_QUOTE:
        cut = text.rfind(" ", citation.end, start + MAX_QUOTE)
        end = cut if cut > 0 else start + MAX_QUOTE
    end = max(end, citation.end)
    while text[end - 1].isspace():
        end -= 1
    while text[start].isspace():
        start += 1
    return start, end
