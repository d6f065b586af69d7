"""Conversations over the sample documents: what a follow-up takes from the turns before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from search.chat import Conversation, has_own_subject, leans
from search.engine import Engine
from search.evaluate import answer_is_right
from search.generate import Writer
from search.hits import Result
from search.query import understand

DATA = Path(__file__).parent / "data"
CONVERSATIONS = [
    json.loads(line) for line in (DATA / "sample_conversations.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    "question",
    [
        "Còn năm 2023 thì sao?",
        "Ai ký văn bản đó?",
        "Thế hạn báo cáo?",
        "Ban hành ngày nào?",
        "chi tiết mục đó",
    ],
)
def test_fragments_lean_on_the_turn_before(question: str) -> None:
    assert leans(understand(question))


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch 401/KH-LĐLĐ nói về gì?",
        "mức lương cơ sở từ 1/7/2023 là bao nhiêu",
        "Quỹ tương hỗ công đoàn đã giúp đỡ được bao nhiêu đoàn viên có hoàn cảnh khó khăn?",
    ],
)
def test_whole_questions_do_not(question: str) -> None:
    assert not leans(understand(question))


def test_a_pointer_to_a_document_or_a_time_brings_its_own_subject() -> None:
    assert has_own_subject(understand("Tỷ lệ ký thỏa ước ở mốc đó là bao nhiêu?"))
    assert not has_own_subject(understand("Tiền đó ai tài trợ, hết bao nhiêu?"))


def test_the_year_is_replaced_and_the_subject_kept(engine: Engine) -> None:
    chat = Conversation(engine)
    chat.ask("Chỉ tiêu giới thiệu đoàn viên ưu tú cho Đảng năm 2021 là bao nhiêu?")
    result = chat.ask("Còn năm 2023 thì sao?")
    assert "500" in result.answer.text
    assert result.understood[0].startswith("đang hỏi về: Chỉ tiêu giới thiệu")
    assert "năm 2023" in result.understood
    assert "Hoàng Văn Trinh" in chat.ask("Ai ký văn bản đó?").answer.text
    assert chat.ask("Thế còn năm 2022?").answer.abstained


@pytest.mark.parametrize("fragment", ["Còn năm 2023 thì sao?", "thế năm 2023?", "Vậy còn 2023 thế nào ạ?"])
def test_another_year_of_the_same_is_asked_as_the_whole_question_would_be(
    engine: Engine, fragment: str
) -> None:
    chat = Conversation(engine)
    chat.ask("chỉ tiêu giới thiệu đảng viên năm 2021")
    asked = chat.ask(fragment)
    whole = engine.ask("chỉ tiêu giới thiệu đảng viên năm 2023")
    assert asked.answer.text == whole.answer.text
    assert not whole.answer.unsure
    assert asked.hits[0].passage == whole.hits[0].passage


def test_what_was_understood_can_be_taken_away(engine: Engine) -> None:
    chat = Conversation(engine)
    *_, result = chat.steps("chỉ tiêu giới thiệu đảng viên năm 2021", removed=["năm 2021"])
    assert result.understood == ()
    assert result.answer.text == engine.ask("chỉ tiêu giới thiệu đảng viên").answer.text
    *_, result = chat.steps("còn của Quảng Trị?", removed=["Quảng Trị"])
    assert "Quảng Trị" not in result.understood


def test_a_new_topic_forgets_the_old_one(engine: Engine) -> None:
    chat = Conversation(engine)
    chat.ask("Chỉ tiêu giới thiệu đoàn viên ưu tú cho Đảng năm 2021 là bao nhiêu?")
    question = (
        "Quỹ tương hỗ công đoàn đã giúp đỡ bao nhiêu đoàn viên có hoàn cảnh khó khăn phát triển kinh tế?"
    )
    assert chat.ask(question).to_json() == engine.ask(question).to_json()


def test_most_turns_of_the_sample_conversations_are_right(engine: Engine) -> None:
    right = n = 0
    wrong: list[str] = []
    for conversation in CONVERSATIONS:
        chat = Conversation(engine)
        for turn in conversation["turns"]:
            answer = chat.ask(turn["user"]).answer
            good = answer_is_right(turn, answer) if turn["gold"] else answer.abstained
            right, n = right + good, n + 1
            if not good:
                wrong.append(f"{conversation['id']}: {turn['user']} -> {answer.text}")
    assert right / n >= 0.8, "\n".join(wrong)


def test_a_model_words_the_whole_question_and_the_subject_stays_the_quoted_one(engine: Engine) -> None:
    asked: list[str] = []

    class Model:
        def word(self, result: Result, question: str | None = None) -> Result:
            asked.append(question or "")
            return replace(result, answer=replace(result.answer, text="worded"))

    talk = Conversation(engine, cast(Writer, Model()))
    quoted, worded = talk.steps("Ai ký kế hoạch 401/KH-LĐLĐ?")
    assert quoted.answer.text != "worded" == worded.answer.text
    assert talk.ask("Ai ký kế hoạch 401/KH-LĐLĐ?").answer.text == "worded"
    assert talk.ask("Thế năm 2021?").answer.text == "worded"
    assert "2021" in asked[2]
    assert len(asked[2].split()) > 2  # the words of the turn before are with it
