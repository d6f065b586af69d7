"""Whether the best words found answer what was asked, or only stand near it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figures.quantities import find_quantities
from corpus.records import Document
from corpus.text import fold
from index.linestore import BODY, HEAD, TITLE
from search.asking.asks import ask_key
from search.asking.docnames import typed_serials
from search.asking.expect import asks_deadline, expected_spans, meets_closely
from search.asking.howmany import figure_spans
from search.asking.matching import Terms
from search.query import Query
from search.ranking.absent import in_longer_names, is_name, names_another, names_in
from search.ranking.actors import another_does_it
from search.ranking.admission import is_of_other_admission
from search.ranking.evidence import Said, Unit
from search.ranking.governing import tells_of_other_deeds
from search.ranking.ofwhat import (
    asks_where_to_get,
    is_of_another_district,
    is_of_another_grade,
    is_of_another_post,
    is_of_fewer,
    is_of_something_else,
    is_the_manieth_of_another,
    tells_of_nobody_asked,
    tells_where,
    tells_where_to_get,
)
from search.ranking.profile import years_said
from search.ranking.topic import DOING, leaves_out_every_word, leaves_out_the_topic, says_every_word
from search.rerank import Candidate

_ASKED_PART = 0.5  # share of a question that the headings above must say to be what is asked for
# "Có ... không", "đã ... chưa", "phải không": told on the folded question, look-alikes marked (ask_key).
_YES_OR_NO = re.compile(
    r"\b(?:co|duoc|phai|da|dung|bi|can)\b.*\b(?:khong|chua)(?: a| nhi| vay| the| roi)?[ ?.!]*$"
    r"|\b(?:phai khong|dung khong|hay khong|hay chua|duoc khong|xong chua)\b"
)
_ASKS_RESULT = re.compile(r"^(?:(?:cho biet|cho hoi|xin|hoi|con|the) )*ket qua\b")
_MEETING = re.compile(
    r"^(?:(?:cho|xin|em|tôi|mình|hỏi|các|những) )*"
    r"(?P<what>hội nghị|đại hội|hội thi|hội thao|hội diễn|hội thảo)\b(?!.*\b(?:báo cáo|gửi|nộp|đăng ký)\b)"
)
_SET = re.compile(r"\b(?:giao|đặt ra|đề ra|phấn đấu|chỉ tiêu|mục tiêu)\b")
_REACHED = re.compile(r"\b(?:đạt|đã|kết quả|thực hiện|vượt|hoàn thành|so với)\b")
_DAY = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_DONE_YET = re.compile(r"\bchua(?: a| nhi| vay| the)?[ ?.!]*$|\bhay chua\b|\bda (?:dat|xong|hoan thanh)\b")
_SAYS_DONE = re.compile(r"\b(?:đã|xong|hoàn thành|hiện có|đạt|kết quả|chưa|đang)\b", re.IGNORECASE)
_LABELLED_WHY = re.compile(r"[-+•*\s]*(?:Nguyên nhân|Lý do|Lí do)\b")
_BECAUSE = re.compile(
    r"\b(?:nguyên nhân|do|vì|bởi|lý do|lí do|nhằm|xuất phát từ|dẫn đến|khiến)\b", re.IGNORECASE
)

# "Mức đóng đoàn phí": how much, though no question word says so.
_ASKS_RATE = re.compile(r"^(?:cho (?:biet|hoi) |xin hoi )?muc (?!tieu\b|do\b|song\b)[a-z]+")
_IS_HOW_MUCH = re.compile(r"\b(?:la|duoc) (?:bao nhieu|may)(?: (?:a|the|vay|nhi|%|phan tram))*[ ?.]*$")
_LEAST_SAID = 0.5  # share of a yes-or-no question that the words must say
_CLEARLY = 0.1  # share of a question by which one sentence must say more than another


def saying_it_itself(query: Query, terms: Terms, best: Candidate) -> Candidate:
    """Return the candidate with the words of its passage that say the question by themselves.

    What the sentence before says counts when passages are ranked; a sentence further down that holds what was
    asked for and says clearly more of the question itself answers better than one that only leans on it.
    """
    chosen = best.unit
    if chosen is not None and query.asks == "reason" and not _BECAUSE.search(chosen.text):
        told_why = next((unit for unit in best.view.units if _LABELLED_WHY.match(unit.text)), chosen)
        return replace(best, unit=told_why)
    if chosen is None or query.asks not in ("count", "money", "percent"):
        return best
    told = Said(terms, [best.view]).units(0)
    rivals = [
        unit
        for unit in best.view.units
        if unit.start >= chosen.end
        and told[unit.place] >= told[chosen.place] + _CLEARLY
        and unit.lead_start == chosen.lead_start
        and years_said(unit.text) == years_said(chosen.text)
        and expected_spans(query.asks, query, unit.text)
    ]
    if not rivals:
        return best
    unit = max(rivals, key=lambda rival: told[rival.place])
    return replace(best, unit=unit, unit_coverage=told[unit.place], has_span=True)


def misses_the_point(query: Query, terms: Terms, best: Candidate) -> bool:
    """Whether the best words must not be given as the answer, only as what is nearest.

    No figure where a target was asked for; a figure of another verb; another document than the one named;
    no reason where a reason was asked for; not all that a yes-or-no question asks about.
    """
    if query.asks == "target":
        return (
            not best.has_span or leaves_out_every_word(query, terms, best) or _does_another_deed(query, best)
        )
    if best.named <= 0 and (query.numbers or typed_serials(query.words)):
        return True  # it neither is nor names the document asked about
    if query.dates and not query.serials and best.named <= 0:
        return True  # "từ 01/7/2024" is not answered by what was so a year before
    if query.years and best.year <= 0:
        return True  # neither the words nor their document are of the year asked for
    if is_of_another_district(query, best.view):
        return True
    unit = best.unit
    if unit is None:
        return False
    if another_does_it(query, best) or is_of_other_admission(query, best):
        return True
    text = f"{unit.lead} {unit.text}".strip()
    if query.asks == "reason":
        return not tells_why(best)
    if query.asks == "who" and tells_of_nobody_asked(query, terms, best.view.passage, text):
        return True
    if query.asks == "ordinal" and is_the_manieth_of_another(query, text):
        return True
    if query.asks == "date":  # when a meeting is held is not told by when its report is due
        held = _MEETING.search(query.words.lower())
        said = " ".join((*best.view.passage.heading, text)).lower()
        if held is not None and held["what"] not in said:
            return True
        return asks_deadline(query) and not meets_closely(query, text)
    if is_of_another_post(query, text):
        return True
    if asks_where_to_get(query):
        return not tells_where_to_get(query, text)
    # Of a document "ở đâu" asks where it is spoken of.
    if query.asks == "place" and not query.numbers and not tells_where(query, text):
        return True
    if query.asks == "text" and _ASKS_RATE.search(fold(query.words)):
        return not figure_spans(text)
    if query.asks == "text" and not asks_yes_or_no(query):
        return _names_another(query, best) or leaves_out_the_topic(query, terms, best)
    if query.asks in ("count", "money", "percent"):
        if _names_another(query, best) or names_another(names_in(query.words), text):
            return True
        if is_of_another_grade(query.words.lower(), text.lower()):
            return True
        said = " ".join((*best.view.passage.heading, text)).lower()
        return is_of_fewer(query.words.lower(), said) or is_of_something_else(
            query, text, " ".join(best.view.passage.heading)
        )
    return asks_yes_or_no(query) and not _says_all_that_is_asked(query, terms, best, unit)


def _does_another_deed(query: Query, best: Candidate) -> bool:
    """Whether the words found set a figure of another deed than the question names."""
    unit = best.unit
    if unit is None:
        return False
    if is_of_other_admission(query, best):
        return True
    return tells_of_other_deeds(query.words, f"{unit.lead} {unit.text}", " ".join(best.view.passage.heading))


def tells_why(candidate: Candidate) -> bool:
    """Whether the best words of a candidate, or what stands above them, give a reason."""
    unit = candidate.unit
    said = (unit.lead, unit.text) if unit else ()
    return bool(_BECAUSE.search(" ".join((*candidate.view.passage.heading, *said))))


def telling_first(query: Query, candidates: list[Candidate]) -> list[Candidate]:
    """Return candidates with those first that tell why, or where, if that is asked."""
    if query.asks == "reason":
        return sorted(candidates, key=lambda c: not tells_why(c))
    if query.asks == "place":
        return sorted(candidates, key=lambda c: not (c.unit and tells_where(query, c.unit.text)))
    return candidates


def _names_another(query: Query, best: Candidate) -> bool:
    """Whether a question names a body or a fund that neither the passage nor what stands above it names."""
    said = best.view.folded((BODY, HEAD, TITLE))

    def says(pair: str) -> bool:
        return fold(pair).replace(" ", "_") in said

    return any(
        not (says(pair) or fold(initials) in said or any(all(map(says, ps)) for ps in in_longer_names(pair)))
        for _, pair, initials in names_in(query.words)
    )


def asks_yes_or_no(query: Query) -> bool:
    """Whether a question wants a yes or a no: "Có phải ... không?", "Đã ... chưa?"."""
    return query.asks in ("text", "target") and bool(_YES_OR_NO.search(ask_key(query.words)))


def asks_whether_done(query: Query) -> bool:
    """Whether a question asks for a result: "Đã đạt chưa?", where a plan only says what is wanted."""
    if _ASKS_RESULT.search(fold(query.words)):
        return True
    if query.asks in ("count", "percent", "money"):
        return bool(re.search(r"\bđã\b", query.words.lower()))
    return asks_yes_or_no(query) and bool(_DONE_YET.search(ask_key(query.words)))


def _says_all_that_is_asked(query: Query, terms: Terms, best: Candidate, unit: Unit) -> bool:
    """Whether words and headings hold each compound word of the question, and say how far it is."""
    days = _DAY.findall(query.words)
    if best.unit_coverage < _LEAST_SAID or any(day not in unit.text for day in days):
        return False
    if asks_whether_done(query) and not (_SAYS_DONE.search(unit.text) or find_quantities(unit.text)):
        return False
    return says_every_word(query, terms, best, unit)


def asks_what_is_set(query: Query) -> bool:
    """Whether a question asks for a chỉ tiêu, not how far it was reached: "Được giao bao nhiêu?"."""
    asked = query.words.lower()
    return query.asks in ("count", "percent", "money", "target") and bool(
        _SET.search(asked) and not _REACHED.search(asked)
    )


def only_a_target(document: Document, start: int, end: int) -> bool:
    """Whether words set a chỉ tiêu and no result is read in them."""
    return _kinds_told(document, start, end) == {"target"}


def only_a_result(document: Document, start: int, end: int) -> bool:
    """Whether words tell a result and no chỉ tiêu is read in them."""
    return _kinds_told(document, start, end) == {"result"}


def _kinds_told(document: Document, start: int, end: int) -> set[str]:
    return {t.kind for t in document.targets if t.start < end and start < t.end}


def lacks_its_subject(query: Query, absent: Sequence[str]) -> bool:
    """Whether what a question asks of is a word of several syllables that no document says.

    Of a figure or a date its kind tells whether it may answer; only the names of bodies and funds, and the
    very thing that is asked how much it is ("Lãi suất ... là bao nhiêu"), must be said as well.
    """
    of_subject = [word for word in absent if " " in word and word not in DOING]
    if query.asks == "text" or any(is_name(word) for word in of_subject):
        return bool(of_subject)
    asked = query.words.lower().removeprefix("số ")
    if any(re.search(rf"\b{re.escape(word)}(?: là| được| hết)? bao nhiêu\b", asked) for word in of_subject):
        return True
    return any(asked.startswith(word) for word in of_subject) and bool(_IS_HOW_MUCH.search(fold(asked)))


def only_headings_above_say_it(query: Query, terms: Terms, best: Candidate, document: Document) -> bool:
    """Whether a part with parts is asked for: its heading says it, the words and heading below it do not."""
    section = document.section_at(best.view.passage.start)
    if best.unit is None or section is None:
        return False
    own = set(fold(section.heading).split()) & {fold(k) for k in query.keywords}
    has_parts = any(s.address.startswith(f"{section.address}.") for s in document.sections)
    if len(own) > 1 and not has_parts:
        return False
    said = Said(terms, [best.view])
    above = said.share(0, HEAD)
    return above >= _ASKED_PART and said.share(0, best.unit.line) <= above / 2
