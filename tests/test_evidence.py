"""What passages say of a question, as arrays: the same as their words, counted line by line, say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.passages import split_document
from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.records import Document
from corpus.structure.units import sentences_of
from corpus.text import fold
from corpus.words.abbreviated import with_abbreviations, words_of_abbreviation, write_out
from corpus.words.glossary import Entry, Glossary
from corpus.words.tokens import syllables
from index.linestore import BODY, HEAD
from search.asking.matching import FOLDED_CREDIT, SPOKEN_CREDIT, Term, Terms, Words
from search.ranking.evidence import Said
from tests.views import views_of

GLOSSARY = Glossary(
    [Entry("CĐCS", "công đoàn cơ sở"), Entry("NLĐ", "người lao động"), Entry("QC", "quy chế")]
)
TEXT = """KẾ HOẠCH
Chăm lo đời sống người lao động

I. MỤC TIÊU

1. Nhiệm vụ của CĐCS

Các CĐCS phối hợp chăm lo đời sống NLĐ. Đã giúp 1.500 người, trong đó nữ 30 %; hỗ trợ nhà ở lao động.

Chi tieu den nam 2025:

- Ban hành QC phối hợp; ký thỏa ước lao động tập thể.

- Xây dựng công đoàn vững mạnh.

| Chỉ tiêu | Năm 2023 |
|---|---|
| Đoàn viên mới | 350 |
"""
_WORDS = st.sampled_from(
    "công đoàn cơ sở người lao động quy chế phối hợp chi tieu đời sống đoi song CĐCS NLĐ LDLD 2025 1.500 vlên"
    " nhà ở . , - / ; ( )".split()
)
LINES = st.lists(_WORDS, max_size=25).map(" ".join)


def document() -> Document:
    return document_from(ReadText(TEXT), "d", "d.txt")


@settings(deadline=None)
@given(LINES, st.sampled_from(["", "/", "-", "_", "."]))
def test_abbreviations_kept_and_then_written_out_are_the_words_of_the_line_written_out(
    line: str, glue: str
) -> None:
    line = line.replace(" - ", glue)
    kept = with_abbreviations(line)
    read = [
        s for word in kept for s in (words_of_abbreviation(word, GLOSSARY) if word[0].isupper() else [word])
    ]
    assert read == syllables(write_out(line, GLOSSARY))


def oracle(terms: Terms, layers: list[tuple[str, float]]) -> float:
    """The share of the terms that lines say, each line with its credit, counted word by word."""
    credits = [0.0] * len(terms.terms)
    for line, credit in layers:
        words = Words.of_line(line, GLOSSARY)
        for i, term in enumerate(terms.terms):
            if term.folded in words.folded:
                credits[i] = max(credits[i], credit * (FOLDED_CREDIT if terms.marked else 1.0))
            if any(key in words.exact for key in (term.exact, *term.forms)):
                credits[i] = max(credits[i], credit)
        for places, official in terms.spoken:
            for i in places if official <= words.folded else ():
                credits[i] = max(credits[i], credit * SPOKEN_CREDIT)
    return sum(t.weight * c for t, c in zip(terms.terms, credits, strict=True)) / terms.total


def terms_of(question: str, *, marked: bool, spoken: bool) -> Terms:
    single = list(dict.fromkeys(syllables(question)))
    keys = dict.fromkeys([*single, *(f"{a}_{b}" for a, b in pairwise(single))])
    terms = [
        Term(key, fold(key), 0.5 + n % 3, forms=(f"{key}x",) if n else ("vững", "ban_hành"))
        for n, key in enumerate(keys)
    ]
    said = [(frozenset(single[:2]), frozenset({"cong_doan", "doan_co"}))] if spoken else []
    return Terms(terms, marked=marked, spoken=said)


@pytest.mark.parametrize("run_on", [False, True])
@settings(deadline=None, max_examples=40)
@given(question=LINES.filter(lambda line: bool(syllables(line))), marked=st.booleans(), spoken=st.booleans())
def test_arrays_say_what_words_say(run_on: bool, question: str, marked: bool, spoken: bool) -> None:
    whole, terms = document(), terms_of(question, marked=marked, spoken=spoken)
    passages = split_document(whole)
    said = Said(terms, views_of(whole, passages, GLOSSARY))
    title = " ".join(filter(None, (whole.letterhead.type, whole.letterhead.title, whole.letterhead.issuer)))
    for n, (passage, found) in enumerate(zip(passages, said.passages(), strict=True)):
        body, head = Words.of(passage.text, GLOSSARY), " ".join(passage.heading)
        assert body.exact  # nothing below is compared with nothing
        assert found == pytest.approx(oracle(terms, [(passage.text, 1.0), (head, 0.7), (title, 0.5)]))
        sentences = sentences_of(whole, passage)
        for sentence, share in zip(sentences, said.units(n, run_on), strict=True):
            layers = [(sentence.line.text, 1.0), (sentence.lead.text, 0.8), (head, 0.6), (title, 0.4)]
            if run_on and sentence.before is not None:
                layers.append((sentences[sentence.before].line.text, 0.7))
            assert share == pytest.approx(oracle(terms, layers))


def test_units_read_as_their_sentences_do() -> None:
    whole = document()
    passages = split_document(whole)
    leads: list[str] = []
    rows: list[str] = []
    for passage, view in zip(passages, views_of(whole, passages, GLOSSARY), strict=True):
        for unit, sentence in zip(view.units, sentences_of(whole, passage), strict=True):
            assert (unit.start, unit.end, unit.text) == (
                sentence.line.start, sentence.line.end, sentence.line.text,
            )  # fmt: skip
            assert (unit.lead, unit.naming) == (sentence.lead.text, sentence.naming)
            assert unit.length == len(unit.text)
            leads += [unit.lead]
            rows += [unit.text] if sentence.line.row else []
    assert "Chi tieu den nam 2025:" in leads
    assert rows == ["Chỉ tiêu: Đoàn viên mới; Năm 2023: 350"]


def test_a_view_tells_the_words_of_its_lines_without_diacritics() -> None:
    whole = document()
    passages = split_document(whole)
    for passage, view in zip(passages, views_of(whole, passages, GLOSSARY), strict=True):
        assert view.folded((BODY,)) == Words.of(passage.text, GLOSSARY).folded
        head = Words.of(" ".join(passage.heading), GLOSSARY).folded
        assert view.folded((BODY, HEAD)) == view.folded((BODY,)) | head
        for unit in view.units:
            assert view.folded((unit.line,)) == Words.of_line(unit.text, GLOSSARY).folded
            assert view.folded((unit.lead_line,)) == Words.of_line(unit.lead, GLOSSARY).folded


def test_what_single_lines_say_is_told_too() -> None:
    whole, terms = document(), terms_of("công đoàn cơ sở phối hợp", marked=True, spoken=False)
    passages = split_document(whole)
    said = Said(terms, views_of(whole, passages, GLOSSARY))
    for n, passage in enumerate(passages):
        words = Words.of(passage.text, GLOSSARY)
        assert said.share(n, BODY) == pytest.approx(terms.coverage(words))
        assert said.credits(n, (BODY,)) == terms.credits(words)
        both = [max(pair) for pair in zip(said.credits(n, (BODY,)), said.credits(n, (HEAD,)), strict=True)]
        assert said.credits(n, (BODY, HEAD)) == both


def test_a_question_without_terms_is_said_by_nothing() -> None:
    whole = document()
    said = Said(Terms((), marked=True), views_of(whole, split_document(whole), GLOSSARY))
    assert set(said.passages()) == {0.0}
    assert set(said.units(0)) == {0.0}
    assert Said(Terms((), marked=True), []).passages() == []
