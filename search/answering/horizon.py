"""What a document aims at by a year: everything below its line "Đến năm 2030:".

Resolutions and programmes set their goals in steps, each under such a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Document, Section
from corpus.text import fold
from search.answering.below import LEAD, listed_below
from search.asking.matching import without_places
from search.hits import Answer
from search.query import Query

_ASKED = re.compile(r"\b(?:den|toi) (?:het |cuoi )?(?:nam )?(?P<year>20\d\d)\b")
_GOALS = re.compile(r"\b(?:muc tieu|chi tieu)\b")
# What may be said around the goals and the year without asking for any of them in particular.
_ASIDE = frozenset(
    "cac nhung tat ca muc tieu chi cu the tong quat dat ra de phan dau den toi het cuoi nam cua la gi nao"
    " trong neu cho biet chuong trinh hanh dong ke hoach nghi quyet tinh uy thanh ban thuong vu".split()
)
_STEP = re.compile(
    r"^[-+*_# ]*(?:\d+[.)] *)?[*_]*đến (?:hết |cuối )?năm (?P<year>20\d\d)[ *_]*:[ *_]*$",
    re.IGNORECASE | re.MULTILINE,
)


def asks_for_goals(query: Query) -> bool:
    """Whether a question asks for all goals by a year: "Các mục tiêu đến năm 2030"."""
    asked = fold(without_places(query, query.words))
    more = set(re.findall(r"[a-z]+", asked)) - _ASIDE
    return not more and bool(_GOALS.search(asked) and _ASKED.search(asked))


def goals_by_year(query: Query, documents: Sequence[Document]) -> Answer | None:
    """Return all that the first of the documents that sets goals by the year asked for aims at by then.

    None where no document does.

    Args:
        query: One that `asks_for_goals`.
        documents: Those the question may mean, nearest first.
    """
    asked = _ASKED.search(fold(query.words))
    told = (_below_year(d, (0, len(d.text)), asked["year"], _STEP)[0] for d in documents) if asked else ()
    return next((answer for answer in told if answer), None)


def of_its_year(query: Query, document: Document, section: Section) -> tuple[Answer | None, bool]:
    """Return what stands below the line of the year asked for in a part or its parts.

    And whether such lines part it by years, so that where none is of the year asked for nothing there is.
    """
    if len(query.years) != 1:
        return None, False
    inside = (s.end for s in document.sections if f"{s.address}.".startswith(f"{section.address}."))
    span = (section.start, max(inside, default=section.end))
    return _below_year(document, span, str(query.years[0]), LEAD)


def _below_year(
    document: Document, span: tuple[int, int], year: str, line: re.Pattern[str]
) -> tuple[Answer | None, bool]:
    """Return what stands below the line that names `year` alone, up to the next such line or the part's end.

    And whether any line names a year.
    """
    leads = list(line.finditer(document.text, *span))
    years = [set(re.findall(r"\b(?:19|20)\d\d\b", lead[0])) for lead in leads]
    for n, lead in enumerate(leads):
        section = document.section_at(lead.start())
        if years[n] == {year} and section is not None:
            until = leads[n + 1].start() if n + 1 < len(leads) else span[1]
            return listed_below(document, lead.span(), (lead.end(), min(until, section.end))), True
    return None, any(years)
