"""What a list entry says to the law once it is confirmed to be the party: facts, as `data/listings.yaml` maps them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tidewaiter.evidence.parties.lists.entries import Edition, Entry
from tidewaiter.evidence.parties.lists.standing import LISTED, NOT_LISTED, standing, unclear_since
from tidewaiter.faces.asking import face_data

__all__ = ["DATED_ON_OR_BEFORE", "STATUSES", "confirmed_facts", "fact_names", "likeness", "settings", "status_on"]

DATED_ON_OR_BEFORE = "first_seen"
"""The basis of a listing day that is only the day of a snapshot: it was listed then, or before."""
STATUSES = ("listed", "undated", "later", "left")
"""Of an entry on a day: listed; perhaps, as the day of listing is not known well enough; later only; no longer."""


def settings() -> dict[str, Any]:
    """The names under which listings are told to the law."""
    found: dict[str, Any] = face_data("listings")
    return found


def status_on(entry: Entry, day: dt.date, editions: Sequence[Edition] = ()) -> str:
    """Whether an entry stood on its list on a day, one of STATUSES."""
    known = standing(entry, day, editions)
    if known != NOT_LISTED:
        return "listed" if known == LISTED else "undated"
    if entry.listed is None or entry.listed <= day:
        return "left"
    leeway = dt.timedelta(days=settings()["leeway"].get(entry.listed_basis, 0))
    return "undated" if entry.listed - day <= leeway else "later"


def fact_names(code: str) -> tuple[str, ...]:
    """The facts that say whether a party is on a list."""
    return tuple(settings()["lists"].get(code, {}).get("facts") or ())


def likeness(entries: Iterable[Entry]) -> dict[str, Any]:
    """The facts of a possible match, by entries that the party may be: no listing, and none may be assumed away."""
    known, found = settings()["lists"], list(entries)
    codes = {known.get(entry.list, {}).get("likeness") for entry in found}
    ranked = [row["likeness"] for row in known.values() if row.get("likeness") in codes and row.get("likeness")]
    facts: dict[str, Any] = {settings()["likeness"]: _one_of(ranked or [settings()["other_likeness"]])}
    for fact, value in ((fact, value) for entry in found for fact, value in _plain(entry.list)):
        if isinstance(value, str):
            facts[fact] = _one_of([settings()["unlike"], value])
    return facts


def _plain(code: str) -> Iterable[tuple[str, Any]]:
    return (settings()["lists"].get(code, {}).get("facts") or {}).items()


def _one_of(codes: Sequence[str]) -> Any:
    return {"one_of": list(codes)} if len(codes) > 1 else codes[0]


def confirmed_facts(entries: Iterable[Entry], day: dt.date) -> dict[str, Any]:
    """The facts of a party that is confirmed to be these entries, as they stood on a day."""
    found: dict[str, Any] = {}
    for entry in entries:
        for key, value in _facts(entry, settings()["lists"].get(entry.list, {}), day):
            found.setdefault(key, value)
    return found


def _facts(entry: Entry, row: Mapping[str, Any], day: dt.date) -> Iterator[tuple[str, Any]]:
    if (places := row.get("addresses")) and entry.kind == places["kind"]:
        yield _address(entry, places)
        return
    services = row.get("services")
    if services and re.search(services["pattern"], f"{entry.requirement} {entry.policy}", re.IGNORECASE):
        yield services["fact"], services["code"]
    yield from (row.get("facts") or {}).items()
    if footnotes := row.get("footnotes"):
        yield footnotes["fact"], _footnote(entry, footnotes, day)
    if row.get("policies") and (policy := _policy(entry.policy)):
        yield settings()["policies"]["fact"], policy
    if (programs := row.get("programs")) and entry.programs:
        patterns = [re.compile(rf"(?:{text})\b.*") for text in programs["patterns"]]
        yield programs["fact"], any(each.match(code) for each in patterns for code in entry.programs)
    if row.get("listed") and entry.listed is not None and entry.listed_basis != DATED_ON_OR_BEFORE:
        yield row["listed"], entry.listed


def _address(entry: Entry, places: Mapping[str, Any]) -> tuple[str, Any]:
    early = places["early"]
    is_early = re.search(early["citation"], entry.citation) is not None and early["country"] in entry.countries
    return places["fact"], (early if is_early else places)["code"]


def _footnote(entry: Entry, footnotes: Mapping[str, Any], day: dt.date) -> Any:
    """The footnote of an entry on a day; where it is unclear whether it still has one, both are possible."""
    none = str(footnotes["none"])
    held = {each.number for each in entry.footnotes if each.since is None or each.since <= day}
    for number, code in footnotes["codes"]:
        doubt = unclear_since(entry, number)
        if doubt is not None and doubt <= day:
            return {"one_of": [none, code]}
        if number in held:
            return str(code)
    return none


def _policy(text: str) -> str:
    for code, pattern in settings()["policies"]["patterns"]:
        if re.search(pattern, text.strip(), re.IGNORECASE):
            return str(code)
    return ""
