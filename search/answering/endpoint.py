"""One request to a language model with the chat protocol of OpenAI: Ollama, llama.cpp, vLLM, a hosted one.

    POST {base}/chat/completions   {"model", "messages", ...} -> {"choices": [{"message": {"content"}}]}
    GET  {base}/models             the first model is taken where the setting names none

Whatever the other side does (hang, drip, babble, redirect, answer without end) comes back as ModelFailed
within the time allowed. Nothing is sent anywhere but to the address that was set.
"""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import unquote, urlsplit

from corpus.errors import AppError

SETTING = "TRACUU_LLM"
"""The environment variable that turns the language model on: http://127.0.0.1:11434/v1#qwen2.5:7b."""

_MAX_BODY = 256 * 1024  # bytes; a reply of a few sentences needs a hundredth of it
_MAX_TOKENS = 500  # of a reply; an answer of a few sentences needs half of it
_REMEDY = f"Đặt {SETTING} theo mẫu http://127.0.0.1:11434/v1#tên-mô-hình, hoặc bỏ trống để không dùng"

Message = dict[str, str]


class ModelSettingError(AppError):
    """The setting is no address of a language model."""


class ModelFailed(Exception):
    """The model gave nothing that can be used; never shown to staff, who get the quoted answer instead."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model listens.

    Attributes:
        path: Of the protocol's root, without "/" at its end ("/v1").
        model: None takes the first one that the server lists.
        key: Sent as a bearer token where it is set; never logged.
        timeout_s: Seconds that one request may take in all.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    model: str | None = None
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 20.0

    @classmethod
    def parse(cls, setting: str, timeout_s: float = 20.0) -> Endpoint:
        """Read "http://host:port/v1#model"; a key stands before the host: "https://:KEY@host/v1#model".

        Raises:
            ModelSettingError: It is no such address, or would send the key unencrypted over a network.

        >>> Endpoint.parse("http://127.0.0.1:11434/v1#qwen2.5:7b").model
        'qwen2.5:7b'
        """
        try:
            parts = urlsplit(setting.strip())
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise ModelSettingError(f"{SETTING} không phải là một địa chỉ ({error})", _REMEDY) from None
        if parts.scheme not in ("http", "https") or not host or parts.query:
            # Without its password: the message may end up in a log.
            raise ModelSettingError(f"{SETTING} không phải là địa chỉ http hay https của một máy", _REMEDY)
        if parts.password and parts.scheme == "http" and not _is_here(host):
            raise ModelSettingError(
                f"{SETTING} sẽ gửi khóa đến {host} không mã hóa", "Dùng địa chỉ https, hoặc bỏ khóa"
            )
        path = parts.path.rstrip("/").removesuffix("/chat/completions")
        key = unquote(parts.password) if parts.password else None
        return cls(parts.scheme, host, port, path, unquote(parts.fragment) or None, key, timeout_s)

    def complete(self, messages: Sequence[Message]) -> str:
        """Return what the model replies.

        Raises:
            ModelFailed: No usable reply within `timeout_s`.
        """
        model = self.model or self._first_model()
        reply = self._request(
            "POST",
            "/chat/completions",
            {
                "model": model,
                "messages": list(messages),
                "temperature": 0,
                "max_tokens": _MAX_TOKENS,
                "stream": False,
            },
        )
        content = _at(reply, "choices", 0, "message", "content")
        if not isinstance(content, str) or not content.strip():
            raise ModelFailed("the reply holds no text")
        return content

    def _first_model(self) -> str:
        name = _at(self._request("GET", "/models"), "data", 0, "id")
        if not isinstance(name, str):
            raise ModelFailed("the server lists no model")
        return name

    def _request(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Return the JSON of one reply; http.client follows no redirect and asks no proxy."""
        kind = http.client.HTTPSConnection if self.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.host, self.port, timeout=self.timeout_s)
        late = threading.Event()

        def cut() -> None:
            late.set()
            with suppress(OSError, AttributeError):  # it may have ended in this very moment
                connection.sock.shutdown(socket.SHUT_RDWR)

        # A server that sends a byte now and then never runs into the time-out of a single read.
        watch = threading.Timer(self.timeout_s, cut)
        watch.daemon = True
        watch.start()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        try:
            payload = None if body is None else json.dumps(body).encode()
            connection.request(method, self.path + path, payload, headers)
            response = connection.getresponse()
            data = response.read(_MAX_BODY + 1)
            if response.status != http.client.OK:
                raise ModelFailed(f"status {response.status}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ModelFailed("too late" if late.is_set() else f"{type(error).__name__}") from None
        finally:
            watch.cancel()
            connection.close()
        if late.is_set():
            raise ModelFailed("too late")
        if len(data) > _MAX_BODY:
            raise ModelFailed(f"more than {_MAX_BODY} bytes")
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            raise ModelFailed("the reply is no JSON") from None


def _at(value: Any, *steps: str | int) -> Any:
    """Return what stands at `steps` in parsed JSON; None where the way there does not exist."""
    for step in steps:
        if isinstance(step, int) and isinstance(value, list) and len(value) > step:
            value = value[step]
        elif isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        else:
            return None
    return value


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
