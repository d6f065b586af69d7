"""Which main parts documents of a type have, in which order: what an outline is made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.records import Document, Section
from corpus.text import collapse, fold
from search.drafting.sectionkinds import KIND_NAMES, SectionKind, kind_of_heading

_USUAL = 1 / 3  # share of the documents of a type that have a part which others should have too
_REPORT: tuple[SectionKind, ...] = ("situation", "results", "lessons", "tasks", "proposals")
_PLAN: tuple[SectionKind, ...] = ("purpose", "tasks", "execution")
_DECISION: tuple[SectionKind, ...] = ("tasks", "execution")


def usual_parts(type_: str, documents: Sequence[Document]) -> list[tuple[str, SectionKind]]:
    """Return (heading in capitals, kind) of the parts that a third of `documents` have, in their usual order.

    The first document that has a part names it. Without documents that have parts, those are given
    which custom gives the type.
    """
    found: dict[str, list[tuple[float, int, str, SectionKind]]] = defaultdict(list)
    n = 0
    for rank, document in enumerate(documents):
        heads = [section for section in document.sections if _is_part(section)]
        n += bool(heads)
        for at, section in enumerate(heads):
            kind = kind_of_heading(section.heading) or "other"
            key = kind if kind != "other" else fold(section.heading)
            if all(rank != seen[1] for seen in found[key]):
                heading = collapse(section.heading).upper()
                found[key].append((at / max(len(heads) - 1, 1), rank, heading, kind))
    usual = [said for said in found.values() if len(said) >= max(1, _USUAL * n)]
    if not usual:
        kinds = {"Báo cáo": _REPORT, "Quyết định": _DECISION}.get(type_, _PLAN)
        return [(KIND_NAMES[kind].upper(), kind) for kind in kinds]
    placed = [(sum(one[0] for one in said) / len(said), said[0][2], said[0][3]) for said in usual]
    placed.sort(key=lambda part: (part[2] == "execution", part[0], part[1]))
    return [(heading, kind) for _, heading, kind in placed]


def _is_part(section: Section) -> bool:
    """Whether a section is one of the main parts of a document; articles and appendices are none."""
    return (
        section.level == 1
        and not section.continued
        and re.fullmatch(r"[IVXLC]+|[A-Z]|\d{1,2}", section.address) is not None
        and bool(section.heading)
        and not section.heading.rstrip().endswith(("…", ".", ";"))  # an article's first sentence
    )
