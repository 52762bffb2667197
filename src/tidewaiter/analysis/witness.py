"""A witness of a difference between two laws: a real item where there is one, else facts that the solver finds.

What the solver finds lies within the ranges of the vocabulary and the stated bounds, and is replayed by the reference
evaluator on both sides. Without a witness, "none" is a proof within the bounds, "undecided" says what kept it from one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tidewaiter.analysis.flips import Flip, Subject, flips
from tidewaiter.analysis.sides import Side
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.solve import Answer, Bounds, equivalent
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.engine.vocabulary import ROOT, subject_of

__all__ = ["Difference", "class_difference", "first_flip", "outcome_difference"]


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts under which a term differs between two laws: the term, its values, the facts as plain data."""

    term: str
    values: tuple[Any, Any]
    facts: Mapping[str, Any]
    answer: Answer


def first_flip(
    before: Side, after: Side, spec: Specification, subjects: Sequence[Subject], domain: str, profile: str | None,
    codes: frozenset[str] | None = None,
) -> Flip | None:  # fmt: skip
    """The first subject whose outcome flips, in the order given; None when none does."""
    for subject in subjects:
        found = flips(before, after, spec, [subject], domain, profile, codes)
        if found:
            return found[0]
    return None


def class_difference(before: Side, after: Side, spec: Specification, bounds: Bounds | None = None) -> Difference | None:
    """Facts of one item (or other instance) that the two laws class differently; None when no class differs.

    Only truths about an instance that rest on nothing outside it are asked about: their answers take milliseconds.
    """
    for term in _classes(before, after, spec):
        answer = equivalent(before.program, after.program, term, bounds=bounds)
        if answer.witness is not None:
            return Difference(term, (answer.values[0], answer.values[1]), answer.witness.plain(), answer)
    return None


def _classes(before: Side, after: Side, spec: Specification) -> Iterator[str]:
    """Truths on instances that rest on a changed rule and not on the transaction, those that most rests on first."""
    affected = after.program.affected_by(after.changed_terms(before, spec))
    found = []
    for term in after.program.order:
        definition = after.program.definitions[term]
        if term in affected and definition.type == BOOLEAN and definition.subject != ROOT and not definition.recursive:
            rests = after.program.closure((term,)) | before.program.closure((term,))
            if all(subject_of(each) != ROOT for each in rests):
                found.append(term)
    yield from reversed(found)


def outcome_difference(before: Side, after: Side, spec: Specification, bounds: Bounds) -> Answer:
    """Facts of a whole transaction on which the outcomes differ; "none" within the bounds, or "undecided" in time."""
    return equivalent(before.program, replace(after.program), spec.outcome, bounds=bounds)
