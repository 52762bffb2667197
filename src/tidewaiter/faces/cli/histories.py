"""`tidewaiter timeline`: the answer at every change of the law."""

from __future__ import annotations

from dataclasses import replace

from tidewaiter.base.errors import Fault
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.checking import Request, check_question
from tidewaiter.faces.cli.running import Screen
from tidewaiter.faces.pages.blocks import Block

__all__ = ["show_timeline"]


def show_timeline(request: Request, first: str | None, last: str | None, screen: Screen) -> None:
    """Print a timeline. Raises QuestionFaults with every fault."""
    from tidewaiter.faces.asking import answer
    from tidewaiter.faces.composition import decider
    from tidewaiter.faces.history import stretches, stretches_json

    base, places = check_question(request, screen)
    spec = decider().specification(base.question)
    begin = day_of(first, "--from-date", screen.faults) if first else spec.begins
    end = day_of(last, "--until", screen.faults) if last else spec.checked_through
    if len(places) != 1:
        screen.faults.append(
            Fault("ITEM", f"{len(places)} items were named", "name one: tidewaiter timeline H20 --to CN")
        )
    else:
        base = replace(base, item=places[0], on=max(begin, spec.begins))
        screen.gather(lambda: answer(base))
    found = screen.gather(lambda: stretches(base, begin, end)) if not screen.faults else None
    screen.stop()
    assert found is not None

    def page() -> list[Block]:
        from tidewaiter.faces.pages.timeline import timeline_page

        return timeline_page(base, found, screen.words)

    screen.show(lambda: stretches_json(base, found), page)
