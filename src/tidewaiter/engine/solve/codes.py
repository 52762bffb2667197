"""Comparisons, membership and tables of symbolic codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import z3

from tidewaiter.engine.solve.logic import Bit, all_of, any_of, negation
from tidewaiter.engine.solve.symbols import Choice, Code, Truth3, decided, merged, same_code

__all__ = ["compare", "lookup", "member"]


def compare(op: str, left: Choice, right: Choice) -> Truth3:
    """`left op right` for codes: == or !=."""
    equal = _equal(left, right)
    return equal if op == "==" else Truth3(equal.fails, equal.open)


def _equal(left: Choice, right: Choice) -> Truth3:
    if left.only is not None and right.only is not None:
        return Truth3(same_code(left.only, right.only))
    pairs = [(all_of((g, h)), same_code(a, b)) for g, a in left.options for h, b in right.options]
    told = negation(any_of((left.nothing, right.nothing)))
    alike = all_of(any_of((negation(guard), same)) for guard, same in pairs)
    apart = all_of(negation(all_of((guard, same))) for guard, same in pairs)
    return decided(all_of((told, alike)), all_of((told, apart)))


def member(item: Choice, members: frozenset[int], size: int) -> Truth3:
    """Whether a code is in a set; `size` is how many codes the domain has."""
    if not members:
        return Truth3(False)
    if item.only is not None:
        return Truth3(_within(item.only, members, size))
    told = negation(item.nothing)
    within = [(guard, _within(value, members, size)) for guard, value in item.options]
    inside = all_of(any_of((negation(guard), held)) for guard, held in within)
    outside = all_of(negation(all_of((guard, held))) for guard, held in within)
    return decided(all_of((told, inside)), all_of((told, outside)))


def _within(value: Code, members: frozenset[int], size: int) -> Bit:
    if isinstance(value, int):
        return value in members
    if 2 * len(members) > size:
        return negation(any_of(value == code for code in range(size) if code not in members))
    return any_of(value == code for code in sorted(members))


def lookup(item: Choice, table: Mapping[int, int], bits: int) -> Choice:
    """A code through a table; codes that it does not hold stay themselves."""
    options = [(guard, _through(value, table, bits)) for guard, value in item.options]
    return Choice(merged(options), item.nothing)


def _through(value: Code, table: Mapping[int, int], bits: int) -> Code:
    if isinstance(value, int):
        return table.get(value, value)
    found: Any = value
    for key, to in table.items():
        found = z3.If(value == key, z3.BitVecVal(to, bits), found)
    return found
