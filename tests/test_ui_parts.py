"""The parts the places are made of, letter for letter: marked words, chips, filters, originals, addresses."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library.copies import Copies
from corpus.library.files import KnownFile
from corpus.reading import read_document
from corpus.records import Letterhead
from index.keeping import Home
from search.asking.removal import without
from search.directing.graph import DirectiveGraph
from search.query import understand
from tests.fakes_ui import FakeEngine, make_document
from ui.frame import PLACES, Asked, header, page
from ui.parts.cards import cards_of
from ui.parts.citing import cited_documents
from ui.parts.facets import chosen, facets_html
from ui.parts.folder import Folder, OriginalError
from ui.parts.marking import Drawn, drawn_text
from ui.parts.snippets import best_window, matched_words, phrase_spans
from ui.reading.reader import Around, reader_page
from ui.shelf.shelf import shelf_page

if TYPE_CHECKING:
    pass


def marked(text: str, words: str, *, diacritics: bool = True) -> list[str]:
    return [text[a:b] for a, b in matched_words(text, words.split(), diacritics=diacritics)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param("Hỗ trợ đoàn viên khó khăn", "đoàn viên", ["đoàn viên"], id="two-side-by-side"),
        pytest.param("viên chức, đoàn thể", "đoàn viên", [], id="apart-says-nothing"),
        pytest.param("khen thưởng", "thưởng", ["thưởng"], id="a-single-keyword"),
        pytest.param("có 780 đoàn viên", "780 người", ["780"], id="a-figure-alone"),
        pytest.param("ĐOÀN\nVIÊN", "đoàn viên", ["ĐOÀN\nVIÊN"], id="across-lines"),
        pytest.param("đoàn, viên", "đoàn viên", [], id="a-comma-parts"),
        pytest.param("", "đoàn viên", [], id="no-text"),
    ],
)
def test_words_are_marked_where_they_mean_something(text: str, words: str, expected: list[str]) -> None:
    assert marked(text, words) == expected


def test_marks_are_found_for_a_question_typed_without_diacritics() -> None:
    assert marked("Đoàn viên ưu tú", "doan vien", diacritics=False) == ["Đoàn viên"]
    assert marked("Đoàn viên ưu tú", "doan vien") == []


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        pytest.param("Dân vận, dân  vận", "dan van", ["Dân vận", "dân  vận"], id="without-marks"),
        pytest.param("hoa hòa", "hòa", ["hòa"], id="with-marks"),
        pytest.param("a.b acb", "a.b", ["a.b"], id="no-pattern"),
        pytest.param("abc", "   ", [], id="blank"),
    ],
)
def test_a_phrase_is_found_inside_a_document(text: str, phrase: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in phrase_spans(text, phrase)] == expected


@given(st.text(alphabet="ab đê.\n", max_size=600), st.integers(0, 500))
def test_a_window_lies_in_its_text_and_holds_what_is_marked(text: str, at: int) -> None:
    spans = [(at, at + 5)] if at + 5 <= len(text) else []
    start, end = best_window(text, spans, shown=100)
    assert 0 <= start <= end <= len(text)
    assert end - start <= max(100, 0) or len(text) <= 100


def test_a_window_shows_the_marked_words_from_a_sentence_on() -> None:
    text = "Câu đầu rất dài nói việc khác. " * 20 + "Hỗ trợ nhà ở cho công nhân."
    spans = matched_words(text, ["nhà", "ở", "công", "nhân"])
    start, end = best_window(text, spans, shown=120)
    assert "Hỗ trợ nhà ở cho công nhân." in text[start:end]
    assert text[start : start + 3] in ("Câu", "Hỗ ")


@pytest.mark.parametrize(
    ("question", "label", "words"),
    [
        pytest.param("chỉ tiêu năm 2021 của Lai Châu", "năm 2021", "chỉ tiêu của Lai Châu", id="year"),
        pytest.param("chỉ tiêu 2021", "năm 2021", "chỉ tiêu", id="bare-year"),
        pytest.param("chỉ tiêu năm 2021 của Lai Châu", "Lai Châu", "chỉ tiêu năm 2021 của", id="place"),
        pytest.param("nội dung 02-NQ/TW về công đoàn", "số 02-NQ/TW", "nội dung về công đoàn", id="number"),
        pytest.param("kế hoạch dân vận", "kế hoạch", "dân vận", id="type"),
        pytest.param("ban hành ngày 12/6/2021 việc gì", "ngày 12/6/2021", "ban hành ngày việc gì", id="date"),
    ],
)
def test_what_was_understood_is_taken_away_with_its_words(question: str, label: str, words: str) -> None:
    query = understand(question)
    assert label in query.understood
    less = without(query, [label])
    assert label not in less.understood
    assert set(less.understood) == set(query.understood) - {label}
    assert less.words == words


def test_a_question_keeps_its_words_where_it_has_no_others() -> None:
    less = without(understand("Lai Châu"), ["Lai Châu"])
    assert (less.understood, less.words) == ((), "Lai Châu")
    assert without(understand("năm 2021"), ["tháng 13"]) == understand("năm 2021")


def test_taking_a_term_away_leaves_no_years_of_it() -> None:
    query = understand("phát triển đoàn viên nhiệm kỳ 2018 - 2023")
    less = without(query, query.understood)
    assert (less.understood, less.years, less.words) == ((), (), "phát triển đoàn viên")


def test_filters_count_choose_and_stay_inert() -> None:
    cards = cards_of(FakeEngine())
    assert chosen(cards, Asked.of("")) == frozenset(cards)
    assert chosen(cards, Asked.of("nam=2021")) == {"ke-hoach/12"}
    assert chosen(cards, Asked({"loai": ["Báo cáo", "Kế hoạch"]})) == frozenset(cards)
    assert chosen(cards, Asked({"loai": ["Báo cáo"], "nam": ["2021"]})) == frozenset()
    shown = facets_html(cards.values(), Asked({"loai": ["<b>"]}))
    assert "&#60;b&#62;" in shown
    assert 'value="Kế hoạch"><span>Kế hoạch</span><span class="dem">1</span>' in shown


def test_an_address_carries_what_is_asked_and_nothing_dangerous() -> None:
    asked = Asked.of("q=a%26b&nam=2021&nam=2023&trang=2")
    assert asked.address("kho", trang="") == "./kho?q=a%26b&amp;nam=2021&amp;nam=2023"
    assert asked.address("kho", q="<b>", nam="", trang="") == "./kho?q=%3Cb%3E"
    assert Asked.of("trang=-3").count("trang", 1, 9) == 1
    assert Asked.of("trang=99999999999999999999").count("trang", 1, 9) == 9
    assert Asked.of("&".join(f"a{n}=1" for n in range(300))).one("a1") == ""
    assert len(Asked.of("q=" + "x" * 100_000).one("q")) == 2500


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path or "first")
def test_the_header_marks_where_one_is(place: object) -> None:
    shown = header(place)  # type: ignore[arg-type]
    assert shown.count("aria-current=page") == 1
    assert f"aria-current=page>{place.name}</a>" in shown  # type: ignore[attr-defined]
    assert "<h1>" not in shown
    assert "&#60;x&#62; ·" in page("<x>", "")


def test_marks_links_and_pages_are_drawn_into_one_text() -> None:
    text = "Theo Nghị quyết 02 thì làm.\n\nHết."
    drawn = Drawn(marks=((5, 18),), found=((16, 18),), links=((5, 18, "./?vb=a"),), pages=((29, "<i>2</i>"),))
    assert drawn_text(text, 0, len(text), drawn) == (
        'Theo <a class="vien-dan" href="./?vb=a"><mark>Nghị quyết </mark>'
        '<mark class="thay" id=t1>02</mark></a> thì làm.<span class="cach"></span><i>2</i>Hết.'
    )
    assert drawn_text(text, 27, 29, drawn) == ""


@given(
    st.text(alphabet="abc <&đê.", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=3),
)
def test_drawing_loses_no_text(text: str, spans: list[tuple[int, int]]) -> None:
    drawn = Drawn(marks=tuple((min(s), max(s)) for s in spans))
    shown = re.sub(r"<[^>]*>", "", drawn_text(text, 0, len(text), drawn))
    assert html.unescape(shown) == text.strip()


def test_a_citation_opens_the_document_it_means(tmp_path: Path) -> None:
    held = "Số: 15/CTr-LĐLĐ\n\nYên Bái, ngày 03 tháng 4 năm 2022\n\nCHƯƠNG TRÌNH\nChăm lo đoàn viên\n"
    plan = (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH YÊN BÁI\n\nSố: 40/KH-LĐLĐ\n\nYên Bái, ngày 09 tháng 5 năm 2022\n\nKẾ HOẠCH\n"
        "Tháng Công nhân\n\nThực hiện Chương trình số 15/CTr-LĐLĐ ngày 03/4/2022 của Liên đoàn Lao động tỉnh "
        "Yên Bái và Nghị quyết số 20-NQ/TW ngày 28/01/2008, Ban Thường vụ xây dựng kế hoạch.\n"
    )
    texts = {"chuong-trinh": f"LIÊN ĐOÀN LAO ĐỘNG TỈNH YÊN BÁI\n\n{held}", "ke-hoach": plan}
    documents = {}
    for doc_id, text in texts.items():
        (tmp_path / f"{doc_id}.txt").write_text(text, encoding="utf-8")
        documents[doc_id] = read_document(tmp_path / f"{doc_id}.txt", doc_id)
    graph = DirectiveGraph.of(documents.values(), documents.__getitem__)
    ((start, end, doc_id),) = cited_documents(graph, "ke-hoach")
    assert doc_id == "chuong-trinh"
    assert "15/CTr-LĐLĐ" in documents["ke-hoach"].text[start:end]
    assert cited_documents(graph, "chuong-trinh") == ()


def test_a_cited_document_is_a_link_in_the_reader() -> None:
    document = FakeEngine().document("ke-hoach/12")
    at = document.text.index("Văn phòng")
    shown = reader_page(document, {}, Around(cited=((at, at + 9, "a&b"),)))
    assert '<a class="vien-dan" href="./?vb=a%26b">Văn phòng</a>' in shown
    assert "vien-dan" not in reader_page(document, {})


def folder_of(root: Path, *names: str) -> Folder:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    digest = {name: hashlib.sha256(name.encode()).hexdigest() for name in names}
    return Folder(
        [KnownFile(n, n.rpartition(".")[0], digest[n]) for n in names],
        home=Home.of(root, root.parent / "index"),
    )


def test_an_original_is_given_out_as_it_was_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a/kế hoạch.txt")
    assert folder.offers("a/kế hoạch") == "kế hoạch.txt"
    assert folder.original("a/kế hoạch").read_text(encoding="utf-8") == "a/kế hoạch.txt"


@pytest.mark.parametrize("doc_id", ["../secret", "/etc/passwd", "", "a/../../secret", "b"])
def test_no_name_a_visitor_sends_leads_out_of_the_folder(tmp_path: Path, doc_id: str) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    folder = folder_of(tmp_path / "docs", "a.txt")
    with pytest.raises(OriginalError, match="Không có bản gốc"):
        folder.original(doc_id)
    assert folder.offers(doc_id) is None


def test_a_file_that_became_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a.txt", encoding="utf-8")  # even with the same content
    folder = folder_of(tmp_path / "docs", "a.txt")
    (tmp_path / "docs" / "a.txt").unlink()
    (tmp_path / "docs" / "a.txt").symlink_to(secret)
    with pytest.raises(OriginalError, match=r"a\.txt không còn"):
        folder.original("a")


def test_a_changed_or_removed_original_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a.txt", "b.txt")
    (tmp_path / "a.txt").write_text("khác", encoding="utf-8")
    (tmp_path / "b.txt").unlink()
    with pytest.raises(OriginalError, match=r"a\.txt đã được sửa"):
        folder.original("a")
    with pytest.raises(OriginalError, match=r"b\.txt không còn"):
        folder.original("b")
    with pytest.raises(OriginalError, match="Không có bản gốc"):
        Folder([KnownFile("a.txt", "a", "x")]).original("a")


def test_copies_are_named_with_the_way_to_them() -> None:
    files = [KnownFile("a.txt", "a", "x"), KnownFile("b.pdf", "b", "y")]
    folder = Folder(files, [Copies(("a.txt", "b.pdf"), "bản quét lại", 0.9)])
    assert folder.copies_of("a") == (("b.pdf", "b", "bản quét lại"),)
    assert folder.copies_of("c") == ()
    shown = reader_page(FakeEngine().document("ke-hoach/12"), {}, Around(copies=folder.copies_of("a")))
    assert '(bản quét lại): <a href="./?vb=b">b.pdf</a>' in shown


def test_the_list_tells_failures_and_is_inert() -> None:
    engine = FakeEngine()
    bad = KnownFile("<img>.pdf", "x", "", "hỏng <b>", "Hãy xin lại tệp")
    shown = shelf_page(engine, Folder([bad]), Asked.of(""))
    assert "<strong>&#60;img&#62;.pdf</strong>: hỏng &#60;b&#62;." in shown
    assert "Hãy xin lại tệp." in shown
    assert "<b>" not in shown
    assert "2 văn bản" in shown
    assert "1 trong 2 văn bản" in shelf_page(engine, Folder(), Asked.of("q=thi+dua+12"))
    assert "Không có văn bản nào như đã chọn" in shelf_page(engine, Folder(), Asked.of("q=khong-co"))


def test_a_long_filter_can_be_narrowed_by_typing() -> None:
    documents = [
        make_document(f"d{n}", "x", Letterhead(type="Kế hoạch", issuer=f"Công đoàn số {n}"))
        for n in range(40)
    ]
    cards = cards_of(FakeEngine(documents))
    html = facets_html(cards.values(), Asked({}))
    assert "<summary>Thêm 32</summary>" in html
    assert html.count('class="thu-gon"') == 1
    assert 'aria-label="Tìm trong: cơ quan ban hành"' in html
    few = dict(list(cards.items())[:20])
    assert "thu-gon" not in facets_html(few.values(), Asked({}))
