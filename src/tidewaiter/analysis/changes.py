"""The provisions that differ between two laws, each with what it said and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from tidewaiter.analysis.sides import Side
from tidewaiter.base.wording import Wording
from tidewaiter.determine.specification import Specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.library.model import Origin, Provision, Version
from tidewaiter.library.rules import rule_lines

__all__ = ["Change", "GroupChange", "Saying", "changes", "group_changes"]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a provision says on one side: the lines of its condition, its sense, its sources, how sure that is."""

    lines: tuple[str, ...]
    says: Wording
    sources: tuple[str, ...]
    overlays: tuple[Wording, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Change:
    """A provision that differs. A side on which it does not hold, or says nothing yet, is None."""

    provision: Provision
    before: Saying | None
    after: Saying | None


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group whose members differ."""

    key: str
    title: Wording
    added: tuple[str, ...]
    removed: tuple[str, ...]


def changes(before: Side, after: Side, spec: Specification) -> tuple[Change, ...]:
    """The provisions under a question that differ, each after those it rests on."""
    found = []
    for term in after.changed_terms(before, spec):
        provision = after.decider.law.provisions[term]
        one, other = _saying(before.program, term), _saying(after.program, term)
        if one != other:
            found.append(Change(provision, one, other))
    return tuple(found)


def _saying(program: Program, term: str) -> Saying | None:
    definition = program.definitions.get(term)
    if definition is None:
        return None
    origin = cast(Origin, definition.origin)
    versions = list(_versions(origin))
    if not versions:
        return None
    lines = tuple(line for version in versions for line in rule_lines(version.rule))
    last = versions[-1]
    sources = tuple(dict.fromkeys(each for version in versions for each in version.source.instruments))
    titles = tuple(overlay.title for overlay in origin.overlays)
    return Saying(lines, last.source.says, sources, titles, last.source.confidence)


def _versions(origin: Origin) -> Iterator[Version]:
    """What applies: the provision's own version, unless an overlay replaces it, then what overlays add."""
    replaced = [held.replaces[origin.provision.term] for held in origin.overlays if _has(held.replaces, origin)]
    if replaced:
        yield replaced[-1]
    elif origin.version is not None:
        yield origin.version
    yield from (held.adds[origin.provision.term] for held in origin.overlays if _has(held.adds, origin))


def _has(changed: object, origin: Origin) -> bool:
    return isinstance(changed, dict) and origin.provision.term in changed


def group_changes(before: Side, after: Side, spec: Specification) -> tuple[GroupChange, ...]:
    """The groups that the law under a question names and whose members differ."""
    own, base = after.program, before.program
    named = {name for program in (own, base) for name in _groups(program, spec)}
    found = []
    for key in sorted(named):
        old, new = base.groups.get(key, frozenset()), own.groups.get(key, frozenset())
        if old != new:
            title = after.decider.law.groups[key].title
            found.append(GroupChange(key, title, tuple(sorted(new - old)), tuple(sorted(old - new))))
    return tuple(found)


def _groups(program: Program, spec: Specification) -> Iterator[str]:
    for term in program.closure((spec.outcome,)):
        definition = program.definitions.get(term)
        for node in n.walk(definition.node) if definition else ():
            if isinstance(node, n.Member):
                yield from _names(node.members)


def _names(members: n.SetNode) -> Iterator[str]:
    if isinstance(members, n.SetName):
        yield members.name
    elif isinstance(members, n.SetOp):
        yield from (*_names(members.left), *_names(members.right))
