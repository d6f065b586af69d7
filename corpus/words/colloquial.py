"""Spoken words and the official terms documents use for them: "tiền công" is "tiền lương"."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.text import fold
from corpus.words.tokens import syllables

SHIPPED = Path(__file__).parent / "colloquial.csv"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A spoken phrase found in a question.

    Attributes:
        syllables: Its syllables, lower case, as they stand in the question.
        official: What documents write for it, most usual first.
    """

    syllables: tuple[str, ...]
    official: tuple[str, ...]


class Colloquial:
    """A lexicon of spoken phrases; matching is by whole syllables, the longest phrase first."""

    def __init__(self, entries: Mapping[str, tuple[str, ...]]) -> None:
        self._entries = {tuple(syllables(said)): official for said, official in entries.items()}
        self._longest = max(map(len, self._entries), default=0)

    def __len__(self) -> int:
        return len(self._entries)

    @classmethod
    def shipped(cls) -> Colloquial:
        """Read the list that comes with the program (columns `said`, `official` parted by "|").

        Raises:
            ValueError: A row lacks one of the two.
        """
        entries: dict[str, tuple[str, ...]] = {}
        with SHIPPED.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                official = tuple(term.strip() for term in (row["official"] or "").split("|") if term.strip())
                if not (row["said"] or "").strip() or not official:
                    raise ValueError(f"{SHIPPED.name}, line {number}: needs both said and official")
                entries[row["said"].strip().lower()] = official
        return cls(entries)

    def find(self, text: str) -> list[Spoken]:
        """Return the spoken phrases of a question, in order, none inside another.

        Diacritics must agree: folded, "tho" would be both "thợ" and "thơ".

        >>> Colloquial({"thợ": ("công nhân",)}).find("mấy anh thợ hàn")
        [Spoken(syllables=('thợ',), official=('công nhân',))]
        """
        words = syllables(text)
        found: list[Spoken] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                phrase = tuple(words[at : at + length])
                if official := self._entries.get(phrase):
                    found.append(Spoken(phrase, official))
                    at += length
                    break
            else:
                at += 1
        return found

    def written(self, text: str) -> str:
        """Return `text` followed by the official terms for its spoken phrases, for the search lanes."""
        terms = [term for spoken in self.find(text) for term in spoken.official]
        new = [term for term in dict.fromkeys(terms) if fold(term) not in fold(text)]
        return " ".join([text, *new])
