"""What differs between the dialects: types, the calendar, how long a name may be, what keeps a layer a layer."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tidewaiter.engine.sql.dates import BEYOND
from tidewaiter.engine.sql.tables import Dialect

__all__ = ["DIALECTS", "Manner", "months_limit"]

_LAST = dt.date.max.toordinal()
_WHOLE = "CAST(FLOOR(x) AS INT) - 1"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a dialect writes things. Templates are in the dialect itself; `x` stands for the argument.

    `day`: the day number of a date; `date`: the date of a day number within the calendar; `year`: its year;
    `months`: its day number `{n}` months on. `fence`: a subquery needs OFFSET 0 so as not to be merged into the
    next; `hints`: whether WITH takes MATERIALIZED; `nested`: whether what is used once may stand where it is used;
    `apart`: but not what an aggregate reads, into which the planner would push it, at great length; `inserts`:
    whether there are temporary tables.
    """

    types: Mapping[str, str]
    day: str
    date: str
    year: str
    months: str
    infinity: str = "CAST('Infinity' AS DOUBLE)"
    longest_name: int = 0
    fence: bool = False
    hints: bool = True
    nested: bool = True
    apart: bool = False
    inserts: bool = True

    def year_of(self) -> str:
        """The year of a day number, its nearest end's outside of the calendar."""
        return f"CASE WHEN x < 1 THEN 1 WHEN x > {_LAST} THEN {dt.MAXYEAR} ELSE {self.year} END"

    def months_on(self, months: int) -> str:
        """A day number some months on."""
        limit = months_limit(months)
        outside = f"x >= {limit} THEN {BEYOND:E}" if months > 0 else f"x < {limit} THEN {-BEYOND:E}"
        beyond = f"WHEN x < 0 THEN {-BEYOND:E} WHEN x < 1 OR x > {_LAST} THEN {BEYOND:E}"
        last = f"'{months + 1} months'"
        moved = self.months.replace("{n}", str(months)).replace("{last}", last)
        return f"CASE {beyond} WHEN {outside} ELSE {moved} END"

    def date_of(self) -> str:
        """The date of a day number, NULL outside of the calendar."""
        return f"CASE WHEN x >= 1 AND x < {_LAST + 1} THEN {self.date} END"


def months_limit(months: int) -> int:
    """The first day that `months` (positive) leads out of the calendar; or (negative) the first that it does not."""
    if months > 0:
        index = dt.MAXYEAR * 12 + 11 - months
        year, month = index // 12, index % 12 + 1
        return dt.date(year, month, calendar.monthrange(year, month)[1]).toordinal() + 1
    index = dt.MINYEAR * 12 - months
    return dt.date(index // 12, index % 12 + 1, 1).toordinal()


_TYPES = {"number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "code": "TEXT", "text": "TEXT", "key": "BIGINT"}
_EPOCH = dt.date(1970, 1, 1).toordinal()
_JULIAN = "1721424.5"
"""What the Julian day is ahead of the day number."""

DIALECTS: Mapping[Dialect, Manner] = {
    "duckdb": Manner(
        types=_TYPES,
        day="(x - DATE '0001-01-01') + 1",
        date=f"DATE '0001-01-01' + ({_WHOLE})",
        year=f"YEAR(DATE '0001-01-01' + ({_WHOLE}))",
        months=f"(CAST(DATE '0001-01-01' + ({_WHOLE}) + INTERVAL '{{n}}' MONTH AS DATE) - DATE '0001-01-01') + 1",
        apart=True,
    ),
    "sqlite": Manner(
        types={**_TYPES, "number": "REAL", "boolean": "INTEGER", "date": "TEXT", "key": "INTEGER"},
        day=f"JULIANDAY(x) - {_JULIAN}",
        date=f"DATE(x + {_JULIAN})",
        year=f"CAST(STRFTIME('%Y', x + {_JULIAN}) AS INTEGER)",
        months=(
            f"MIN(JULIANDAY(x + {_JULIAN}, 'start of month', '{{n}} months')"
            f" + CAST(STRFTIME('%d', x + {_JULIAN}) AS INTEGER) - 1,"
            f" JULIANDAY(x + {_JULIAN}, 'start of month', {{last}}) - 1) - {_JULIAN}"
        ),
        infinity="9e999",
        nested=False,
    ),
    "postgres": Manner(
        types={**_TYPES, "number": "DOUBLE PRECISION"},
        day="(x - DATE '0001-01-01') + 1",
        date=f"DATE '0001-01-01' + ({_WHOLE})",
        year=f"EXTRACT(YEAR FROM DATE '0001-01-01' + ({_WHOLE}))",
        months=f"(CAST(DATE '0001-01-01' + ({_WHOLE}) + INTERVAL '{{n}} MONTH' AS DATE) - DATE '0001-01-01') + 1",
        infinity="CAST('Infinity' AS DOUBLE PRECISION)",
        longest_name=63,
        fence=True,
    ),
    "spark": Manner(
        types={**_TYPES, "code": "STRING", "text": "STRING"},
        day=f"DATEDIFF(x, DATE '1970-01-01') + {_EPOCH}",
        date=f"DATE_ADD(DATE '1970-01-01', CAST(FLOOR(x) AS INT) - {_EPOCH})",
        year=f"YEAR(DATE_ADD(DATE '1970-01-01', CAST(FLOOR(x) AS INT) - {_EPOCH}))",
        months=f"DATEDIFF(ADD_MONTHS(DATE_ADD(DATE '1970-01-01', CAST(FLOOR(x) AS INT) - {_EPOCH}), {{n}}),"
        f" DATE '1970-01-01') + {_EPOCH}",
        hints=False,
        inserts=False,
    ),
}
