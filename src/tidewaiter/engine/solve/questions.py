"""The solver's questions as plain functions. Z3 is loaded when the first one is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.engine.nodes import Node
from tidewaiter.engine.program import Program
from tidewaiter.engine.solve.answers import Answer, Bounds
from tidewaiter.engine.values import Truth, Value
from tidewaiter.engine.vocabulary import ROOT

if TYPE_CHECKING:
    from tidewaiter.engine.solve.inquiry import Inquiry

__all__ = ["can_be", "can_hold", "equivalent", "first_holds", "gap", "inquire", "overlap"]


def inquire(program: Program, other: Program | None = None, bounds: Bounds | None = None) -> Inquiry:
    """An inquiry for several questions to one program (or two), which is lowered once for all of them."""
    from tidewaiter.engine.solve.inquiry import Inquiry

    return Inquiry(program, other, bounds)


def overlap(
    program: Program, conditions: Sequence[Node], *, subject: str = ROOT, bounds: Bounds | None = None
) -> Answer:
    """Facts under which two of the conditions hold; `which` are the positions of those that do.

    Conditions are expressions about `subject`. Raises LimitExceeded when the law unrolls to too much within the bounds.
    """
    return inquire(program, None, bounds).overlap(conditions, subject)


def gap(program: Program, conditions: Sequence[Node], *, subject: str = ROOT, bounds: Bounds | None = None) -> Answer:
    """Facts under which every one of the conditions is false."""
    return inquire(program, None, bounds).gap(conditions, subject)


def first_holds(
    program: Program, conditions: Sequence[Node], index: int, *, subject: str = ROOT, bounds: Bounds | None = None
) -> Answer:
    """Facts under which the condition at `index` holds and every earlier one is false; none: a dead case."""
    return inquire(program, None, bounds).first_holds(conditions, index, subject)


def can_hold(
    program: Program, condition: Node, truth: Truth, *, subject: str = ROOT, bounds: Bounds | None = None
) -> Answer:
    """Facts under which a condition is true, false, or (None) unknown."""
    return inquire(program, None, bounds).can_hold(condition, truth, subject)


def can_be(program: Program, term: str, value: Value, *, bounds: Bounds | None = None) -> Answer:
    """Facts under which a decided term certainly has a value; a date is its ordinal number."""
    return inquire(program, None, bounds).can_be(term, value)


def equivalent(program: Program, other: Program, term: str, *, bounds: Bounds | None = None) -> Answer:
    """Facts under which two programs decide a term differently, both with certainty if possible; "none": they agree.

    Both are asked as of their own date; `values` are what each of them decides.
    """
    return inquire(program, other, bounds).difference(term)
