"""An Answer as the conversation shows it: what answers, where it stands, what was understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import AppError
from search.answering.lines import bare_line
from search.chat import ABOUT
from search.documents.sources import brief_source, document_name
from search.hits import Answer, Hit, Quotation, Result
from ui.parts.render import DocumentOf, inert, link_to, open_link, with_figures, with_marks


def answer_html(result: Result, document_of: DocumentOf, removed: Sequence[str] = ()) -> str:
    """What stands in the conversation; the passages stand beside it (see `evidence_html`).

    Args:
        removed: What the question was understood to ask and is not to; it can be brought back.
    """
    answer = result.answer
    if answer.abstained:
        body = _refusal(answer, result.hits, document_of)
    else:
        body = _answer(answer, document_of) + '<button type="button" class="chep">Chép kèm nguồn</button>'
    return f'<div class="tra-loi">{_understood(result.understood, removed)}{body}</div>'


def after_html(name: str, *, quotes: bool = True) -> str:
    """What stands below an answer: saving it where it quotes, judging it, room for what may follow.

    The room for feedback is filled by feedback.js, which knows the answer by the `name` in its link.
    """
    word, markdown = (
        f'<a class="luu" href="./tra-loi.{ending}?ma={inert(name)}" download>{label}</a>'
        for ending, label in (("docx", "Word"), ("md", "Markdown"))
    )
    saved = f'<p class="luu-ve">Tải về&#58; {word} {markdown}</p>'
    judged = f'<a class="gop-y-cho" href="./gop-y-mau?ma={inert(name)}">Góp ý</a>'
    further = '<p class="hoi-them"></p>'
    return f'<div class="sau-tra-loi">{saved if quotes else ""}{judged}{further if quotes else ""}</div>'


def further_html(questions: Sequence[str]) -> str:
    """The questions that may follow an answer, each one click away."""
    listed = "".join(f'<button type="button" class="hoi-tiep">{inert(q)}</button>' for q in questions)
    return f"Hỏi tiếp&#58; {listed}" if listed else ""


def _answer(answer: Answer, document_of: DocumentOf) -> str:
    """The words that answer, line by line, each with its own source below it as a link.

    Words quoted that no line says stand below, as quotations; those of a list are one click away.
    """
    lines = [line for line in answer.text.split("\n") if line.strip()]
    sourced = [_source_of(line, answer.citations, document_of) for line in lines]
    listed = _of_items(lines, sourced, answer.citations)
    html: list[str] = []
    shown: set[str] = set()
    for n, (line, source) in enumerate(zip(lines, sourced, strict=True)):
        said = line if source is None else line[: source[0]].rstrip()
        citation = source[1] if source else listed.get(n)
        item = line.startswith("- ")
        css = "ghi-chu" if said.startswith("Lưu ý") and html else "cau-tra-loi"
        # A source on a line of its own is that of the words above it.
        block = f'<p class="{css}">{with_figures(said.removeprefix("- "))}</p>' if said else ""
        if citation:
            shown.add(citation.source)
            block += f'<p class="nguon">{_source(citation)}</p>'
        html.append(f"<li>{block}</li>" if item else block)
    said_so = re.sub(r"(?:<li>.*?</li>)+", r'<ul class="danh-sach">\g<0></ul>', "".join(html))
    unsaid = [c for c in answer.citations if c not in listed.values()]
    return said_so + _quotations(answer.text, unsaid, shown)


def _of_items(
    lines: Sequence[str], sourced: Sequence[tuple[int, Quotation] | None], citations: Sequence[Quotation]
) -> dict[int, Quotation]:
    """Position of each list item -> what it quotes.

    Told by the source it ends with, else by its words; where each item has one, as in the summary of a
    document, by the order.
    """
    items = [n for n, line in enumerate(lines) if line.startswith("- ")]
    if len(items) == len(citations) and not any(sourced):
        return dict(zip(items, citations, strict=True))
    found: dict[int, Quotation] = {}
    for n in items:
        source, words = sourced[n], _letters(lines[n].removeprefix("- "))
        quoting = (c for c in citations if words in _letters(c.quote) and c not in found.values())
        citation = source[1] if source else next(quoting, None)
        if citation:
            found[n] = citation
    return found


def _source_of(
    line: str, citations: Sequence[Quotation], document_of: DocumentOf
) -> tuple[int, Quotation] | None:
    """Where in a line the source that it ends with in brackets begins, and whose words it names."""
    for citation in citations:
        try:
            document = document_of(citation.doc_id)
        except (KeyError, AppError):
            continue
        brief = brief_source(document, citation)
        for name in (brief, citation.source, document_name(document, brief=True)):
            if line.endswith(f"({name})"):
                return len(line) - len(name) - 2, citation
    return None


def _quotations(said: str, citations: Sequence[Quotation], shown: set[str]) -> str:
    """The words quoted, where the answer does not say them, and the sources not `shown` yet as links."""
    html = []
    for citation in citations:
        if _letters(citation.quote) not in _letters(said):
            html.append(f"<blockquote>{with_marks(citation.quote, ())}</blockquote>")
        if citation.source not in shown:
            shown.add(citation.source)
            html.append(f'<p class="nguon">{_source(citation)}</p>')
    return "".join(html)


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", bare_line(text.replace("**", ""))).strip()


def _source(citation: Quotation) -> str:
    href = link_to(citation.doc_id, citation.section, citation.start, citation.end)
    return f"Nguồn&#58; {open_link(href, inert(citation.source))}"


def _refusal(answer: Answer, hits: Sequence[Hit], document_of: DocumentOf) -> str:
    text = answer.text.partition(" Gần nhất: ")[0] if answer.nearest else answer.text
    html = f'<p class="cau-tra-loi">{with_figures(text)}</p>'
    if answer.nearest:
        links = _links_by_name(hits, document_of)
        listed = "".join(f"<li>{links.get(name, inert(name))}</li>" for name in answer.nearest)
        html += f'<p class="gan-nhat">Văn bản gần nhất trong kho&#58;</p><ul>{listed}</ul>'
    return html


def _links_by_name(hits: Sequence[Hit], document_of: DocumentOf) -> dict[str, str]:
    """Name of each document among the hits -> the link that opens it at its best passage."""
    links: dict[str, str] = {}
    for hit in hits:
        passage = hit.passage
        try:
            name = document_name(document_of(passage.doc_id))
        except (KeyError, AppError):
            continue
        href = link_to(passage.doc_id, passage.section, passage.start, passage.end)
        links.setdefault(name, open_link(href, inert(name)))
    return links


def _understood(chips: Sequence[str], removed: Sequence[str]) -> str:
    """What was understood; history.js takes a part away where it is pressed below the latest question."""
    listed = "".join(
        f'<span class="the">{inert(chip)}</span>' if chip.startswith(ABOUT) else _chip(chip)
        for chip in chips
        if chip not in removed
    )
    listed += "".join(_chip(chip, gone=True) for chip in removed)
    return f'<p class="da-hieu">Hiểu câu hỏi&#58; {listed}</p>' if listed else ""


def _chip(label: str, *, gone: bool = False) -> str:
    says = f"Lại tính {label}" if gone else f"Bỏ {label}"
    css = "the bo da-bo" if gone else "the bo"
    return f'<button type="button" class="{css}" title="{inert(says)}">{inert(label)}</button>'
