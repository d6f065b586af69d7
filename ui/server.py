"""A web server that lets answers under way finish when it is asked to end."""

from __future__ import annotations

import asyncio
import signal
import socket
from types import FrameType
from typing import cast

import uvicorn

from ui.chat.desk import Desk
from ui.security import App

_TICK_S = 0.1
_CLOSING_S = 5
_LAST_WORDS_S = 0.5  # for the browser to receive an answer that has just been finished


class PoliteServer(uvicorn.Server):
    """uvicorn, printing its address when it is ready.

    Every open tab holds a connection for good, and uvicorn would wait for those too: so it
    is the questions under way that are waited for, `Settings.grace_s` seconds at most.
    """

    def __init__(self, app: App, desk: Desk) -> None:
        super().__init__(
            uvicorn.Config(
                cast("uvicorn._types.ASGIApplication", app),
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=_CLOSING_S,
            )
        )
        self._desk = desk
        self.address = ""
        self.ended_by: int | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            print(f"Mở trình duyệt tại địa chỉ: {self.address}", flush=True)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.ended_by = self.ended_by or sig
        super().handle_exit(cast(signal.Signals, sig), frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        waited = 0.0
        while self._desk.under_way and waited < self._desk.settings.grace_s and not self.force_exit:
            await asyncio.sleep(_TICK_S)
            waited += _TICK_S
        await asyncio.sleep(_LAST_WORDS_S)
        # What is open now are tabs that only listen; as seen from them, the line is cut.
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.close()
        await super().shutdown(sockets=sockets)
