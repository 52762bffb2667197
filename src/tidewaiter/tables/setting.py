"""What tables need from above: the law's decider, the catalog, names of facts, and screening, where it is wired."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tidewaiter.determine.deciding import Decider
from tidewaiter.determine.specification import Specification

__all__ = ["Screened", "Screening", "Setting"]


@dataclass(frozen=True, slots=True)
class Screened:
    """What screening says of one name: a word, how many possible matches, the best of them and its score (0 to 100).

    `facts` are what a person confirmed of this name, as facts of a party; nothing else ever becomes a fact.
    """

    status: str
    hits: int = 0
    best: str = ""
    score: float = 0.0
    facts: Mapping[str, Any] | None = None


class Screening(Protocol):
    """Screens names against lists."""

    @property
    def digest(self) -> str:
        """The hash of the lists and of what was confirmed or cleared."""
        ...

    def screen(self, names: Sequence[str], on: dt.date | None) -> Sequence[Screened]:
        """One answer for each of `names` (distinct), as the lists stood on a date (None: on every row's own)."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """The wiring.

    `item`: a catalog item's facts and what is said of it; raises InputFaults. `path_of`: the path of a fact's name.
    `compose`: all facts of a question from its name, facts and options (by name or path), as a single check makes them.
    """

    decider: Decider
    item: Callable[[str], tuple[Mapping[str, Any], Mapping[str, Any]]]
    path_of: Callable[[str, Specification], str | None]
    compose: Callable[[str, Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]]
    screening: Screening | None = None
