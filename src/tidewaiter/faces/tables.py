"""Tables wired to the shipped law and catalog; the Python surface for data frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.faces.asking import DEFAULT_QUESTION, MAX_NAME, Asked, fact_path, stated
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider, item_facts
from tidewaiter.faces.screening.columns import ListScreening
from tidewaiter.tables.setting import Setting

__all__ = ["needs", "setting", "table"]


def setting() -> Setting:
    """The shipped law and catalog, as tables use them. Raises InputFaults where the libraries are not installed."""
    needs("polars", "numpy")
    return Setting(decider(), _item, fact_path, _compose, ListScreening())


def needs(*libraries: str, extra: str = "batch") -> None:
    """Raise InputFaults unless the optional libraries are installed."""
    from importlib.util import find_spec

    missing = [name for name in libraries if find_spec(name) is None]
    if missing:
        raise InputFaults([Fault("tables", f"need {', '.join(missing)}", f"pip install 'tidewaiter[{extra}]'")])


@lru_cache(maxsize=4096)
def _item(name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    if len(name) > MAX_NAME:
        raise QuestionFaults([Fault("item", f"a name of {len(name)} characters", f"at most {MAX_NAME}")])
    return item_facts(name)


def _compose(question: str, facts: Mapping[str, Any], options: Mapping[str, Any]) -> Mapping[str, Any]:
    return stated(Asked(question, options=options, facts=facts))[0]


def table(
    frame: Any,
    *,
    question: str = DEFAULT_QUESTION,
    on: str | dt.date = "on",
    item: str = "",
    columns: Mapping[str, str] | None = None,
    ignore: tuple[str, ...] | list[str] = (),
    profile: str | None = DEFAULT_PROFILE,
    **constants: Any,
) -> Any:
    """The frame with result columns (`tw_outcome`, `tw_fault` and others): Polars, pandas or Arrow, as it came.

    `on` and `item` name columns, or one date (a date or YYYY-MM-DD) and one item for all rows; `columns` says which
    fact or option another column states; `ignore` names columns that state nothing (`*`: all others); further
    arguments state options for every row. A row that cannot be read has nulls, and the reason in `tw_fault`.
    Raises InputFaults with every fault of the columns.
    """
    from tidewaiter.tables.frames import answered_frame
    from tidewaiter.tables.mapping import Wishes

    own = setting()
    day = _day(on)
    names = (
        {str(name) for name in frame.column_names} if hasattr(frame, "column_names") else set(map(str, frame.columns))
    )
    wishes = Wishes(
        on="" if day else str(on),
        item=item if item in names else "",
        columns=dict(columns or {}),
        ignore=tuple(ignore),
        constants={name.replace("_", "-"): value for name, value in constants.items()},
        day=day,
        constant_item="" if item in names else item,
    )
    return answered_frame(frame, question, wishes, own, profile)


def _day(on: str | dt.date) -> dt.date | None:
    if isinstance(on, dt.date):
        return on
    try:
        return dt.date.fromisoformat(on)
    except ValueError:
        return None


def _names(frame: Any) -> Any:
    return frame.column_names if hasattr(frame, "column_names") else getattr(frame, "columns", ())
