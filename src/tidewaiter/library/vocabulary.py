"""The vocabulary of the law from its files: facts, relations, domains, units, and the terms that provisions decide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from tidewaiter.base.wording import Wording, wording
from tidewaiter.engine.types import BOOLEAN, DATE, TEXT, Type, Unit, code, numeric, parse_unit
from tidewaiter.engine.values import Interval, Value, ordinal
from tidewaiter.engine.vocabulary import ROOT, Domain, Fact, Relationship, SameAs, Vocabulary, qualified, subject_of
from tidewaiter.library.documents import Document

__all__ = ["build_vocabulary", "value_type"]

_FACT_KEYS = ("type", "unit", "min", "max", "values", "title", "ask", "why", "who", "assume")
_RELATION_KEYS = ("to", "link", "nonempty", "assume_complete", "assume_none", "title", "ask", "why", "who")
_TYPES = ("boolean", "number", "code", "date", "text")


class _Builder:
    def __init__(self) -> None:
        self.subjects: dict[str, Wording] = {}
        self.names: set[str] = set()
        self.facts: dict[str, Fact] = {}
        self.relations: dict[str, Relationship] = {}
        self.domains: dict[str, Domain] = {}
        self.decided: dict[str, Type] = {}
        self.units: dict[str, str] = {}
        self.symbols: dict[str, Wording] = {}


def build_vocabulary(
    vocabulary: Sequence[Document], provisions: Sequence[Document], groups: Sequence[Document]
) -> Vocabulary:
    """Read all declarations; faults are noted in the documents."""
    made = _Builder()
    for document in vocabulary:
        _units(document, made)
        _domain(document, made)
        made.names |= _fact_names(document)
    for document in vocabulary:
        _check_units(document, made)
    for document in vocabulary:
        _subject(document, made)
    for document in provisions:
        _decided(document, made)
    named = {kind: _named(groups, kind) for kind in ("group", "table")}
    return Vocabulary(
        made.subjects,
        made.facts,
        made.relations,
        made.domains,
        made.decided,
        named["group"],
        named["table"],
        made.units,
        made.symbols,
        _unit_names(made),
    )


def _fact_names(document: Document) -> set[str]:
    """The full names of the facts that a document declares, wherever it stands among the others."""
    data = document.data if isinstance(document.data, Mapping) else {}
    facts = data.get("facts")
    return {qualified(str(data.get("subject")), str(name)) for name in facts} if isinstance(facts, Mapping) else set()


def _unit_names(made: _Builder) -> dict[Unit, str]:
    names: dict[Unit, str] = {}
    for name in made.symbols:
        names.setdefault(parse_unit(name, made.units), name)
    return names


def _named(documents: Sequence[Document], kind: str) -> dict[str, str]:
    found = {}
    for document in documents:
        if isinstance(document.data, Mapping) and kind in document.data:
            found[str(document.data[kind])] = str(document.data.get("domain", ""))
    return found


def _units(document: Document, made: _Builder) -> None:
    if not isinstance(document.data, Mapping) or "units" not in document.data:
        return
    for name, value in document.entries(("units",), document.data["units"]).items():
        entry = document.mapping(("units", name), value, ("is", "symbol"))
        if "is" in entry:
            made.units[name] = str(entry["is"])
        made.symbols[name] = wording(entry.get("symbol"))


def _declared_units(document: Document) -> list[str]:
    units = document.data.get("units") if isinstance(document.data, Mapping) else None
    return [str(name) for name in units] if isinstance(units, Mapping) else []


def _check_units(document: Document, made: _Builder) -> None:
    """Leave out, with a fault, what is no unit: bad characters, or units that stand for each other in a ring."""
    for name in _declared_units(document):
        try:
            parse_unit(str(name), made.units)
        except (ValueError, RecursionError):
            document.fault(("units", name), f"'{name}' is no unit", "letters, digits, _; is: a product of other units")
            made.units.pop(name, None)
            made.symbols.pop(name, None)


def _domain(document: Document, made: _Builder) -> None:
    data = document.data
    if isinstance(data, Mapping) and "domain" in data and "codes" in data:
        name = str(data["domain"])
        made.domains[name] = _codes(document, name, data["codes"], ("codes",))


def _codes(document: Document, name: str, value: Any, path: tuple[str | int, ...]) -> Domain:
    if isinstance(value, list):
        value = {str(item): {"en": str(item), "zh": str(item)} for item in value}
    codes, names = {}, {}
    for key, entry in document.mapping(path, value, value if isinstance(value, Mapping) else ()).items():
        codes[str(key)] = wording(entry) or Wording(str(key), str(key))
        if isinstance(entry, Mapping) and entry.get("names"):
            names[str(key)] = tuple(str(other) for other in entry["names"])
    return Domain(name, codes, names)


def _subject(document: Document, made: _Builder) -> None:
    data = document.data
    if not isinstance(data, Mapping) or "subject" not in data:
        return
    document.mapping((), data, ("subject", "title", "facts", "relations"))
    subject = str(data["subject"])
    made.subjects[subject] = wording(data.get("title")) or made.subjects.get(subject, Wording(subject))
    for name, value in document.entries(("facts",), data.get("facts")).items():
        _fact(document, made, subject, str(name), value)
    for name, value in document.entries(("relations",), data.get("relations")).items():
        _relation(document, made, subject, str(name), value)


def _fact(document: Document, made: _Builder, subject: str, name: str, value: Any) -> None:
    path = ("facts", name)
    entry = document.mapping(path, value, _FACT_KEYS, ("type", "title"))
    term = qualified(subject, name)
    if term in made.facts:
        document.fault(path, f"the fact '{term}' is declared twice", "keep one declaration")
    kind = value_type(document, path, entry, term, made.domains, made.units)
    low, high = (_end(document, path, entry, key) for key in ("min", "max"))
    if low is not None and high is not None and low > high:
        document.fault((*path, "max"), f"lies below min: {low}", "swap them")
    made.facts[term] = Fact(
        term,
        subject,
        kind,
        str(entry.get("unit") or ""),
        float("-inf") if low is None else low,
        float("inf") if high is None else high,
        _assumptions(document, path, subject, entry.get("assume"), made),
        wording(entry.get("title")),
        wording(entry.get("ask")),
        wording(entry.get("why")),
        str(entry.get("who") or ""),
    )


def _end(document: Document, path: tuple[str, ...], entry: Mapping[str, Any], key: str) -> float | None:
    value = entry.get(key)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    document.fault((*path, key), f"{value!r} is no number")
    return None


def _assumptions(
    document: Document, path: tuple[str, ...], subject: str, value: Any, made: _Builder
) -> dict[str, Value | SameAs]:
    found: dict[str, Value | SameAs] = {}
    for profile, assumed in document.entries((*path, "assume"), value).items():
        if isinstance(assumed, Mapping) and "same_as" in assumed:
            other = str(assumed["same_as"])
            own = qualified(subject, other)
            found[profile] = SameAs(own if own in made.names else other)
        elif isinstance(assumed, Mapping):
            low = _end(document, (*path, "assume", profile), assumed, "at_least")
            high = _end(document, (*path, "assume", profile), assumed, "at_most")
            found[profile] = Interval(-math.inf if low is None else low, math.inf if high is None else high)
        else:
            found[profile] = float(ordinal(assumed)) if hasattr(assumed, "toordinal") else assumed
    return found


def _relation(document: Document, made: _Builder, subject: str, name: str, value: Any) -> None:
    entry = document.mapping(("relations", name), value, _RELATION_KEYS, ("to", "title"))
    term = qualified(subject, name)
    made.relations[term] = Relationship(
        term,
        subject,
        str(entry.get("to")),
        str(entry.get("link") or ""),
        bool(entry.get("nonempty")),
        frozenset(map(str, document.items(("relations", name, "assume_complete"), entry.get("assume_complete")))),
        frozenset(map(str, document.items(("relations", name, "assume_none"), entry.get("assume_none")))),
        wording(entry.get("title")),
    )


def _decided(document: Document, made: _Builder) -> None:
    data = document.data
    if not isinstance(data, Mapping) or "decides" not in data:
        return
    term = str(data["decides"])
    subject = subject_of(term)
    if subject != ROOT and subject not in made.subjects:
        document.fault(("decides",), f"'{subject}' is no subject")
    if term in made.facts:
        document.fault(("decides",), f"'{term}' is a fact of the vocabulary", "a term is given or decided, not both")
    made.decided[term] = value_type(document, (), data, term, made.domains, made.units)


def value_type(
    document: Document,
    path: tuple[str | int, ...],
    entry: Mapping[str, Any],
    term: str,
    domains: dict[str, Domain],
    units: Mapping[str, str],
) -> Type:
    """The type that `type`, `unit` and `values` declare; an inline list of values becomes the term's own domain."""
    kind = document.choice((*path, "type"), entry.get("type", "boolean"), _TYPES, "boolean")
    if kind == "number":
        return numeric(_unit(document, path, entry.get("unit"), units))
    if kind != "code":
        return {"boolean": BOOLEAN, "date": DATE, "text": TEXT}[kind]
    values = entry.get("values")
    if isinstance(values, str):
        if values not in domains:
            document.fault((*path, "values"), f"'{values}' is no domain")
            domains[values] = Domain(values, {})
        return code(values)
    if not values:
        document.fault(path, f"'{term}' is a code without values", "list them under values:")
    domains[term] = _codes(document, term, values or {}, (*path, "values"))
    return code(term)


def _unit(document: Document, path: tuple[str | int, ...], value: Any, units: Mapping[str, str]) -> Unit:
    try:
        return parse_unit(str(value), units) if value else ()
    except (ValueError, RecursionError) as error:
        document.fault((*path, "unit"), str(error))
        return ()
