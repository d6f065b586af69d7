"""Rare forms told by the library's own words: what is read as what, what stays, and what finds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.words.colloquial import Colloquial
from corpus.words.glossary import Glossary
from corpus.words.syllables import SyllableCounts
from corpus.words.vocabulary import Vocabulary
from index.bundle import Bundle
from search.asking.matching import Words, question_terms
from search.query import understand
from search.retrieve import sparse_terms
from tests.fakes import HashEncoder

# What an office writes again and again, each often enough to be believed.
USUAL = [
    "Công đoàn tham gia giải quyết tranh chấp lao động tại doanh nghiệp.",
    "Liên đoàn Lao động tỉnh thuộc khối các cơ quan; khối doanh nghiệp có 12 đơn vị.",
    "Chăm lo cho NLĐ, bảo vệ quyền của NLĐ; LĐLĐ huyện báo cáo đúng hạn.",
    "Đoàn viên nói chung, nữ đoàn viên nói riêng, thực hiện quy định của pháp luật.",
    "Kết quả được công khai; phấn đấu hoàn thành kế hoạch.",
]
COUNTS = SyllableCounts.load()


def vocabulary_of(*misread: str) -> Vocabulary:
    return Vocabulary([*USUAL * 12, *misread], known={"NLĐ"}, counts=COUNTS)


def told(line: str) -> list[tuple[str, str]]:
    return [(found.read, found.meant) for found in vocabulary_of(line).misread(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Hòa giải tranh cháp, kiến nghị", [("cháp", "chấp")], id="mark"),
        pytest.param("nữ đoàn viên rói riêng", [("rói", "nói")], id="letter"),
        pytest.param("GIẢI QUYẾT TRANH CHÁP", [("cháp", "chấp")], id="heading"),
        pytest.param("lương của NLD và LĐLD huyện", [("nld", "nlđ"), ("lđld", "lđlđ")], id="bars"),
    ],
)
def test_a_rare_form_beside_a_usual_one_is_told(line: str, expected: list[tuple[str, str]]) -> None:
    assert told(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Cổ phần đấu giá", id="the-other-neighbour-knows-it"),
        pytest.param("Phần đầu của báo cáo", id="good-Vietnamese-as-it-stands"),
        pytest.param("khói thuốc lá trong nhà máy", id="another-word"),
        pytest.param("anh Trần Cháp có ý kiến; họp cùng ông Tranh Cháp", id="names"),
        pytest.param("HD và HĐ, CD, KH, CNVC, ASEAN", id="abbreviations-in-use"),
        pytest.param("model rebar tel, 12 a5", id="foreign"),
        pytest.param(USUAL[0], id="usual"),
    ],
)
def test_what_may_be_meant_as_it_stands_stays(line: str) -> None:
    assert told(line) == []


def test_a_form_as_frequent_as_its_reading_stays() -> None:
    often = Vocabulary([*USUAL * 12, *["tranh cháp lao động"] * 12], counts=COUNTS)
    assert often.misread("tranh cháp lao động") == []
    assert often.forms("tranh_chấp") == ()


def test_forms_are_keys_of_the_lexical_index() -> None:
    vocabulary = vocabulary_of("giải quyết tranh cháp lao động; của NLD")
    assert vocabulary.forms("tranh_chấp") == ("tranh_cháp",)
    assert vocabulary.forms("chấp") == ("cháp",)
    assert vocabulary.forms("nlđ") == ("nld",)
    assert vocabulary.forms("lao") == ()


def test_a_word_also_used_as_it_stands_is_no_form_of_another() -> None:
    vocabulary = vocabulary_of("hòa giải tranh cháp", *["chị Cháp nấu ăn"] * 3)
    assert vocabulary.forms("chấp") == ()
    assert vocabulary.forms("tranh_chấp") == ("tranh_cháp",)


@given(st.lists(st.sampled_from(" ".join([*USUAL, "rói cháp NLD LĐLD phần"]).split()), max_size=12))
def test_only_what_differs_is_told_and_a_reading_is_usual(words: list[str]) -> None:
    vocabulary = vocabulary_of()
    for found in vocabulary.misread(" ".join(words)):
        assert found.read != found.meant
        assert found.read in " ".join(words).lower()
        assert found.meant in " ".join(USUAL).lower()


def test_an_empty_library_tells_nothing() -> None:
    vocabulary = Vocabulary([], counts=COUNTS)
    assert vocabulary.misread("tranh cháp, NLD") == []
    assert vocabulary.forms("chấp") == ()


def test_a_misread_sentence_says_the_question_as_well_as_a_clean_one() -> None:
    vocabulary = vocabulary_of("nữ đoàn viên rói riêng")
    glossary, query = Glossary.shipped(), understand("nữ đoàn viên nói riêng")
    terms = question_terms(query, glossary, lambda _: 1.0, lambda _: True, forms=vocabulary.forms)
    clean_words, misread = (Words.of(f"nữ đoàn viên {w} riêng", glossary) for w in ("nói", "rói"))
    assert terms.coverage(misread) == pytest.approx(terms.coverage(clean_words))
    without = question_terms(query, glossary, lambda _: 1.0, lambda _: True)
    assert without.coverage(misread) < terms.coverage(misread)


def test_the_folded_field_is_asked_once() -> None:
    vocabulary = vocabulary_of("giải quyết tranh cháp lao động", "nữ đoàn viên rói riêng")
    terms = sparse_terms(
        understand("tranh chấp nói riêng"), Glossary.shipped(), Colloquial.shipped(), forms=vocabulary.forms
    )
    asked = [(term.field, term.token) for term in terms]
    assert asked.count(("body_folded", "chap")) == 1  # the key's own; the form folds alike
    assert ("body", "cháp") in asked
    assert ("body_folded", "roi") in asked
    assert len(asked) == len(set(asked))


def test_an_older_segment_is_found_by_what_was_learnt_later(tmp_path: Path) -> None:
    """The misread document is indexed before the library knows better; nothing is indexed anew."""
    encoder = HashEncoder()
    text = "Đợt một\n\nnữ đoàn viên rói riêng dự hội thi"
    old = document_from(ReadText(text), "cũ", "cũ.txt")
    Bundle.build(tmp_path / "ix", [old], encoder)
    bundle = Bundle.open(tmp_path / "ix", encoder)
    assert bundle.document_frequency("body", "nói_riêng") == 0
    assert bundle.document_frequency("body", "rói_riêng") == 1

    def found_by(vocabulary: Vocabulary) -> list[int]:
        terms = sparse_terms(
            understand("nói"), Glossary.shipped(), Colloquial.shipped(), forms=vocabulary.forms
        )
        return [row for row, _ in bundle.sparse(terms, 5, None)]

    assert found_by(Vocabulary([text], counts=COUNTS)) == []
    (row,) = found_by(Vocabulary([text, *USUAL * 4], counts=COUNTS))
    assert "rói riêng" in bundle.passages[row].text  # and is quoted as it was read
