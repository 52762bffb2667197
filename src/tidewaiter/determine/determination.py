"""A determination: what the law says about a question on a date, with everything it rests on. Frozen data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tidewaiter.base.wording import NO_WORDING, Wording

__all__ = [
    "Assumption",
    "Citation",
    "Determination",
    "ExceptionFinding",
    "Finding",
    "LayerFinding",
    "Need",
    "ProofNode",
    "ReadingFinding",
]


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision version that an answer rests on."""

    term: str
    title: Wording
    citation: str
    instruments: tuple[str, ...]
    since: dt.date | None
    confidence: str
    checked: dt.date | None
    layer: str
    says: Wording = NO_WORDING


@dataclass(frozen=True, slots=True)
class ProofNode:
    """A step of a proof: a provision, a fact, or an expression, with its value and what it rests on.

    `kind`: provision, fact, comparison, membership, all_of, any_of, none_of, rows, choice, value.
    `status` of a fact: given, assumed, missing.
    `above`: proved in full earlier in the tree. `value` is true, false, a number, a code, or None for unknown.
    """

    kind: str
    value: Any
    text: Wording
    status: str = ""
    citation: Citation | None = None
    presumption: bool = False
    reading: str = ""
    above: bool = False
    children: tuple[ProofNode, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The value of a term that a determination lists, on one subject."""

    term: str
    title: Wording
    about: str
    value: Any
    unit: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class ExceptionFinding:
    """A license exception: available, failed, or open with the conditions that remain to be shown."""

    term: str
    name: str
    title: Wording
    status: str
    conditions: tuple[Finding, ...]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Need:
    """Open conditions that, met together, would settle an answer; each names the facts to ask for."""

    text: Wording
    want: bool
    facts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A fact that nobody stated and a profile assumes."""

    term: str
    about: str
    value: Any
    ask: Wording
    who: str
    profile: str


@dataclass(frozen=True, slots=True)
class ReadingFinding:
    """Unsettled law that the answer touches: what each reading leads to."""

    term: str
    title: Wording
    citation: str
    why: Wording
    default: str
    outcomes: tuple[tuple[str, Wording, str], ...]
    matters: bool
    layer: str


@dataclass(frozen=True, slots=True)
class LayerFinding:
    """What one layer of the law says. `possible` are the outcomes left open when the outcome is undetermined."""

    layer: str
    title: Wording
    outcome: str
    possible: tuple[str, ...]
    draw: Callable[[], ProofNode]
    classification: tuple[Finding, ...]
    requirements: tuple[Finding, ...]
    exceptions: tuple[ExceptionFinding, ...]
    review: tuple[Finding, ...]
    obligations: tuple[Finding, ...]
    red_flags: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    overlays: tuple[Citation, ...]
    presumption: bool

    @property
    def proof(self) -> ProofNode:
        """The proof as a tree in words, drawn when asked for."""
        return self.draw()


@dataclass(frozen=True, slots=True)
class Determination:
    """The answer to a question on a date. `exit_code`: 0 clear, 1 restriction, 3 undetermined."""

    question: str
    on: dt.date
    profile: str
    facts: Mapping[str, Any]
    item: Mapping[str, Any]
    outcome: str
    title: Wording
    exit_code: int
    headline: str
    layers: tuple[LayerFinding, ...]
    differing: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    to_restriction: tuple[Need, ...]
    to_clearance: tuple[Need, ...]
    missing: tuple[Mapping[str, Any], ...]
    readings: tuple[ReadingFinding, ...]
    sources: tuple[Citation, ...]
    confidence: str
    warnings: tuple[Wording, ...]
    law_digest: str

    def layer(self, key: str) -> LayerFinding:
        """The finding of a layer. KeyError when the question has no such layer."""
        for finding in self.layers:
            if finding.layer == key:
                return finding
        raise KeyError(key)
