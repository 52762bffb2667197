"""Calendar years and months of symbolic dates: the periods of a bounded calendar, halved until one is left."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from tidewaiter.engine.arithmetic import add_months as months_on
from tidewaiter.engine.arithmetic import year as year_of
from tidewaiter.engine.solve.logic import Real, at_most, less, lift, minus, plus, real, select_real
from tidewaiter.engine.solve.symbols import End, Span
from tidewaiter.engine.values import bounds, ordinal

__all__ = ["Calendar"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years that symbolic dates are taken to fall into; a date outside is treated as one at the end."""

    first: int
    last: int

    def year(self, span: Span) -> Span:
        """The calendar year of a date."""
        return _each(span, lambda day: self._year(day, self.first, self.last))

    def add_months(self, span: Span, months: int) -> Span:
        """A date so many months on; a day that the month lacks becomes the month's last."""
        return _each(span, lambda day: self._months_on(day, months))

    def _year(self, day: Real, first: int, last: int) -> Real:
        if isinstance(day, Fraction):
            return real(bounds(year_of(float(day)))[0])
        if first == last:
            return Fraction(first)
        middle = (first + last + 1) // 2
        before = less(day, Fraction(ordinal(dt.date(middle, 1, 1))))
        return select_real(before, self._year(day, first, middle - 1), self._year(day, middle, last))

    def _months_on(self, day: Real, months: int) -> Real:
        if isinstance(day, Fraction):
            moved = bounds(months_on(float(day), months))[0]
            return real(moved) if math.isfinite(moved) else day
        whole: Any = z3.ToReal(z3.ToInt(lift(day)))
        return _moved(whole, months, self.first * 12, self.last * 12 + 11)


def _each(span: Span, of: Callable[[Real], Real]) -> Span:
    low = End(of(span.low.value), span.low.infinite)
    return Span(low, low if span.low is span.high else End(of(span.high.value), span.high.infinite))


def _moved(day: Real, months: int, first: int, last: int) -> Real:
    """The day moved, when its month (counted from year 0) lies between `first` and `last`."""
    if first == last:
        target = _first_of(first + months)
        length = _first_of(first + months + 1) - target
        beyond = minus(day, Fraction(_first_of(first)))
        within = at_most(beyond, Fraction(length - 1))
        return plus(Fraction(target), select_real(within, beyond, Fraction(length - 1)))
    middle = (first + last + 1) // 2
    before = less(day, Fraction(_first_of(middle)))
    return select_real(before, _moved(day, months, first, middle - 1), _moved(day, months, middle, last))


def _first_of(month: int) -> int:
    return ordinal(dt.date(month // 12, month % 12 + 1, 1))
