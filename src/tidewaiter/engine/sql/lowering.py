"""The visitor: nodes to values on a frame, terms on the entity that they belong to, facts as the tables give them."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.base.errors import EngineError
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import Program
from tidewaiter.engine.sql import codes, dates, facts, intervals, numbers, truths, values
from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.codes import Choice, Leaf, Single
from tidewaiter.engine.sql.frames import Frame, Level, Scope, carried
from tidewaiter.engine.sql.numbers import Number
from tidewaiter.engine.sql.relations import over_rows, row_count
from tidewaiter.engine.sql.scalars import Scalar
from tidewaiter.engine.sql.truths import FALSE, TRUE, UNKNOWN, Truth
from tidewaiter.engine.sql.values import Value
from tidewaiter.engine.types import BOOLEAN, Type
from tidewaiter.engine.values import ordinal
from tidewaiter.engine.vocabulary import SameAs, subject_of

__all__ = ["COMPLETE", "DAY", "Lowering"]

COMPLETE, DAY = "__complete", "_day"


class Lowering:
    """Lowers terms of a program. `dated`: the root's rows have their own dates.

    What does not rest on `changed` terms is the `base` lowering's, which shares the root frame and the profile.
    """

    def __init__(
        self,
        program: Program,
        root: Frame,
        profile: str | None,
        dated: bool,
        layer: str = "",
        base: Lowering | None = None,
    ) -> None:
        self.program, self.root, self.profile, self.dated, self.base = program, root, profile, dated, base
        self.layer = layer
        self.changed = frozenset[str]() if base is None else _changed(base.program, program)
        self.assumed: dict[tuple[Frame, str], Truth] = {} if base is None else base.assumed
        self._terms: dict[tuple[Frame, str], Value] = {}
        self._missing: dict[tuple[Frame, str], None] = {} if base is None else base._missing
        self._memo: dict[tuple[Frame, Scope, n.Node], Value] = {}
        self._completes: dict[tuple[Frame, str], Truth] = {} if base is None else base._completes

    @property
    def uncomputed(self) -> list[tuple[Frame, str]]:
        """The recursive terms that a table should bring and does not."""
        return list(self._missing)

    def names(self) -> Iterator[tuple[Scalar, str]]:
        """Scalars that are the whole value of a term, with the term."""
        for (_, term), value in self._terms.items():
            if isinstance(value, Truth):
                yield value.scalar, term

    # terms ----------------------------------------------------------------------------------------

    def term(self, frame: Frame, term: str) -> Value:
        """The value of a term, fact or decided, on the rows of an entity frame."""
        if self.base is not None and term not in self.changed:
            return self.base.term(frame, term)
        key = (frame, term)
        if key not in self._terms:
            self._terms[key] = self._term(frame, term, self._self_scope(frame))
        return self._terms[key]

    def _self_scope(self, frame: Frame) -> Scope:
        own, root = Level(frame, frame.own), Level(self.root, frame.keys[0])
        return (own,) if frame is self.root else (own, root)

    def _term(self, frame: Frame, term: str, scope: Scope) -> Value:
        definition = self.program.definitions.get(term)
        if definition is None:
            return self._fact(term, frame, scope)
        if not definition.recursive:
            return self.lower(definition.node, frame, scope)
        if scope[0].entity is not frame:
            return UNKNOWN
        name = term if self.base is None else f"{term}@{self.layer}"
        column = frame.column(name)
        if column is None:
            self._missing[frame, name] = None
        return UNKNOWN if column is None else Truth(column)

    def _ref(self, term: str, frame: Frame, level: Level, scope: Scope) -> Value:
        if level.entity is not None:
            return values.mapped(self.term(level.entity, term), lambda scalar: carried(scalar, frame, level))
        return self._term(frame, term, (level, scope[-1]))

    def _fact(self, term: str, frame: Frame, scope: Scope) -> Value:
        """A fact of the innermost level of a scope."""
        fact = self.program.vocabulary.facts.get(term)
        if fact is None:
            raise EngineError(f"'{term}' is neither a fact nor decided")
        table = frame if scope[0].entity is frame else None
        value = facts.given(fact, table)
        assume = fact.assume.get(self.profile or "")
        if assume is None:
            return value
        told = facts.stated(fact, table)
        if isinstance(assume, SameAs):
            same = subject_of(assume.term) == fact.subject
            other = self._ref(assume.term, frame, scope[0] if same else scope[-1], scope)
        else:
            other = values.constant_of(assume, fact.type)
        if table is not None:
            self.assumed[frame, term] = ~told
        return facts.assumed(value, told, other)

    def complete(self, relation: str, frame: Frame, level: Level) -> Truth:
        """Whether the rows of a relation are all, as stated or as the profile lets it be assumed; never NULL."""
        if level.entity is None:
            return TRUE if self.program.vocabulary.relations[relation].assumed(self.profile, 0) else FALSE
        key = (level.entity, relation)
        if key not in self._completes:
            self._completes[key] = self._complete(level.entity, relation)
        held = self._completes[key]
        return Truth(carried(held.scalar, frame, level), True)

    def _complete(self, entity: Frame, relation: str) -> Truth:
        declared = self.program.vocabulary.relations[relation]
        none, some = (declared.assumed(self.profile, count) for count in (0, 1))
        child = entity.child(relation)
        default = s.literal(none)
        if none != some and child is not None:
            empty = s.is_null(row_count(entity, child))
            default = empty if none else s.negation(empty)
        column = entity.column(relation + COMPLETE)
        if none or some:
            missing = s.TRUE if column is None else s.is_null(column)
            self.assumed[entity, relation] = Truth(s.both([missing, default]), True)
        return Truth(default if column is None else s.coalesce(column, default), True)

    # expressions ----------------------------------------------------------------------------------

    def lower(self, node: n.Node, frame: Frame, scope: Scope) -> Value:
        """The value of a node on every row of a frame."""
        key = (frame, scope, node)
        if key not in self._memo:
            self._memo[key] = self._lower(node, frame, scope)
        return self._memo[key]

    def _truth(self, node: n.Node, frame: Frame, scope: Scope) -> Truth:
        value = self.lower(node, frame, scope)
        return value if isinstance(value, Truth) else UNKNOWN

    def _number(self, node: n.Node, frame: Frame, scope: Scope) -> Number:
        value = self.lower(node, frame, scope)
        return value if isinstance(value, Number) else numbers.UNKNOWN_NUMBER

    def _code(self, node: n.Node, frame: Frame, scope: Scope) -> codes.Code:
        value = self.lower(node, frame, scope)
        return value if isinstance(value, (Leaf, Single, Choice)) else codes.NOTHING

    def _lower(self, node: n.Node, frame: Frame, scope: Scope) -> Value:
        match node:
            case n.Const(value=value, type=kind):
                return values.constant_of(value, kind)
            case n.Ref(term=term, depth=depth):
                return self._ref(term, frame, scope[depth], scope)
            case n.AsOf():
                return self._as_of(frame, scope)
            case n.Arith(op=operator, left=left, right=right):
                ends = self._number(left, frame, scope), self._number(right, frame, scope)
                return intervals.arith(operator, *ends)
            case n.First(args=args, type=kind):
                return self._first(args, kind, frame, scope)
            case n.Ite(cond=cond, then=then, other=other):
                branches = self.lower(then, frame, scope), self.lower(other, frame, scope)
                return values.choose(self._truth(cond, frame, scope), *branches)
            case n.Lookup(table=table, item=item):
                return codes.mapped(self._code(item, frame, scope), self.program.tables[table])
            case n.Year(arg=arg):
                return dates.year(self._number(arg, frame, scope))
            case n.AddMonths(arg=arg, months=months):
                return dates.add_months(self._number(arg, frame, scope), months)
            case n.Any() | n.All() | n.Count() | n.Fold():
                return over_rows(node, frame, scope, self)
            case _:
                return self._judged(node, frame, scope)

    def _as_of(self, frame: Frame, scope: Scope) -> Number:
        if not self.dated:
            return numbers.constant(ordinal(self.program.as_of))
        return Number((carried(s.column(self.root, DAY), frame, scope[-1]),))

    def _judged(self, node: n.Node, frame: Frame, scope: Scope) -> Truth:
        match node:
            case n.And(args=args):
                return truths.conj([self._truth(arg, frame, scope) for arg in args])
            case n.Or(args=args):
                return truths.disj([self._truth(arg, frame, scope) for arg in args])
            case n.Not(arg=arg):
                return ~self._truth(arg, frame, scope)
            case n.Established(arg=arg):
                return truths.established(self._truth(arg, frame, scope))
            case n.Known(arg=arg):
                return values.known(self.lower(arg, frame, scope))
            case n.Member(item=item, members=members):
                return codes.member(self._code(item, frame, scope), self.program.members(members))
            case n.Compare(op=operator, left=left, right=right):
                return self._compared(operator, left, right, frame, scope)
        raise EngineError(f"no lowering of {type(node).__name__}")

    def _compared(self, operator: str, left: n.Node, right: n.Node, frame: Frame, scope: Scope) -> Truth:
        kinds = {n.type_of(left).kind, n.type_of(right).kind}
        if kinds & {"code", "text"}:
            same = codes.equal(self._code(left, frame, scope), self._code(right, frame, scope))
            return same if operator == "==" else ~same
        if kinds == {"boolean"}:
            a, b = self._truth(left, frame, scope), self._truth(right, frame, scope)
            same = truths.disj([truths.conj([a, b]), truths.conj([~a, ~b])])
            return same if operator == "==" else ~same
        return numbers.compare(operator, self._number(left, frame, scope), self._number(right, frame, scope))

    def _first(self, args: tuple[n.Node, ...], kind: Type, frame: Frame, scope: Scope) -> Value:
        if kind == BOOLEAN:
            return truths.first([self._truth(arg, frame, scope) for arg in args])
        if kind.kind in ("code", "text"):
            return codes.first([(self._told(arg, frame, scope), self._code(arg, frame, scope)) for arg in args])
        return numbers.first([(self._told(arg, frame, scope), self._number(arg, frame, scope)) for arg in args])

    def _told(self, arg: n.Node, frame: Frame, scope: Scope) -> Truth:
        """Where an argument of `first` counts: a fact as soon as something is stated, anything else when certain."""
        value = self.lower(arg, frame, scope)
        fact = self.program.vocabulary.facts.get(arg.term) if isinstance(arg, n.Ref) else None
        if fact is None or isinstance(value, Truth):
            return values.known(value)
        return numbers.stated(value, (fact.low, fact.high)) if isinstance(value, Number) else codes.stated(value)


def _changed(before: Program, after: Program) -> frozenset[str]:
    """The terms that may mean something else under the second program."""
    held = {
        term for term, each in after.definitions.items()
        if term not in before.definitions or before.definitions[term].node != each.node
    }  # fmt: skip
    if (before.groups, before.tables) != (after.groups, after.tables):
        held |= after.set_users
    if before.as_of != after.as_of:
        held |= {
            term for term, each in after.definitions.items() if any(isinstance(p, n.AsOf) for p in n.walk(each.node))
        }
    return after.affected_by(held)
