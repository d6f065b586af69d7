"""A real index of a judged set: its articles become documents by the code that files go through."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.errors import AppError
from corpus.numbers import find_numbers
from corpus.readers.base import ReadText, agreed_form
from corpus.reading import document_from
from corpus.records import Document, Letterhead
from corpus.rules import fingerprint_of, reading_rules
from index.building import Update, apply_update
from index.encoder import Encoder
from index.fields import word_rules
from index.files import lock, write_atomically
from index.manifest import read_manifest
from search.measuring.judged import Article, JudgedSet
from search.measuring.kept import KeptVectors

_BUILD = "build.json"
# "Luật Du lịch - Điều 11. Quyền của khách du lịch": the law, and the article's own heading.
_OF_A_LAW = re.compile(r"(?P<law>.*?)\s+-\s+(?P<number>Điều\s+\w+)\.?\s*(?P<heading>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Build:
    """What building an index cost.

    Attributes:
        seconds, cpu_seconds: By the clock, and of the processor: other work on the machine
            lengthens only the first.
        reused: Passages whose vectors an earlier index had; where it is not 0, the seconds are
            no measure of a first build.
    """

    documents: int
    passages: int
    characters: int
    seconds: float
    cpu_seconds: float
    reused: int


def document_of(article_id: str, article: Article) -> Document:
    """Return the document an article would be, were it a file of its own.

    An article of a law stands under its number and heading, as in the law, and the law's name
    is what the letterhead would say; any other title is the letterhead's title.
    """
    title, text = agreed_form(article.title), agreed_form(article.text)
    if of_law := _OF_A_LAW.fullmatch(title):
        title = of_law["law"]
        if not text.startswith(of_law["heading"]):
            text = f"{of_law['heading']}\n{text}"
        text = f"{of_law['number']}. {text}"
    number = next((mention.number for mention in find_numbers(title)), None)
    read = document_from(ReadText(text), article_id, article_id)
    return replace(read, letterhead=Letterhead(number=number, title=title or None))


def ensure_index(root: Path, judged: JudgedSet, encoder: Encoder, *, keep: bool = False) -> Build:
    """Build the index of a set in `root` unless one by the same rules is there; return what it cost.

    Args:
        keep: Take an index that was read by other rules of `corpus/` too, as long as it opens.
    """
    reading = fingerprint_of(reading_rules())
    try:
        manifest = read_manifest(root)
        built = Build(**json.loads((root / _BUILD).read_text(encoding="utf-8")))
        same = (manifest.encoder, manifest.words) == (encoder.name, word_rules())
        if same and (keep or manifest.reading == reading):
            return built
    except (AppError, OSError, ValueError, TypeError):
        pass  # missing, unfinished, or of another version: built anew
    root.mkdir(parents=True, exist_ok=True)
    start, cpu = time.perf_counter(), time.process_time()
    with lock(root):
        kept = KeptVectors(encoder, root)
        manifest = apply_update(root, None, kept, Update(_documents(judged), reading=reading))
    built = Build(
        documents=manifest.n_documents,
        passages=manifest.n_passages,
        characters=sum(len(article.line()) for article in judged.articles.values()),
        seconds=round(time.perf_counter() - start, 1),
        cpu_seconds=round(time.process_time() - cpu, 1),
        reused=kept.reused,
    )
    write_atomically(root / _BUILD, json.dumps(asdict(built)).encode())
    return built


def _documents(judged: JudgedSet) -> Iterator[Document]:
    for article_id, article in judged.articles.items():
        yield document_of(article_id, article)
