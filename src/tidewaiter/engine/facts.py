"""The facts of one case: instances of subjects, linked by relations that may be incomplete or circular."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tidewaiter.engine.values import Value

__all__ = ["Instance", "Row", "Rows", "reachable"]


@dataclass(slots=True, eq=False)
class Instance:
    """One transaction, party, chip …: its stated facts and relations by full term name.

    Compared by identity. Frozen by convention once built; relations may lead back to it (ownership cycles).
    """

    subject: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    relations: Mapping[str, Rows] = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An edge of a relation: the instance it leads to, and the facts of the edge itself."""

    target: Instance
    link: Instance | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a relation. `complete`: there are no others; None when nobody said so."""

    rows: tuple[Row, ...] = ()
    complete: bool | None = None


def reachable(root: Instance) -> Iterator[Instance]:
    """Every instance that can be reached from `root`, itself first, each once."""
    seen: dict[int, Instance] = {}
    waiting = [root]
    while waiting:
        instance = waiting.pop()
        if id(instance) in seen:
            continue
        seen[id(instance)] = instance
        yield instance
        for rows in instance.relations.values():
            waiting += [part for row in rows.rows for part in (row.link, row.target) if part is not None]
