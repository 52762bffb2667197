"""What is known beside a name: countries, addresses, identifiers, dates of birth. Each moves a score, and says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tidewaiter.base.yaml import load_yaml
from tidewaiter.evidence.parties.lists import Entry, ListedName
from tidewaiter.evidence.parties.names.folding import fold
from tidewaiter.evidence.parties.search.hits import Query, Reason
from tidewaiter.evidence.parties.search.keys import identifier_key

__all__ = ["Qualified", "figures", "qualified"]

_KINDS = ("person", "organization", "vessel", "aircraft")
_SHARED_WORDS = 2
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_WORDED = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* (?P<year>\d{4})", re.I
)


@dataclass(frozen=True, slots=True)
class Qualified:
    """A score after all facts, what raised it, and what lowered it."""

    score: float
    for_: tuple[Reason, ...]
    against: tuple[Reason, ...]


@cache
def figures() -> dict[str, Any]:
    """The weights of facts beside the name."""
    text = (files(__package__) / "data" / "qualification.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = load_yaml(text, "qualification.yaml")
    return found


def qualified(query: Query, entry: Entry, name: ListedName, score: float) -> Qualified:
    """A score of names, moved by what else is known of the party asked for and of the entry."""
    if not (query.schema or query.country or query.address or query.identifiers or query.on or name.kind == "weak"):
        return Qualified(score, (), ())
    for_: list[Reason] = []
    against: list[Reason] = []
    for reason in _reasons(query, entry, name):
        (for_ if reason.moved > 0 else against).append(reason)
    for reason in against:
        score *= 1 + reason.moved
    for reason in for_:
        score += (1 - score) * reason.moved
    return Qualified(min(max(score, 0.0), 1.0), tuple(for_), tuple(against))


def _reasons(query: Query, entry: Entry, name: ListedName) -> list[Reason]:
    found = [_kind(query, entry), _country(query, entry), _address(query, entry), _name(query, name)]
    return [reason for reason in found if reason] + _identifiers(query, entry)


def _raised(code: str, asked: str, listed: str) -> Reason:
    return Reason(code, asked, listed, figures()["for"][code])


def _lowered(code: str, asked: str, listed: str) -> Reason:
    return Reason(code, asked, listed, -figures()["against"][code])


def _kind(query: Query, entry: Entry) -> Reason | None:
    asked, listed = query.schema.casefold(), entry.kind
    return _lowered("kind", asked, listed) if asked != listed and asked in _KINDS and listed in _KINDS else None


def _country(query: Query, entry: Entry) -> Reason | None:
    asked = query.country.upper()
    held = {country for country in (*entry.countries, *(each.country for each in entry.addresses)) if country}
    if not asked or not held:
        return None
    listed = ", ".join(sorted(held))
    return _raised("country", asked, listed) if asked in held else _lowered("country", asked, listed)


def _address(query: Query, entry: Entry) -> Reason | None:
    asked = _words(query.address)
    for address in entry.addresses:
        shared = asked & _words(f"{address.text} {address.city}")
        if len(shared) >= _SHARED_WORDS or (address.city and _words(address.city) <= shared):
            return _raised("address", query.address, address.text or address.city)
    return None


def _words(text: str) -> set[str]:
    if not any(letter.isalnum() for letter in text):
        return set()
    return {word for word in fold(text[:500]).replace(",", " ").split() if len(word) > 1}


def _name(query: Query, name: ListedName) -> Reason | None:
    day = query.on
    if day and ((name.since and day < name.since) or (name.until and day >= name.until)):
        return _lowered("name_ended", day.isoformat(), f"{name.since or ''} – {name.until or ''}")
    return _lowered("weak", "", name.text) if name.kind == "weak" else None


def _identifiers(query: Query, entry: Entry) -> list[Reason]:
    found = []
    for kind, value in query.identifiers:
        held = [text for other, text in entry.identifiers if _alike(kind, other)]
        if not held or kind.casefold() in figures()["silent"]:
            continue
        reason = _birth(value, held) if _is_birth(kind) else _number(kind, value, held)
        if reason:
            found.append(reason)
    return found


def _alike(kind: str, other: str) -> bool:
    return kind.casefold() == other.casefold() or (_is_birth(kind) and _is_birth(other))


def _is_birth(kind: str) -> bool:
    return kind.casefold() in figures()["birth"]


def _number(kind: str, value: str, held: list[str]) -> Reason:
    key, listed = identifier_key(kind, value), ", ".join(held)
    same = any(identifier_key(kind, other) == key for other in held)
    return (_raised if same else _lowered)("identifier", f"{kind} {value}", listed)


def _birth(value: str, held: list[str]) -> Reason | None:
    listed = ", ".join(held)
    asked, years = _years(value), [year for text in held for year in _years(text)]
    if not asked or not years:
        return None
    days = {day for text in held if (day := _day(text))}
    if _day(value) and _day(value) in days:
        return _raised("birth_date", value, listed)
    apart = min(abs(one - other) for one in asked for other in years)
    if apart == 0:
        return _raised("birth_year", value, listed)
    return _lowered("birth_date", value, listed) if apart > 1 else None


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]


def _day(text: str) -> str:
    """A date written with figures or with the name of its month, in one form; '' for anything less."""
    if found := _ISO.search(text):
        return found.group()
    if found := _WORDED.search(text):
        return f"{found['year']}-{_MONTHS.find(found['month'].casefold()) // 3 + 1:02}-{int(found['day']):02}"
    return ""
