"""An engine of three small documents of our own, for tests of the page alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from corpus.errors import QueryError
from corpus.records import Document, Letterhead, Passage, Section, Target
from search.documents.sources import document_name, quotation
from search.hits import Answer, Hit, Result
from ui.parts.library import Library

PLAN = """Số: 12/KH-LĐLĐ

Lai Châu, ngày 05 tháng 02 năm 2021

KẾ HOẠCH
Phong trào thi đua năm 2021

I. MỤC ĐÍCH

Nâng cao chất lượng hoạt động của công đoàn cơ sở.

II. CHỈ TIÊU

1. Giới thiệu 780 đoàn viên ưu tú cho Đảng xem xét, kết nạp.

2. Mỗi công đoàn cơ sở tổ chức ít nhất 01 buổi đối thoại với người lao động.

III. TỔ CHỨC THỰC HIỆN

Giao Văn phòng theo dõi, đôn đốc việc thực hiện.
"""

HOSTILE = """<script>document.title = "hỏng"</script>
<img src="http://bad.example/a.png" onerror="document.title='hỏng'">
![ảnh](http://bad.example/b.png) [bấm vào](javascript:document.title='hỏng')
<iframe src="http://bad.example/"></iframe><style>body { display: none }</style>
</div></details><b>đậm</b> **đậm** $$x^2$$ <a href="http://bad.example/">liên kết</a>
Nội dung thử tấn công: kinh phí 15 triệu đồng.
"""


def make_document(doc_id: str, text: str, letterhead: Letterhead, **known: object) -> Document:
    """A Document whose sections begin at lines like "II. CHỈ TIÊU" and "1. ..."."""
    starts, roman = [(0, "Mở đầu", 0)], ""
    for match in re.finditer(r"^([IV]+|\d)\. ", text, re.MULTILINE):
        roman = match[1] if not match[1].isdigit() else roman
        address = match[1] if match[1] == roman else f"{roman}.{match[1]}"
        starts.append((match.start(), address, address.count(".") + 1))
    ends = [at for at, _, _ in starts[1:]] + [len(text)]
    sections = tuple(
        Section(address, text[at:end].split("\n")[0].partition(". ")[2], level, at, end)
        for (at, address, level), end in zip(starts, ends, strict=True)
        if at < end
    )
    return Document(doc_id, f"{doc_id}.txt", text, letterhead, sections, **known)  # type: ignore[arg-type]


def make_library() -> tuple[Document, ...]:
    head = Letterhead(
        number="12/KH-LĐLĐ",
        type="Kế hoạch",
        issuer="Liên đoàn Lao động tỉnh Lai Châu",
        place="Lai Châu",
        date="2021-02-05",
        title="Phong trào thi đua năm 2021",
        signer="Nguyễn Văn An",
        signer_role="Chủ tịch",
    )
    start = PLAN.index("Giới thiệu 780")
    target = Target(
        "II.1",
        "target",
        "đoàn viên ưu tú giới thiệu cho Đảng",
        "=",
        "780",
        "đoàn viên",
        "2021",
        start,
        start + 40,
    )
    plan = make_document("ke-hoach/12", PLAN, head, targets=(target,), restatement=True)
    return plan, make_document("thu-tan-cong", HOSTILE, Letterhead(type="Báo cáo", title="<b>Báo cáo</b>"))


class FakeEngine:
    """Answers by looking for the words of the question in the sections, most in common first."""

    def __init__(self, library: Sequence[Document] | None = None) -> None:
        self._library = {d.doc_id: d for d in library or make_library()}

    def documents(self) -> Sequence[Document]:
        return tuple(self._library.values())

    def document(self, doc_id: str) -> Document:
        return self._library[doc_id]

    def ask(self, question: str, k: int = 10) -> Result:
        if "lỗi dữ liệu" in question:
            raise QueryError("Câu hỏi này không hiểu được", "Hãy nêu tên văn bản")
        if "hỏng máy" in question:
            raise RuntimeError("a bug")
        words = set(re.findall(r"\w+", question.lower()))
        hits = []
        for document in self._library.values():
            for n, s in enumerate(document.sections or (Section("Mở đầu", "", 0, 0, len(document.text)),)):
                text = document.text[s.start : s.end]
                score = len(words & set(re.findall(r"\w+", text.lower())))
                headings = ("CHỈ TIÊU",) if s.level == 2 else ()
                hits.append(
                    Hit(Passage(document.doc_id, n, s.start, s.end, text, s.address, headings), score)
                )
        hits.sort(key=lambda h: (-h.score, h.passage.passage_id))
        hits = [h for h in hits if h.score > 0][:k]
        if not hits or hits[0].score < 2:
            nearest = tuple(document_name(self.document(h.passage.doc_id)) for h in hits[:2])
            return Result(
                question,
                Answer("Không tìm thấy nội dung này trong kho văn bản.", True, (), nearest),
                tuple(hits),
            )
        best = hits[0].passage
        document = self.document(best.doc_id)
        line = max(best.text.split("\n"), key=lambda t: len(words & set(re.findall(r"\w+", t.lower()))))
        at = best.start + best.text.index(line)
        skip = re.match(r"(?:[IV]+|\d)\. ", line)
        source = quotation(document, at + (skip.end() if skip else 0), at + len(line))
        text = re.sub(r"\d+", r"**\g<0>**", source.quote, count=1)
        return Result(question, Answer(text, False, (source,)), tuple(hits), understood=("năm 2021",))


class FakeTalk:
    """A conversation that remembers nothing."""

    writer: object | None = None

    def steps(
        self, library: Library, question: str, k: int = 10, removed: Sequence[str] = ()
    ) -> Iterator[Result]:
        yield self.ask(library, question, k)

    def ask(self, library: Library, question: str, k: int = 10) -> Result:
        return cast(FakeEngine, library).ask(question, k)
