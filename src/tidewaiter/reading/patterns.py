"""The patterns of data/patterns.yaml, compiled: what they look for, and the things they cannot do without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidewaiter.reading.passages import Masked
from tidewaiter.reading.resources import read_data

__all__ = ["Pattern", "contains", "patterns", "words"]

_SLOT = re.compile(r"\{([a-z_]+)\}")
_BETWEEN = r"(?:[、,和与及或/\s]|以及|还有|\band\b|\bor\b|\bthe\b|'s)*"
_TOKENS = {
    "item": "c", "than": "c", "party": "oap", "list": "l", "instrument": "il", "model": "m", "date": "d", "number": "n",
    "money": "y", "percent": "r", "place": "g",
}  # fmt: skip
_SEVERAL = {"items": "c", "firms": "oap"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a claim: its type, the values it sets, and its expression on masked sentences."""

    key: str
    kind: str
    values: Mapping[str, Any]
    expression: re.Pattern[str]
    needs: tuple[str, ...]

    def possible(self, sentence: Masked) -> bool:
        """Whether the sentence holds a thing of each kind that the pattern cannot do without."""
        return all(any(f"⟦{letter}" in sentence.text for letter in letters) for letters in self.needs)


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns in the order of the file."""
    data = read_data("patterns")
    return tuple(_pattern(entry, data["slots"]) for entry in data["claims"])


def _pattern(entry: Mapping[str, Any], slots: Mapping[str, str]) -> Pattern:
    source = str(entry["regex"])
    needs = [_TOKENS.get(name) or _SEVERAL.get(name) for name in _SLOT.findall(_without_optional(source))]
    expression = re.compile(_SLOT.sub(lambda match: _slot(match[1], slots), source))
    return Pattern(
        str(entry["id"]), str(entry["type"]), entry.get("set") or {}, expression, tuple(n for n in needs if n)
    )


def _without_optional(source: str) -> str:
    """The expression without its optional groups that hold a slot: what is optional is not needed."""
    return re.sub(r"\((?:\?:)?[^()]*\{[a-z]+\}[^()]*\)\?", "", source)


def _slot(name: str, slots: Mapping[str, str]) -> str:
    if name in _TOKENS:
        return rf"(?P<{name}>⟦[{_TOKENS[name]}]\d+⟧)"
    if name in _SEVERAL:
        token = rf"⟦[{_SEVERAL[name]}]\d+⟧"
        return rf"(?P<{name}>{token}(?:{_BETWEEN}{token})*)"
    return str(slots[name])


@cache
def words(file: str, *path: str) -> re.Pattern[str]:
    """A list of words of a data file as one expression; Latin words stand alone at their left edge."""
    found: Any = read_data(file)
    for name in path:
        found = found[name]
    ordered = sorted((str(word) for word in found), key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(word)}" if word[0].isascii() else re.escape(word) for word in ordered)
    )


def contains(text: str, file: str, *path: str) -> bool:
    """Whether a folded text in lower case holds one of the words of a list."""
    return bool(words(file, *path).search(text))
