"""A whole run: head checked, chunks answered and kept, the output put together; interrupted runs take up again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.tables.heads import HEAD_ROWS, head_faults
from tidewaiter.tables.journal import Journal
from tidewaiter.tables.keys import Keys
from tidewaiter.tables.mapping import Layout, Wishes, lay_out
from tidewaiter.tables.outputs import output_faults, put_text, put_together
from tidewaiter.tables.relations import Relations, read_relations
from tidewaiter.tables.setting import Setting
from tidewaiter.tables.sheet import FAULT, Sheet
from tidewaiter.tables.sources import CHUNK_ROWS, Chunk, Position, Source, file_digest, open_source
from tidewaiter.tables.verdicts import PREFIX

if TYPE_CHECKING:
    import polars as pl

_T = TypeVar("_T")

__all__ = ["LINE", "Job", "Plan", "Summary", "answered", "prepare", "row_of", "run"]

LINE = PREFIX + "line"
"""The result column with the line of a row."""
_FORM = 1  # changes when parts of an older version can no longer be taken up


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done. `profile` None assumes nothing; `keep` names the input columns that go into the output."""

    place: str
    output: Path
    question: str
    wishes: Wishes = Wishes()  # noqa: RUF009 (frozen)
    profile: str | None = None
    relations: Mapping[str, str] = field(default_factory=dict)
    keep: str = "all"
    force: bool = False
    chunk_rows: int = CHUNK_ROWS

    @property
    def rejects(self) -> Path:
        """Where the rows go that cannot be read."""
        return self.output.with_name(self.output.name + ".rejects.csv")

    @property
    def verdicts(self) -> Path:
        """Where each distinct verdict is described."""
        return self.output.with_name(self.output.name + ".verdicts.jsonl")


@dataclass(frozen=True, slots=True)
class Plan:
    """A job whose head has no faults."""

    job: Job
    source: Source
    layout: Layout
    relations: Relations
    sheet: Sheet

    @property
    def digest(self) -> str:
        """What a partial result is bound to."""
        job = self.job
        law = self.sheet.setting.decider.law.digest
        screening = self.sheet.setting.screening
        lists = screening.digest if screening and self.layout.screen else ""
        bound = (_FORM, file_digest(job.place), law, lists, self.layout.digest, self.relations.digest)
        return hashlib.sha256(repr((*bound, job.question, job.profile, job.keep, job.chunk_rows)).encode()).hexdigest()


@dataclass(slots=True)
class Summary:
    """What came of a run. `resumed`: rows that an earlier, interrupted run had answered."""

    rows: int = 0
    rejected: int = 0
    resumed: int = 0
    verdicts: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, tally: Mapping[str, Any]) -> None:
        """Count a chunk."""
        self.rows += tally["rows"]
        self.rejected += tally["rejected"]
        self.outcomes.update(tally["outcomes"])
        self.reasons.update(tally["reasons"])


_Watch = Callable[[int, int, Summary], None]
"""Told after each chunk how much of the source is done, of how much, and what came of it."""


def prepare(job: Job, setting: Setting) -> Plan:
    """Check everything that can be checked before work starts. Raises InputFaults with every fault."""
    faults = output_faults(job.output, force=job.force)
    if faults and not Path(job.place).exists():
        faults += _gathered(lambda: open_source(job.place))[1]
        raise InputFaults(faults)
    source, found = _gathered(lambda: open_source(job.place))
    faults += found
    if source is None:
        raise InputFaults(faults)
    faults += source.faults()
    wishes = job.wishes
    key = wishes.key or ("key" if "key" in source.names else "")
    relations, found = _gathered(lambda: read_relations(job.relations, key, setting.decider.law.vocabulary))
    faults += found
    spec = setting.decider.specification(job.question)
    named = relations.names if relations else ()
    layout, found = lay_out([*dict.fromkeys((*source.names, *named))], wishes, spec, setting)
    faults += found
    first = next(source.chunks(Position(), HEAD_ROWS), None) if len(set(source.names)) == len(source.names) else None
    if first is not None:
        faults += _unread_head(first, job.place)
        faults += head_faults(first.frame, layout, setting.decider.law.vocabulary) if first.frame.height else []
    sheet = Sheet(layout, job.question, setting, job.profile)
    if job.profile is not None and job.profile not in setting.decider.law.profiles:
        known = ", ".join(setting.decider.law.profiles)
        faults.append(Fault("--profile", f"'{job.profile:.60}' is no profile", f"one of {known}"))
    elif not found:
        faults += sheet.check()
    if faults or relations is None:
        raise InputFaults(faults)
    return Plan(job, source, layout, relations, sheet)


def _gathered(find: Callable[[], _T]) -> tuple[_T | None, list[Fault]]:
    try:
        return find(), []
    except InputFaults as error:
        return None, list(error.faults)


def _unread_head(first: Chunk, place: str) -> list[Fault]:
    """Faults where most of the first rows are none."""
    if len(first.unread) <= first.frame.height:
        return []
    row = first.unread[0]
    return [Fault(f"{place}:{row.line}", f"{len(first.unread)} of the first rows are none: {row.reason}", "mend them")]


def run(plan: Plan, watch: _Watch | None = None) -> Summary:
    """Do the job. The output appears under its own name only when it is whole. Raises InputFaults."""
    job, summary = plan.job, Summary()
    journal = Journal(job.output, plan.digest)
    if journal.open():
        for entry in journal.entries:
            summary.add(entry["tally"])
        summary.resumed = summary.rows
    keys = Keys(plan.layout.key)
    keys.take_up(journal.parts())
    described = 0
    for chunk in plan.source.chunks(journal.position, job.chunk_rows):
        results, rejects = answered(plan, chunk, keys)
        tally = _tally(results, rejects)
        journal.keep(results, rejects, plan.sheet.verdicts.described(described), chunk.after, tally)
        described = len(plan.sheet.verdicts)
        summary.add(tally)
        if watch is not None:
            watch(chunk.after.at, plan.source.size, summary)
    summary.verdicts = _finished(plan, journal)
    return summary


def _finished(plan: Plan, journal: Journal) -> int:
    """Put output, rejects and verdicts under their names; how many verdicts there are."""
    job = plan.job
    if journal.rejects():
        put_together(journal.rejects(), job.rejects)
    else:
        job.rejects.unlink(missing_ok=True)
    lines = journal.verdicts()
    put_text(lines, job.verdicts)
    put_together(journal.parts(), job.output)
    journal.close()
    return len(lines)


# one chunk ----------------------------------------------------------------------------------------


def answered(plan: Plan, chunk: Chunk, keys: Keys) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The output's rows of a chunk, and its rejected rows."""
    import polars as pl

    layout = plan.layout
    frame = plan.relations.joined(chunk.frame, layout.key) if plan.relations.names else chunk.frame
    results = plan.sheet.answer(frame)
    reasons = keys.judge(frame, results[FAULT])
    fine = reasons.is_null()
    own = {"all": list(chunk.frame.columns), "key": [name for name in (layout.key, layout.on) if name]}[plan.job.keep]
    lines = chunk.lines.alias(LINE)
    whole = pl.concat([chunk.frame.select(own), results.drop(FAULT)], how="horizontal").insert_column(0, lines)
    bad = ~fine
    rejects = pl.DataFrame(
        {
            "line": lines.filter(bad),
            "key": frame[layout.key].filter(bad).cast(pl.String) if layout.key else _nothing(int(bad.sum())),
            "reason": reasons.filter(bad),
            "row": _as_text(chunk.frame.filter(bad)),
        }
    )
    return whole.filter(fine), pl.concat([rejects, _unread(chunk)]).sort("line", maintain_order=True)


def _nothing(height: int) -> pl.Series:
    import polars as pl

    return pl.Series([None], dtype=pl.String).new_from_index(0, height)


def _as_text(frame: pl.DataFrame) -> pl.Series:
    """Each row as JSON text."""
    import json

    import polars as pl

    return pl.Series([json.dumps(row, ensure_ascii=False, default=str) for row in frame.to_dicts()], dtype=pl.String)


def _unread(chunk: Chunk) -> pl.DataFrame:
    import polars as pl

    rows = chunk.unread
    return pl.DataFrame(
        {
            "line": pl.Series([row.line for row in rows], dtype=pl.Int64),
            "key": _nothing(len(rows)),
            "reason": pl.Series([row.reason for row in rows], dtype=pl.String),
            "row": pl.Series([row.text for row in rows], dtype=pl.String),
        }
    )


def _tally(results: pl.DataFrame, rejects: pl.DataFrame) -> dict[str, Any]:
    import polars as pl

    counted = results[PREFIX + "outcome"].cast(pl.String).value_counts()
    kinds = rejects["reason"].str.head(120).value_counts(sort=True).head(20)
    return {
        "rows": results.height,
        "rejected": rejects.height,
        "outcomes": dict(counted.iter_rows()),
        "reasons": dict(kinds.iter_rows()),
    }


# one row ------------------------------------------------------------------------------------------


def row_of(plan: Plan, key: str) -> Mapping[str, Any] | None:
    """The cells of the row of a key (or of a line, where the table has no key); None where there is none."""
    import polars as pl

    layout = plan.layout
    for chunk in plan.source.chunks(Position(), plan.job.chunk_rows):
        frame = plan.relations.joined(chunk.frame, layout.key) if plan.relations.names else chunk.frame
        held = frame[layout.key].cast(pl.String) if layout.key else chunk.lines.cast(pl.String)
        found = (held == key).fill_null(False).arg_true()
        if len(found):
            return frame.row(found[0], named=True)
    return None
