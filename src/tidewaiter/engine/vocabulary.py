"""What an expression may refer to: subjects, facts, relations, decided terms, domains of codes, groups, tables.

Terms are named `subject.name`; the terms of the root subject have no prefix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tidewaiter.base.wording import NO_WORDING, Wording
from tidewaiter.engine.types import Type, Unit
from tidewaiter.engine.values import Value

__all__ = ["ROOT", "Domain", "Fact", "Relationship", "SameAs", "Vocabulary", "qualified", "subject_of"]

ROOT = "transaction"
"""The subject that every question is about; its terms carry no prefix."""


@dataclass(frozen=True, slots=True)
class SameAs:
    """An assumption that copies another term."""

    term: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A given term: its type, range, wording, who knows it, and what may be assumed under which profile."""

    term: str
    subject: str
    type: Type
    unit_name: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    assume: Mapping[str, Value | SameAs] = field(default_factory=dict)
    title: Wording = NO_WORDING
    ask: Wording = NO_WORDING
    why: Wording = NO_WORDING
    who: str = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relation of a subject to rows of the subject `to`, with facts of the subject `link` on each edge.

    Under the profiles of `assume_complete` the rows that are stated are taken to be all; under those of `assume_none`
    there are taken to be none where none is stated.
    """

    term: str
    subject: str
    to: str
    link: str = ""
    nonempty: bool = False
    assume_complete: frozenset[str] = frozenset()
    assume_none: frozenset[str] = frozenset()
    title: Wording = NO_WORDING

    def assumed(self, profile: str | None, count: int) -> bool:
        """Whether a profile takes `count` stated rows, of which nobody said so, to be complete."""
        return profile in (self.assume_complete if count else self.assume_none)


@dataclass(frozen=True, slots=True)
class Domain:
    """A closed list of codes with their wording and other names."""

    name: str
    codes: Mapping[str, Wording]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that has a name. `decided` maps a decided term to its type; `groups` and `tables` to their domain."""

    subjects: Mapping[str, Wording]
    facts: Mapping[str, Fact]
    relations: Mapping[str, Relationship]
    domains: Mapping[str, Domain]
    decided: Mapping[str, Type]
    groups: Mapping[str, str]
    tables: Mapping[str, str]
    units: Mapping[str, str]
    unit_symbols: Mapping[str, Wording]
    unit_names: Mapping[Unit, str]

    def type_of(self, term: str) -> Type | None:
        """The type of a fact or decided term; None when there is no such term."""
        fact = self.facts.get(term)
        return fact.type if fact else self.decided.get(term)


def qualified(subject: str, name: str) -> str:
    """The full name of a term of a subject."""
    return name if subject == ROOT else f"{subject}.{name}"


def subject_of(term: str) -> str:
    """The subject of a term's full name."""
    return term.rpartition(".")[0] or ROOT
