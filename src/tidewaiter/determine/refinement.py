"""Where three values say unknown but every completion agrees, the answer is that value.

What is open is split into the cases that the law can tell apart: truths, codes by the groups and codes they are tested
against, numbers (given or decided) at every line drawn through them. Each case is decided again, with what is left
open still open, so that agreement is never a guess. Bounded: past `MAX_CASES` the answer stays unknown.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.prove import Extent, Frame, Proof
from tidewaiter.engine.values import Interval, OneOf, Value, one_of
from tidewaiter.engine.vocabulary import Fact

__all__ = ["MAX_CASES", "Supposed", "agreed"]

MAX_CASES = 64
"""Most completions that are tried for one answer."""


class Supposed(NamedTuple):
    """A term of an instance taken to have a value."""

    instance: Instance
    term: str
    value: Value


def agreed(proof: Proof, program: Program, decide: Callable[[Sequence[Supposed]], Value]) -> Value:
    """The value on which all completions of what is open agree; None when they differ or are too many.

    `decide` decides the question again with some terms supposed.
    """
    splits = [split for step in _open_terms(proof) if len(split := _split(step, program)) > 1]
    chosen: list[list[Supposed]] = []
    count = 1
    for split in sorted(splits, key=len):
        if count * len(split) <= MAX_CASES:
            count *= len(split)
            chosen.append(split)
    return _common(_extremes_first(chosen), decide) if chosen else None


def _extremes_first(splits: Sequence[Sequence[Supposed]]) -> Iterator[tuple[Supposed, ...]]:
    """Every combination; all lowest, then all highest come first, since there answers part soonest."""
    last = math.prod(map(len, splits)) - 1
    yield tuple(split[0] for split in splits)
    yield tuple(split[-1] for split in splits)
    for index, case in enumerate(itertools.product(*splits)):
        if 0 < index < last:
            yield case


def _common(cases: Iterator[tuple[Supposed, ...]], decide: Callable[[Sequence[Supposed]], Value]) -> Value:
    found: Value = None
    for index, case in enumerate(cases):
        value = decide(case)
        if not isinstance(value, (str, bool)) or (index and value != found):
            return None
        found = value
    return found


def _is_open(value: Value) -> bool:
    return value is None or isinstance(value, (Interval, OneOf))


def _open_terms(proof: Proof) -> Iterator[Proof]:
    """The open facts and decided numbers that an open proof rests on, each once per instance."""
    seen: set[tuple[str, int]] = set()
    waiting = [proof]
    while waiting:
        step = waiting.pop()
        value, what, parts = step
        if not _is_open(value):
            continue
        if isinstance(what, (Fact, Definition)):
            key = (what.term, id(parts[1].instance))
            if key in seen:
                continue
            seen.add(key)
            if isinstance(what, Fact) or what.type.kind == "number":
                yield step
        waiting += [part for part in parts if isinstance(part, tuple) and not isinstance(part, Extent)]


def _split(step: Proof, program: Program) -> list[Supposed]:
    value, what, (_, frame) = step[0], step[1], step[2][:2]
    if not isinstance(frame, Frame):
        return []
    values: list[Value] = []
    if what.type.kind == "boolean":
        values = [True, False]
    elif what.type.kind == "code" and isinstance(what, Fact):
        values = _classes(what, value, program)
    elif what.type.kind == "number":
        values = _pieces(what.term, value, program)
    return [Supposed(frame.instance, what.term, each) for each in values]


def _tests(term: str, program: Program) -> Iterator[n.Node]:
    """The comparisons and memberships that ask a term directly."""
    for user in program.users.get(term, ()):
        for node in n.walk(program.definitions[user].node):
            if isinstance(node, (n.Compare, n.Member)) and any(
                isinstance(part, n.Ref) and part.term == term for part in n.children(node)
            ):
                yield node


def _classes(fact: Fact, value: Value, program: Program) -> list[Value]:
    """The codes that a fact may be, grouped by what the law tells of them; none when it looks them up in a table."""
    for user in program.users.get(fact.term, ()):
        for node in n.walk(program.definitions[user].node):
            if isinstance(node, n.Lookup) and isinstance(node.item, n.Ref) and node.item.term == fact.term:
                return []
    held = value.codes if isinstance(value, OneOf) else program.vocabulary.domains[fact.type.domain].codes
    tests = [_codes_of(test, program) for test in _tests(fact.term, program)]
    groups: dict[tuple[bool, ...], set[str]] = {}
    for code in held:
        groups.setdefault(tuple(code in codes for codes in tests), set()).add(code)
    return [one_of(frozenset(group)) for group in groups.values()]


def _codes_of(node: n.Node, program: Program) -> frozenset[str]:
    if isinstance(node, n.Member):
        return program.members(node.members)
    return frozenset(str(part.value) for part in n.children(node) if isinstance(part, n.Const))


def _pieces(term: str, value: Value, program: Program) -> list[Value]:
    """What a number may be, cut at every line that the law draws through it."""
    if not isinstance(value, Interval):
        return []
    lines = {
        float(part.value)
        for test in _tests(term, program)
        for part in n.children(test)
        if isinstance(part, n.Const) and isinstance(part.value, (int, float)) and not isinstance(part.value, bool)
    }
    pieces: list[Value] = []
    start = value.low
    for line in sorted(line for line in lines if value.low <= line <= value.high):
        if start < line:
            pieces.append(Interval(start, math.nextafter(line, -math.inf)))
        pieces.append(line)
        start = math.nextafter(line, math.inf)
    return [*pieces, Interval(start, value.high)] if pieces and start <= value.high else pieces
