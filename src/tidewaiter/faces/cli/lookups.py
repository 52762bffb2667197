"""`tidewaiter catalog` and `tidewaiter vocabulary`: what is known of items, and what questions may state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.running import Screen

__all__ = ["show_catalog", "show_vocabulary"]


def show_catalog(name: str | None, on: str | None, screen: Screen) -> None:
    """The items, those that a part of a name fits, or one item with its class on a date."""
    from tidewaiter.faces import shelves
    from tidewaiter.faces.pages import shelves as pages

    day = day_of(on, "--on", screen.faults)
    item = None
    rows = [shelves.row_json(chip) for chip in shelves.chips(name)]
    rows += [shelves.model_row_json(model) for model in shelves.models(name)]
    model = None
    if name is not None:
        item, fault = _tried(lambda: shelves.item_json(name, day))
        model = _tried(lambda: shelves.model_json(name))[0] if item is None else None
        if item is None and model is None and not rows and fault is not None:
            screen.faults += fault.faults
    screen.stop()
    if model is not None:
        screen.show(lambda: model, lambda: pages.model_page(model, screen.words))
        return
    if item is not None:
        screen.show(lambda: item, lambda: pages.item_page(item, screen.words))
    else:
        data = {"schema_version": shelves.SCHEMA_VERSION, "items": rows}
        screen.show(lambda: data, lambda: pages.items_page(rows, screen.words))


def _tried(find: Callable[[], Any]) -> tuple[Any, InputFaults | None]:
    try:
        return find(), None
    except InputFaults as error:
        return None, error


def show_vocabulary(term: str | None, screen: Screen) -> None:
    """The facts, those that a part of a name fits, or one fact."""
    from tidewaiter.faces import shelves
    from tidewaiter.faces.pages import shelves as pages

    found = shelves.facts_json(term)
    if not found and term is not None:
        remedy = nearest(term, shelves.fact_names()) or "see: tidewaiter vocabulary"
        screen.faults.append(Fault("term", f"'{term:.60}' is no fact", remedy))
    screen.stop()
    data = {"schema_version": shelves.SCHEMA_VERSION, "facts": found}
    full = len(found) == 1
    screen.show(
        lambda: data, lambda: pages.fact_page(found[0], screen.words) if full else pages.facts_page(found, screen.words)
    )
