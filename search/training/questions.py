"""Questions for training: people's own, and such as people might ask, made from titles and passages."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.text import collapse
from corpus.words.tokens import syllables
from index.training.sources import LEGAL_CHARS, lines_up_to, qa_items, read_jsonl
from search.asking.asks import QUESTION_WORDS
from search.measuring.judged import Article

# Articles taken in a row, about a law: its others are the hardest to tell from the right one.
NEIGHBOURS = 200
_BEFORE = (
    "", "", "", "quy định về", "cho hỏi", "pháp luật quy định thế nào về", "theo quy định hiện hành",
    "cho tôi hỏi về", "hiểu thế nào là",
)  # fmt: skip
_AFTER = (
    "", "như thế nào", "được quy định như thế nào", "là gì", "gồm những gì", "bao gồm những nội dung nào",
    "ra sao", "thế nào", "hiện nay như thế nào", "được thực hiện thế nào",
)  # fmt: skip
_AFTER_FIGURE = ("là bao nhiêu", "bao nhiêu", "là mấy", "được bao nhiêu", "")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Articles to search, and questions of which each is answered by one of them.

    Attributes:
        articles: By id.
        asked: (question, id of its article).
    """

    name: str
    articles: dict[str, Article]
    asked: list[tuple[str, str]]


def human_questions(data: Path, n_other: int, rng: random.Random) -> Lesson:
    """People's questions over encyclopedia passages and rules, with news and law around them."""
    articles: dict[str, Article] = {}
    asked: list[tuple[str, str]] = []
    known: dict[str, str] = {}
    for item in qa_items(data):
        question, passage = item.lines
        home = known.setdefault(passage, f"qa{len(known)}")
        articles[home] = Article("", passage)
        asked.append((question, home))
    news = rng.sample(list(read_jsonl(data / "general/vietnews.jsonl.xz")), n_other)
    articles |= {f"news{n}": Article("", _cut(row["text"])) for n, row in enumerate(news)}
    # A headline asks for its news in the words of the street.
    asked += [(row["title"], f"news{n}") for n, row in enumerate(news) if len(syllables(row["title"])) > 4]
    return Lesson("human", articles, asked)


def title_questions(rows: Sequence[dict[str, str]], rng: random.Random) -> Lesson:
    """Titles of articles as questions; the articles themselves stand there without them."""
    articles = {row["id"]: Article(row["law"], _cut(row["text"])) for row in rows}
    often = Counter(row["title"] for row in rows)
    asked = []
    for row in rows:
        words = syllables(collapse(row["title"]))
        if often[row["title"]] == 1 and sum(word not in QUESTION_WORDS for word in words) >= 4:
            asked.append(
                (_as_question(_garbled(words, rng.choice((0, 0.15, 0.3)), rng), False, rng), row["id"])
            )
    return Lesson("title", articles, asked)


def span_questions(rows: Sequence[dict[str, str]], rng: random.Random) -> Lesson:
    """A few words out of an article, often with some of its title: people name the matter and the point."""
    articles, asked = {}, []
    for row in rows:
        title = f"{row['law']} - Điều {row['article']}. {row['title']}"
        articles[row["id"]] = Article(title, _cut(row["text"]))
        words = syllables(collapse(articles[row["id"]].text))
        if len(words) < 25:
            continue
        length = rng.randint(4, 14)
        start = rng.randrange(len(words) - length)
        span = words[start : start + length]
        figure = any(word[0].isdigit() for word in span)
        if figure and rng.random() < 0.8:
            span = [word for word in span if not word[0].isdigit()]
        span = _garbled(span, rng.choice((0, 0.2, 0.4)), rng)
        if rng.random() < 0.65:
            matter = _garbled(syllables(collapse(row["title"])), rng.choice((0, 0.3, 0.6)), rng)[:14]
            span = matter + span if rng.random() < 0.5 else span + matter
        if len(span) >= 4:
            asked.append((_as_question(span, figure, rng), row["id"]))
    return Lesson("span", articles, asked)


def legal_rows(data: Path, n: int, rng: random.Random) -> list[dict[str, str]]:
    """Return about `n` articles of the codified law, NEIGHBOURS in a row from places all over it."""
    rows = [row for row in read_jsonl(data / "legal/phapdien_articles.jsonl.xz") if row["text"].strip()]
    blocks = range(0, len(rows), NEIGHBOURS)
    chosen = rng.sample(blocks, min(len(blocks), n // NEIGHBOURS))
    return [row for start in sorted(chosen) for row in rows[start : start + NEIGHBOURS]]


def _cut(text: str) -> str:
    return "\n".join(lines_up_to(text, LEGAL_CHARS))


def _garbled(words: list[str], dropped: float, rng: random.Random) -> list[str]:
    """Leave out a share of the words; now and then say the second half first."""
    if len(words) > 4:
        words = [word for word in words if rng.random() >= dropped]
    if len(words) > 5 and rng.random() < 0.25:
        at = rng.randint(2, len(words) - 3)
        words = words[at:] + words[:at]
    return words


def _as_question(words: list[str], figure: bool, rng: random.Random) -> str:
    after = rng.choice(_AFTER_FIGURE if figure else _AFTER)
    return " ".join(filter(None, (rng.choice(_BEFORE), " ".join(words), after)))
