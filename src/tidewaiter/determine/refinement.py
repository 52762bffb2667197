"""Where three values say unknown but every completion agrees, the answer is that value.

Open truths and codes are split into the cases that the law can tell apart; each case is decided again. Bounded: past
`MAX_CASES` the answer stays unknown, which is always safe.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.program import Program
from tidewaiter.engine.prove import Frame, Proof, missing
from tidewaiter.engine.values import Interval, Value, one_of
from tidewaiter.engine.vocabulary import Fact

__all__ = ["MAX_CASES", "Completion", "agreed"]

MAX_CASES = 64
"""Most completions that are tried for one answer."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One way in which an open fact may turn out."""

    instance: Instance
    term: str
    values: tuple[Value, ...]


def agreed(proof: Proof, program: Program, decide: Callable[[], Value]) -> Value:
    """The value on which all completions of the open facts agree; None when they differ or are too many.

    `decide` decides the question again; facts of its instances are set for the time of each try.
    """
    splits = [split for item, frame in missing(proof) if (split := _split(item, frame, program)) is not None]
    count = 1
    chosen = []
    for split in sorted(splits, key=lambda split: len(split.values)):
        if count * len(split.values) > MAX_CASES:
            break
        count *= len(split.values)
        chosen.append(split)
    return _tried(chosen, decide) if chosen else None


def _tried(splits: list[Completion], decide: Callable[[], Value]) -> Value:
    saved = [(split.instance, split.instance.facts) for split in splits]
    found: Value = None
    try:
        for index, values in enumerate(itertools.product(*(split.values for split in splits))):
            for instance, facts in reversed(saved):
                instance.facts = facts
            for split, value in zip(splits, values, strict=True):
                split.instance.facts = {**split.instance.facts, split.term: value}
            value = decide()
            if not isinstance(value, (str, bool)) or (index and value != found):
                return None
            found = value
    finally:
        for instance, facts in reversed(saved):
            instance.facts = facts
    return found


def _split(item: Any, frame: Frame | None, program: Program) -> Completion | None:
    if not isinstance(item, Fact) or frame is None:
        return None
    values: tuple[Value, ...] = ()
    if item.type.kind == "boolean":
        values = (True, False)
    elif item.type.kind == "code":
        values = tuple(_classes(item, program))
    elif item.type.kind == "number":
        values = tuple(_pieces(item, frame, program))
    return Completion(frame.instance, item.term, values) if len(values) > 1 else None


def _tests(term: str, program: Program) -> Iterator[n.Node]:
    for definition in program.definitions.values():
        for node in n.walk(definition.node):
            if isinstance(node, (n.Compare, n.Member)) and any(
                isinstance(part, n.Ref) and part.term == term for part in n.children(node)
            ):
                yield node


def _classes(fact: Fact, program: Program) -> list[Value]:
    """The codes of a fact, grouped by everything that the law can tell of them directly."""
    codes = program.vocabulary.domains[fact.type.domain].codes
    looked_up = any(
        isinstance(node, n.Lookup) and isinstance(node.item, n.Ref) and node.item.term == fact.term
        for definition in program.definitions.values()
        for node in n.walk(definition.node)
    )
    if looked_up:
        return []
    signatures: dict[tuple[bool, ...], set[str]] = {}
    tests = [_codes_of(test, program) for test in _tests(fact.term, program)]
    for code in codes:
        signatures.setdefault(tuple(code in held for held in tests), set()).add(code)
    return [one_of(frozenset(group)) for group in signatures.values()]


def _codes_of(node: n.Node, program: Program) -> frozenset[str]:
    if isinstance(node, n.Member):
        return program.members(node.members)
    found = [part.value for part in n.children(node) if isinstance(part, n.Const)]
    return frozenset(str(value) for value in found)


def _pieces(fact: Fact, frame: Frame, program: Program) -> list[Value]:
    """The range of a number, cut at every line that the law draws through it."""
    stated = frame.instance.facts.get(fact.term)
    low, high = (stated.low, stated.high) if isinstance(stated, Interval) else (fact.low, fact.high)
    lines = sorted(
        {
            float(part.value)
            for test in _tests(fact.term, program)
            for part in n.children(test)
            if isinstance(part, n.Const) and isinstance(part.value, (int, float)) and low <= part.value <= high
        }
    )
    if not lines:
        return []
    pieces: list[Value] = []
    start = low
    for line in lines:
        if start < line:
            pieces.append(Interval(start, math.nextafter(line, -math.inf)))
        pieces.append(line)
        start = math.nextafter(line, math.inf)
    if start <= high:
        pieces.append(Interval(start, high))
    return pieces
