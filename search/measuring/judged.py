"""Public sets of judged questions: articles, questions, and which article answers which question."""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from corpus.errors import AppError

_REMEDY = "Chép lại bộ dữ liệu; một bộ gồm corpus.jsonl(.xz), queries.jsonl, qrels.tsv"


_Value = TypeVar("_Value")


class JudgedSetError(AppError):
    """A judged set that is missing, cut short or contradicts itself."""


@dataclass(frozen=True, slots=True)
class Article:
    """One thing that can be found."""

    title: str
    text: str

    def line(self) -> str:
        """Title and text as one string, for systems that know no titles."""
        return f"{self.title}\n{self.text}".strip()


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Judged questions over articles.

    Attributes:
        digest: SHA-256 over the three files: two runs can be compared where it is the same.
        articles: By id, in the order of the file.
        queries: The judged questions by id, in the order of the file.
        qrels: Ids of the right articles for each of them, at least one.
    """

    name: str
    digest: str
    articles: Mapping[str, Article]
    queries: Mapping[str, str]
    qrels: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, folder: Path) -> JudgedSet:
        """Read the set in `folder`; questions without a judgement are left out.

        Raises:
            JudgedSetError: A file is missing or a line of it is not what it should be.
        """
        corpus = next((p for p in (folder / "corpus.jsonl", folder / "corpus.jsonl.xz") if p.is_file()), None)
        paths = [corpus or folder / "corpus.jsonl.xz", folder / "queries.jsonl", folder / "qrels.tsv"]
        for path in paths:
            if not path.is_file():
                raise JudgedSetError(f"Bộ dữ liệu {folder.name} thiếu tệp {path}", _REMEDY)
        articles: dict[str, Article] = {}
        for where, row in _rows(paths[0], ("id", "text")):
            _add(articles, row["id"], Article(row.get("title", ""), row["text"]), where)
        asked: dict[str, str] = {}
        for where, row in _rows(paths[1], ("id", "text")):
            _add(asked, row["id"], row["text"], where)
        qrels = _read_qrels(paths[2], articles, asked)
        queries = {query: text for query, text in asked.items() if query in qrels}
        total = hashlib.sha256()
        for path in paths:
            total.update(hashlib.sha256(path.read_bytes()).digest())
        return cls(folder.name, total.hexdigest(), articles, queries, qrels)


def _rows(path: Path, wanted: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield where a line stands and what it says; every value wanted is a string that is not blank."""
    number = 0
    try:
        with _open(path) as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                row = json.loads(line)
                where = f"{path} dòng {number}"
                if not isinstance(row, dict):
                    raise JudgedSetError(f"{where} không phải một đối tượng JSON", _REMEDY)
                for name in wanted:
                    if not isinstance(row.get(name), str) or not row[name].strip():
                        raise JudgedSetError(f"{where} thiếu trường {name!r}", _REMEDY)
                yield where, row
    except json.JSONDecodeError as error:
        raise JudgedSetError(f"{path} dòng {number} không phải JSON: {error.msg}", _REMEDY) from error
    except (lzma.LZMAError, EOFError, UnicodeDecodeError) as error:
        raise JudgedSetError(f"{path} bị hỏng sau dòng {number}: {error}", _REMEDY) from error


def _open(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _add(known: dict[str, _Value], key: str, value: _Value, where: str) -> None:
    if key in known:
        raise JudgedSetError(f"{where}: mã {key!r} đã có ở trên", _REMEDY)
    known[key] = value


def _read_qrels(
    path: Path, articles: Mapping[str, Article], queries: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Return the right articles of each question; a label of 0 says that an article is not."""
    right: dict[str, frozenset[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            where = f"{path} dòng {number}"
            if len(row) != 3 or not row[2].isdigit():
                raise JudgedSetError(f"{where} không có dạng: mã câu hỏi, mã điều, 0 hoặc 1", _REMEDY)
            query, article, label = row
            if query not in queries:
                raise JudgedSetError(f"{where}: không có câu hỏi {query!r}", _REMEDY)
            if article not in articles:
                raise JudgedSetError(f"{where}: không có điều {article!r}", _REMEDY)
            if int(label):
                right[query] = right.get(query, frozenset()) | {article}
    if not right:
        raise JudgedSetError(f"{path} không đánh giá câu hỏi nào", _REMEDY)
    return right
