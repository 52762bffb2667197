"""Where every scalar is computed: which ones become columns, in which round and layer of their frame.

A round of a frame begins with what joins it: columns of other frames, and aggregates of inner frames, which are one
round behind. Within a round a layer uses the columns of the layers before it. What is used twice and is not trivial
becomes a column, and so does what would grow too long; everything else stands where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tidewaiter.engine.sql.frames import Frame
from tidewaiter.engine.sql.scalars import AGGREGATE, COLUMN, IMPORT, Scalar

__all__ = ["JOINS", "Layer", "Plan", "plan"]

JOINS = -1
"""The layer of a round that holds what joins it."""

_WORTH, _LONG = 4, 160
_ALONE = frozenset(("year", "months"))
"""Operations that are printed with their argument several times."""

_Rank = tuple[int, int]


@dataclass(slots=True)
class Layer:
    """Columns that are computed at once, each with the columns that it uses."""

    frame: Frame
    round: int
    depth: int
    columns: list[Scalar] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The columns and their places. `order`: live scalars, each after its arguments."""

    order: list[Scalar]
    ranks: dict[Scalar, _Rank] = field(default_factory=dict)
    columns: dict[Scalar, None] = field(default_factory=dict)
    layers: dict[Frame, dict[_Rank, Layer]] = field(default_factory=dict)
    frames: dict[Frame, None] = field(default_factory=dict)

    def rounds(self, frame: Frame) -> list[int]:
        """The rounds in which something happens to a frame."""
        return sorted({number for number, _ in self.layers.get(frame, {})})

    def leaves(self, scalar: Scalar) -> Iterator[Scalar]:
        """The columns that a scalar uses, itself not being one."""
        waiting = [scalar]
        while waiting:
            for arg in waiting.pop().args:
                if arg in self.columns:
                    yield arg
                else:
                    waiting.append(arg)


def plan(outputs: Iterable[Scalar]) -> Plan:
    """The places of everything that outputs rest on."""
    held = list(outputs)
    found = Plan(_ordered(held))
    forced = _forced(found.order)
    uses: dict[Scalar, int] = {}
    for scalar in found.order:
        for arg in scalar.args:
            uses[arg] = uses.get(arg, 0) + 1
    for scalar in held:
        uses[scalar] = uses.get(scalar, 0) + 1
    _choose(found, forced, uses)
    return found


def _ordered(outputs: list[Scalar]) -> list[Scalar]:
    """Outputs and what they rest on, each after its arguments."""
    done: dict[Scalar, None] = {}
    waiting = [(scalar, iter(scalar.args)) for scalar in reversed(outputs)]
    while waiting:
        scalar, rest = waiting[-1]
        if scalar in done:
            waiting.pop()
            continue
        following = next((arg for arg in rest if arg not in done), None)
        if following is None:
            done[waiting.pop()[0]] = None
        else:
            waiting.append((following, iter(following.args)))
    return list(done)


def _forced(order: list[Scalar]) -> set[Scalar]:
    """What has to be a column: what other frames import, what is grouped by, what is printed several times."""
    found: set[Scalar] = set()
    for scalar in order:
        if scalar.op == IMPORT or scalar.op in _ALONE:
            found.update(scalar.args)
        elif scalar.op == "per":
            found.update(scalar.args[1:])
    return found


def _choose(found: Plan, forced: set[Scalar], uses: Mapping[Scalar, int]) -> None:
    sizes: dict[Scalar, int] = {}
    for scalar in found.order:
        if isinstance(scalar.frame, Frame):
            found.frames[scalar.frame] = None
        sizes[scalar] = 1 + sum(1 if arg in found.columns else sizes[arg] for arg in scalar.args)
        found.ranks[scalar] = rank = _rank(found, scalar)
        if _is_column(scalar, sizes[scalar], uses[scalar], forced):
            found.columns[scalar] = None
            if scalar.op != COLUMN:
                _place(found, scalar, rank)


def _is_column(scalar: Scalar, size: int, uses: int, forced: set[Scalar]) -> bool:
    if scalar.frame is None or scalar.grouped or scalar.op == "/":
        return False  # a quotient stays behind the condition that keeps it from dividing by zero
    if scalar.op in (COLUMN, IMPORT, AGGREGATE) or scalar in forced:
        return True
    return size > _LONG or (uses > 1 and size >= _WORTH)


def _rank(found: Plan, scalar: Scalar) -> _Rank:
    """The round in which a scalar can be computed, and the layer in it."""
    if scalar.op == IMPORT:
        return found.ranks[scalar.args[0]][0], JOINS
    if scalar.op == AGGREGATE:
        return found.ranks[scalar.args[0]][0] + 1, JOINS
    below = [_after(found, arg) for arg in scalar.args if arg.frame is not None]
    return max(below, default=(0, 0))


def _after(found: Plan, arg: Scalar) -> _Rank:
    number, depth = found.ranks[arg]
    return (number, depth + 1) if arg in found.columns and arg.op != COLUMN else (number, depth)


def _place(found: Plan, scalar: Scalar, rank: _Rank) -> None:
    assert isinstance(scalar.frame, Frame)
    layers = found.layers.setdefault(scalar.frame, {})
    layers.setdefault(rank, Layer(scalar.frame, *rank)).columns.append(scalar)
