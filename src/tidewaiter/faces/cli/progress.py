"""A bar on standard error for what takes longer than two seconds; nothing where that is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["progress"]

_PATIENCE = 2.0


@contextmanager
def progress(title: str = "") -> Iterator[Callable[[int, int], None] | None]:
    """A bar with rate and remaining time; it is told how much is done, of how much."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]:,.0f}/s")
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True))
    start, task = time.monotonic(), bar.add_task("", rate=0.0)

    def watch(done: int, total: int) -> None:
        passed = time.monotonic() - start
        if passed > _PATIENCE and not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=total, rate=done / max(passed, 1e-9))

    try:
        yield watch
    finally:
        if bar.live.is_started:
            bar.stop()
