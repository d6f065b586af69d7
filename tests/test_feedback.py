"""What staff say of answers is kept whatever happens, and becomes questions that `search.evaluate` reads."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Document, Passage, Section
from index.files import lock
from search.__main__ import main
from search.evaluate import answer_is_right, relevance
from search.following.feedback import Feedback, FeedbackError, Judgement, Place, export_lines, gold_from
from search.following.feedbackbook import FeedbackBook
from search.hits import Answer, Hit, Quotation, Result

TEXT = "Năm 2021 giới thiệu 780 đoàn viên\nưu tú cho Đảng."
PLACE = Place("kh-12", "II.1", TEXT)


def result(question: str = "bao nhiêu đoàn viên ưu tú?") -> Result:
    cited = Quotation("kh-12", "12/KH", None, "II.1", None, TEXT[:33], 0, 33, "Kế hoạch 12/KH, mục II.1")
    hit = Hit(Passage("kh-12", 0, 0, len(TEXT), TEXT, "II.1"), 1.0)
    return Result(
        question, Answer("**780** đoàn viên", False, (cited,)), (hit,) * 10, understood=("năm 2021",)
    )


def said(id_: str = "a1", *, good: bool = False, note: str = "nên là 800") -> Feedback:
    return Feedback.on(id_, result(), good=good, reasons=["thieu", "so-lieu", "lạ"], note=note)


@pytest.fixture
def book(tmp_path: Path) -> FeedbackBook:
    return FeedbackBook.beside(tmp_path / "index")


def test_what_is_said_is_read_again_by_another_program(book: FeedbackBook) -> None:
    book.give(said())
    again = FeedbackBook(book.folder).entries()
    assert again == (said_as(again[0].given),)
    assert again[0].reasons == ("so-lieu", "thieu")  # in the order people see them; unknown ones left out
    assert len(again[0].found) == 6
    assert again[0].sources[0].source == "Kế hoạch 12/KH, mục II.1"


def said_as(given_at: str) -> Feedback:
    return replace(said(), given=given_at)


def test_nothing_is_created_before_somebody_says_something(book: FeedbackBook) -> None:
    assert book.entries() == ()
    assert not book.folder.exists()


def test_the_latest_comes_first_and_a_second_word_on_an_answer_replaces_the_first(book: FeedbackBook) -> None:
    for id_ in ("a", "b"):
        book.give(said(id_))
    book.judge("a", "dismissed")
    book.give(said("a", good=True, note=""))
    assert [(e.id, e.good, e.state) for e in book.entries()] == [("a", True, "open"), ("b", False, "open")]
    assert book.entries()[0].reasons == ()  # what is right needs no reasons


def test_a_judgement_survives_and_can_be_taken_back(book: FeedbackBook) -> None:
    book.give(said())
    judgement = Judgement("Năm 2021 giới thiệu bao nhiêu đoàn viên ưu tú?", (PLACE,), ("780",))
    book.judge("a1", "accepted", judgement)
    assert FeedbackBook(book.folder).entries()[0].judgement == judgement
    book.judge("a1", "open")
    assert book.entries()[0].judgement is None
    assert export_lines(book.entries()) == ""
    with pytest.raises(FeedbackError, match="không còn trong sổ"):
        book.judge("other", "dismissed")


@pytest.mark.parametrize("cut", range(2, 120, 39))
def test_a_line_cut_by_a_power_failure_loses_itself_alone(book: FeedbackBook, cut: int) -> None:
    book.give(said("a"))
    book.give(said("b"))
    whole = book.path.read_bytes()
    book.path.write_bytes(whole[:-cut])
    assert [e.id for e in FeedbackBook(book.folder).entries()] == ["a"]
    assert FeedbackBook(book.folder).damaged == 1
    book.give(said("c"))  # begins a line of its own
    assert [e.id for e in book.entries()] == ["c", "a"]
    assert whole[:-cut] in book.path.read_bytes()


def test_a_line_that_was_changed_is_passed_over(book: FeedbackBook) -> None:
    book.give(said())
    book.path.write_bytes(book.path.read_bytes().replace(b"780", b"870"))
    assert book.entries() == ()
    assert book.damaged == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=6), st.data())
def test_what_was_written_before_a_cut_is_always_there(
    tmp_path_factory: pytest.TempPathFactory, ids: list[str], data: st.DataObject
) -> None:
    book = FeedbackBook(tmp_path_factory.mktemp("book"))
    sizes = [0]
    for id_ in ids:
        book.give(said(id_))
        sizes.append(book.path.stat().st_size)
    cut = data.draw(st.integers(sizes[1] // 2, sizes[-1]))
    if cut >= book.path.read_bytes().index(b"\n"):
        book.path.write_bytes(book.path.read_bytes()[:cut])
        n_whole = sum(size <= cut for size in sizes[1:])
        assert {e.id for e in FeedbackBook(book.folder).entries()} >= set(ids[:n_whole])


def test_deleting_removes_every_word_and_nothing_else(book: FeedbackBook) -> None:
    book.give(said("a", note="bí mật"))
    book.judge("a", "accepted", Judgement("câu hỏi khác", (PLACE,)))
    book.give(said("b"))
    before = book.path.read_bytes().splitlines()
    book.delete("a")
    assert book.path.read_bytes().splitlines() == [before[0], before[3]]
    assert [e.id for e in book.entries()] == ["b"]


def test_many_at_once_lose_nothing(book: FeedbackBook) -> None:
    books = [FeedbackBook(book.folder) for _ in range(3)]  # as three programs would
    threads = [
        threading.Thread(target=lambda b=b, i=i: [b.give(said(f"{i}-{n}")) for n in range(5)])
        for i, b in enumerate(books)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(book.entries()) == 15
    assert book.damaged == 0


def test_a_full_book_says_so_and_keeps_what_it_has(book: FeedbackBook) -> None:
    book.give(said("a", note="x" * 400))
    book.most_bytes = book.path.stat().st_size + 100
    with pytest.raises(FeedbackError, match=r"đã đầy.*xóa bớt"):
        book.give(said("b"))
    assert [e.id for e in FeedbackBook(book.folder).entries()] == ["a"]


def test_a_book_of_another_version_is_neither_read_nor_written(book: FeedbackBook) -> None:
    book.folder.mkdir(parents=True)
    book.path.write_text('{"feedback": 99}\n')
    for use in (book.entries, lambda: book.give(said()), lambda: book.delete("a")):
        with pytest.raises(FeedbackError, match="không phải sổ góp ý phiên bản 1"):
            use()
    assert book.path.read_text() == '{"feedback": 99}\n'


def test_a_busy_book_says_so(book: FeedbackBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.following.feedbackbook._PATIENCE_S", 0.1)
    with lock(book.folder), pytest.raises(FeedbackError, match="đang bận"):
        book.give(said())


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "index.feedback").write_text("a file, where a folder should be")
    with pytest.raises(FeedbackError, match="Không ghi được góp ý"):
        FeedbackBook.beside(tmp_path / "index").give(said())


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        pytest.param(lambda: said(note="x" * 501), "501 ký tự", id="a-long-note"),
        pytest.param(lambda: Judgement(" "), "từ 1 đến 2000", id="no-question"),
        pytest.param(lambda: Judgement("x", (PLACE,) * 21), "nhiều nhất 20", id="too-much-gold"),
        pytest.param(
            lambda: gold_from([PLACE], "không có ở đây"), "không có nguyên văn", id="words-not-there"
        ),
    ],
)
def test_what_cannot_be_kept_is_told(make: Callable[[], object], problem: str) -> None:
    with pytest.raises(FeedbackError, match=problem):
        make()


def test_words_chosen_out_of_a_passage_are_its_own() -> None:
    assert gold_from([PLACE], "780 đoàn viên ưu tú")[0].quote == "780 đoàn viên\nưu tú"
    assert gold_from([PLACE], " ") == (PLACE,)


def test_an_accepted_one_is_a_question_that_evaluation_takes(book: FeedbackBook) -> None:
    book.give(said("a"))
    book.give(said("b"))
    book.judge("a", "accepted", Judgement("bao nhiêu đoàn viên ưu tú?", (PLACE,), ("780",)))
    book.judge("b", "accepted", Judgement("kho có nói giá vàng không?"))
    missing, found = map(json.loads, export_lines(book.entries()).splitlines())
    assert missing["gold"] == []
    assert missing["kind"] == "unanswerable"
    assert found == {
        "id": "gop-y-a",
        "question": "bao nhiêu đoàn viên ưu tú?",
        "kind": "feedback",
        "gold": [{"doc": "kh-12", "quote": TEXT, "section": "II.1"}],
        "answer": ["780"],
    }
    assert relevance(found, result()) == [1] * 10
    assert answer_is_right(found, result().answer)


def test_the_command_lists_and_exports(
    book: FeedbackBook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index_dir = ["--index-dir", str(tmp_path / "index")]
    out = tmp_path / "judged.jsonl"
    book.give(said())
    assert main(["feedback", "--export", str(out), *index_dir]) == 1
    assert "Chưa có góp ý nào được nhận" in capsys.readouterr().err
    book.judge("a1", "accepted", Judgement("bao nhiêu?", (PLACE,)))
    assert main(["feedback", "--export", str(out), *index_dir]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "gop-y-a1"
    assert main(["feedback", *index_dir]) == 0
    assert "[đã nhận] chưa đúng, sai số liệu, còn thiếu “nên là 800”" in capsys.readouterr().out
    assert main(["feedback", "--json", *index_dir]) == 0
    assert json.loads(capsys.readouterr().out)["feedback"][0]["id"] == "a1"


def test_the_places_hold_what_the_library_holds() -> None:
    """The oracle of this file: the quotation of `result` is what stands in the text."""
    document = Document("kh-12", "kh-12.txt", TEXT, sections=(Section("II.1", "", 2, 0, len(TEXT)),))
    quoted = result().answer.citations[0]
    assert document.text[quoted.start : quoted.end] == quoted.quote
