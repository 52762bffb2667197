"""The prover gives the reference's answer on generated programs and facts, and its proofs add up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from tests.engine.lawless import GROUPS, NUMBER, PROFILE, TABLES, VOCABULARY
from tests.engine.strategies import profiles, programs, transactions

from tidewaiter.engine import nodes as n
from tidewaiter.engine.arithmetic import add_months, arith, common, compare, member, year
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.prove import Extent, Proof, Prover, Run
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.engine.values import OneOf, Value, bounds, is_known, kleene_and, kleene_not, kleene_or, number, one_of
from tidewaiter.engine.vocabulary import ROOT, Fact

Profile = str | None


def root_terms(program: Program) -> list[str]:
    return [held.term for held in program.definitions.values() if held.subject == ROOT]


def equal(one: Value, other: Value) -> bool:
    """The same value; sums may differ in the last digits."""
    if isinstance(one, (bool, str, OneOf)) or isinstance(other, (bool, str, OneOf)) or one is None or other is None:
        return one == other and type(one) is type(other)
    return all(a == b or math.isclose(a, b, rel_tol=1e-12) for a, b in zip(bounds(one), bounds(other), strict=True))


@given(programs(), transactions(), profiles())
@settings(max_examples=300)
def test_generated_programs(program: Program, root: Instance, profile: Profile) -> None:
    assert differences(program, root, profile) == []


@given(programs(terms=2, budget=5), transactions(), profiles())
@settings(max_examples=150)
def test_deep_trees(program: Program, root: Instance, profile: Profile) -> None:
    assert differences(program, root, profile) == []


@given(programs(recursive=True), transactions(), profiles())
@settings(max_examples=150)
def test_recursive_terms(program: Program, root: Instance, profile: Profile) -> None:
    assert differences(program, root, profile) == []


def differences(program: Program, root: Instance, profile: Profile) -> list[str]:
    reference, run = Reference(program, root, profile), Run(Prover(program), program, root, profile)
    found = []
    for term in root_terms(program):
        expected, value = reference.value(term), run.value(term)
        if not equal(expected, value):
            found.append(f"{term}: reference {expected}, prove {value}")
    return found


@given(programs(), programs(), transactions(), profiles())
@settings(max_examples=100)
def test_layers_share_what_is_unchanged(one: Program, other: Program, root: Instance, profile: Profile) -> None:
    """An upper layer that shares closures and proofs with a lower one decides as if it stood alone."""
    mixed = dict(one.definitions)
    for term, definition in other.definitions.items():
        held = mixed.get(term)
        if held is not None and held.type == definition.type and term.endswith(("1", "3")):
            mixed[term] = definition
    vocabulary = one.vocabulary
    changed = Program(vocabulary, mixed, one.groups, one.tables, one.as_of)
    if _ill_founded(changed):
        return
    base = Prover(one)
    below = Run(base, one, root, profile)
    for term in root_terms(one):
        below.value(term)
    above = Run(Prover(changed, base), changed, root, profile, below)
    reference = Reference(changed, root, profile)
    for term in root_terms(changed):
        assert equal(reference.value(term), above.value(term))


def _ill_founded(program: Program) -> bool:
    """Whether mixing two programs left a reference without a definition of its type."""
    for definition in program.definitions.values():
        for part in n.walk(definition.node):
            if isinstance(part, n.Ref) and part.term not in program.vocabulary.facts:
                held = program.definitions.get(part.term)
                if held is None or held.type != part.type or part.term >= definition.term:
                    return True
    return False


# proofs -------------------------------------------------------------------------------------------


@given(programs(recursive=True), transactions(), profiles())
@settings(max_examples=150)
def test_proofs_add_up(program: Program, root: Instance, profile: Profile) -> None:
    """The value at every place of a proof is the value recomputed from the parts below it."""
    run = Run(Prover(program), program, root, profile)
    for term in root_terms(program):
        for proof in all_proofs(run.prove(term)):
            if recomputable(proof):
                assert equal(proof[0], recomputed(proof, program)), proof[1]


def all_proofs(proof: Proof) -> Iterator[Proof]:
    seen: set[int] = set()
    waiting: list[Any] = [proof]
    while waiting:
        held = waiting.pop()
        if id(held) not in seen:
            seen.add(id(held))
            yield held
            waiting += [part for part in held[2] if isinstance(part, tuple)]


def recomputable(proof: Proof) -> bool:
    return not isinstance(proof[1], (Fact, n.Fold, n.Const, n.AsOf)) and proof[1] is not None


def recomputed(proof: Proof, program: Program) -> Value:
    _, what, parts = proof
    values = [part[0] for part in parts if isinstance(part, tuple)]
    match what:
        case Definition():
            return values[0]  # type: ignore[no-any-return]
        case n.And():
            return kleene_and(values)
        case n.Or():
            return kleene_or(values)
        case n.Not():
            return kleene_not(values[0])
        case n.Compare():
            return compare(what.op, values[0], values[1])
        case n.Member():
            return member(values[0], program.members(what.members))
        case n.Arith():
            return arith(what.op, values[0], values[1])
        case n.Established():
            return values[0] is True
        case n.Known():
            return is_known(values[0])
        case n.Year():
            return year(values[0])
        case n.AddMonths():
            return add_months(values[0], what.months)
        case n.First():
            return values[-1]  # type: ignore[no-any-return]
        case n.Ite():
            return common(values[1:]) if values[0] is None else values[1]
        case n.Lookup():
            return looked_up(program, what.table, values[0])
    return over_rows(what, parts[0], values)


def looked_up(program: Program, table: str, item: Value) -> Value:
    if not isinstance(item, (str, OneOf)):
        return None
    codes = item.codes if isinstance(item, OneOf) else frozenset((item,))
    return one_of(frozenset(program.tables[table].get(code, code) for code in codes))


def over_rows(what: Any, extent: Extent, truths: list[Value]) -> Value:
    ends = [bool(isinstance(what, n.All))] if extent.complete else [None]
    held: list[Any] = [*truths, *ends]
    if isinstance(what, n.Any):
        return kleene_or(held)
    if isinstance(what, n.All):
        return kleene_and(held)
    low = float(truths.count(True))
    return number(low, low + truths.count(None) if extent.complete else math.inf)


def test_a_copy_of_a_missing_number_has_the_range_of_what_it_copies() -> None:
    balance = n.Ref("item.balance", 0, NUMBER)
    node = n.Any(n.Relation("items", 0, "item"), n.Compare("<=", balance, n.Const(7.0, NUMBER)))
    program = Program(VOCABULARY, {"t": Definition("t", ROOT, BOOLEAN, node)}, GROUPS, TABLES, dt.date(2024, 1, 1))
    root = Instance(ROOT, {}, {"items": Rows((Row(Instance("item")),), True)})
    run = Run(Prover(program), program, root, PROFILE)
    assert Reference(program, root, PROFILE).value("t") is None
    assert run.value("t") is None
    assert run.assumed == {}
