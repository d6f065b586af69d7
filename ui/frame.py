"""The frame of every page: one header with the ways to all places, and whole pages of plain HTML.

Hỏi đáp is a Gradio page, for answers come in while one waits. The other places are made whole on
the server: each view has an address of its own that can be kept, sent and gone back to, it opens
at once, works by keyboard and prints, and asks nothing of a phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from ui.parts.render import inert
from ui.theme import HISTORY, TITLE

_FIELDS = 200  # values one request may carry
_LONGEST_VALUE = 2500  # characters; what is too long for a question is told so by the engine


@dataclass(frozen=True, slots=True)
class Place:
    """Where staff can go: "tra-cuu" is served at "/tra-cuu"; the empty path is the first page."""

    path: str
    name: str


CHAT = Place("", "Hỏi đáp")
LOOKUP = Place("tra-cuu", "Tra cứu")
DRAFTING = Place("soan-thao", "Soạn thảo")
DIRECTIVES = Place("chi-dao", "Chỉ đạo")
INDICATORS = Place("chi-tieu", "Chỉ tiêu")
SHELF = Place("kho", "Kho văn bản")
WATCHING = Place("theo-doi", "Theo dõi")  # reached from the bell of the header
MANAGE = "kho-van-ban"
"""Where one document is corrected, replaced and removed."""
PLACES = (CHAT, LOOKUP, DRAFTING, DIRECTIVES, INDICATORS, SHELF)


class Asked:
    """What a request asks for, by the names its address or form gives; unknown names do no harm.

    >>> asked = Asked.of("q=l%C6%B0%C6%A1ng&nam=2021&nam=2023")
    >>> asked.one("q"), asked.many("nam"), asked.one("loai")
    ('lương', ('2021', '2023'), '')
    """

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = {name: tuple(v[:_LONGEST_VALUE] for v in values) for name, values in fields.items()}

    @classmethod
    def of(cls, query: str) -> Asked:
        """Read "q=...&nam=..."; one with more than 200 fields asks for nothing."""
        try:
            return cls(parse_qs(query, max_num_fields=_FIELDS))
        except ValueError:
            return cls({})

    def one(self, name: str) -> str:
        """The first value, without white space around it; "" where there is none."""
        return self._fields[name][0].strip() if name in self._fields else ""

    def many(self, name: str) -> tuple[str, ...]:
        """All values, each once, in order."""
        return tuple(dict.fromkeys(self._fields.get(name, ())))

    def count(self, name: str, default: int, most: int) -> int:
        """A whole number from 0 to `most`; `default` where none is given."""
        value = self.one(name)[:12]
        return min(int(value), most) if value.isascii() and value.isdecimal() else default

    def address(self, path: str, **changed: str | Sequence[str]) -> str:
        """An address, HTML-escaped, that asks for the same with some fields changed; "" drops one."""
        fields: dict[str, Sequence[str]] = dict(self._fields)
        for name, value in changed.items():
            fields[name] = (value,) if isinstance(value, str) else value
        kept = {name: [v for v in values if v] for name, values in fields.items()}
        query = urlencode({name: values for name, values in kept.items() if values}, doseq=True)
        return (f"./{path}?{query}" if query else f"./{path}").replace("&", "&amp;")


def document_link(doc_id: str) -> str:
    """The address of a whole document, HTML-escaped.

    >>> document_link("kế hoạch/12")
    './?vb=k%E1%BA%BF+ho%E1%BA%A1ch%2F12'
    """
    return Asked({"vb": [doc_id]}).address("")


def header(here: Place | None) -> str:
    """The header of every page; `here` is marked as the place one is at."""
    links = "".join(
        f'<a href="./{place.path}"{" aria-current=page" if place == here else ""}>{place.name}</a>'
        for place in PLACES
    )
    content = "cot-hoi" if here == CHAT else "noi-dung"
    return (
        f'<a class="nhay" href="#{content}">Đến nội dung chính</a>'
        f'<header class="khung"><div class="khung-trong"><a class="ten" href="./">{_MARK}{TITLE}</a>'
        f'<nav class="noi" aria-label="Các nơi làm việc">{links}</nav>'
        f"{_bell(here)}"
        f"{HISTORY if here == CHAT else ''}"
        '<button type="button" class="sang-toi" title="Đổi giao diện sáng, tối" hidden>'
        f'{_HALF}<span class="an">Đổi giao diện sáng, tối</span></button>'
        "</div></header>"
    )


def _bell(here: Place | None) -> str:
    """The way to what is followed; watching.js shows it where the browser can keep a list, and counts."""
    current = " aria-current=page" if here == WATCHING else ""
    return (
        f'<a class="chuong" href="./{WATCHING.path}"{current} hidden>{_BELL}'
        f'<span class="chu-chuong">{WATCHING.name}</span><span class="dem"></span></a>'
    )


def page(title: str, body: str, here: Place | None = None, css: str = "") -> str:
    """A whole page; `body` is HTML and holds the <main id="noi-dung">."""
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{inert(title)} · {TITLE}</title></head>"
        f'<body class="trang {css}">{header(here)}{body}</body></html>\n'
    )


def message(title: str, said: str, here: Place | None = None) -> str:
    """A page that only says something; `said` is HTML."""
    body = f'<main id="noi-dung" class="khong-co"><h1>{inert(title)}</h1>{said}</main>'
    return page(title, body, here)


_BELL = (
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="M10 2.5a5 5 0 0 0-5 5c0 4-2 5.5-2 6.5h14c0-1-2-2.5-2-6.5a5 5 0 0 0-5-5z"/>'
    '<path d="M8 16.5a2 2 0 0 0 4 0"/></svg>'
)
# A circle, half light and half dark.
_HALF = (
    '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">'
    '<circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor"/></svg>'
)
# An open document under a magnifying glass, drawn in the colour of the text.
_MARK = (
    '<svg class="dau" viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">'
    '<g fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="M24 13V9l-6-6H7a2 2 0 0 0-2 2v21a2 2 0 0 0 2 2h6"/><path d="M18 3v6h6M10 14h6M10 19h3"/>'
    '<circle cx="20" cy="21" r="5"/><path d="m24 25 4 4"/></g></svg>'
)
