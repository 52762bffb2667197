"""What the checks ask of the rest of the house: a protocol, wired in `faces`, and the values it answers with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tidewaiter.base.wording import Wording
from tidewaiter.reading.findings import Evidence

__all__ = ["Desk", "Figure", "ItemState", "LawState", "Listing", "NoDesk", "Stretch"]


@dataclass(frozen=True, slots=True)
class LawState:
    """What the law says of a question on a day: restricted, clear (False) or undetermined (None).

    `licensable` tells that a license or notice would open what is restricted, `by_license` that it takes a license;
    `differing` names layers of law with another
    outcome, with its title; `outcome` is its code, for comparison only.
    """

    day: dt.date
    restricted: bool | None
    outcome: str
    title: Wording
    licensable: bool = False
    by_license: bool = False
    differing: tuple[tuple[Wording, Wording], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    tests: tuple[Wording, ...] = ()
    confidence: str = "medium"
    command: str = ""


@dataclass(frozen=True, slots=True)
class ItemState(LawState):
    """What the law says of an item to a destination on a day; `name` is the item's full name."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, both included, with the same answer on an item."""

    first: dt.date
    last: dt.date
    restricted: bool | None
    title: Wording
    differing: tuple[tuple[Wording, Wording], ...] = ()
    decided_by: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an item or model in a unit, with its bounds, source and confidence."""

    name: str
    value: float
    at_least: float
    at_most: float
    unit: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A party on a list: from a day, until a day (exclusive) if it left; `entry` is the name the list prints."""

    party: str
    list: str
    listed: dt.date | None
    removed: dt.date | None
    source: str
    confidence: str
    entry: str = ""


class Desk(Protocol):
    """Law, catalogs and lists, as far as the checks need them. What is not known is None or empty."""

    def item(self, item: str, destination: str, day: dt.date) -> ItemState | None:
        """What the law says of an item to a destination on a day."""
        ...

    def history(self, item: str, destination: str, day: dt.date) -> tuple[Stretch, ...]:
        """How that moved before and after a day."""
        ...

    def name(self, key: str) -> str:
        """The full name of an item; empty for what is none."""
        ...

    def figure(self, item: str, measure: str) -> Figure | None:
        """A figure of an item: tpp, density, compute, memory_bandwidth, memory, interconnect."""
        ...

    def peaks(self, item: str) -> Mapping[str, Figure]:
        """The dense peak rates of an item by number format."""
        ...

    def model(self, model: str, measure: str) -> Figure | None:
        """A figure of a model: cost, parameters, active_parameters, tokens, hours, operations, chips."""
        ...

    def listings(self, party: str) -> tuple[Listing, ...]:
        """Every list that a party is or was on, as far as known."""
        ...

    def absent(self, party: str, list_key: str, day: dt.date) -> bool:
        """Whether it is known that a party was not on a list on a day."""
        ...

    def never_seen(self, party: str, list_key: str, day: dt.date) -> dt.date | None:
        """The day of a later whole list that lacks a party of which no listing or removal is known; None where none."""
        ...

    def instrument(self, citation: str) -> Evidence | None:
        """An instrument of the law: its title, and the day it was published."""
        ...

    def ask(self, question: str, options: Mapping[str, Any], day: dt.date) -> LawState | None:
        """The law's answer to a question."""
        ...


class NoDesk:
    """A desk that knows nothing: every check that needs it is not checkable."""

    def item(self, item: str, destination: str, day: dt.date) -> ItemState | None:
        """Nothing."""
        return None

    def history(self, item: str, destination: str, day: dt.date) -> tuple[Stretch, ...]:
        """Nothing."""
        return ()

    def name(self, key: str) -> str:
        """Nothing."""
        return ""

    def figure(self, item: str, measure: str) -> Figure | None:
        """Nothing."""
        return None

    def peaks(self, item: str) -> Mapping[str, Figure]:
        """Nothing."""
        return {}

    def model(self, model: str, measure: str) -> Figure | None:
        """Nothing."""
        return None

    def listings(self, party: str) -> tuple[Listing, ...]:
        """Nothing."""
        return ()

    def absent(self, party: str, list_key: str, day: dt.date) -> bool:
        """Never."""
        return False

    def never_seen(self, party: str, list_key: str, day: dt.date) -> dt.date | None:
        """None."""
        return None

    def instrument(self, citation: str) -> Evidence | None:
        """Nothing."""
        return None

    def ask(self, question: str, options: Mapping[str, Any], day: dt.date) -> LawState | None:
        """Nothing."""
        return None
