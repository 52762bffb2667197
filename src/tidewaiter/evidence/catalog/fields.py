"""Strict reading of one value of a catalog file: it gives plain data or notes a fault with file and line."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.base.yaml import Lines
from tidewaiter.evidence.catalog.figures import span_of

__all__ = [
    "CONFIDENCES",
    "Fields",
    "Reader",
    "Spot",
    "choice",
    "day",
    "entries",
    "figure",
    "flag",
    "listed",
    "mapping",
    "number",
    "text",
    "whole",
]

CONFIDENCES = ("high", "medium", "low")
"""How sure a figure is: seen in primary text, in a reputable secondary source, or only background."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, and the list that faults of this file go to."""

    file: str
    lines: Lines
    faults: list[Fault]
    path: tuple[str | int, ...] = field(default=())

    def at(self, *keys: str | int) -> Spot:
        """The place further inside."""
        return replace(self, path=(*self.path, *keys))

    def fault(self, what: str, remedy: str) -> None:
        """Note a fault here."""
        line, column = next(
            (self.lines[self.path[:n]] for n in range(len(self.path), -1, -1) if self.path[:n] in self.lines),
            (1, 1),
        )
        self.faults.append(Fault(f"{self.file}:{line}:{column}", what, remedy))


Reader = Callable[[Any, Spot], Any]
Fields = Mapping[str, tuple[bool, Reader]]
"""The keys of a mapping: whether each must stand, and how its value is read."""


def text(value: Any, spot: Spot) -> str | None:
    """Text that is not empty; a plain number is refused, since `310` and `"310"` are easily confused."""
    if isinstance(value, str) and value.strip():
        return value
    spot.fault(f"{_shown(value)} is no text", "write text, in quotes if it looks like a number")
    return None


def flag(value: Any, spot: Spot) -> bool | None:
    """true or false."""
    if isinstance(value, bool):
        return value
    spot.fault(f"{_shown(value)} is neither true nor false", "write true or false, or leave the key out")
    return None


def number(value: Any, spot: Spot) -> float | None:
    """A finite number above zero."""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0:
        return value
    spot.fault(f"{_shown(value)} is no possible figure", "write a finite number above zero")
    return None


def whole(value: Any, spot: Spot) -> int | None:
    """A whole number above zero."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    spot.fault(f"{_shown(value)} is no count", "write a whole number above zero")
    return None


def day(value: Any, spot: Spot) -> Any:
    """A day, "YYYY-MM" or a year: [earliest, latest] in ISO form."""
    span = span_of(value)
    if span is None:
        spot.fault(f"{_shown(value)} is no date", 'write YYYY-MM-DD, "YYYY-MM" or YYYY')
        return None
    return [span.earliest.isoformat(), span.latest.isoformat()]


def figure(value: Any, spot: Spot) -> list[Any] | None:
    """A number, or a mapping with value and/or at_least and at_most: [value, lowest, highest, confidence]."""
    if not isinstance(value, dict):
        exact = number(value, spot)
        return None if exact is None else [exact, exact, exact, ""]
    row = mapping(_FIGURE)(value, spot) or {}
    low, high = row.get("at_least", row.get("value")), row.get("at_most", row.get("value"))
    if low is None or high is None:
        spot.fault("the figure has no value", "give value, or at_least and at_most")
        return None
    if not low <= row.get("value", low) <= high:
        spot.fault("the figure's bounds do not hold its value", "let at_least <= value <= at_most")
    return [row.get("value"), low, high, row.get("confidence", "")]


def choice(options: Iterable[str], what: str) -> Reader:
    """One of the given words."""
    known = tuple(options)

    def read(value: Any, spot: Spot) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        spot.fault(f"{_shown(value)} is not known as {what}", f"write one of {', '.join(known[:60])}")
        return None

    return read


def listed(reader: Reader) -> Reader:
    """A list, each element read alike."""

    def read(value: Any, spot: Spot) -> list[Any] | None:
        if not isinstance(value, list):
            spot.fault(f"{_shown(value)} is no list", "write [one, two]")
            return None
        return [item for i, raw in enumerate(value) if (item := reader(raw, spot.at(i))) is not None]

    return read


def mapping(fields: Fields) -> Reader:
    """A mapping with these keys and no other."""

    def read(value: Any, spot: Spot) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            spot.fault(f"{_shown(value)} is no mapping", f"write {', '.join(fields)} as keys")
            return None
        for key in value.keys() - fields.keys():
            spot.at(key).fault(f"the key '{key}' is not known", f"known keys: {', '.join(fields)}")
        for key in (key for key, (required, _) in fields.items() if required and value.get(key) is None):
            spot.fault(f"the key '{key}' is missing", "add it")
        present = ((key, fields[key][1], value[key]) for key in fields if value.get(key) is not None)
        return {key: read for key, reader, raw in present if (read := reader(raw, spot.at(key))) is not None}

    return read


def entries(reader: Reader) -> Reader:
    """A mapping with free keys, each value read alike."""

    def read(value: Any, spot: Spot) -> dict[str, Any]:
        if not isinstance(value, dict):
            spot.fault(f"{_shown(value)} is no mapping", "write one entry a key")
            return {}
        return {k: item for k, raw in value.items() if (item := reader(raw, spot.at(k))) is not None}

    return read


_FIGURE: Fields = {
    "value": (False, number),
    "at_least": (False, number),
    "at_most": (False, number),
    "confidence": (False, choice(CONFIDENCES, "a confidence")),
}


def _shown(value: Any) -> str:
    return repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
