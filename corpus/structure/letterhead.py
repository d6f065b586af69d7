"""The letterhead and the closing: số/ký hiệu, loại, ngày, nơi, cơ quan, trích yếu, người ký.

Both layouts are read: Nghị định 30/2020/NĐ-CP (state, unions) and Hướng dẫn 36-HD/VPTW (Party),
in one column or two, whole or partly lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.numbers import TYPE_OF_CODE, find_numbers
from corpus.records import Letterhead, Section
from corpus.structure.closing import issuing_signer, read_signers
from corpus.structure.doctitle import ends_title, opens_restatement, read_owner, read_type
from corpus.structure.ending import read_closing
from corpus.structure.heads import (
    BARE_DATE,
    MOTTO,
    NUMBER_LINE,
    PLACE_DATE,
    begins_date,
    head_columns,
    iso_date,
    torn_date,
)
from corpus.structure.issuing import continues_name, find_issuer, is_organisation
from corpus.structure.lines import split_cells, split_lines
from corpus.structure.outline import OPENING, RECIPIENTS, SIGNATURE, parse_outline
from corpus.text import collapse, fold
from corpus.words.casing import name_case

_TORN_MOTTO = re.compile(r"xa hoi chu nghia( viet)?$")
_SUBJECT = re.compile(r"(?:v\s?/\s?v|ve viec)\b")
_ADDRESSEE = re.compile(r"kinh (?:gui|trinh)")
_HEAD_LINES = 60  # a letterhead with its title is shorter; what follows is the opening
_LINE_CHARS = 2000  # of a line; the lines of a letterhead are short
_OPENING_CHARS = 3000


@dataclass(slots=True)
class _Head:
    """What has been read of a letterhead, line by line."""

    number: str | None = None
    number_as_read: str | None = None
    offices: tuple[str, ...] = ()
    type_code: str | None = None
    place: str | None = None
    date: str | None = None
    type: str | None = None
    owner: str | None = None
    organisations: list[str] = field(default_factory=list)
    subject: list[str] = field(default_factory=list)  # the lines of "V/v ..."
    title: list[str] = field(default_factory=list)
    end: int = 0  # offset just past the last line of the letterhead or its title


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    end: int  # of its line
    after_gap: bool
    strong: bool


def parse_letterhead(text: str) -> Letterhead:
    """Return what the letterhead and the closing of `text` say; None for what they do not."""
    return read_letterhead(text, parse_outline(text))


def read_letterhead(text: str, sections: Sequence[Section]) -> Letterhead:
    """The same for a text whose sections are known."""
    head = _read_head(text, sections)
    closing = read_closing(text, sections)
    place, date = head.place, head.date
    if date is None:
        place, date = _late_date(text, sections, place)
    opening = collapse(text[head.end : head.end + _OPENING_CHARS])
    issuer = find_issuer(head.organisations, head.owner, head.offices, place, opening)
    signers = read_signers(closing.signature)
    first = issuing_signer(signers, issuer, closing.columns)
    others = (signer for i, signer in enumerate(signers) if i != first)
    return Letterhead(
        number=head.number,
        number_as_read=head.number_as_read,
        type=head.type or _type_without_line(head),
        issuer=issuer,
        place=place,
        date=date,
        title=" ".join(head.title or head.subject) or None,
        signer=signers[first][0],
        signer_role=signers[first][1],
        cosigners=tuple((name, role or "") for name, role in others if name),
        recipients=closing.recipients,
    )


def letterhead_end(text: str) -> int:
    """Return the offset just past the letterhead and its title in the text before the first heading."""
    return _read_head(text, (Section(OPENING, "", 0, 0, len(text)),)).end


def _read_head(text: str, sections: Sequence[Section]) -> _Head:
    head = _Head()
    first = sections[0] if sections else None
    if first is None or first.address != OPENING:
        return head
    cells = _made_whole(list(_cells(text[: first.end])))
    for at, cell in enumerate(cells):
        if head.type and (head.title or ends_title(cell.text, first=True)):
            break
        if head.type:
            _take_title(head, cells, at)
            break
        if _ADDRESSEE.match(fold(cell.text)):
            head.end = max(head.end, cell.end if head.subject else 0)
            break
        _read_cell(head, cell, cells, at)
    return head


def _cells(text: str) -> Iterator[_Cell]:
    """Yield the cells of the first lines: a line, or what a table or two columns put on one."""
    for count, line in enumerate(split_lines(text)):
        if count >= _HEAD_LINES:
            return
        if count == 0 and opens_restatement(line.text):
            continue
        gap = line.after_gap
        for words in split_cells(text[line.start : min(line.end, line.start + _LINE_CHARS)]):
            for piece in head_columns(words):
                yield _Cell(piece, line.end, gap, line.strong)
                gap = False


def _made_whole(cells: list[_Cell]) -> list[_Cell]:
    """Put together what a narrow column tore, whatever the left one put between: date and motto."""
    whole = list(cells)
    for at, cell in enumerate(whole[:-2]):
        if motto := _TORN_MOTTO.search(fold(cell.text)):  # "VIỆT NAM" or "NAM" stands on the next line
            for after in (at + 1, at + 2):
                tail = "NAM" if motto[1] else "VIỆT NAM"
                kept = re.sub(rf"(?:^|\s){tail}$", "", whole[after].text)
                whole[after] = replace(whole[after], text=kept)
    for at, cell in enumerate(whole):
        for after in range(at + 1, min(at + 4, len(whole))) if begins_date(cell.text) else ():
            if (joined := torn_date(cell.text, whole[after].text)) is not None:
                whole[at] = replace(cell, text=joined)
                whole[after] = replace(whole[after], text="")
                break
    return [cell for cell in whole if cell.text]


def _read_cell(head: _Head, cell: _Cell, cells: list[_Cell], at: int) -> None:
    """Take from one cell above the title what it says."""
    words, folded = cell.text, fold(cell.text)
    if MOTTO.fullmatch(folded.strip(" .*")):
        head.end = cell.end
        return
    if head.number_as_read is None and _take_number(head, words, folded):
        head.end = cell.end
        return
    dated = PLACE_DATE.fullmatch(folded.strip(" .*"))
    if dated and head.place is None:
        _take_date(head, words.strip(" .*"), dated)
        head.end = cell.end
        return
    if (bare := BARE_DATE.fullmatch(folded.strip(" .*"))) and head.date is None:
        head.date = iso_date(bare["day"], bare["month"], bare["year"])
        head.end = cell.end
        return
    if _SUBJECT.match(folded) and not head.subject:
        _take_subject(head, cells, at)
        return
    if found := read_type(words, cell.strong):
        head.type, rest = found
        head.end = cell.end
        if rest:
            head.title.append(rest)
            _extend_title(head, cells, at + 1)
    elif is_organisation(words) or (head.organisations and continues_name(words)):
        head.organisations.append(words)
        head.end = cell.end


def _take_number(head: _Head, words: str, folded: str) -> bool:
    """Read "Số: 234/KH-LĐLĐ", also a number alone on its line, or one still to be filled in."""
    label = NUMBER_LINE.match(folded)
    rest = words[label.end() :] if label else words
    mention = next(iter(find_numbers(rest)), None)
    if mention is None:
        if label and re.match(r"[\s./…_-]*[A-ZĐ]{1,4}[\w-]*$", rest):
            head.number_as_read = ""  # a draft: the number is not given yet
            head.offices = tuple(re.findall(r"[^\W\d_]+", rest))[1:]
            code = re.match(r"[\s./…_-]*([A-ZĐ][A-Za-zĐđ]*)", rest)
            head.type_code = code[1] if code and code[1] in TYPE_OF_CODE else None
            return True
        return False
    if rest[: mention.start].strip(" .:") or (not label and rest[mention.end :].strip()):
        return False
    if label is None and not words[:1].isdigit():
        return False
    if len(rest[mention.end :]) > 45:
        return False  # a sentence that begins with a number
    head.number, head.type_code = mention.number, mention.type_code
    head.number_as_read = rest[mention.start : mention.end]
    codes = re.findall(r"[^\W\d_]+\d*", re.sub(r"^\d+[a-zđ]?(?:/\d{4})?", "", mention.number))
    head.offices = tuple(codes[1:] if mention.type_code else codes)
    return True


def _take_date(head: _Head, words: str, match: re.Match[str]) -> None:
    group = "place" if match["place"] else "place2"
    head.place = re.sub(r"^(?:TP\.?|Tp\.?|T\.P\.?)\s*", "TP. ", words[slice(*match.span(group))].strip(" ,."))
    day, month, year = (
        (match[name] or match[f"{name}2"] or "").strip(" .…") for name in ("day", "month", "year")
    )
    head.date = iso_date(day, month, year)


def _take_subject(head: _Head, cells: list[_Cell], at: int) -> None:
    """Read "V/v ..." and the lines that carry it on."""
    for number, cell in enumerate(cells[at : at + 6]):
        folded = fold(cell.text)
        if number and (
            cell.after_gap
            or MOTTO.match(folded)
            or PLACE_DATE.match(folded)
            or _ADDRESSEE.match(folded)
            or cell.text.isupper()
        ):
            break
        head.subject.append(cell.text)
        head.end = cell.end


def _take_title(head: _Head, cells: list[_Cell], at: int) -> None:
    """Read the lines under the type: whose it is, then the trích yếu."""
    owner, rest = read_owner([cell.text for cell in cells[at : at + 3]])
    if owner:
        used = len(cells[at : at + 3]) - len(rest)
        head.owner = owner
        head.end = cells[at + used - 1].end
        at += used
    _extend_title(head, cells, at)


def _extend_title(head: _Head, cells: list[_Cell], at: int) -> None:
    """Add the lines from `at` that still belong to the trích yếu."""
    for number in range(at, min(at + 8, len(cells))):
        cell = cells[number]
        before = cells[number - 1] if head.title else None
        if ends_title(cell.text, first=before is None):
            return
        if is_organisation(cell.text) and cell.after_gap and not cell.text.startswith("CÔNG ĐOÀN"):
            if not head.organisations and not head.offices:
                head.owner = head.owner or name_case(cell.text)  # who decides: "BAN THƯỜNG VỤ ..."
            return
        if before is not None and not _goes_on(before, cell, head.title):
            return
        head.title.append(cell.text)
        head.end = cell.end


def _goes_on(before: _Cell, cell: _Cell, title: list[str]) -> bool:
    """True where `cell` carries on a title that `before` ended with."""
    if sum(map(len, title)) > 600 or re.search(r"[.;:]$", before.text):
        return False
    small = cell.text[:1].islower() or (cell.text[:1] in '“"(' and not cell.after_gap)
    if small or re.search(r"(?:,|-|–|\b(?:và|của|về|cho|các|với))$", before.text):
        return True
    if cell.text.isupper() and before.text.isupper():
        return not is_organisation(cell.text) or not cell.after_gap
    if cell.after_gap:
        return cell.strong and before.strong
    return len(cell.text) < 140 and not cell.text.endswith((".", ":", ";"))


def _type_without_line(head: _Head) -> str | None:
    """A letter ("công văn") has no type line; a type line that was lost is named in the number."""
    if head.type_code:
        return TYPE_OF_CODE.get(head.type_code)
    return "Công văn" if head.number_as_read is not None or head.subject else None


def _late_date(text: str, sections: Sequence[Section], place: str | None) -> tuple[str | None, str | None]:
    """Look for place and date beside the signature, where some documents have them."""
    at = next((s for s in sections if s.address in (SIGNATURE, RECIPIENTS)), None)
    tail = text[max(0, at.start - 400) : at.start + 600] if at else text[-600:]
    for line in split_lines(tail):
        for piece in head_columns(line.text):
            if match := PLACE_DATE.fullmatch(fold(piece).strip(" .*")):
                head = _Head()
                _take_date(head, piece.strip(" .*"), match)
                if head.date:
                    return place or head.place, head.date
    return place, None
