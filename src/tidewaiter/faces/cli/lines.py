"""`tidewaiter lines`: the smallest change of a figure that turns an answer; with --frees, whether more ever frees."""

from __future__ import annotations

from dataclasses import replace

from tidewaiter.base.errors import Fault
from tidewaiter.faces.answers import layer_faults
from tidewaiter.faces.cli.checking import Request, check_question
from tidewaiter.faces.cli.running import Screen

__all__ = ["show_freedom", "show_lines"]


def show_lines(request: Request, screen: Screen) -> None:
    """Print the nearest lines. Raises QuestionFaults with every fault."""
    from tidewaiter.faces.composition import decider
    from tidewaiter.faces.lines import lines_json
    from tidewaiter.faces.pages.lines import lines_page

    base, places = check_question(request, screen)
    screen.faults += layer_faults(request.layer, decider().specification(base.question))
    if len(places) != 1:
        remedy = "name one: tidewaiter lines H20 --to CN"
        screen.faults.append(Fault("ITEM", f"{len(places)} items were named", remedy))
    else:
        base = replace(base, item=places[0])
    found = screen.gather(lambda: lines_json(base)) if not screen.faults else None
    screen.stop()
    assert found is not None
    screen.show(lambda: found, lambda: lines_page(found, screen.words))


def show_freedom(request: Request, screen: Screen) -> None:
    """Print whether more of a figure ever frees an item. Raises QuestionFaults."""
    from tidewaiter.faces.lines import freedom_json
    from tidewaiter.faces.pages.lines import freedom_page

    base, _ = check_question(request, screen)
    screen.stop()
    found = freedom_json(base)
    screen.show(lambda: found, lambda: freedom_page(found, screen.words))
