"""One figure of a case moved while all else stays: where the answer turns, and whether more of it ever frees.

A figure is any number on an instance of the case, given or decided; what rests on it follows. The law draws its lines
at single numbers, so that the answer is the same between two turns: they are found on a grid and narrowed down. What
lies between two neighbouring points of the grid and turns back again there is not seen; each answer says the grid.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidewaiter.analysis.sides import Side
from tidewaiter.determine.deciding import UNDETERMINED
from tidewaiter.determine.specification import Specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.engine.prove import Run
from tidewaiter.engine.vocabulary import subject_of

__all__ = ["STEPS_PER_DOUBLING", "Figure", "Sweep", "Turn", "nearest_turns"]

STEPS_PER_DOUBLING = 16
"""Points of the grid for each doubling of a figure."""
_DOUBLINGS = 4
_NARROWINGS = 60
_SNAP = 1e-9


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a case: the value of a term on an instance."""

    instance: Instance
    term: str
    value: float


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer turns from `below` to `above` as a figure reaches `line` (`at`) or passes it.

    `at` is True where the value of the line itself already has the answer `above`.
    """

    figure: Figure
    line: float
    at: bool
    below: str
    above: str

    @property
    def distance(self) -> float:
        """How far the line is from the figure, as a share of the figure."""
        return abs(self.line - self.figure.value) / self.figure.value


class Sweep:
    """Answers to a case on one side, with figures moved."""

    def __init__(self, side: Side, spec: Specification, case: Instance, profile: str | None) -> None:
        self.side, self.spec, self.case, self.profile = side, spec, case, profile

    def outcome(self, figure: Figure | None = None, value: float = 0.0) -> str:
        """The outcome, with a figure taken to have another value; what stays open is undetermined."""
        run = Run(self.side.prover, self.side.program, self.case, self.profile)
        if figure is not None:
            run.suppose(figure.term, figure.instance, value)
        found = run.value(self.spec.outcome)
        return found if isinstance(found, str) else UNDETERMINED

    def figures(self) -> tuple[Figure, ...]:
        """The known positive numbers of the case, given or decided, that the outcome may rest on."""
        run = Run(self.side.prover, self.side.program, self.case, self.profile)
        reached = sorted(self.side.program.closure((self.spec.outcome,)))
        found = []
        for instance in reachable(self.case):
            for term in reached:
                kind = self.side.decider.law.vocabulary.type_of(term)
                if kind is not None and kind.kind == "number" and subject_of(term) == instance.subject:
                    value = run.value(term, instance)
                    if isinstance(value, float) and value > 0:
                        found.append(Figure(instance, term, value))
        return tuple(found)

    def turns(self, figure: Figure) -> tuple[Turn, ...]:
        """Where the answer turns, from the lowest value of the grid to the highest."""
        points = sorted({*_grid(figure.value), *self._lines(figure)})
        answers = [self.outcome(figure, point) for point in points]
        found = []
        for (low, below), (high, above) in pairwise(zip(points, answers, strict=True)):
            if below != above:
                found.append(self._turn(figure, low, high, below, above))
        return tuple(found)

    def ceiling(self, figure: Figure, free: frozenset[str]) -> float | None:
        """The value of a figure at which an answer among `free` is first lost as it grows; None when no line ends it.

        Only the numbers with which the law compares the figure directly are tried.
        """
        for line in sorted(line for line in self._compared(figure.term) if line >= figure.value):
            for value in (line, math.nextafter(line, math.inf)):
                if self.outcome(figure, value) not in free:
                    return line
        return None

    def _lines(self, figure: Figure) -> Iterator[float]:
        """The numbers with which the law compares the term directly, and their neighbours, within the grid's reach."""
        reach = 2.0**_DOUBLINGS
        for line in self._compared(figure.term):
            if figure.value / reach <= line <= figure.value * reach:
                yield from (math.nextafter(line, -math.inf), line, math.nextafter(line, math.inf))

    def _compared(self, term: str) -> Iterator[float]:
        program = self.side.program
        for user in program.users.get(term, ()):
            for node in n.walk(program.definitions[user].node):
                if isinstance(node, n.Compare) and any(
                    isinstance(part, n.Ref) and part.term == term for part in n.children(node)
                ):
                    yield from (
                        float(part.value)
                        for part in n.children(node)
                        if isinstance(part, n.Const) and isinstance(part.value, float) and part.value > 0
                    )

    def _turn(self, figure: Figure, low: float, high: float, below: str, above: str) -> Turn:
        """The line between two values with different answers, narrowed down to neighbouring numbers."""
        for _ in range(_NARROWINGS):
            middle = (low + high) / 2
            if middle in (low, high):
                break
            if self.outcome(figure, middle) == below:
                low = middle
            else:
                high = middle
        for line in self._compared(figure.term):
            if abs(line - high) <= _SNAP * line:
                return Turn(figure, line, self.outcome(figure, line) != below, below, above)
        return Turn(figure, high, True, below, above)


def _grid(value: float) -> Iterator[float]:
    steps = _DOUBLINGS * STEPS_PER_DOUBLING
    yield from (value * 2.0 ** (step / STEPS_PER_DOUBLING) for step in range(-steps, steps + 1))


def nearest_turns(
    sweep: Sweep, only: Sequence[str] = (), progress: Callable[[int, int], None] = lambda done, whole: None
) -> tuple[Turn, ...]:
    """For each figure (of the terms in `only`, or all) the nearest turn on either side, the nearest of all first."""
    asked = [figure for figure in sweep.figures() if not only or figure.term in only]
    found: list[Turn] = []
    for done, figure in enumerate(asked, 1):
        turns = sweep.turns(figure)
        lower = [turn for turn in turns if turn.line <= figure.value and not _reached(turn, figure)]
        found += [*lower[-1:], *[turn for turn in turns if turn not in lower][:1]]
        progress(done, len(asked))
    return tuple(sorted(found, key=lambda turn: turn.distance))


def _reached(turn: Turn, figure: Figure) -> bool:
    """Whether the figure stands on the line itself, with the answer below it."""
    return turn.line == figure.value and not turn.at
