"""OFAC's remarks: identifiers, dates and weak aliases that stand in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from tidewaiter.evidence.parties.lists.texts import clean, day_in, pattern, words

__all__ = ["dates_in", "identifier", "identifiers_in", "kind_of_identifier", "linked_in", "weak_names_in"]


def identifiers_in(remarks: str) -> list[tuple[str, str]]:
    """The identifiers that remarks state, as pairs of kind and value."""
    if not remarks:
        return []
    found = (
        (row["kind"], clean(match["value"]))
        for row in words()["remark_identifiers"]
        for match in pattern(row["pattern"]).finditer(remarks)
    )
    return list(dict.fromkeys(found))


def kind_of_identifier(text: str) -> str:
    """The kind of an identifier by how a source calls it, '' when it is none that is kept."""
    for row in words()["identifier_kinds"]:
        if any(text.casefold().startswith(start.casefold()) for start in row["starts"]):
            return str(row["kind"])
    return ""


def identifier(kind: str, value: str) -> tuple[str, str] | None:
    """A pair of kind and value, None where the kind is not kept or the value is empty."""
    code = kind_of_identifier(kind)
    return (code, value) if code and value else None


def weak_names_in(remarks: str) -> Iterator[str]:
    """Names that stand in quotes in the remarks: the agency holds them for weak."""
    return (match["name"] for part in remarks.split("; ") if (match := _match("remark_alias", part)))


def linked_in(remarks: str) -> str:
    """The first party to which the remarks link, '' without one."""
    return next((match["name"] for part in remarks.split("; ") if (match := _match("remark_linked", part))), "")


def dates_in(remarks: str, field: str) -> date | None:
    """The day that the remarks state for a field."""
    for row in words()["remark_dates"]:
        for part in remarks.split("; ") if row["field"] == field else ():
            if match := pattern(row["pattern"]).match(part.strip(" .")):
                return day_in(match["day"])
    return None


def _match(name: str, part: str) -> re.Match[str] | None:
    return pattern(words()[name]).match(part.strip().rstrip("."))
