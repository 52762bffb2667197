"""Compute: training operations and cost, the roofline of serving, the cost of long answers. Evidence, not law."""

from __future__ import annotations

from tidewaiter.evidence.compute.answering import Answer, answer
from tidewaiter.evidence.compute.machines import Machine, machine
from tidewaiter.evidence.compute.quantities import Assumption, Band, Estimate
from tidewaiter.evidence.compute.roofline import COMPUTE, MEMORY, Bound, Work, critical_batch, decode, prefill
from tidewaiter.evidence.compute.shapes import Shape, shape_of
from tidewaiter.evidence.compute.training import (
    chip_hours,
    cost,
    counted,
    fleet_hours,
    operations,
    operations_of_hours,
    utilization,
)

__all__ = [
    "COMPUTE",
    "MEMORY",
    "Answer",
    "Assumption",
    "Band",
    "Bound",
    "Estimate",
    "Machine",
    "Shape",
    "Work",
    "answer",
    "chip_hours",
    "cost",
    "counted",
    "critical_batch",
    "decode",
    "fleet_hours",
    "machine",
    "operations",
    "operations_of_hours",
    "prefill",
    "shape_of",
    "utilization",
]
