"""A small library of our own writing and a draft, for the tests of the drafting desk."""

from __future__ import annotations

from pathlib import Path

from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.records import Document
from corpus.words.glossary import Glossary
from index.bundle import Bundle
from search.engine import Engine
from tests.fakes import HashEncoder

PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA
-------
Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Sơn La, ngày 10 tháng 01 năm {year}

KẾ HOẠCH
{title}

{basis}

I. MỤC ĐÍCH, YÊU CẦU

1. {purpose}

II. CHỈ TIÊU

{goals}

III. NHIỆM VỤ, GIẢI PHÁP

{tasks}

IV. TỔ CHỨC THỰC HIỆN

1. Các công đoàn cấp trên trực tiếp cơ sở báo cáo kết quả về Liên đoàn Lao động tỉnh trước ngày 30/11/{year}.

Nơi nhận:
- Các công đoàn cấp trên trực tiếp cơ sở;
- Lưu: VT.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Nguyễn Văn Mẫu
"""

NURSERY = "Vận động doanh nghiệp mở nhà trẻ cho con của nữ công nhân làm ca đêm."
MUSHROOM = "Tổ chức lớp dạy nghề trồng nấm cho gia đình đoàn viên khó khăn ở vùng cao."
RULES = (
    "Căn cứ Quyết định số 12/QĐ-TLĐ ngày 01/02/2018 của Tổng Liên đoàn Lao động Việt Nam về công tác nữ công;"
)


def plan(
    doc_id: str, year: int, number: str, title: str, goals: str, tasks: str, basis: str = RULES
) -> Document:
    """Return a plan of one province; goals and tasks are lines that bear their numbers."""
    purpose = "Nâng cao nhận thức của cán bộ công đoàn về công tác nữ công trong tình hình mới."
    text = PLAN.format(
        number=number, year=year, title=title, basis=basis, purpose=purpose, goals=goals, tasks=tasks
    )
    return document_from(ReadText(text), doc_id, f"{doc_id}.txt")


LIBRARY = [
    plan(
        "nu-cong-2023", 2023, "15/KH-LĐLĐ", "Công tác nữ công năm 2023",
        "1. Kết nạp mới 500 đoàn viên nữ.\n\n2. Trên 85% nữ công nhân được khám sức khỏe định kỳ.",
        f"1. {NURSERY}\n\n2. Phối hợp với ngành y tế khám sức khỏe cho nữ công nhân năm 2023.",
    ),
    plan(
        "day-nghe-2024", 2024, "22/KH-LĐLĐ", "Dạy nghề cho đoàn viên năm 2024",
        "1. Mở 12 lớp dạy nghề cho đoàn viên vùng cao.",
        f"1. {MUSHROOM}",
        "Thực hiện Chương trình số 03-CTr/TU ngày 05/01/2024 của Tỉnh ủy Sơn La về việc làm cho lao động;",
    ),
    document_from(
        ReadText(
            "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nSố: 77/QĐ-TLĐ\n\nHà Nội, ngày 15 tháng 6 năm 2025\n\n"
            "QUYẾT ĐỊNH\nVề việc ban hành Quy định công tác nữ công\n\n"
            "Điều 1. Ban hành Quy định về công tác nữ công trong các cấp công đoàn.\n\n"
            "Điều 2. Quyết định này thay thế Quyết định số 12/QĐ-TLĐ ngày 01/02/2018 của Tổng Liên đoàn "
            "Lao động Việt Nam.\n\nNơi nhận:\n- Lưu: VT.\n\nTM. ĐOÀN CHỦ TỊCH\nCHỦ TỊCH\n\nTrần Văn Thử\n"
        ),
        "quy-dinh-nu-cong-2025",
        "quy-dinh-nu-cong-2025.txt",
    ),
]  # fmt: skip

DRAFT = plan(
    "du-thao", 2023, "……/KH-LĐLĐ", "Công tác nữ công quý II năm 2023",
    "1. Kết nạp mới 700 đoàn viên nữ trong năm 2023.",
    "1. Vận động doanh nghiệp mở 03 nhà trẻ cho con của nữ công nhân, nữ viên chức làm ca đêm.",
).text  # fmt: skip


def desk(folder: Path) -> Engine:
    """Return an engine over the small library; its encoder hashes words."""
    Bundle.build(folder, LIBRARY, HashEncoder())
    texts = [document.text for document in LIBRARY]
    return Engine(Bundle.open(folder, HashEncoder()), Glossary.shipped().learn(texts))
