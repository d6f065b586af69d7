"""The drafts visitors are working on, in memory alone, each under a name nobody can guess."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING
from weakref import ref

from corpus.records import Document
from search.drafting.drafts import Paragraph, paragraphs_of

if TYPE_CHECKING:
    from search.drafting.findings import Finding
    from search.engine import Engine
    from search.precedents import ParagraphFound

_MOST = 40  # drafts of all visitors; one of a hundred pages takes a few MB


@dataclass(slots=True)
class Draft:
    """A draft, and what was found for it so far, so that going back to it costs nothing.

    Attributes:
        pasted: The words as they were pasted, to be mended; "" for one that came as a file.
        own: Documents of the library that are the draft itself.
    """

    document: Document
    paragraphs: tuple[Paragraph, ...]
    own: tuple[str, ...]
    pasted: str = ""
    _found: dict[int, ParagraphFound] = field(default_factory=dict)
    _findings: tuple[Finding, ...] | None = None
    _found_by: ref[Engine] | None = None

    @classmethod
    def of(cls, engine: Engine, document: Document, pasted: str = "") -> Draft:
        from search.precedents import own_documents

        return cls(document, paragraphs_of(document), own_documents(engine, document), pasted)

    def found(self, engine: Engine, number: int) -> ParagraphFound:
        """Return a paragraph, counted from 0, with its precedents."""
        self._forget_others(engine)
        if number not in self._found:
            from search.precedents import ParagraphFound, precedents_of

            paragraph = self.paragraphs[number]
            allowed = engine.allowed() - set(self.own) if self.own else None
            type_ = self.document.letterhead.type
            self._found[number] = ParagraphFound(
                paragraph, precedents_of(engine, paragraph, type_, allowed=allowed)
            )
        return self._found[number]

    def findings(self, engine: Engine) -> tuple[Finding, ...]:
        """Return what the check of the draft reports."""
        self._forget_others(engine)
        if self._findings is None:
            from search.drafting.draftcheck import check_draft

            self._findings = check_draft(engine, self.document)
        return self._findings

    def _forget_others(self, engine: Engine) -> None:
        """Let go of what another engine found: its documents may have been removed or replaced."""
        if self._found_by is None or self._found_by() is not engine:
            self._found_by, self._findings = ref(engine), None
            self._found.clear()


@dataclass(slots=True)
class KeptDrafts:
    """Drafts by name; those not looked at for longest go first. Safe to share between threads."""

    _drafts: OrderedDict[str, Draft] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def keep(self, draft: Draft) -> str:
        """Keep a draft and return its name."""
        name = token_urlsafe(12)
        with self._lock:
            self._drafts[name] = draft
            while len(self._drafts) > _MOST:
                self._drafts.popitem(last=False)
        return name

    def get(self, name: str) -> Draft | None:
        """Return the draft of that name; None where it is not kept any more."""
        with self._lock:
            if name in self._drafts:
                self._drafts.move_to_end(name)
            return self._drafts.get(name)
