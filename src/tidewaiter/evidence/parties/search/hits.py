"""What is asked of an index of listed parties, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tidewaiter.evidence.parties.lists import Entry, ListedName
from tidewaiter.evidence.parties.names import Comparison

__all__ = ["Hit", "Query", "Reason"]


@dataclass(frozen=True, slots=True)
class Query:
    """A party to look for. Only the name is needed; whatever else is known raises or lowers a possible match.

    `schema` is Person, Organization, Vessel, Aircraft or '' (not known). `country` is ISO-2. `identifiers` are pairs
    of kind and value; a date of birth is one of them (kind "birth_date", value a year or YYYY-MM-DD). `on` is the day
    that matters: names not in use on it are said to be so.
    """

    name: str
    schema: str = ""
    country: str = ""
    address: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Something beside the name that speaks for or against: code, both values, and how much it moved the score."""

    code: str
    asked: str = ""
    listed: str = ""
    moved: float = 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A possible match: an entry, the name of it that is most alike, and what speaks for and against.

    `comparison` is of the names alone; `score`, 0 to 1, counts `for_` and `against` too. `above` says whether it
    reaches the line. `party` is the same for entries, of whatever list, that name one legal party.
    """

    entry: Entry
    name: ListedName
    comparison: Comparison
    score: float
    above: bool
    for_: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    party: str = ""
