"""How often syllables and pairs of neighbouring syllables are seen: the counts `diacritics.bin` ships."""

from __future__ import annotations

import hashlib
import json
import lzma
import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from corpus.errors import AppError
from corpus.text import fold

FORMAT_VERSION = 1
SHIPPED = Path(__file__).with_name("diacritics.bin")
COUNT_STEP = 8  # a stored count c stands for exp(c / COUNT_STEP) occurrences


def quantise(count: float) -> int:
    """Return COUNT_STEP * ln(count), rounded, as one byte; counts below one become one.

    >>> quantise(1), quantise(1000)
    (0, 55)
    """
    return min(255, round(COUNT_STEP * math.log(max(1.0, count))))


class SyllableCounts:
    """Counts of syllables and pairs; never changed once made.

    Attributes:
        total: Sum of the counts of all syllables, at least 1.
    """

    def __init__(
        self,
        syllables: Sequence[str],
        counts: Sequence[float],
        pairs: array[int],
        pair_counts: bytes,
        added: Mapping[tuple[str, str], float] | None = None,
    ) -> None:
        """Take the counts apart.

        Args:
            syllables: In lower case, NFC, tones in the traditional place.
            counts: How often each was seen.
            pairs: Sorted; first * len(syllables) + second for each pair seen.
            pair_counts: For each pair, its count as `quantise` gives it.
            added: Pairs seen elsewhere (a library's own texts), already weighted.
        """
        if len(syllables) != len(counts):
            raise ValueError(f"{len(syllables)} syllables but {len(counts)} counts")
        if len(pairs) != len(pair_counts):
            raise ValueError(f"{len(pairs)} pairs but {len(pair_counts)} counts")
        self._syllables, self._counts = tuple(syllables), tuple(counts)
        self._pairs, self._pair_counts = pairs, pair_counts
        self._number = {syllable: n for n, syllable in enumerate(syllables)}
        self._count = dict(zip(syllables, counts, strict=True))
        self._added = dict(added or {})
        for (left, right), n in self._added.items():
            for syllable in (left, right):  # nearly all stand once on the left and once on the right
                self._count[syllable] = self._count.get(syllable, 0.0) + n / 2
        self.total = sum(self._count.values()) or 1.0
        self._readings: dict[str, list[str]] = {}
        for syllable in self._count:
            self._readings.setdefault(fold(syllable), []).append(syllable)

    def count(self, syllable: str) -> float:
        return self._count.get(syllable, 0.0)

    def pair_count(self, left: str, right: str) -> float:
        """Return how often `right` was seen directly after `left`."""
        count = self._added.get((left, right), 0.0)
        a, b = self._number.get(left), self._number.get(right)
        if a is not None and b is not None:
            key = a * len(self._syllables) + b
            at = bisect_left(self._pairs, key)
            if at < len(self._pairs) and self._pairs[at] == key:
                count += math.exp(self._pair_counts[at] / COUNT_STEP)
        return count

    def readings(self, folded: str) -> Sequence[str]:
        """Return the known syllables that fold to `folded`."""
        return self._readings.get(folded, ())

    def plus(self, pairs: Iterable[tuple[tuple[str, str], float]]) -> SyllableCounts:
        """Return these counts and `pairs`, (left, right) -> weighted count, beside them."""
        added = Counter(self._added)
        for pair, n in pairs:
            added[pair] += n  # type: ignore[assignment]
        return SyllableCounts(self._syllables, self._counts, self._pairs, self._pair_counts, added)

    @classmethod
    def load(cls, path: Path | None = None) -> SyllableCounts:
        """Read counts written by `save`; None means the ones that ship.

        Raises:
            AppError: the file is missing, damaged, or of another version.
        """
        path = path or SHIPPED
        remedy = f"Hãy chép lại tệp {path.name} từ bản cài đặt"
        try:
            head, _, body = path.read_bytes().partition(b"\n")
            facts = json.loads(head)
            version, digest = facts["format_version"], facts["sha256"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AppError(f"Không đọc được tệp bảng dấu {path}", remedy) from error
        if version != FORMAT_VERSION:
            raise AppError(f"{path} là bảng dấu định dạng {version}, cần {FORMAT_VERSION}", remedy)
        if hashlib.sha256(body).hexdigest() != digest:
            raise AppError(f"Tệp bảng dấu {path} bị hỏng hoặc chép dở", remedy)
        return _unpacked(lzma.decompress(body), facts["syllables"], facts["pairs"])

    def save(self, path: Path, source: str) -> None:
        """Write the counts (without what was added) to `path`, replacing it in one step."""
        steps = [b - a for a, b in zip([0, *self._pairs], self._pairs, strict=False)]
        if any(step >> 24 for step in steps):
            raise ValueError("two neighbouring pairs lie more than 2^24 apart")
        planes = (bytes(step >> shift & 255 for step in steps) for shift in (0, 8, 16))
        counts = bytes(quantise(count) for count in self._counts)
        names = "\n".join(self._syllables).encode()
        raw = b"".join([names, b"\0", counts, *planes, self._pair_counts])
        body = lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME)
        facts = {
            "format_version": FORMAT_VERSION,
            "syllables": len(self._syllables),
            "pairs": len(self._pairs),
            "source": source,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        part = path.with_name(path.name + ".part")
        part.write_bytes(json.dumps(facts, ensure_ascii=False).encode() + b"\n" + body)
        part.replace(path)


@cache
def shipped_counts() -> SyllableCounts:
    """Return the counts that ship, read once; it takes a moment."""
    return SyllableCounts.load()


def _unpacked(raw: bytes, n_syllables: int, n_pairs: int) -> SyllableCounts:
    names, _, rest = raw.partition(b"\0")
    syllables = names.decode("utf-8").split("\n")
    if len(syllables) != n_syllables or len(rest) != n_syllables + 4 * n_pairs:
        raise ValueError(f"{len(syllables)} syllables and {len(rest)} bytes do not fit the head")
    counts = [math.exp(step / COUNT_STEP) for step in rest[:n_syllables]]
    # Steps between neighbouring pairs, their bytes in planes (low, middle, high): so they shrink best.
    low, middle, high, pair_counts = (
        rest[n_syllables + i * n_pairs : n_syllables + (i + 1) * n_pairs] for i in range(4)
    )
    pairs, at = array("L"), 0
    for a, b, c in zip(low, middle, high, strict=True):
        at += a | b << 8 | c << 16
        pairs.append(at)
    return SyllableCounts(syllables, counts, pairs, pair_counts)
