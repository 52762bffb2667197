"""What a question to the solver yields: an example, that there is none within the bounds, or no decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tidewaiter.engine.facts import Instance, Rows
from tidewaiter.engine.types import Type
from tidewaiter.engine.values import Value, date_of
from tidewaiter.engine.vocabulary import Vocabulary

__all__ = ["Answer", "Bounds", "Verdict", "Witness", "plain_facts"]

Verdict = Literal["found", "none", "undecided"]
_Plain = bool | float | str | dt.date | dict[str, "_Plain"] | list["_Plain"] | None
_MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which facts are searched, and for how long.

    Relations have at most `rows` rows and are complete; relations that lead back to where they start (owners of
    owners) are followed `depth` times; dates without limits of their own lie within `years` of the date asked about.
    `missing`: every fact is stated ("never"); those that `known` or `first` ask about may be missing ("probed"); any
    may be ("always"). `seconds` is the time for one query. ValueError for bounds that make no sense.
    """

    rows: int = 2
    depth: int = 2
    years: int = 10
    missing: Literal["never", "probed", "always"] = "probed"
    seconds: float = 10.0

    def __post_init__(self) -> None:
        if not (1 <= self.rows <= _MOST_ROWS and 0 <= self.depth <= _MOST_ROWS and 1 <= self.years <= 50):
            raise ValueError(f"rows from 1 to {_MOST_ROWS}, depth from 0 to {_MOST_ROWS}, years from 1 to 50")
        if not 0 < self.seconds <= 3600:
            raise ValueError("seconds: more than 0, at most 3600")

    def __str__(self) -> str:
        missing = {
            "never": "every fact stated",
            "probed": "every fact stated, but for those that known() or first() ask about",
            "always": "any fact stated or not",
        }[self.missing]
        return (
            f"{missing}; complete relations of at most {self.rows} rows, chains of at most {self.depth}; "
            f"open dates within {self.years} years"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """Facts that show something: the whole case, and the instance in it that the question was about."""

    vocabulary: Vocabulary
    root: Instance
    focus: Instance

    def plain(self) -> dict[str, _Plain]:
        """The facts as nested plain data, dates as dates; the instance asked about is marked."""
        return plain_facts(self.vocabulary, self.root, self.focus)

    def __str__(self) -> str:
        return _shown(self.plain())


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """`found` with a witness; `none` within the bounds; `undecided` when `why` says what kept it from being decided.

    `which` are the positions of the conditions that the witness is about; `values` what the terms asked about come to.
    """

    verdict: Verdict
    bounds: Bounds
    witness: Witness | None = None
    which: tuple[int, ...] = ()
    values: tuple[Value, ...] = ()
    why: str = ""

    def __str__(self) -> str:
        if self.witness is not None:
            return f"found: {self.witness}"
        return f"{self.verdict} ({'; '.join(filter(None, (self.why, str(self.bounds))))})"


def plain_facts(vocabulary: Vocabulary, instance: Instance, focus: Instance | None = None) -> dict[str, _Plain]:
    """The facts of an instance by name, rows of its relations as lists; `focus` is marked where it stands below."""
    found: dict[str, _Plain] = {}
    for term, value in instance.facts.items():
        found[_name(term)] = _plain(value, vocabulary.facts[term].type)
    for term, rows in instance.relations.items():
        found[_name(term)] = _plain_rows(vocabulary, rows, focus)
    return found


def _plain_rows(vocabulary: Vocabulary, rows: Rows, focus: Instance | None) -> _Plain:
    listed: list[_Plain] = []
    for row in rows.rows:
        entry: dict[str, _Plain] = {}
        for part in (row.target, row.link):
            if part is not None:
                entry.update({"(this one)": True} if part is focus else {})
                entry.update(plain_facts(vocabulary, part, focus))
        listed.append(entry)
    return listed


def _plain(value: Value, kind: Type) -> _Plain:
    if isinstance(value, float) and kind.kind == "date":
        return date_of(value)
    return value if isinstance(value, (bool, float, str)) else None


def _name(term: str) -> str:
    return term.rpartition(".")[2]


def _shown(value: _Plain) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(key if held is True else f"{key}: {_shown(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
