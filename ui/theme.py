"""The words of the page, and Gradio's own labels in Vietnamese."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parent / "static"


def head() -> str:
    """HTML for the <head> of every page; the addresses change whenever the files do.

    There is no service worker: browsers install the page without one, and a copy of a page kept in the
    browser could show a library that has changed since.
    """

    def address(name: str) -> str:
        return f"/tinh/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"

    return (
        '<meta name="description" content="Hỏi đáp và tra cứu trên văn bản công đoàn">'
        '<meta name="theme-color" content="#12457f">'
        '<link rel="manifest" href="/tinh/manifest.webmanifest"><link rel="icon" href="/tinh/icon.svg">'
        '<link rel="apple-touch-icon" href="/tinh/icon-192.png">'
        f'<script src="{address("early.js")}"></script>'
        f'<link rel="stylesheet" href="{address("page.css")}">'
        f'<link rel="stylesheet" href="{address("places.css")}">'
        f'<script defer src="{address("page.js")}"></script>'
        f'<script defer src="{address("places.js")}"></script>'
        f'<link rel="stylesheet" href="{address("upload.css")}">'
        f'<script defer src="{address("drafting.js")}"></script>'
        f'<script defer src="{address("watching.js")}"></script>'
        f'<script defer src="{address("upload.js")}"></script>'
        f'<script defer src="{address("history.js")}"></script>'
        f'<script defer src="{address("feedback.js")}"></script>'
        f'<script defer src="{address("pageview.js")}"></script>'
    )


TITLE = "Tra cứu Công đoàn"
TAGLINE = "Hỏi đáp trên kho văn bản công đoàn. Mỗi câu trả lời là một đoạn trích có địa chỉ, mở được tại chỗ."
PLACEHOLDER = "Nhập câu hỏi…"
WELCOME = "Hãy hỏi về chỉ tiêu, nhiệm vụ, người ký, ngày ban hành… trong các văn bản đã có trong kho."
EMPTY_EVIDENCE = (
    '<div class="can-cu trong"><h2>Căn cứ</h2><p>Đoạn văn bản chứa câu trả lời sẽ hiện ở đây, '
    "với những chữ được trích tô nền.</p></div>"
)
SEARCHING = "Đang tìm trong kho văn bản…"
WORDING = "Trên đây là lời văn bản; đang diễn đạt lại…"
# Filled by history.js from what the browser keeps; the server knows nothing of it.
HISTORY = (
    '<details class="lich-su" hidden><summary>Lịch sử</summary><div class="lich-su-trong">'
    '<p class="trong">Chưa có câu hỏi nào được lưu.</p><ul></ul>'
    '<label class="chon"><input type="checkbox" class="luu-lich-su"> Lưu câu hỏi trên máy này</label>'
    '<button type="button" class="xoa-lich-su">Xóa lịch sử</button></div></details>'
)
STOPPED = "Đã dừng theo yêu cầu. Có thể sửa câu hỏi hoặc hỏi lại."
FAILED = "Chương trình gặp lỗi khi trả lời câu này. Hãy thử hỏi lại; nếu vẫn lỗi, báo người quản trị."

# Gradio 6 ships no Vietnamese and picks its language from the files it ships, so a "vi"
# dictionary is never chosen: what it would say in English is said here. Flat dotted keys
# win over the built-in ones; nested ones are overwritten by them.
GRADIO_LABELS = {
    "blocks.connection_can_break": "Trên điện thoại, kết nối có thể mất khi rời trang hoặc tắt màn hình.",
    "blocks.long_requests_queue": "Đang có nhiều người hỏi, xin chờ một lát.",
    "blocks.lost_connection": "Mất kết nối vì đã rời trang. Đang nối lại…",
    "blocks.waiting_for_inputs": "Đang tải tệp lên, xin thử lại sau.",
    "chat_interface.additional_inputs": "Tùy chọn thêm",
    "chat_interface.chatbot": "Hỏi đáp",
    "chat_interface.conversation": "Cuộc trò chuyện",
    "chat_interface.message_placeholder": PLACEHOLDER,
    "chat_interface.new_chat": "Cuộc trò chuyện mới",
    "chatbot.cancel": "Hủy",
    "chatbot.clear": "Xóa",
    "chatbot.complete": "Xong",
    "chatbot.copied_message": "Đã chép",
    "chatbot.copy_message": "Chép câu trả lời",
    "chatbot.dislike": "Chưa đúng",
    "chatbot.edit": "Sửa",
    "chatbot.like": "Đúng",
    "chatbot.retry": "Thử lại",
    "chatbot.submit": "Gửi",
    "chatbot.undo": "Hoàn tác",
    "common.back_to_app": "Trang chính",
    "common.back_to_app_description": "Về trang chính",
    "common.built_with": "dựng bằng",
    "common.built_with_gradio": "Dựng bằng Gradio",
    "common.clear": "Xóa",
    "common.display_theme": "Giao diện sáng, tối",
    "common.download": "Tải về",
    "common.edit": "Sửa",
    "common.empty": "Trống",
    "common.error": "Lỗi",
    "common.language": "Ngôn ngữ",
    "common.loading": "Đang tải",
    "common.or": "hoặc",
    "common.progress": "Tiến độ",
    "common.remove": "Gỡ",
    "common.run": "Chạy",
    "common.runs": "Lịch sử",
    "common.settings": "Cài đặt",
    "common.share": "Chia sẻ",
    "common.submit": "Gửi",
    "common.undo": "Hoàn tác",
    "errors.build_error": "lỗi khi dựng trang",
    "errors.config_error": "lỗi cấu hình",
    "errors.contact_page_author": "Xin báo người quản trị trang.",
    "errors.runtime_error": "lỗi khi chạy",
    "errors.use_via_api": "Dùng qua API",
    "errors.use_via_api_or_mcp": "Dùng qua API hoặc MCP",
    "status.queue_position": "Đang chờ: thứ {position} trong {size}",
}

# The typeface that ships with the program (static/fonts), then those of the systems in use that
# hold every Vietnamese letter.
FONTS = (
    "Be Vietnam Pro",
    "Segoe UI",
    "Noto Sans",
    "Roboto",
    "Helvetica Neue",
    "Arial",
    "DejaVu Sans",
    "sans-serif",
)


def gradio_theme() -> Any:
    """Gradio's plainest theme with system fonts and large text; colours are in page.css."""
    import gradio as gr

    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        text_size="lg",
        radius_size="md",
        font=FONTS,
        font_mono=("monospace",),
    )
