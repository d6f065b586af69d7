"""What every reader gives: the text of a file, and where its pages begin."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Line and paragraph separators that are not "\n": CR LF, CR, NEL and Unicode's own two.
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
# What may be more than thirty accents in a row: no letters, no white space, nothing of ASCII.
_MARKS = re.compile(r"[^\w\s\x00-\x7f]{31,}")


@dataclass(frozen=True, slots=True)
class ReadText:
    """The text of one file.

    Attributes:
        text: Decoded, NFC, line ends "\\n", and nothing else changed.
        page_starts: Offset in `text` of each page's first character, rising; empty where
            the format has no pages.
        warnings: What could not be made out, in Vietnamese, for people.
    """

    text: str
    page_starts: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(not 0 <= start <= len(self.text) for start in self.page_starts):
            raise ValueError(f"a page starts outside the {len(self.text)} characters of the text")
        if list(self.page_starts) != sorted(self.page_starts):
            raise ValueError("page starts must rise")


def agreed_form(text: str) -> str:
    """Return `text` in NFC with line ends "\\n".

    >>> agreed_form("Lai Cha\\u0302u\\r\\n")
    'Lai Châu\\n'
    """
    return unicodedata.normalize("NFC", _MARKS.sub(_at_most_thirty_marks, _LINE_ENDS.sub("\n", text)))


def _at_most_thirty_marks(run: re.Match[str]) -> str:
    """Drop the accents of a letter beyond the thirtieth, as Unicode's stream-safe format does (UAX #15).

    Nobody writes so many, and to compose n of them takes n * n steps.
    """
    kept: list[str] = []
    n_marks = 0
    for char in run[0]:
        n_marks = n_marks + 1 if unicodedata.combining(char) else 0
        if n_marks <= 30:
            kept.append(char)
    return "".join(kept)


def with_pages(pages: list[str], warnings: tuple[str, ...] = ()) -> ReadText:
    """Join the texts of pages, each in its agreed form, with one line break between them.

    A page that ends a line already gets no second break; blank pages keep their number.
    """
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for page in pages:
        if parts and not parts[-1].endswith("\n"):
            parts.append("\n")
            at += 1
        starts.append(at)
        part = agreed_form(page)
        parts.append(part)
        at += len(part)
    return ReadText("".join(parts), tuple(starts), warnings)
