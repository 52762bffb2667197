"""Rows of a question in words: `facts.parties[0]` is the end user, `facts.ics[0]` the H20."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.words import Words

__all__ = ["place"]

_STEP = re.compile(r"(\w+)\[(\d+)\]")


def place(facts: Mapping[str, Any], about: str, words: Words) -> str:
    """What a row is called: its name, its role, or its number in the list; empty for the transaction itself."""
    steps = _STEP.findall(about)
    row: Any = facts
    subject = ""
    for relation, index in steps:
        held = row.get(relation) if isinstance(row, Mapping) else None
        rows = held.get("rows") if isinstance(held, Mapping) else held
        if not isinstance(rows, list) or int(index) >= len(rows):
            return about
        row, subject = rows[int(index)], _subject(relation, subject)
    if not steps or not isinstance(row, Mapping):
        return ""
    return _called(row, subject, words) or f"{words.title(steps[-1][0])} {int(steps[-1][1]) + 1}"


def _subject(relation: str, inside: str) -> str:
    """The subject of a relation's rows."""
    relations = decider().law.vocabulary.relations
    found = relations.get(f"{inside}.{relation}") or relations.get(relation)
    return found.to if found else ""


def _called(row: Mapping[str, Any], subject: str, words: Words) -> str:
    """The first text of a row, or else its first code."""
    facts = decider().law.vocabulary.facts
    for kind in ("text", "code"):
        for name, value in row.items():
            fact = facts.get(f"{subject}.{name}")
            if fact is not None and fact.type.kind == kind and isinstance(value, str):
                return words.value(fact.term, value)
    return ""
