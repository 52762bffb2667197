"""`tidewaiter compare A B`: what differs between two laws; `tidewaiter amendments`: the gallery."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.running import Screen

__all__ = ["show_amendments", "show_comparison"]


def show_comparison(
    first: str,
    second: str,
    questions: Sequence[str],
    on: str | None,
    layer: str,
    proofs: int,
    witness: bool,
    screen: Screen,
) -> int:
    """Print what differs; 0 when no item, country or party flips, 1 when one does. Raises QuestionFaults."""
    from tidewaiter.faces.cli.progress import progress
    from tidewaiter.faces.comparing import compare
    from tidewaiter.faces.composition import decider
    from tidewaiter.faces.sides import sides_of

    day = day_of(on, "--on", screen.faults) if on else None
    known = decider().law.questions
    for name in questions:
        if name not in known:
            screen.faults.append(Fault("--question", f"'{name:.40}' is no kind of question", nearest(name, known)))
    screen.stop()
    sides = screen.gather(lambda: sides_of(first, second, day, layer, questions))
    screen.stop()
    assert sides is not None
    with progress(screen.words("comparing")) as watch:

        def told(question: str, done: int, whole: int) -> None:
            if watch:
                watch(done, whole)

        found = compare(sides[0], sides[1], questions, told, os.cpu_count() or 1)
    data = found.to_json(proofs=proofs, witness=witness)
    screen.show(lambda: data, lambda: _page(data, screen))
    return 1 if data["flips"] or data["listings"] else 0


def _page(data: dict[str, Any], screen: Screen) -> Any:
    from tidewaiter.faces.pages.comparing import comparison_page

    return comparison_page(data, screen.words)


def show_amendments(name: str | None, screen: Screen) -> None:
    """Print the gallery, or one amendment with its text. Raises QuestionFaults."""
    from tidewaiter.faces.comparison import amendment_json, gallery_json
    from tidewaiter.faces.pages.comparing import amendment_page, gallery_page

    data = screen.gather(lambda: gallery_json() if name is None else amendment_json(name))
    screen.stop()
    page = gallery_page if name is None else amendment_page
    screen.show(lambda: data, lambda: page(data, screen.words))
