"""The texts the shipped encoder is trained on, as items: an id and its lines."""

from __future__ import annotations

import csv
import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Where an item is cut. Two thirds of the articles of law are shorter; what follows the first
# dozen lines of a news item adds little that its beginning has not said.
LEGAL_CHARS = 1600
NEWS_CHARS = 1400
WIKI_CHARS = 4000
NEWS_ITEMS = 50_000  # a third of what there is: four times as much text taught no more


@dataclass(frozen=True, slots=True)
class Item:
    """One text to learn from.

    Attributes:
        item_id: "legal/1.1.LQ.1", "news/123"...: source and id within it.
        lines: Title first ("" where there is none), then the text line by line.
    """

    item_id: str
    lines: tuple[str, ...]


def read_jsonl(path: Path) -> Iterator[dict[str, str]]:
    """Yield the objects of a `.jsonl` or `.jsonl.xz` file."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        for line in file:
            yield json.loads(line)


def lines_up_to(text: str, limit: int) -> list[str]:
    """Return the first lines of `text`, at most `limit` characters; an overlong last line is cut."""
    kept: list[str] = []
    for line in text.split("\n"):
        line = line.strip()
        if line:
            kept.append(line[:limit])
            limit -= len(line)
        if limit <= 0:
            break
    return kept


def legal_items(data: Path, chars: int = LEGAL_CHARS) -> list[Item]:
    """Articles of the codified law, without the ones that only stand for a form or an appendix."""
    return [
        Item(f"legal/{row['id']}", (row["title"], *lines_up_to(row["text"], chars)))
        for row in read_jsonl(data / "legal/phapdien_articles.jsonl.xz")
        if row["text"].strip()
    ]


def news_items(data: Path, seed: int, chars: int = NEWS_CHARS) -> list[Item]:
    rows = [
        row for name in ("vietnews", "vietnews2") for row in read_jsonl(data / f"general/{name}.jsonl.xz")
    ]
    chosen = random.Random(seed).sample(range(len(rows)), min(NEWS_ITEMS, len(rows)))
    return [Item(f"news/{i}", (rows[i]["title"], *lines_up_to(rows[i]["text"], chars))) for i in chosen]


def wiki_items(data: Path, chars: int = WIKI_CHARS) -> list[Item]:
    """Encyclopedia articles; lines of tables and lists (short, without a full stop) are left out."""
    items = []
    for n, row in enumerate(read_jsonl(data / "general/wiki.jsonl.xz")):
        prose = [line for line in row["text"].split("\n") if len(line) >= 60]
        items.append(Item(f"wiki/{n}", (row["title"], *lines_up_to("\n".join(prose), chars))))
    return items


def qa_items(data: Path) -> list[Item]:
    """Human questions and the passage each is answered by: lines are (question, passage)."""
    items = []
    for name in ("xquad_vi", "uit_regulations", "uit_wiki_small", "viquad_mini"):
        folder = data / "qa" / name
        passages = {
            row["id"]: f"{row['title']}. {row['text']}" if row["title"] else row["text"]
            for row in read_jsonl(folder / "corpus.jsonl")
        }
        queries = {row["id"]: row["text"] for row in read_jsonl(folder / "queries.jsonl")}
        with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
            for query, passage, _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                items.append(Item(f"qa/{name}/{query}", (queries[query], passages[passage])))
    return items


def paraphrase_items(data: Path) -> list[Item]:
    """Sentence pairs that people judged to say the same."""
    with (data / "qa/vnpara.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Item(f"para/{n}", (row["sentence1"], row["sentence2"]))
        for n, row in enumerate(rows)
        if row["label"] == "1"
    ]


def related_pairs(data: Path) -> list[tuple[str, str]]:
    """Item ids of articles that the codified law itself says belong together."""
    with (data / "legal/phapdien_related.tsv").open(encoding="utf-8", newline="") as file:
        return [(f"legal/{a}", f"legal/{b}") for a, b in csv.reader(file, delimiter="\t")]
