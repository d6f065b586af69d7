"""Who receives a document and the lines of its signature, from the sections that close it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import Section
from corpus.structure.closing import closing_cells, is_name, is_recipients, is_role, signs_for, split_columns
from corpus.structure.outline import RECIPIENTS, SIGNATURE

_ATTACHED = re.compile(r"PL|VB\d|[MB]\d")


@dataclass(frozen=True, slots=True)
class Closing:
    """How a document ends.

    Attributes:
        recipients: Who receives it.
        signature: The lines of its signatures, the left column before the right one.
        columns: True where signatures stand side by side.
    """

    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    columns: bool = False


def read_closing(text: str, sections: Sequence[Section]) -> Closing:
    """Return the recipients and the signatures of the first document in the text."""
    recipients: list[str] = []
    signature: list[str] = []
    beside = False
    done = False  # an appendix may have a signature of its own; the document's is the first
    for section in sections:
        if _ATTACHED.match(section.address):
            break  # an appendix, a form or another document: what they say of receivers is theirs
        if section.address not in (RECIPIENTS, SIGNATURE):
            done = done or bool(signature)
            if section.level and not done:
                recipients.clear()  # a "Nơi nhận" within the text was not the closing's
            continue
        rows = [closing_cells(line) for line in text[section.start : section.end].split("\n") if line.strip()]
        if section.address == RECIPIENTS and recipients:
            continue  # of a form that is attached
        if section.address == RECIPIENTS:
            found = _split_recipients(rows)
            recipients += found[0]
            signature += [] if done else found[1]
        elif not done:
            columns = split_columns(rows)
            beside = beside or sum(any(map(is_name, column)) for column in columns) > 1
            if any(not any(is_role(cell) or signs_for(cell) for cell in column) for column in columns):
                columns = rows  # only the names stand side by side: their offices lost their columns
            signature += [cell for column in columns for cell in column]
    return Closing(tuple(recipients), tuple(signature), beside)


def _split_recipients(rows: list[list[str]]) -> tuple[list[str], list[str]]:
    """Return who receives it, and what of a signature beside the list got onto its lines."""
    recipients: list[str] = []
    signature: list[str] = []
    bullets = False
    for cell in (cell for row in rows for cell in row):
        words = cell.lstrip("-–—+•*·\\ ").rstrip(" ;,.")
        bulleted = len(words) < len(cell.rstrip(" ;,."))
        bullets = bullets or bulleted
        if not words or is_recipients(cell):
            if rest := cell.partition(":")[2].strip(" ;,."):
                recipients.append(rest)
        elif not bulleted and (cell.isupper() or signs_for(cell) or (signature and is_name(cell))):
            signature.append(cell)
        elif not bulleted and bullets and cell == rows[-1][-1] and is_name(cell):
            signature.append(cell)  # the role got lost
        elif not cell.endswith(":"):  # "Gửi bản giấy:" heads a group of recipients
            recipients.append(words)
    return recipients, signature
