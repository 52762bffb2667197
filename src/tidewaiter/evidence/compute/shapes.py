"""What of a model's inside decides how much it reads and computes for each token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.evidence.catalog.items import Model
from tidewaiter.evidence.compute.resources import bytes_of, shape_rows

__all__ = ["Attention", "Experts", "Shape", "shape_of"]


@dataclass(frozen=True, slots=True)
class Attention:
    """For each layer: numbers that a token leaves in the cache, operations for a pair of a new and an earlier token.

    A latent attention works differently when a whole prompt is there (`in_prefill`) than token by token (`in_decode`).
    """

    kind: str
    kept: int
    in_decode: int
    in_prefill: int


@dataclass(frozen=True, slots=True)
class Experts:
    """Routed experts: how many there are and how many a token uses, in so many layers, of so many parameters each."""

    routed: int
    active: int
    layers: int
    parameters: int

    def share_read(self, batch: float) -> float:
        """The expected share of the experts that a step of so many tokens reads, under random routing."""
        return 1 - float((1 - self.active / self.routed) ** batch)


@dataclass(frozen=True, slots=True)
class Shape:
    """A model as a workload. Parameters are counts; attention is None where the inside is not published."""

    key: str
    name: str
    total: float
    active: float
    layers: int
    attention: Attention | None
    experts: Experts | None
    source: str
    confidence: str

    def cache_bytes(self, number_format: str) -> float:
        """Bytes of attention cache for each token of context; 0 where the inside is not published."""
        return self.attention.kept * self.layers * bytes_of(number_format) if self.attention else 0.0

    def attention_in_decode(self, context: float) -> float:
        """Operations of attention for one new token over so many earlier ones; 0 where it is not published."""
        return self.attention.in_decode * self.layers * context if self.attention else 0.0

    def attention_in_prefill(self, tokens: float) -> float:
        """Operations of attention for a prompt of so many tokens, each seeing those before it."""
        return self.attention.in_prefill * self.layers * tokens * tokens / 2 if self.attention else 0.0

    def read(self, batch: float) -> float:
        """Parameters that one decode step of so many sequences reads."""
        if self.experts is None:
            return self.total if self.total == self.active else min(self.total, self.active * batch)
        routed = self.experts.routed * self.experts.layers * self.experts.parameters
        return self.total - routed * (1 - self.experts.share_read(batch))


def shape_of(model: Model) -> Shape:
    """The shape of a model of the catalog. Raises InputFaults when its parameters are not published."""
    active = model.parameters_active or model.parameters_total
    total = model.parameters_total or model.parameters_active
    if active is None or total is None or active.value is None or total.value is None:
        raise InputFaults([Fault(model.name, "its number of parameters is not published", "choose another model")])
    row = _row(model.key)
    attention = _attention(row["attention"]) if row else None
    experts = Experts(**row["experts"]) if row and "experts" in row else None
    layers = int(row["layers"]) if row else 0
    source = str(row["source"]) if row else ""
    confidence = str(row["confidence"]) if row else model.confidence
    return Shape(model.key, model.name, total.value, active.value, layers, attention, experts, source, confidence)


@cache
def _row(key: str) -> dict[str, Any] | None:
    rows = shape_rows()
    row: dict[str, Any] | None = rows.get(key)
    while row and "same_as" in row:
        row = rows[row["same_as"]]
    return row


def _attention(row: Mapping[str, Any]) -> Attention:
    """Heads with keys and values of their own or shared (two products of a head's width), or a latent of all heads."""
    heads, head = int(row["heads"]), int(row["head"])
    if "latent" not in row:
        worked = 4 * heads * head
        return Attention(str(row["kind"]), 2 * int(row.get("kv_heads", heads)) * head, worked, worked)
    latent, rope = int(row["latent"]), int(row["rope"])
    decode = 2 * heads * (latent + rope) + 2 * heads * latent
    return Attention(str(row["kind"]), latent + rope, decode, 2 * heads * (head + rope) + 2 * heads * head)
