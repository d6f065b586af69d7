"""Passages segmented into words by a process of their own, while this one reads the next documents.

Segmenting takes about as long as all the rest of a build together, so two cores do a build in half the time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from index.preparation import segmented

Segmenting = Callable[[Sequence[str]], list[str]]


class Ahead:
    """One batch of texts on its way through the other process; without one, the words are made here.

    At most one batch is out at a time, so that neither side ever waits for the other to take what it sends.
    A process that cannot be started, or dies, costs time and nothing else.
    """

    def __init__(self, segmenting: Segmenting = segmented) -> None:
        self._segmenting = segmenting
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._sent: list[str] = []
        self._alone = (os.cpu_count() or 1) < 2

    def send(self, texts: Sequence[str]) -> None:
        """Give away a batch; the one before must have been taken back."""
        if self._sent:
            raise ValueError("a batch is still out; take it first")
        self._sent = list(texts)
        try:
            if self._line is None and not self._alone:
                self._start()
            if self._line is not None:
                self._line.send(self._sent)
        except OSError:
            self._give_up()

    def take(self) -> tuple[list[str], list[str]]:
        """Return the texts given away last and the words of each; two empty lists where none is out."""
        texts, self._sent = self._sent, []
        words: list[str] | None = None
        if texts and self._line is not None:
            try:
                words = self._line.recv()
            except (EOFError, OSError):
                self._give_up()
        return texts, self._segmenting(texts) if words is None else words

    def close(self) -> None:
        """End the other process; a batch that is out is lost."""
        self._sent = []
        self._give_up()
        self._alone = False

    def _start(self) -> None:
        # Never forked: this process has threads, and models in memory that a copy would hold twice.
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._segmenting), daemon=True)
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


def _serve(line: Connection, segmenting: Segmenting) -> None:
    """Segment what comes until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that builds says when to end
    try:
        while True:
            line.send(segmenting(line.recv()))
    except (EOFError, OSError):
        return
