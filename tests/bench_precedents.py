"""How long the drafting desk takes over a draft of five pages; run by hand, never by the test suite.

python -m tests.bench_precedents [PASSAGES]

The library is made up: plans and reports of union wording put together at random. Its vectors are
hashed, so that building it takes a minute; those of the draft come from the shipped encoder, whose
time counts.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import numpy.typing as npt

from corpus.records import Document
from corpus.words.places import PROVINCES
from index.bundle import Bundle
from index.encoder import SentenceEncoder, load_encoder
from search.drafting.draftcheck import check_draft
from search.drafting.drafts import draft_from_text, paragraphs_of
from search.engine import Engine
from search.measuring.benchtable import machine
from search.precedents import find_precedents
from tests.bench_indicators import lines
from tests.fakes import HashEncoder
from tests.plans import plan, report

_PER_DOCUMENT = 20  # passages, about
_VERBS = (
    "Tuyên truyền, phổ biến|Chỉ đạo, hướng dẫn|Kiểm tra, giám sát|Phối hợp tổ chức|Chủ động tham mưu"
    "|Đẩy mạnh, đổi mới|Rà soát, bổ sung|Nâng cao chất lượng"
).split("|")
_MATTERS = (
    "quy chế dân chủ ở cơ sở|công tác an toàn, vệ sinh lao động|ký kết thỏa ước lao động tập thể"
    "|phong trào thi đua lao động giỏi|chăm lo đời sống đoàn viên|phát triển đoàn viên|công tác nữ công"
    "|thu, chi tài chính công đoàn|đối thoại tại nơi làm việc|tư vấn pháp luật lao động"
    "|xây dựng thiết chế văn hóa|bồi dưỡng cán bộ công đoàn"
).split("|")
_ENDS = (
    "gắn với nhiệm vụ chính trị của địa phương, đơn vị|bảo đảm thiết thực, hiệu quả, tiết kiệm"
    "|trong các loại hình doanh nghiệp trên địa bàn tỉnh|phù hợp với điều kiện của từng cấp công đoàn"
    "|theo hướng dẫn của công đoàn cấp trên|góp phần xây dựng quan hệ lao động hài hòa, ổn định, tiến bộ"
).split("|")


class QueriesOnly:
    """The shipped encoder for questions; hashed vectors of the same length for passages."""

    def __init__(self, shipped: SentenceEncoder) -> None:
        self._shipped, self._hashed = shipped, HashEncoder(shipped.dim, shipped.name)
        self.name, self.dim = shipped.name, shipped.dim

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self._hashed.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self._shipped.encode_queries(texts)


def paragraphs(rng: random.Random, n: int) -> list[str]:
    """Return `n` paragraphs of about 60 words."""
    return [
        ". ".join(
            f"{rng.choice(_VERBS)} {rng.choice(_MATTERS)} và {rng.choice(_MATTERS)} {rng.choice(_ENDS)} năm "
            f"{rng.randrange(2016, 2027)}"
            for _ in range(2)
        )
        + f"; {lines(rng, 1)[0]}"
        for _ in range(n)
    ]


def library(rng: random.Random, n_passages: int) -> list[Document]:
    """Return plans and reports of about 20 passages each."""
    places = sorted(PROVINCES)
    made: list[Document] = []
    for i in range(n_passages // _PER_DOCUMENT):
        items = [f"{k}. {words}\n" for k, words in enumerate(paragraphs(rng, _PER_DOCUMENT - 1), 1)]
        make = plan if i % 2 else report
        document = make(rng.randrange(2015, 2026), items, place=rng.choice(places))
        made.append(replace(document, doc_id=f"d{i}", source=f"d{i}.txt"))
    return made


def main(n_passages: int) -> None:
    rng = random.Random(1)
    encoder = QueriesOnly(load_encoder())
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        Bundle.build(Path(folder), library(rng, n_passages), encoder)
        built = perf_counter()
        engine = Engine.open(Path(folder))
        print(f"built {built - start:.0f} s, opened {perf_counter() - built:.0f} s")
        bodies = [f"{i}. {words}\n" for i, words in enumerate(paragraphs(rng, 26), 1)]
        draft = plan(2026, bodies)
        draft = draft_from_text(draft.text)
        find_precedents(engine, draft_from_text(paragraphs(rng, 1)[0]))  # warm
        begun, spent = perf_counter(), process_time()
        found = find_precedents(engine, draft)
        took, spent = perf_counter() - begun, process_time() - spent
        begun = perf_counter()
        check_draft(engine, draft)
        first = perf_counter() - begun
        begun = perf_counter()
        findings = check_draft(engine, draft)
        print(
            f"{len(engine.bundle.passages)} passages; a draft of {len(draft.text.split())} words, "
            f"{len(paragraphs_of(draft))} paragraphs: precedents {took:.2f} s ({spent:.2f} s of processor), "
            f"{sum(len(p.precedents) for p in found.paragraphs)} found; check {first:.2f} s the first time, "
            f"{perf_counter() - begun:.2f} s after, {len(findings)} findings"
        )
    print(machine())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
