"""`tidewaiter frontier`: the best items that may go, on a day; with --history, how that moved."""

from __future__ import annotations

from tidewaiter.base.errors import Fault
from tidewaiter.faces.answers import layer_faults
from tidewaiter.faces.cli.checking import Request, check_question
from tidewaiter.faces.cli.running import Screen

__all__ = ["show_frontier"]


def show_frontier(request: Request, history: bool, count: int, screen: Screen) -> None:
    """Print the frontier. Raises QuestionFaults with every fault."""
    from tidewaiter.faces.cli.progress import progress
    from tidewaiter.faces.composition import decider
    from tidewaiter.faces.frontier import ceilings_json, frontier_json
    from tidewaiter.faces.pages.frontier import ceilings_page, frontier_page

    base, places = check_question(request, screen)
    screen.faults += layer_faults(request.layer, decider().specification(base.question))
    if places:
        screen.faults.append(Fault("arguments", f"'{places[0]:.60}' is no option", "tidewaiter frontier --to CN"))
    if count < 1:
        screen.faults.append(Fault("--top", f"{count} items", "at least 1"))
    screen.stop()
    if not history:
        found = screen.gather(lambda: frontier_json(base, count))
    else:
        with progress(screen.words("frontier")) as watch:
            found = screen.gather(lambda: ceilings_json(base, watch or (lambda done, whole: None)))
    screen.stop()
    page = ceilings_page if history else frontier_page
    screen.show(lambda: found, lambda: page(found, screen.words))
