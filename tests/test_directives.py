"""Relations between documents, the graph of them, what is found by topic and number, and the drawing."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.citing.citations import find_citations
from corpus.citing.relations import MAX_QUOTE, relations_of
from corpus.citing.validity import said_before
from corpus.records import Document, Letterhead, Section
from search.__main__ import main
from search.directing import drawing
from search.directing.drawing import draw
from search.directing.graph import DirectiveGraph
from search.directing.lineage import lineage_of
from search.directing.standing import standing_json, standing_of
from search.directing.timeline import timeline_of

if TYPE_CHECKING:
    from search.engine import Engine

LAI_CHAU = "Liên đoàn Lao động tỉnh Lai Châu"
OLD = "Quyết định số 12/QĐ-TLĐ ngày 01/02/2018 của Tổng LĐLĐ Việt Nam"


def read(doc_id: str, text: str, *, section: str = "III", **head: str) -> Document:
    """A document of one section whose citations are found by the program itself."""
    sections = (Section(section, "", 1, 0, len(text)),)
    citations = find_citations(text, sections)
    return Document(doc_id, f"{doc_id}.txt", text, Letterhead(**head), sections, citations)


def said(text: str, section: str = "III") -> list[tuple[str, str, str]]:
    """(kind, source, target) of what a text says; "" for the document itself."""
    document = read("a", text, section=section)
    numbers = [c.number or c.title or "" for c in document.citations] + [""]
    return [(r.kind, numbers[r.source], numbers[r.target]) for r in relations_of(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Quyết định này có hiệu lực từ ngày ký và thay thế {OLD}.", ("replaces", ""), id="this-replaces"
        ),
        pytest.param(f"Bãi bỏ {OLD}.", ("repeals", ""), id="repeals"),
        pytest.param(
            f"Sửa đổi, bổ sung một số điều của Quy định ban hành kèm theo {OLD}.", ("amends", ""), id="amends"
        ),
        pytest.param(f"{OLD} hết hiệu lực kể từ ngày ký.", ("ends", ""), id="ends"),
        pytest.param(f"Đề nghị Ban Thường vụ xem xét, sửa đổi {OLD}.", None, id="only-proposed"),
        pytest.param(f"Tại Kế hoạch này, Ban Thường vụ đề nghị thay thế {OLD}.", None, id="this-proposes"),
        pytest.param(f"Trong năm này, đơn vị thay thế {OLD}.", None, id="not-this-document"),
        pytest.param(f"Khi có văn bản thay thế {OLD}, các cấp thực hiện.", None, id="only-if"),
        pytest.param(
            f"Thực hiện {OLD} và các văn bản sửa đổi, bổ sung, thay thế.", None, id="and-successors"
        ),
        pytest.param(f"{OLD} vẫn còn hiệu lực.", None, id="still-in-force"),
    ],
)
def test_validity_is_read_only_where_the_text_says_so(text: str, expected: tuple[str, str] | None) -> None:
    changes = [(kind, source) for kind, source, target in said(text) if kind not in ("cites", "implements")]
    assert changes == ([expected] if expected else [])


def test_one_mention_may_replace_another() -> None:
    text = "Theo Nghị định 60/2013/NĐ-CP (nay là Nghị định 70/2019/NĐ-CP) của Chính phủ."
    assert ("replaces", "70/2019/NĐ-CP", "60/2013/NĐ-CP") in said(text)
    text = "Nghị định số 70/2019/NĐ-CP của Chính phủ thay thế Nghị định số 60/2013/NĐ-CP."
    assert ("replaces", "70/2019/NĐ-CP", "60/2013/NĐ-CP") in said(text)


def test_a_list_is_replaced_as_a_whole() -> None:
    text = f"Quyết định này thay thế {OLD} và Quyết định số 13/QĐ-TLĐ ngày 02/3/2018."
    assert said(text) == [("replaces", "", "12/QĐ-TLĐ"), ("replaces", "", "13/QĐ-TLĐ")]


@pytest.mark.parametrize(
    ("text", "section", "kind"),
    [
        pytest.param("Căn cứ Nghị quyết số 02-NQ/TW ngày 12/6/2021;", "Mở đầu", "basis", id="căn-cứ"),
        pytest.param("Thực hiện Nghị quyết số 02-NQ/TW,", "Mở đầu", "implements", id="thực-hiện"),
        pytest.param("Các cấp quán triệt tốt Nghị quyết số 02-NQ/TW.", "III", "implements", id="body"),
        pytest.param("Giám sát theo Nghị quyết số 02-NQ/TW.", "III", "cites", id="theo-in-the-body"),
        pytest.param("Thực hiện kế hoạch; tuyên truyền Nghị quyết số 02-NQ/TW.", "III", "cites", id="clause"),
        pytest.param("Thực hiện kế hoạch.\nNghị quyết số 02-NQ/TW nêu rõ.", "III", "cites", id="sentence"),
    ],
)  # fmt: skip
def test_what_a_document_does_with_another(text: str, section: str, kind: str) -> None:
    assert said(text, section) == [(kind, "", "02-NQ/TW")]


def test_a_title_tells_what_the_document_mentioned_carries_out() -> None:
    text = (
        "Thực hiện Chương trình số 15-CTr/TU ngày 05/4/2022 của Tỉnh ủy về triển khai Kết luận số 33-KL/TW "
        "ngày 20/01/2022 của Ban Bí thư."
    )
    assert said(text, "Mở đầu") == [
        ("implements", "", "15-CTr/TU"),
        ("implements", "15-CTr/TU", "33-KL/TW"),
        ("cites", "", "33-KL/TW"),
    ]


def test_a_verb_in_another_title_governs_nothing() -> None:
    text = (
        "Căn cứ Quyết định số 81/QĐ-TLĐ ngày 05/01/2020 của Tổng LĐLĐ Việt Nam về việc giao dự toán thực "
        "hiện phong trào năm 2020 và Chương trình số 30/CTr-TLĐ ngày 20/02/2020 của Tổng LĐLĐ Việt Nam."
    )
    assert [kind for kind, _, _ in said(text, "Mở đầu")] == ["basis", "basis"]


WORDS = st.sampled_from(
    ["Thực hiện ", "Căn cứ ", OLD, "Nghị quyết số 02-NQ/TW", " về việc thực hiện ", "; ", ".\n",
     " thay thế ", " và ", "**", "từ ngữ " * 30, " (nay là ", ") ", " hết hiệu lực", "\n\n", "Luật Công đoàn"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=14))
def test_every_statement_quotes_the_mention_it_is_about(parts: list[str]) -> None:
    document = read("a", "".join(parts))
    for relation in relations_of(document):
        target = document.citations[relation.target]
        assert 0 < relation.end - relation.start <= MAX_QUOTE
        assert relation.start <= target.start < target.end <= relation.end
        assert (
            document.text[relation.start : relation.end].strip()
            == document.text[relation.start : relation.end]
        )
        if relation.source < 0 and relation.kind != "ends":
            continue
    own = [r.target for r in relations_of(document) if r.source < 0 and r.kind != "ends"]
    assert own == list(range(len(document.citations)))  # each mention exactly once


def test_a_long_sentence_is_quoted_around_the_mention() -> None:
    filler = "rất nhiều việc khác nhau, " * 20
    cited = "Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị"
    document = read("a", f"Thực hiện {filler}{cited}, {filler}hết.")
    (relation,) = relations_of(document)
    quote = document.text[relation.start : relation.end]
    assert 200 < len(quote) <= MAX_QUOTE
    assert f"việc khác nhau, {cited}" in quote


def library() -> dict[str, Document]:
    """Four documents: a plan, who carries it out, who mentions it, and one that cannot be told."""
    plan = "Kế hoạch số 56/KH-LĐLĐ ngày 08/9/2020 của LĐLĐ tỉnh Bắc Kạn"
    documents = [
        read(
            "plan", "Thực hiện Nghị quyết số 02-NQ/TW ngày 12/6/2019 của Bộ Chính trị.", section="Mở đầu",
            number="56/KH-LĐLĐ", type="Kế hoạch", issuer="Liên đoàn Lao động tỉnh Bắc Kạn", date="2020-09-08",
        ),
        read(
            "report", f"Triển khai {plan}.", section="Mở đầu", number="9/BC-LĐLĐ", type="Báo cáo",
            issuer="Liên đoàn Lao động tỉnh Bắc Kạn", date="2021-01-02",
        ),
        read("mention", f"Trao đổi kinh nghiệm về {plan}.", issuer=LAI_CHAU, date="2021-03-02"),
        read(
            "unsure", "Nêu Kế hoạch số 56/KH-LĐLĐ.", issuer="Tổng Liên đoàn Lao động Việt Nam",
            date="2022-01-01",
        ),
        read("other", "x", number="56/KH-LĐLĐ", type="Kế hoạch", issuer=LAI_CHAU, date="2020-02-02"),
    ]  # fmt: skip
    return {document.doc_id: document for document in documents}


def test_a_standing_tells_who_does_what_with_a_document() -> None:
    documents = library()
    graph = DirectiveGraph.of(documents.values(), documents.__getitem__)
    standing = standing_of(graph, graph.find("plan")[0])
    assert [graph.work(e.target).number for e in standing.implements] == ["02-NQ/TW"]
    assert [graph.work(e.source).held for e in standing.implemented_by] == [("report",)]
    assert [graph.work(e.source).held for e in standing.cited_by] == [("mention",)]
    assert [doubt.link.mention[0] for doubt in standing.doubts] == ["unsure"]
    assert [work.number for work in standing.missing] == ["02-NQ/TW"]
    assert [work.held for work in standing.namesakes] == [("other",)]
    shown = json.loads(json.dumps(standing_json(graph, standing)))
    passage = shown["implemented_by"][0]["passages"][0]
    text = documents[passage["doc"]].text
    assert text[passage["start"] : passage["end"]] == passage["quote"]
    assert "Triển khai Kế hoạch số 56/KH-LĐLĐ" in passage["quote"]


def test_a_number_finds_all_documents_of_it_and_who_cites_each() -> None:
    documents = library()
    graph = DirectiveGraph.of(documents.values(), documents.__getitem__)
    works = graph.find("Văn bản nào triển khai 56/kh-ldld?")
    assert [work.held for work in works] == [("plan",), ("other",)]
    assert graph.citing(works) == ["mention", "report", "unsure"]
    assert graph.find("Chủ đề không có số") == []
    assert [work.number for work in graph.find("Ai triển khai Nghị quyết 02 của Bộ Chính trị?")] == [
        "02-NQ/TW"
    ]


def test_mentions_can_be_clicked() -> None:
    documents = library()
    graph = DirectiveGraph.of(documents.values(), documents.__getitem__)
    ((start, end, link),) = graph.links_in("report")
    assert documents["report"].text[start:end].startswith("Kế hoạch số 56/KH-LĐLĐ")
    assert graph.work(link.work_id or "").held == ("plan",)


def test_the_timeline_is_in_order_and_quotes_what_is_not_held() -> None:
    documents = library()
    graph = DirectiveGraph.of(documents.values(), documents.__getitem__)
    moments = timeline_of(graph)
    assert [moment.date for moment in moments] == sorted(moment.date for moment in moments)
    first = moments[0]
    assert (first.work.number, first.quote is not None) == ("02-NQ/TW", True)
    assert all((moment.quote is None) == bool(moment.work.held) for moment in moments)


def test_the_lineage_puts_what_is_carried_out_above() -> None:
    documents = library()
    graph = DirectiveGraph.of(documents.values(), documents.__getitem__)
    lineage = lineage_of(graph, graph.find("plan")[0])
    row = {place.work.number: place.row for place in lineage.places}
    assert row["02-NQ/TW"] < row["56/KH-LĐLĐ"] < row["9/BC-LĐLĐ"]
    cells = [(place.row, place.column) for place in lineage.places]
    assert len(set(cells)) == len(cells)
    small = lineage_of(graph, most=2)
    assert (len(small.places), small.left_out) == (2, len(graph.register.works) - 2)


def test_documents_that_carry_each_other_out_are_still_drawn() -> None:
    head = {"issuer": LAI_CHAU, "date": "2020-01-01"}
    a = read("a", "Thực hiện Kế hoạch số 2/KH-LĐLĐ ngày 01/01/2020.", number="1/KH-LĐLĐ", **head)
    b = read("b", "Thực hiện Kế hoạch số 1/KH-LĐLĐ ngày 01/01/2020.", number="2/KH-LĐLĐ", **head)
    graph = DirectiveGraph.of([a, b], {"a": a, "b": b}.__getitem__)
    lineage = lineage_of(graph)
    assert (len(lineage.places), len(lineage.edges)) == (2, 2)


def test_the_drawing_is_one_safe_offline_file() -> None:
    documents = library()
    evil = read(
        "evil", "Thực hiện Nghị quyết số 02-NQ/TW ngày 12/6/2019.", number="1/KH-LĐLĐ", issuer=LAI_CHAU,
        title='<script>alert("x")</script> & \x0b', type="Kế hoạch",
    )  # fmt: skip
    graph = DirectiveGraph.of([*documents.values(), evil], {**documents, "evil": evil}.__getitem__)
    svg = draw(lineage_of(graph), "Sơ đồ <thử>")
    root = ElementTree.fromstring(svg)  # well-formed, or this raises
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "defs", "marker", "path", "rect", "text", "g"}
    assert re.findall(r'(?:href|src|url)\s*[=(]\s*"?(?!#)', svg) == []
    assert len(root.findall("{http://www.w3.org/2000/svg}g")) == len(graph.register.works)
    assert "Kế hoạch số 56/KH-LĐLĐ ngày 8/9/2020 của LĐLĐ tỉnh Bắc Kạn (có trong kho)" in svg


@given(
    st.lists(st.integers(0, 8), min_size=1, max_size=5, unique=True).map(sorted),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_no_line_runs_behind_a_box(columns: list[int], start: int, end: int) -> None:
    step = drawing._WIDTH + drawing._ACROSS
    row = [100 + column * step for column in columns]
    for source, target in (((100 + start * step, 800), (100 + end * step, 0)), ((0, 0), (300, 800))):
        ((x, comes, leaves),) = drawing._lanes(source, target, {400: row})
        assert not any(left < x < left + drawing._WIDTH for left in row)
        assert {comes, leaves} == {400, 400 + drawing._HEIGHT}
        assert (comes > leaves) == (source[1] > target[1])


def test_the_legend_fits_the_narrowest_drawing() -> None:
    graph = DirectiveGraph.of([read("a", "Việc khác.", number="1/QĐ-TLĐ")], lambda doc_id: read("a", ""))
    svg = draw(lineage_of(graph, graph.register.of_document("a")), "Sơ đồ: " + "văn bản rất dài " * 20)
    width = int(re.search(r'width="(\d+)"', svg)[1])  # type: ignore[index]
    for x, size, words in re.findall(r'<text x="(\d+)"[^>]*font-size="(\d+)"[^>]*>([^<]*)<', svg):
        assert int(x) + 0.56 * int(size) * len(words) <= width, words


def ask(capsys: pytest.CaptureFixture[str], index: Path, *words: str) -> Any:
    assert main(["directives", *words, "--index-dir", str(index), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_lists_exactly_who_cites_a_number(
    engine: Engine, sample_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ask(capsys, sample_index, "02-NQ/TW")
    assert sorted(d["doc"] for d in found["documents"]) == sorted(engine.bundle.citing("02-NQ/TW"))
    assert (found["kind"], found["directives"][0]["doc"]) == ("number", None)
    for listed in found["documents"]:
        for passage in listed["passages"]:
            text = engine.document(passage["doc"]).text
            assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_a_topic_finds_directives_and_who_speaks_of_it(
    sample_index: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = ask(capsys, sample_index, "quy chế dân chủ ở cơ sở", "--svg", str(tmp_path / "so-do.svg"))
    assert found["kind"] == "topic"
    assert found["documents"]
    assert all(d["doc"] and d["passages"] for d in found["documents"])
    assert "145/2020/NĐ-CP" in [d["number"] for d in found["directives"]]
    scores = [d["score"] for d in found["directives"]]
    assert scores == sorted(scores, reverse=True)
    ElementTree.parse(tmp_path / "so-do.svg")


def test_a_question_about_the_content_of_a_held_plan_is_no_question_for_who_cites_it(engine: Engine) -> None:
    from search.directives import find_directives

    (plan,) = [d for d in engine.documents() if d.letterhead.number == "234/KH-LĐLĐ"]
    asked = find_directives(engine, "Kế hoạch 234/KH-LĐLĐ căn cứ những nghị quyết nào về công đoàn?")
    assert asked.kind == "topic"
    assert plan.doc_id in [d.doc_id for d in asked.documents]
    for bare in ("234/KH-LĐLĐ", "Kế hoạch số 234/KH-LĐLĐ", plan.doc_id):
        found = find_directives(engine, bare)
        assert (found.kind, [d.doc_id for d in found.directives]) == ("number", [plan.doc_id])


def test_year_and_place_may_be_those_of_the_document_named(engine: Engine) -> None:
    from search.directives import find_directives

    citing = set(engine.bundle.citing("02-NQ/TW"))
    of_year = find_directives(engine, "Văn bản nào triển khai Nghị quyết 02-NQ/TW năm 2021?")
    assert {d.doc_id for d in of_year.documents} == citing
    of_place = find_directives(engine, "Văn bản nào của Lai Châu triển khai Nghị quyết 02-NQ/TW?")
    issuers = {engine.document(d.doc_id or "").letterhead.issuer for d in of_place.documents}
    assert issuers == {LAI_CHAU}


def test_the_chat_is_offered_every_document_that_cites_a_number(engine: Engine) -> None:
    from search.directives import citing_items

    items = citing_items(engine, engine.understand("Văn bản nào triển khai Nghị quyết 02-NQ/TW?"))
    assert {item.doc_id for item in items} == set(engine.bundle.citing("02-NQ/TW"))
    assert all("02" in engine.document(i.doc_id).text[i.start : i.end] for i in items)
    assert citing_items(engine, engine.understand("Văn bản nào nói về nữ công?")) == []


def test_an_unwritable_drawing_says_so(
    sample_index: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    where = str(tmp_path / "không-có" / "a.svg")
    assert main(["directives", "02-NQ/TW", "--svg", where, "--index-dir", str(sample_index)]) == 1
    assert "Không ghi được" in capsys.readouterr().err


def test_said_before_needs_the_words_right_before() -> None:
    assert said_before("Quyết định này thay thế ") == "replaces"
    assert said_before("thay thế cán bộ theo ") is None


@pytest.mark.shared
def test_judged_topics(shared: Path, tmp_path: Path) -> None:
    """Documents that hold the judged passages: recall at least 95 %, precision at least 60 %."""
    from build_index import main as build
    from search.directives import find_directives
    from search.engine import Engine

    assert build([str(shared / "documents"), "--index-dir", str(tmp_path / "index")]) == 0
    opened = Engine.open(tmp_path / "index")
    recalls, precisions = [], []
    for line in (shared / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question["kind"] != "topic_directive":
            continue
        gold = {g["doc"] for g in question["gold"]}
        listed = {(d.doc_id or "")[:3] for d in find_directives(opened, question["question"]).documents}
        recalls.append(len(gold & listed) / len(gold))
        precisions.append(len(gold & listed) / max(1, len(listed)))
    assert sum(recalls) / len(recalls) >= 0.95
    assert sum(precisions) / len(precisions) >= 0.60
