"""How well a line parts labelled pairs of names: precision, recall, F1, by the scripts they are written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tidewaiter.evidence.parties.names.pieces import AnalysedName

__all__ = ["SCRIPTS", "Judged", "Measure", "measure", "script"]

SCRIPTS = ("all", "hanzi-hanzi", "hanzi-latin", "latin-latin")
"""The groups measured: all pairs, and those with hanzi in both names, in one, in none."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A scored pair: its script, its score 0..1, and whether it is one party."""

    script: str
    score: float
    match: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """What a line does with a group of pairs. Precision, recall and F1 are 0..1; 0 where nothing is to be divided."""

    script: str
    pairs: int
    matches: int
    found: int
    right: int
    precision: float
    recall: float
    f1: float


def script(query: AnalysedName, candidate: AnalysedName) -> str:
    """The group of a pair."""
    hanzi = bool(query.hanzi) + bool(candidate.hanzi)
    return ("latin-latin", "hanzi-latin", "hanzi-hanzi")[hanzi]


def measure(judged: Iterable[Judged], line: float) -> list[Measure]:
    """The figures of each group that has pairs, at a line from which a score is a possible match."""
    rows = list(judged)
    groups = ((name, [row for row in rows if name in ("all", row.script)]) for name in SCRIPTS)
    return [_measured(name, group, line) for name, group in groups if group]


def _measured(name: str, rows: list[Judged], line: float) -> Measure:
    matches = sum(row.match for row in rows)
    found = sum(row.score >= line for row in rows)
    right = sum(row.score >= line and row.match for row in rows)
    precision = right / found if found else 0.0
    recall = right / matches if matches else 0.0
    both = precision + recall
    return Measure(
        name, len(rows), matches, found, right, precision, recall, 2 * precision * recall / both if both else 0.0
    )
