"""Symbolic facts: a tree of instances with a variable for every fact, grown as far as expressions look; read back."""

from __future__ import annotations

import datetime as dt
import math
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import z3

from tidewaiter.base.errors import EngineError, LimitExceeded
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.program import Program
from tidewaiter.engine.solve.answers import Bounds
from tidewaiter.engine.solve.dates import Calendar
from tidewaiter.engine.solve.logic import Bit, real
from tidewaiter.engine.solve.relevance import Direct, direct
from tidewaiter.engine.solve.symbols import Choice, End, Span, Symbol, Truth3, choose, point
from tidewaiter.engine.values import Value, ordinal
from tidewaiter.engine.vocabulary import ROOT, Fact, Relationship, Vocabulary

__all__ = ["Case", "Facts", "Given", "Slot"]

_MOST_INSTANCES = 2000
_TEXT_BITS = 16


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A fact of a symbolic instance: its variable, whether it is stated, its value, and the same when stated."""

    fact: Fact
    variable: Any
    stated: Bit
    value: Symbol
    when_stated: Symbol


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A possible row of a relation."""

    present: Bit
    target: Case
    link: Case | None


@dataclass(slots=True, eq=False)
class Case:
    """A symbolic instance: its facts and relations so far; `trail` are the relations that lead to it."""

    subject: str
    path: str
    trail: tuple[str, ...] = ()
    facts: dict[str, Given] = field(default_factory=dict)
    relations: dict[str, tuple[Slot, ...]] = field(default_factory=dict)


class Facts:
    """All symbolic facts of one search, shared by the programs that are compared.

    `probed` are the facts that `known` or `first` ask about: those that are given, and those of the programs.
    """

    def __init__(self, programs: Iterable[Program], bounds: Bounds, probed: frozenset[str] = frozenset()) -> None:
        self.programs, self.bounds = tuple(programs), bounds
        self.vocabulary = _joined([program.vocabulary for program in self.programs])
        self.as_of = self.programs[0].as_of
        self.root = Case(ROOT, ROOT)
        self.calendar = _calendar(self.as_of, bounds)
        self.limits: list[tuple[str, Any]] = []
        self._codes: dict[str, dict[str, int]] = {}
        self._first_codes: dict[str, int] = {}
        self._back: dict[str, bool] = {}
        self.probed = probed.union(*(each.probed for each in _named(self.programs)))
        self._count = 0

    # codes ----------------------------------------------------------------------------------------

    def codes(self, domain: str) -> Mapping[str, int]:
        """The number of every code of a domain; the domain "" holds the texts that were named so far."""
        if domain not in self._codes:
            known = list(self.vocabulary.domains[domain].codes) if domain else []
            further = sorted(self._further(domain) - set(known))
            self._first_codes[domain] = len(known)
            self._codes[domain] = {code: i for i, code in enumerate([*known, *further])}
        return self._codes[domain]

    def code(self, domain: str, code: str) -> int:
        """The number of a code, or of a text, which is added when it is new. EngineError for what is no code."""
        index = self.codes(domain)
        if code not in index:
            if domain:
                raise EngineError(f"'{code}' is no code of {domain}")
            self._codes[domain][code] = len(index)
        return index[code]

    def _further(self, domain: str) -> set[str]:
        """Codes that tables of a domain lead to without the domain listing them."""
        tables = (table for p in self.programs for key, table in p.tables.items() if p.vocabulary.tables[key] == domain)
        return {code for table in tables for code in table.values()}

    def bits(self, domain: str) -> int:
        """How many bits a code of the domain takes; texts have room for many that nobody named."""
        if not domain:
            return _TEXT_BITS
        return max(1, (len(self.codes(domain)) - 1).bit_length())

    # instances ------------------------------------------------------------------------------------

    def place(self, subject: str) -> tuple[Case, tuple[Slot, ...], frozenset[str]]:
        """An instance of a subject: the first row of the relations that lead to it, those rows, and the relations."""
        case, taken, way = self.root, [], self._way(subject)
        for relation in way:
            slots = self.slots(case, relation.term)
            if not slots:
                break
            linked = slots[0].link if relation.link == subject else None
            case = linked or slots[0].target
            taken.append(slots[0])
        if case.subject != subject:
            case = Case(subject, f"({subject})")
        return case, tuple(taken), frozenset(relation.term for relation in way)

    def _way(self, subject: str) -> list[Relationship]:
        waiting: deque[tuple[str, list[Relationship]]] = deque([(ROOT, [])])
        seen = {ROOT}
        while waiting:
            at, way = waiting.popleft()
            if at == subject:
                return way
            for relation in self.vocabulary.relations.values():
                for end in (relation.to, relation.link):
                    if relation.subject == at and end and end not in seen and (end == subject or end == relation.to):
                        seen.add(end)
                        waiting.append((end, [*way, relation]))
        return []

    def slots(self, case: Case, term: str) -> tuple[Slot, ...]:
        """The possible rows of a relation; none beyond the depth of the bounds."""
        if term not in case.relations:
            relation = self.vocabulary.relations[term]
            deep = self._leads_back(term) and sum(map(self._leads_back, case.trail)) >= self.bounds.depth
            case.relations[term] = () if deep else self._grown(case, relation)
        return case.relations[term]

    def _leads_back(self, term: str) -> bool:
        """Whether rows of a relation can have rows of the same relation below them."""
        if term not in self._back:
            relations = self.vocabulary.relations
            reached, waiting = set[str](), [relations[term].to]
            while waiting:
                subject = waiting.pop()
                if subject not in reached:
                    reached.add(subject)
                    waiting += [each.to for each in relations.values() if each.subject == subject]
            self._back[term] = relations[term].subject in reached
        return self._back[term]

    def _grown(self, case: Case, relation: Relationship) -> tuple[Slot, ...]:
        slots: list[Slot] = []
        for i in range(self.bounds.rows):
            path = f"{case.path}/{relation.term}{i}"
            present = True if i == 0 and relation.nonempty else z3.Bool(f"{path}?")
            if i and slots[-1].present is not True:
                self.limits.append((relation.term, z3.Implies(present, slots[-1].present)))
            trail = (*case.trail, relation.term)
            link = Case(relation.link, f"{path}~", trail) if relation.link else None
            slots.append(Slot(present, Case(relation.to, path, trail), link))
        self._count += len(slots)
        if self._count > _MOST_INSTANCES:
            raise LimitExceeded(f"more than {_MOST_INSTANCES} rows in one search: lower the bounds")
        return tuple(slots)

    # facts ----------------------------------------------------------------------------------------

    def given(self, case: Case, term: str) -> Given:
        """A fact of an instance."""
        if term not in case.facts:
            case.facts[term] = self._made(case, self.vocabulary.facts[term])
        return case.facts[term]

    def _made(self, case: Case, fact: Fact) -> Given:
        name = f"{case.path}|{fact.term}"
        variable, value, unknown = self._variable(name, fact)
        may_miss = self.bounds.missing == "always" or (self.bounds.missing == "probed" and fact.term in self.probed)
        stated = z3.Bool(f"{name}?") if may_miss else True
        return Given(fact, variable, stated, choose(stated, value, unknown), value)

    def _variable(self, name: str, fact: Fact) -> tuple[Any, Symbol, Symbol]:
        match fact.type.kind:
            case "boolean":
                variable = z3.Bool(name)
                return variable, Truth3(variable), Truth3(False, True)
            case "number" | "date":
                return self._number(name, fact)
        domain = fact.type.domain
        self.codes(domain)
        variable = z3.BitVec(name, self.bits(domain))
        if domain and self._first_codes[domain] < 2 ** self.bits(domain):
            self.limits.append((fact.term, z3.ULT(variable, self._first_codes[domain])))
        return variable, Choice(((True, variable),)), Choice((), True)

    def _number(self, name: str, fact: Fact) -> tuple[Any, Symbol, Symbol]:
        low, high = fact.low, fact.high
        if fact.type.kind == "date":
            variable = z3.Int(name)
            value = z3.ToReal(variable)
            low, high = self._days(low, high)
        else:
            variable = value = z3.Real(name)
        if math.isfinite(low):
            self.limits.append((fact.term, variable >= z3.RealVal(str(real(low)))))
        if math.isfinite(high):
            self.limits.append((fact.term, variable <= z3.RealVal(str(real(high)))))
        return variable, point(value), Span(_end(fact.low), _end(fact.high))

    def _days(self, low: float, high: float) -> tuple[float, float]:
        reach = 366 * self.bounds.years
        today = ordinal(self.as_of)
        return low if math.isfinite(low) else today - reach, high if math.isfinite(high) else today + reach

    # reading back ---------------------------------------------------------------------------------

    def read(self, model: Any, focus: Case, terms: frozenset[str]) -> tuple[Instance, Instance]:
        """The facts of a model that the terms rest on, and the instance asked about."""
        made: dict[str, Instance] = {}
        root = self._read(self.root, model, terms, made)
        if focus.path not in made:
            self._read(focus, model, terms, made)
        return root, made[focus.path]

    def _read(self, case: Case, model: Any, terms: frozenset[str], made: dict[str, Instance]) -> Instance:
        facts = {
            term: self._stated(given, model)
            for term, given in case.facts.items()
            if term in terms and _true(model, given.stated)
        }
        relations = {
            term: Rows(tuple(self._row(slot, model, terms, made) for slot in slots if _true(model, slot.present)), True)
            for term, slots in case.relations.items()
            if term in terms
        }
        made[case.path] = Instance(case.subject, facts, relations, case.path)
        return made[case.path]

    def _row(self, slot: Slot, model: Any, terms: frozenset[str], made: dict[str, Instance]) -> Row:
        link = None if slot.link is None else self._read(slot.link, model, terms, made)
        return Row(self._read(slot.target, model, terms, made), link)

    def _stated(self, given: Given, model: Any) -> Value:
        held = model.eval(given.variable, model_completion=True)
        match given.fact.type.kind:
            case "boolean":
                return bool(z3.is_true(held))
            case "number" | "date":
                return _number_of(held)
        codes, number = list(self.codes(given.fact.type.domain)), int(held.as_long())
        return codes[number] if number < len(codes) else f"text {number}"


def _calendar(as_of: dt.date, bounds: Bounds) -> Calendar:
    reach = bounds.years + 30
    return Calendar(max(dt.MINYEAR + 101, as_of.year - reach), min(dt.MAXYEAR - 101, as_of.year + reach))


def _end(value: float) -> End:
    return End(real(value)) if math.isfinite(value) else End(Fraction(0), True)


def _true(model: Any, bit: Bit) -> bool:
    return bit if isinstance(bit, bool) else bool(z3.is_true(model.eval(bit, model_completion=True)))


def _number_of(held: Any) -> float:
    if z3.is_algebraic_value(held):
        held = held.approx(20)
    fraction = held.as_fraction() if z3.is_rational_value(held) else Fraction(held.as_long())
    return float(fraction)


def _named(programs: Iterable[Program]) -> list[Direct]:
    return [direct(definition.node) for program in programs for definition in program.definitions.values()]


def _joined(vocabularies: list[Vocabulary]) -> Vocabulary:
    first = vocabularies[0]
    if all(each is first for each in vocabularies):
        return first
    return Vocabulary(
        {key: value for each in vocabularies for key, value in each.subjects.items()},
        {key: value for each in vocabularies for key, value in each.facts.items()},
        {key: value for each in vocabularies for key, value in each.relations.items()},
        {key: value for each in vocabularies for key, value in each.domains.items()},
        first.decided,
        first.groups,
        first.tables,
        first.units,
        first.unit_symbols,
        first.unit_names,
    )
