"""Data frames in, the same kind out: Polars, pandas, Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.tables.heads import head_faults
from tidewaiter.tables.mapping import Wishes, lay_out
from tidewaiter.tables.setting import Setting
from tidewaiter.tables.sheet import Sheet
from tidewaiter.tables.sources import CHUNK_ROWS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["answered_frame"]


def answered_frame(frame: Any, question: str, wishes: Wishes, setting: Setting, profile: str | None) -> Any:
    """The frame with result columns beside its own. Raises InputFaults with every fault of the columns."""
    own = _as_polars(frame)
    layout, faults = lay_out(own.columns, wishes, setting.decider.specification(question), setting)
    faults += head_faults(own, layout, setting.decider.law.vocabulary) if own.height else []
    if profile is not None and profile not in setting.decider.law.profiles:
        faults.append(Fault("profile", f"'{profile:.60}' is no profile", ", ".join(setting.decider.law.profiles)))
    sheet = Sheet(layout, question, setting, profile)
    faults += [] if faults else sheet.check()
    if faults:
        raise InputFaults(faults)
    return _beside(frame, _results(own, sheet))


def _results(own: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    import polars as pl

    parts = [sheet.answer(part) for part in own.iter_slices(CHUNK_ROWS)] if own.height else [sheet.answer(own)]
    return parts[0] if len(parts) == 1 else pl.concat(parts)


def _as_polars(frame: Any) -> pl.DataFrame:
    import polars as pl

    if isinstance(frame, pl.DataFrame):
        return frame
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    home = type(frame).__module__.partition(".")[0]
    if home == "pandas":
        return pl.DataFrame({str(name): _from_pandas(frame[name]) for name in frame.columns})
    if home == "pyarrow" or hasattr(frame, "__arrow_c_stream__"):
        found = pl.from_arrow(frame)
        assert isinstance(found, pl.DataFrame)
        return found
    raise InputFaults([Fault("frame", f"{type(frame).__name__} is no data frame", "Polars, pandas or Arrow")])


def _from_pandas(series: Any) -> pl.Series:
    import polars as pl

    kind = str(series.dtype)
    if kind in ("object", "str", "string", "category", "boolean"):
        return pl.Series([None if _is_missing(each) else each for each in series], strict=False)
    # pandas counts time in units that Polars does not take
    found = pl.Series(
        series.astype("datetime64[us]").to_numpy() if kind.startswith("datetime64") else series.to_numpy(),
        nan_to_null=True,
    )
    # pandas keeps days as times at midnight
    midnight = kind.startswith("datetime64") and bool((found.cast(pl.Date).cast(found.dtype) == found).all())
    return found.cast(pl.Date) if midnight else found


def _is_missing(value: Any) -> bool:
    return value is None or bool(value != value)


def _beside(frame: Any, results: pl.DataFrame) -> Any:
    """The results beside the frame's own columns, in its own kind."""
    import polars as pl

    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return pl.concat([frame, results], how="horizontal")
    if type(frame).__module__.partition(".")[0] == "pandas":
        return frame.assign(**{name: results[name].to_list() for name in results.columns})
    arrow = results.to_arrow()
    for name in arrow.column_names:
        frame = frame.append_column(name, arrow[name])
    return frame
