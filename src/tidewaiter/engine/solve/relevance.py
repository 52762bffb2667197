"""What expressions rest on, directly and through the terms they name. Each expression is walked once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program

__all__ = ["Direct", "direct", "relevant_terms", "signature"]

_MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Direct:
    """What one expression names: terms, relations, sets, tables, the day asked about, and what it probes."""

    terms: frozenset[str]
    relations: frozenset[str]
    sets: tuple[n.SetNode, ...]
    tables: frozenset[str]
    today: bool
    probed: frozenset[str]


_KNOWN: dict[int, tuple[n.Node, Direct]] = {}  # by identity, as hashing a tree costs a walk; the node keeps it valid


def direct(node: n.Node) -> Direct:
    """What an expression names itself."""
    known = _KNOWN.get(id(node))
    if known is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        known = _KNOWN[id(node)] = (node, _walked(node))
    return known[1]


def _walked(node: n.Node) -> Direct:
    parts = list(n.walk(node))
    return Direct(
        frozenset(part.term for part in parts if isinstance(part, n.Ref)),
        frozenset(part.relation.term for part in parts if isinstance(part, (n.Any, n.All, n.Count, n.Fold))),
        tuple({part.members for part in parts if isinstance(part, n.Member)}),
        frozenset(part.table for part in parts if isinstance(part, n.Lookup)),
        any(isinstance(part, n.AsOf) for part in parts),
        frozenset(asked.term for part in parts for asked in _probed(part) if isinstance(asked, n.Ref)),
    )


def _probed(node: n.Node) -> tuple[n.Node, ...]:
    """The expressions of which a node asks whether they are known."""
    if isinstance(node, n.First):
        return node.args[:-1]
    return (node.arg,) if isinstance(node, n.Known) else ()


def _reached(program: Program, nodes: Iterable[n.Node]) -> Iterator[tuple[str, n.Node]]:
    """The expressions, and with their terms the rules of all decided terms that they rest on."""
    seen: set[str] = set()
    waiting = [("", node) for node in nodes]
    while waiting:
        term, node = waiting.pop()
        yield term, node
        for other in direct(node).terms:
            if other in program.definitions and other not in seen:
                seen.add(other)
                waiting.append((other, program.definitions[other].node))


def relevant_terms(program: Program, nodes: Iterable[n.Node]) -> frozenset[str]:
    """The terms and relations that expressions rest on."""
    found: set[str] = set()
    for _, node in _reached(program, nodes):
        found |= direct(node).terms | direct(node).relations
    return frozenset(found)


def signature(program: Program, nodes: Iterable[n.Node]) -> object:
    """What the value of expressions hangs on besides the facts: rules, groups, tables, and the day if it is asked.

    Equal signatures of programs of one law mean equal values at all facts.
    """
    reached = list(_reached(program, nodes))
    named = [direct(node) for _, node in reached]
    return (
        frozenset((term, id(node)) for term, node in reached),
        frozenset((members, program.members(members)) for each in named for members in each.sets),
        frozenset((table, tuple(program.tables[table].items())) for each in named for table in each.tables),
        program.as_of if any(each.today for each in named) else None,
    )
