"""The same work on several parts at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_LEAST_PART = 2**20
"""A part of a file with fewer bytes is done before another thread has begun."""

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def in_parallel(work: Callable[[_In], _Out], parts: Sequence[_In]) -> list[_Out]:
    """Do the same with several columns, or parts of a file, on all processors.

    Others begin with the last part, and this thread with the first, until they meet.
    """
    others = (os.cpu_count() or 1) - 1
    if len(parts) < 2 or not others:
        return list(map(work, parts))
    with ThreadPoolExecutor(others) as pool:
        told = [(part, pool.submit(work, part)) for part in reversed(parts)]
        return [
            work(part) if future.cancel() else future.result() for part, future in reversed(told)
        ]


def number_of_parts(size: int) -> int:
    """Into how many parts to cut a file of so many bytes: as many as processors, if it is large."""
    return max(min(os.cpu_count() or 1, size // _LEAST_PART), 1)
