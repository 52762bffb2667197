"""The visitor: nodes to values over a frame, decided terms layer by layer, facts as the tables and the profile give."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from tidewaiter.base.errors import EngineError
from tidewaiter.engine import nodes as n
from tidewaiter.engine.columns import codes, dates, facts, intervals, numbers, truths, values
from tidewaiter.engine.columns.codes import Choice, Leaf, Single
from tidewaiter.engine.columns.frames import Entity, Frame
from tidewaiter.engine.columns.numbers import Number
from tidewaiter.engine.columns.planning import Layer
from tidewaiter.engine.columns.relations import over_rows
from tidewaiter.engine.columns.tables import COMPLETE
from tidewaiter.engine.columns.truths import TRUE, UNKNOWN, Truth
from tidewaiter.engine.columns.values import Value
from tidewaiter.engine.program import Program
from tidewaiter.engine.types import BOOLEAN, Type
from tidewaiter.engine.values import ordinal
from tidewaiter.engine.vocabulary import SameAs

__all__ = ["Lowering"]

_EVERY = frozenset(("",))


class Lowering:
    """Evaluates terms of a program on the entities of some tables; `spans` names those whose data's span is used."""

    def __init__(self, program: Program, root: Entity, profile: str | None, spans: frozenset[str]) -> None:
        self.program, self.root, self.profile, self.spans = program, root, profile, spans
        self._frames: dict[Entity, Frame] = {}
        self._complete: dict[tuple[Entity, str], pl.Series] = {}

    def frame(self, entity: Entity) -> Frame:
        """The frame in which the decided terms of an entity are computed: the entity itself, then the root."""
        if entity not in self._frames:
            outer = None if entity is self.root else self.frame(self.root)
            self._frames[entity] = Frame(entity, entity.height, entity.columns, None, outer, entity.root_rows)
        return self._frames[entity]

    # terms ----------------------------------------------------------------------------------------

    def decide(self, layer: Layer) -> None:
        """Compute the decided terms of a layer, all of an entity at once."""
        for entity, terms in layer.items():
            self._decide(entity, [term for term in terms if term not in entity.values])

    def _decide(self, entity: Entity, terms: Iterable[str]) -> None:
        frame = self.frame(entity)
        lowered = {term: self.lower(self.program.definitions[term].node, frame) for term in terms}
        entity.values.update(frame.computed(lowered, self.spans))

    def term(self, entity: Entity, term: str) -> Value:
        """The value of a term, fact or decided, on every row of an entity."""
        if term not in entity.values:
            definition = self.program.definitions.get(term)
            if definition is None:
                self._fact(entity, term)
            elif definition.recursive:
                entity.values[term] = self._precomputed(entity, term)
            else:
                self._decide(entity, (term,))
        return entity.values[term]

    def _precomputed(self, entity: Entity, term: str) -> Value:
        if term not in entity.table.columns:
            return UNKNOWN
        series = entity.table[term].cast(pl.Boolean)
        return Truth(self.frame(entity).put(series), not series.null_count())

    def _fact(self, entity: Entity, term: str) -> None:
        fact = self.program.vocabulary.facts.get(term)
        if fact is None:
            raise EngineError(f"'{term}' is neither a fact nor decided")
        frame = self.frame(entity)
        value = facts.given(fact, frame)
        assume = fact.assume.get(self.profile or "")
        if assume is not None and (told := facts.stated(fact, frame)) is not TRUE:
            entity.assumed[term] = frame.run([(~told).column])[0]
            if isinstance(assume, SameAs):
                other = self._same_as(assume.term, fact.subject, frame)
            else:
                other = values.literal(assume, fact.type)
            value = facts.assumed(value, told, other)
        entity.values.update(frame.computed({term: value}, self.spans))

    def _same_as(self, term: str, subject: str, frame: Frame) -> Value:
        same = self.program.vocabulary.facts[term].subject == subject
        entity, rows = (frame.entity, None) if same else frame.outermost()
        return frame.carried(self.term(entity, term), entity, rows)

    def complete(self, entity: Entity, relation: str) -> pl.Series:
        """Whether the rows of a relation are all, as stated or as the profile lets it be assumed."""
        key = (entity, relation)
        if key not in self._complete:
            name = relation + COMPLETE
            stated = entity.table[name].cast(pl.Boolean) if name in entity.table.columns else None
            if stated is None or stated.null_count():
                declared = self.program.vocabulary.relations[relation]
                none, some = (declared.assumed(self.profile, count) for count in (0, 1))
                stated = _assumed(entity, relation, stated, none, some)
            self._complete[key] = stated
        return self._complete[key]

    # expressions ----------------------------------------------------------------------------------

    def lower(self, node: n.Node, frame: Frame) -> Value:
        """The value of a node on every row of a frame."""
        if node not in frame.memo:
            frame.memo[node] = self._lower(node, frame)
        return frame.memo[node]

    def _pin(self, frame: Frame, *parts: n.Node) -> None:
        """Compute parts of a node that it will use more than once, so that expressions do not grow with their depth."""
        for part in parts:
            if any(isinstance(node, (n.Arith, n.Ite, n.First)) for node in n.walk(part)):
                frame.memo[part] = frame.computed({"": self.lower(part, frame)}, _EVERY)[""]

    def _truth(self, node: n.Node, frame: Frame) -> Truth:
        value = self.lower(node, frame)
        return value if isinstance(value, Truth) else UNKNOWN

    def _number(self, node: n.Node, frame: Frame) -> Number:
        value = self.lower(node, frame)
        return value if isinstance(value, Number) else numbers.UNKNOWN_NUMBER

    def _code(self, node: n.Node, frame: Frame) -> codes.Code:
        value = self.lower(node, frame)
        return value if isinstance(value, (Leaf, Single, Choice)) else codes.NOTHING

    def _lower(self, node: n.Node, frame: Frame) -> Value:
        match node:
            case n.Const(value=value, type=kind):
                return values.literal(value, kind)
            case n.Ref(term=term, depth=depth):
                entity, rows = frame.entity_at(depth)
                return frame.carried(self.term(entity, term), entity, rows)
            case n.AsOf():
                return numbers.constant(ordinal(self.program.as_of))
            case n.Arith(op=op, left=left, right=right):
                self._pin(frame, left, right)
                return intervals.arith(op, self._number(left, frame), self._number(right, frame))
            case n.First(args=args, type=kind):
                self._pin(frame, *args)
                return self._first(args, kind, frame)
            case n.Ite(cond=cond, then=then, other=other):
                self._pin(frame, cond, *(branch for branch in (then, other) if not isinstance(branch, n.Ite)))
                branches = self.lower(then, frame), self.lower(other, frame)
                return values.choose(self._truth(cond, frame), *branches)
            case n.Lookup(table=table, item=item):
                return codes.mapped(self._code(item, frame), self.program.tables[table])
            case n.Year(arg=arg):
                return dates.year(self._number(arg, frame))
            case n.AddMonths(arg=arg, months=months):
                return dates.add_months(self._number(arg, frame), months)
            case n.Any() | n.All() | n.Count() | n.Fold():
                return over_rows(node, frame, self)
            case _:
                return self._judged(node, frame)

    def _judged(self, node: n.Node, frame: Frame) -> Truth:
        match node:
            case n.And(args=args):
                return truths.conj([self._truth(arg, frame) for arg in args])
            case n.Or(args=args):
                return truths.disj([self._truth(arg, frame) for arg in args])
            case n.Not(arg=arg):
                return ~self._truth(arg, frame)
            case n.Established(arg=arg):
                return truths.established(self._truth(arg, frame))
            case n.Known(arg=arg):
                self._pin(frame, arg)
                return values.known(self.lower(arg, frame))
            case n.Member(item=item, members=members):
                return codes.member(self._code(item, frame), self.program.members(members))
            case n.Compare(op=op, left=left, right=right):
                return self._compared(op, left, right, frame)
        raise EngineError(f"no lowering of {type(node).__name__}")

    def _compared(self, op: str, left: n.Node, right: n.Node, frame: Frame) -> Truth:
        kinds = {n.type_of(left).kind, n.type_of(right).kind}
        if kinds & {"code", "text"}:
            same = codes.equal(self._code(left, frame), self._code(right, frame))
            return same if op == "==" else ~same
        if kinds == {"boolean"}:
            a, b = self._truth(left, frame), self._truth(right, frame)
            same = truths.disj([truths.conj([a, b]), truths.conj([~a, ~b])])
            return same if op == "==" else ~same
        return numbers.compare(op, self._number(left, frame), self._number(right, frame))

    def _first(self, args: tuple[n.Node, ...], kind: Type, frame: Frame) -> Value:
        if kind == BOOLEAN:
            return truths.first([self._truth(arg, frame) for arg in args])
        if kind.kind in ("code", "text"):
            return codes.first([(self._told(arg, frame), self._code(arg, frame)) for arg in args])
        return numbers.first([(self._told(arg, frame), self._number(arg, frame)) for arg in args])

    def _told(self, arg: n.Node, frame: Frame) -> Truth:
        """Where an argument of `first` counts: a fact as soon as something is stated, anything else when certain."""
        value = self.lower(arg, frame)
        fact = self.program.vocabulary.facts.get(arg.term) if isinstance(arg, n.Ref) else None
        if fact is None or isinstance(value, Truth):
            return values.known(value)
        return numbers.stated(value, (fact.low, fact.high)) if isinstance(value, Number) else codes.stated(value)


def _assumed(entity: Entity, relation: str, stated: pl.Series | None, none: bool, some: bool) -> pl.Series:
    """Completeness where nobody stated it: `none` where the relation has no rows, `some` where it has."""
    if stated is None:
        stated = pl.Series([None], dtype=pl.Boolean).new_from_index(0, entity.height)
    assumed = pl.Series([none], dtype=pl.Boolean).new_from_index(0, entity.height)
    child = entity.children.get(relation)
    if none != some and child is not None and child.offsets is not None:
        filled = child.offsets.slice(1) > child.offsets.slice(0, entity.height)
        assumed = filled if some else ~filled
    if none or some:
        entity.assumed[relation] = stated.is_null() & assumed
    return stated.zip_with(stated.is_not_null(), assumed)
