"""What a question gets back: ranked Hits, and an Answer that quotes and cites."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus.records import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how well it fits; higher is better.

    Attributes:
        origin: Which scale the score is on: "dense", "sparse", "number", "fused".
        why: What matched, in Vietnamese, for people ("năm 2021", "số 234/KH-LĐLĐ").
    """

    passage: Passage
    score: float
    origin: str = "fused"
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document and the place they stand: `document.text[start:end] == quote`.

    Attributes:
        doc_id: The document quoted.
        number, title: Its số/ký hiệu and trích yếu, None where it has none.
        section, page: Where in it.
        quote: At most 400 characters, verbatim.
        start, end: Half-open, in characters of `Document.text`.
        source: The line staff read: "Kế hoạch số 234/KH-LĐLĐ ngày 19/3/2021 của LĐLĐ
            tỉnh Lai Châu, mục II.1.4"; for a restatement it ends "(bản viết lại)".
    """

    doc_id: str
    number: str | None
    title: str | None
    section: str
    page: int | None
    quote: str
    start: int
    end: int
    source: str

    def __post_init__(self) -> None:
        if not self.quote or len(self.quote) > 400 or self.end - self.start != len(self.quote):
            raise ValueError(
                f"quotation of {self.doc_id} at [{self.start}, {self.end}) must hold 1 to 400 characters"
            )


@dataclass(frozen=True, slots=True)
class Answer:
    """What staff read first.

    Attributes:
        text: Plain Vietnamese; the words that answer, figures between ** and **.
        abstained: True when the library does not say.
        unsure: True when the text is only the nearest passage, and says so itself.
        courtesy: True for a greeting, thanks, "bạn là ai": nothing was looked up, and `abstained` is set.
        citations: Where each part of the text stands; empty only when abstained.
        nearest: When abstained, the documents that come nearest, best first, as source lines.
        fact: True where a letterhead or closing answers, not the text.
        choices: Ids of the documents the question may mean, where the answer asks which.
    """

    text: str
    abstained: bool
    citations: tuple[Quotation, ...] = ()
    nearest: tuple[str, ...] = ()
    unsure: bool = False
    courtesy: bool = False
    fact: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A question, its answer and the passages behind it, best first."""

    question: str
    answer: Answer
    hits: tuple[Hit, ...]
    id: str = ""
    understood: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The stable form other programs read (see README, "Kết quả dạng JSON")."""
        return {
            "id": self.id,
            "question": self.question,
            "answer": {
                "text": self.answer.text,
                "abstained": self.answer.abstained,
                "citations": [
                    {
                        "doc": c.doc_id,
                        "number": c.number,
                        "title": c.title,
                        "section": c.section,
                        "page": c.page,
                        "quote": c.quote,
                        "start": c.start,
                        "end": c.end,
                    }
                    for c in self.answer.citations
                ],
            },
            "hits": [
                {
                    "doc": h.passage.doc_id,
                    "passage": h.passage.passage_id,
                    "section": h.passage.section,
                    "page": h.passage.page,
                    "score": round(h.score, 6),
                    "text": h.passage.text,
                }
                for h in self.hits
            ],
        }
