"""HTML of answers, evidence and documents, letter for letter; and that no text gets out of it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError, QueryError
from corpus.records import Document, Letterhead, Passage, Section
from search.hits import Answer, Hit, Quotation, Result
from ui.chat.answers import answer_html
from ui.parts.render import (
    error_html,
    evidence_html,
    inert,
    link_to,
    question_html,
    with_figures,
    with_marks,
)
from ui.reading.reader import missing_page, reader_page

TEXT = "II. CHỈ TIÊU\n\n1. Giới thiệu 780 đoàn viên ưu tú.\n\n2. Tổ chức 12 lớp.\n"
DOCUMENT = Document(
    "kh/12",
    "12.md",
    TEXT,
    Letterhead(
        number="12/KH-LĐLĐ",
        type="Kế hoạch",
        issuer="Liên đoàn Lao động tỉnh Lai Châu",
        date="2021-02-05",
        title="Thi đua <năm> 2021",
        signer="Nguyễn Văn An",
        signer_role="Chủ tịch",
    ),
    (
        Section("II", "CHỈ TIÊU", 1, 0, 14),
        Section("II.1", "Giới thiệu 780 đoàn viên ưu tú.", 2, 14, 50),
        Section("II.2", "Tổ chức 12 lớp.", 2, 50, len(TEXT)),
    ),
    restatement=True,
)
SOURCE = "Kế hoạch số 12/KH-LĐLĐ ngày 5/2/2021 của LĐLĐ tỉnh Lai Châu, mục II.1 (bản viết lại)"
BRIEF = "Kế hoạch 12/KH-LĐLĐ, LĐLĐ tỉnh Lai Châu, mục II.1 (bản viết lại)"
QUOTE = "Giới thiệu 780 đoàn viên ưu tú."
AT = TEXT.index(QUOTE)
QUOTATION = Quotation("kh/12", "12/KH-LĐLĐ", "Thi đua", "II.1", None, QUOTE, AT, AT + len(QUOTE), SOURCE)
HREF = f"?vb=kh%2F12&amp;muc=II.1&amp;tu={AT}&amp;den={AT + len(QUOTE)}"
NEW_TAB = 'target="_blank" rel="noopener"'
PASSAGE = Passage("kh/12", 1, 14, 50, TEXT[14:50], "II.1", ("CHỈ TIÊU",))
OTHER = Passage("kh/12", 2, 50, len(TEXT), TEXT[50:], "II.2")
ANSWERED = Result(
    "chỉ tiêu?",
    Answer("Giới thiệu **780** đoàn viên ưu tú.", False, (QUOTATION,)),
    (Hit(PASSAGE, 2.0), Hit(OTHER, 1.0, why=("năm 2021",))),
    understood=("năm 2021", "<b>"),
)


def document_of(doc_id: str) -> Document:
    return {"kh/12": DOCUMENT}[doc_id]


class Tags(HTMLParser):
    """The tags, attributes and text of some HTML, as a browser would read them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = [
    pytest.param('<script>alert("1")</script>', id="script"),
    pytest.param('<img src=x onerror="alert(1)">', id="img"),
    pytest.param("![ảnh](http://bad.example/a.png)", id="markdown-image"),
    pytest.param("[x](javascript:alert(1))", id="markdown-link"),
    pytest.param("<iframe src='http://bad.example'></iframe>", id="iframe"),
    pytest.param("</div></details></mark><style>*{display:none}</style>", id="closing-tags"),
    pytest.param("$$\\href{http://bad.example}{x}$$ `mã` ~~gạch~~ | bảng |", id="latex-code-table"),
    pytest.param("&lt;script&gt; &#60;b&#62;", id="references"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    assert Tags(inert(text)).tags == []
    assert Tags(inert(text)).text == text
    assert not re.search(r"[<>*_`\[\]!~$|\\\n]", inert(text))


@given(st.text(max_size=80))
def test_any_text_comes_out_as_one_line_of_plain_characters(text: str) -> None:
    shown = inert(text)
    assert re.fullmatch(r"(?:[^&<>\"'`*_\[\]!\n\r]|&#\d+;)*", shown)
    dropped = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", text).replace("\t", " ")
    assert html.unescape(shown) == dropped or "\x80" <= max(dropped, default="") <= "\x9f"


def test_direction_overrides_cannot_turn_a_number_round() -> None:
    assert inert("kinh phí \u202e087\u202c đồng") == "kinh phí 087 đồng"


def test_figures_are_bold_and_only_they() -> None:
    assert with_figures("có **780** đoàn viên, **12** lớp <b>") == (
        "có <strong>780</strong> đoàn viên, <strong>12</strong> lớp &#60;b&#62;"
    )


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        pytest.param("một hai ba", [(4, 7)], "một <mark>hai</mark> ba", id="one"),
        pytest.param("abcdef", [(0, 3), (2, 5)], "<mark>abc</mark><mark>de</mark>f", id="overlapping"),
        pytest.param("abc", [(2, 99)], "ab<mark>c</mark>", id="past-the-end"),
        pytest.param("abc", [(-5, 1)], "<mark>a</mark>bc", id="before-the-start"),
        pytest.param("abc", [(5, 9), (1, 1)], "abc", id="nothing"),
        pytest.param("a<b>c", [(1, 4)], "a<mark>&#60;b&#62;</mark>c", id="tags-inside"),
        pytest.param("a\n\n \nb\nc", [], 'a<span class="cach"></span>b&#10;c', id="blank-lines"),
        pytest.param(
            "## I. MỤC\n(*tính từ đây*), 2*3 **đậm**",
            [],
            "I. MỤC&#10;(tính từ đây), 2&#42;3 đậm",
            id="markup",
        ),
    ],
)
def test_with_marks(text: str, spans: list[tuple[int, int]], expected: str) -> None:
    assert with_marks(text, spans) == expected


PLAIN = st.text(alphabet="abc <&đê.", max_size=40)


@given(PLAIN, st.lists(st.tuples(st.integers(-5, 45), st.integers(-5, 45)), max_size=4))
def test_marks_lose_no_text(text: str, spans: list[tuple[int, int]]) -> None:
    assert Tags(with_marks(text, spans)).text.strip() == text.strip()


def test_a_link_names_document_section_and_characters() -> None:
    assert link_to('a&b/"c"', "Mở đầu") == "?vb=a%26b%2F%22c%22&amp;muc=M%E1%BB%9F+%C4%91%E1%BA%A7u"
    assert link_to("kh", "II.1", 0, 5) == "?vb=kh&amp;muc=II.1&amp;tu=0&amp;den=5"


def test_a_question_is_data_too() -> None:
    assert question_html(" <b>*a* ") == '<div class="cau-hoi">&#60;b&#62;&#42;a&#42;</div>'


def test_an_answer_gives_figure_source_and_what_was_understood() -> None:
    assert answer_html(ANSWERED, document_of) == (
        '<div class="tra-loi"><p class="da-hieu">Hiểu câu hỏi&#58; '
        '<button type="button" class="the bo" title="Bỏ năm 2021">năm 2021</button>'
        '<button type="button" class="the bo" title="Bỏ &#60;b&#62;">&#60;b&#62;</button></p>'
        '<p class="cau-tra-loi">Giới thiệu <strong>780</strong> đoàn viên ưu tú.</p>'
        f'<p class="nguon">Nguồn&#58; <a class="mo" href="{HREF}" {NEW_TAB}>{SOURCE}</a></p>'
        '<button type="button" class="chep">Chép kèm nguồn</button></div>'
    )


def test_a_quotation_the_answer_does_not_repeat_is_shown() -> None:
    answer = Answer("Là **780**.", False, (QUOTATION,))
    assert f"<blockquote>{QUOTE}</blockquote>" in answer_html(Result("?", answer, ()), document_of)
    assert "<blockquote>" not in answer_html(ANSWERED, document_of)


def test_the_source_an_answer_ends_with_is_shown_once_and_as_a_link() -> None:
    said = f"1.4. Giới thiệu **780** đoàn viên ưu tú.\n({BRIEF})"
    shown = answer_html(Result("?", Answer(said, False, (QUOTATION, QUOTATION)), ()), document_of)
    assert '<p class="cau-tra-loi">1.4. Giới thiệu <strong>780</strong> đoàn viên ưu tú.</p>' in shown
    assert shown.count("mục II.1") == 1


def test_brackets_at_the_end_that_are_no_source_stay() -> None:
    said = "Giới thiệu **780** đoàn viên (trong đó 30 nữ)"
    assert "(trong đó 30 nữ)</p>" in answer_html(
        Result("?", Answer(said, False, (QUOTATION,)), ()), document_of
    )


OTHER_BRIEF = BRIEF.replace("II.1", "II.2")
SECOND_AT = TEXT.index("Tổ chức")
SECOND = Quotation(
    "kh/12", None, None, "II.2", None, "Tổ chức 12 lớp.", SECOND_AT, SECOND_AT + 15, "KH, II.2"
)


def test_each_item_of_a_list_has_its_own_source() -> None:
    said = (
        f"- Có **780** người ({BRIEF})\n- Có **12** lớp ({BRIEF.replace('II.1', 'II.2')})\n(Còn 3 nơi khác.)"
    )
    shown = answer_html(Result("?", Answer(said, False, (QUOTATION, SECOND)), ()), document_of)
    assert '<li><p class="cau-tra-loi">Có <strong>12</strong> lớp</p><p class="nguon">Nguồn&#58; <a' in shown
    assert shown.count("<li>") == 2
    assert '</ul><p class="cau-tra-loi">(Còn 3 nơi khác.)</p>' in shown
    assert "<blockquote>" not in shown  # the words quoted are one click away


def test_items_without_a_source_of_their_own_take_it_from_what_they_quote() -> None:
    said = f"II. CHỈ TIÊU&#58;\n- Tổ chức 12…\n- Giới thiệu 780…\n({BRIEF})"
    heading = Quotation("kh/12", None, None, "II", None, "II. CHỈ TIÊU", 0, 12, "KH, II")
    shown = answer_html(Result("?", Answer(said, False, (heading, QUOTATION, SECOND)), ()), document_of)
    first, second = shown.split("<li>")[1:]
    assert "muc=II.2" in first
    assert "muc=II.1" in second
    summed = Answer("- Chỉ tiêu: nhiều\n- Lớp: 12", False, (QUOTATION, SECOND))
    first, second = answer_html(Result("?", summed, ()), document_of).split("<li>")[1:]
    assert "muc=II.1" in first
    assert "muc=II.2" in second


def test_a_note_stands_apart_and_the_words_of_a_fact_are_still_quoted() -> None:
    said = f"Ngày **5/2/2021**\nLưu ý: các văn bản ghi khác nhau:\n- “12 lớp” ({OTHER_BRIEF})"
    shown = answer_html(Result("?", Answer(said, False, (QUOTATION, SECOND)), ()), document_of)
    assert '<p class="ghi-chu">Lưu ý&#58; các văn bản ghi khác nhau&#58;</p><ul' in shown
    assert f"<blockquote>{QUOTE}</blockquote>" in shown


def test_a_refusal_opens_the_nearest_documents() -> None:
    name = "Kế hoạch số 12/KH-LĐLĐ ngày 5/2/2021 của LĐLĐ tỉnh Lai Châu"
    answer = Answer(f"Không tìm thấy. Gần nhất: {name}.", True, (), (name,))
    shown = answer_html(Result("?", answer, (Hit(OTHER, 1.0),)), document_of)
    href = f"?vb=kh%2F12&amp;muc=II.2&amp;tu=50&amp;den={len(TEXT)}"
    assert '<p class="cau-tra-loi">Không tìm thấy.</p>' in shown
    assert f'<li><a class="mo" href="{href}" {NEW_TAB}>{name}</a></li>' in shown


def test_a_long_list_of_passages_is_folded() -> None:
    hits = tuple(Hit(Passage("kh/12", n, n, n + 2, TEXT[n : n + 2], "II"), 1.0) for n in range(7))
    shown = evidence_html(Result("?", Answer("x", True), hits), document_of)
    before, _, after = shown.partition('<details class="them"><summary>Xem thêm 3 đoạn</summary>')
    assert (before.count("<summary>"), after.count("<summary>")) == (4, 3)


def test_an_items_own_words_are_no_heading() -> None:
    passage = Passage("kh/12", 1, 14, 50, TEXT[14:50], "II.1", ("CHỈ TIÊU", "Giới thiệu 780 đoàn …"))
    shown = evidence_html(Result("?", Answer("x", False, (QUOTATION,)), (Hit(passage, 1.0),)), document_of)
    assert '<p class="de-muc">CHỈ TIÊU</p>' in shown


def test_a_refusal_names_the_nearest_documents_and_offers_no_copy() -> None:
    answer = Answer("Không tìm thấy trong kho.", True, (), ("Kế hoạch 1", "Báo cáo <2>"))
    assert answer_html(Result("?", answer, ()), document_of) == (
        '<div class="tra-loi"><p class="cau-tra-loi">Không tìm thấy trong kho.</p>'
        '<p class="gan-nhat">Văn bản gần nhất trong kho&#58;</p>'
        "<ul><li>Kế hoạch 1</li><li>Báo cáo &#60;2&#62;</li></ul></div>"
    )


def test_an_error_is_two_plain_sentences() -> None:
    assert error_html(QueryError("Câu hỏi đang để trống", "Hãy nhập câu hỏi")) == (
        '<div class="loi" role="alert"><p>Câu hỏi đang để trống.</p><p>Hãy nhập câu hỏi.</p></div>'
    )
    assert error_html(QueryError("Sai", "")) == '<div class="loi" role="alert"><p>Sai.</p></div>'
    assert "nhé?</p>" in error_html(QueryError("Sai", "Hỏi lại nhé?"))


def test_evidence_marks_the_quoted_words_and_lists_the_others() -> None:
    assert evidence_html(ANSWERED, document_of) == (
        f'<div class="can-cu"><h2>Căn cứ</h2><div class="doan"><p class="nguon">{SOURCE}</p>'
        '<p class="de-muc">CHỈ TIÊU</p>'
        '<div class="chu">1. <mark>Giới thiệu 780 đoàn viên ưu tú.</mark></div>'
        f'<p><a class="nut mo" href="{HREF}" {NEW_TAB}>Mở văn bản tại đoạn này</a></p></div>'
        '<h2>Các đoạn liên quan khác</h2><div class="khac"><details><summary>1. '
        "Kế hoạch số 12/KH-LĐLĐ ngày 5/2/2021 của LĐLĐ tỉnh Lai Châu, mục II.2 (bản viết lại)"
        '<span class="dau-doan">2. Tổ chức 12 lớp.</span></summary>'
        '<div class="chu">2. Tổ chức 12 lớp.</div><p class="vi-sao">Khớp&#58; năm 2021</p>'
        f'<p><a class="nut mo" href="?vb=kh%2F12&amp;muc=II.2&amp;tu=50&amp;den={len(TEXT)}" target="_blank" '
        'rel="noopener">Mở văn bản tại đoạn này</a></p></details></div></div>'
    )


def test_a_quotation_outside_the_hits_is_shown_in_its_section() -> None:
    result = Result("?", Answer("x", False, (QUOTATION,)), (Hit(OTHER, 1.0),))
    assert '<div class="chu">1. <mark>Giới thiệu 780 đoàn viên ưu tú.</mark></div>' in evidence_html(
        result, document_of
    )


def test_two_quotations_of_one_passage_are_marked_in_one_place() -> None:
    second = Quotation("kh/12", None, None, "II.1", None, "1.", 14, 16, SOURCE)
    shown = evidence_html(
        Result("?", Answer("x", False, (QUOTATION, second)), (Hit(PASSAGE, 1.0),)), document_of
    )
    assert shown.count('class="doan"') == 1
    assert "<mark>1.</mark> <mark>Giới thiệu" in shown


def test_evidence_of_a_removed_document_is_passed_over() -> None:
    def gone(doc_id: str) -> Document:
        raise KeyError(doc_id)

    assert evidence_html(Result("?", Answer("x", False, (QUOTATION,)), ()), gone) == ""
    assert "1. kh/12<span" in evidence_html(Result("?", Answer("x", True), (Hit(OTHER, 1.0),)), gone)


def test_a_refusal_calls_its_passages_the_nearest() -> None:
    shown = evidence_html(Result("?", Answer("x", True), (Hit(OTHER, 1.0),)), document_of)
    assert "<h2>Các đoạn gần nhất</h2>" in shown
    assert "<h2>Căn cứ</h2>" not in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert_wherever_it_is_shown(text: str) -> None:
    letterhead = Letterhead(type=text, title=text, issuer=text, signer=text)
    document = Document(
        text, text, text, letterhead, (Section("I", text, 1, 0, len(text)),), warnings=(text,)
    )
    quotation = Quotation(text, text, text, text, None, text, 0, len(text), text)
    hits = (Hit(Passage(text, 0, 0, len(text), text, text, (text,)), 1.0, why=(text,)),)
    result = Result(text, Answer(text, False, (quotation,)), hits, understood=(text,))
    refused = Result(text, Answer(text, True, (), (text,)), hits)
    for shown in (
        answer_html(result, lambda _: document),
        answer_html(refused, lambda _: document),
        evidence_html(result, lambda _: document),
        evidence_html(refused, lambda _: document),
        reader_page(document, {"vb": text, "muc": text, "tu": "0", "den": "5"}),
        missing_page(text),
        error_html(DocumentError(Path("a"), text, text)),
    ):
        page = Tags(shown)
        assert not {"script", "img", "iframe", "style", "b"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
        assert all((v or "").startswith(("?", "#", "./")) for name, v in page.attributes if name == "href")


def test_a_document_opens_with_its_facts_outline_and_marked_words() -> None:
    page = reader_page(DOCUMENT, {"vb": "kh/12", "muc": "II.1", "tu": str(AT), "den": str(AT + len(QUOTE))})
    assert '<html lang="vi">' in page
    assert "<h1>Kế hoạch số 12/KH-LĐLĐ ngày 5/2/2021 của LĐLĐ tỉnh Lai Châu</h1>" in page
    assert '<p class="trich-yeu">Thi đua &#60;năm&#62; 2021</p>' in page
    assert "<dt>Người ký</dt><dd>Nguyễn Văn An, Chủ tịch</dd>" in page
    assert "bản viết lại để dùng thử chương trình" in page
    assert '<li class="bac-2"><a href="#s1">II.1. Giới thiệu 780 đoàn viên ưu tú.</a></li>' in page
    assert '<div class="muc" id="s0"><strong>II. CHỈ TIÊU</strong></div>' in page
    assert f'<div class="muc" id="s1" data-dich="1">1. <mark>{QUOTE}</mark></div>' in page
    assert page.count("<mark>") == 1


def test_a_section_alone_opens_there() -> None:
    page = reader_page(DOCUMENT, {"vb": "kh/12", "muc": "II.2"})
    assert '<div class="muc" id="s2" data-dich="1">2. Tổ chức 12 lớp.</div>' in page
    assert "<mark>" not in page


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"tu": "5", "den": "5"}, id="empty"),
        pytest.param({"tu": "9", "den": "3"}, id="backwards"),
        pytest.param({"tu": "0", "den": "99999"}, id="past-the-end"),
        pytest.param({"tu": "-1", "den": "5"}, id="negative"),
        pytest.param({"tu": "²", "den": "³"}, id="not-ascii"),
        pytest.param({"tu": "1" * 5000, "den": "2" * 5000}, id="very-long"),
        pytest.param({"muc": "XX.9"}, id="no-such-section"),
    ],
)
def test_a_link_that_points_nowhere_opens_the_document_at_its_start(query: dict[str, str]) -> None:
    page = reader_page(DOCUMENT, query)
    assert "<mark>" not in page
    assert "data-dich" not in page
    assert Tags(page).text.count("Giới thiệu 780 đoàn viên ưu tú.") == 2  # outline and text


def test_the_whole_text_of_a_document_is_shown() -> None:
    body = reader_page(DOCUMENT, {}).partition('<main class="van-ban">')[2]
    assert "".join(Tags(body).text.split()) == "".join(TEXT.split())


def test_a_document_without_sections_is_shown_whole() -> None:
    document = Document("a", "a.txt", "Chỉ có một dòng.")
    assert '<div class="muc" id="s0">Chỉ có một dòng.</div>' in reader_page(document, {})
