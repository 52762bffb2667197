"""A table's rows answered: cells coded, days put into periods, distinct rows judged once, verdicts joined back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.determine.intake import build_case
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.vocabulary import Vocabulary
from tidewaiter.tables.coding import NOTHING, Coder, FactCoder, NumberCoder, rows_key
from tidewaiter.tables.grouping import grouped
from tidewaiter.tables.judging import Judge, many_judgements
from tidewaiter.tables.mapping import Column, Layout
from tidewaiter.tables.periods import Period, Periods
from tidewaiter.tables.screened import Names
from tidewaiter.tables.setting import Setting
from tidewaiter.tables.telling import exactly, told_apart
from tidewaiter.tables.tree import Tree
from tidewaiter.tables.verdicts import PREFIX, Verdicts

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    _Codes = NDArray[np.int64]

__all__ = ["FAULT", "Sheet", "coder_of"]

FAULT = PREFIX + "fault"
"""The result column that says why a row has no answer."""
_PERIOD, _DAY, _ITEM = " period", " day", " item"
_MAX_TREES, _MAX_KNOWN = 200_000, 2_000_000
_NEW, _FINE = -1, -2  # a kind of row that is new, and one whose verdict rests on numbers told finely apart


def coder_of(column: Column, vocabulary: Vocabulary) -> Coder:
    """What reads the cells of a column."""
    if column.fact is None:
        return Coder(column.name, lambda cell: _rows_of(column.path, cell, vocabulary))
    kind = NumberCoder if column.fact.type.kind == "number" else FactCoder
    return kind.of(column.name, column.fact, vocabulary)


def _rows_of(relation: str, cell: str, vocabulary: Vocabulary) -> tuple[Any, Any]:
    """The rows of a relation from JSON text, checked. Raises InputFaults."""
    import json

    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        raise InputFaults([Fault(relation, "is no list of rows", "JSON: [{…}, {…}]")]) from None
    build_case({relation: value}, vocabulary)
    return value, rows_key(value)


class Sheet:
    """Answers rows of one layout, chunk by chunk; what was judged once is kept."""

    def __init__(self, layout: Layout, question: str, setting: Setting, profile: str | None) -> None:
        decider = setting.decider
        self.layout, self.question, self.setting, self.profile = layout, question, setting, profile
        self.spec: Specification = decider.specification(question)
        self.judge = Judge(decider, self.spec, profile)
        self.verdicts = Verdicts(self.judge)
        self._periods = Periods(self.judge.decider, self.spec, profile, self._unstated())
        self._coders = {column.name: coder_of(column, decider.law.vocabulary) for column in layout.columns}
        self._items = Coder(layout.item, self._read_item)
        self._names = Names(setting.screening, layout.screen, layout.day)
        self._confirmed = Coder("", lambda cell: (cell, cell))
        self._trees: dict[tuple[int, ...], Tree] = {}
        self._known: dict[tuple[int, ...], int] = {}

    def _read_item(self, cell: Any) -> tuple[Any, Any]:
        facts, about = self.setting.item(str(cell))
        confidence = str(about.get("confidence") or "")
        return (facts, confidence), (rows_key(facts), confidence)

    def _unstated(self) -> frozenset[str]:
        """The relations of which no row of the table states anything."""
        layout = self.layout
        if layout.item or layout.constant_item or any(column.fact is None for column in layout.columns):
            return frozenset()
        paths = [*(column.path for column in layout.columns), *layout.constants]
        stated = {path.partition("[")[0] for path in paths} | self.setting.compose(self.question, {}, {}).keys()
        return frozenset(self.setting.decider.law.vocabulary.relations) - stated

    def check(self) -> list[Fault]:
        """What is wrong with that which holds for every row."""
        try:
            facts = self._item_facts(NOTHING)[0]
            build_case(self._composed(facts, {}), self.setting.decider.law.vocabulary)
        except InputFaults as error:
            return list(error.faults)
        return []

    def stated(self, cells: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any], dt.date]:
        """The facts of one row, what is said of its item, and its day. Raises InputFaults with every fault."""
        import polars as pl

        frame = pl.DataFrame({name: pl.Series([cell], strict=False) for name, cell in cells.items()})
        faults: dict[int, list[str]] = {}
        days = self._days(frame, faults)
        codes = {c.name: self._coded(frame[c.name], self._coders[c.name], faults) for c in self.layout.columns}
        name = str(cells.get(self.layout.item) or "") if self.layout.item else self.layout.constant_item
        about: Mapping[str, Any] = {}
        if self.layout.item:
            codes[_ITEM] = self._coded(frame[self.layout.item], self._items, faults)
        if faults:
            raise InputFaults([Fault("", reason) for reason in faults[0]])
        if name.strip():
            about = self.setting.item(name)[1]
        picked = {each: int(held[0]) for each, held in codes.items()}
        return self.facts_of(picked), about, days[0]

    # answering ------------------------------------------------------------------------------------

    def answer(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The result columns of each row, in order; null, with the reason in `tw_fault`, where a row has no answer."""
        import numpy as np
        import polars as pl

        faults: dict[int, list[str]] = {}
        days = self._days(frame, faults)
        codes = {c.name: self._coded(frame[c.name], self._coders[c.name], faults) for c in self.layout.columns}
        items = self._coded(frame[self.layout.item], self._items, faults) if self.layout.item else None
        numbers = np.full(frame.height, -1, dtype=np.int64)
        fine = np.ones(frame.height, dtype=bool)
        fine[list(faults)] = False
        good = np.flatnonzero(fine)
        if len(good):
            self._judged(days, codes, items, good, numbers)
        for row in np.flatnonzero(np.isin(numbers, list(self.verdicts.faults))) if self.verdicts.faults else ():
            faults.setdefault(int(row), []).append(self.verdicts.faults[int(numbers[row])])
        table = self.verdicts.table()
        known = pl.Series(numbers).cast(pl.UInt32, strict=False)
        results = table.select(pl.all().gather(known)) if table.height else table.clear(frame.height)
        reasons = pl.Series(list(faults), dtype=pl.UInt32), ["; ".join(found) for found in faults.values()]
        if self.layout.screen:
            results = pl.concat([results, self._names.results(frame)], how="horizontal")
        blank = pl.Series(FAULT, [None], dtype=pl.String).new_from_index(0, frame.height)
        return results.with_columns(blank.scatter(*reasons) if faults else blank)

    def _coded(self, series: pl.Series, coder: Coder, faults: dict[int, list[str]]) -> _Codes:
        import numpy as np

        codes = coder.codes(series)
        if coder.faults:
            for row in np.flatnonzero(np.isin(codes, list(coder.faults))):
                faults.setdefault(int(row), []).append(str(coder.faults[int(codes[row])]))
        return codes

    def _days(self, frame: pl.DataFrame, faults: dict[int, list[str]]) -> pl.Series:
        """The day of each row; days that are none, or lie before the law, are faults."""
        import polars as pl

        from tidewaiter.tables.days import days_of

        if self.layout.day is not None:
            return pl.Series([self.layout.day], dtype=pl.Date).new_from_index(0, frame.height)
        stated = frame[self.layout.on]
        days = days_of(stated)
        for row in days.is_null().arg_true().to_list():
            faults.setdefault(row, []).append(f"{self.layout.on}: {stated[row]!r:.40} is no day; write YYYY-MM-DD")
        begins = self.spec.begins
        for row in (days < begins).fill_null(False).arg_true().to_list():
            faults.setdefault(row, []).append(
                f"{self.layout.on}: {days[row]} lies before the law that is encoded; it begins on {begins}"
            )
        return days

    # judging --------------------------------------------------------------------------------------

    def _judged(
        self, days: pl.Series, codes: dict[str, _Codes], items: _Codes | None, good: NDArray[np.intp], numbers: _Codes
    ) -> None:
        """Write the number of each good row's verdict into `numbers`."""
        whole = len(good) == len(days)
        days = days if whole else days.gather(good)
        columns = codes if whole else {name: held[good] for name, held in codes.items()}
        periods = self._period_columns(days)
        base = {_PERIOD: periods.codes, **self._structure(columns), **self._confirmed_codes(columns)}
        if items is not None:
            base[_ITEM] = items if whole else items[good]
        if (exact := self._exact_days(days, columns, items is not None, periods)) is not None:
            base[_DAY] = exact
        asked = told_apart(self.layout.columns, columns, self._coders, periods.codes, periods.held)
        stated = {**columns, **({_ITEM: base[_ITEM]} if items is not None else {})}
        fine = frozenset(name for name in asked if name not in self._coders)
        case = _Case({**base, **asked}, tuple(base), stated, periods, days, fine)
        numbers[good] = self._recalled(case)

    def _recalled(self, case: _Case) -> _Codes:
        """The verdict of each row: known from a row alike, else judged with what tells rows finely apart."""
        import numpy as np

        coarse = {name: held for name, held in case.asked.items() if name not in case.fine}
        rows = grouped(coarse)
        picked = [coarse[name][rows.first].tolist() for name in coarse]
        keys = list(zip(*picked, strict=True))
        known = np.array([self._known.get(key, _NEW) for key in keys], dtype=np.int64)
        found = known[rows.group]
        open_rows = np.flatnonzero(found < 0)
        if len(open_rows):
            with many_judgements():
                placed, asked_fine = self._judged_finely(case, open_rows)
            found[open_rows] = placed
            finely = np.zeros(len(keys), dtype=bool)
            np.logical_or.at(finely, rows.group[open_rows], asked_fine)
            first = np.full(len(keys), _NEW, dtype=np.int64)
            first[rows.group[open_rows]] = placed
            if len(self._known) > _MAX_KNOWN:
                self._known.clear()
            for index in np.flatnonzero(known == _NEW).tolist():
                self._known[keys[index]] = _FINE if finely[index] else int(first[index])
        return found

    def _judged_finely(self, case: _Case, open_rows: _Codes) -> tuple[_Codes, NDArray[np.bool_]]:
        asked = {name: held[open_rows] for name, held in case.asked.items()}
        rows = grouped(asked)
        picked = {name: held[rows.first] for name, held in asked.items()}
        found, asked_fine = self._placed(case, picked, open_rows[rows.first])
        return found[rows.group], asked_fine[rows.group]

    def _placed(self, case: _Case, picked: dict[str, _Codes], first: _Codes) -> tuple[_Codes, NDArray[np.bool_]]:
        """The verdict of each distinct row; what is judged is all that its first row states."""
        import numpy as np

        base, periods = case.base, case.periods
        kinds = grouped({name: picked[name] for name in base})
        found, asked_fine = np.empty(len(first), dtype=np.int64), np.zeros(len(first), dtype=bool)
        order = np.argsort(kinds.group, kind="stable")
        ends = np.searchsorted(kinds.group[order], np.arange(len(kinds.first)), side="right")
        if len(self._trees) > _MAX_TREES:
            self._trees.clear()

        def judge(row: int) -> tuple[int, tuple[str, ...]]:
            at = int(first[row])
            period = periods.held[int(picked[_PERIOD][row])]
            exact = _DAY in picked and picked[_DAY][row] != NOTHING
            codes = {name: int(held[at]) for name, held in case.stated.items()}
            return self._judge_row(codes, period, case.days[at] if exact else period.day)

        for kind, rows in enumerate(np.split(order, ends[:-1])):
            key = tuple(int(picked[name][kinds.first[kind]]) for name in base)
            tree = self._trees.setdefault(key, Tree())
            tree.place(picked, rows, judge, found, case.fine, asked_fine)
        return found, asked_fine

    def _judge_row(self, codes: Mapping[str, int], period: Period, day: dt.date) -> tuple[int, tuple[str, ...]]:
        """The verdict on a row, and the columns that it looked at."""
        facts, confidence = self._item_facts(codes.get(_ITEM, NOTHING))
        own = [(column.name, column.fact.term) for column in self.layout.columns if column.fact is not None]
        numbers = [(name, term) for name, term in own if isinstance(self._coders[name], NumberCoder)]
        try:
            verdict, seen = self.judge.verdict(self._composed(facts, codes), day, confidence)
        except InputFaults as error:
            every = (*(name for name, _ in own), *(exactly(name) for name, _ in numbers))
            return self.verdicts.fault("; ".join(str(fault) for fault in error.faults)), every
        looked = [name for name, term in own if term in seen]
        looked += [exactly(name) for name, term in numbers if term in seen and period.told.looks_exactly(term, seen)]
        return self.verdicts.number(verdict), tuple(looked)

    def _item_facts(self, code: int) -> tuple[Mapping[str, Any], str]:
        if code != NOTHING:
            facts, confidence = self._items.value(code)
            return facts, confidence
        if not self.layout.constant_item:
            return {}, ""
        facts, about = self.setting.item(self.layout.constant_item)
        return facts, str(about.get("confidence") or "")

    def facts_of(self, codes: Mapping[str, int]) -> Mapping[str, Any]:
        """All facts of a row by the codes of its columns."""
        return self._composed(self._item_facts(codes.get(_ITEM, NOTHING))[0], codes)

    def _composed(self, facts: Mapping[str, Any], codes: Mapping[str, int]) -> Mapping[str, Any]:
        held = dict(facts)
        options = dict(self.layout.constants)
        for column in self.layout.columns:
            code = codes.get(column.name, NOTHING)
            if code != NOTHING:
                target = held if column.fact is None else options
                target[column.path] = self._coders[column.name].value(code)
                options |= self._confirmed_facts(column, code)
        return self.setting.compose(self.question, held, options)

    def _confirmed_facts(self, column: Column, code: int) -> dict[str, Any]:
        """What a person confirmed of the name in a cell, on the row that the name stands on."""
        if column.name not in self.layout.screen or code == NOTHING:
            return {}
        place = column.path.rpartition(".")[0]
        facts = self._names.confirmed(self._coders[column.name].value(code))
        return {f"{place}.{name}" if place else name: value for name, value in facts.items()}

    def _confirmed_codes(self, columns: Mapping[str, _Codes]) -> dict[str, _Codes]:
        """Rows with other confirmed facts are other rows."""
        import numpy as np

        found = {}
        for column in self.layout.columns:
            if column.name in self.layout.screen:
                distinct, at = np.unique(columns[column.name], return_inverse=True)
                facts = [self._confirmed_facts(column, int(code)) for code in distinct]
                codes = [self._confirmed.code(rows_key(each)) if each else NOTHING for each in facts]
                found[" confirmed " + column.name] = np.array(codes, dtype=np.int64)[at]
        return found

    # what makes rows distinct ---------------------------------------------------------------------

    def _period_columns(self, days: pl.Series) -> _Days:
        import polars as pl

        distinct = days.unique().to_list()
        periods = {day: self._periods.of(day) for day in distinct}
        numbers = pl.Series([periods[day].number for day in distinct], dtype=pl.Int64)
        codes = days.replace_strict(pl.Series(distinct, dtype=pl.Date), numbers, return_dtype=pl.Int64).to_numpy()
        held = {period.number: period for period in periods.values()}
        return _Days(codes, held)

    def _structure(self, columns: Mapping[str, _Codes]) -> dict[str, _Codes]:
        """Which rows of relations there are: cells that open rows, and whole relations."""
        nested = [column for column in self.layout.columns if column.nested]
        found = {" rows " + c.name: (columns[c.name] != NOTHING).astype("int64") for c in nested if c.fact is not None}
        return {**found, **{" rows " + c.name: columns[c.name] for c in nested if c.fact is None}}

    def _exact_days(self, days: pl.Series, columns: Mapping[str, _Codes], items: bool, periods: _Days) -> _Codes | None:
        """The day itself where a fact is given that the rules set against it; elsewhere nothing."""
        import numpy as np
        import polars as pl

        given: dict[str, list[_Codes]] = {}
        whole = [columns[c.name] for c in self.layout.columns if c.fact is None]
        for column in self.layout.columns:
            if column.fact is not None:
                given.setdefault(column.fact.term, []).append(columns[column.name])
        exact = np.zeros(len(days), dtype=bool)
        for period in periods.held.values():
            here = periods.codes == period.number
            if period.by_day is None:
                exact |= here
                continue
            if self._always_given(period) or (items and self._in_items(period)):
                exact |= here
            for held in [*whole, *(each for term in period.by_day for each in given.get(term, ()))]:
                exact |= here & (held != NOTHING)
        if not exact.any():
            return None
        return np.where(exact, days.cast(pl.Int32).cast(pl.Int64).to_numpy(), NOTHING)

    def _always_given(self, period: Period) -> bool:
        """Whether a constant, or the constant item, states a fact that is set against the day."""
        named = {path.rpartition(".")[2] for path in self.layout.constants}
        text = rows_key(self._item_facts(NOTHING)[0])
        return any((name := term.rpartition(".")[2]) in named or f'"{name}"' in text for term in period.by_day or ())

    def _in_items(self, period: Period) -> bool:
        texts = [key[0] for key in self._items.keys if key is not None]
        return any(f'"{term.rpartition(".")[2]}"' in text for term in period.by_day or () for text in texts)


@dataclass(frozen=True, slots=True)
class _Case:
    """The rows of a chunk: codes as the law tells them apart (`base`: those that no verdict leaves out), as stated.

    `fine`: the columns of numbers, which may differ on every row.
    """

    asked: Mapping[str, _Codes]
    base: tuple[str, ...]
    stated: Mapping[str, _Codes]
    periods: _Days
    days: pl.Series
    fine: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Days:
    """The number of each row's period, and the periods by number."""

    codes: _Codes
    held: Mapping[int, Period]
