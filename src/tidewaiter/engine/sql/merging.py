"""Neighboring periods under which the terms asked for mean the same become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.engine.sql.tables import Period

__all__ = ["merged"]


def merged(periods: Sequence[Period], terms: Iterable[str]) -> list[Period]:
    """The periods in order of time, as few as the meaning of the terms allows."""
    asked = tuple(terms)
    found: list[Period] = []
    for period in sorted(periods, key=lambda each: (each.since is not None, each.since)):
        last = found[-1] if found else None
        if last is not None and last.until is not None and last.until == period.since and _alike(last, period, asked):
            found[-1] = replace(last, until=period.until)
        else:
            found.append(period)
    return found


def _alike(a: Period, b: Period, terms: tuple[str, ...]) -> bool:
    if list(a.programs) != list(b.programs):
        return False
    return all(_same(a.programs[layer], b.programs[layer], terms) for layer in a.programs)


def _same(a: Program, b: Program, terms: tuple[str, ...]) -> bool:
    """Whether two programs agree on some terms and on everything that these rest on, the date asked about apart."""
    held = a.closure(terms)
    if held != b.closure(terms) or a.vocabulary is not b.vocabulary:
        return False
    for term in held:
        if (term in a.definitions) != (term in b.definitions):
            return False
        if term in a.definitions and not _same_rule(a, b, a.definitions[term].node, b.definitions[term].node):
            return False
    return True


def _same_rule(a: Program, b: Program, one: n.Node, other: n.Node) -> bool:
    if one is not other and one != other:
        return False
    return all(_same_set(a, b, part) for part in _set_users(one))


def _set_users(node: n.Node) -> Iterator[n.Member | n.Lookup]:
    return (part for part in n.walk(node) if isinstance(part, (n.Member, n.Lookup)))


def _same_set(a: Program, b: Program, part: n.Member | n.Lookup) -> bool:
    if isinstance(part, n.Lookup):
        return a.tables[part.table] == b.tables[part.table]
    return a.members(part.members) == b.members(part.members)
