"""Where the law draws its lines in a plane of two figures, and the outcome of a question between them.

A plane holds two numbers of a hypothetical item, both on logarithmic scales. What the law compares is followed down to
products and quotients of the two, which are straight lines there; between the lines the outcome is one. A grid of
single checks then looks for what was missed, and a line that it finds is narrowed down and drawn too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from tidewaiter.analysis.figures.arrangement import FRAME, Box, Cell, Line, cells, signs_of
from tidewaiter.analysis.sides import Side
from tidewaiter.determine.deciding import UNDETERMINED
from tidewaiter.determine.specification import Specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.engine.prove import Run
from tidewaiter.engine.vocabulary import ROOT, subject_of

__all__ = ["Border", "Judge", "Partition", "Plane", "Region", "partition"]

_Point = tuple[float, float]
_GRID = (9, 7)
_ROUNDS = 40
_NARROWINGS = 48
_STEP = 2.0
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Plane:
    """Two figures, each from a lowest to a highest value, and the case in which they have given values."""

    low: _Point
    high: _Point
    case_at: Callable[[float, float], Instance]

    @property
    def box(self) -> Box:
        """The plane in binary logarithms."""
        return Box(math.log2(self.low[0]), math.log2(self.high[0]), math.log2(self.low[1]), math.log2(self.high[1]))


@dataclass(frozen=True, slots=True)
class Region:
    """A cell of the plane (in binary logarithms) and its outcome."""

    cell: Cell
    outcome: str

    @property
    def middle(self) -> _Point:
        """A point inside, as the values of the two figures."""
        u, v = self.cell.middle
        return 2.0**u, 2.0**v


@dataclass(frozen=True, slots=True)
class Border:
    """A line along which the outcome changes: its term and number where the law names one, its stretches, and the
    outcomes on its sides, below first."""

    line: Line
    term: str
    value: float
    stretches: tuple[tuple[_Point, _Point], ...]
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """A plane in regions. `checked` counts the grid's checks that agreed; `exact` is False where some did not."""

    plane: Plane
    regions: tuple[Region, ...]
    borders: tuple[Border, ...]
    checked: int
    exact: bool

    def outcome_at(self, x: float, y: float) -> str:
        """The outcome of the region in which a point lies; KeyError outside the plane."""
        lines = [border.line for border in self.borders]
        found = {tuple(signs_of(lines, region.cell.middle)): region.outcome for region in self.regions}
        return found[signs_of(lines, (math.log2(x), math.log2(y)))]


class Judge:
    """Single checks of cases: what a question comes to on a side."""

    def __init__(self, side: Side, spec: Specification, profile: str | None) -> None:
        self.side, self.spec, self.profile = side, spec, profile

    def run(self, case: Instance) -> Run:
        """The run of a case on the side's layer."""
        decider, side = self.side.decider, self.side
        return decider.runs(self.spec, case, side.day, self.profile, side.layer)[-1][1]

    def outcome(self, case: Instance) -> str:
        """The outcome; where it is open, the one on which all completions agree, or undetermined."""
        decider, side, run = self.side.decider, self.side, self.run(case)
        value = decider.refined(self.spec, case, side.day, self.profile, side.layer, run, self.spec.outcome)
        return value if isinstance(value, str) else UNDETERMINED


@dataclass(frozen=True, slots=True)
class _Drawn:
    line: Line
    term: str
    value: float


def partition(judge: Judge, plane: Plane) -> Partition:
    """The plane in regions of one outcome each, as the law of the judge's side draws them."""
    drawn = list(_drawn(judge, plane))
    seen: dict[_Point, str] = {}

    def outcome(point: _Point) -> str:
        if point not in seen:
            seen[point] = judge.outcome(plane.case_at(2.0 ** point[0], 2.0 ** point[1]))
        return seen[point]

    grid = list(_grid(plane.box))
    for _ in range(_ROUNDS):
        regions = {cell.signs: Region(cell, outcome(cell.middle)) for cell in cells(plane.box, [d.line for d in drawn])}
        missed = _missed(grid, drawn, regions, outcome)
        if missed is None:
            return _partition(plane, drawn, regions, len(grid), True)
        drawn.append(_narrowed(*missed, outcome))
    return _partition(plane, drawn, regions, len(grid), False)


def _grid(box: Box) -> Iterator[_Point]:
    across, up = _GRID
    for i, j in product(range(across), range(up)):
        yield (
            box.left + (box.right - box.left) * (i + 0.5) / across,
            box.bottom + (box.top - box.bottom) * (j + 0.5) / up,
        )


def _missed(
    grid: list[_Point],
    drawn: list[_Drawn],
    regions: dict[tuple[bool, ...], Region],
    outcome: Callable[[_Point], str],
) -> tuple[_Point, _Point] | None:
    """The first point of the grid whose outcome is not that of its region, with the region's middle."""
    lines = [each.line for each in drawn]
    for point in grid:
        region = regions.get(signs_of(lines, point))
        if region is not None and region.outcome != outcome(point):
            return region.cell.middle, point
    return None


def _narrowed(inside: _Point, point: _Point, outcome: Callable[[_Point], str]) -> _Drawn:
    """An upright or level line between two points of different outcome."""
    corner = (point[0], inside[1])
    upright = outcome(corner) != outcome(inside)
    axis = 0 if upright else 1
    start = inside if upright else corner
    low, high = start[axis], point[axis]
    held = outcome(start)
    for _ in range(_NARROWINGS):
        middle = (low + high) / 2
        if outcome((middle, start[1]) if upright else (start[0], middle)) == held:
            low = middle
        else:
            high = middle
    return _Drawn(Line(1.0, 0.0, high) if upright else Line(0.0, 1.0, high), "", 2.0**high)


# what the law compares ----------------------------------------------------------------------------


def _drawn(judge: Judge, plane: Plane) -> Iterator[_Drawn]:
    """The lines of the comparisons under the outcome, each once."""
    probe = _Probe(judge, plane)
    program = judge.side.program
    seen: list[Line] = []
    for term in sorted(program.closure((judge.spec.outcome,))):
        definition = program.definitions.get(term)
        for node in n.walk(definition.node) if definition else ():
            if isinstance(node, n.Compare) and (found := probe.line(node)) is not None and _is_new(found.line, seen):
                seen.append(found.line)
                yield found


def _is_new(line: Line, seen: list[Line]) -> bool:
    return not any(all(abs(p - q) < _SAME for p, q in zip(_key(line), _key(other), strict=True)) for other in seen)


def _key(line: Line) -> tuple[float, float, float]:
    size = math.copysign(math.hypot(line.a, line.b), line.a or line.b)
    return line.a / size, line.b / size, line.c / size


class _Probe:
    """How the two figures enter an expression, found by moving each by itself from the plane's middle."""

    def __init__(self, judge: Judge, plane: Plane) -> None:
        self.box, self.vocabulary = plane.box, judge.side.decider.law.vocabulary
        self.base = (self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2
        x, y = 2.0 ** self.base[0], 2.0 ** self.base[1]
        cases = [plane.case_at(*point) for point in ((x, y), (x * _STEP, y), (x, y * _STEP))]
        self.runs = [(judge.run(case), case) for case in cases]

    def line(self, node: n.Compare) -> _Drawn | None:
        """The line of a comparison of numbers; None where the figures do not enter it, or it is out of the plane."""
        one, other = self._power(node.left), self._power(node.right)
        if one is None or other is None:
            return None
        (a, b, left), (c, d, right) = one, other
        across, up = a - c, b - d
        if abs(across) < _SAME and abs(up) < _SAME:
            return None
        sign = math.copysign(1.0, across if abs(across) >= _SAME else up)
        line = Line(sign * across, sign * up, sign * (right - left + across * self.base[0] + up * self.base[1]))
        corners = product((self.box.left, self.box.right), (self.box.bottom, self.box.top))
        if len({line.side(corner) > 0 for corner in corners}) < 2:
            return None
        term = next((part.term for part in n.children(node) if isinstance(part, n.Ref)), "")
        value = next((part.value for part in n.children(node) if isinstance(part, n.Const)), None)
        return _Drawn(line, term, value) if isinstance(value, float) else _Drawn(line, "", math.nan)

    def _power(self, node: n.Node) -> tuple[float, float, float] | None:
        """The exponents of the two figures in a product of powers, and its binary logarithm at the base."""
        match node:
            case n.Const(value=float(value)) if value > 0:
                return 0.0, 0.0, math.log2(value)
            case n.Ref(term=term):
                return self._of_term(term)
            case n.Arith(op="*" | "/" as op, left=left, right=right):
                one, other = self._power(left), self._power(right)
                if one is None or other is None:
                    return None
                sign = 1.0 if op == "*" else -1.0
                return one[0] + sign * other[0], one[1] + sign * other[1], one[2] + sign * other[2]
        return None

    def _of_term(self, term: str) -> tuple[float, float, float] | None:
        kind = self.vocabulary.type_of(term)
        if kind is None or kind.kind != "number":
            return None
        values = [self._value(run, case, term) for run, case in self.runs]
        if None in values:
            return None
        base, across, up = (math.log2(value) for value in values if value is not None)
        return _whole(across - base), _whole(up - base), base

    @staticmethod
    def _value(run: Run, case: Instance, term: str) -> float | None:
        for instance in reachable(case):
            if subject_of(term) == (instance.subject or ROOT):
                value = run.value(term, instance)
                return value if isinstance(value, float) and 0 < value < math.inf else None
        return None


def _whole(exponent: float) -> float:
    return float(round(exponent)) if abs(exponent - round(exponent)) < _SAME else exponent


# regions and borders ------------------------------------------------------------------------------


def _partition(
    plane: Plane, drawn: list[_Drawn], regions: dict[tuple[bool, ...], Region], checked: int, exact: bool
) -> Partition:
    borders = []
    for index, each in enumerate(drawn):
        stretches, outcomes = _border(index, regions)
        if stretches:
            borders.append(Border(each.line, each.term, each.value, stretches, outcomes))
    return Partition(plane, tuple(regions.values()), tuple(borders), checked, exact)


def _border(
    index: int, regions: dict[tuple[bool, ...], Region]
) -> tuple[tuple[tuple[_Point, _Point], ...], tuple[tuple[str, str], ...]]:
    """The stretches of a line on whose two sides the outcomes differ, and these outcomes."""
    stretches, outcomes = [], []
    for signs, region in regions.items():
        below = regions.get((*signs[:index], False, *signs[index + 1 :]))
        if not signs[index] or below is None or below.outcome == region.outcome:
            continue
        corners = region.cell.corners
        for at, edge in enumerate(region.cell.edges):
            if edge == index != FRAME:
                stretches.append((corners[at], corners[(at + 1) % len(corners)]))
                outcomes.append((below.outcome, region.outcome))
    return tuple(stretches), tuple(outcomes)
