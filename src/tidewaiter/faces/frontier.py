"""The frontier as plain data: the best items that may go to a buyer on a day, how that moved, and what stays free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from tidewaiter.analysis.flips import Subject
from tidewaiter.analysis.frontier import Ceiling, Item, ceilings, frontier
from tidewaiter.analysis.sides import Side
from tidewaiter.analysis.sweeps import Sweep
from tidewaiter.base.errors import InputFaults
from tidewaiter.base.wording import wording
from tidewaiter.determine.intake import build_case
from tidewaiter.determine.specification import Specification
from tidewaiter.evidence import catalog, compute
from tidewaiter.faces.asking import Asked, face_data, stated
from tidewaiter.faces.composition import decider
from tidewaiter.faces.sides import begun

__all__ = ["SCHEMA_VERSION", "base", "ceilings_json", "frontier_json", "items"]

SCHEMA_VERSION = 1
"""Version of the JSON forms of this module."""
_TERA = 1e12


def items(asked: Asked) -> tuple[Item, ...]:
    """The chips of the catalog, as the question would have each, with their figures of merit.

    Assemblies are left out, and chips of vendors at home in the destination: they need not go there.
    """
    vocabulary = decider().law.vocabulary
    home = {str(value) for value in asked.options.values()}
    found = []
    for chip in catalog.default_catalog().chips():
        if chip.contains or chip.is_stack or chip.headquarters in home:
            continue
        case = build_case(stated(replace(asked, item=chip.key))[0], vocabulary)
        found.append(Item(Subject(chip.key, chip.name, case, ()), chip.released.latest, _merits(chip)))
    return tuple(found)


def _merits(chip: catalog.Chip) -> dict[str, float]:
    """What a chip is good for, as far as its figures are known."""
    found = {}
    for name, row in face_data("frontier")["merits"].items():
        try:
            value = _merit(chip, row)
        except InputFaults:
            continue  # a figure that nobody published ranks nothing
        if value is not None:
            found[name] = value
    return found


def _merit(chip: catalog.Chip, row: Mapping[str, Any]) -> float | None:
    """The figure of merit of so many chips together; None where the model does not fit them."""
    on = compute.machine(chip, row.get("chips", 1))
    if "model" not in row:
        return on.peak(row["format"])[1] / _TERA
    shape = compute.shape_of(catalog.find_model(row["model"]))
    work = compute.Work(prompt=row.get("prompt", 1), number_format=row["format"])
    bound = (compute.prefill if "prompt" in row else compute.decode)(on, shape, work)
    return bound.tokens_per_second if bound.fits else None


def base(asked: Asked) -> Asked:
    """The question with the destination and buyer of a plain one where it names none."""
    return replace(asked, options={**face_data("frontier")["options"], **asked.options})


def frontier_json(asked: Asked, count: int) -> dict[str, Any]:
    """The best items by each merit on a day, free ones and conditional ones, and the free design space.

    Raises QuestionFaults where the day lies before the law.
    """
    asked = base(asked)
    own, settings = decider(), face_data("frontier")
    spec = begun(asked, own.specification(asked.question))
    side = Side(own, asked.on, asked.layer or spec.headline)
    standings = frontier(side, spec, items(asked), asked.profile)
    able = {*settings["free"], *settings["conditional"]}
    rows = {}
    for merit in settings["merits"]:
        held = [each for each in standings if merit in each.item.merits and each.outcome in able]
        held.sort(key=lambda each: -each.item.merits[merit])
        rows[merit] = [
            {
                "key": each.item.subject.key,
                "name": each.item.subject.name,
                "value": each.item.merits[merit],
                "outcome": each.outcome,
            }
            for each in held[:count]
        ]
    return {
        **_head(asked, side),
        "merits": _merit_titles(),
        "best": rows,
        "caught": sum(each.outcome not in able for each in standings),
        "tried": len(standings),
        "design": _design(side, asked),
    }


def _head(asked: Asked, side: Side) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "question": asked.question,
        "on": side.day.isoformat(),
        "layer": side.layer,
        "options": dict(asked.options),
    }


def _merit_titles() -> dict[str, Any]:
    merits = face_data("frontier")["merits"]
    return {key: {"title": _text(row["title"]), "unit": row["unit"]} for key, row in merits.items()}


def _text(value: Any) -> dict[str, str]:
    text = wording(value)
    return {"en": text.en, "zh": text.zh}


def _design(side: Side, asked: Asked) -> list[dict[str, Any]]:
    """For each figure of a small chip moved by itself, the value below which it stays free."""
    settings = face_data("frontier")
    design = settings["design"]
    facts = stated(Asked(asked.question, options={**design["options"], **asked.options}, facts=design["facts"]))[0]
    spec = decider().specification(asked.question)
    sweep = Sweep(side, spec, build_case(facts, decider().law.vocabulary), asked.profile)
    free = frozenset(settings["free"])
    found = []
    for figure in sweep.figures():
        if figure.term in design["figures"]:
            line = sweep.ceiling(figure, free)
            found.append({"term": figure.term, "from": figure.value, "free_below": line})
    return found


def ceilings_json(asked: Asked, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """How the best free item by each merit moved since the law begins."""
    asked = base(asked)
    own, settings = decider(), face_data("frontier")
    spec = own.specification(asked.question)
    layer = asked.layer or spec.headline
    days = [spec.begins, *(day for day in own.snapshots.dates if spec.begins < day <= spec.checked_through)]
    found = ceilings(
        lambda day: Side(own, day, layer), _that_matter(days, layer, spec), spec, items(asked), asked.profile,
        list(settings["merits"]), frozenset(settings["free"]), progress,
    )  # fmt: skip
    return {
        **_head(asked, Side(own, spec.checked_through, layer)),
        "merits": _merit_titles(),
        "ceilings": [_ceiling(each) for each in found if each.since <= spec.checked_through],
    }


def _that_matter(days: list[dt.date], layer: str, spec: Specification) -> list[dt.date]:
    """The days on which anything under the question's outcome changes."""
    own = decider()
    kept = days[:1]
    for day in days[1:]:
        if Side(own, day, layer).changed_terms(Side(own, kept[-1], layer), spec):
            kept.append(day)
    return kept


def _ceiling(each: Ceiling) -> dict[str, Any]:
    return {
        "since": each.since.isoformat(),
        "merit": each.merit,
        "key": each.best.subject.key if each.best else None,
        "name": each.best.subject.name if each.best else None,
        "value": each.value,
    }
