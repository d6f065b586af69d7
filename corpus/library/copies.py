"""Which files of a library are one document: copies, drafts, re-scans. Nothing is removed because of it.

Texts are compared by the share of their shingles (three syllables in a row, folded, for OCR loses
marks first) that they have in common, estimated from the smallest hashes of each.

Source: Broder, "On the resemblance and containment of documents", 1997,
https://doi.org/10.1109/SEQUEN.1997.666900
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import combinations
from typing import Literal

from corpus.records import Document
from corpus.text import collapse, fold
from corpus.words.tokens import syllables

Kind = Literal["trùng nội dung", "cùng số và ngày", "bản thảo và bản ký", "bản quét lại"]

# Three quarters of two texts of one length in common: a draft of which a tenth was rewritten, or a
# scan that misreads a syllable in twenty, is well above; a plan made from last year's, half of it
# new, is below (0.63 at most in generated documents, where those two score 0.72 at least).
NEAR = 0.67
_SHINGLE = 3
_SKETCH = 128  # hashes; the estimate's standard error is then at most 0.045
_WIDTH = 10  # hex digits of a hash
_LEAST_WORDS = 40  # shorter texts are near each other by chance
_PROBES, _SHARED, _COMMON = 8, 2, 32
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a document tells whether another is the same.

    Attributes:
        number, type, issuer, date: As in its letterhead, folded; None where not known.
        years: Years its title names, in order.
        signed: Whether it names who signed it.
        scanned: Whether (some of) its text was recognised from pictures.
        words: Digest of its syllables; "" where it has none.
        sketch: The smallest hashes of its shingles, ascending, ten hex digits each.
    """

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    date: str | None = None
    years: str = ""
    signed: bool = False
    scanned: bool = False
    words: str = ""
    sketch: str = ""

    def hashes(self) -> list[str]:
        return [self.sketch[i : i + _WIDTH] for i in range(0, len(self.sketch), _WIDTH)]

    @property
    def complete(self) -> bool:
        """A document that was issued has a number and a signer; a draft lacks one or both."""
        return self.number is not None and self.signed


@dataclass(frozen=True, slots=True)
class Copies:
    """Files that are one document.

    Attributes:
        files: Their names, sorted.
        kind: In which way.
        likeness: Share of the text in common, in [0, 1]; of the two that have the least.
        drafts: Those of `files` that are drafts.
    """

    files: tuple[str, ...]
    kind: Kind
    likeness: float
    drafts: tuple[str, ...] = ()


def traits_of(document: Document) -> Traits:
    """Return the traits of a document; the line that tells a restatement does not count as text."""
    head = document.letterhead
    words = syllables(fold(collapse(document.text[document.body_start :])))
    digest = blake2b(" ".join(words).encode(), digest_size=16).hexdigest() if words else ""
    number, kind, issuer = (fold(v) if v else None for v in (head.number, head.type, head.issuer))
    return Traits(
        number, kind, issuer, head.date,
        years=" ".join(sorted(set(_YEAR.findall(head.title or "")))),
        signed=head.signer is not None,
        scanned=any("ảnh quét" in warning for warning in document.warnings),
        words=digest,
        sketch=_sketch(words),
    )  # fmt: skip


def _sketch(words: list[str]) -> str:
    if len(words) < _LEAST_WORDS:
        return ""
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
    hashes = (blake2b(s.encode(), digest_size=_WIDTH // 2).digest() for s in shingles)
    return b"".join(nsmallest(_SKETCH, hashes)).hex()


def likeness(one: Traits, other: Traits) -> float:
    """Return the share of all shingles of both texts that both have, estimated; 0 for very short texts."""
    if one.words and one.words == other.words:
        return 1.0
    return _alike(one.hashes(), other.hashes())


def _alike(one: list[str], other: list[str]) -> float:
    if not one or not other:
        return 0.0
    both = set(one) & set(other)
    smallest = sorted({*one, *other})[:_SKETCH]
    return sum(h in both for h in smallest) / len(smallest)


def find_copies(files: Mapping[str, Traits]) -> list[Copies]:
    """Return the groups of files that are one document, sorted; a file may be in several.

    Takes time linear in the number of files: only those are compared whose traits meet.

    Args:
        files: Name -> traits.
    """
    same: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(files):
        same[files[name].words or name].append(name)
    names = {group[0]: group for group in same.values()}  # the first stands for all of one content
    groups = [Copies(tuple(group), "trùng nội dung", 1.0) for group in same.values() if len(group) > 1]
    groups += _Comparison({name: files[name] for name in names}, names).groups()
    return sorted(groups, key=lambda group: (group.files, group.kind))


class _Comparison:
    """Files of differing content, each standing for all `names` of the same."""

    def __init__(self, files: Mapping[str, Traits], names: Mapping[str, list[str]]) -> None:
        self.files, self.names = files, names
        self.parent = {name: name for name in files}
        self.rescans: set[str] = set()
        self.signed: dict[str, tuple[float, str]] = {}  # draft -> its signed copy and how like it is

    def groups(self) -> list[Copies]:
        identities: dict[tuple[str, ...], str] = {}
        for name, t in self.files.items():
            if t.number and t.type and t.issuer and t.date:
                first = identities.setdefault((t.number, t.type, t.issuer, t.date), name)
                self._join(first, name)
        for one, other, alike in _near(self.files):
            if not _conflict(self.files[one], self.files[other]):
                self._meet(one, other, alike)
        joined: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.files:
            if name not in self.signed:  # a draft that bears the number already is told as a draft
                joined[self._root(name)].append(name)
        found = [self._same_document(members) for members in joined.values() if len(members) > 1]
        drafts: defaultdict[str, list[str]] = defaultdict(list)
        for draft, (_, signed) in self.signed.items():
            drafts[signed].append(draft)
        return found + [self._drafts(signed, of) for signed, of in drafts.items()]

    def _meet(self, one: str, other: str, alike: float) -> None:
        a, b = self.files[one], self.files[other]
        if a.complete != b.complete:
            draft, signed = (other, one) if a.complete else (one, other)
            # Numbers are often written by hand, and lost to OCR: a scan without one is no draft.
            if not self.files[draft].scanned:
                self.signed[draft] = max(self.signed.get(draft, (0.0, "")), (alike, signed))
                return
        if a.scanned or b.scanned:
            self.rescans |= {one, other}
        elif a.number is None or b.number is None:
            return  # two drafts may be of two documents yet to be
        self._join(one, other)

    def _same_document(self, members: list[str]) -> Copies:
        kind: Kind = "bản quét lại" if self.rescans.issuperset(members) else "cùng số và ngày"
        return Copies(self._all(members), kind, self._least(members))

    def _drafts(self, signed: str, drafts: list[str]) -> Copies:
        files, least = self._all([signed, *drafts]), min(self.signed[draft][0] for draft in drafts)
        return Copies(files, "bản thảo và bản ký", round(least, 2), self._all(drafts))

    def _least(self, members: list[str]) -> float:
        first, *others = (self.files[name] for name in members)  # to the first: linear, not quadratic
        return round(min(likeness(first, other) for other in others), 2)

    def _all(self, members: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(name for member in members for name in self.names[member]))

    def _root(self, name: str) -> str:
        while (above := self.parent[name]) != name:
            self.parent[name] = name = self.parent[above]
        return name

    def _join(self, one: str, other: str) -> None:
        self.parent[self._root(other)] = self._root(one)


def _conflict(one: Traits, other: Traits) -> bool:
    """True where both say who, when or what number, and say different things."""
    issuers = sorted((one.issuer or "", other.issuer or ""), key=len)
    pairs = (
        (one.number, other.number),
        (one.type, other.type),
        # OCR may have lost the end of the line: "Liên đoàn Lao động tỉnh".
        (issuers[0], issuers[1][: len(issuers[0])]),
        (one.date, other.date),
        (one.years, other.years),
    )
    return any(a and b and a != b for a, b in pairs)


def _near(files: Mapping[str, Traits]) -> list[tuple[str, str, float]]:
    """Return the pairs whose texts are near, with how near.

    Two near texts share most of their smallest hashes. Hashes that many texts have are those of
    set phrases and printed forms: they would pair everything with everything.
    """
    hashes = {name: traits.hashes() for name, traits in files.items()}
    frequency = Counter(h for found in hashes.values() for h in found)
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for name, found in hashes.items():
        for probe in [h for h in found if frequency[h] <= _COMMON][:_PROBES]:
            holders[probe].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for group in holders.values():
        shared.update(combinations(group, 2))
    alike = ((a, b, _alike(hashes[a], hashes[b])) for (a, b), n in shared.items() if n >= _SHARED)
    return [pair for pair in alike if pair[2] >= NEAR]
