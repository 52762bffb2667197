"""`tidewaiter lists`: which lists are at hand, importing one, an entry, a name through the editions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tidewaiter.faces.cli.running import Screen

__all__ = ["import_lists", "show_entry", "show_lists", "show_name"]


def show_lists(screen: Screen) -> None:
    """All lists with their editions and completeness."""
    from tidewaiter.faces.listbook import lists_json
    from tidewaiter.faces.pages.listbook import lists_page

    screen.stop()
    data = lists_json()
    screen.show(lambda: data, lambda: lists_page(data, screen.words))


def import_lists(
    files: Sequence[str], code: str, as_of: str | None, force: bool, format_code: str, screen: Screen
) -> None:
    """Take the editions of a file. Raises ListFault or LimitExceeded; what was stored stays then."""
    from tidewaiter.faces.cli.arguments import day_of
    from tidewaiter.faces.cli.progress import progress
    from tidewaiter.faces.listbook import import_json
    from tidewaiter.faces.pages.listbook import import_page
    from tidewaiter.faces.screening.sources import forget_sources, sources

    day = day_of(as_of, "--as-of", screen.faults) if as_of else None
    screen.stop()
    data = import_json([Path(file) for file in files], code, day, force, format_code)
    forget_sources()
    with progress(screen.words("Indexing the names")) as watch:
        sources(watch)
    screen.show(lambda: data, lambda: import_page(data, screen.words))


def show_entry(key: str, screen: Screen) -> None:
    """One entry. Raises NameNotFound."""
    from tidewaiter.faces.listbook import lists_json, show_json
    from tidewaiter.faces.pages.listbook import entry_page

    screen.stop()
    data = show_json(key)
    titles = {row["list"]: row["title"] for row in lists_json()["lists"]}
    screen.show(lambda: data, lambda: entry_page(data, screen.words, titles))


def show_name(name: str, screen: Screen) -> None:
    """The entries of a name through the editions. Raises NameNotFound."""
    from tidewaiter.faces.listbook import history_json, lists_json
    from tidewaiter.faces.pages.listbook import history_page

    screen.stop()
    data = history_json(name)
    titles = {row["list"]: row["title"] for row in lists_json()["lists"]}
    screen.show(lambda: data, lambda: history_page(data, screen.words, titles))
