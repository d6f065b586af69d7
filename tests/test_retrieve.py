"""The first look: what is read as one, how candidates are ordered, and what the question's text becomes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from corpus.words.colloquial import Colloquial
from corpus.words.glossary import Glossary
from index.bundle import Bundle
from index.rows import Passages
from search.asking.matching import subject_text
from search.fusion import weighted_sum
from search.query import understand
from search.ranking.kin import kinship
from search.ranking.told import READ_AS_ONE, WHOLE, rows_around
from search.retrieve import Retriever, SearchOptions, sparse_terms
from tests.fakes import HashEncoder, make_document

GLOSSARY = Glossary.shipped()
POINT = "Công đoàn cơ sở thu kinh phí của đoàn viên đúng hạn và báo cáo kết quả. "
FIRST = "\n".join(f"{n}. {POINT * 2}" for n in range(1, 30))
SECOND = "1. Mưa to ở nhiều nơi.\n2. Kinh phí tham quan do đoàn viên đóng."


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    root: Path = tmp_path_factory.mktemp("two")
    Bundle.build(root, [make_document("a", FIRST), make_document("b", SECOND)], HashEncoder())
    return Bundle.open(root, HashEncoder())


def retriever(bundle: Bundle, **options: int) -> Retriever:
    return Retriever(bundle, GLOSSARY, Colloquial.shipped(), SearchOptions(**options))


@pytest.mark.parametrize("enough", [READ_AS_ONE, WHOLE])
def test_what_is_read_together_is_long_enough_and_of_one_document(bundle: Bundle, enough: int) -> None:
    for row in range(len(bundle.passages)):
        read = rows_around(bundle.passages, row, enough)
        document = bundle.passages.document_rows(row)
        lengths = [len(bundle.passages.body(r).keys) for r in read]
        assert lengths == [bundle.passages.length(r) for r in read]
        assert row in read
        assert set(read) <= set(document)
        assert sum(lengths) >= enough or len(read) == len(document)
        # No longer than it must be: without its farthest passage it would be too short.
        assert len(read) == 1 or min(sum(lengths[1:]), sum(lengths[:-1])) < enough


class Even:
    """Passages 10 to 29 are one document; each has 40 syllables."""

    def document_rows(self, row: int) -> range:
        return range(10, 30)

    def length(self, row: int) -> int:
        return 40


@pytest.mark.parametrize(
    ("row", "read"),
    [
        pytest.param(20, range(19, 23), id="in the middle"),
        pytest.param(10, range(10, 14), id="at the beginning"),
        pytest.param(28, range(26, 30), id="near the end"),
    ],
)
def test_a_row_stands_in_the_middle_of_what_is_read(row: int, read: range) -> None:
    assert rows_around(cast(Passages, Even()), row, 150) == read


def test_the_shorter_stretch_stands_within_the_longer() -> None:
    for row in range(10, 30):
        short, long = (rows_around(cast(Passages, Even()), row, enough) for enough in (READ_AS_ONE, WHOLE))
        assert set(short) < set(long)


def test_nearness_is_that_of_the_passage_of_what_is_read_with_it_and_of_the_whole(bundle: Bundle) -> None:
    question = understand("Kinh phí tham quan do ai đóng?")
    found = retriever(bundle).first_look(question)
    vector = bundle.encoder.encode_queries([question.search_text])[0]
    told = dict(zip(found.rows, found.told, strict=True))
    row = bundle.rows_of("a")[0]
    stretches = (range(row, row + 1), *(rows_around(bundle.passages, row, n) for n in (READ_AS_ONE, WHOLE)))
    assert len(stretches[2]) > len(stretches[0])
    expected = []
    for rows in stretches:
        total = bundle.vectors_of(rows).sum(axis=0)
        expected.append(float(total @ vector / np.linalg.norm(total)))
    seen = told[row]
    assert [seen.cosine, seen.cosine_read, seen.cosine_whole] == pytest.approx(expected, abs=1e-5)


def test_candidates_know_how_near_they_lie_to_those_both_lanes_put_first(bundle: Bundle) -> None:
    question = understand("Kinh phí tham quan do ai đóng?")
    looking = retriever(bundle, weighed=5)
    best = looking.first_look(question).rows
    kept = next(row for row in range(len(bundle.passages)) if row not in best)
    found = looking.first_look(question, kept=[kept])
    vector = bundle.encoder.encode_queries([question.search_text])[0]
    terms = sparse_terms(question, GLOSSARY, Colloquial.shipped())
    fused = weighted_sum(dict(bundle.sparse(terms, 100)), dict(bundle.dense(vector, 100)), 0.4)
    scores = [*(score for _, score in fused[:5]), 0.0]
    assert found.rows == [*(row for row, _ in fused[:5]), kept]
    near = kinship(bundle.vectors_of(found.rows), scores)
    assert [told.kin for told in found.told] == pytest.approx(near.tolist(), abs=1e-6)
    assert len(set(np.round(near, 3))) > 1


def test_vectors_and_words_are_those_of_the_row(bundle: Bundle) -> None:
    encoder = HashEncoder()
    rows = [2, 0]
    expected = encoder.encode_passages([bundle.passages[row].text for row in rows])
    np.testing.assert_allclose(bundle.vectors_of(rows), expected, atol=1e-6)


def test_candidates_come_best_first_and_no_more_than_are_looked_at(bundle: Bundle) -> None:
    lanes = retriever(bundle, looked_at=3, foremost=0).retrieve(understand("Kinh phí tham quan do ai đóng?"))
    assert len(lanes) == 3
    assert bundle.passages[lanes[0].row].doc_id == "b"
    assert [lane.learned for lane in lanes] == sorted((lane.learned for lane in lanes), reverse=True)
    assert lanes[0].learned == 1.0
    assert all(0 <= lane.relevance <= 1 for lane in lanes)
    vector = bundle.encoder.encode_queries(["Kinh phí tham quan do ai đóng?"])[0]
    assert lanes[0].cosine == pytest.approx(float(bundle.vectors_of([lanes[0].row])[0] @ vector), abs=1e-5)


def test_more_are_looked_at_where_more_are_wanted_or_a_year_is_named(bundle: Bundle) -> None:
    question = "Kinh phí tham quan do ai đóng?"
    found = retriever(bundle, looked_at=2, foremost=0)
    assert len(found.retrieve(understand(question), least=4)) == 4
    assert len(found.retrieve(understand(question))) == 2
    assert len(found.retrieve(understand("Kinh phí tham quan năm 2021 do ai đóng?"))) == len(bundle.passages)


def test_the_best_of_both_lanes_are_looked_at_whatever_the_learned_score_says(bundle: Bundle) -> None:
    question = understand("Kinh phí tham quan do ai đóng?")
    found = retriever(bundle, looked_at=1, foremost=5)
    first = found.first_look(question).rows[:5]
    assert set(first) <= {lane.row for lane in found.retrieve(question)}


def test_named_documents_are_always_looked_at(bundle: Bundle) -> None:
    named = list(bundle.rows_of("a"))[-2:]
    lanes = retriever(bundle, looked_at=1, foremost=0).retrieve(understand("mưa to"), named=lambda _: named)
    assert set(named) <= {lane.row for lane in lanes}


def test_nothing_is_found_where_nothing_is_allowed(bundle: Bundle) -> None:
    assert retriever(bundle).retrieve(understand("kinh phí"), frozenset()) == []


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Chỉ tiêu phát triển đoàn viên năm 2021?", "chỉ tiêu phát triển đoàn viên năm"),
        ("Kế hoạch 12/KH-LĐLĐ nói gì về bữa ăn ca?", "kế hoạch nói gì về bữa ăn ca"),
        ("CĐCS thu kinh phí thế nào?", "công đoàn cơ sở thu kinh phí thế nào"),
        ("Năm 2021?", "Năm 2021?"),  # nothing else is left
    ],
)
def test_what_has_a_sign_of_its_own_is_no_subject(question: str, subject: str) -> None:
    assert subject_text(understand(question), GLOSSARY) == subject
