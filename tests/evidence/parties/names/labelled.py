"""Labelled pairs of names, and how well a line parts them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.base.yaml import load_yaml
from tidewaiter.evidence.parties.names import score_names, threshold

__all__ = ["Figures", "Pair", "development_pairs", "figures", "own_pairs", "script"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether they are one party's, and why."""

    query: str
    candidate: str
    match: bool
    schema: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How well the default line does on pairs."""

    precision: float
    recall: float
    f1: float


def own_pairs() -> list[Pair]:
    """The pairs beside this file."""
    groups = load_yaml((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"), "pairs.yaml")
    return [
        Pair(query, candidate, bool(match), group["schema"], kind, reason)
        for kind, group in groups.items()
        for query, candidate, match, reason in group["pairs"]
    ]


def development_pairs(path: Path) -> list[Pair]:
    """The development pairs of the notes."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Pair(row["query"], row["candidate"], row["is_match"] == "1", row["schema"], row["note"], row["source"])
            for row in csv.DictReader(file)
        ]


def script(pair: Pair) -> str:
    """both, one or none: which of the names are written in hanzi."""
    hanzi = [any("\u3400" <= sign <= "\u9fff" for sign in name) for name in (pair.query, pair.candidate)]
    return "both" if all(hanzi) else "one" if any(hanzi) else "none"


def figures(pairs: Iterable[Pair]) -> Figures:
    """Precision, recall and F1 at the default line."""
    judged = [(score_names(pair.query, pair.candidate, pair.schema) >= threshold(), pair.match) for pair in pairs]
    hits = sum(said and true for said, true in judged)
    precision = hits / max(sum(said for said, _ in judged), 1)
    recall = hits / max(sum(true for _, true in judged), 1)
    return Figures(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))
