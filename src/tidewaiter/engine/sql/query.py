"""A program as a query: the one function of this back end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from sqlglot import exp

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.engine.program import Program
from tidewaiter.engine.sql import codes
from tidewaiter.engine.sql import scalars as s
from tidewaiter.engine.sql.checking import request_faults
from tidewaiter.engine.sql.dialects import DIALECTS
from tidewaiter.engine.sql.facts import HIGH, LOW
from tidewaiter.engine.sql.frames import Frame
from tidewaiter.engine.sql.lowering import COMPLETE, DAY, Lowering
from tidewaiter.engine.sql.merging import merged
from tidewaiter.engine.sql.numbers import Number
from tidewaiter.engine.sql.planning import plan
from tidewaiter.engine.sql.scalars import Scalar
from tidewaiter.engine.sql.statement import Cte, Writer, with_all
from tidewaiter.engine.sql.tables import Column, Dialect, Period, Query, Result, Source, Table
from tidewaiter.engine.sql.truths import Truth
from tidewaiter.engine.sql.values import Value

__all__ = ["query"]

_TRANSACTIONS = Source("transactions")
_ASSUMED, _RESULT, _TOGETHER = "__assumed", "tidewaiter_result", 3


def query(
    periods: Sequence[Period],
    terms: Sequence[str],
    *,
    dialect: Dialect,
    source: Source = _TRANSACTIONS,
    date: str | None = None,
    profile: str | None = None,
    assumptions: bool = False,
) -> Query:
    """A query for the values of `terms` (facts or decided terms of the transaction) on each row of the root table.

    `date` names the root table's DATE column of the date asked about; each row is decided under the period that it
    falls into, and rows of no period (or without a date) are not in the result. Without `date` there is one period, and
    all rows are decided on the date of its programs. `profile` names the assumptions allowed.

    The result has `_row`, then for each layer and term: a truth as a boolean, NULL where unknown; a number or date as
    three columns, the term (NULL where it is not certain), `<term>__low` and `<term>__high` (an open end is NULL);
    a code or text, NULL where it is unknown or one of several. `@<layer>` follows the term's name where the layer has
    a name (`outcome@enforced`). With `assumptions`, `<fact>__assumed` and `<relation>__assumed` say where the
    profile's assumption stands in for what the transaction, or a row that hangs on it, does not state.
    Many periods are statements that fill a temporary table one after the other (Spark: one statement all the same).
    Row order is not defined. Numbers given are finite and within the vocabulary's range.

    Raises InputFaults with everything that the dialect or the tables cannot express.
    """
    faults = list(request_faults(periods, terms, dialect, source, date))
    if faults:
        raise InputFaults(faults)
    parts = [
        _Part(period, tuple(dict.fromkeys(terms)), dialect, source, date, profile, f"tw{i or ''}_")
        for i, period in enumerate(merged(periods, terms))
    ]
    faults = list(dict.fromkeys(fault for part in parts for fault in part.faults()))
    if faults:
        raise InputFaults(faults)
    assumed = sorted({name for part in parts for name in part.assumed()}) if assumptions else []
    results = (*parts[0].results, *(Result(f"{name}{_ASSUMED}", name, "", "", "boolean") for name in assumed))
    statements, cleanup = _statements(parts, assumed, dialect)
    return Query(dialect, statements, cleanup, results, _tables(parts, dialect, date))


def _statements(
    parts: Sequence[_Part], assumed: Sequence[str], dialect: Dialect
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One statement; for many periods a table that each fills in turn, as planners take too long over a union."""
    if len(parts) <= _TOGETHER or not DIALECTS[dialect].inserts:
        total: exp.Query = parts[0].select(assumed)
        for part in parts[1:]:
            total = exp.Union(this=total, expression=part.select(assumed), distinct=False)
        return (with_all((cte for part in parts for cte in part.ctes()), total, dialect),), ()
    selects = [(part, part.select(assumed)) for part in parts]
    first, *rest = (with_all(part.ctes(), select, dialect) for part, select in selects)
    inserts = (f"INSERT INTO {_RESULT} {statement}" for statement in rest)
    statements = (f"CREATE TEMPORARY TABLE {_RESULT} AS {first}", *inserts, f"SELECT * FROM {_RESULT}")
    return statements, (f"DROP TABLE {_RESULT}",)


class _Part:
    """The query of one period."""

    def __init__(
        self,
        period: Period,
        terms: Sequence[str],
        dialect: Dialect,
        source: Source,
        date: str | None,
        profile: str | None,
        prefix: str,
    ) -> None:
        self.period, self.dialect, self.date, self.prefix = period, dialect, date, prefix
        self.root = Frame("rows", ("_k0",), ("_k0",), source, keyed=True)
        self.program = next(iter(period.programs.values()))
        self.lowerings: dict[str, Lowering] = {}
        self.outputs: list[tuple[str, Scalar, str]] = []
        self.results: list[Result] = []
        self.hints: dict[Scalar, str] = {}
        base: Lowering | None = None
        for layer, program in period.programs.items():
            base = self.lowerings[layer] = Lowering(program, self.root, profile, date is not None, layer, base)
            for term in terms:
                self._output(layer, program, term, base.term(self.root, term))
            self.hints.update({scalar: name for scalar, name in base.names() if scalar not in self.hints})
        self.writer: Writer | None = None

    def _output(self, layer: str, program: Program, term: str, value: Value) -> None:
        kind = _kind_of(program, term)
        name = f"{term}@{layer}" if layer else term
        if isinstance(value, Truth):
            self._add(name, term, layer, "", value.scalar, kind)
        elif isinstance(value, Number):
            self._add(name, term, layer, "", value.value, kind)
            self._add(_ending(term, LOW, layer), term, layer, "low", value.low, kind)
            self._add(_ending(term, HIGH, layer), term, layer, "high", value.high, kind)
        else:
            self._add(name, term, layer, "", codes.text(value), kind)

    def _add(self, name: str, term: str, layer: str, part: object, scalar: Scalar, kind: str) -> None:
        self.outputs.append((name, scalar, kind))
        self.results.append(Result(name, term, layer, "low" if part == "low" else "high" if part else "", kind))

    def faults(self) -> Iterator[Fault]:
        """The recursive terms that no table brings, and names that are too long."""
        longest = DIALECTS[self.dialect].longest_name
        for lowering in self.lowerings.values():
            for frame, term in lowering.uncomputed:
                where = ": ".join((*frame.path, term))
                yield Fault(where, "is recursive and has no column", "compute it beforehand and add it to the table")
        inputs = [name for frame in self.root.below() if frame.source for name in (frame.source.name, *frame.used)]
        for name in [name for name, _, _ in self.outputs] + inputs:
            if longest and len(name.encode()) > longest:
                yield Fault(name, f"is longer than {longest} bytes", f"{self.dialect} would cut it off")

    def assumed(self) -> Mapping[str, Scalar]:
        """Where assumptions stand in, for each transaction: by fact or relation."""
        found: dict[str, Scalar] = {}
        for (frame, term), truth in next(iter(self.lowerings.values())).assumed.items():
            scalar = truth.scalar
            while frame is not self.root and frame.parent is not None:
                weight = s.aggregate(frame.parent, s.grouped("max", frame, s.op("weight", scalar)))
                scalar = s.coalesce(s.compare("=", weight, s.literal(2.0)), s.FALSE)
                frame = frame.parent
            found[term] = s.either([found[term], scalar]) if term in found else scalar
        return found

    def select(self, assumed: Sequence[str]) -> exp.Select:
        """The SELECT of the period's rows."""
        held = self.assumed() if assumed else {}
        outputs = [*self.outputs, *((name + _ASSUMED, held.get(name, s.FALSE), "boolean") for name in assumed)]
        scalars = [scalar for _, scalar, _ in outputs]
        self.writer = Writer(
            plan(scalars),
            self.root,
            self.dialect,
            self.prefix,
            lambda name: _input_kind(self.program, name),
            self.hints,
            self.date,
            self._where(),
            scalars,
        )
        return self.writer.final(outputs)

    def _where(self) -> exp.Expr | None:
        if self.date is None:
            return None
        column = exp.column(self.date, table="t", quoted=True)
        since, until = self.period.since, self.period.until
        held: list[exp.Expr] = [exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null()))]
        held += [exp.GTE(this=column.copy(), expression=self._day(since))] if since else []
        held += [exp.LT(this=column.copy(), expression=self._day(until))] if until else []
        return exp.and_(*held, copy=False)

    def _day(self, day: dt.date) -> exp.Expr:
        text = exp.Literal.string(day.isoformat())
        return text if self.dialect == "sqlite" else exp.Cast(this=text, to=exp.DataType.build("DATE"))

    def ctes(self) -> list[Cte]:
        """The common table expressions of `select`, in order."""
        assert self.writer is not None
        return list(self.writer.ctes.values())


def _ending(term: str, ending: str, layer: str) -> str:
    return f"{term}{ending}@{layer}" if layer else term + ending


def _kind_of(program: Program, term: str) -> str:
    """The kind of a fact or decided term."""
    definition = program.definitions.get(term)
    return definition.type.kind if definition else program.vocabulary.facts[term].type.kind


def _input_kind(program: Program, name: str) -> str:
    """The kind of an input column."""
    if name == DAY:
        return "date"
    if name.endswith(COMPLETE):
        return "boolean"
    return _kind_of(program, name.partition("@")[0].removesuffix(LOW).removesuffix(HIGH))


def _tables(parts: Sequence[_Part], dialect: Dialect, date: str | None) -> tuple[Table, ...]:
    """The input tables with the columns that some part reads."""
    types, found = DIALECTS[dialect].types, dict[tuple[str, ...], tuple[str, dict[str, str]]]()
    for part in parts:
        assert part.writer is not None
        for frame, names in part.writer.inputs():
            assert frame.source is not None
            columns = found.setdefault(frame.path, (frame.source.name, {}))[1]
            if frame.parent is None or frame.keyed:
                columns["_row"] = types["key"]
            if frame.parent is not None:
                columns["_parent"] = types["key"]
            elif date is not None:
                columns[date] = types["date"]
            columns.update({name: types[_input_kind(part.program, name)] for name in names if name != DAY})
    return tuple(
        Table(name, path, tuple(Column(column, kind) for column, kind in columns.items()))
        for path, (name, columns) in sorted(found.items())
    )
