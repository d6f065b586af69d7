"""Questions that compare: "qua các năm", "năm 2021 và 2023", "Lai Châu so với Quảng Trị".

The answer sets quotations side by side, one for each year and place, and says which of those asked for
the library does not hold. Subjects that only resemble one another are never set side by side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from corpus.figures.quantities import find_quantities
from corpus.records import Document
from corpus.text import clean, fold
from corpus.words.places import find_places
from search.answering.figurekeys import unsupported
from search.asking.matching import without_places
from search.documents import facts
from search.documents.sources import brief_source, single_quoted
from search.hits import Answer, Quotation
from search.indicators import NATION, Indicator, IndicatorTable
from search.query import Query
from search.tables.figures import period_name
from search.tables.wording import Wording

if TYPE_CHECKING:
    from search.engine import Engine

SHOWN = 8  # rows of one answer
# A subject with one of these words is another one, unless the question has the word too.
_OF_ANOTHER = frozenset({"so với", "giảm", "tăng", "không", "chưa", "nữ", "bình quân", "vi phạm"})
_CLEARLY = 0.1  # by how much the best subject must be nearer to the question than the next

_OVER_TIME = re.compile(r"\b(?:qua|theo|tung|cac|nhung) (?:cac |tung |nhung )?(?:nam|nhiem ky|giai doan)\b")
_COMPARING = re.compile(
    r"\bso sanh\b|\bdoi chieu\b|\bso voi\b|\bkhac nhau\b|\bchenh\b|\bthay doi\b|\btang hay giam\b"
)
_RANGE = re.compile(r"\b(?:tu|giai doan|cac)\s(?:nam\s)?(\d{4})\s?(?:-|–|den|toi)\s?(?:nam\s)?(\d{4})\b")
# What a question says around its subject.
_AROUND = re.compile(
    r"(?<!\w)(?:qua các năm|qua từng năm|theo từng năm|theo các năm|theo năm|các năm|từng năm|những năm"
    r"|so sánh|đối chiếu"
    r"|so với|khác nhau|chênh lệch|chênh nhau|chênh|thay đổi|tăng hay giảm|giữa|như thế nào|thế nào|ra sao"
    r"|bao nhiêu"
    r"|là|của|năm|từ|đến|tới|và|với|về|giai đoạn|chỉ tiêu|mục tiêu|kết quả|kế hoạch|báo cáo|cho biết"
    r"|cho tôi|hãy|xem"
    r"|tỷ lệ|tỉ lệ|số lượng|số|đề ra|đặt ra|được giao|đạt được|mức|nào|gì|thì|sao|tỉnh|thành phố|lđlđ"
    r"|phần trăm"
    r"|\d{4}|[-–?.,:;%])(?!\w)|[?.,:;%–-]",
    re.IGNORECASE,
)
_TARGETS = re.compile(r"\b(?:chi tieu|muc tieu|ke hoach|de ra|dat ra|phan dau)\b")
_RESULTS = re.compile(r"\b(?:ket qua|bao cao|dat duoc|da dat|thuc hien duoc)\b")

_TABLES: WeakKeyDictionary[Engine, IndicatorTable] = WeakKeyDictionary()
_MAKING = Lock()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of one subject in one measure that a question asks to see together.

    Attributes:
        subject: The subject's representative wording.
        rows: By time, then place; never of two subjects or two measures.
        missing: Years and places asked for of which nothing was read, as people say them.
        more: How many further rows the table holds.
    """

    subject: str
    rows: tuple[Indicator, ...]
    missing: tuple[str, ...]
    more: int = 0

    @property
    def compares(self) -> bool:
        """Whether figures of two times or places stand here; one alone is no comparison."""
        return len({(row.target.period, row.place) for row in self.rows}) > 1

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        return tuple(row.quotation for row in self.rows)

    def answer(self, document_of: Callable[[str], Document]) -> Answer:
        """Return the comparison as an Answer: a line for each figure with its source, then what is missing.

        Of a period that the words quoted do not say themselves, what the document says of itself is
        quoted too: its title and its date are where the period was read.
        """
        lines = [f"Theo những gì đọc được về “{single_quoted(self.subject)}”:"]
        quotes = list(self.quotations)
        for row in self.rows:
            document = document_of(row.quotation.doc_id)
            lines.append(f"- {_label(row)}: {_emphasised(row)} ({brief_source(document, row.quotation)})")
            if unsupported(period_name(row.target.period), [row.quotation.quote]):
                fact = facts.about(document)
                quotes += fact.quotations if fact else ()
        if self.more:
            lines.append(f"Trong bảng chỉ tiêu còn {self.more} dòng khác của nội dung này.")
        if self.missing:
            by_year = all(part.startswith("năm ") for part in self.missing)
            read = ", ".join(
                dict.fromkeys(period_name(row.target.period) if by_year else row.place for row in self.rows)
            )
            lines.append(
                f"Mới đọc được {read}; còn thiếu {', '.join(self.missing)} (hoặc được nói bằng lời khác)."
            )
        return Answer(text="\n".join(lines), abstained=False, citations=tuple(dict.fromkeys(quotes)))


def table_of(engine: Engine) -> IndicatorTable:
    """Return the table of an engine's library, made at the first call; safe between threads."""
    if (table := _TABLES.get(engine)) is not None:  # while another's is being made, nobody waits
        return table
    with _MAKING:
        if (table := _TABLES.get(engine)) is None:
            table = _TABLES[engine] = IndicatorTable.of(engine.documents(), engine.glossary)
    return table


def asks_to_compare(query: Query) -> bool:
    """True where a question asks for figures of several years or places side by side."""
    folded = fold(query.words)
    several = len(years_asked(query)) > 1 or len(query.places) > 1
    if several and (_COMPARING.search(folded) or len(query.places) > 1 or _named_together(folded)):
        return True
    return bool(_OVER_TIME.search(folded))


def names_comparing(query: Query) -> bool:
    """Whether a question says that it compares: "so sánh", "khác nhau"."""
    return bool(_COMPARING.search(fold(query.words)))


def _named_together(folded: str) -> bool:
    """True for "năm 2021 và 2023", "từ 2021 đến 2023"; not for "kế hoạch 2021 ... nhiệm kỳ 2023"."""
    return bool(
        re.search(
            r"\b\d{4}(?:,\s?(?:nam\s)?\d{4})*\s?(?:va|,|-|–|den|toi|hay|hoac)\s(?:nam\s)?\d{4}\b", folded
        )
    )


def years_asked(query: Query) -> tuple[int, ...]:
    """Return the years of a question; "từ 2021 đến 2024" asks for those between too."""
    years = list(query.years)
    for first, last in _RANGE.findall(fold(query.words)):
        if 0 < int(last) - int(first) <= 15:
            years += range(int(first), int(last) + 1)
    return tuple(sorted(set(years)))


def compare(engine: Engine, query: Query, *, allowed: frozenset[str] | None = None) -> Comparison | None:
    """Return what the library says for the years and places a question compares.

    Args:
        allowed: Ids of the documents to read; None for all.

    Returns:
        None where the question compares nothing, where no subject of the table says all its words, or
        where two subjects fit it about equally well.
    """
    return compare_in(table_of(engine), query, allowed) if asks_to_compare(query) else None


def compare_in(
    table: IndicatorTable, query: Query, allowed: frozenset[str] | None = None
) -> Comparison | None:
    """`compare` on a table at hand."""
    asked = table.wording(subject_asked(query))
    years, places = years_asked(query), query.places
    kind = kind_asked(query)
    fits: dict[str, float] = {}
    for subject_id, wordings in table.wordings.items():
        if (fit := max(_fit(asked, wording) for wording in wordings)) > 0:
            fits[subject_id] = fit
    groups: dict[str, list[Indicator]] = {}
    for row in table.rows:
        if (
            row.sure
            and row.subject_id in fits
            and row.target.period
            and (kind is None or row.target.kind == kind)
            and (allowed is None or row.quotation.doc_id in allowed)
            and (not places or row.place in places)
            and (not years or row.years & set(years))
        ):
            groups.setdefault(row.group_id, []).append(row)
    chosen = _clearly_best(groups, fits)
    if chosen is None:
        return None
    rows = sorted(groups[chosen], key=_order)
    missing = _missing(rows, years, places)
    if _occasions(rows) < 2 and not missing:
        return None
    return Comparison(rows[0].label, tuple(rows[:SHOWN]), missing, max(0, len(rows) - SHOWN))


def subject_asked(query: Query) -> str:
    """Return the words of a question that name its subject."""
    subject = without_places(query, query.search_text)
    for start, end, _ in reversed(find_places(subject)):  # written otherwise: "TPHCM"
        subject = f"{subject[:start]} {subject[end:]}"
    return " ".join(_AROUND.sub(" ", subject).split())


def kind_asked(query: Query) -> str | None:
    """Return which kind of figures a question names, "target" or "result"; None for both or neither."""
    folded = fold(query.words)
    targets, results = bool(_TARGETS.search(folded)), bool(_RESULTS.search(folded))
    if targets == results:
        return None
    return "target" if targets else "result"


def _fit(asked: Wording, wording: Wording) -> float:
    """Return how near a subject that says all words of the question is to it, in (0, 1]; else 0."""
    words = set(asked.words)
    if (
        not words
        or not asked.decisive <= wording.decisive
        or not asked.who <= wording.who | set(wording.words)
    ):
        return 0.0
    if not words <= set(wording.words) or (wording.decisive - asked.decisive) & _OF_ANOTHER:
        return 0.0
    return asked.overlap(wording)


def _clearly_best(groups: dict[str, list[Indicator]], fits: dict[str, float]) -> str | None:
    """Return the group nearest to the question; None where another subject is about as near.

    Of groups about as near as the nearest, one that can be compared goes before one with a single figure.
    """
    fit = {group: fits[rows[0].subject_id] for group, rows in groups.items()}
    near = [group for group in groups if fit[group] > max(fit.values()) - _CLEARLY]
    several = [group for group in near if _occasions(groups[group]) > 1]
    ranked = sorted(several or near, key=lambda g: (-fit[g], -len(groups[g]), g))
    if not ranked or len({groups[group][0].subject_id for group in ranked}) > 1:
        return None
    return ranked[0]


def _occasions(rows: Sequence[Indicator]) -> int:
    return len({(row.target.period, row.scope) for row in rows})


def _order(row: Indicator) -> tuple[int, str, str, str, int]:
    target = row.target
    return max(row.years, default=0), target.period or "", row.place, row.quotation.doc_id, target.start


def _missing(rows: Sequence[Indicator], years: Sequence[int], places: Iterable[str]) -> tuple[str, ...]:
    """Return the years and places without a row; with no year asked, the gaps between those there are."""
    there = {year for row in rows for year in row.years}
    if not years and there and all(re.fullmatch(r"\d{4}", row.target.period or "") for row in rows):
        years = range(min(there), max(there))
    absent = [f"năm {year}" for year in years if year not in there]
    absent += [place for place in places if all(row.place != place for row in rows)]
    return tuple(absent)


def _label(row: Indicator) -> str:
    kind = "chỉ tiêu" if row.target.kind == "target" else "kết quả"
    where = row.place if row.place in (NATION, row.scope) else row.issuer
    when = period_name(row.target.period)
    return f"{when[:1].upper()}{when[1:]}, {where or 'không rõ nơi'} ({kind})"


def _emphasised(row: Indicator) -> str:
    """Return the quotation as one line, the figure between ** and **."""
    line = clean(row.quotation.quote).text
    for quantity in find_quantities(line):
        if quantity.value == row.target.value:
            start, end = quantity.start, quantity.end
            line = f"{line[:start]}**{line[start:end]}**{line[end:]}"
            break
    return line
