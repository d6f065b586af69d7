"""What a library's own texts teach: its abbreviations, its misread forms, the syllables it puts side by side.

Learnt when the library changes and stored beside its segments, so that opening it reads a small file
instead of every text.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DamagedIndexError
from corpus.rules import fingerprint_of
from corpus.text import collapse
from corpus.words.diacritics import Pair, pairs_in
from corpus.words.glossary import Entry, Glossary
from corpus.words.vocabulary import Vocabulary

LEARNT = "learnt.json.z"
_CORPUS = Path(__file__).parent.parent / "corpus"
_RULES = (
    "words/diacritics.bin", "words/diacritics.py", "words/glossary.csv", "words/glossary.py",
    "readers/syllables.py", "words/syllables.py", "text.py", "words/vocabulary.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt, and by which rules.

    Attributes:
        rules: Fingerprint of the program's rules of learning.
        entries: Abbreviations, the shipped ones left out; see corpus.words.glossary.
        forms: Key of the lexical index -> the forms in which it was misread; see corpus.words.vocabulary.
        pairs: How often two syllables stand side by side; see corpus.words.diacritics.
    """

    rules: str
    entries: tuple[Entry, ...]
    forms: Mapping[str, tuple[str, ...]]
    pairs: Mapping[Pair, int]

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Learnt:
        """Learn from document id -> text, in row order; about a second for a million characters."""
        lines = {doc_id: collapse(text) for doc_id, text in texts.items()}
        shipped = Glossary.shipped()
        glossary = shipped.learn(lines)
        vocabulary = Vocabulary(list(lines.values()), {entry.abbreviation for entry in glossary.entries})
        known = frozenset(shipped.entries)
        entries = tuple(entry for entry in glossary.entries if entry not in known)
        return cls(learning_rules(), entries, vocabulary.collected, pairs_in(lines.values()))

    def glossary(self) -> Glossary:
        """Return the shipped abbreviations and those of the library."""
        return Glossary((*Glossary.shipped().entries, *self.entries))

    def misread_forms(self, token: str) -> tuple[str, ...]:
        """Return the misread forms of a key of the lexical index in this library."""
        return self.forms.get(token, ())

    def to_bytes(self) -> bytes:
        """Return the form on disk."""
        return packed(self.to_json())

    def to_json(self) -> str:
        """Return what `to_bytes` packs."""
        body: dict[str, Any] = {
            "rules": self.rules,
            "entries": [astuple(entry) for entry in self.entries],
            "forms": {key: list(forms) for key, forms in self.forms.items()},
            "pairs": [[left, right, n] for (left, right), n in self.pairs.items()],
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_bytes(cls, stored: bytes) -> Learnt:
        """The inverse of `to_bytes`; ValueError, TypeError, KeyError or zlib.error for other bytes."""
        body = json.loads(zlib.decompress(stored))
        return cls(
            body["rules"],
            tuple(Entry(*entry) for entry in body["entries"]),
            {key: tuple(forms) for key, forms in body["forms"].items()},
            {(left, right): n for left, right, n in body["pairs"]},
        )

    @classmethod
    def read(cls, path: Path) -> Learnt:
        """Read what `to_bytes` gave; DamagedIndexError where it is something else."""
        try:
            return cls.from_bytes(path.read_bytes())
        except (OSError, ValueError, TypeError, KeyError, zlib.error) as error:
            raise DamagedIndexError(path) from error


def packed(learnt: str) -> bytes:
    """Return the form on disk of `Learnt.to_json`: compressed."""
    return zlib.compress(learnt.encode())


def learning_rules() -> str:
    """Fingerprint of the rules of learning: what was learnt by others is learnt anew."""
    return fingerprint_of(_CORPUS / name for name in _RULES)
