"""Work shared among forked processes: each takes its turn of the subjects, results come back in order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

__all__ = ["shared"]

_Subject = TypeVar("_Subject")


def shared(
    work: Callable[[_Subject], Any],
    subjects: Sequence[_Subject],
    processes: int,
    hand_back: Callable[[Any], Any] = lambda found: found,
) -> Iterator[Any]:
    """What `work` makes of each subject, in order. Other processes hand back what `hand_back` makes of that.

    One process, or a system that cannot fork, does everything here. An error of a process is raised here.
    """
    if processes < 2 or len(subjects) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, subjects)
        return
    others = [_start(work, subjects[index::processes], hand_back) for index in range(1, processes)]
    try:
        for index, subject in enumerate(subjects):
            turn = index % processes
            yield work(subject) if turn == 0 else _received(others[turn - 1][1])
    finally:
        for process, _ in others:
            process.terminate()
            process.join()


def _received(pipe: Connection) -> Any:
    try:
        found = pipe.recv()
    except EOFError:
        raise RuntimeError("a process that shared the work ended before it was done") from None
    if isinstance(found, BaseException):
        raise found
    return found


def _start(work: Callable[[Any], Any], own: Sequence[Any], hand_back: Callable[[Any], Any]) -> Any:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, own, hand_back, there), daemon=True)
    process.start()
    there.close()
    return process, here


def _work(work: Callable[[Any], Any], own: Sequence[Any], hand_back: Callable[[Any], Any], pipe: Connection) -> None:
    for subject in own:
        try:
            pipe.send(hand_back(work(subject)))
        except Exception as error:
            pipe.send(error)
            return
