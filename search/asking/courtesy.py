"""Greetings, thanks and "bạn là ai": met politely and briefly, and never looked up in documents."""

from __future__ import annotations

import re

from corpus.text import fold

_SELF = "Tôi là công cụ tra cứu văn bản công đoàn: mỗi câu trả lời là một đoạn trích nguyên văn, mở xem được"
_EXAMPLE = "chỉ tiêu giới thiệu đảng viên năm 2021"

GREETING = f"Xin chào anh/chị. Anh/chị cần tra cứu nội dung gì? Ví dụ: “{_EXAMPLE}”."
THANKS = "Rất vui được giúp anh/chị. Anh/chị còn cần tra cứu nội dung nào khác không?"
FAREWELL = "Chào anh/chị. Khi cần tra cứu, mời anh/chị quay lại."
ACKNOWLEDGED = "Vâng. Anh/chị cần tra cứu thêm nội dung gì, xin cứ hỏi."
WHO = (
    f"{_SELF}; kho không có thì tôi nói không tìm thấy."
    f" Anh/chị có thể hỏi về nội dung, số liệu, thời hạn, người ký, nơi nhận; ví dụ: “{_EXAMPLE}”."
)

# Whom one speaks to, and particles; they may surround a greeting and add nothing to it.
_YOU = r"(?:ban|anh|chi|em|ad|admin|bot|tro ly|moi nguoi|ca nha|cac ban|cac anh chi|anh chi)"
_ME = r"(?:ban|bot|tro ly|ad|admin)"
_SOFT = rf"(?:da|vang|a|oi|the|vay|nhe|nha|nhieu|rat|lam|xin|minh|toi|em|anh|chi|{_YOU})"
_WHOLE = {
    GREETING: rf"(?:{_SOFT} )*(?:chao|hello|hi|alo|chao buoi (?:sang|trua|chieu|toi))(?: {_SOFT}| buoi \w+)*",
    THANKS: rf"(?:{_SOFT} |ok |oke |duoc roi )*(?:cam on|thank you|thanks|tks)(?: {_SOFT})*",
    FAREWELL: rf"(?:{_SOFT} )*(?:tam biet|bye|bye bye|hen gap lai)(?: {_SOFT})*",
    ACKNOWLEDGED: rf"(?:{_SOFT} )*(?:ok|oke|okay|duoc|duoc roi|hieu roi|ro roi|tot|dung roi)(?: {_SOFT})*",
    WHO: rf"(?:{_SOFT} )*(?:{_ME} (?:la (?:ai|gi)|ten (?:la )?gi"
    r"|(?:co the )?(?:lam|giup|tra loi|biet)(?: duoc)?(?: \w+){0,2} gi(?: duoc)?(?: cho)?)"
    r"|day la (?:gi|chuong trinh gi|trang gi)|(?:huong dan|cach) (?:su dung|dung|hoi|tra cuu)"
    rf"(?: {_ME}| chuong trinh| trang nay| cong cu nay)?)(?: {_SOFT})*",
}
_COMPILED = {reply: re.compile(pattern) for reply, pattern in _WHOLE.items()}


def courteous_reply(message: str) -> str | None:
    """Return the reply to a message that asks nothing of documents; None for a question.

    Only a whole message counts: "Chào anh, ai ký kế hoạch 401?" is a question.

    >>> courteous_reply("Xin chào!") == GREETING, courteous_reply("cảm ơn bạn nhiều") == THANKS
    (True, True)
    >>> courteous_reply("Công trình chào mừng đại hội là gì?")
    """
    words = " ".join(re.findall(r"[a-z]+", fold(message)))
    if re.search(r"\d", message):
        return None
    return next((reply for reply, pattern in _COMPILED.items() if pattern.fullmatch(words)), None)
