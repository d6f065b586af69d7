"""The chat: widgets and events, and the web application around them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from ui import theme
from ui.chat.desk import Desk, Session, Turn
from ui.chat.starters import starter_questions
from ui.drafting.routes import MAX_FORM
from ui.frame import CHAT, DRAFTING, header
from ui.plainwords import with_words
from ui.security import App, Guard
from ui.shelf.librarian import Librarian
from ui.shelf.routes import UPLOAD_FORMS, add_uploads
from ui.site import add_places, with_reader


def build_blocks(desk: Desk) -> Any:
    """The Gradio Blocks of the chat."""
    import gradio as gr

    starters = [{"text": question} for question in starter_questions(desk.library.documents())]
    with gr.Blocks(title=theme.TITLE, analytics_enabled=False, fill_width=True) as blocks:
        with gr.Row(elem_id="hang-dau"):
            gr.Markdown(f"# {CHAT.name}\n\n{theme.TAGLINE}", elem_id="dau-trang", container=False)
            fresh = gr.Button(
                theme.GRADIO_LABELS["chat_interface.new_chat"], size="md", elem_id="moi", scale=0
            )
        session = gr.State(None)
        with gr.Row(elem_id="hai-cot", equal_height=False):
            with gr.Column(scale=6, min_width=320, elem_id="cot-hoi"):
                chat = gr.Chatbot(
                    label="Hỏi đáp",
                    show_label=False,
                    elem_id="hoi-dap",
                    height="62vh",
                    buttons=[],
                    latex_delimiters=[],
                    placeholder=theme.WELCOME,
                    examples=starters,
                    feedback_options=None,
                    layout="bubble",
                    autoscroll=False,  # to the end of the answer; history.js shows its beginning
                )
                box = gr.Textbox(
                    label="Câu hỏi",
                    show_label=False,
                    placeholder=theme.PLACEHOLDER,
                    max_lines=6,
                    submit_btn="Hỏi",
                    elem_id="o-hoi",
                )
                with gr.Row(elem_id="viec-hoi"):
                    edit = gr.Button("Sửa câu vừa hỏi", size="md", elem_id="sua", scale=0)
                    again = gr.Button("Hỏi lại", size="md", elem_id="hoi-lai", scale=0)
                    stop = gr.Button("Dừng", size="md", elem_id="dung", scale=0)
            with gr.Column(scale=5, min_width=320, elem_id="cot-can-cu"):
                evidence = gr.Markdown(theme.EMPTY_EVIDENCE, elem_id="can-cu", latex_delimiters=[])

        # history.js writes here what was asked in this tab before another place was visited.
        left = gr.Textbox(show_label=False, visible="hidden", elem_id="da-hoi")
        # And here the part of what was understood that was pressed, behind a number that differs each time.
        toggled = gr.Textbox(show_label=False, visible="hidden", elem_id="bo-dieu-kien")
        _connect(
            gr, desk, _Widgets(chat, evidence, session, box), (fresh, edit, again, stop), (left, toggled)
        )
    blocks.queue(
        max_size=desk.settings.queue_size, default_concurrency_limit=desk.settings.concurrency, api_open=False
    )
    return blocks


class _Widgets(NamedTuple):
    """What every event changes."""

    chat: Any
    evidence: Any
    session: Any
    box: Any


def _connect(
    gr: Any, desk: Desk, outputs: _Widgets, buttons: tuple[Any, Any, Any, Any], told: tuple[Any, Any]
) -> None:
    """Say which event does what."""
    fresh, edit, again, stop = buttons
    left, toggled = told
    session, box = outputs.session, outputs.box

    def shown(turn: Turn | None) -> tuple[Any, ...]:
        if turn is None:  # nothing to do: everything stays as it is
            return tuple(gr.skip() for _ in outputs)
        return turn.messages, turn.session.evidence, turn.session, turn.left

    def ask(question: str, state: Session | None) -> Iterator[tuple[Any, ...]]:
        yield from map(shown, desk.answer(question or "", state))

    def ask_starter(state: Session | None, event: Any) -> Iterator[tuple[Any, ...]]:
        yield from ask(event.value["text"], state)

    def ask_again(state: Session | None) -> Iterator[tuple[Any, ...]]:
        yield from map(shown, desk.again(state))

    def ask_otherwise(pressed: str, state: Session | None) -> Iterator[tuple[Any, ...]]:
        yield from map(shown, desk.toggle(pressed.partition(" ")[2], state))

    # Gradio reads the annotation to know that it must pass the event; as a string, it
    # could not be resolved, for gradio is imported in a function only.
    ask_starter.__annotations__["event"] = gr.SelectData

    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    asking = [
        box.submit(ask, [box, session], list(outputs), **private),
        outputs.chat.example_select(ask_starter, [session], list(outputs), **private),
        again.click(ask_again, [session], list(outputs), **private),
        toggled.change(ask_otherwise, [toggled, session], list(outputs), **private),
    ]
    left.change(lambda kept: shown(desk.resume(_questions(kept))), [left], list(outputs), **private)
    edit.click(lambda state: shown(desk.take_back(state)), [session], list(outputs), **private)
    stopping: dict[str, Any] = {"cancels": asking, "queue": False, **private}
    stop.click(lambda state: shown(desk.stop(state)), [session], list(outputs), **stopping)
    fresh.click(lambda: ([], theme.EMPTY_EVIDENCE, None, ""), None, list(outputs), **private)


def _questions(kept: str) -> list[str]:
    """Return the questions a browser has kept; none where it kept something else."""
    try:
        found = json.loads(kept)
    except ValueError:
        return []
    return [question for question in found if isinstance(question, str)] if isinstance(found, list) else []


def build_app(desk: Desk, librarian: Librarian | None = None) -> App:
    """The whole web application: the chat at "/", a document at "/?vb=...", the other places beside it."""
    # Read when gradio and fastapi are imported: neither may report to anybody.
    os.environ |= {"GRADIO_ANALYTICS_ENABLED": "False", "OTEL_SDK_DISABLED": "true"}
    import gradio as gr
    from fastapi import FastAPI
    from starlette.staticfiles import StaticFiles

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/tinh", StaticFiles(directory=theme.STATIC))
    librarian = librarian or Librarian(desk)
    add_places(app, desk, librarian)
    add_uploads(app, librarian)
    app = gr.mount_gradio_app(
        app,
        build_blocks(desk),
        path="",
        server_name=desk.settings.host,
        server_port=desk.settings.port,
        footer_links=[],
        run_history=False,
        i18n=gr.I18n(en=theme.GRADIO_LABELS),
        theme=theme.gradio_theme(),
        show_error=False,
        max_file_size=1,
        ssr_mode=False,
    )
    framed = with_words(with_reader(app, desk))
    forms = {f"/{DRAFTING.path}": MAX_FORM, **UPLOAD_FORMS}
    return Guard(
        framed,
        max_body=desk.settings.max_body,
        head=theme.head(),
        top=header(CHAT),
        forms=forms,
        only_here=("/kho-",),
    )
