"""Mutants of the law: each a program in which one number, date, code, group member or table row is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from tidewaiter.determine.specification import specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.sets import group_names
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.engine.values import date_of
from tidewaiter.library.checks import reached_terms
from tidewaiter.library.expressions import Expression
from tidewaiter.library.groups import group_members, table_map
from tidewaiter.library.model import Group, Law, Overlay, Provision, Rule, Version
from tidewaiter.library.snapshots import Snapshots

__all__ = ["Mutant", "mutants"]

DAY = dt.timedelta(days=1)
Applied = tuple[Program, frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: its name, the terms it decides directly, the days it can touch, and how to make it."""

    name: str
    terms: frozenset[str]
    touches: Callable[[dt.date], bool]
    apply: Callable[[Program, dt.date, str, Snapshots], Applied]


def mutants(law: Law) -> Iterator[Mutant]:
    """Every mutant of the law, provision by provision, then overlays, groups and tables."""
    first_days = _first_days(law)
    for provision in law.provisions.values():
        yield from _provision_mutants(provision, first_days.get(provision.term, dt.date.min))
    for overlay in law.overlays:
        yield from _overlay_mutants(law, overlay)
    for group in law.groups.values():
        yield from _group_mutants(law, group)
    for table in law.tables.values():
        yield from _table_mutants(table)


def _first_days(law: Law) -> dict[str, dt.date]:
    """The first day on which any question can ask for each term."""
    found: dict[str, dt.date] = {}
    for name, data in law.questions.items():
        spec = specification(law, name)
        groups = (spec.classification, spec.requirements, spec.exceptions, spec.review, spec.obligations)
        listed = [each for group in (*groups, spec.red_flags, spec.notes) for each in group]
        roots = [spec.outcome, *(each.term for each in listed), *(t for each in listed for t in each.conditions)]
        for term in reached_terms(law, roots):
            found[term] = min(found.get(term, dt.date.max), data["begins"])
    return found


# provisions ---------------------------------------------------------------------------------------


def _provision_mutants(provision: Provision, begins: dt.date) -> Iterator[Mutant]:
    for index, version in enumerate(provision.versions):
        where = f"{provision.name}@{version.start}"
        for what, changed in _version_mutants(version):
            versions = tuple(changed if i == index else each for i, each in enumerate(provision.versions))
            yield _redefining(f"{where}: {what}", replace(provision, versions=versions), lambda day: True)
        for what, shifted, day in _shifted(version):
            if day < begins:
                continue  # no question can be asked of that day
            versions = tuple(shifted if i == index else each for i, each in enumerate(provision.versions))
            yield _redefining(f"{where}: {what}", replace(provision, versions=versions), _only(day))


def _only(day: dt.date) -> Callable[[dt.date], bool]:
    return lambda asked: asked == day


def _redefining(name: str, provision: Provision, touches: Callable[[dt.date], bool]) -> Mutant:
    def apply(program: Program, day: dt.date, layer: str, snapshots: Snapshots) -> Applied:
        return _with(program, snapshots.define(provision, day, layer, snapshots.law.overlays))

    return Mutant(name, frozenset((provision.term,)), touches, apply)


def _with(program: Program, definition: Definition) -> Applied:
    if definition.node == program.definitions[definition.term].node:
        return None
    definitions = {**program.definitions, definition.term: definition}
    return replace(program, definitions=definitions), frozenset((definition.term,))


def _shifted(version: Version) -> Iterator[tuple[str, Version, dt.date]]:
    yield "from a day later", replace(version, start=version.start + DAY), version.start
    yield "from a day earlier", replace(version, start=version.start - DAY), version.start - DAY
    if version.stop is not None:
        yield "to a day later", replace(version, stop=version.stop + DAY), version.stop
        yield "to a day earlier", replace(version, stop=version.stop - DAY), version.stop - DAY


def _version_mutants(version: Version) -> Iterator[tuple[str, Version]]:
    """Changes of the default rule and of every other reading."""
    for what, rule in _rule_mutants(version.rule):
        readings = tuple(
            replace(each, rule=rule) if each.name == version.default_reading else each for each in version.readings
        )
        yield what, replace(version, rule=rule, readings=readings)


def _rule_mutants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if rule.value is not None:
        for what, changed in _expression_mutants(rule.value):
            yield what, replace(rule, value=changed)
    for index, branch in enumerate(rule.branches):
        for name in ("when", "value"):
            held = getattr(branch, name)
            for what, changed in _expression_mutants(held) if held is not None else ():
                new = _with_field(branch, name, changed)
                branches = (*rule.branches[:index], new, *rule.branches[index + 1 :])
                yield f"case {index + 1}: {what}", replace(rule, branches=branches)
    for name in ("unless", "requires", "notwithstanding", "rebutted_by"):
        held_list: tuple[Expression, ...] = getattr(rule, name)
        for index, held in enumerate(held_list):
            for what, changed in _expression_mutants(held):
                parts: Any = (*held_list[:index], changed, *held_list[index + 1 :])
                yield f"{name}: {what}", _with_field(rule, name, parts)


def _expression_mutants(expression: Expression) -> Iterator[tuple[str, Expression]]:
    for what, node in _node_mutants(expression.node):
        yield f"{what} in '{expression.text[:70]}'", Expression(expression.text, lambda node=node: node)  # type: ignore[misc]


# nodes --------------------------------------------------------------------------------------------


def _node_mutants(node: n.Node) -> Iterator[tuple[str, n.Node]]:
    """Every node that differs from this one in one number, date, code, set member or strictness of a comparison."""
    yield from _own_mutants(node)
    for field in fields(node):
        value: Any = getattr(node, field.name)
        if isinstance(value, tuple):
            for index, part in enumerate(value):
                for what, new in _node_mutants(part) if _is_node(part) else ():
                    yield what, _with_field(node, field.name, (*value[:index], new, *value[index + 1 :]))
        elif _is_node(value):
            for what, new in _node_mutants(value):
                yield what, _with_field(node, field.name, new)


def _with_field(held: Any, name: str, value: Any) -> Any:
    """A copy of a dataclass with one field changed, the name of which is known only at run time."""
    return replace(held, **{name: value})


def _is_node(value: Any) -> bool:
    return hasattr(value, "__dataclass_fields__") and type(value).__module__ == n.__name__


def _own_mutants(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, n.Const) and isinstance(node.value, float):
        if node.type.kind == "date":
            for step in (1.0, -1.0):
                yield f"{date_of(node.value)} a day {'later' if step > 0 else 'earlier'}", _constant(node, step)
        elif node.value not in (0.0, 1.0):
            step = 1.0 if node.value.is_integer() and abs(node.value) <= 1000 else abs(node.value) * 0.01
            for sign in (1, -1):
                yield f"{node.value:g} {'up' if sign > 0 else 'down'}", _constant(node, sign * step)
    if isinstance(node, n.Compare) and node.op in _STRICT and _has_number(node):
        yield f"{node.op} as {_STRICT[node.op]}", replace(node, op=_STRICT[node.op])  # type: ignore[arg-type]
    if isinstance(node, n.Compare) and node.op in ("==", "!=") and _code(node) is not None:
        yield f"code {_code(node)} as another", n.Const(node.op == "!=", BOOLEAN)
    if isinstance(node, n.SetCodes):
        for code in sorted(node.codes):
            yield f"member {code} dropped", n.SetCodes(node.codes - {code})


_STRICT = {">=": ">", ">": ">=", "<=": "<", "<": "<="}


def _constant(node: n.Const, step: float) -> n.Const:
    assert isinstance(node.value, float)
    return n.Const(node.value + step, node.type)


def _has_number(node: n.Compare) -> bool:
    return any(isinstance(part, n.Const) and isinstance(part.value, float) for part in (node.left, node.right))


def _code(node: n.Compare) -> str | None:
    held = [part.value for part in (node.left, node.right) if isinstance(part, n.Const)]
    return held[0] if held and isinstance(held[0], str) else None


# overlays, groups, tables -------------------------------------------------------------------------


def _overlay_mutants(law: Law, overlay: Overlay) -> Iterator[Mutant]:
    where = f"{overlay.name}"
    yield from (_overlaid(law, overlay, f"{where}: {what}", new, _only(day)) for what, new, day in _moved(overlay))
    for name in ("replaces", "adds"):
        held = getattr(overlay, name)
        for term, version in held.items():
            for what, changed in _version_mutants(version):
                new = _with_field(overlay, name, {**held, term: changed})
                yield _overlaid(law, overlay, f"{where}: {term}: {what}", new, lambda day: True)


def _moved(overlay: Overlay) -> Iterator[tuple[str, Overlay, dt.date]]:
    yield "from a day later", replace(overlay, start=overlay.start + DAY), overlay.start
    yield "from a day earlier", replace(overlay, start=overlay.start - DAY), overlay.start - DAY
    if overlay.stop is not None:
        yield "to a day later", replace(overlay, stop=overlay.stop + DAY), overlay.stop
        yield "to a day earlier", replace(overlay, stop=overlay.stop - DAY), overlay.stop - DAY


def _overlaid(law: Law, old: Overlay, name: str, new: Overlay, touches: Callable[[dt.date], bool]) -> Mutant:
    overlays = tuple(new if each is old else each for each in law.overlays)
    terms = frozenset((*old.replaces, *old.adds))

    def apply(program: Program, day: dt.date, layer: str, snapshots: Snapshots) -> Applied:
        own = [snapshots.define(law.provisions[term], day, layer, overlays) for term in terms]
        changed = {each.term: each for each in own if each.node != program.definitions[each.term].node}
        if not changed:
            return None
        return replace(program, definitions={**program.definitions, **changed}), frozenset(changed)

    return Mutant(name, terms, touches, apply)


def _group_mutants(law: Law, group: Group) -> Iterator[Mutant]:
    for index, version in enumerate(group.versions):
        where = f"{group.name}@{version.start}"
        before = group.versions[index - 1].members if index else frozenset()
        for code in sorted(version.members if not index else version.members ^ before):
            new = replace(version, members=version.members ^ {code})
            yield _grouped(law, group, f"{where}: {code}", index, new, lambda day: True)
        if index:
            yield _grouped(
                law, group, f"{where}: from a day later", index, replace(version, start=version.start + DAY),
                _only(version.start),
            )  # fmt: skip
            yield _grouped(
                law, group, f"{where}: from a day earlier", index, replace(version, start=version.start - DAY),
                _only(version.start - DAY),
            )  # fmt: skip


def _grouped(law: Law, group: Group, name: str, index: int, new: Any, touches: Callable[[dt.date], bool]) -> Mutant:
    code = name.rpartition(": ")[2]
    later = [replace(each, members=each.members ^ {code}) for each in group.versions[index + 1 :]]
    tail = later if code in group.versions[index].members ^ new.members else list(group.versions[index + 1 :])
    changed = replace(group, versions=(*group.versions[:index], new, *tail))
    groups = {**law.groups, group.key: changed}

    def apply(program: Program, day: dt.date, layer: str, snapshots: Snapshots) -> Applied:
        held = {key: group_members(groups, key, day) for key in groups}
        moved = {key for key in held if held[key] != program.groups[key]}
        nodes = {term: program.definitions[term].node for term in program.set_users} if moved else {}
        terms = frozenset(term for term, node in nodes.items() if moved & _groups_of(node))
        return (replace(program, groups=held), terms) if terms else None

    return Mutant(name, frozenset(), touches, apply)


_GROUPS: dict[int, tuple[n.Node, frozenset[str]]] = {}


def _groups_of(node: n.Node) -> frozenset[str]:
    """The groups that a rule asks, remembered by the rule."""
    if id(node) not in _GROUPS:
        asked = (group_names(each.members) for each in n.walk(node) if isinstance(each, n.Member))
        _GROUPS[id(node)] = (node, frozenset[str]().union(*asked))
    return _GROUPS[id(node)][1]


def _table_mutants(table: Group) -> Iterator[Mutant]:
    for index, version in enumerate(table.versions):
        for code in sorted(version.map):
            rows = {key: value for key, value in version.map.items() if key != code}
            changed = replace(
                table,
                versions=(*table.versions[:index], replace(version, map=rows), *table.versions[index + 1 :]),
            )
            yield _tabled(changed, f"{table.name}@{version.start}: {code}")


def _tabled(table: Group, name: str) -> Mutant:
    def apply(program: Program, day: dt.date, layer: str, snapshots: Snapshots) -> Applied:
        tables = {**program.tables, table.key: table_map(table, day)}
        return replace(program, tables=tables), program.set_users

    return Mutant(name, frozenset(), lambda day: True, apply)
