"""Compute as plain data: training, serving, answers, and a claim about chips, each with arithmetic and assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.evidence import catalog, compute

__all__ = ["DEFAULT_CHIPS", "SCHEMA_VERSION", "answers_json", "claim_json", "serving_json", "training_json"]

SCHEMA_VERSION = 1
"""Version of the JSON forms of this module."""
DEFAULT_CHIPS = ("H20", "H100")
"""The chips that are compared when none is named."""
_DAYS = (30, 60, 90)


def training_json(
    name: str, chip: str | None, chips: int | None, number_format: str, share: float | None, rate: float | None
) -> dict[str, Any]:
    """What training a model of the catalog took. Raises InputFaults."""
    _positive(mfu=share, rate=rate, chips=chips)
    model = catalog.find_model(name)
    count = compute.operations(model)
    stated = model.hardware[0] if model.hardware else None
    machine = compute.machine(catalog.find(chip or (stated.name if stated else DEFAULT_CHIPS[-1])))
    sparse = model.parameters_active != model.parameters_total
    hours = compute.chip_hours(count, machine, number_format, sparse, share)
    fleet = chips or (stated.count if stated else None)
    found = [count, hours, compute.cost(hours, rate), *([compute.fleet_hours(hours, fleet)] if fleet else [])]
    published = model.hardware_hours.value if model.hardware_hours else None
    if published and stated and chip is None:
        found.append(compute.utilization(count, published, machine, number_format))
    return {
        "schema_version": SCHEMA_VERSION,
        "model": model.name,
        "chip": machine.name,
        "chips": fleet,
        "published_chip_hours": published,
        "estimates": [_estimate(each) for each in found],
        "assumptions": _assumptions(found),
    }


def serving_json(
    name: str, chips: Sequence[str], many: int, batches: Sequence[int], context: int, prompt: int, number_format: str
) -> dict[str, Any]:
    """The roofline of a model on several chips. Raises InputFaults with every fault."""
    shape = compute.shape_of(catalog.find_model(name))
    works = [compute.Work(batch, context, prompt, number_format) for batch in batches]
    machines = [compute.machine(catalog.find(chip), many) for chip in chips]
    return {
        "schema_version": SCHEMA_VERSION,
        "model": shape.name,
        "inside": {"attention": shape.attention.kind if shape.attention else "", "source": shape.source},
        "chips": many,
        "context": context,
        "prompt": prompt,
        "rows": [_served(machine, shape, work) for work in works for machine in machines],
    }


def _served(machine: compute.Machine, shape: compute.Shape, work: compute.Work) -> dict[str, Any]:
    decode, prefill = compute.decode(machine, shape, work), compute.prefill(machine, shape, work)
    return {
        "chip": machine.name,
        "batch": work.batch,
        "decode": _bound(decode),
        "prefill": _bound(prefill),
        "critical_batch": compute.critical_batch(machine, shape, work.number_format),
    }


def _bound(bound: compute.Bound) -> dict[str, Any]:
    return {
        "tokens_per_second": bound.tokens_per_second,
        "seconds": bound.seconds,
        "limit": bound.limit,
        "fits": bound.fits,
        "format": bound.used_format,
        "arithmetic": bound.arithmetic,
    }


def answers_json(
    name: str, lengths: Sequence[int], samples: int, prompt: int, chip: str | None, many: int
) -> dict[str, Any]:
    """What answers of several lengths cost. Raises InputFaults."""
    shape = compute.shape_of(catalog.find_model(name))
    machine = compute.machine(catalog.find(chip), many) if chip else None
    found = [compute.answer(shape, each, prompt=prompt, samples=samples, on=machine) for each in lengths]
    rows = [
        {
            "tokens": each.tokens,
            "samples": each.samples,
            "operations": each.operations,
            "times_first": each.operations / found[0].operations,
            "cache_bytes": each.cache,
            "seconds": each.seconds,
            "limit": each.step.limit if each.step else None,
        }
        for each in found
    ]
    return {
        "schema_version": SCHEMA_VERSION,
        "model": shape.name,
        "prompt": prompt,
        "chip": machine.name if machine else None,
        "chips": many if machine else None,
        "rows": rows,
    }


def claim_json(chip: str, chips: int, hours: float | None, name: str | None, number_format: str) -> dict[str, Any]:
    """So many chips beside a run of so many chip-hours: the arithmetic and its assumptions, no verdict.

    `hours` default to those published for the model. Raises InputFaults.
    """
    _positive(chips=chips, hours=hours)
    model = catalog.find_model(name) if name else None
    if hours is None and model is not None and model.hardware_hours is not None:
        hours = model.hardware_hours.value
    machine = compute.machine(catalog.find(chip))
    sparse = model is not None and model.parameters_active != model.parameters_total
    found = [
        compute.operations_of_hours(chips * 24.0 * days, machine, number_format, sparse=bool(sparse)) for days in _DAYS
    ]
    run = None
    if hours is not None:
        exact = compute.Band(hours, hours, hours)
        run = compute.fleet_hours(compute.Estimate("chip-hours", exact, "h", "stated"), chips)
    own = compute.operations(model) if model else None
    return {
        "schema_version": SCHEMA_VERSION,
        "chip": machine.name,
        "chips": chips,
        "model": model.name if model else None,
        "chip_hours": hours,
        "run_on_these_chips": _estimate(run) if run else None,
        "share_of_a_month": hours / (chips * 24.0 * _DAYS[0]) if hours else None,
        "model_operations": _estimate(own) if own else None,
        "capacity": [{"days": days, **_estimate(each)} for days, each in zip(_DAYS, found, strict=True)],
        "assumptions": _assumptions([*found, *([own] if own else [])]),
    }


def _positive(**values: float | None) -> None:
    faults = [
        Fault(f"--{name}", f"{value} is not positive", "a number above 0")
        for name, value in values.items()
        if value is not None and not value > 0
    ]
    if faults:
        raise InputFaults(faults)


def _estimate(found: compute.Estimate) -> dict[str, Any]:
    return {
        "name": found.name,
        "low": found.band.low,
        "best": found.band.best,
        "high": found.band.high,
        "unit": found.unit,
        "arithmetic": found.arithmetic,
    }


def _assumptions(found: Iterable[compute.Estimate]) -> list[dict[str, Any]]:
    held = {each.key: each for estimate in found for each in estimate.assumptions}
    return [
        {
            "key": each.key,
            "title": {"en": each.title.en, "zh": each.title.zh},
            "low": each.band.low,
            "best": each.band.best,
            "high": each.band.high,
            "unit": each.unit,
            "source": each.source,
            "confidence": each.confidence,
        }
        for each in held.values()
    ]
