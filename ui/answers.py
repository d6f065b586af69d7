"""An Answer as the conversation shows it: what answers, where it stands, what was understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import AppError
from search.hits import Answer, Hit, Quotation, Result
from search.lines import bare_line
from search.sources import document_name, section_name
from ui.render import DocumentOf, inert, link_to, open_link, with_figures, with_marks


def answer_html(result: Result, document_of: DocumentOf) -> str:
    """What stands in the conversation; the passages stand beside it (see `evidence_html`)."""
    answer = result.answer
    if answer.abstained:
        body = _refusal(answer, result.hits, document_of)
    else:
        body = _answer(answer) + '<button type="button" class="chep">Chép kèm nguồn</button>'
    return f'<div class="tra-loi">{_understood(result.understood)}{body}</div>'


def after_html(name: str) -> str:
    """What stands below an answer: saving it, and room for the questions that may follow."""
    return (
        '<div class="sau-tra-loi">'
        f'<a class="luu-word" href="./tra-loi.docx?ma={inert(name)}" download>Tải Word</a>'
        '<p class="hoi-them"></p></div>'
    )


def further_html(questions: Sequence[str]) -> str:
    """The questions that may follow an answer, each one click away."""
    listed = "".join(f'<button type="button" class="hoi-tiep">{inert(q)}</button>' for q in questions)
    return f"Hỏi tiếp&#58; {listed}" if listed else ""


def _answer(answer: Answer) -> str:
    """The words that answer; a list keeps its items, each with its own source below it.

    The sources that the text names by itself, for other programs, are shown here as links.
    """
    lines = answer.text.strip().split("\n")
    items = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    if len(items) == len(lines) == len(answer.citations):
        listed = "".join(
            f'<li><p class="cau-tra-loi">{with_figures(_without_source(item, [citation]))}</p>'
            f'<p class="nguon">{_source(citation)}</p></li>'
            for item, citation in zip(items, answer.citations, strict=True)
        )
        return f'<ul class="danh-sach">{listed}</ul>'
    text = _without_source(" ".join(lines), answer.citations)
    return f'<p class="cau-tra-loi">{with_figures(text)}</p>{_quotations(text, answer.citations)}'


def _without_source(text: str, citations: Sequence[Quotation]) -> str:
    """`text` without the "(Kế hoạch 234/KH-LĐLĐ, mục II.1.4)" it ends with, where that is a citation.

    >>> q = Quotation("a", None, None, "II", None, "x", 0, 1, "A, mục II")
    >>> _without_source("Có **780** người. (Kế hoạch 1/KH, mục II (bản viết lại))", [q])
    'Có **780** người.'
    """
    match = re.search(r"\s*\((?P<source>[^()]*(?:\([^()]*\))?[^()]*)\)$", text)
    if match and any(_names(match["source"], c) for c in citations):
        return text[: match.start()]
    return text


def _names(source: str, citation: Quotation) -> bool:
    return section_name(citation.section) in source or bool(citation.number and citation.number in source)


def _quotations(shown: str, citations: Sequence[Quotation]) -> str:
    """The sources as links, each once; and the words quoted, where the answer does not say them."""
    html, sources = [], set()
    for citation in citations:
        if _letters(citation.quote) not in _letters(shown):
            html.append(f"<blockquote>{with_marks(citation.quote, ())}</blockquote>")
        if citation.source not in sources:
            sources.add(citation.source)
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


def _understood(chips: tuple[str, ...]) -> str:
    if not chips:
        return ""
    listed = "".join(f'<span class="the">{inert(chip)}</span>' for chip in chips)
    return f'<p class="da-hieu">Hiểu câu hỏi&#58; {listed}</p>'
