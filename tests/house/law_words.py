"""The words of the law: what the law files name, so that a test can look for it in code."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.house.source import PACKAGE, ROOT

from tidewaiter.base.yaml import load_yaml

__all__ = ["LAW", "LawWords", "collect", "is_distinctive", "law_documents", "law_words"]

LAW = ROOT / "src" / PACKAGE / "law"

ROOT_SUBJECT = "transaction"

OUTCOMES = frozenset(
    {
        "exception_available",
        "exempt",
        "license_required",
        "no_license_required",
        "not_subject",
        "notification_required",
        "prohibited",
        "restricted",
        "reviewable",
    }
)
"""The outcomes of the design; the law's own are added. `undetermined` is no outcome of law but the lack of one."""

EXPRESSION_KEYS = frozenset(
    {
        "cases",
        "notwithstanding",
        "otherwise",
        "presumed",
        "readings",
        "rebutted_by",
        "requires",
        "unless",
        "value",
        "versions",
        "when",
    }
)
"""The keys of a law file under which conditions stand."""

_NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])")
_QUOTED_OR_DATE = re.compile(r"\"[^\"]*\"|'[^']*'|\bdate\([^)]*\)")
_DATE = re.compile(r"\bdate\((\d{4}), ?(\d{1,2}), ?(\d{1,2})\)")


@dataclass(frozen=True, slots=True)
class LawWords:
    """What law files name. Terms by id (`ic.tpp`), `number_names` without their subject."""

    outcomes: frozenset[str]
    terms: frozenset[str]
    number_names: frozenset[str]
    codes: frozenset[str]
    groups: frozenset[str]
    countries: frozenset[str]
    thresholds: frozenset[float]
    dates: frozenset[dt.date]


@cache
def law_documents() -> tuple[tuple[str, Any], ...]:
    """Every law file: its path inside the checkout and its content."""
    return tuple((path.relative_to(ROOT).as_posix(), _read(path)) for path in sorted(LAW.rglob("*.yaml")))


def _read(path: Path) -> Any:
    return load_yaml(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


@cache
def law_words() -> LawWords:
    """The words of all law files of the checkout."""
    return collect(document for _, document in law_documents())


def collect(documents: Iterable[Any]) -> LawWords:
    """The words of these law files."""
    mappings = [document for document in documents if isinstance(document, dict)]
    groups = {str(m[key]) for m in mappings for key in ("group", "table") if key in m}
    codes = set(_codes(mappings))
    return LawWords(
        outcomes=OUTCOMES | {code for m in mappings if m.get("decides") == "outcome" for code in _closed(m)},
        terms=frozenset(_terms(mappings)),
        number_names=frozenset(_number_names(mappings)),
        codes=frozenset(codes),
        groups=frozenset(groups),
        countries=frozenset(_countries(mappings)),
        thresholds=frozenset(n for m in mappings for n in _thresholds(m) if is_distinctive(n)),
        dates=frozenset(day for m in mappings for day in _dates(m)),
    )


def _closed(mapping: dict[str, Any]) -> list[str]:
    """The codes of a closed list of values that are words, not letters; none where `values` names a domain."""
    values = mapping.get("values")
    return [str(code) for code in values if len(str(code)) > 2] if isinstance(values, dict | list) else []


def _codes(mappings: list[dict[str, Any]]) -> Iterator[str]:
    for mapping in mappings:
        yield from _closed(mapping)
        if "domain" in mapping and mapping["domain"] != "country":
            yield from (str(code) for code in mapping.get("codes") or ())
        for fact in (mapping.get("facts") or {}).values():
            yield from _closed(fact)


def _terms(mappings: list[dict[str, Any]]) -> Iterator[str]:
    for mapping in mappings:
        if "decides" in mapping:
            yield str(mapping["decides"])
        subject = mapping.get("subject")
        for name in [*(mapping.get("facts") or ()), *(mapping.get("relations") or ())]:
            yield str(name) if subject == ROOT_SUBJECT else f"{subject}.{name}"


def _number_names(mappings: list[dict[str, Any]]) -> Iterator[str]:
    for mapping in mappings:
        if "decides" in mapping and mapping.get("type") == "number":
            yield str(mapping["decides"]).rpartition(".")[2]
        yield from (name for name, fact in (mapping.get("facts") or {}).items() if fact.get("type") == "number")


def _countries(mappings: list[dict[str, Any]]) -> Iterator[str]:
    for mapping in mappings:
        if mapping.get("domain") != "country":
            continue
        yield from (str(code) for code in mapping.get("codes") or ())
        for version in mapping.get("versions") or ():
            for key in ("set", "add", "remove", "map"):
                yield from (str(code) for code in version.get(key) or ())


def _thresholds(value: Any, under: bool = False) -> Iterator[float]:
    """The numbers of the conditions in a law file."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _thresholds(child, under=key in EXPRESSION_KEYS or (under and isinstance(child, dict)))
    elif isinstance(value, list):
        for child in value:
            yield from _thresholds(child, under)
    elif under and isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)
    elif under and isinstance(value, str):
        bare = _QUOTED_OR_DATE.sub(" ", value)
        yield from (float(ast.literal_eval(number.lstrip("0") or "0")) for number in _NUMBER.findall(bare))


def _dates(value: Any) -> Iterator[dt.date]:
    if isinstance(value, dict):
        for key, child in value.items():
            if key != "checked":
                yield from _dates(child)
    elif isinstance(value, list):
        for child in value:
            yield from _dates(child)
    elif isinstance(value, dt.date):
        yield value
    elif isinstance(value, str):
        yield from (dt.date(*map(int, parts)) for parts in _DATE.findall(value))


def is_distinctive(number: float) -> bool:
    """Whether a number in code can hardly be anything but a threshold.

    Not distinctive: whole numbers to 100, tens to 1000, thousands to 10,000, powers of two and (to 10**18) of ten,
    fractions below one. Those count only where they are compared with a quantity of the law.
    """
    if number != int(number):
        return abs(number) > 1
    whole = abs(int(number))
    if whole <= 100 or (whole <= 1000 and whole % 10 == 0) or (whole <= 10_000 and whole % 1000 == 0):
        return False
    power_of_ten = str(whole).strip("0") == "1" and whole <= 10**18
    return not (power_of_ten or whole & (whole - 1) == 0)
