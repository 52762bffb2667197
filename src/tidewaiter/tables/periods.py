"""Days under the same law: two days share a period where nothing that a question rests on differs between them."""

from __future__ import annotations

import bisect
import datetime as dt
from dataclasses import dataclass

from tidewaiter.determine.deciding import Decider
from tidewaiter.determine.specification import Specification
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Definition, Program
from tidewaiter.engine.values import date_of
from tidewaiter.tables.classes import Classes, classes

__all__ = ["Period", "Periods"]


@dataclass(frozen=True, slots=True)
class Period:
    """Days under the same law; `day` is one of them. `terms`: what the outcome rests on; `told`: what it tells apart.

    `by_day`: where one of these facts is given, the very day matters; None: always.
    """

    number: int
    day: dt.date
    by_day: frozenset[str] | None
    terms: frozenset[str]
    told: Classes


@dataclass(frozen=True, slots=True)
class _State:
    """One state of the law: its number, and how the day itself enters it."""

    number: int
    cuts: tuple[int, ...]
    by_year: bool
    by_day: frozenset[str] | None
    terms: frozenset[str]
    told: Classes


class Periods:
    """Periods of a question's outcome over all its layers."""

    def __init__(
        self, decider: Decider, spec: Specification, profile: str | None, unstated: frozenset[str] = frozenset()
    ) -> None:
        self.decider, self.spec, self.profile, self.unstated = decider, spec, profile, unstated
        self._states: dict[int, _State] = {}
        self._same: dict[object, _State] = {}
        self._periods: dict[tuple[int, int, int], Period] = {}
        self._asking: dict[int, tuple[Definition, list[n.Member | n.Lookup]]] = {}
        self._dated: dict[int, tuple[Definition, bool]] = {}

    def of(self, day: dt.date) -> Period:
        """The period of a day."""
        index = bisect.bisect_right(self.decider.snapshots.dates, day)
        state = self._states.get(index)
        if state is None:
            state = self._states[index] = self._state(day)
        key = (state.number, bisect.bisect_right(state.cuts, day.toordinal()), day.year if state.by_year else 0)
        if key not in self._periods:
            self._periods[key] = Period(len(self._periods), day, state.by_day, state.terms, state.told)
        return self._periods[key]

    def _state(self, day: dt.date) -> _State:
        programs = [self.decider.snapshots.at(day, layer) for layer, _ in self.spec.layers]
        closures = [program.closure((self.spec.outcome,)) for program in programs]
        print_ = tuple(self._print(program, terms) for program, terms in zip(programs, closures, strict=True))
        if print_ not in self._same:
            self._same[print_] = self._made(programs, closures)
        return self._same[print_]

    def _print(self, program: Program, terms: frozenset[str]) -> tuple[object, ...]:
        """What makes two programs the same as far as these terms go."""
        own = sorted(terms & program.definitions.keys())
        sets: dict[object, object] = {}
        for term in own:
            for node in self._asks(program.definitions[term]):
                if isinstance(node, n.Lookup):
                    sets.setdefault(node.table, frozenset(program.tables[node.table].items()))
                elif node.members not in sets:
                    sets[node.members] = program.members(node.members)
        return (*(id(program.definitions[term]) for term in own), *own, frozenset(sets.items()))

    def _asks(self, definition: Definition) -> list[n.Member | n.Lookup]:
        """Where a rule asks a group or a table, found once."""
        held = self._asking.get(id(definition))
        if held is None:
            found = [
                node
                for node in (n.walk(definition.node) if definition.asks_sets else ())
                if isinstance(node, n.Lookup)
                or (isinstance(node, n.Member) and not isinstance(node.members, n.SetCodes))
            ]
            held = self._asking[id(definition)] = (definition, found)
        return held[1]

    def _made(self, programs: list[Program], closures: list[frozenset[str]]) -> _State:
        clock = _Clock(self.profile)
        for program, terms in zip(programs, closures, strict=True):
            for term in terms & program.definitions.keys():
                if self._names_day(program.definitions[term]):
                    clock.read(program.definitions[term].node, program)
        by_day = None if clock.always else frozenset(clock.facts)
        told = classes(zip(programs, closures, strict=True), self.spec.outcome, self.profile, self.unstated)
        cuts = tuple(sorted(clock.cuts))
        return _State(len(self._same), cuts, clock.by_year, by_day, frozenset().union(*closures), told)

    def _names_day(self, definition: Definition) -> bool:
        """Whether the day asked about stands in a rule at all, found once."""
        held = self._dated.get(id(definition))
        if held is None:
            named = any(isinstance(node, n.AsOf) for node in n.walk(definition.node))
            held = self._dated[id(definition)] = (definition, named)
        return held[1]


class _Clock:
    """How the day asked about enters the rules: at fixed days, by its year, or against other dates."""

    def __init__(self, profile: str | None) -> None:
        self.profile = profile
        self.cuts: set[int] = set()
        self.facts: set[str] = set()
        self.by_year = self.always = False

    def read(self, node: n.Node, program: Program) -> None:
        """Note every use of the day in a rule."""
        if isinstance(node, n.Year) and isinstance(node.arg, n.AsOf):
            self.by_year = True
        elif isinstance(node, n.AsOf):
            self.always = True
        elif isinstance(node, n.Compare) and _uses_day(node):
            self._compared(node, program)
        else:
            for part in n.children(node):
                self.read(part, program)

    def _compared(self, node: n.Compare, program: Program) -> None:
        sides = (node.left, node.right)
        fixed = [side for side in sides if isinstance(side, n.Const)]
        if any(isinstance(side, n.AsOf) for side in sides) and fixed and isinstance(fixed[0].value, (int, float)):
            day = date_of(fixed[0].value).toordinal()
            self.cuts |= {day, day + 1}
            return
        self.by_year |= any(isinstance(part, n.Year) and isinstance(part.arg, n.AsOf) for part in n.walk(node))
        terms = {part.term for part in n.walk(node) if isinstance(part, n.Ref)}
        if any(term in program.definitions or self._assumable(term, program) for term in terms) or not terms:
            self.always = True
        self.facts |= terms

    def _assumable(self, term: str, program: Program) -> bool:
        return self.profile is not None and self.profile in program.vocabulary.facts[term].assume


def _uses_day(node: n.Node) -> bool:
    """Whether the day itself, not only its year, stands in an expression."""
    if isinstance(node, n.Year) and isinstance(node.arg, n.AsOf):
        return False
    return isinstance(node, n.AsOf) or any(_uses_day(part) for part in n.children(node))
