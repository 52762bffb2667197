"""`tidewaiter law …`: each command prints one page, or one JSON object."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.determine.rendering import plain
from tidewaiter.faces import lawbook
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.running import Screen
from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages import law as pages

__all__ = [
    "show_coverage",
    "show_difference",
    "show_groups",
    "show_history",
    "show_instruments",
    "show_list",
    "show_provision",
]


def show_list(pattern: str | None, screen: Screen) -> None:
    """The provisions that a pattern fits."""
    found = lawbook.matching(pattern)
    if not found:
        screen.faults.append(Fault("pattern", f"'{pattern!s:.60}' fits no provision", "a shorter part of a name"))
    screen.stop()

    def data() -> dict[str, Any]:
        rows = [
            {
                "name": each.name,
                "term": each.term,
                "title": plain(each.title),
                "citation": each.citation,
                "versions": len(each.versions),
            }
            for each in found
        ]
        return {"schema_version": lawbook.SCHEMA_VERSION, "provisions": rows}

    screen.show(data, lambda: pages.list_page(found, screen.words))


def show_provision(name: str, on: str | None, screen: Screen) -> None:
    """A provision, with all versions or the one on a date."""
    found = screen.gather(lambda: lawbook.find_provision(name))
    day = day_of(on, "--on", screen.faults) if on else None
    screen.stop()
    screen.show(lambda: lawbook.provision_json(found, day), lambda: pages.provision_page(found, day, screen.words))


def show_history(name: str, screen: Screen) -> None:
    """A provision's versions and overlays by date."""
    found = screen.gather(lambda: lawbook.find_provision(name))
    screen.stop()
    screen.show(lambda: lawbook.provision_json(found), lambda: pages.history_page(found, screen.words))


def show_difference(name: str, first: str, second: str, screen: Screen) -> None:
    """What of a provision differs between two dates."""
    found = screen.gather(lambda: lawbook.find_provision(name))
    days = [day_of(text, "DATE", screen.faults) for text in (first, second)]
    screen.stop()
    versions = [lawbook.version_on(found, day) for day in days]

    def data() -> dict[str, Any]:
        sides = [
            {"on": plain(day), "version": lawbook.version_json(v) if v else None}
            for day, v in zip(days, versions, strict=True)
        ]
        return {
            "schema_version": lawbook.SCHEMA_VERSION,
            "name": found.name,
            "term": found.term,
            "same": versions[0] is versions[1],
            "sides": sides,
        }

    screen.show(data, lambda: pages.difference_page(found, (days[0], days[1]), screen.words))


def show_coverage(regime: str | None, screen: Screen) -> None:
    """Every section of law in scope, of all bodies of law or of one: how far encoded, and why no further."""
    found = screen.gather(lambda: lawbook.coverage(regime))
    screen.stop()
    page = pages.coverage_page if regime is None else pages.regime_page
    screen.show(lambda: found, lambda: page(found, screen.words))


def show_groups(name: str | None, on: str | None, screen: Screen) -> None:
    """All groups and tables, or one on a date (today when none is given)."""
    day = day_of(on, "--on", screen.faults)
    group = screen.gather(lambda: lawbook.find_group(name)) if name else None
    screen.stop()
    if group is not None:
        screen.show(
            lambda: lawbook.group_json(group, day),
            lambda: pages.group_page(lawbook.group_json(group, day), screen.words),
        )
        return
    law = decider().law
    rows = [lawbook.group_json(each, day) for each in (*law.groups.values(), *law.tables.values())]
    screen.show(
        lambda: {"schema_version": lawbook.SCHEMA_VERSION, "on": plain(day), "groups": rows},
        lambda: pages.groups_page(rows, screen.words),
    )


def show_instruments(pattern: str | None, screen: Screen) -> None:
    """The published acts, by date."""
    wanted = (pattern or "").casefold()
    held = decider().law.instruments.values()
    found = [
        each for each in held if wanted in f"{each.key}\n{each.title.en}\n{each.title.zh}\n{each.agency}".casefold()
    ]
    found.sort(key=lambda each: (each.published or dt.date.min, each.key))
    if not found:
        screen.faults.append(Fault("pattern", f"'{pattern!s:.60}' fits no instrument", "a shorter part of its name"))
    screen.stop()
    screen.show(
        lambda: {"schema_version": lawbook.SCHEMA_VERSION, "instruments": [plain(each) for each in found]},
        lambda: pages.instruments_page(found, screen.words),
    )
