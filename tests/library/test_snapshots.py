"""Programs by date and layer: small laws by hand, and every change date of the shipped law."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from tests.library.small import HEAD, with_files

from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.program import Program
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.vocabulary import ROOT
from tidewaiter.library.loader import load_law, read_law
from tidewaiter.library.model import Origin
from tidewaiter.library.snapshots import Snapshots

LAYERS = ("text", "enforced", "addressee")
DAY = dt.timedelta(1)


@cache
def shipped() -> Snapshots:
    return Snapshots(load_law())


def meaning(program: Program) -> dict[str, object]:
    """All that a program says, apart from the day."""
    rules = {
        term: (held.node, held.recursive, held.presumption, cited(held.origin))
        for term, held in program.definitions.items()
    }
    return {**rules, "groups": program.groups, "tables": program.tables}


def cited(origin: object) -> object:
    assert isinstance(origin, Origin)
    return id(origin.version), origin.layer, tuple(id(overlay) for overlay in origin.overlays), origin.reading


def shown(snapshots: Snapshots, day: dt.date) -> dict[str, dict[str, object]]:
    return {layer: meaning(snapshots.at(day, layer)) for layer in LAYERS}


def test_every_change_date_changes_something() -> None:
    snapshots = shipped()
    idle = [day for day in snapshots.dates if shown(snapshots, day - DAY) == shown(snapshots, day)]
    assert idle == []


def test_nothing_changes_between_two_change_dates() -> None:
    """Built afresh on the last day before the next change, the law is the one built on the first."""
    snapshots = shipped()
    moved = []
    for day in snapshots.dates:
        start, following = snapshots.interval(day)
        assert start == day
        last = following - DAY if following else dt.date(2035, 1, 1)
        if shown(snapshots, day) != shown(Snapshots(snapshots.law), last):
            moved.append((day, last))
    assert moved == []


def test_layers_stack() -> None:
    """An upper layer differs from the one below exactly in the terms that its overlays touch."""
    snapshots = shipped()
    for day in snapshots.dates:
        for lower, upper in (("text", "enforced"), ("enforced", "addressee")):
            one, other = meaning(snapshots.at(day, lower)), meaning(snapshots.at(day, upper))
            touched = {
                term
                for overlay in snapshots.law.overlays
                if overlay.layer == upper and overlay.start <= day and (overlay.stop is None or day < overlay.stop)
                for term in (*overlay.replaces, *overlay.adds)
            }
            assert {term for term in one if one[term] != other[term]} == touched


def test_the_program_carries_its_day() -> None:
    snapshots = shipped()
    for day in (dt.date(2025, 6, 1), dt.date(2025, 6, 2), dt.date(2025, 6, 1)):
        assert snapshots.at(day).as_of == day


# by hand ------------------------------------------------------------------------------------------

VERSIONS = f"""decides: heavy
title: {{en: Heavy, zh: 重}}
citation: section 1
versions:
  - from: 2022-01-01
    {HEAD}
    to: 2023-01-01
    when: weight >= 50
  - from: 2024-01-01
    {HEAD}
    when: weight >= 60
  - from: 2025-01-01
    {HEAD}
    END
"""
OVERLAY = """overlay: posture
layer: LAYER
title: {en: Posture, zh: 姿态}
source: ORDER
confidence: high
checked: 2026-01-01
from: 2024-06-01
to: 2024-09-01
BODY
"""


def heavy(snapshots: Snapshots, day: str, layer: str = "text", weight: float = 55.0, **facts: str) -> object:
    program = snapshots.at(dt.date.fromisoformat(day), layer)
    return Reference(program, Instance(ROOT, {"weight": weight, **facts})).value("heavy")


@pytest.mark.parametrize(
    ("end", "after"), [("end: repealed", False), ("end: unchecked", None), ("when: weight >= 70", False)]
)
def test_versions_before_within_between_and_after(end: str, after: bool | None) -> None:
    snapshots = Snapshots(read_law(with_files({"rules/heavy.yaml": VERSIONS.replace("END", end)})))
    assert heavy(snapshots, "2021-12-31") is False
    assert heavy(snapshots, "2022-01-01") is heavy(snapshots, "2022-12-31") is True
    assert heavy(snapshots, "2023-01-01") is heavy(snapshots, "2023-12-31") is None
    assert heavy(snapshots, "2024-01-01") is heavy(snapshots, "2024-12-31") is False
    assert heavy(snapshots, "2025-01-01") is heavy(snapshots, "2030-01-01") is after


def overlaid(layer: str, body: str) -> Snapshots:
    text = OVERLAY.replace("LAYER", layer).replace("BODY", body)
    return Snapshots(read_law(with_files({"overlays/posture.yaml": text})))


@pytest.mark.parametrize("layer", ["enforced", "addressee"])
def test_overlays_hold_on_their_days_and_layers(layer: str) -> None:
    snapshots = overlaid(layer, "replaces: {heavy: {when: weight >= 20}}")
    for day, held in (("2024-05-31", False), ("2024-06-01", True), ("2024-08-31", True), ("2024-09-01", False)):
        assert heavy(snapshots, day, "text", 30.0) is False
        assert heavy(snapshots, day, "enforced", 30.0) is (held and layer == "enforced")
        assert heavy(snapshots, day, "addressee", 30.0) is held


def test_additions_leave_the_rule() -> None:
    snapshots = overlaid("enforced", "adds: {heavy: {when: weight <= 5}}")
    assert [heavy(snapshots, "2024-07-01", "enforced", weight) for weight in (4.0, 30.0, 55.0)] == [True, False, True]


@pytest.mark.parametrize(("exporter", "held"), [("acme", True), ("other", False), (None, None)])
@pytest.mark.parametrize("verb", ["adds", "replaces"])
def test_what_binds_one_binds_no_other(verb: str, exporter: str | None, held: bool | None) -> None:
    snapshots = overlaid("addressee", f"binds: acme\n{verb}: {{heavy: {{when: weight >= 20}}}}")
    facts = {"exporter": exporter} if exporter else {}
    assert heavy(snapshots, "2024-07-01", "addressee", 30.0, **facts) is held
    assert heavy(snapshots, "2024-07-01", "enforced", 30.0, **facts) is False


@pytest.mark.parametrize(("exporter", "held"), [("acme", True), ("other", False)])
def test_what_binds_one_on_a_row(exporter: str, held: bool) -> None:
    """The addressee stands on the transaction, whatever subject the changed term is about."""
    snapshots = overlaid("addressee", "binds: acme\nadds: {party.owned: {when: listed}}")
    party = Instance("party", {"party.listed": True}, {"party.owners": Rows((), True)})
    root = Instance(ROOT, {"exporter": exporter}, {"parties": Rows((Row(party),), True)})
    program = snapshots.at(dt.date(2024, 7, 1), "addressee")
    assert Reference(program, root).value("party.owned", party) is held


def test_groups_by_day() -> None:
    snapshots = Snapshots(read_law(with_files()))
    assert snapshots.at(dt.date(2021, 12, 31)).groups["near"] == frozenset()
    assert snapshots.at(dt.date(2023, 12, 31)).groups["near"] == {"CN", "HK"}
    assert snapshots.at(dt.date(2024, 1, 1)).groups["near"] == {"CN", "HK", "MO"}
