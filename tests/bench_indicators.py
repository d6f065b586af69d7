"""How long the table of chỉ tiêu takes over a thousand documents; run by hand, never by the test suite.

python -m tests.bench_indicators [DOCUMENTS]
"""

from __future__ import annotations

import platform
import random
import sys
from time import perf_counter

from corpus.words.glossary import Glossary
from corpus.words.places import PROVINCES
from search.indicators import IndicatorTable
from search.tables.reported import find_conflicts, match_results
from tests.plans import plan, report

_BODIES = ("CĐCS", "công đoàn cấp trên", "doanh nghiệp", "cơ quan, đơn vị", "nghiệp đoàn", "UBKT công đoàn")
_DEEDS = (
    "xếp loại hoàn thành tốt nhiệm vụ",
    "tổ chức hội nghị",
    "ký kết thỏa ước lao động tập thể",
    "có tủ sách pháp luật",
    "tổ chức đối thoại",
    "công khai tài chính",
    "xây dựng quy chế dân chủ",
    "có nhà trẻ",
    "ứng dụng chữ ký số",
)
_AREAS = (
    "ven biển, vùng cao, biên giới, hải đảo, đô thị, nông thôn, khu công nghiệp, làng nghề, cảng cá".split(
        ", "
    )
)
_COUNTED = (
    "Kết nạp mới {} đoàn viên",
    "Thành lập mới {} CĐCS",
    "Trao {} suất quà Tết Sum vầy",
    "Tổ chức {} lớp tập huấn",
)


def lines(rng: random.Random, n: int = 20) -> list[str]:
    """Return `n` lines with a figure each, in varied words."""
    made = []
    for _ in range(n):
        if rng.random() < 0.3:
            made.append(rng.choice(_COUNTED).format(rng.randrange(10, 900)) + f" {rng.choice(_AREAS)}.")
        else:
            which = f"khu vực {rng.choice(('ngoài nhà nước', 'hành chính', 'sản xuất'))} {rng.choice(_AREAS)}"
            made.append(f"Trên {rng.randrange(50, 99)}% {rng.choice(_BODIES)} {which} {rng.choice(_DEEDS)}.")
    return made


def main(n: int) -> None:
    rng = random.Random(1)
    places = sorted(PROVINCES)
    documents = [
        (plan if i % 2 else report)(rng.randrange(2015, 2026), lines(rng), place=rng.choice(places))
        for i in range(n)
    ]
    start = perf_counter()
    table = IndicatorTable.of(documents, Glossary.shipped())
    made = perf_counter()
    matches, conflicts = match_results(table.rows), find_conflicts(table.rows)
    print(
        f"{n} documents, {len(table.rows)} rows, {len(table.wordings)} subjects: table {made - start:.1f} s; "
        f"{len(matches)} matches, {len(conflicts)} conflicts {perf_counter() - made:.1f} s "
        f"({platform.machine()}, Python {platform.python_version()})"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
