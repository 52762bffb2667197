"""The same job on a Spark cluster: Parquet in, Parquet out, each executor answering its rows as a local run does.

Rows are answered where they lie; what an executor judged once it keeps. Keys are not compared over the whole table.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.tables.heads import HEAD_ROWS, head_faults
from tidewaiter.tables.job import Job, Summary
from tidewaiter.tables.mapping import Layout, lay_out
from tidewaiter.tables.setting import Setting
from tidewaiter.tables.sheet import FAULT, Sheet
from tidewaiter.tables.verdicts import PREFIX

if TYPE_CHECKING:
    import polars as pl

__all__ = ["run_on_cluster"]

_Make = Callable[[], Setting]


def run_on_cluster(job: Job, make: _Make, master: str) -> Summary:
    """Answer a Parquet table on a cluster; `make` makes the setting on each executor, where tidewaiter is installed.

    Rejected rows go to `OUTPUT.rejects`. Raises InputFaults with every fault of the head of the table.
    """
    from pyspark.sql import SparkSession

    if master.startswith("local"):  # executors on this machine run this very Python
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("tidewaiter").config("spark.sql.session.timeZone", "UTC")
    session = (builder.master(master) if master else builder).getOrCreate()
    try:
        return _answered(session, job, make)
    finally:
        session.stop()


def _answered(session: Any, job: Job, make: _Make) -> Summary:
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    try:
        rows = session.read.parquet(job.place)
    except AnalysisException as error:
        raise InputFaults([Fault(job.place, f"cannot be read: {str(error).splitlines()[0]:.120}", "Parquet")]) from None
    head = _head(rows)
    layout = _checked(job, head, make())
    schema = from_arrow_schema(_plain(head, Sheet(layout, job.question, make(), job.profile)).to_arrow().schema)
    staged = str(job.output) + ".partial"
    work = partial(_answer, layout=layout, question=job.question, profile=job.profile, make=make)
    rows.mapInArrow(work, schema).write.mode("overwrite").parquet(staged)
    found = session.read.parquet(staged)
    mode = "overwrite" if job.force else "errorifexists"
    found.where(f.col(FAULT).isNull()).drop(FAULT).write.mode(mode).parquet(str(job.output))
    bad = found.where(f.col(FAULT).isNotNull())
    summary = Summary()
    for row in found.groupBy(PREFIX + "outcome").count().collect():
        if row[0] is not None:
            summary.outcomes[row[0]] = row[1]
    summary.rows, summary.rejected = sum(summary.outcomes.values()), bad.count()
    if summary.rejected:
        bad.select(FAULT, *rows.columns).write.mode("overwrite").parquet(str(job.output) + ".rejects")
        counted = bad.groupBy(FAULT).count().orderBy(f.desc("count")).limit(20).collect()
        summary.reasons.update({row[0]: row[1] for row in counted})
    summary.verdicts = found.select(PREFIX + "verdict").distinct().count()
    _remove(session, staged)
    return summary


def _head(rows: Any) -> pl.DataFrame:
    """The first rows, with the types that the cluster gives its executors."""
    import polars as pl
    import pyarrow  # type: ignore[import-untyped]
    from pyspark.sql.pandas.types import to_arrow_schema

    first = [row.asDict() for row in rows.limit(HEAD_ROWS).collect()]
    found = pl.from_arrow(pyarrow.Table.from_pylist(first, schema=to_arrow_schema(rows.schema)))
    assert isinstance(found, pl.DataFrame)
    return found


def _checked(job: Job, head: pl.DataFrame, setting: Setting) -> Layout:
    layout, faults = lay_out(head.columns, job.wishes, setting.decider.specification(job.question), setting)
    faults += head_faults(head, layout, setting.decider.law.vocabulary) if head.height else []
    if job.relations:
        faults.append(Fault("--relation", "child files stay on this machine", "put the rows into a column, as JSON"))
    if not faults:
        faults += Sheet(layout, job.question, setting, job.profile).check()
    if faults:
        raise InputFaults(faults)
    return layout


def _plain(frame: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    """The rows with their results, words as text."""
    import polars as pl

    results = sheet.answer(frame).with_columns(
        pl.selectors.categorical().cast(pl.String), pl.col(pl.Enum).cast(pl.String)
    )
    return pl.concat([frame, results.with_columns(pl.col(PREFIX + "assumed").cast(pl.Int32))], how="horizontal")


_sheets: dict[str, Sheet] = {}


def _answer(
    batches: Iterator[Any], *, layout: Layout, question: str, profile: str | None, make: _Make
) -> Iterator[Any]:
    """Answer the batches of a partition; an executor keeps its sheet from task to task."""
    import polars as pl
    import pyarrow

    key = f"{layout.digest} {question} {profile}"
    if key not in _sheets:
        _sheets[key] = Sheet(layout, question, make(), profile)
    for batch in batches:
        frame = pl.from_arrow(pyarrow.Table.from_batches([batch]))
        assert isinstance(frame, pl.DataFrame)
        if frame.height:
            answers = _plain(frame, _sheets[key]).to_arrow(compat_level=pl.CompatLevel.oldest())
            yield from answers.combine_chunks().to_batches()


def _remove(session: Any, place: str) -> None:
    """Remove a folder on whatever file system the cluster uses."""
    path = session._jvm.org.apache.hadoop.fs.Path(place)
    path.getFileSystem(session._jsc.hadoopConfiguration()).delete(path, True)
