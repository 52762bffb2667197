"""`tidewaiter run`: a table of questions answered, with progress, rejects and a summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault
from tidewaiter.faces.cli.arguments import plain_day, read_arguments
from tidewaiter.faces.cli.running import Screen, worst
from tidewaiter.faces.cli.terminal import FAULT_EXIT
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.faces.pages.blocks import Block

if TYPE_CHECKING:
    from tidewaiter.tables.job import Job, Plan, Summary
    from tidewaiter.tables.mapping import Wishes

__all__ = ["TableRequest", "run_table"]

_EXITS = {"clear": 0, "restriction": 1}
_OPEN_EXIT = 3
_FIXED = ("question", "out", "on", "key", "item", "map", "column", "ignore", "relation", "keep", "explain", "force")
_KEEPS = ("all", "key")
_CLUSTER = "spark"
_ENGINES = ("local", _CLUSTER)


@dataclass(frozen=True, slots=True)
class TableRequest:
    """The options of `tidewaiter run` as text."""

    words: tuple[str, ...]
    question: str
    out: str
    on: str
    key: str
    item: str
    mapping: str
    columns: tuple[str, ...]
    ignore: tuple[str, ...]
    screen: tuple[str, ...]
    relations: tuple[str, ...]
    keep: str
    profile: str | None
    strict: bool
    explain: str
    force: bool
    engine: str
    master: str


def run_table(request: TableRequest, screen: Screen) -> int:
    """Answer a table; returns the exit code. Raises InputFaults with every fault of the head of the table."""
    from tidewaiter.faces.tables import setting
    from tidewaiter.tables.job import prepare, run

    own = setting()
    if screen.gather(lambda: decider().specification(request.question)) is None:
        screen.stop()
    job = _job(request, screen)
    if job is None:
        screen.stop()
        raise AssertionError
    if request.engine == _CLUSTER:
        return _on_cluster(job, request.master, screen)
    plan = screen.gather(lambda: prepare(job, own))
    screen.stop()
    if request.explain:
        return _explain(plan, request.explain, screen)
    with _progress(plan, screen) as watch:
        summary = run(plan, watch)
    rejects = str(job.rejects) if summary.rejected else ""
    return _told(job, summary, {"output": str(job.output), "rejects": rejects, "verdicts": str(job.verdicts)}, screen)


def _on_cluster(job: Job, master: str, screen: Screen) -> int:
    from tidewaiter.faces.tables import needs, setting
    from tidewaiter.tables.cluster import run_on_cluster

    needs("pyspark", extra="spark")
    summary = screen.gather(lambda: run_on_cluster(job, setting, master))
    screen.stop()
    rejects = f"{job.output}.rejects" if summary.rejected else ""
    return _told(job, summary, {"output": str(job.output), "rejects": rejects, "verdicts": ""}, screen)


def _told(job: Job, summary: Summary, files: dict[str, str], screen: Screen) -> int:
    """Show what came of a run; returns the exit code."""
    code = _exit(job, summary)

    def page() -> list[Block]:
        from tidewaiter.faces.pages.table import table_page

        return table_page(job.question, summary, files, screen.words)

    screen.show(lambda: _data(job, summary, files, code), page)
    return code


def _exit(job: Job, summary: Summary) -> int:
    words = decider().specification(job.question)
    codes = [_EXITS.get(words.word(code).exit, _OPEN_EXIT) for code in summary.outcomes]
    if summary.rejected:
        return FAULT_EXIT
    return 1 if 1 in codes else worst(codes)


def _data(job: Job, summary: Summary, files: dict[str, str], code: int) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "exit_code": code,
        "question": job.question,
        "profile": job.profile or "",
        "law_digest": decider().law.digest,
        "rows": summary.rows,
        "rejected": summary.rejected,
        "resumed": summary.resumed,
        "outcomes": dict(summary.outcomes),
        "reasons": dict(summary.reasons),
        "files": files,
    }


# the job ------------------------------------------------------------------------------------------


def _job(request: TableRequest, screen: Screen) -> Job | None:
    """The job of a request; None, with its faults noted, where it names no table or output."""
    from tidewaiter.tables.job import Job

    free = read_arguments(request.words, (), request.question, _FIXED)
    screen.faults += free.faults
    if len(free.places) != 1:
        what = f"{len(free.places)} tables were named"
        screen.faults.append(Fault("INPUT", what, "name one: tidewaiter run rows.csv --out answers.csv"))
    if not request.out and not request.explain:
        screen.faults.append(Fault("--out", "names no file", "--out answers.parquet"))
    if request.keep not in _KEEPS:
        screen.faults.append(Fault("--keep", f"'{request.keep:.20}' is neither", " or ".join(_KEEPS)))
    if request.engine not in _ENGINES:
        screen.faults.append(Fault("--engine", f"'{request.engine:.20}' is neither", " or ".join(_ENGINES)))
    if request.strict and request.profile not in (None, "none"):
        screen.faults.append(Fault("--strict", "stands beside --profile", "keep one of the two"))
    relations = dict(_pairs(request.relations, "--relation", screen))
    wishes = _wishes(request, dict(free.options), screen)
    if screen.faults:
        return None
    output = Path(request.out or f"{free.places[0]}.answers.csv")
    profile = None if request.strict or request.profile == "none" else request.profile or DEFAULT_PROFILE
    forced = request.force or bool(request.explain)
    return Job(free.places[0], output, request.question, wishes, profile, relations, request.keep, forced)


def _wishes(request: TableRequest, constants: dict[str, Any], screen: Screen) -> Wishes:
    from dataclasses import replace

    from tidewaiter.faces.cli.documents import read_bytes
    from tidewaiter.tables.mapping import Wishes, read_wishes

    found = Wishes()
    if request.mapping:
        text = screen.gather(lambda: read_bytes(request.mapping, 1_000_000).decode("utf-8", "replace"))
        read = screen.gather(lambda: read_wishes(text or "", request.mapping, screen.faults))
        found = read or found
    day = plain_day(request.on) if request.on else None
    columns = {**found.columns, **dict(_pairs(request.columns, "--column", screen))}
    return replace(
        found,
        key=request.key or found.key,
        on="" if day else request.on or found.on,
        day=day,
        item=found.item,
        constant_item=request.item,
        columns=columns,
        ignore=(*found.ignore, *request.ignore),
        screen=(*found.screen, *request.screen),
        constants={**found.constants, **constants},
    )


def _pairs(texts: Sequence[str], where: str, screen: Screen) -> Iterator[tuple[str, str]]:
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            screen.faults.append(Fault(where, f"'{text:.60}' is no NAME=VALUE", f"{where} NAME=VALUE"))
        else:
            yield name.strip(), value.strip()


# one row ------------------------------------------------------------------------------------------


def _explain(plan: Plan, key: str, screen: Screen) -> int:
    """Answer one row as a single check, with its whole proof."""
    from tidewaiter.faces.answers import Answer
    from tidewaiter.faces.pages.determination import answer_page
    from tidewaiter.tables.job import row_of

    cells = row_of(plan, key)
    if cells is None:
        what = f"no row has the key '{key:.60}'" if plan.layout.key else f"there is no line {key:.20}"
        screen.faults.append(Fault("--explain", what, "a key of the table, or a line where it has none"))
        screen.stop()
    assert cells is not None
    stated = screen.gather(lambda: plan.sheet.stated(cells))
    screen.stop()
    facts, about, day = stated
    own = plan.sheet.setting.decider
    found = screen.gather(lambda: own.decide(plan.job.question, facts, day, profile=plan.job.profile, item=about))
    screen.stop()
    answer = Answer.of(found)
    screen.show(lambda: answer.to_json(proof=True), lambda: answer_page(answer, screen.words, full=True))
    return answer.exit_code


# progress -----------------------------------------------------------------------------------------


@contextmanager
def _progress(plan: Plan, screen: Screen) -> Iterator[Callable[[int, int, Summary], None] | None]:
    """A bar on standard error with rate and remaining time; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    words = screen.words
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} " + words("rows")),
        TextColumn("{task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        import time

        task = bar.add_task("", total=plan.source.size, rows=0, rate=0.0)
        start = time.monotonic()

        def watch(done: int, total: int, summary: Summary) -> None:
            rows = summary.rows + summary.rejected
            rate = (rows - summary.resumed) / max(time.monotonic() - start, 1e-9)
            bar.update(task, completed=done, total=total, rows=rows, rate=rate)

        yield watch
