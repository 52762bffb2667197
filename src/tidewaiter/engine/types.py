"""Types of terms and the units of numbers.

A unit is a product of powers of base units; `tpp` may be declared as `tops*bit`, so that a product of the two
compares with it and a mere area does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["BOOLEAN", "DATE", "TEXT", "Kind", "Type", "Unit", "code", "multiply", "numeric", "parse_unit", "show_unit"]

Kind = Literal["boolean", "number", "code", "date", "text"]
Unit = tuple[tuple[str, int], ...] | None
"""Base units with their powers, sorted; () is a pure number; None fits every unit (a literal)."""


@dataclass(frozen=True, slots=True)
class Type:
    """What a term can be: `kind`, the `unit` of a number, the `domain` (closed list) of a code."""

    kind: Kind
    unit: Unit = ()
    domain: str = ""

    def __str__(self) -> str:
        if self.kind == "number":
            return f"number in {show_unit(self.unit)}" if self.unit else "number"
        return f"{self.kind} of {self.domain}" if self.domain else self.kind


BOOLEAN = Type("boolean")
DATE = Type("date")
TEXT = Type("text")

_FACTOR = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")


def numeric(unit: Unit = ()) -> Type:
    """The type of numbers in a unit."""
    return Type("number", unit)


def code(domain: str) -> Type:
    """The type of codes of a domain."""
    return Type("code", (), domain)


def parse_unit(text: str, derived: Mapping[str, str]) -> Unit:
    """Read `gb_per_s/mm2` or `tops*bit`; names in `derived` are replaced by what they stand for.

    Raises ValueError when the text is no unit.
    """
    powers: dict[str, int] = {}
    sign = 1
    for part in re.split(r"([*/])", text.replace(" ", "")):
        if part in ("*", "/"):
            sign = 1 if part == "*" else -1
            continue
        if not _FACTOR.match(part):
            raise ValueError(f"'{text}' is no unit")
        inner = parse_unit(derived[part], derived) if part in derived else ((part, 1),)
        for base, power in inner or ():
            powers[base] = powers.get(base, 0) + sign * power
    return _sorted(powers)


def multiply(left: Unit, right: Unit, sign: int = 1) -> Unit:
    """The unit of a product (`sign` 1) or of a quotient (-1)."""
    powers = dict(left or ())
    for base, power in right or ():
        powers[base] = powers.get(base, 0) + sign * power
    return _sorted(powers)


def _sorted(powers: dict[str, int]) -> Unit:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def show_unit(unit: Unit) -> str:
    """A unit as a person writes it."""
    if not unit:
        return "pure number"
    above = [_power(base, power) for base, power in unit if power > 0]
    below = [_power(base, -power) for base, power in unit if power < 0]
    return "*".join(above or ["1"]) + "".join(f"/{part}" for part in below)


def _power(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"
