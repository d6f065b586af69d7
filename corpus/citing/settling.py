"""Claims of one number or name -> works: who means the same document, who cannot be told.

Works are settled in an order of certainty: documents held, then mentions that say whose and of
which year, then those that take the owner from the citing document, then those without a year, last
those without an owner. Each round sees only what earlier rounds made, so that the order in which
documents come plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.citing.claims import Claim


@dataclass(slots=True)
class Draft:
    """A work in the making: one document, held or only cited.

    Attributes:
        work_id: "56/kh/lđlđ|LĐLĐ@Bắc Kạn|2020"; of documents held that share all that, with the date.
        held, claims: What says so; `claims` are those of mentions.
    """

    work_id: str
    label: str
    owner: str | None
    edition: int | None
    held: list[Claim] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    def has_date(self, date: str | None) -> bool:
        return date is not None and any(c.date == date for c in (self.held or self.claims))

    def later_than(self, date: str | None) -> bool:
        """Whether it was issued after `date`, and so cannot be cited in a document of that date."""
        if date is None:
            return False
        if self.held and self.held[0].date:
            return self.held[0].date > date
        return self.edition is not None and self.edition > 1900 and self.edition > int(date[:4])


@dataclass(frozen=True, slots=True)
class Settled:
    """A claim and the one work it means, or all it may mean.

    Attributes:
        works: One; several or an unsure one where `ambiguous`.
        why: Why these, in Vietnamese, for people.
    """

    claim: Claim
    works: tuple[Draft, ...]
    ambiguous: bool
    why: str


Known = Mapping[str | None, Sequence[Draft]]  # by owner


def _all(known: Known) -> Iterator[Draft]:
    return (draft for drafts in known.values() for draft in drafts)


class Block:
    """All claims of one label."""

    def __init__(self, label: str, held: Iterable[Claim], claims: Sequence[Claim]) -> None:
        self.label = label
        self.drafts: dict[str, Draft] = {}
        self.settled: list[Settled] = []
        self._hold(held)
        said = [c for c in claims if c.owner is not None and c.basis in ("said", "document")]
        hinted = [c for c in claims if c.owner is not None and c.basis not in ("said", "document")]
        rest = [c for c in claims if c.owner is None]
        self._round([c for c in said if c.edition is not None], self._of_edition)
        self._join_undated()
        self._round([c for c in hinted if c.edition is not None], self._hinted)
        self._round([c for c in said + hinted if c.edition is None], self._undated)
        self._round([c for c in rest if c.edition is not None], self._unowned)
        self._round([c for c in rest if c.edition is None], self._unowned)

    def _round(self, claims: Iterable[Claim], settle: Callable[[Claim, Known], Settled | str]) -> None:
        """Settle claims by what earlier rounds made; a string is the id of the work to make or join."""
        known: defaultdict[str | None, list[Draft]] = defaultdict(list)
        for draft in self.drafts.values():
            known[draft.owner].append(draft)
        for claim in claims:
            outcome = settle(claim, known)
            if isinstance(outcome, str):
                draft = self._draft(outcome, claim.owner, claim.edition)
                outcome = Settled(claim, (draft,), False, self._reason(claim))
            if not outcome.ambiguous:
                outcome.works[0].claims.append(claim)
            self.settled.append(outcome)

    def _draft(self, work_id: str, owner: str | None, edition: int | None) -> Draft:
        return self.drafts.setdefault(work_id, Draft(work_id, self.label, owner, edition))

    def _id(self, owner: str | None, edition: int | None) -> str:
        return f"{self.label}|{owner or ''}|{edition or ''}"

    def _hold(self, held: Iterable[Claim]) -> None:
        """Make the works of the documents held: one of those that share number, owner and year."""
        groups: defaultdict[tuple[str, int | None], list[Claim]] = defaultdict(list)
        for claim in sorted(held, key=lambda c: c.doc_id):
            groups[claim.owner or f"?{claim.doc_id}", claim.edition].append(claim)
        for (owner, edition), same in groups.items():
            for claim in same:
                work_id = self._id(owner, edition)
                if _differ(same):
                    work_id += f"|{claim.date}|{claim.title or claim.doc_id}"
                self._draft(work_id, None if owner[0] == "?" else owner, edition).held.append(claim)

    def _join_undated(self) -> None:
        """Take a document held without a date for the one dated work of its owner, where there is one."""
        for draft in [d for d in self.drafts.values() if d.held and d.edition is None and d.owner]:
            others = [d for d in self.drafts.values() if d.owner == draft.owner and d is not draft]
            if len(others) == 1 and not others[0].held:
                others[0].held += draft.held
                del self.drafts[draft.work_id]

    def _of_edition(self, claim: Claim, known: Known) -> Settled | str:
        fit = [d for d in known.get(claim.owner, ()) if d.edition == claim.edition]
        if len(fit) > 1:
            dated = [d for d in fit if d.has_date(claim.date)]
            if len(dated) != 1:
                return Settled(
                    claim, tuple(fit), True, "kho có nhiều văn bản cùng số, cùng cơ quan, cùng năm"
                )
            fit = dated
        return Settled(claim, (fit[0],), False, self._reason(claim)) if fit else self._id(
            claim.owner, claim.edition
        )  # fmt: skip

    def _hinted(self, claim: Claim, known: Known) -> Settled | str:
        own = [d for d in known.get(claim.owner, ()) if d.edition == claim.edition]
        every = () if own else _all(known)
        others = [d for d in every if d.owner != claim.owner and d.has_date(claim.date)]
        if others:
            why = "cùng số và ngày với văn bản của cơ quan khác, mà chỗ viện dẫn không ghi của cơ quan nào"
            return Settled(claim, tuple(others), True, why)
        return self._of_edition(claim, known)

    def _undated(self, claim: Claim, known: Known) -> Settled | str:
        fit = [d for d in known.get(claim.owner, ()) if d.edition is not None or d.held]
        fit = [d for d in fit if not d.later_than(claim.before)]
        if len(fit) > 1 and claim.title:
            fit = [d for d in fit if any(c.title == claim.title for c in d.held + d.claims)] or fit
        if len(fit) > 1:
            return Settled(claim, tuple(fit), True, "chỗ viện dẫn không ghi ngày, mà cùng số có ở nhiều năm")
        return Settled(claim, (fit[0],), False, self._reason(claim)) if fit else self._id(claim.owner, None)

    def _unowned(self, claim: Claim, known: Known) -> Settled | str:
        fit = [d for d in _all(known) if claim.edition is None or d.edition in (None, claim.edition)]
        fit = [d for d in fit if claim.edition is not None or not d.later_than(claim.before)]
        fit = [d for d in fit if d.owner is not None or d.held]
        exact = [d for d in fit if d.has_date(claim.date)]
        if len(exact) == 1:
            why = f"{self._matched(claim)} và ngày; chỗ viện dẫn không ghi cơ quan"
            return Settled(claim, (exact[0],), False, why)
        if claim.telling:  # a long title: of the whole country's offices, or of the citing one's province
            near = [d for d in fit if d.owner and ("@" not in d.owner or d.owner.endswith(f"@{claim.home}"))]
            if len(near) == 1:
                return Settled(claim, (near[0],), False, "đúng tên; chỗ viện dẫn không ghi cơ quan")
            fit = near
        if fit:
            return Settled(claim, tuple(fit), True, "chỗ viện dẫn không đủ để biết là của cơ quan nào")
        alone = claim.home if claim.telling else claim.doc_id  # what two documents mean may differ
        return self._id(f"?{alone if not claim.date else ''}", claim.edition) + f"|{claim.date or ''}"

    def _matched(self, claim: Claim) -> str:
        return "đúng số" if claim.numbered else "đúng tên"

    def _reason(self, claim: Claim) -> str:
        reason = self._matched(claim)
        if claim.basis == "hint":
            place = (claim.owner or "").rpartition("@")[2]
            reason += f"; hiểu là của {place} vì văn bản viện dẫn do nơi ấy ban hành"
        elif claim.basis == "document":
            reason += "; cơ quan theo chỗ nhắc khác trong cùng văn bản"
        elif claim.basis == "said":
            reason += ", đúng cơ quan"
        if claim.filled:
            reason += "; năm theo chỗ nhắc khác trong cùng văn bản"
        elif claim.edition is not None:
            reason += ", đúng năm" if claim.edition > 1900 else ", đúng lần"
        elif claim.numbered:
            reason += "; chỗ viện dẫn không ghi ngày, chỉ biết một văn bản như vậy"
        return reason


def _differ(held: Sequence[Claim]) -> bool:
    """Whether documents of one number, owner and year are several: neither dates nor titles agree."""
    return len({c.date for c in held}) > 1 and len({c.title for c in held}) > 1
