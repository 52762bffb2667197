"""Many names: each distinct one asked once, by one process or by several."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from tidewaiter.base.errors import InputFaults

__all__ = ["answered"]

_DISTINCT = 1 << 17
_STEP = 1000
_CHUNK = 200
_BLOCK = 20_000

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")

_work: Callable[[Any], Any] | None = None
"""What the copies of this process do; set just before they are made, so that nothing need be sent to them."""


def answered(
    names: Iterable[_Asked],
    answer: Callable[[_Asked], _Answer],
    progress: Callable[[int], None] | None = None,
    processes: int = 1,
) -> Iterator[_Answer]:
    """The answer to each name, in order. `progress` is told how many are done, every thousand and at the end."""
    count = 0
    found = _by_many(names, answer, processes) if processes > 1 and _can_fork() else _by_one(names, answer)
    for count, each in enumerate(found, 1):
        yield each
        if progress and count % _STEP == 0:
            progress(count)
    if progress:
        progress(count)


def _by_one(names: Iterable[_Asked], answer: Callable[[_Asked], _Answer]) -> Iterator[_Answer]:
    done: dict[_Asked, _Answer] = {}
    for name in names:
        if name not in done:
            if len(done) >= _DISTINCT:
                done.clear()
            done[name] = answer(name)
        yield done[name]


def _by_many(names: Iterable[_Asked], answer: Callable[[_Asked], _Answer], processes: int) -> Iterator[_Answer]:
    from multiprocessing import get_context

    global _work
    waiting, _work = iter(names), answer
    with get_context("fork").Pool(processes) as pool:
        while block := list(islice(waiting, _BLOCK)):
            distinct = list(dict.fromkeys(block))
            parts = [distinct[at : at + _CHUNK] for at in range(0, len(distinct), _CHUNK)]
            lists = pool.imap(_part, parts)
            found = dict(zip(distinct, (each for part in lists for each in part), strict=True))
            for name in block:
                each = found[name]
                yield each if not isinstance(each, _Fault) else each.raised()  # type: ignore[misc]


def _part(names: list[Any]) -> list[Any]:
    assert _work is not None
    return [_Fault(each) if isinstance(each, InputFaults) else each for each in map(_work, names)]


class _Fault:
    """A fault on its way between processes."""

    def __init__(self, fault: InputFaults) -> None:
        self.kind, self.faults = type(fault), fault.faults

    def raised(self) -> InputFaults:
        return self.kind(self.faults)


def _can_fork() -> bool:
    return sys.platform.startswith("linux")
