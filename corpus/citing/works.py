"""One document under all its spellings: what is known of it, and what is said of it in more than one way."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.citing.owners import Level, level_of, organ, read_number
from corpus.citing.settling import Draft
from corpus.records import Citation, Letterhead

Mention = tuple[str, int]
"""Id of the citing document and the position in its `citations`; -1 for the document itself."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is said of one document in more than one way.

    Attributes:
        field: "type", "issuer" or "date".
        values: Each value and the mentions that say so (position -1: the document itself), commonest first.
    """

    field: Literal["type", "issuer", "date"]
    values: tuple[tuple[str, tuple[Mention, ...]], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """One document, held or only cited, under whatever spellings.

    Attributes:
        work_id: Stable as long as what is known of it does not change.
        number, type, issuer, date, title: From its letterhead, else as most mentions say.
        owner: Whose numbering it belongs to (corpus.citing.owners), None where open.
        level: At which level of the country its issuer stands.
        held: Ids of the documents of the library that are it, sorted; several are copies.
        mentions: Every mention that means it, sorted.
        certain: Those of them that say (or whose document says) number, owner and year themselves.
        conflicts: What is said of it in more than one way.
    """

    work_id: str
    number: str | None
    type: str | None
    issuer: str | None
    date: str | None
    title: str | None
    owner: str | None
    level: Level
    held: tuple[str, ...]
    mentions: tuple[Mention, ...]
    certain: frozenset[Mention]
    conflicts: tuple[Conflict, ...]

    @property
    def cited_by(self) -> tuple[str, ...]:
        """Ids of the documents that cite it, itself not among them, sorted."""
        return tuple(sorted({doc_id for doc_id, _ in self.mentions} - set(self.held)))

    @property
    def year(self) -> int | None:
        """The year it was issued, or None."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Said:
    """What of a document is needed after it is put away."""

    head: Letterhead
    citations: tuple[Citation, ...]


def sum_up(draft: Draft, said: Mapping[str, Said], certain: set[Mention]) -> Work:
    """Sum up what is said of one work: the letterhead's word first, else the commonest."""
    heads = [(said[c.doc_id].head, (c.doc_id, -1)) for c in draft.held]
    cited = [(said[c.doc_id].citations[c.position], (c.doc_id, c.position)) for c in draft.claims]
    dates = [(c.date, (c.doc_id, c.position)) for c in (*draft.held, *draft.claims) if c.date]
    every: list[tuple[Letterhead | Citation, Mention]] = [*heads, *cited]
    kinds = [(record.type, at) for record, at in every if record.type and record.type != "Văn bản"]
    issuers = [(record.issuer, at) for record, at in every if record.issuer]
    own = heads[0][0] if heads else None
    number = (own.number if own else None) or _commonest(c.number for c, _ in cited if c.number)
    issuer = (own.issuer if own else None) or _commonest(name for name, _ in issuers)
    mentions = tuple(sorted(at for _, at in cited))
    office = read_number(number).office if number else ""
    return Work(
        work_id=draft.work_id,
        number=number,
        type=(own.type if own else None) or _commonest(kind for kind, _ in kinds),
        issuer=issuer,
        date=(own.date if own else None) or _commonest(date for date, _ in dates),
        title=(own.title if own else None) or _commonest(c.title for c, _ in cited if c.title),
        owner=draft.owner,
        level=level_of(draft.owner, office, issuer),
        held=tuple(sorted(claim.doc_id for claim in draft.held)),
        mentions=mentions,
        certain=frozenset(certain.intersection(mentions)),
        conflicts=_conflicts(kinds, issuers, dates),
    )


def _commonest(values: Iterable[str]) -> str | None:
    """Return the commonest value; of several the longest, then the first in order; None for none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default=None)


def _conflicts(
    kinds: Sequence[tuple[str, Mention]],
    issuers: Sequence[tuple[str, Mention]],
    dates: Sequence[tuple[str, Mention]],
) -> tuple[Conflict, ...]:
    organs = [(name, at) for issuer, at in issuers if (name := organ(issuer))]
    found = (
        Conflict("type", _spread(kinds)),
        Conflict("issuer", _spread(organs)),
        Conflict("date", _spread(dates)),
    )
    return tuple(conflict for conflict in found if len(conflict.values) > 1)


def _spread(said: Sequence[tuple[str, Mention]]) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
    """Return each value with who says it; "Chương trình" is no other type than "Chương trình hành động"."""
    by_value: defaultdict[str, list[Mention]] = defaultdict(list)
    values = {value for value, _ in said}
    for value, at in said:
        wider = sorted(v for v in values if v.startswith(value + " "))
        by_value[wider[-1] if wider else value].append(at)
    return tuple(
        (value, tuple(sorted(by_value[value])))
        for value in sorted(by_value, key=lambda value: (-len(by_value[value]), value))
    )
