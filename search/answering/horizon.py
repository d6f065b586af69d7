"""What a document aims at by a year: everything below its line "Đến năm 2030:".

Resolutions and programmes set their goals in steps, each under such a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Document
from corpus.text import fold
from search.answering.below import listed_below
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
    year = _ASKED.search(fold(query.words))
    for document in documents:
        steps = list(_STEP.finditer(document.text))
        for n, step in enumerate(steps):
            section = document.section_at(step.start())
            if year is None or step["year"] != year["year"] or section is None:
                continue
            end = steps[n + 1].start() if n + 1 < len(steps) else section.end
            return listed_below(document, step.span(), (step.end(), min(end, section.end)))
    return None
