"""What text looks like when a model reads it: prefixes, segmentation, document numbers left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.numbers import find_numbers
from corpus.text import collapse, segment_words

Segmentation = Literal["none", "words", "words+syllables"]
UNKNOWN = "[UNK]"  # the token a static model reads where a text holds no word at all
# Stands between the headings above a passage, and between the last of them and the passage's own words;
# to those who know nothing of it, the end of a line.
BELOW = "\n\x1e"

# A point or comma within a number ends nothing.
_CLAUSE_ENDS = re.compile(r"[.,;:!?…]+(?:\s|$)|[()\[\]\"“”]|\s[-–—+]\s")
WORDS = re.compile(r"[^\W_]+(?:_[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Preparation:
    """How one family of models wants its text.

    Attributes:
        segmentation: "none": the text as it is; "words": underthesea words, syllables joined
            by "_" (PhoBERT, Nguyen & Nguyen 2020, was pre-trained on such text);
            "words+syllables": for the static model, lower-case words, then their syllables.
        query_prefix, passage_prefix: Put before each text, after segmentation.
    """

    segmentation: Segmentation = "none"
    query_prefix: str = ""
    passage_prefix: str = ""


# First match wins; each from the model's own card.
_FAMILIES: tuple[tuple[str, Preparation], ...] = (
    (r"phobert|phoranker|bkai|vietnamese-bi-encoder|vietnamese-sbert|simcse-vietnamese|dangvantuan/vietnamese-embed",
     Preparation("words")),
    (r"e5-.*instruct",
     Preparation(query_prefix="Instruct: Given a question, retrieve passages that answer it\nQuery: ")),
    (r"(^|[/_-])(multilingual-)?e5([_-]|$)", Preparation("none", "query: ", "passage: ")),
    (r"bge-(small|base|large)-en",
     Preparation(query_prefix="Represent this sentence for searching relevant passages: ")),
)  # fmt: skip


def preparation_of(name: str) -> Preparation:
    """Return how the model called `name` wants its text; models we do not know get it as it is.

    >>> preparation_of("intfloat/multilingual-e5-small").passage_prefix
    'passage: '
    >>> preparation_of("bkai-foundation-models/vietnamese-bi-encoder").segmentation
    'words'
    """
    return next((p for pattern, p in _FAMILIES if re.search(pattern, name, re.IGNORECASE)), Preparation())


def plain_line(text: str) -> str:
    """Return `text` as one line without markup and document numbers, ready for word segmentation.

    >>> plain_line("Kế hoạch số 234/KH-LĐLĐ về **Đoàn viên**")
    'Kế hoạch số về Đoàn viên'
    """
    line = collapse(text)
    parts, at = [], 0
    for mention in find_numbers(line):
        parts.append(line[at : mention.start].rstrip())
        at = mention.end
    parts.append(line[at:])
    return "".join(parts)


def words_and_syllables(segmented: str) -> str:
    """Return the words of a segmented line, then the syllables of those that have several.

    A word the vocabulary lacks is thus still read by its syllables.

    >>> words_and_syllables("giới_thiệu đảng_viên , năm 2021")
    'giới_thiệu đảng_viên năm 2021 giới thiệu đảng viên'
    """
    words: list[str] = WORDS.findall(segmented.lower())
    syllables = [syllable for word in words if "_" in word for syllable in word.split("_")]
    return " ".join(words + syllables) or UNKNOWN


def prepare(texts: Sequence[str], segmentation: Segmentation) -> list[str]:
    """Return the texts as a model of that kind reads them.

    The static model's text is lower-cased before segmentation, for the segmenter divides
    "CÔNG ĐOÀN", "Công đoàn" and "công đoàn" differently, and questions are typed in lower case.
    """
    if segmentation == "none":
        return [collapse(text) for text in texts]
    if segmentation == "words":
        return segment_words([plain_line(text) for text in texts])
    return [words_and_syllables(_segmented(text)) for text in texts]


def words_for_static(texts: Sequence[str]) -> list[str]:
    """Return the texts as the static model reads them; what a build leaves to another process."""
    return prepare(texts, "words+syllables")


def _segmented(text: str) -> str:
    """Return the words of a text, those of the headings above it first, without segmenting anything twice.

    A heading mostly stands in the passage too, which begins with it: there it has been segmented.
    What a text becomes hangs on itself alone, whatever has been read before it.
    """
    *above, own = text.split(BELOW)
    words = _words(own)
    return " ".join([*(_within(line, words) or _words(line) for line in above), words])


def _words(text: str) -> str:
    """Return the words of a text, segmented clause by clause: no word reaches over a comma."""
    return " ".join(filter(None, map(_clause, _CLAUSE_ENDS.split(plain_line(text).lower()))))


@lru_cache(1 << 15)
def _clause(text: str) -> str:
    """Office and law repeat themselves: a fifth of their clauses and more have been met before."""
    (segmented,) = segment_words([text.strip()])
    return " ".join(WORDS.findall(segmented))


def _within(line: str, words: str) -> str:
    """Return the words of `line` where they stand among `words` and no word reaches over their ends; or "".

    >>> _within("Giới thiệu đảng viên:", "chỉ_tiêu giới_thiệu đảng_viên mới")
    'giới_thiệu đảng_viên'
    """
    wanted = f" {_syllables(line)} "
    among = f" {words} "
    at = among.replace("_", " ").find(wanted)
    found = among[at : at + len(wanted)] if at >= 0 else ""
    return found.strip() if found.startswith(" ") and found.endswith(" ") else ""


@lru_cache(4096)
def _syllables(line: str) -> str:
    return " ".join(WORDS.findall(plain_line(line).lower()))
