"""Training: operations, chip-hours, days on a cluster, cost, and what a claim about chips would mean.

A dense layer takes six operations for each parameter and token (two forward, four backward); of a mixture of experts
the parameters that are active for a token count. The count does not depend on the number format.
"""

from __future__ import annotations

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.evidence.catalog.items import Model
from tidewaiter.evidence.compute.machines import Machine
from tidewaiter.evidence.compute.quantities import Band, Estimate, band
from tidewaiter.evidence.compute.resources import assumption

__all__ = ["chip_hours", "cost", "counted", "fleet_hours", "operations", "operations_of_hours", "utilization"]

_PER_PARAMETER_AND_TOKEN = 6
_HOUR = 3600.0


def operations(model: Model) -> Estimate:
    """Operations of training of a model: six for each active parameter and token; else as the catalog has them.

    Raises InputFaults when neither is known.
    """
    active = model.parameters_active or model.parameters_total
    if active and active.value and model.tokens and model.tokens.value:
        return counted(active.value, model.tokens.value)
    held = model.operations
    if held is None:
        what = "neither its tokens nor its training operations are published"
        raise InputFaults([Fault(model.name, what, "choose another model")])
    best = held.value if held.value is not None else (held.at_least + held.at_most) / 2
    return Estimate("operations", Band(held.at_least, best, held.at_most), "op", f"catalog: {model.method}")


def counted(parameters: float, tokens: float) -> Estimate:
    """Six operations for each parameter and token, with the error of that convention."""
    error = assumption("published_count")
    arithmetic = f"{_PER_PARAMETER_AND_TOKEN} x {parameters:.4g} parameters x {tokens:.4g} tokens"
    count = band(_PER_PARAMETER_AND_TOKEN * parameters * tokens) * error.band
    return Estimate("operations", count, "op", arithmetic, (error,))


def chip_hours(count: Estimate, on: Machine, number_format: str, sparse: bool, share: float | None = None) -> Estimate:
    """Chip-hours of a run of so many operations, at a share of the peak that is stated or assumed."""
    used, peak = on.peak(number_format)
    reached = assumption("mfu_moe" if sparse else "mfu_dense")
    if share is not None:
        reached = reached.at(share, "stated")
    single = peak / on.chips
    arithmetic = f"{count.band.best:.3g} / ({single:.4g} {used} x {reached.band.best:g}) / 3600 s"
    hours = count.band / (band(single * _HOUR) * reached.band)
    return Estimate("chip-hours", hours, "h", arithmetic, Estimate.resting_on([count], reached))


def fleet_hours(hours: Estimate, chips: int) -> Estimate:
    """The hours that a run takes on so many chips at once. Raises InputFaults for fewer than one."""
    if chips < 1:
        raise InputFaults([Fault("chips", f"{chips} chips", "at least 1")])
    arithmetic = f"{hours.band.best:.4g} chip-hours / {chips:,} chips"
    return Estimate("time", hours.band / float(chips), "h", arithmetic, hours.assumptions)


def cost(hours: Estimate, rate: float | None = None) -> Estimate:
    """What the chip-hours cost to rent, at a rate in US dollars that is stated or assumed."""
    price = assumption("usd_per_chip_hour")
    if rate is not None:
        price = price.at(rate, "stated")
    arithmetic = f"{hours.band.best:.4g} chip-hours x {price.band.best:g} USD/h"
    return Estimate("cost", hours.band * price.band, "USD", arithmetic, Estimate.resting_on([hours], price))


def utilization(count: Estimate, hours: float, on: Machine, number_format: str) -> Estimate:
    """The share of the peak that so many operations in so many chip-hours come to: over one is impossible."""
    used, peak = on.peak(number_format)
    single = peak / on.chips
    arithmetic = f"{count.band.best:.3g} / ({hours:.4g} h x 3600 s x {single:.4g} {used})"
    return Estimate("utilization", count.band / (hours * _HOUR * single), "share", arithmetic, count.assumptions)


def operations_of_hours(hours: float, on: Machine, number_format: str, sparse: bool) -> Estimate:
    """The operations that so many chip-hours can hold at the usual shares of the peak."""
    used, peak = on.peak(number_format)
    reached = assumption("mfu_moe" if sparse else "mfu_dense")
    single = peak / on.chips
    arithmetic = f"{hours:.4g} h x 3600 s x {single:.4g} {used} x {reached.band.best:g}"
    return Estimate("operations", reached.band * (hours * _HOUR * single), "op", arithmetic, (reached,))
