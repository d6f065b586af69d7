"""The check of a draft before it is sent: citations, abbreviations, figures, dates and parts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from corpus.records import Document
from corpus.text import MappedText, clean, fold
from corpus.words.glossary import Glossary
from search.answering.compared import table_of
from search.drafting.draftcitations import check_citations
from search.drafting.draftparts import check_parts
from search.drafting.drafts import DRAFT_ID
from search.drafting.findings import Finding
from search.engine import Engine
from search.indicators import IndicatorTable
from search.precedents import own_documents
from search.tables.figures import period_name, written
from search.tables.reported import find_conflicts

_CAPITALS = re.compile(r"(?<![\w/.\-–&])[A-ZĐƯ](?:[A-ZĐƯ&]|[rgTy](?=[A-ZĐƯ\W]|$))*[A-ZĐƯ](?![\w/]|[-–]\w)")
_ROMAN = re.compile(r"[IVXLC]+")
_VOWEL = re.compile(r"[AEIOUY]")
_STOP = re.compile(r"[.;:!?\n]")
_NEIGHBOUR = re.compile(r"[^\W\d_]+")
# Of this and the last century, as offices date: a number in a fraction or an address is none.
_DATE = re.compile(
    r"(?<![\d/.\-])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?![\d/])|\b\d{1,2} tháng \d{1,2} năm (?:19|20)\d\d\b"
)
# A share of people or bodies; "đạt 120% kế hoạch" is no share of anybody.
_SHARE = re.compile(
    r"(?<![\d.,])(?P<share>\d+(?:,\d+)?)\s?%\s+(?:trở lên\s+)?(?:số\s|các\s|tổng số\s)*"
    r"(?:(?:nữ\s)?(?:đoàn viên|công nhân|người|lao động|cán bộ|CNVCLĐ|CCVCLĐ|NLĐ|ĐVCĐ|gia đình|hộ)"
    r"|CĐCS|công đoàn|doanh nghiệp|đơn vị|cơ quan)(?!\w)"
)
_ALL = 100  # per cent
_UNCOUNTED = frozenset({"Nơi nhận", "Ký"})  # where abbreviations are customary


def check_draft(engine: Engine, draft: Document) -> tuple[Finding, ...]:
    """Return everything the author of a draft should look at, in the order of the draft.

    Args:
        draft: From `search.drafting.drafts.draft_from_text` or `read_draft`.
    """
    found = [
        *check_citations(engine.bundle, draft),
        *check_abbreviations(engine.glossary, draft),
        *check_figures(engine, draft),
        *check_shares(draft),
        *check_dates(draft),
        *check_parts(draft),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.start, f.end, f.kind, f.message)))


def check_abbreviations(glossary: Glossary, draft: Document) -> Iterator[Finding]:
    """Yield the abbreviations of a draft that are used before they are written out, or never are."""
    line = clean(draft.text)
    defined = _definitions(draft, line)
    said_in_full = f" {_bare(line.text)} "
    seen: set[str] = set()
    for match in _CAPITALS.finditer(line.text):
        short = match[0]
        if short in seen or not _is_abbreviation(glossary, line.text, match):
            continue
        start, end = line.span(match.start(), match.end())
        section = draft.section_at(start)
        if section is not None and section.address.rpartition(".")[2] in _UNCOUNTED:
            continue
        seen.add(short)
        first = defined.get(short)
        if first is not None and first[0] <= match.start():
            continue
        if first is not None:
            message = f"“{short}” được dùng trước chỗ viết đầy đủ lần đầu (“{first[1]}”)."
            yield Finding("abbreviation", "warning", start, end, message)
        elif known := glossary.expand(short):
            said = next((words for words in known if _bare(words) in said_in_full), "")
            message = f"“{short}” chưa được viết đầy đủ lần nào trong bản thảo; thường là “{known[0]}”."
            if said:
                message = (
                    f"“{short}” chưa được chú thích; nên ghi ở chỗ viết đầy đủ lần đầu: “{said} ({short})”."
                )
            yield Finding("abbreviation", "info", start, end, message)
        else:
            message = f"“{short}” chưa được viết đầy đủ trong bản thảo, và không có trong danh mục viết tắt."
            yield Finding("abbreviation", "warning", start, end, message)


def _bare(text: str) -> str:
    """Return folded words with one space between and around them."""
    return f" {' '.join(_NEIGHBOUR.findall(fold(text)))} "


def check_dates(draft: Document) -> Iterator[Finding]:
    """Yield the full dates of a draft that no calendar has: "31/11/2024"."""
    line = clean(draft.text)
    for match in _DATE.finditer(line.text):
        day, month, year = (int(part) for part in re.findall(r"\d+", match[0]))
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            continue
        yield Finding(
            "date", "error", *line.span(*match.span()), f"Không có ngày {match[0]}; xin xem lại ngày, tháng."
        )


def _definitions(draft: Document, line: MappedText) -> dict[str, tuple[int, str]]:
    """Return abbreviation -> (where in `line` the draft first writes it out, how it does)."""
    found: dict[str, tuple[int, str]] = {}
    for entry in Glossary().learn({DRAFT_ID: draft.text}).entries:
        if entry.how == "defined" and (at := line.text.find(entry.quote)) >= 0:
            before = found.get(entry.abbreviation)
            if before is None or at < before[0]:
                found[entry.abbreviation] = (at, entry.quote)
    return found


def _is_abbreviation(glossary: Glossary, text: str, match: re.Match[str]) -> bool:
    """Whether capitals are short for something: no numeral, and no word of a line all in capitals."""
    short = match[0]
    if _ROMAN.fullmatch(short):
        return False
    before = _NEIGHBOUR.findall(_STOP.split(text[max(0, match.start() - 30) : match.start()])[-1])
    after = _NEIGHBOUR.findall(_STOP.split(text[match.end() : match.end() + 30])[0])
    shouting = [word for word in (*before[-1:], *after[:1]) if len(word) > 1 and word.isupper()]
    if any(not glossary.expand(word) for word in shouting):
        return False
    if text[match.end() : match.end() + 1] == "." and short in ("TM", "KT", "TL", "TUQ"):
        return False
    # "QUAN" is a word in capitals; what no vowel holds together is none.
    return bool(glossary.expand(short)) or not _VOWEL.search(fold(short).upper()) or len(short) > 6


def check_figures(engine: Engine, draft: Document) -> Iterator[Finding]:
    """Yield the figures of a draft that the library gives otherwise for the same subject, place and time."""
    own = IndicatorTable.of([draft], engine.glossary).rows
    scopes = {row.scope for row in own if row.scope}
    periods = {row.target.period for row in own if row.target.period}
    if not scopes or not periods:
        return
    skipped = set(own_documents(engine, draft))
    sharing = {
        row.quotation.doc_id
        for row in table_of(engine).rows
        if row.scope in scopes and row.target.period in periods and row.quotation.doc_id not in skipped
    }
    documents = [engine.document(doc_id) for doc_id in sorted(sharing)]
    table = IndicatorTable.of([*documents, draft], engine.glossary)
    for conflict in find_conflicts(table.rows):
        rows = (conflict.one, conflict.other)
        ours = next((row for row in rows if row.quotation.doc_id == DRAFT_ID), None)
        theirs = next((row for row in rows if row.quotation.doc_id != DRAFT_ID), None)
        if ours is None or theirs is None:
            continue
        yield Finding(
            "figure", "error", ours.target.start, ours.target.end,
            f"Bản thảo ghi {written(ours.target)} ({ours.shown}, "
            f"{period_name(ours.target.period)}); "
            f"trong kho ghi {written(theirs.target)}: {theirs.quotation.source}.",
            (ours.quotation, theirs.quotation),
        )  # fmt: skip


def check_shares(draft: Document) -> Iterator[Finding]:
    """Yield the shares of people or bodies that are more than all of them."""
    line = clean(draft.text)
    for match in _SHARE.finditer(line.text):
        if float(match["share"].replace(",", ".")) > _ALL:
            start, end = line.span(match.start("share"), match.end())
            yield Finding(
                "figure", "warning", start, end,
                f"“{match[0]}” nhiều hơn 100%: tỷ lệ của người hoặc đơn vị không thể quá 100%, "
                "xin xem lại con số hoặc nói rõ so với gì.",
            )  # fmt: skip
