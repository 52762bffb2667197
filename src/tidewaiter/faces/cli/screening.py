"""`tidewaiter screen`: names against the lists as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.faces.cli.progress import progress
from tidewaiter.faces.cli.running import Screen, worst
from tidewaiter.faces.pages.blocks import Block, Panel

__all__ = ["MAX_NAMES", "Decision", "Wanted", "run_screen"]

MAX_NAMES = 100
"""Most names on one command line; a file takes more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of the command as text."""

    names: tuple[str, ...]
    on: str | None = None
    country: str = ""
    address: str = ""
    kind: str = ""
    identifiers: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    owners: str | None = None
    lists: tuple[str, ...] = ()
    threshold: str | None = None
    limit: str | None = None
    confirm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to record: the verdict, the key of the entry, the reason and the person."""

    verdict: str
    key: str
    because: str
    by: str


def run_screen(
    wanted: Wanted,
    decisions: Mapping[str, str | None],
    because: str,
    by: str,
    file: str | None,
    output: str | None,
    shelf: bool,
    screen: Screen,
) -> int:
    """Run the command in one of its three forms: decisions kept, a file of names, names; returns the exit code."""
    decision = _decision(decisions, because, by, screen)
    if shelf:
        if wanted.names or file or decision:
            screen.faults.append(Fault("--dispositions", "stands beside names", "use it alone"))
        return _show_decisions(screen)
    if file is not None:
        from tidewaiter.faces.cli.screening_files import screen_file

        if wanted.names or decision:
            screen.faults.append(Fault("--file", "stands beside names or a decision", "keep one of the two"))
        return screen_file(wanted, file, output, screen)
    if output is not None:
        screen.faults.append(Fault("--output", "is for files of names", "--file NAMES --output ANSWERS"))
    return _screen_names(wanted, decision, screen)


def _decision(decisions: Mapping[str, str | None], because: str, by: str, screen: Screen) -> Decision | None:
    made = [Decision(verdict, key, because, by) for verdict, key in decisions.items() if key]
    if len(made) > 1:
        screen.faults.append(Fault("decision", f"{len(made)} of them", "one at a time"))
    if not made and (because or by):
        screen.faults.append(Fault("--because", "stands without a decision", "--clear KEY or --confirm KEY"))
    if made:
        for option, text in (("--because", because), ("--by", by)):
            if not text.strip():
                screen.faults.append(Fault(option, "is missing", "a decision has a reason and a person"))
    return made[0] if made else None


def _show_decisions(screen: Screen) -> int:
    from tidewaiter.faces.pages.decisions import decisions_page
    from tidewaiter.faces.screening.documents import SCHEMA_VERSION
    from tidewaiter.keeping.dispositions import Dispositions

    screen.stop()
    kept = Dispositions()
    found = kept.all()
    rows = [each.to_json() for each in found]
    faults = [str(fault) for fault in kept.faults]
    data = {"schema_version": SCHEMA_VERSION, "file": str(kept.path), "dispositions": rows, "faults": faults}
    screen.show(lambda: data, lambda: decisions_page(found, kept, screen.words))
    return 0


def _screen_names(wanted: Wanted, decision: Decision | None, screen: Screen) -> int:
    """Screen the names, record the decision where there is one; returns the exit code."""
    from tidewaiter.faces.cli.screening_options import requests_of
    from tidewaiter.faces.screening.documents import SCHEMA_VERSION, screening_json
    from tidewaiter.faces.screening.screens import screen_request
    from tidewaiter.faces.screening.sources import sources

    requests = requests_of(wanted, screen)
    if decision and len(requests) != 1:
        screen.faults.append(Fault("NAME", f"{len(requests)} names for one decision", "name the one it is about"))
    screen.stop()
    with progress(screen.words("Indexing the names")) as watch:
        sources(watch)
    if decision:
        screen.gather(lambda: _decide(requests[0], decision))
        screen.stop()
    found = []
    for request in requests:
        try:
            found.append(screen_request(request))
        except InputFaults as error:
            screen.faults += error.faults
    screen.stop()
    code = worst(each.exit_code for each in found)

    def data() -> Any:
        rows = [screening_json(each) for each in found]
        many = {"schema_version": SCHEMA_VERSION, "exit_code": code, "screenings": rows}
        return rows[0] if len(rows) == 1 else many

    screen.show(data, lambda: _pages(found, screen))
    return code


def _decide(request: Any, decision: Decision) -> None:
    """Record a decision on a possible match of this very query."""
    from tidewaiter.faces.screening.proposals import chosen, proposals, subject_of
    from tidewaiter.faces.screening.sources import sources
    from tidewaiter.keeping.decisions import Disposition

    own = sources()
    found = proposals(request.query, request.on, own, request.lists, request.limit, request.threshold)
    taken = next(each for each in chosen(found, [decision.key]) if each.entry.key == decision.key)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    entry = taken.entry
    own.dispositions.record(
        Disposition(
            decision.verdict,  # type: ignore[arg-type]
            decision.because,
            decision.by,
            now,
            subject_of(request.query),
            entry.key,
            entry.digest,
            entry.names[0].text,
        )
    )


def _pages(found: list[Any], screen: Screen) -> list[Block]:
    from tidewaiter.faces.pages.screening import screening_page

    blocks: list[Block] = []
    for index, each in enumerate(found):
        if len(found) > 1:
            blocks.append(Panel(f"[{index + 1}/{len(found)}]", ()))
        blocks += screening_page(each, screen.words)
    return blocks
