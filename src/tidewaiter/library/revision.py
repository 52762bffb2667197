"""Versions made from versions: as a provision stood on a day, and with other numbers in its conditions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tidewaiter.engine.nodes import Const
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.library.expressions import Expression
from tidewaiter.library.model import Branch, Provision, Rule, Source, Version

__all__ = ["as_of", "in_force", "revised"]

_Remake = Callable[[Expression, str], Expression]
"""An expression and its new text → the new expression."""
_NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])")


def in_force(provision: Provision, day: dt.date) -> Version | None:
    """The version of a provision on a day; None before the first and after an end."""
    found = next((each for each in reversed(provision.versions) if each.start <= day), None)
    return None if found is None or (found.stop is not None and day >= found.stop) else found


def as_of(provision: Provision, day: dt.date) -> Version:
    """The provision as it stands on a day, as one version: before its first and after its end, what it says of then."""
    version = in_force(provision, day)
    if version is not None:
        return version
    begun = provision.versions and provision.versions[0].start <= day
    repealed = begun and provision.versions[-1].end == "repealed" and provision.type == BOOLEAN
    if not begun and provision.before is not None:
        rule = Rule(provision.before)
    else:
        value = False if repealed else None
        text = "false" if repealed else "unknown"
        rule = Rule(Expression(text, lambda: Const(value, provision.type), f"={text}|{provision.type}"))
    return Version(day, None, "superseded", Source((), "low", None), rule, provision.citation)


def revised(version: Version, numbers: Any, remake: _Remake) -> tuple[Version, list[tuple[str, str]]]:
    """The version with numbers replaced (`{4800: 4000}`), and what is wrong with them: (what, remedy)."""
    if not isinstance(numbers, Mapping) or not numbers:
        return version, [("is no mapping of old numbers to new ones", "{4800: 4000}")]
    revision = _Revision({}, remake)
    faults = []
    for old, new in numbers.items():
        if _value(old) is None or _value(new) is None:
            faults.append((f"{old!s:.40}: {new!s:.40} is no pair of numbers", "{4800: 4000}"))
        else:
            revision.changes[float(str(old))] = str(new)
    made = replace(
        version,
        rule=revision.rule(version.rule),
        readings=tuple(replace(each, rule=revision.rule(each.rule)) for each in version.readings),
    )
    for missing in sorted(set(revision.changes) - revision.used):
        held = ", ".join(f"{each:g}" for each in sorted(revision.seen)) or "no number"
        faults.append((f"{missing:g} does not stand in it", f"it holds {held}"))
    return made, faults


def _value(number: object) -> float | None:
    try:
        return None if isinstance(number, bool) else float(str(number))
    except ValueError:
        return None


@dataclass(slots=True)
class _Revision:
    changes: dict[float, str]
    remake: _Remake
    used: set[float] = field(default_factory=set)
    seen: set[float] = field(default_factory=set)

    def rule(self, rule: Rule) -> Rule:
        branches = tuple(
            Branch(
                None if each.when is None else self.expression(each.when),
                self.expression(each.value),
                each.citation,
                each.says,
            )
            for each in rule.branches
        )
        return replace(
            rule,
            value=None if rule.value is None else self.expression(rule.value),
            branches=branches,
            rebutted_by=self.each(rule.rebutted_by),
            unless=self.each(rule.unless),
            requires=self.each(rule.requires),
            notwithstanding=self.each(rule.notwithstanding),
        )

    def each(self, parts: tuple[Expression, ...]) -> tuple[Expression, ...]:
        return tuple(map(self.expression, parts))

    def expression(self, expression: Expression) -> Expression:
        text = _NUMBER.sub(self.number, expression.text)
        return expression if text == expression.text else self.remake(expression, text)

    def number(self, match: re.Match[str]) -> str:
        value = float(match.group())
        self.seen.add(value)
        if value not in self.changes:
            return match.group()
        self.used.add(value)
        return self.changes[value]
