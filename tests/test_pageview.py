"""A page of a PDF original: the picture, where its words stand, the passage marked on it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageStat

from corpus.errors import DocumentError
from corpus.readers import isolation
from corpus.readers.isolation import Limits
from corpus.readers.pdfpage import DrawnPage, Word, draw_page
from corpus.records import Document
from tests.browsing import Visit
from tests.make_pages import _stream, pdf, scan, write_pdf
from ui.frame import Asked
from ui.reading.pageview import page_link, page_view
from ui.reading.pageview_routes import Drawings
from ui.reading.placing import boxes_of

LINES = [(72, 720, "Hỗ trợ 500 đoàn viên khó khăn"), (72, 690, "Hỗ trợ 700 đoàn viên khó khăn")]


@pytest.fixture(autouse=True, scope="module")
def _no_child_is_left() -> Iterator[None]:
    yield
    isolation.DRAWERS.close()


def printed(*texts: str) -> list[Word]:
    """Words on one line each, a tenth of the page apart."""
    return [
        Word(word, n / 20, line / 10, n / 20 + 0.04, line / 10 + 0.05)
        for line, text in enumerate(texts)
        for n, word in enumerate(text.split())
    ]


def darkness(png: bytes, word: Word) -> float:
    """How dark the picture is inside a word's box: 0 white, 255 black."""
    picture = Image.open(io.BytesIO(png)).convert("L")
    left, right = round(word.left * picture.width), round(word.right * picture.width)
    top, bottom = round(word.top * picture.height), round(word.bottom * picture.height)
    return 255 - ImageStat.Stat(picture.crop((left, top, right, bottom))).mean[0]


def test_a_page_is_drawn_with_the_places_of_its_words(tmp_path: Path) -> None:
    drawn = draw_page(pdf(tmp_path / "a.pdf", [[(72, 720, "khác")], LINES]), 2)
    assert [word.text for word in drawn.words] == " ".join(t for *_, t in LINES).split()
    assert drawn.n_pages == 2
    assert (drawn.width, drawn.height) == struct.unpack(">II", drawn.png[16:24])
    assert drawn.width == pytest.approx(1600, abs=1)
    first, second = drawn.words[2], drawn.words[9]  # "500" and below it "700"
    assert first.left == pytest.approx(second.left, abs=0.001)
    assert second.top - first.top == pytest.approx(30 / 842, abs=0.001)
    assert 72 / 595 < first.left < first.right < 1
    assert 1 - (720 + 20) / 842 < first.top < 1 - 720 / 842 < first.bottom + 0.01


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_turned_and_cropped_has_its_words_where_they_are_drawn(
    tmp_path: Path, turn: int
) -> None:
    """The oracle is the picture: the word's box is dark, its mirror image on the empty side is white."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /CropBox [50 100 550 700] /Rotate %d"
        b" /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>" % turn,
        _stream(b"BT /F1 40 Tf 90 640 Td (MMMMMM) Tj ET"),
    ]
    drawn = draw_page(write_pdf(tmp_path / "a.pdf", objects), 1)
    (word,) = drawn.words
    opposite = Word("", 1 - word.right, 1 - word.bottom, 1 - word.left, 1 - word.top)
    assert darkness(drawn.png, word) > 60
    assert darkness(drawn.png, opposite) == 0


def test_a_scan_has_a_picture_and_no_words(tmp_path: Path) -> None:
    pictures = scan(pdf(tmp_path / "a.pdf", [LINES]), dpi=50)
    pictures[0].save(tmp_path / "scan.pdf", resolution=50)
    drawn = draw_page(tmp_path / "scan.pdf", 1)
    assert drawn.words == ()
    assert drawn.width == pytest.approx(1600, abs=1)


@pytest.mark.parametrize(
    ("make", "number", "reason"),
    [
        pytest.param(lambda p: pdf(p, [LINES]), 2, "không có trang 2, tệp có 1 trang", id="no-such-page"),
        pytest.param(lambda p: p.write_bytes(b"%PDF-1.7 cut"), 1, "tệp PDF hỏng", id="damaged"),
    ],
)
def test_what_cannot_be_drawn_is_told(tmp_path: Path, make: Any, number: int, reason: str) -> None:
    make(tmp_path / "a.pdf")
    with pytest.raises(DocumentError, match=reason):
        draw_page(tmp_path / "a.pdf", number)


def test_a_huge_page_is_drawn_small(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 14000] >>",
    ]
    drawn = draw_page(write_pdf(tmp_path / "a.pdf", objects), 1)
    assert drawn.width * drawn.height <= 12_100_000


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(tmp_path / "a.pdf", [LINES])
    monkeypatch.setattr("corpus.readers.pdfpage._LIMITS", Limits(seconds=0.0, seconds_in_all=0.0))
    with pytest.raises(DocumentError, match=r"quá lâu|dừng đột ngột"):
        draw_page(path, 1)


def test_words_that_stand_there_twice_are_marked_at_the_right_place() -> None:
    read = "Hỗ trợ 500 đoàn viên khó khăn\nHỗ trợ 700 đoàn viên khó khăn"
    at = read.index("đoàn viên", 30)
    (box,) = boxes_of(read, at, at + 9, printed(*read.split("\n")))
    assert (box.left, box.top) == (3 / 20, 1 / 10)
    assert box.right == pytest.approx(4 / 20 + 0.04)


def test_a_passage_over_two_lines_has_a_box_on_each() -> None:
    words = printed("Hỗ trợ 500 đoàn viên", "khó khăn trong năm")
    boxes = boxes_of("Hỗ trợ 500 đoàn viên khó khăn trong năm", 11, 29, words)
    assert [(b.left, b.top) for b in boxes] == [(0.15, 0.0), (0.0, 0.1)]


def test_mended_letters_and_moved_notes_do_not_move_the_marks() -> None:
    words = printed("Phần đầu hỗ trợ 500 đoàn viên 1 khó khăn", "1 Theo báo cáo")
    read = "Phấn đấu hỗ trợ 500 đoàn viên<sup>1</sup> khó khăn"
    boxes = boxes_of(read, read.index("500"), len(read), words)
    assert boxes[0].left == 4 / 20
    assert boxes[-1].right == pytest.approx(9 / 20 + 0.04)


@pytest.mark.parametrize("text", ["hoàn toàn là chữ khác hẳn", ""])
def test_a_place_that_is_not_known_is_not_guessed(text: str) -> None:
    assert boxes_of(text, 0, len(text), printed("Hỗ trợ 500 đoàn viên")) == ()
    assert boxes_of("Hỗ trợ", 0, 6, ()) == ()


@given(st.lists(st.sampled_from("hỗ trợ 500 đoàn viên năm".split()), min_size=1, max_size=30), st.data())
def test_a_page_read_as_printed_has_every_word_marked(words: list[str], data: st.DataObject) -> None:
    read = " ".join(words)
    start = data.draw(st.integers(0, len(read) - 1))
    end = data.draw(st.integers(start + 1, len(read)))
    line = [Word(word, n / 40, 0.1, n / 40 + 0.02, 0.2) for n, word in enumerate(words)]
    boxes = boxes_of(read, start, end, line)
    covered = [w for w in line if any(b.left <= w.left and w.right <= b.right for b in boxes)]
    at, wanted = 0, []
    for word in line:
        if at < end and start < at + len(word.text):
            wanted.append(word)
        at += len(word.text) + 1
    assert covered == wanted


def test_the_latest_pages_are_kept_and_a_changed_file_is_drawn_anew(tmp_path: Path) -> None:
    drawn: list[int] = []

    def draw(path: Path, number: int) -> DrawnPage:
        drawn.append(number)
        return DrawnPage(b"x" * 10_000_000, 1, 1, 9, ())

    path = tmp_path / "a.pdf"
    path.write_bytes(b"1")
    drawings = Drawings(draw)
    for number in (1, 1, 2, 1, 3, 2):  # the third sends the one not looked at for longest away
        drawings.page(path, number)
    assert drawn == [1, 2, 3, 2]
    path.write_bytes(b"22")
    drawings.page(path, 2)
    assert drawn[-1] == 2
    assert len(drawn) == 5


def page_of(number: int, **fields: str) -> str:
    text = "Trang một nói việc này.\nTrang hai nói việc khác."
    document = Document("a/b", "b.pdf", text, page_starts=(0, 24))
    words = () if fields.pop("scan", "") else tuple(printed(text.split("\n")[number - 1]))
    drawn = DrawnPage(b"", 1600, 2263, 2, words)
    return page_view(document, drawn, number, Asked({name: [value] for name, value in fields.items()}))


def test_the_page_marks_the_passage_or_says_where_it_is() -> None:
    assert page_of(2, tu="34", den="41").count('class="to-chu"') == 1
    assert "<mark>nói việ</mark>" in page_of(2, tu="34", den="41")
    assert 'Đoạn cần xem ở <a href="./trang-goc?vb=a%2Fb&amp;trang=2' in page_of(1, tu="34", den="41")
    unplaced = page_of(2, tu="34", den="41", scan="1")
    assert "Trang này là ảnh quét" in unplaced
    assert 'class="chu-trang" open' in unplaced
    assert "luu-y" not in page_of(1)


def test_the_ways_keep_the_passage_and_the_size() -> None:
    html = page_of(1, tu="34", den="41", co="140")
    assert 'href="./trang-goc?vb=a%2Fb&amp;trang=2&amp;tu=34&amp;den=41&amp;co=150"' in html
    assert html.count('class="nut tat"') == 1  # no page before the first
    assert page_link("a", 3) == "./trang-goc?vb=a&amp;trang=3"


@pytest.mark.browser
def test_a_passage_is_seen_on_the_original_by_mouse_and_keyboard(visit: Visit) -> None:
    visit.open("/tra-cuu?q=tủ sách công nhân")
    visit.page.locator(".viec a[href*='vb=hai-trang']", has_text="Mở tại đoạn này").first.click()
    visit.page.locator("a", has_text="Xem trên bản gốc").click()
    visit.page.locator(".to-chu").first.wait_for()
    picture = visit.page.locator(".khung-trang img")
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") == pytest.approx(1600, abs=1)
    mark, sheet = visit.page.locator(".to-chu").first.bounding_box(), picture.bounding_box()
    assert sheet["y"] < mark["y"] < sheet["y"] + sheet["height"] / 4  # the line is near the top
    visit.page.keyboard.press("+")
    visit.page.wait_for_url("**co=125")
    visit.page.locator(".to-chu").first.wait_for()
    visit.page.keyboard.press("ArrowRight")  # where the passage goes on
    visit.page.wait_for_url("**trang=2&**")
    visit.page.locator(".to-chu").first.wait_for()
    assert visit.page.locator(".chu-trang mark").text_content() == "Trang này nói về tủ sách công nhân."
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(wide) <= 0
    with visit.page.expect_download() as saved:
        visit.page.locator("a", has_text="Tải bản gốc").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.browser
def test_a_page_that_is_not_there_is_told_in_words(desk_visit: Visit) -> None:
    desk_visit.page.goto(f"{desk_visit.address}/trang-goc?vb=hai-trang&trang=9")
    assert "không có trang 9, tệp có 2 trang" in desk_visit.page.locator("main").inner_text()
    desk_visit.page.goto(f"{desk_visit.address}/trang-goc?vb=ke-hoach-234-2021-lai-chau")
    assert "không phải PDF" in desk_visit.page.locator("main").inner_text()
    desk_visit.complaints.clear()  # the browser's own word for 404
