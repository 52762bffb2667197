"""A listed party while it is being read, and the report of what could not be read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded
from tidewaiter.evidence.parties.lists.entries import Address, Entry, Footnote, ListedName
from tidewaiter.evidence.parties.lists.texts import (
    clean,
    folded,
    footnote_numbers,
    pattern,
    shortened,
    split_names,
    words,
)

__all__ = ["MAX_REJECTED", "Draft", "ListFault", "Report", "entry_key", "finished"]

MAX_REJECTED = 20_000
"""With more rejected rows than this a file is not read to its end."""
_LONGEST_NAME = 1_000


class ListFault(InputFaults):
    """A list cannot be read, or must not replace what is stored."""


@dataclass(slots=True)
class Draft:
    """What one row says of a party, as text; `line` is the row's line in the file, `code` that of its list."""

    line: int
    code: str
    name: str
    id: str = ""
    kind: str = ""
    names: list[tuple[str, str]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    listed: date | None = None
    listed_basis: str = ""
    removed: date | None = None
    citation: str = ""
    requirement: str = ""
    policy: str = ""
    programs: list[str] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    parent: str = ""
    source: str = ""
    note: str = ""


@dataclass(slots=True)
class Report:
    """What came up while a file was read: rejected rows, remarks, and what the file says of itself.

    `as_of` is the day the file states, `expected` the number of entries it states, `joined` the number of rows that
    repeat a party and were joined with the row before.
    """

    name: str
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    as_of: date | None = None
    expected: int | None = None
    joined: int = 0

    def reject(self, line: int, what: str, remedy: str = "") -> None:
        """Note a row that is left out. Raises LimitExceeded when too many are."""
        self.faults.append(Fault(f"{self.name}:{line}", what, remedy))
        if len(self.faults) > MAX_REJECTED:
            raise LimitExceeded(f"{self.name}: more than {MAX_REJECTED} rows cannot be read; is it this format?")

    def remark(self, line: int, what: str, remedy: str = "") -> None:
        """Note something about a row that is kept."""
        if len(self.remarks) < MAX_REJECTED:
            self.remarks.append(Fault(f"{self.name}:{line}", what, remedy))


def finished(drafts: Iterable[Draft], report: Report) -> list[Entry]:
    """The drafts as entries with keys. Rows without a usable name are rejected, repeated rows joined."""
    made = [entry for draft in drafts if (entry := _entry(draft, report)) is not None]
    kinds = {(entry.list, folded(entry.names[0].text), entry.countries, entry.citation) for entry in made}
    counts = Counter((code, form) for code, form, _, _ in kinds)
    keyed: dict[str, list[Entry]] = {}
    for entry in made:
        key = entry_key(entry, counts[entry.list, folded(entry.names[0].text)] > 1)
        keyed.setdefault(key, []).append(replace(entry, key=key))
    return [entry for key, rows in keyed.items() for entry in _spells(key, rows, report)]


def _spells(key: str, rows: list[Entry], report: Report) -> list[Entry]:
    """The rows of one party as one entry for each unbroken time on the list; what is joined is reported."""
    rows = sorted(rows, key=lambda row: row.listed or date.min)
    found = [rows[0]]
    for row in rows[1:]:
        last = found[-1]
        if last.removed and row.listed and row.listed > last.removed:
            found.append(replace(row, key=f"{key}~{len(found) + 1}"))
            continue
        found[-1] = _joined(last, row)
        report.joined += 1
    return found


def entry_key(entry: Entry, repeated: bool) -> str:
    """The stable key: list and id, or list and a hash of the name, with places and citation where names repeat.

    `entry.key` holds the id of the source, or nothing.
    """
    if entry.key:
        return f"{entry.list}:{entry.key}"
    parts = [folded(entry.names[0].text)]
    if repeated:
        parts += [",".join(sorted(entry.countries)), entry.citation]
    return f"{entry.list}:{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}"


def _entry(draft: Draft, report: Report) -> Entry | None:
    name, others, parent = split_names(draft.name)
    if not folded(name):
        report.reject(draft.line, "no name", "a row must name a party")
        return None
    if len(name) > _LONGEST_NAME:
        report.reject(draft.line, f"a name of {len(name):,} characters", f"at most {_LONGEST_NAME:,}")
        return None
    citation = clean(draft.citation)
    numbers = footnote_numbers(draft.requirement, citation)
    kind = draft.kind
    if pattern(words()["address_name"]).match(name):
        kind = "address"
    return Entry(
        key=draft.id or "",
        list=draft.code,
        kind=kind,
        names=_names(name, [*others, *draft.names]),
        countries=tuple(dict.fromkeys(code for code in draft.countries if code)),
        addresses=tuple(dict.fromkeys(draft.addresses)),
        listed=draft.listed,
        listed_basis=draft.listed_basis if draft.listed else "",
        removed=draft.removed,
        citation=citation,
        footnotes=tuple(Footnote(number) for number in numbers),
        requirement=shortened(clean(draft.requirement), "requirement"),
        policy=shortened(clean(draft.policy), "policy"),
        programs=tuple(dict.fromkeys(filter(None, map(clean, draft.programs)))),
        identifiers=tuple(dict.fromkeys((kind, value) for kind, value in draft.identifiers if value)),
        parent=draft.parent or parent,
        source=draft.source,
        note=shortened(clean(draft.note), "note"),
    )


def _names(primary: str, others: Iterable[tuple[str, str]]) -> tuple[ListedName, ...]:
    found = {folded(primary): ListedName(primary)}
    for text, kind in others:
        text = clean(text).rstrip(",;").strip()
        if (form := folded(text)) and form not in found and len(text) <= _LONGEST_NAME:
            found[form] = ListedName(text, kind)
    return tuple(found.values())


def _joined(first: Entry, second: Entry) -> Entry:
    """Two rows of one entry as one: everything of both, each once."""
    names = {folded(name.text): name for name in (*second.names, *first.names)}
    ordered = dict.fromkeys(folded(name.text) for name in (*first.names, *second.names))
    return replace(
        first,
        names=tuple(names[form] for form in ordered),
        countries=tuple(dict.fromkeys((*first.countries, *second.countries))),
        addresses=tuple(dict.fromkeys((*first.addresses, *second.addresses))),
        programs=tuple(dict.fromkeys((*first.programs, *second.programs))),
        identifiers=tuple(dict.fromkeys((*first.identifiers, *second.identifiers))),
        footnotes=first.footnotes or second.footnotes,
        requirement=first.requirement or second.requirement,
        policy=first.policy or second.policy,
        removed=_later(first.removed, second.removed) if first.listed == second.listed else second.removed,
    )


def _later(first: date | None, second: date | None) -> date | None:
    """The later of two ends; no end is later than any."""
    return max(first, second) if first and second else None
