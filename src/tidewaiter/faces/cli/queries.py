"""`tidewaiter sql`: a question as a query that a warehouse can run."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.running import Screen
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider

if TYPE_CHECKING:
    from tidewaiter.engine.sql import Query

__all__ = ["QueryRequest", "show_query"]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """The options of `tidewaiter sql` as text."""

    question: str
    dialect: str
    on: str
    since: str
    until: str
    terms: tuple[str, ...]
    profile: str | None
    strict: bool
    schema_only: bool


def show_query(request: QueryRequest, screen: Screen) -> None:
    """Print the tables that a query expects, and the query. Raises InputFaults with every fault."""
    from tidewaiter.faces.tables import needs

    needs("sqlglot", extra="sql")
    from tidewaiter.tables.queries import schema_text

    found = _query(request, screen)
    if screen.as_json:
        screen.show(lambda: _data(found, schema_text(found)), list)
        return
    law = decider().law.digest[:12]
    lines = [f"-- tidewaiter: question {request.question}, {found.dialect}, law {law}; not legal advice"]
    lines += [f"-- {line}" for line in schema_text(found).splitlines()]
    sys.stdout.write("\n".join(lines) + "\n")
    if not request.schema_only:
        sys.stdout.write(found.text)


def _query(request: QueryRequest, screen: Screen) -> Query:
    from tidewaiter.tables.queries import DIALECTS, question_query

    spec = screen.gather(lambda: decider().specification(request.question))
    dialect = next((each for each in DIALECTS if each == request.dialect), None)
    if dialect is None:
        remedy = nearest(request.dialect, DIALECTS) or f"one of {', '.join(DIALECTS)}"
        screen.faults.append(Fault("--dialect", f"'{request.dialect:.30}' is no dialect", remedy))
    if request.on and (request.since or request.until):
        screen.faults.append(Fault("--on", "stands beside --from or --until", "one day, or an interval"))
    if request.strict and request.profile not in (None, "none"):
        screen.faults.append(Fault("--strict", "stands beside --profile", "keep one of the two"))
    profile = None if request.strict or request.profile == "none" else request.profile or DEFAULT_PROFILE
    if profile is not None and profile not in decider().law.profiles:
        known = ", ".join(decider().law.profiles)
        screen.faults.append(Fault("--profile", f"'{profile:.60}' is no profile", f"one of {known}"))
    names = {"--on": request.on, "--from": request.since, "--until": request.until}
    days = {name: day_of(text, name, screen.faults) if text else None for name, text in names.items()}
    for name, day in days.items():
        if day is not None and spec is not None and day < spec.begins:
            what = f"{day} lies before the law that is encoded"
            screen.faults.append(Fault(name, what, f"{spec.begins} or later"))
    if days["--from"] and days["--until"] and days["--from"] > days["--until"]:
        screen.faults.append(Fault("--from", "lies after --until", "swap them"))
    screen.stop()
    assert dialect is not None
    assert spec is not None
    return question_query(
        decider(), spec, dialect, profile,
        on=days["--on"], since=days["--from"], until=days["--until"], terms=request.terms,
    )  # fmt: skip


def _data(found: Query, schema: str) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "dialect": found.dialect,
        "law_digest": decider().law.digest,
        "tables": [
            {
                "name": table.name,
                "path": list(table.path),
                "columns": [{"name": column.name, "type": column.type} for column in table.columns],
            }
            for table in found.tables
        ],
        "columns": [{"name": c.name, "term": c.term, "layer": c.layer, "part": c.part} for c in found.columns],
        "schema": schema,
        "statements": list(found.statements),
    }
