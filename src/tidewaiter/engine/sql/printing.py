"""Scalars as sqlglot expressions of a dialect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import cast

import sqlglot
from sqlglot import exp

from tidewaiter.engine.sql.dialects import DIALECTS
from tidewaiter.engine.sql.scalars import LITERAL, Scalar
from tidewaiter.engine.sql.tables import Dialect

__all__ = ["cast_as", "named", "printed", "templated"]

_Leaf = Callable[[Scalar], exp.Expr | None]
"""The expression of a scalar that is a column; None where it has to be spelled out."""

_COMPARISONS: dict[str, type[exp.Binary]] = {
    "=": exp.EQ, "<>": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE,
}  # fmt: skip
_SUMS: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}
_AGGREGATES: dict[str, type[exp.Func]] = {"sum": exp.Sum, "max": exp.Max, "min": exp.Min, "count": exp.Count}


def named(name: str, table: str = "") -> exp.Column:
    """A quoted column."""
    return exp.column(name, table=table or None, quoted=True)


def cast_as(value: exp.Expr, kind: str, dialect: Dialect) -> exp.Expr:
    """A value as the dialect's type of a kind."""
    return exp.Cast(this=value, to=exp.DataType.build(DIALECTS[dialect].types[kind], dialect=dialect))


@lru_cache(maxsize=256)
def _parsed(template: str, dialect: Dialect) -> exp.Expr:
    return sqlglot.parse_one(template, read=dialect)


def templated(template: str, value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """A template of the dialect with `x` replaced."""
    found = _parsed(template, dialect).copy()
    for part in list(found.find_all(exp.Column)):
        if part.name == "x" and not part.table:
            part.replace(value.copy())
    return found


def printed(scalar: Scalar, leaf: _Leaf, dialect: Dialect) -> exp.Expr:
    """The expression of a scalar; what `leaf` names is a column."""
    return _Printer(leaf, dialect).spelled(scalar)


class _Printer:
    def __init__(self, leaf: _Leaf, dialect: Dialect) -> None:
        self.leaf, self.dialect, self.manner = leaf, dialect, DIALECTS[dialect]

    def part(self, scalar: Scalar) -> exp.Expr:
        return self.leaf(scalar) or self.spelled(scalar)

    def inside(self, scalar: Scalar) -> exp.Expr:
        """A part as an operand: in parentheses where it is an operation itself."""
        found = self.part(scalar)
        return exp.Paren(this=found) if isinstance(found, (exp.Binary, exp.Not, exp.In, exp.Neg, exp.Is)) else found

    def spelled(self, scalar: Scalar) -> exp.Expr:
        name, args = scalar.op, scalar.args
        if name == LITERAL:
            return self._literal(scalar)
        if name in ("and", "or"):
            return self._joined(exp.And if name == "and" else exp.Or, args)
        if name in _COMPARISONS:
            return _COMPARISONS[name](this=self._compared(args[0]), expression=self._compared(args[1]))
        if name in _SUMS:
            return _SUMS[name](this=self.inside(args[0]), expression=self.inside(args[1]))
        if name in _AGGREGATES:
            return _AGGREGATES[name](this=self.part(args[0]))
        made = getattr(self, "_" + name.replace(" ", "_").replace("/", "quotient"))
        return cast(exp.Expr, made(scalar, args))

    def _literal(self, scalar: Scalar) -> exp.Expr:
        value = scalar.detail
        if isinstance(value, bool):
            return exp.true() if value else exp.false()
        if isinstance(value, tuple):
            return cast_as(exp.null(), value[1], self.dialect)
        if isinstance(value, str):
            return exp.Literal.string(value)
        return self._number(float(str(value)))

    def _number(self, value: float) -> exp.Expr:
        """A literal that is a double, whatever stands around it."""
        digits = repr(abs(value))
        found: exp.Expr = exp.Literal.number(digits if "e" in digits else digits + "E0")
        if self.dialect == "postgres":
            found = cast_as(found, "number", self.dialect)
        return exp.Neg(this=found) if value < 0 else found

    def _compared(self, scalar: Scalar) -> exp.Expr:
        """A side of a comparison: the other side makes a plain literal a double."""
        if scalar.op == LITERAL and isinstance(scalar.detail, float):
            size = abs(scalar.detail)
            digits = str(int(size)) if size.is_integer() and size < 1e15 else repr(size)
            found = exp.Literal.number(digits)
            return exp.Neg(this=found) if scalar.detail < 0 else found
        return self.inside(scalar)

    def _joined(self, made: type[exp.Connector], args: Sequence[Scalar]) -> exp.Expr:
        parts = []
        for arg in args:
            part = self.part(arg)
            parts.append(exp.Paren(this=part) if isinstance(part, exp.Connector) else part)
        total = parts[0]
        for part in parts[1:]:
            total = made(this=total, expression=part)
        return total

    def _not(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        found = self.part(args[0])
        return exp.Not(this=exp.Paren(this=found) if isinstance(found, (exp.Binary, exp.Not)) else found)

    def _is_null(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        return exp.Is(this=self.inside(args[0]), expression=exp.Null())

    def _in(self, scalar: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        codes = cast(tuple[str, ...], scalar.detail)
        return exp.In(this=self.inside(args[0]), expressions=[exp.Literal.string(code) for code in codes])

    def _case(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        pairs = zip(args[0 : len(args) - len(args) % 2 : 2], args[1::2], strict=True)
        ifs = [exp.If(this=self.part(when), true=self.part(value)) for when, value in pairs]
        return exp.Case(ifs=ifs, default=self.part(args[-1]) if len(args) % 2 else None)

    def _coalesce(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        return exp.Coalesce(this=self.part(args[0]), expressions=[self.part(arg) for arg in args[1:]])

    def _minus(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        return exp.Neg(this=self.inside(args[0]))

    def _quotient(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        left, right = self.inside(args[0]), self.inside(args[1])
        return exp.Div(this=left, expression=right, typed=True, safe=False)

    def _least(self, scalar: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        made = exp.Least if scalar.op == "least" else exp.Greatest
        return made(this=self.part(args[0]), expressions=[self.part(arg) for arg in args[1:]], ignore_nulls=True)

    _greatest = _least

    def _infinity(self, scalar: Scalar, _: Sequence[Scalar]) -> exp.Expr:
        found = _parsed(self.manner.infinity, self.dialect).copy()
        return exp.Neg(this=found) if scalar.detail else found

    def _weight(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        """Two for true, one for unknown, none for false."""
        whole = exp.Cast(this=self.part(args[0]), to=exp.DataType.build("INT"))
        return exp.Coalesce(
            this=exp.Mul(this=whole, expression=exp.Literal.number(2)), expressions=[exp.Literal.number(1)]
        )

    def _count_rows(self, _: Scalar, __: Sequence[Scalar]) -> exp.Expr:
        return exp.Count(this=exp.Star())

    def _double(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        return cast_as(self.part(args[0]), "number", self.dialect)

    def _year(self, _: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        found = templated(self.manner.year_of(), self.part(args[0]), self.dialect)
        return cast_as(found, "number", self.dialect)

    def _months(self, scalar: Scalar, args: Sequence[Scalar]) -> exp.Expr:
        months = cast(int, scalar.detail)
        found = templated(self.manner.months_on(months), self.part(args[0]), self.dialect)
        return cast_as(found, "number", self.dialect)
