"""How many threads numpy's products of matrices may take."""

from __future__ import annotations


def one_thread_for_products() -> None:
    """Let numpy multiply matrices on one thread, in this process, from now on.

    Those of a question are so small that a second thread only waits for the first, at full speed: it doubled
    the processor time of a question, and on a busy machine the time by the clock too. torch is not concerned.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
