"""One stated value, read by the type that the vocabulary declares: strict, because a wrong fact is a wrong answer."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.types import show_unit
from tidewaiter.engine.values import Value, number, one_of, ordinal
from tidewaiter.engine.vocabulary import Domain, Fact, Vocabulary

__all__ = ["MAX_ROWS", "MAX_TEXT", "UNKNOWN", "code_of", "stated_value"]

UNKNOWN = "unknown"
"""The word for a value that somebody says is not known."""
MAX_ROWS = 100_000
"""Most rows of relations that one question may hold."""
MAX_TEXT = 10_000
"""Longest text that a fact may hold, in characters."""


def stated_value(fact: Fact, value: Any, vocabulary: Vocabulary, where: str, faults: list[Fault]) -> Value:
    """The value of a fact as stated; notes what is wrong with it and then answers None."""
    try:
        match fact.type.kind:
            case "boolean":
                return _truth(value)
            case "number":
                return _number(value, fact)
            case "date":
                return _date(value)
            case "code":
                return _code(value, vocabulary.domains[fact.type.domain])
        return _text(value)
    except _Wrong as wrong:
        faults.append(Fault(where, *wrong.args))
        return None


class _Wrong(Exception):
    """What is wrong with a value, and what would be right."""


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool) or value in (None, UNKNOWN):
        return value if isinstance(value, bool) else None
    raise _Wrong(f"{value!r:.60} is neither true nor false", "write true, false or unknown")


def _number(value: Any, fact: Fact) -> Value:
    if value == UNKNOWN:
        return None
    if isinstance(value, Mapping):
        if not value or set(value) - {"at_least", "at_most"}:
            raise _Wrong(f"{dict(value)!r:.60} is no interval", "{at_least: 1, at_most: 2}")
        low = _plain(value["at_least"], fact) if "at_least" in value else fact.low
        high = _plain(value["at_most"], fact) if "at_most" in value else fact.high
        if low > high:
            raise _Wrong(f"at_least {low:g} lies above at_most {high:g}", "swap them")
        return number(low, high)
    return _plain(value, fact)


def _plain(value: Any, fact: Fact) -> float:
    unit = fact.unit_name or show_unit(fact.type.unit)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _Wrong(f"{value!r:.60} is no number", f"a number in {unit}, without the unit")
    try:
        found = float(value)
    except OverflowError:
        raise _Wrong("the number is too large", f"a number in {unit}") from None
    if not math.isfinite(found):
        raise _Wrong(f"{value} is no finite number", f"a number in {unit}")
    if not fact.low <= found <= fact.high:
        raise _Wrong(f"{value:g} is outside {fact.low:g} to {fact.high:g} {unit}", "check the figure and its unit")
    return found


def _date(value: Any) -> Value:
    if isinstance(value, Mapping) and value and not set(value) - {"at_least", "at_most"}:
        low, high = (float(_day(value[key]) if key in value else limit) for key, limit in _DATE_ENDS.items())
        if low > high:
            raise _Wrong("at_least lies after at_most", "swap them")
        return number(low, high)
    return None if value == UNKNOWN else float(_day(value))


_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_DATE_ENDS = {"at_least": -math.inf, "at_most": math.inf}


def _day(value: Any) -> int:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return ordinal(value)
    try:
        if _DAY.match(value):
            return ordinal(dt.date.fromisoformat(value))
    except (TypeError, ValueError):
        pass
    raise _Wrong(f"{value!r:.60} is no day", "write YYYY-MM-DD")


def _code(value: Any, domain: Domain) -> Value:
    if value == UNKNOWN and UNKNOWN not in domain.codes:
        return None
    if isinstance(value, Mapping) and set(value) == {"one_of"} and isinstance(value["one_of"], list):
        if not value["one_of"]:
            raise _Wrong("one_of holds nothing to choose from", "{one_of: [A, B]}, or unknown")
        return one_of(frozenset(code_of(each, domain) for each in value["one_of"]))
    return code_of(value, domain)


def code_of(value: Any, domain: Domain) -> str:
    """The code that a text means: the code itself, or its English or Chinese name. Raises for anything else."""
    if isinstance(value, str) and len(value) <= MAX_TEXT:
        if value in domain.codes:
            return value
        names = _names(domain.name, tuple(domain.codes), _domain_id(domain))
        found = names.get(_folded(value))
        if found is not None:
            return found
        raise _Wrong(f"'{value:.60}' is none of {domain.name.rpartition('.')[2]}", _remedy(value, domain, names))
    raise _Wrong(f"{value!r:.60} is no code", "write it as text")


_DOMAINS: dict[int, Domain] = {}


def _domain_id(domain: Domain) -> int:
    """A key under which the domain can be cached."""
    _DOMAINS[id(domain)] = domain
    return id(domain)


@lru_cache(maxsize=64)
def _names(name: str, codes: tuple[str, ...], key: int) -> dict[str, str]:
    domain = _DOMAINS[key]
    found: dict[str, str] = {}
    for code in codes:
        wording = domain.codes[code]
        for text in (code, wording.en, wording.zh, *domain.names.get(code, ())):
            found.setdefault(_folded(text), code)
    return found


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).replace(".", "").replace("-", "")


def _remedy(value: str, domain: Domain, names: Mapping[str, str]) -> str:
    if len(domain.codes) <= 12:
        return f"one of {', '.join(domain.codes)}"
    near = nearest(_folded(value), names)
    codes = [f"{code} ({domain.codes[code].en})" for text, code in names.items() if text in near.split()]
    return f"did you mean {' or '.join(dict.fromkeys(codes))}?" if codes else "write the code or the usual name"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"{value!r:.60} is no text", "write it in quotes")
    if len(value) > MAX_TEXT:
        raise _Wrong(f"a text of {len(value)} characters", f"at most {MAX_TEXT}")
    return value
