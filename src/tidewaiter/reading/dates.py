"""Dates in Chinese and English text, read by an own grammar into intervals.

Half of all dates in news are relative (去年12月, 这几天, last month): they mean something only from the day
of writing. `find_dates` resolves them against an interval for that day and leaves them open without one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tidewaiter.reading import dates_en, dates_zh
from tidewaiter.reading.folding import fold
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.phrases import Rule

__all__ = ["DatePhrase", "find_dates"]


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A phrase of a date at [start, end) of the text.

    `kind`: absolute (a whole date), partial (a part, the year say, is missing) or relative. `interval`: the days
    meant, None while the day of writing is not known. `vague`: 近日, recently and the like.
    """

    start: int
    end: int
    surface: str
    kind: str
    interval: DateInterval | None
    vague: bool
    _rule: Rule = field(repr=False, compare=False)

    def on(self, day: dt.date) -> DateInterval | None:
        """The days meant if it was written on that day; None for a day that is not in the calendar."""
        try:
            return self._rule(day)
        except (ValueError, OverflowError):
            return None

    def within(self, base: DateInterval | None) -> DateInterval | None:
        """The days meant if it was written on some day of `base`; None when that says nothing."""
        if self.kind == "absolute":
            return self.on(dt.date(2000, 1, 1))
        if base is None or base.earliest is None or base.latest is None:
            return None
        first, last = self.on(base.earliest), self.on(base.latest)
        return first.hull(last) if first and last else first or last


def find_dates(text: str, base: DateInterval | None = None) -> tuple[DatePhrase, ...]:
    """All dates of a text in order, none overlapping another (the longest wins), offsets into `text`."""
    folded = fold(text)
    found = [match for grammar in (dates_zh.matches, dates_en.matches) for match in grammar(folded.text)]
    return tuple(_phrase(match, text, folded.span, base) for match in _disjoint(found))


def _disjoint(found: Iterable[dates_zh.Found]) -> list[dates_zh.Found]:
    chosen: list[dates_zh.Found] = []
    for each in sorted(found, key=lambda f: (f.start, -f.end)):
        if chosen and each.start < chosen[-1].end:
            if each.end - each.start > chosen[-1].end - chosen[-1].start:
                chosen[-1] = each
        else:
            chosen.append(each)
    return chosen


def _phrase(
    found: dates_zh.Found, text: str, span: Callable[[int, int], tuple[int, int]], base: DateInterval | None
) -> DatePhrase:
    start, end = span(found.start, found.end)
    bare = DatePhrase(start, end, text[start:end], found.kind, None, found.vague, found.rule)
    return DatePhrase(start, end, text[start:end], found.kind, bare.within(base), found.vague, found.rule)
