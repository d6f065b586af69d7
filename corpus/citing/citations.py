"""Mentions of other documents: "Nghị quyết số 02-NQ/TW, ngày 12/6/2021 của Bộ Chính trị về ...".

A mention is found by its số/ký hiệu ("217, 218-QĐ/TW" are two), by a bare number that type and
issuer complete ("Quyết định 217 của Bộ Chính trị" is 217-QĐ/TW), or, without any number, by its
name (corpus/citing/named.py). What the mention does not say stays None, and a number that could be two
documents' is not completed at all: no link is better than a wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.citing.behind import STOP, Draft, read_tail
from corpus.citing.named import find_named
from corpus.numbers import PARTY_OFFICES, TYPE_OF_CODE, NumberMention, canonical_number, find_numbers
from corpus.records import Citation, Section
from corpus.structure.doctypes import CAPITAL_TYPE, TYPE, code_of_type, type_name
from corpus.structure.issuers import office_code
from corpus.structure.sentences import split_sentences
from corpus.text import MappedText, clean
from corpus.words.tokens import find_dates

MAX_SPAN = 400  # characters; what a page shows as one quotation
_SERIAL = r"\d{1,4}[a-zđ]?"
_COMMA = r"(?:\s?[,;]\s?(?:và\s)?|\svà\s|\s?&\s?)"
# Before a number: "Quyết định số ", or "Quyết định số 217, " whose 217 shares what follows.
_TYPE_BEFORE = re.compile(rf"(?<!\w)(?P<type>{TYPE})\s\(?(?i:số\s?:?\s?)?(?P<list>(?:{_SERIAL}{_COMMA})*)$")
_LIST_BEFORE = re.compile(rf"(?<!\w)số\s(?P<list>(?:{_SERIAL}{_COMMA})+)$")
# "Chương trình công tác Dân vận số 27/CTr-TU": the name stands between type and number.
_NAME_BEFORE = re.compile(r"\s(?P<name>[^;:.()“”\"¶]{3,120}?),?\ssố\s?:?\s?$")
_CAPITAL_TYPE = re.compile(rf"(?<!\w){CAPITAL_TYPE}(?!\w)")
_BARE = re.compile(
    rf"(?<!\w)(?P<type>{TYPE})\s(?P<say>(?i:số)\s?:?\s?)?(?P<serials>{_SERIAL}\b(?:{_COMMA}{_SERIAL}\b)*)"
    r"(?:/(?P<year>(?:19|20)\d\d)|\snăm\s(?P<of>(?:19|20)\d\d))?(?!\w|\s?[/%]|[.,]\d|\s?[-–]\s?[A-ZĐ\d])"
)
# What may follow a bare number that "số" does not announce: never a thing counted ("Kế hoạch 5 năm").
_AFTER_BARE = re.compile(
    r"$|[.,;:)”\"¶]|\s(?:của|do|ngày|về|và|gắn|đã|nêu|được|tại|là|đối|trong|cho|vào|với|để|theo|[(“])"
)
_LINKED = re.compile(r"[\s(),]*(?:(?:nay là|và|được thay thế bằng|thay thế)\s)?")
_OWN = re.compile(r"^[\s*#_|]*(?:Số\s?|SỐ\s?|So\s?)(?P<colon>[:.]?)[\s*_]*$")
_LINE_ENDS = re.compile(r"[\s*_]*(?:\n|$|\||\s{2})")
_OWN_WITHIN = 800  # characters; a letterhead's number without its colon stands no later
_NO_OFFICE = re.compile(r"\w+[/\-][^\W\d_]+")  # "3/TB": half a number, unless a type or "số" stands before it
_FORM = re.compile(r"(?:mẫu|biểu|bảng)\s(?:số\s?:?\s?)?$", re.IGNORECASE)  # "Mẫu số 16/TP-TGPL" is a form
_ITEM_BREAK = re.compile(r"\n\s*[-–+•*]\s")
# These offices number some documents with the year and some without: a bare number is no identity.
_UNSURE = {("QĐ", "UBND"), ("NQ", "HĐND"), ("NQ", "TLĐ"), ("QĐ", "HĐND")}
_WITH_YEAR = {("NĐ", "CP"), ("TT", "BLĐTBXH"), ("TT", "BNV"), ("TT", "BTC"), ("TT", "BYT"), ("TT", "BGDĐT")}
_WITHOUT_YEAR = {"TTg", "CP", "TLĐ", "LĐLĐ", "UBND", "HĐND"}


def find_citations(text: str, sections: Sequence[Section]) -> tuple[Citation, ...]:
    """Return every mention of another document in `text`, in order.

    Args:
        text: `Document.text`.
        sections: They tile the text; without any, each mention stands in "Mở đầu".
    """
    line = clean(text)
    if not line.text:
        return ()
    line = _marked(line, text)
    own = _OwnNumber.read(text)
    drafts = [draft for draft in _numbered(line, text) if not own.is_of(draft)]
    drafts += find_named(line.text, [(draft.start, draft.end) for draft in drafts])
    starts = [section.start for section in sections]
    found: list[Citation] = []
    for draft in sorted(drafts, key=lambda d: (d.start, d.end, d.number or "")):
        start, end = line.span(draft.start, draft.end)
        at = bisect_right(starts, start) - 1
        found.append(
            Citation(
                section=sections[at].address if at >= 0 else "Mở đầu",
                start=start,
                end=min(end, start + MAX_SPAN),
                type=draft.type,
                number=draft.number,
                date=draft.date,
                issuer=draft.issuer,
                title=draft.title,
            )
        )
    return tuple(found)


def _marked(line: MappedText, text: str) -> MappedText:
    """Return `line` with STOP between its sentences, save where a number is torn ("02-", "HD/TU")."""
    chars = list(line.text)
    for _, end in split_sentences(text):
        at = bisect_right(line.offsets, end - 1)
        if at < len(chars) and chars[at] == " " and chars[at - 1] not in "-–/":
            chars[at] = STOP
    return MappedText("".join(chars), line.offsets)


@dataclass(frozen=True, slots=True)
class _OwnNumber:
    """The document's own số/ký hiệu and date, which it may repeat without citing anything."""

    number: str | None
    date: str | None

    @classmethod
    def read(cls, text: str) -> _OwnNumber:
        """Take the first number that a line "Số: ..." begins with, and the first date after it."""
        for mention in find_numbers(text):
            match = _OWN.match(text[text.rfind("\n", 0, mention.start) + 1 : mention.start])
            alone = mention.start < _OWN_WITHIN and _LINE_ENDS.match(text, mention.end)
            if match and (match["colon"] or alone):
                dates = find_dates(text[mention.end : mention.end + 400])
                return cls(mention.number.casefold(), dates[0][2] if dates else None)
        return cls(None, None)

    def is_of(self, draft: Draft) -> bool:
        """True where `draft` names the document itself; another date makes it another document."""
        if self.number is None or draft.number is None or draft.number.casefold() != self.number:
            return False
        return draft.date is None or self.date is None or draft.date == self.date


def _numbered(line: MappedText, text: str) -> list[Draft]:
    """Return the mentions that hold a number, bare numbers completed where that is safe."""
    full = [draft for mention in _mentions(line, text) for draft in _full(line.text, mention)]
    full = _share_issuers(line.text, full)
    known: dict[str, set[str]] = {}
    for draft in full:
        if draft.number:
            known.setdefault(re.split(r"[/\-]", draft.number)[0], set()).add(draft.number)
    taken = sorted((draft.start, draft.end) for draft in full)
    starts = [start for start, _ in taken]
    for match in _BARE.finditer(line.text):
        before = bisect_right(starts, match.end() - 1) - 1  # mentions do not overlap: the last one tells
        if before < 0 or taken[before][1] <= match.start():
            full += _bare(line.text, match, known)
    return full


def _mentions(line: MappedText, text: str) -> Iterator[NumberMention]:
    """Yield the full numbers, save those that only the join of two list items makes."""
    for mention in find_numbers(line.text):
        start, end = line.span(mention.start, mention.end)
        if not _ITEM_BREAK.search(text[start:end]):
            yield mention


def _full(text: str, mention: NumberMention) -> list[Draft]:
    """Return the drafts of one full number: the serials listed before it, and itself."""
    before = text[max(0, mention.start - 160) : mention.start]
    if _FORM.search(before):
        return []
    kind = name = None
    serials: list[str] = []
    start = mention.start
    if match := _TYPE_BEFORE.search(before):
        kind = type_name(match["type"])
    elif match := _LIST_BEFORE.search(before):
        pass
    elif titled := _name_before(before, mention):
        kind, name, start = titled[0], titled[1], mention.start - len(before) + titled[2]
    if match:
        start = mention.start - len(before) + match.start()
        serials = re.findall(_SERIAL, match["list"])
    if kind is None and not serials and not before.endswith("số ") and _NO_OFFICE.fullmatch(mention.number):
        return []
    if kind is None and mention.type_code:
        kind = TYPE_OF_CODE[mention.type_code]
    tail = read_tail(text, mention.end)
    draft = Draft(start, tail.end, kind, mention.number, tail.date, tail.issuer, tail.title or name)
    rest = re.sub(rf"^{_SERIAL}", "", mention.number)
    return [replace(draft, number=serial + rest) for serial in serials] + [draft]


def _name_before(before: str, mention: NumberMention) -> tuple[str, str, int] | None:
    """Return (type, name, start in `before`) where a name stands between type and number."""
    for match in reversed(list(_CAPITAL_TYPE.finditer(before))):
        kind = type_name(match[0])
        named = _NAME_BEFORE.fullmatch(before, match.end())
        fits = mention.type_code in (None, code_of_type(kind)) or kind in ("Luật", "Bộ luật")
        if named and fits:
            law = f"{kind} {named['name']}" if kind in ("Luật", "Bộ luật", "Pháp lệnh") else named["name"]
            return kind, law, match.start()
    return None


def _share_issuers(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give the first of "Nghị định A và Nghị định B của Chính phủ" the issuer too."""
    shared = list(drafts)
    for i in range(len(shared) - 2, -1, -1):
        this, after = shared[i], shared[i + 1]
        if this.issuer or this.title or not after.issuer or this.end > after.start:
            continue
        same_office = (this.number or "").rpartition("-")[2] == (after.number or "").rpartition("-")[2]
        if same_office and _LINKED.fullmatch(text, this.end, after.start):
            shared[i] = replace(this, issuer=after.issuer)
    return shared


def _bare(text: str, match: re.Match[str], known: dict[str, set[str]]) -> list[Draft]:
    """Return the drafts of bare numbers ("Quyết định 217, 218 của Bộ Chính trị"), if they are any."""
    sure = match["say"] or match["year"] or match["of"]
    if not sure and not _AFTER_BARE.match(text, match.end()):
        return []
    kind = type_name(match["type"])
    tail = read_tail(text, match.end())
    year = match["year"] or match["of"] or (tail.date or "")[:4] or None
    office = office_code(tail.issuer) if tail.issuer else None
    found: list[Draft] = []
    for serial in re.findall(_SERIAL, match["serials"]):
        number = _known_number(known, serial, kind, office, match["year"] or match["of"])
        number = number or _completed(serial, kind, office, year, bool(match["year"]))
        # Without a number we can stand by, only an issuer makes it a mention of one document.
        if number or tail.issuer:
            found.append(Draft(match.start(), tail.end, kind, number, tail.date, tail.issuer, tail.title))
    return found


def _known_number(
    known: dict[str, set[str]], serial: str, kind: str, office: str | None, year: str | None
) -> str | None:
    """Return the one full number of the same document that fits, or None where none or several do."""
    code = code_of_type(kind)
    fit = {
        number
        for number in known.get(serial, set()) | known.get(serial.zfill(2), set())
        if code is not None
        and re.search(rf"[/\-]{code}(?![^\W\d_])", number)
        and (office is None or re.search(rf"[/\-]{office}$", number))
        and (year is None or "/20" not in number or f"/{year}/" in number)
    }
    return fit.pop() if len(fit) == 1 else None


def _completed(serial: str, kind: str, office: str | None, year: str | None, typed_year: bool) -> str | None:
    """Complete a bare serial by type and office, or return None where that could be wrong.

    Sources: Hướng dẫn 36-HD/VPTW (the Party numbers without the year), Nghị định 30/2020/NĐ-CP
    and Nghị định 34/2016/NĐ-CP (what makes law carries the year).
    """
    code = code_of_type(kind)
    serial = serial.zfill(2)
    if typed_year and year and code == "NĐ":
        return canonical_number(serial, year, [code, "CP"])
    if code is None or office is None:
        return None
    if office in PARTY_OFFICES:
        return canonical_number(serial, None, [code, office])
    if (code, office) in _WITH_YEAR or typed_year:
        return canonical_number(serial, year, [code, office]) if year else None
    if office in _WITHOUT_YEAR and (code, office) not in _UNSURE:
        return canonical_number(serial, None, [code, office])
    return None
