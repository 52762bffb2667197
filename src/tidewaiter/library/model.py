"""What law files say, as frozen data: provisions and their versions, overlays, groups, instruments, questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tidewaiter.base.wording import NO_WORDING, Wording
from tidewaiter.engine.nodes import Node, SetNode
from tidewaiter.engine.types import Type
from tidewaiter.engine.vocabulary import Vocabulary
from tidewaiter.library.expressions import Expression

__all__ = [
    "CONFIDENCES",
    "Branch",
    "Group",
    "GroupVersion",
    "Instrument",
    "Law",
    "Origin",
    "Overlay",
    "Provision",
    "Reading",
    "Rule",
    "Section",
    "Source",
    "Version",
    "rule_expressions",
    "rule_nodes",
]

CONFIDENCES = ("low", "medium", "high")
"""Weakest first."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement of law comes from: instrument ids, confidence, day last checked, and its sense in own words."""

    instruments: tuple[str, ...]
    confidence: str
    checked: dt.date | None
    says: Wording = NO_WORDING


@dataclass(frozen=True, slots=True)
class Branch:
    """One case of a version: `value` where `when` holds (None: otherwise)."""

    when: Expression | None
    value: Expression
    citation: str = ""
    says: Wording = NO_WORDING


@dataclass(frozen=True, slots=True)
class Rule:
    """How a term is decided: by a condition or value, by cases, or by presumption; then what it is subject to."""

    value: Expression | None = None
    branches: tuple[Branch, ...] = ()
    ordered: bool = True
    presumption: bool = False
    rebutted_by: tuple[Expression, ...] = ()
    unless: tuple[Expression, ...] = ()
    requires: tuple[Expression, ...] = ()
    notwithstanding: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of unsettled law."""

    name: str
    rule: Rule
    says: Wording = NO_WORDING


@dataclass(frozen=True, slots=True)
class Version:
    """A provision as it stands from a day on. `end`: repealed (false after), unchecked (unknown after), superseded."""

    start: dt.date
    stop: dt.date | None
    end: str
    source: Source
    rule: Rule
    citation: str
    readings: tuple[Reading, ...] = ()
    default_reading: str = ""
    why: Wording = NO_WORDING


@dataclass(frozen=True, slots=True)
class Provision:
    """The smallest citable unit that decides one term. `name` is the path of its file."""

    name: str
    term: str
    subject: str
    type: Type
    title: Wording
    citation: str
    versions: tuple[Version, ...]
    before: Expression | None
    recursive: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """Dated changes to provisions on one layer, by an instrument; `binds` names the one addressee, if any."""

    name: str
    key: str
    layer: str
    title: Wording
    source: Source
    start: dt.date
    stop: dt.date | None
    replaces: Mapping[str, Version]
    adds: Mapping[str, Version]
    binds: str = ""


@dataclass(frozen=True, slots=True)
class GroupVersion:
    """The members of a group (or the map of a table) from a day on."""

    start: dt.date
    source: Source
    members: frozenset[str] = frozenset()
    map: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A dated set of codes, listed or derived from others; `prints` names the group holding the printed text."""

    name: str
    key: str
    domain: str
    title: Wording
    citation: str
    versions: tuple[GroupVersion, ...] = ()
    value: SetNode | None = None
    prints: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A published act that versions rest on."""

    key: str
    title: Wording
    kind: str = ""
    agency: str = ""
    published: dt.date | None = None
    confidence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of law in scope: its body of law, whether encoded, why not wholly, and how citations name it."""

    regime: str
    regime_title: Wording
    name: str
    title: Wording
    status: str
    reason: Wording
    source: Source
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a definition comes from; the proof cites it."""

    provision: Provision
    version: Version | None
    layer: str
    overlays: tuple[Overlay, ...] = ()
    reading: str = ""


@dataclass(frozen=True)
class Law:
    """All law that was read. Immutable; `digest` is the hash of its files."""

    vocabulary: Vocabulary
    provisions: Mapping[str, Provision]
    overlays: tuple[Overlay, ...]
    groups: Mapping[str, Group]
    tables: Mapping[str, Group]
    instruments: Mapping[str, Instrument]
    questions: Mapping[str, Mapping[str, Any]]
    profiles: Mapping[str, Mapping[str, Any]]
    not_encoded: tuple[Mapping[str, Any], ...]
    scope: tuple[Section, ...]
    digest: str


def rule_expressions(rule: Rule) -> list[Expression]:
    """All expressions of a rule."""
    parts = [rule.value, *rule.rebutted_by, *rule.unless, *rule.requires, *rule.notwithstanding]
    for branch in rule.branches:
        parts += [branch.when, branch.value]
    return [part for part in parts if part is not None]


def rule_nodes(rule: Rule) -> list[Node]:
    """All expressions of a rule, read."""
    return [part.node for part in rule_expressions(rule)]
