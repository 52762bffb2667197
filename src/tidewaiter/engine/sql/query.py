"""A program as a query: the one function of this back end."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.base.errors import EngineError
from tidewaiter.engine.sql.tables import Dialect, Period, Query, Source

__all__ = ["query"]


def query(
    periods: Sequence[Period],
    terms: Sequence[str],
    *,
    dialect: Dialect,
    source: Source = Source("transactions"),
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
    Row order is not defined. Numbers given are finite and within the vocabulary's range.

    Raises InputFaults with everything that the dialect or the tables cannot express.
    """
    raise EngineError("the query back end is not built yet")
