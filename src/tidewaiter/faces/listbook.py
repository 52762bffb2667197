"""The lists of restricted parties as data for pages and JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tidewaiter.evidence.parties.lists import (
    Edition,
    Entry,
    ListBook,
    ListStore,
    complete_days,
    known_unlisted,
    lists,
)
from tidewaiter.evidence.parties.lists.finding import entries_named, entry_of
from tidewaiter.evidence.parties.lists.gazetteer import note_wording
from tidewaiter.evidence.parties.lists.standing import last_seen, unclear_since

__all__ = ["SCHEMA_VERSION", "entry_json", "history_json", "import_json", "lists_json", "show_json"]

SCHEMA_VERSION = 1


def lists_json() -> dict[str, Any]:
    """All lists known, with the editions at hand and the days on which they are complete."""
    editions = ListStore().book().editions
    return {"schema_version": SCHEMA_VERSION, "lists": [_list(code, editions) for code in lists()]}


def _list(code: str, editions: tuple[Edition, ...]) -> dict[str, Any]:
    info = lists()[code]
    return {
        "list": code,
        "title": {"en": info.title.en, "zh": info.title.zh},
        "agency": info.agency,
        "authority": info.authority,
        "fact": info.fact,
        "remark": {"en": info.remark.en, "zh": info.remark.zh},
        "complete": [[first.isoformat(), last.isoformat()] for first, last in complete_days(code, editions)],
        "editions": [_edition(each) for each in editions if each.list == code],
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "as_of": edition.as_of.isoformat(),
        "entries": edition.entries,
        "origin": edition.origin,
        "complete_from": _text(edition.complete_from),
        "complete_to": _text(edition.complete_to),
        "holds_removed": edition.holds_removed,
        "imported": edition.imported.isoformat() if edition.imported else None,
        "digest": edition.digest,
    }


def import_json(paths: list[Path], code: str, as_of: date | None, force: bool, format_code: str) -> dict[str, Any]:
    """Import a list; what was stored, what was left out and why. Raises ListFault or LimitExceeded."""
    store = ListStore()
    done = store.add(paths, code, as_of, force, format_code)
    store.book()  # made now, so that the next command only opens it
    reading = done.reading
    return {
        "schema_version": SCHEMA_VERSION,
        "file": reading.name,
        "format": reading.format,
        "as_of": reading.as_of.isoformat(),
        "entries": len(reading.entries),
        "joined": reading.joined,
        "editions": [{"list": each.list, **_edition(each)} for each in done.editions],
        "known": [{"list": each.list, **_edition(each)} for each in done.known],
        "rejected": [_fault(each) for each in reading.faults],
        "remarks": [_fault(each) for each in reading.remarks],
    }


def _fault(fault: Any) -> dict[str, str]:
    return {"where": fault.where, "what": fault.what, "remedy": fault.remedy}


def show_json(key: str) -> dict[str, Any]:
    """One entry by its key. Raises NameNotFound."""
    return {"schema_version": SCHEMA_VERSION, **entry_json(entry_of(ListStore().book(), key))}


def entry_json(entry: Entry) -> dict[str, Any]:
    """Everything that an entry holds."""
    return {
        "key": entry.key,
        "list": entry.list,
        "kind": entry.kind,
        "names": [
            {
                "text": name.text,
                "kind": name.kind,
                "since": _text(name.since),
                "until": _text(name.until),
                "source": name.source,
                "confidence": name.confidence,
            }
            for name in entry.names
        ],
        "countries": list(entry.countries),
        "addresses": [{"text": each.text, "city": each.city, "country": each.country} for each in entry.addresses],
        "listed": _text(entry.listed),
        "listed_basis": entry.listed_basis,
        "removed": _text(entry.removed),
        "last_seen": _text(last_seen(entry)),
        "citation": entry.citation,
        "footnotes": [
            {
                "number": each.number,
                "since": _text(each.since),
                "unclear_since": _text(unclear_since(entry, each.number)),
            }
            for each in entry.footnotes
        ],
        "requirement": entry.requirement,
        "policy": entry.policy,
        "programs": list(entry.programs),
        "identifiers": [{"kind": kind, "value": value} for kind, value in entry.identifiers],
        "parent": entry.parent,
        "source": entry.source,
        "confidence": entry.confidence,
        "note": {"en": note.en, "zh": note.zh} if (note := note_wording(entry)) else None,
        "digest": entry.digest,
    }


def history_json(text: str) -> dict[str, Any]:
    """What is known over time of a name: its entries with dated events, and lists looked through in vain.

    Raises NameNotFound when neither is known.
    """
    book = ListStore().book()
    unlisted = known_unlisted(text)
    entries = () if unlisted and not _carried(book, text) else entries_named(book, text)
    return {
        "schema_version": SCHEMA_VERSION,
        "name": text,
        "entries": [{**entry_json(entry), "events": _events(entry)} for entry in entries],
        "not_found": [
            {
                "list": each.list,
                "from": each.since.isoformat(),
                "to": each.until.isoformat(),
                "source": each.source,
                "note": {"en": each.note.en, "zh": each.note.zh},
            }
            for each in unlisted
        ],
    }


def _carried(book: ListBook, text: str) -> bool:
    from tidewaiter.base.errors import NameNotFound

    try:
        return bool(entries_named(book, text))
    except NameNotFound:
        return False


def _events(entry: Entry) -> list[dict[str, str]]:
    """What happened to an entry, by day."""
    rows: list[tuple[date | None, str, str]] = [(entry.listed, "listed", entry.listed_basis)]
    for name in entry.names[1:]:
        rows += [(name.since, "name first printed", name.text), (name.until, "name last printed", name.text)]
    for each in entry.footnotes:
        rows.append((each.since, "footnote", str(each.number)))
        rows.append((unclear_since(entry, each.number), "footnote unclear", str(each.number)))
    rows += [(last_seen(entry), "last seen", ""), (entry.removed, "no longer listed", "")]
    known = sorted((day, what, detail) for day, what, detail in rows if day)
    return [{"on": day.isoformat(), "event": what, "detail": detail} for day, what, detail in known]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
