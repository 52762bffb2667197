"""`tidewaiter compute …`: a calculation as a page or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tidewaiter.faces.cli.running import Screen

__all__ = ["show"]


def show(kind: str, calculate: Callable[[], dict[str, Any]], language: str, as_json: bool) -> None:
    """Print a calculation: training, serving, answers or claim. Raises QuestionFaults with every fault."""
    from tidewaiter.faces.pages.computing import PAGES

    screen = Screen.of(language, as_json)
    found = screen.gather(calculate)
    screen.stop()
    screen.show(lambda: found, lambda: PAGES[kind](found, screen.words))
