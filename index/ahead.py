"""Work done by a process of its own while this one goes on: passages segmented, texts learnt from.

Segmenting takes about as long as all the rest of a build together, so two cores do a build in half the time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Ahead(Generic[T, R]):
    """One batch on its way through the other process; without one, the work is done here when it is taken.

    At most one batch is out at a time, so that neither side ever waits for the other to take what it sends.
    A process that cannot be started, or dies, costs time and nothing else.
    """

    def __init__(self, work: Callable[[Sequence[T]], list[R]], *, alone: bool = False) -> None:
        """Take what is to be done, a function of a module.

        Args:
            alone: Whether to start no process: for little work.
        """
        self._work = work
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._sent: list[T] = []
        self._alone = alone or (os.cpu_count() or 1) < 2

    def send(self, batch: Sequence[T]) -> None:
        """Give away a batch; the one before must have been taken back."""
        if self._sent:
            raise ValueError("a batch is still out; take it first")
        self._sent = list(batch)
        try:
            if self._line is None and not self._alone:
                self._start()
            if self._line is not None:
                self._line.send(self._sent)
        except OSError:
            self._give_up()

    def take(self) -> tuple[list[T], list[R]]:
        """Return the batch given away last and what came of it; two empty lists where none is out."""
        batch, self._sent = self._sent, []
        done: list[R] | None = None
        if batch and self._line is not None:
            try:
                done = self._line.recv()
            except (EOFError, OSError):
                self._give_up()
        if done is None:
            done = self._work(batch) if batch else []
        return batch, done

    def close(self) -> None:
        """End the other process; a batch that is out is lost, and what comes after is done here."""
        self._sent = []
        self._give_up()

    def _start(self) -> None:
        # Never forked: this process has threads, and models in memory that a copy would hold twice.
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        self._process.start()
        theirs.close()  # so that each side sees the other end

    def _give_up(self) -> None:
        self._alone = True
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join()
        self._line = self._process = None


def _serve(line: Connection, work: Callable[[Any], Any]) -> None:
    """Do what comes until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that builds says when to end
    try:
        while True:
            line.send(work(line.recv()))
    except (EOFError, OSError):
        return
