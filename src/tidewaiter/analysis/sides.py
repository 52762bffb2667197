"""The two sides of a comparison: a law on a date, seen on a layer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from tidewaiter.base.wording import NO_WORDING, Wording
from tidewaiter.determine.deciding import Decider
from tidewaiter.determine.specification import Specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove import Prover
from tidewaiter.library.amendments import Amendment, amended
from tidewaiter.library.snapshots import Snapshots

__all__ = ["Side", "amended_decider"]


@dataclass(frozen=True)
class Side:
    """Law (`decider`) on a day and layer. `title` says in words what it is; `amendments` are those it was made with."""

    decider: Decider
    day: dt.date
    layer: str
    title: Wording = NO_WORDING
    amendments: tuple[Amendment, ...] = ()

    @cached_property
    def program(self) -> Program:
        """The law as the engine runs it."""
        return self.decider.snapshots.at(self.day, self.layer)

    @cached_property
    def prover(self) -> Prover:
        """The prover of the program by itself."""
        return Prover(self.program)

    def differing(self, other: Side) -> frozenset[str]:
        """The terms that may differ from the other side, by themselves or through what they rest on."""
        own, base = self.program, other.program
        found = {term for term, held in own.definitions.items() if held is not base.definitions.get(term)}
        if (own.groups, own.tables) != (base.groups, base.tables):
            found |= own.set_users
        if own.as_of != base.as_of:
            found |= {term for term, held in own.definitions.items() if _asks_the_date(held.node)}
        return own.affected_by(found)

    def changed_terms(self, other: Side, spec: Specification) -> tuple[str, ...]:
        """The terms under a question's outcome whose own rule, or the groups it asks, differ from the other side."""
        own, base = self.program, other.program
        reached = own.closure((spec.outcome,)) | base.closure((spec.outcome,))
        return tuple(term for term in own.order if term in reached and not _same(term, own, base))


def amended_decider(decider: Decider, amendments: tuple[Amendment, ...]) -> Decider:
    """A decider of the law with amendments, sharing with the one without them what stays the same."""
    if not amendments:
        return decider
    law = amended(decider.law, amendments)
    return Decider(law, Snapshots(law, sharing=decider.snapshots))


def _asks_the_date(node: n.Node) -> bool:
    return any(isinstance(part, n.AsOf) for part in n.walk(node))


def _same(term: str, own: Program, base: Program) -> bool:
    mine, theirs = own.definitions[term], base.definitions.get(term)
    if theirs is None or mine.node != theirs.node:
        return False
    for part in n.walk(mine.node):
        if isinstance(part, n.Member) and own.members(part.members) != base.members(part.members):
            return False
        if isinstance(part, n.Lookup) and own.tables[part.table] != base.tables[part.table]:
            return False
    return True
