"""The table of chỉ tiêu: every target and result in the library, and which of them are of one subject.

Each row opens its source: its quotation is the span the figure was read from, to the letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from corpus.figures.periods import find_periods
from corpus.records import Document, Letterhead, Target
from corpus.text import collapse, fold
from corpus.words.glossary import Glossary
from corpus.words.places import PROVINCES, find_places, formerly, today
from corpus.words.tokens import syllables
from search.asking.matching import write_out
from search.documents.sources import quotation, short_issuer
from search.hits import Quotation
from search.tables.figures import amount_of, measure_of, years_of
from search.tables.incontext import as_said, with_heading
from search.tables.wording import SAME, Wording

NATION = "Toàn quốc"
_MEMBERS_COMPARED = 12  # wordings of a group that a new one must be like
_SHORT = 20  # characters; a shorter subject leans on its sentence

_CENTRAL = re.compile(
    r"tong (?:lien doan|ldld)|\btld\b|trung uong|bo chinh tri|ban bi thu|chinh phu|thu tuong|quoc hoi|^bo "
)
# Who issues for less than a province; their figures are of themselves alone.
_LOCAL = re.compile(
    r"\b(?:huyen|quan|thi xa|thi tran|xa|phuong|thi uy|khu|nganh|vien chuc|cong ty|tong cong ty|tap doan"
    r"|truong|benh vien|co so|so|chi cuc|trung tam|thanh pho thuoc)\b|^cong doan\b"
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the table.

    Attributes:
        target: What was read: subject, comparator, value, unit, period, kind.
        issuer: Who says so, the union's own names shortened ("LĐLĐ tỉnh Lai Châu"); "" where unknown.
        place: Province it is of, `NATION` for central offices, "" where unknown.
        scope: Whose figure it is: the province, the nation, or a lesser issuer by name; None where unknown.
        quotation: The words it was read from.
        subject_id: The same for all rows of one subject, in whatever words.
        group_id: The same for all rows of one subject in one measure: these can be set side by side.
        label: The subject's representative wording.
        sure: Whether the row can be compared: its subject says enough, and its document gives one
            figure for it and no other.
        shown: The subject for people: where it only says what is counted ("lần"), with the words before it.
    """

    target: Target
    issuer: str
    place: str
    scope: str | None
    quotation: Quotation
    subject_id: str
    group_id: str
    label: str
    sure: bool
    shown: str

    @property
    def years(self) -> frozenset[int]:
        return years_of(self.target.period)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Conditions on rows; what is None does not restrict.

    Attributes:
        subject: Words of the subject; all that tell anything must be said.
        year, place, issuer, unit: As people write them; diacritics and capitals do not matter.
        kind: "target" or "result".
    """

    subject: str | None = None
    year: int | None = None
    place: str | None = None
    issuer: str | None = None
    unit: str | None = None
    kind: str | None = None


class IndicatorTable:
    """All rows, in order of document and place; made once for a library.

    Attributes:
        rows: Every target and result.
        wordings: Subject id -> the different wordings of that subject, the representative's first.
    """

    def __init__(
        self, rows: Sequence[Indicator], wordings: dict[str, list[Wording]], glossary: Glossary
    ) -> None:
        self.rows, self.wordings, self._glossary = tuple(rows), wordings, glossary
        self._groups: defaultdict[str, list[Indicator]] = defaultdict(list)
        for row in rows:
            self._groups[row.group_id].append(row)

    @classmethod
    def of(cls, documents: Iterable[Document], glossary: Glossary) -> IndicatorTable:
        """Make the table of these documents."""
        read: list[tuple[Document, Target, Wording]] = []
        known: dict[str, Wording] = {}
        for document in documents:
            for target in (as_said(document, target) for target in document.targets):
                said = with_heading(document, target)
                if (wording := known.get(said)) is None:
                    wording = known[said] = Wording.of(said, glossary)
                read.append((document, target, wording))
        subjects, members = _subjects([(wording, target.subject) for _, target, wording in read])
        figures = {
            (d.doc_id, s, t.kind, measure_of(t), t.period, amount_of(t) or t.value)
            for (d, t, _), s in zip(read, subjects, strict=True)
        }
        given = Counter(key[:5] for key in figures)
        labels = _labels([target.subject for _, target, _ in read], subjects)
        origins: dict[str, tuple[str, str, str | None]] = {}
        rows: list[Indicator] = []
        for (document, target, wording), subject_id in zip(read, subjects, strict=True):
            if document.doc_id not in origins:
                origins[document.doc_id] = _origin(document.letterhead)
            issuer, place, scope = origins[document.doc_id]
            measure = measure_of(target)
            alone = given[(document.doc_id, subject_id, target.kind, measure, target.period)] == 1
            rows.append(
                Indicator(
                    target=target,
                    issuer=issuer,
                    place=place,
                    scope=scope,
                    quotation=quotation(document, target.start, target.end),
                    subject_id=subject_id,
                    group_id=f"{subject_id}:{measure}",
                    label=labels[subject_id],
                    sure=wording.tells and alone,
                    shown=_shown(document, target),
                )
            )
        return cls(rows, members, glossary)

    def group(self, group_id: str) -> tuple[Indicator, ...]:
        """Return the rows of one subject in one measure; () for an unknown id."""
        return tuple(self._groups.get(group_id, ()))

    def wording(self, subject: str) -> Wording:
        """Return words typed by a person in the form in which subjects are compared."""
        return Wording.of(subject, self._glossary)

    def choose(self, chosen: Chosen) -> list[Indicator]:
        """Return the rows that meet every condition, in the table's order."""
        places = _place_names(chosen.place)
        wanted = self.wording(chosen.subject or "")
        typed = self._plain(chosen.subject or "")
        fits: set[str] = set()
        if chosen.subject:
            fits = {s for s in self.wordings if self._speaks_of(s, wanted)}
            fits |= {r.subject_id for r in self.rows if typed and typed <= self._plain(r.target.subject)}
        return [
            row
            for row in self.rows
            if (not chosen.subject or row.subject_id in fits)
            and (chosen.year is None or chosen.year in row.years)
            and (chosen.place is None or _at(row, places, chosen.place))
            and (chosen.issuer is None or fold(short_issuer(chosen.issuer)) in fold(row.issuer))
            and (chosen.unit is None or fold(chosen.unit) == fold(row.target.unit))
            and (chosen.kind is None or chosen.kind == row.target.kind)
        ]

    def _plain(self, words: str) -> frozenset[str]:
        """Return the folded syllables of words, abbreviations written out."""
        return frozenset(map(fold, syllables(write_out(collapse(words), self._glossary, typed=True))))

    def _speaks_of(self, subject_id: str, wanted: Wording) -> bool:
        words = set(wanted.words)
        return bool(words) and any(words <= set(w.words) for w in self.wordings[subject_id])


def _shown(document: Document, target: Target) -> str:
    counted = set(fold(target.unit).replace("/", " ").split())
    subject = target.subject
    for period in reversed(find_periods(subject)):  # "Năm 2023 đạt 80%"
        subject = subject[: period.start] + subject[period.end :]
    told = set(fold(subject).split()) - counted
    return target.subject if told else with_heading(document, target)


def _origin(head: Letterhead) -> tuple[str, str, str | None]:
    """Return (issuer, place, scope) of a document's figures; see `Indicator`."""
    issuer = short_issuer(head.issuer or "")
    folded = fold(issuer)
    named = [place for _, _, place in find_places(" ; ".join(filter(None, (head.issuer, head.place))))]
    if not issuer:
        return "", named[0] if named else "", None
    if _CENTRAL.search(folded):
        return issuer, NATION, NATION
    place = named[0] if named else ""
    if _LOCAL.search(folded) or not place:
        return issuer, place, folded
    return issuer, place, place


def _subjects(said: Sequence[tuple[Wording, str]]) -> tuple[list[str], dict[str, list[Wording]]]:
    """Return the subject id of each, and the wordings of each subject.

    A wording joins a subject only where it is like every wording of it (complete linkage), so that no
    chain of small differences makes one of two subjects.
    """
    buckets: defaultdict[tuple[frozenset[str], frozenset[str]], list[str]] = defaultdict(list)
    members: dict[str, list[Wording]] = {}
    known: dict[Wording, str] = {}
    ids: list[str] = []
    for i, (wording, subject) in enumerate(said):
        if not wording.tells:
            ids.append(_name(f"{i}\0{subject}"))
            members[ids[-1]] = [wording]
            continue
        if wording not in known:
            bucket = buckets[wording.who, wording.decisive]
            scored = [(_fit(wording, members[one]), one) for one in bucket]
            best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
            if best[0] >= SAME and len(members[best[1]]) < _MEMBERS_COMPARED:
                known[wording] = best[1]
                members[best[1]].append(wording)
            else:
                known[wording] = _name(
                    " ".join((*sorted(wording.who), *sorted(wording.decisive), *wording.words))
                )
                members[known[wording]] = [wording]
                bucket.append(known[wording])
        ids.append(known[wording])
    return ids, members


def _fit(wording: Wording, members: Sequence[Wording]) -> float:
    """Return how like a wording is to the least like member."""
    return min(wording.likeness(member) for member in members)


def _name(key: str) -> str:
    return blake2b(key.encode(), digest_size=5).hexdigest()


def _labels(subjects: Sequence[str], ids: Sequence[str]) -> dict[str, str]:
    """Return each subject's most usual wording; of equally usual ones the shortest that says enough."""
    said: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for subject, subject_id in zip(subjects, ids, strict=True):
        said[subject_id][subject] += 1
    return {
        one: min(counts, key=lambda s: (len(s) < _SHORT, -counts[s], len(s), s))
        for one, counts in said.items()
    }


def _place_names(place: str | None) -> frozenset[str]:
    """Return the provinces a filter means: the one named, and those it is one with since July 2025."""
    if place is None:
        return frozenset()
    exact = next((name for name in PROVINCES if fold(name) == fold(place.strip())), None)
    named = (
        {exact} if exact else {name for _, _, name in find_places(place, folded=fold(place) == place.lower())}
    )
    return frozenset(
        one for name in named for one in (name, *(formerly(name) if today(name) == name else ()))
    )


def _at(row: Indicator, places: frozenset[str], typed: str) -> bool:
    return row.place in places if places else fold(typed) in fold(f"{row.place} {row.issuer}")
