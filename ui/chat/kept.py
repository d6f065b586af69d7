"""The latest answers, each under a name nobody can guess, so that they can be saved or judged."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock

from search.hits import Result

_MOST = 500  # answers of all visitors; about 20 KB each


@dataclass(slots=True)
class Kept:
    """Answers by name; the oldest go first. Safe to share between threads."""

    _results: OrderedDict[str, Result] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, result: Result) -> str:
        """Keep an answer and return its name."""
        name = token_urlsafe(12)
        with self._lock:
            self._results[name] = result
            while len(self._results) > _MOST:
                self._results.popitem(last=False)
        return name

    def get(self, name: str) -> Result | None:
        """Return the answer of that name; None where it is not kept any more."""
        with self._lock:
            return self._results.get(name)
