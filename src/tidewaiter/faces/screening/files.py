"""A file of names: a table with the column name, and country, address, kind, on, id where they are known."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded
from tidewaiter.engine.syntax import nearest
from tidewaiter.evidence.parties.lists.entries import Entry
from tidewaiter.faces.composition import decider
from tidewaiter.faces.screening.effects import plain_outcome
from tidewaiter.faces.screening.listed import confirmed_facts, settings
from tidewaiter.faces.screening.options import country_of, kind_of
from tidewaiter.faces.screening.proposals import Proposal
from tidewaiter.faces.screening.screens import EXPLAINED, Request, Screening, screen_request
from tidewaiter.faces.screening.sources import Sources

__all__ = ["COLUMNS", "MAX_BYTES", "MAX_ROWS", "OUTPUT", "Row", "answered", "read_rows", "summary_row"]

COLUMNS = {
    "name": ("name", "party", "party_name", "名称", "公司名称"),
    "country": ("country", "国家", "国家地区"),
    "address": ("address", "地址"),
    "kind": ("kind", "type", "schema", "类型"),
    "on": ("on", "date", "日期"),
    "id": ("id", "key", "ref", "编号"),
}
"""The columns of a file of names, and other headings under which each is known. Others are left alone."""
MAX_BYTES = 200_000_000
"""Largest file that is read."""
MAX_ROWS = 1_000_000
"""Most rows of one file."""
OUTPUT = (
    *("row", "id", "name", "on", "outcome", "exit_code", "possible", "lists", "best", "matched", "score", "list"),
    *("status", "listed", "removed", "citation", "footnotes", "policy", "key", "decision", "if_this_party", "fault"),
)
"""The columns of the answers."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its line, its id, its name as written, and the request or what is wrong with it."""

    line: int
    id: str
    name: str
    request: Request | None
    faults: tuple[Fault, ...] = ()


def read_rows(data: bytes, name: str, base: Request) -> Iterator[Row]:
    """The rows of a table with a heading; what a row does not say is taken from `base`.

    Raises InputFaults for what is no such table, and LimitExceeded.
    """
    if len(data) > MAX_BYTES:
        raise LimitExceeded(f"{name}: more than {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputFaults([Fault(f"{name}: byte {error.start}", "is not UTF-8", "save it as UTF-8")]) from None
    head = text.partition("\n")[0]
    plain = io.StringIO(text.replace("\0", "\ufffd"), newline="")
    reader = csv.reader(plain, delimiter=max(",;\t", key=head.count), strict=True)
    places: dict[str, int] = {}
    count = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not places:
                places = _places(cells, name)
                continue
            count += 1
            if count > MAX_ROWS:
                raise LimitExceeded(f"{name}: more than {MAX_ROWS:,} rows")
            yield _row(cells, places, reader.line_num, base)
    except csv.Error as error:
        raise InputFaults([Fault(f"{name}:{reader.line_num}", f"is no table: {error}", "check the quotes")]) from None
    if not places:
        raise InputFaults([Fault(name, "holds no rows", "a heading with the column name, then rows")])


def _places(cells: list[str], name: str) -> dict[str, int]:
    known = {alias: key for key, aliases in COLUMNS.items() for alias in aliases}
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        key = known.get(cell.strip().lower())
        if key:
            found.setdefault(key, index)
    if "name" not in found:
        headings = [cell.strip() for cell in cells if cell.strip()]
        remedy = nearest("name", headings) or f"columns: {', '.join(COLUMNS)}"
        raise InputFaults([Fault(f"{name}:1", "has no column 'name'", remedy)])
    return found


def _row(cells: list[str], places: dict[str, int], line: int, base: Request) -> Row:
    from tidewaiter.determine.statements import MAX_TEXT
    from tidewaiter.faces.cli.arguments import plain_day

    held = {key: cells[index].strip() if index < len(cells) else "" for key, index in places.items()}
    faults: list[Fault] = []
    changes: dict[str, Any] = {"name": held["name"]}
    if not held["name"] or len(held["name"]) > MAX_TEXT:
        faults.append(Fault("name", "is empty" if not held["name"] else "is too long", "the name of the party"))
    if text := held.get("country"):
        changes["country"] = country_of(text, "country", faults)
    if text := held.get("kind"):
        changes["schema"] = kind_of(text, "kind", faults)
    if text := held.get("address"):
        changes["address"] = text
    if text := held.get("on"):
        day = plain_day(text)
        if day is None:
            faults.append(Fault("on", f"'{text:.40}' is no day", "write YYYY-MM-DD"))
        else:
            changes["on"] = day
    request = None if faults else replace(base, **changes)
    return Row(line, held.get("id", ""), held["name"], request, tuple(faults))


def answered(row: Row, own: Sources) -> Screening | tuple[Fault, ...]:
    """The screening of a row, or what is wrong with it."""
    if row.request is None:
        return row.faults
    try:
        return screen_request(replace(row.request, explain=False), own)
    except InputFaults as error:
        return error.faults


def summary_row(row: Row, found: Screening | tuple[Fault, ...]) -> dict[str, Any]:
    """An answer in one line, under the names of OUTPUT."""
    plain: dict[str, Any] = dict.fromkeys(OUTPUT, "")
    plain |= {"row": row.line, "id": row.id, "name": row.name}
    if not isinstance(found, Screening):
        return plain | {"outcome": "rejected", "exit_code": 2, "fault": "; ".join(map(str, found))}
    counted = [each for each in found.proposals if each.is_open or each.is_confirmed]
    shown = counted or [each for each in found.proposals if each.is_elsewhen]
    plain |= {
        "on": found.request.on.isoformat(),
        "outcome": found.outcome,
        "exit_code": found.exit_code,
        "possible": len({each.party for each in counted}),
        "lists": " ".join(dict.fromkeys(each.entry.list for each in shown)),
        "if_this_party": _gravest(found),
    }
    return plain | (_best(shown[0], found) if shown else {})


def _best(best: Proposal, found: Screening) -> dict[str, Any]:
    entry = best.entry
    numbers = [n.number for n in entry.footnotes if n.since is None or n.since <= found.request.on]
    return {
        "best": entry.names[0].text,
        "matched": best.hit.name.text,
        "score": round(best.hit.score, 4),
        "list": entry.list,
        "status": best.status,
        "listed": entry.listed.isoformat() if entry.listed else "",
        "removed": entry.removed.isoformat() if entry.removed else "",
        "citation": entry.citation,
        "footnotes": " ".join(map(str, numbers)),
        "policy": entry.policy,
        "key": entry.key,
        "decision": best.verdict,
    }


def _gravest(found: Screening) -> str:
    """The gravest outcome that the law would have for one of the possible parties; '' where there is none."""
    order = [word.code for word in decider().specification(settings()["question"]).outcomes]
    day, parties = found.request.on, dict[str, list[Entry]]()
    for each in found.proposals:
        if each.is_open or each.is_confirmed:
            parties.setdefault(each.party, []).append(each.entry)
    outcomes = [_outcome(entries, day, found.request.country) for entries in list(parties.values())[:EXPLAINED]]
    return min(filter(None, outcomes), key=order.index, default="")


def _outcome(entries: list[Entry], day: dt.date, country: str) -> str:
    facts = {key: _hashable(value) for key, value in confirmed_facts(entries, day).items()}
    where = country or next((code for entry in entries for code in entry.countries), "")
    return plain_outcome(facts, day, where)


def _hashable(value: Any) -> Any:
    """A fact that is told as several possible codes is left open."""
    return "unknown" if isinstance(value, dict) else value
