"""What staff say of answers, and the judged questions made of it; where it is kept is `feedbackbook`'s."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from corpus.errors import AppError
from search.hits import Result
from search.query import MAX_QUESTION

REASONS = {
    "so-lieu": "Sai số liệu",
    "van-ban": "Sai văn bản",
    "nam": "Sai năm, sai nơi",
    "thieu": "Còn thiếu",
    "khong-thay": "Báo không tìm thấy dù kho có",
    "kho-hieu": "Khó hiểu",
}
LONGEST_NOTE = 500  # characters
_FOUND_KEPT = 6  # passages behind an answer that are kept with it; about 1 KB each
_LONGEST_ANSWER = 8000  # characters
_MOST_GOLD = 20


class FeedbackError(AppError):
    """Feedback that cannot be taken, read or judged."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document, verbatim, and where they stand; `source` is the line staff read."""

    doc: str
    section: str
    quote: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the right answer is, as whoever looked at it says.

    Attributes:
        question: The question in words that need no conversation before them.
        gold: The passages that answer it; none where the library does not say.
        answer: What a right answer must contain ("780"); may be empty.
    """

    question: str
    gold: tuple[Place, ...] = ()
    answer: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.question.strip() or len(self.question) > MAX_QUESTION:
            raise FeedbackError(f"Câu hỏi phải có từ 1 đến {MAX_QUESTION} ký tự", "Hãy sửa câu hỏi")
        if len(self.gold) > _MOST_GOLD:
            raise FeedbackError(f"Chọn nhiều nhất {_MOST_GOLD} đoạn", "Hãy bỏ bớt đoạn")


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said of one answer.

    Attributes:
        given: When, ISO, UTC.
        reasons: Keys of REASONS.
        understood: What the question was understood to ask; names the turn before, where it leaned on one.
        sources, found: What the answer quoted; the best passages behind it.
        state: "open", "accepted" or "dismissed".
        judgement: Set where it is accepted.
    """

    id: str
    given: str
    good: bool
    question: str
    answer: str
    abstained: bool
    reasons: tuple[str, ...] = ()
    note: str = ""
    understood: tuple[str, ...] = ()
    sources: tuple[Place, ...] = ()
    found: tuple[Place, ...] = ()
    state: str = "open"
    judgement: Judgement | None = None

    @classmethod
    def on(
        cls, id_: str, result: Result, *, good: bool, reasons: Sequence[str] = (), note: str = ""
    ) -> Feedback:
        """Return what is said of `result`; unknown reasons are left out, a long note is an error.

        Raises:
            FeedbackError: The note is longer than 500 characters.
        """
        note = note.strip()
        if len(note) > LONGEST_NOTE:
            raise FeedbackError(
                f"Lời góp ý dài {len(note)} ký tự, nhiều nhất là {LONGEST_NOTE}", "Hãy viết ngắn hơn"
            )
        return cls(
            id=id_,
            given=datetime.now(UTC).isoformat(timespec="seconds"),
            good=good,
            question=result.question.strip(),
            answer=result.answer.text[:_LONGEST_ANSWER],
            abstained=result.answer.abstained,
            reasons=tuple(r for r in REASONS if r in reasons and not good),
            note=note,
            understood=result.understood,
            sources=tuple(Place(c.doc_id, c.section, c.quote, c.source) for c in result.answer.citations),
            found=tuple(
                Place(h.passage.doc_id, h.passage.section, h.passage.text) for h in result.hits[:_FOUND_KEPT]
            ),
        )

    def judged_question(self) -> dict[str, Any]:
        """Return the line that `search.evaluate` reads.

        Raises:
            ValueError: It has not been accepted.
        """
        if self.judgement is None:
            raise ValueError(f"feedback {self.id} has not been accepted")
        return {
            "id": f"gop-y-{self.id}",
            "question": self.judgement.question,
            "kind": "feedback" if self.judgement.gold else "unanswerable",
            "gold": [{"doc": g.doc, "quote": g.quote, "section": g.section} for g in self.judgement.gold],
            "answer": list(self.judgement.answer),
        }


def export_lines(entries: Iterable[Feedback]) -> str:
    """Return the accepted ones as judged questions, one JSON object a line."""
    accepted = [entry.judged_question() for entry in entries if entry.judgement is not None]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in accepted)


def gold_from(places: Sequence[Place], words: str) -> tuple[Place, ...]:
    """Return the passages chosen, narrowed to `words` where these were copied out of one of them.

    White space aside the words must stand there to the letter; what is returned is the passage's own.

    Raises:
        FeedbackError: They stand in none of the passages.
    """
    wanted = " ".join(words.split())
    if not wanted:
        return tuple(places)
    for place in places:
        at = _found_at(place.quote, wanted)
        if at is not None:
            return (replace(place, quote=place.quote[at[0] : at[1]]),)
    raise FeedbackError(
        "Những chữ đã chép không có nguyên văn trong đoạn nào đã chọn",
        "Hãy chép lại từ đoạn, hoặc để trống để lấy cả đoạn",
    )


def _found_at(text: str, wanted: str) -> tuple[int, int] | None:
    """Where `wanted` stands in `text`, half-open, any run of white space taken as one."""
    match = re.search(r"\s+".join(map(re.escape, wanted.split())), text)
    return match.span() if match else None


def new_id() -> str:
    """Return an id nobody can guess and that says nothing."""
    return token_hex(8)
