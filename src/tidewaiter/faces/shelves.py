"""The catalog and the vocabulary as plain data: items with their class on a date, facts with what is said of them."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

from tidewaiter.determine.phrases import plain_value
from tidewaiter.determine.rendering import plain
from tidewaiter.engine.vocabulary import Fact, SameAs
from tidewaiter.faces.asking import DEFAULT_QUESTION, Asked, answer
from tidewaiter.faces.composition import decider, item_facts

if TYPE_CHECKING:
    from tidewaiter.evidence.catalog import Chip, Model

__all__ = [
    "SCHEMA_VERSION",
    "chips",
    "fact_names",
    "facts_json",
    "item_json",
    "model_json",
    "model_row_json",
    "models",
    "row_json",
]

SCHEMA_VERSION = 1
"""Version of the JSON forms of catalog and vocabulary."""


def chips(part: str | None) -> list[Chip]:
    """The items whose name, maker or family holds a part of a name, in any case; all without one."""
    from tidewaiter.evidence.catalog import default_catalog

    wanted = (part or "").casefold()
    return [
        chip
        for chip in default_catalog().chips()
        if wanted in "\n".join((chip.key, chip.name, chip.vendor, chip.family, *chip.aliases)).casefold()
    ]


def row_json(chip: Chip) -> dict[str, Any]:
    """An item in a line."""
    return {
        "key": chip.key,
        "name": chip.name,
        "vendor": chip.vendor,
        "form": chip.form,
        "released": [chip.released.earliest.isoformat(), chip.released.latest.isoformat()],
        "confidence": chip.confidence,
    }


def item_json(name: str, day: dt.date) -> dict[str, Any]:
    """An item with figures, sources, and what the law computes of it on a day. Raises NameNotFound, AmbiguousName."""
    from tidewaiter.evidence.catalog import default_catalog, look_up

    found = look_up(name)
    chip = found.chip
    facts, about = item_facts(name)
    sources = {}
    for key in chip.sources:
        sources[key] = default_catalog().source(key)
    return {
        "schema_version": SCHEMA_VERSION,
        **row_json(chip),
        "asked": name,
        "because": about["because"],
        "variants": about["variants"],
        "note": chip.note,
        "aliases": list(chip.aliases),
        "headquarters": chip.headquarters,
        "figures": _figures(chip),
        "peaks": [{"format": peak.format, "bits": peak.bits, "tops": plain(peak.tops)} for peak in chip.peaks],
        "contains": [plain(part) for part in chip.contains],
        "facts": plain(facts),
        "sources": sources,
        "on": day.isoformat(),
        "class": _classes(name, day),
    }


def _figures(chip: Chip) -> dict[str, Any]:
    from tidewaiter.evidence.catalog import Figure

    names = [name for name in chip.__dataclass_fields__ if isinstance(getattr(chip, name), Figure)]
    return {name: plain(getattr(chip, name)) for name in names}


def _classes(name: str, day: dt.date) -> dict[str, list[dict[str, Any]]]:
    """What the terms of the classification say of the item alone, layer by layer."""
    begins = decider().specification(DEFAULT_QUESTION).begins
    found = answer(Asked(item=name, on=max(day, begins)))
    return {layer.layer: [plain(each) for each in layer.classification] for layer in found.layers}


# models -------------------------------------------------------------------------------------------


def models(part: str | None) -> list[Model]:
    """The models whose name or developer holds a part of a name, in any case; all without one."""
    from tidewaiter.evidence.catalog import default_catalog

    wanted = (part or "").casefold()
    return [
        model
        for model in default_catalog().models()
        if wanted in "\n".join((model.key, model.name, model.developer, *model.aliases)).casefold()
    ]


def model_row_json(model: Model) -> dict[str, Any]:
    """A model in a line, with the keys of an item's."""
    return {
        "key": model.key,
        "name": model.name,
        "vendor": model.developer,
        "form": "model",
        "released": [model.released.earliest.isoformat(), model.released.latest.isoformat()],
        "confidence": model.confidence,
    }


def model_json(name: str) -> dict[str, Any]:
    """A model with its figures and sources. Raises NameNotFound."""
    from tidewaiter.evidence.catalog import Figure, default_catalog, find_model

    model = find_model(name)
    figures = [key for key in model.__dataclass_fields__ if isinstance(getattr(model, key), Figure)]
    return {
        "schema_version": SCHEMA_VERSION,
        **model_row_json(model),
        "asked": name,
        "country": model.country,
        "aliases": list(model.aliases),
        "open_weights": model.open_weights,
        "license": model.license,
        "method": model.method,
        "hardware": [plain(each) for each in model.hardware],
        "figures": {key: plain(getattr(model, key)) for key in figures},
        "sources": {key: default_catalog().source(key) for key in model.sources},
        "note": model.note,
    }


# vocabulary ---------------------------------------------------------------------------------------


def fact_names() -> list[str]:
    """The names of all facts."""
    return list(decider().law.vocabulary.facts)


def facts_json(part: str | None) -> list[dict[str, Any]]:
    """The facts of a name, or of a part of a name or title."""
    facts = decider().law.vocabulary.facts
    if part is not None and part in facts:
        return [_fact_json(facts[part])]
    wanted = (part or "").casefold()
    return [
        _fact_json(fact)
        for fact in facts.values()
        if wanted in "\n".join((fact.term, fact.title.en, fact.title.zh)).casefold()
    ]


def _fact_json(fact: Fact) -> dict[str, Any]:
    vocabulary = decider().law.vocabulary
    domain = vocabulary.domains.get(fact.type.domain)
    ends = {"min": fact.low, "max": fact.high}
    is_number = fact.type.kind == "number"
    assumed = {
        profile: {"same_as": value.term} if isinstance(value, SameAs) else plain_value(value, fact.type)
        for profile, value in fact.assume.items()
    }
    return {
        "name": fact.term,
        "subject": fact.subject,
        "type": fact.type.kind,
        "unit": decider().phrases.unit(fact.type, "en") if is_number else "",
        "range": {key: plain(end) for key, end in ends.items() if math.isfinite(end)} if is_number else {},
        "values": {code: plain(title) for code, title in domain.codes.items()} if domain else {},
        "title": plain(fact.title),
        "ask": plain(fact.ask),
        "why": plain(fact.why),
        "who": fact.who,
        "assumed": assumed,
        "option": _option(fact),
    }


def _option(fact: Fact) -> str:
    """The command-line option that states the fact, if the default question has one."""
    vocabulary = decider().law.vocabulary
    name = fact.term.rpartition(".")[2]
    for option, path in decider().specification(DEFAULT_QUESTION).options.items():
        relation, _, last = path.rpartition(".")
        held = vocabulary.relations.get(relation.partition("[")[0])
        if path == fact.term or (held is not None and held.to == fact.subject and last == name):
            return f"--{option}"
    return ""
