"""Lines with their terms abbreviated, beside the same lines in full: so that the short forms are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.text import normalize_text
from corpus.words.glossary import Glossary
from index.training.sources import Item


class Abbreviator:
    """Finds terms of a glossary in segmented lines, whichever way they were segmented."""

    def __init__(self, glossary: Glossary) -> None:
        self._short: dict[str, str] = {}
        for entry in glossary.entries:
            if " " in entry.expansion and entry.abbreviation.isalpha():
                self._short.setdefault(normalize_text(entry.expansion.lower()), entry.abbreviation.lower())
        longest_first = sorted(self._short, key=lambda phrase: (-len(phrase), phrase))
        alternatives = "|".join(re.escape(phrase).replace(r"\ ", "[ _]") for phrase in longest_first)
        self._pattern = re.compile(rf"(?<![^\s_])(?:{alternatives})(?![^\s_])")

    def abbreviate(self, segmented: str) -> str:
        """Return the line with every known term abbreviated."""
        return self._pattern.sub(lambda m: f" {self._short[m[0].replace('_', ' ')]} ", segmented)

    def pairs(self, items: Iterable[tuple[str, list[str]]]) -> Iterator[Item]:
        """Yield (abbreviated line, that line in full and the next) for lines that hold a term."""
        for item_id, lines in items:
            for n, line in enumerate(lines[1:], start=1):
                short = self.abbreviate(line)
                if short != line:
                    yield Item(f"short/{item_id}/{n}", (short, " ".join(lines[n : n + 2])))
                    break
