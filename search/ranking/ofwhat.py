"""Whether a figure, or a place, is of what was asked: of all or some, of each, of that verb and doer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.records import Passage
from corpus.text import fold
from corpus.words.tokens import fold_tokens, syllables
from search.asking.expect import expected_spans
from search.asking.howmany import asks_how_many_there_are, says_there_are
from search.asking.matching import Terms, without_places
from search.asking.posts import with_posts_named
from search.asking.shares import of_asked_share, whose_share
from search.query import Query
from search.ranking.evidence import View
from search.ranking.governing import answers_another_verb, asked_verb, tells_of_other_deeds

# A grade that is asked about is told by the words with the figure; a heading may name it for many things.
_GRADE = re.compile(
    r"\b(?:xuất sắc|vững mạnh|(?<!thực hiện )(?<!làm )tốt|khá|giỏi|tiên tiến|trung bình|yếu kém|yếu)\b"
)
# Of whom or what kind: a figure of all is none of these.
_NARROWING = frozenset(("nữ", "nợ", "nghèo", "khuyết", "trẻ"))
_NOT_ONE_OF = re.compile(r"\b(?:chưa|không|chẳng)(?= \w)")  # at the end of a question it asks for yes or no
_SOMEWHERE = re.compile(r"\b(?:ở|tại|địa điểm|thuộc|khu|huyện|xã|phường|thành phố|nơi)\b", re.IGNORECASE)
_WHERE = re.compile(r"(?P<done>\w+) (?:(?:thi|la|lai|duoc) )*(?:o dau|tai dau|noi nao|cho nao)\b")
# "Huyện nào", "khu công nghiệp nào": one by its name is asked for.
_WHICH_PLACE = re.compile(
    r"\b(?P<kind>khu (?:công nghiệp|kinh tế|chế xuất|dân cư)|cụm công nghiệp|khu|huyện|xã|phường|tỉnh"
    r"|thành phố|thôn|bản|trường|điểm trường)\b"
    r"(?: (?!có|được|phải|đã|đang|ban|phòng|sở|ngành|cơ|đơn|tổ)[^\W\d]+){0,2} nào\b"
)
_PER = re.compile(r"\b(?:moi|mot|hang|1)(?: mot)? (?P<period>thang|tuan|ngay|gio|quy)\b")
_HOW_MANIETH = re.compile(
    r"\b(?P<of>đại hội|hội nghị|dự thảo|kỳ họp|phiên họp|hội thi|hội thao)\b[^?,;]{0,60}"
    r"\blần (?:thứ )?(?:mấy|bao nhiêu)"
)
_OF_WHAT = 60  # characters before an ordinal in which it is said of what
_SENT_WHERE = re.compile(r"\b(?:gui|nop) (?:[a-z]+ ){0,4}ve (?:dau|cho nao|noi nao)\b")
_SENT = re.compile(r"\b(?:gui|nop|bao cao)\b.*\b(?:ve|cho)\b")
# Degrees that are given to offices and people, each a figure of its own; "tốt" is also an adverb.
_DEGREE = re.compile(r"\b(xuất sắc|khá|trung bình|yếu kém|yếu|vững mạnh|tiên tiến|không hoàn thành)\b")
_RATED = re.compile(r"\b(?:xếp loại|đạt loại|đạt danh hiệu|đánh giá|hoàn thành|đạt)\b")
_BEFORE_A_DAY = re.compile(r"\b(?:truoc|truoc ngay|truoc khi den) (?P<day>\d{1,2}/\d{1,2}/\d{4})")
_DISTRICT = re.compile(
    r"\b(?i:huyện|thị xã|thị trấn|xã|phường)\s([A-ZĐÂĂÊÔƠƯ][^\W\d_]*(?:\s[A-ZĐÂĂÊÔƠƯ][^\W\d_]*){0,2})"
)
_IS_SOMEWHERE = frozenset("nam dat chuc ra hien co la gi thi nhung cac nay do so nghi hoi".split())
_EACH_OF = r"(?:nguoi|doan vien|hoc sinh|suat|em|chau|ho|gia dinh|can nha|nha|don vi|cdcs|cong nhan)"
_FOR_EACH = re.compile(rf"\b(?:moi|mot|tung|1) (?:gia dinh )?{_EACH_OF}\b")
# "31.000 đồng/người", too.
_EACH = re.compile(r"\b(?:mỗi|từng|bình quân|trị giá|một (?:người|suất|em|hộ|nhà))\b|/[^\W\d]")
_RATE = re.compile(r"\b(?:muc|dinh muc) (?:ho tro|tro cap|thuong|chi|tien|qua)\b")
_IN_ALL = re.compile(r"\btong (?:so tien|kinh phi|gia tri|tri gia|chi|thu|von|cong|nguon)\b")
_PER_ONE = re.compile(r"/[^\W\d_]")
_TO_PER = 25  # characters: "từ 4 triệu đến 5 triệu đồng/tháng"
# Kinds of pay by law, each with its own amount.
_KIND_OF_PAY = re.compile(r"\bluong (toi thieu|co so|co ban|huu)\b")
_AT_MOST = re.compile(r"\b(?:toi da|khong qua|cao nhat|nhieu nhat)\b")
# "Bao nhiêu cán bộ chuyên trách?" asks for a number of them, unless it is called a goal.
_COUNTS_THESE = re.compile(
    r"^(?!.*\b(?:chi tieu|muc tieu|phan dau|phai|ty le|de ra)\b).*\bbao nhieu (?!so\b|phan\b|%)[a-z]+"
)

_POST = re.compile(r"\b(?:pho )?(?:chu tich|bi thu|truong ban|giam doc|chanh van phong)\b")
# Asked for: a form or a file to be had, an address on the web or for letters.
_FORM = r"(?:mẫu|biểu mẫu|phiếu|đơn xin|phụ lục|bản mềm|file|tệp|phần mềm|ứng dụng|tài liệu)"
_SOME_PLACE = r"(?:ở đâu|tại đâu|chỗ nào|nơi nào|trang nào)"
_GETS = re.compile(
    rf"\b{_FORM}\b.{{0,90}}\b(?:lấy|nhận|xem|tìm|có)\b.{{0,20}}\b{_SOME_PLACE}"
    rf"|\b(?:lấy|nhận|xem|tìm)\b.{{0,30}}\b{_FORM}\b.{{0,90}}\b{_SOME_PLACE}"
)
_ONLINE_ASKED = re.compile(
    r"\b(?:link|đường dẫn|đường link|website|trang web|email|e-mail|thư điện tử|download|tải về|tải xuống)\b"
    rf"|\btải\b.{{0,120}}\b{_SOME_PLACE}"
)
_ATTACHED = re.compile(r"\b(?:phụ lục|kèm theo|đính kèm|gửi kèm)\b", re.IGNORECASE)
_ONLINE = re.compile(
    r"https?://|\bwww\.|\w@\w|\b[\w-]+\.(?:vn|com|org|net)\b|\bđịa chỉ\b|\bđường dẫn\b|\bwebsite\b|\bmã QR\b"
    r"|\btrang (?:web|tin|thông tin)\b|\bcổng (?:thông tin|dịch vụ)\b",
    re.IGNORECASE,
)
_OF_GETTING = frozenset(
    "tai lay nhan xem tim ve xuong link duong dan file tep download website web email trang dang cong o"
    " dia chi thu dien tu".split()
)


def asks_for_each(question: str) -> bool:
    """Whether a question asks for the amount of each: "mỗi suất", "một nhà"."""
    return bool(_FOR_EACH.search(fold(question)))


def is_of_fewer(question: str, said: str) -> bool:
    """Whether a question asks of some only ("nữ", "chưa có công đoàn") and the words tell of all."""
    narrowed = _NARROWING & set(re.findall(r"\w+", question)) - set(re.findall(r"\w+", said))
    return bool(narrowed) or bool(_NOT_ONE_OF.search(question) and not _NOT_ONE_OF.search(said))


def is_of_another_grade(question: str, said: str) -> bool:
    """Whether a question asks of a grade ("vững mạnh", "xuất sắc") and the words tell of none of those.

    Args:
        question, said: In lower case.
    """
    return bool(set(_GRADE.findall(question)) - set(_GRADE.findall(said)))


def is_of_something_else(query: Query, text: str, above: str = "") -> bool:
    """Whether the figures of a text are of another measure, or of another verb, than a question asks for.

    Args:
        above: The headings above it.
    """
    spans = expected_spans(query.asks, query, text)
    if query.asks != "money" and tells_of_other_deeds(query.words, text, above):
        return True
    if _is_of_another_measure(query, text, spans):
        return True
    narrowed = {fold(word) for word in _NARROWING & set(re.findall(r"\w+", query.words.lower()))}
    if query.asks == "percent" and narrowed & whose_share(query.words):
        # "85% tập thể nữ công" is no share of "đoàn viên nữ".
        return bool(spans) and not of_asked_share(query.words, text, spans)
    if query.asks == "count" and asks_how_many_there_are(query):
        return not says_there_are(text, spans)
    # "Thế Lai Châu?" asks with the words before: there, what is done must be the same.
    asking = query.words if asked_verb(query.words) else query.search_text
    verb = asked_verb(asking)
    if query.carried and query.places and verb and not re.search(rf"\b{verb}\b", fold(text)):
        return True
    return answers_another_verb(asking, text, spans)


def _is_of_another_measure(query: Query, text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a question asks for each, the most, a number or a kind of pay, and the words do not tell it."""
    asked = fold(query.words)
    if asks_for_each(query.words) and not _EACH.search(text.lower()):
        return True
    # "Mỗi tháng được bao nhiêu" is not answered by a figure of no month.
    if (per := _PER.search(asked)) and not re.search(rf"\b{per['period']}\b|/{per['period']}", fold(text)):
        return True
    if _is_of_another_degree(query.words.lower(), text.lower()) or _is_since_then(asked, text):
        return True
    if _RATE.search(asked) and not (_EACH.search(text.lower()) or _RATE.search(fold(text))):
        return True
    # "Tổng kinh phí" is no "4 triệu đồng/tháng", nor what each got.
    in_all = query.asks == "money" and _IN_ALL.search(asked) and not asks_for_each(query.words)
    if in_all and spans and all(_PER_ONE.search(text[start : end + _TO_PER]) for start, end in spans):
        return True
    pay = set(_KIND_OF_PAY.findall(asked))
    if pay and not pay & set(_KIND_OF_PAY.findall(fold(text))):
        return True
    if _AT_MOST.search(asked) and not _AT_MOST.search(fold(text)):
        return True
    shares = ["%" in text[start : end + 2] for start, end in spans]
    return query.asks == "count" and bool(_COUNTS_THESE.search(asked)) and bool(shares) and all(shares)


def _is_of_another_degree(asked: str, said: str) -> bool:
    """Whether a question asks how many were rated so ("xuất sắc"), and the words name no such degree."""
    degrees = set(_DEGREE.findall(asked))
    return bool(degrees and _RATED.search(asked)) and degrees.isdisjoint(_DEGREE.findall(said))


def _is_since_then(asked: str, text: str) -> bool:
    """Whether what held before a day is asked for, and the words tell what has held since."""
    match = _BEFORE_A_DAY.search(asked)
    if not match:
        return False
    days = {tuple(map(int, match["day"].split("/")))}
    since = re.findall(r"\btu (?:ngay )?(\d{1,2}/\d{1,2}/\d{4})", fold(text))
    return any(tuple(map(int, day.split("/"))) in days for day in since)


def is_of_another_post(query: Query, text: str) -> bool:
    """Whether a question asks who is in a post, and the words name nobody in it.

    A Phó Chủ tịch is no Chủ tịch.
    """
    questions = (with_posts_named(fold(words)) for words in (query.words, query.carried))
    asked = next((post for question in questions if (post := _POST.search(question))), None)
    if query.asks != "person" or not asked:
        return False
    return not any(found[0] == asked[0] for found in _POST.finditer(fold(text)))


def asks_where_to_get(query: Query) -> bool:
    """Whether a question asks where a form or a file is to be had, or for an address on the web."""
    asked = (query.text.lower(), query.words.lower())  # "tải" as typed; a mended question may have "tại"
    gets = any(_ONLINE_ASKED.search(words) or _GETS.search(words) for words in asked)
    return query.asks in ("place", "text") and gets


def tells_where_to_get(query: Query, text: str) -> bool:
    """Whether words name what is asked for and its address; for what is not downloaded, an annex will do."""
    said = set(re.findall(r"\w+", fold(text)))
    elsewhere = set(re.findall(r"\w+", without_places(query, query.words).lower()))
    asked = {fold(word) for word in query.keywords if word in elsewhere and not word.isdigit()} - _OF_GETTING
    attached = not _ONLINE_ASKED.search(query.text.lower()) and _ATTACHED.search(text)
    return asked <= said and bool(_ONLINE.search(text) or attached)


def tells_where(query: Query, text: str) -> bool:
    """Whether words name some place, and say what the question says right before "ở đâu".

    "Huyện nào" is told by a district's name: a capital behind the word.
    """
    if which := _WHICH_PLACE.search(query.words.lower()):
        kind = f"{re.escape(which['kind'])}(?: (?:công nghiệp|kinh tế|mầm non|tiểu học))?"
        named = rf"\b(?i:{kind}):? [A-ZĐÂĂÊÔƠƯ]"
        return bool(re.search(named, text))
    match = _WHERE.search(fold(query.words))
    done = match["done"] if match else ""
    said = not done or done in _IS_SOMEWHERE or done in re.findall(r"\w+", fold(text))
    return said and bool(_SOMEWHERE.search(text))


def is_of_another_district(query: Query, view: View) -> bool:
    """Whether a question names a district or a commune that neither a passage nor its document is of."""
    named = [fold(name) for name in _DISTRICT.findall(query.words)]
    if not named:
        return False
    head, passage = view.letterhead, view.passage
    own = (head.issuer or "", head.title or "", *passage.heading, passage.text)
    said = fold(" ".join(own))
    return any(name not in said for name in named)


def is_the_manieth_of_another(query: Query, text: str) -> bool:
    """Whether the ordinals of a text are of something else: of a congress, where a meeting is asked for."""
    asked = _HOW_MANIETH.search(query.words.lower())
    if not asked:
        return False
    said, spans = text.lower(), expected_spans("ordinal", query, text)
    return not any(asked["of"] in said[max(0, start - _OF_WHAT) : end] for start, end in spans)


def tells_of_nobody_asked(query: Query, terms: Terms, passage: Passage, text: str) -> bool:
    """Whether words do not tell who it is: a spoken phrase of the question goes unsaid, or nothing is sent.

    A spoken phrase with a term of the documents is none that no document says; but where the passage
    says neither, somebody does something else there.
    """
    if _SENT_WHERE.search(fold(query.words)) and not _SENT.search(fold(text)):
        return True
    said = fold_tokens(syllables(" ".join((*passage.heading, passage.text))))
    keys = {*said, *map("_".join, pairwise(said))}
    told: dict[tuple[int, ...], bool] = {}
    for places, official in terms.spoken:
        own = {terms.terms[i].folded for i in places}
        told[tuple(places)] = told.get(tuple(places), False) or official <= keys or own <= keys
    return not all(told.values())
