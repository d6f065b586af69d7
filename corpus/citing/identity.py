"""Which document each mention means: one held, one only cited, or one that cannot be told.

A document is number + type + issuer + date, and a mention gives some of these, not always right.
A link is made where number (or name) and owner agree and no second document fits; where one does,
the mention is ambiguous and keeps its candidates, for a wrong link is worse than none. What
mentions of one document say differently (type, organ, date) is kept beside it as a conflict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.citing.claims import Claim, claims_of, held_claim
from corpus.citing.owners import read_number
from corpus.citing.settling import Block, Draft, Settled
from corpus.citing.works import Mention, Said, Work, sum_up
from corpus.records import Document

Status = Literal["held", "cited", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Link:
    """What one mention means, and why.

    Attributes:
        work_id: The work; None where ambiguous.
        candidates: What an ambiguous mention may mean; else empty.
        certain: Number, owner and year are said; adding documents never makes it mean another.
        why: In Vietnamese, for people.
    """

    mention: Mention
    status: Status
    work_id: str | None
    candidates: tuple[str, ...]
    certain: bool
    why: str


class Register:
    """The works of a library and what each mention means.

    Attributes:
        works: By id, in the order of the ids.
        links: By mention; mentions that name no one document ("Kế hoạch này") have none.
    """

    def __init__(self, works: Mapping[str, Work], links: Mapping[Mention, Link]) -> None:
        self.works, self.links = works, links
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        self._of_document: dict[str, str] = {}
        for work in works.values():
            if work.number:
                self._by_key[read_number(work.number).key].append(work.work_id)
            self._of_document |= dict.fromkeys(work.held, work.work_id)

    def numbered(self, number: str) -> list[Work]:
        """Return every work of a canonical number, in order: several where offices or years differ."""
        return [self.works[work_id] for work_id in self._by_key.get(read_number(number).key, ())]

    def of_document(self, doc_id: str) -> Work:
        """Return the work that a document of the library is; KeyError for an unknown id."""
        return self.works[self._of_document[doc_id]]

    def namesakes(self, work: Work) -> list[Work]:
        """Return the other works of the same number."""
        return [w for w in self.numbered(work.number) if w is not work] if work.number else []


def identify(documents: Iterable[Document]) -> Register:
    """Return which document each mention in `documents` means; their order plays no part."""
    said: dict[str, Said] = {}
    held: list[Claim] = []
    claims: list[Claim] = []
    for document in documents:
        said[document.doc_id] = Said(document.letterhead, document.citations)
        held.append(held_claim(document))
        claims += claims_of(document)
    return settle(said, held, claims)


def settle(said: Mapping[str, Said], held: Sequence[Claim], claims: Sequence[Claim]) -> Register:
    """Settle all claims: those with a number first, for a name or a serial may mean one of these."""
    held = sorted(held, key=lambda c: c.doc_id)
    claims = sorted(claims, key=lambda c: (c.doc_id, c.position))
    alias = _aliases(c.label for c in (*held, *claims) if not c.numbered and c.telling)
    blocks: dict[str, Block] = {}
    settled: list[Settled] = []
    numbered = [c for c in claims if c.numbered and c.serial is None]
    for label, (own, mentions) in _grouped([c for c in held if c.numbered], numbered, {}).items():
        blocks[label] = Block(label, own, mentions)
    by_title, by_serial = _indices(blocks.values())
    named: list[Claim] = []
    for claim in claims:
        if claim.numbered and claim.serial is None:
            continue
        found = _by_serial(claim, by_serial) if claim.serial else _by_title(claim, by_title)
        if found is None:
            named.append(claim)
            continue
        if not found.ambiguous:
            found.works[0].claims.append(claim)
        settled.append(found)
    for label, (own, mentions) in _grouped([c for c in held if not c.numbered], named, alias).items():
        blocks[label] = Block(label, own, mentions)
    for block in blocks.values():
        settled += block.settled
    return _register(said, [d for b in blocks.values() for d in b.drafts.values()], settled)


def _grouped(
    held: Iterable[Claim], claims: Iterable[Claim], alias: Mapping[str, str]
) -> dict[str, tuple[list[Claim], list[Claim]]]:
    blocks: defaultdict[str, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for claim in held:
        blocks[alias.get(claim.label, claim.label)][0].append(claim)
    for claim in claims:
        blocks[alias.get(claim.label, claim.label)][1].append(claim)
    return blocks


def _aliases(labels: Iterable[str]) -> dict[str, str]:
    """Return short title -> whole title, where a title was cut and only one goes on as it does.

    What is cut off must hold no figure: "... năm 2021" and "... năm 2022" are two.
    """
    ordered = sorted(set(labels))
    alias: dict[str, str] = {}
    for label in ordered:
        longer = ordered[bisect_left(ordered, label + " ") : bisect_left(ordered, label + "!")]
        whole = [a for a in longer if not any(b.startswith(a + " ") for b in longer)]
        if len(whole) == 1 and not any(char.isdigit() for char in whole[0][len(label) :]):
            alias[label] = whole[0]
    return alias


def _indices(
    blocks: Iterable[Block],
) -> tuple[dict[str, list[Draft]], dict[tuple[str, str], list[Draft]]]:
    """Return the numbered works by title and by (serial, code of type)."""
    by_title: defaultdict[str, list[Draft]] = defaultdict(list)
    by_serial: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)
    for block in blocks:
        for draft in block.drafts.values():
            for title in sorted({c.title for c in (*draft.held, *draft.claims) if c.title}):
                by_title[title].append(draft)
            serial, *rest = draft.label.split("/")
            for code in rest[:2]:
                by_serial[serial, code].append(draft)
    return by_title, by_serial


def _by_title(claim: Claim, by_title: Mapping[str, list[Draft]]) -> Settled | None:
    """Return the numbered work that a name means: same type and title, and no other owner or year."""
    if not claim.telling or not claim.title:
        return None
    fit = [
        d for d in by_title.get(claim.title, ())
        if claim.edition in (None, d.edition) and not d.later_than(claim.before)
        and (d.owner == claim.owner if claim.owner else _near(d, claim))
    ]  # fmt: skip
    if not fit:
        return None
    why = "đúng loại và trích yếu"
    return Settled(
        claim, tuple(fit), len(fit) > 1, why if len(fit) == 1 else f"{why}, nhưng có nhiều văn bản"
    )


def _near(draft: Draft, claim: Claim) -> bool:
    owner = draft.owner or ""
    return bool(owner) and ("@" not in owner or (claim.home is not None and owner.endswith(f"@{claim.home}")))


def _by_serial(claim: Claim, by_serial: Mapping[tuple[str, str], list[Draft]]) -> Settled | None:
    """Return the numbered works that "Nghị quyết số 10 của HĐND tỉnh" may mean; None where none fits."""
    serial, code = claim.serial or ("", "")
    fit = [
        d for d in by_serial.get((serial, code.casefold()), ())
        if claim.edition in (None, d.edition) and not d.later_than(claim.before)
        and claim.owner is not None and d.owner == claim.owner
    ]  # fmt: skip
    if not fit:
        return None
    if len(fit) == 1 and claim.edition is not None:
        return Settled(claim, (fit[0],), False, "đúng số thứ tự, loại, cơ quan và năm; ký hiệu không ghi đủ")
    return Settled(claim, tuple(fit), True, "chỗ viện dẫn chỉ ghi số thứ tự, không ghi đủ ký hiệu và năm")


def _register(said: Mapping[str, Said], drafts: Iterable[Draft], settled: Iterable[Settled]) -> Register:
    links: dict[Mention, Link] = {}
    certain: set[Mention] = set()
    for outcome in settled:
        claim = outcome.claim
        mention = (claim.doc_id, claim.position)
        ids = tuple(sorted(draft.work_id for draft in outcome.works))
        if outcome.ambiguous:
            links[mention] = Link(mention, "ambiguous", None, ids, False, outcome.why)
            continue
        draft = outcome.works[0]
        said_all = claim.basis in ("said", "document") and claim.edition is not None
        # A title may be cut short, so what is known by its title alone is never certain.
        by_title = claim.title == claim.label
        sure = said_all and not by_title and draft.label == claim.label and draft.edition == claim.edition
        if sure:
            certain.add(mention)
        links[mention] = Link(mention, "held" if draft.held else "cited", ids[0], (), sure, outcome.why)
    works = (sum_up(draft, said, certain) for draft in drafts)
    return Register({work.work_id: work for work in sorted(works, key=lambda w: w.work_id)}, links)
