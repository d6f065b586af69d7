"""Work done by a process of its own while this one goes on: passages segmented, texts learnt from.

Segmenting takes about as long as all the rest of a build together, so two cores do a build in half the time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from typing import Any, Generic, TypeVar

T = TypeVar("T")

# The program alone is imported there, never the script that happens to use it, which need not expect that.
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from index.ahead import serve
serve(sys.argv[2])
"""


class Ahead(Generic[T]):
    """Batches on their way through the other process, in order; without one, the work is done in this one.

    A process that cannot be started, or dies, costs time and nothing else.
    """

    def __init__(self, work: Callable[[Sequence[T]], list[str]], *, alone: bool = False) -> None:
        """Take what is to be done.

        Args:
            work: A function of a module; what it is given must be what JSON holds.
            alone: Whether to start no process: for little work.
        """
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None
        self._out: deque[tuple[list[T], Future[list[str] | None] | None]] = deque()
        self._alone = alone or (os.cpu_count() or 1) < 2
        self._waiting = ThreadPoolExecutor(1)  # waits for the process, so that this one need not

    def __len__(self) -> int:
        """How many batches are out."""
        return len(self._out)

    @property
    def ready(self) -> bool:
        """Whether the oldest batch can be taken without waiting for the other process."""
        return bool(self._out) and ((coming := self._out[0][1]) is None or coming.done())

    def send(self, batch: Sequence[T]) -> None:
        """Give away a batch."""
        given = list(batch)
        self._out.append((given, None if self._alone else self._waiting.submit(self._asked, given)))

    def take(self) -> tuple[list[T], list[str]]:
        """Return the oldest batch and what came of it, when it is back; two empty lists where none is out."""
        batch, coming = self._out.popleft() if self._out else ([], None)
        done = coming.result() if coming is not None else None
        if done is None:
            done = self._work(batch) if batch else []
        return batch, done

    def close(self) -> None:
        """End the other process; batches that are out are lost."""
        self._out.clear()
        self._alone = True
        if self._process is not None:
            self._process.kill()
        self._waiting.shutdown(cancel_futures=True)
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _asked(self, batch: list[T]) -> list[str] | None:
        """Return what the other process makes of a batch; None where there is no such process any more."""
        try:
            if self._alone:
                return None
            self._process = self._process or _started(self._work)
            return _answer(self._process, batch)
        except (OSError, ValueError):
            self._alone = True
            return None


def _started(work: Callable[..., list[str]]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _START, json.dumps(sys.path), f"{work.__module__}:{work.__name__}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the process that builds; this one ends with it
    )


def _answer(process: subprocess.Popen[bytes], batch: Sequence[Any]) -> list[str]:
    """Send a batch and wait for what comes of it; OSError or ValueError where nothing does."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(batch).encode() + b"\n")
    process.stdin.flush()
    done: list[str] = json.loads(process.stdout.readline())
    return done


def serve(work: str) -> None:
    """Do what comes on stdin until it ends, a line of JSON for a batch; the other side of `Ahead`.

    Args:
        work: "module:function".
    """
    module, _, function = work.partition(":")
    do: Callable[[Any], list[str]] = getattr(import_module(module), function)
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # whatever a library prints is no answer
    for line in sys.stdin.buffer:
        answers.write(json.dumps(do(json.loads(line))).encode() + b"\n")
        answers.flush()
