"""The roofline of serving: the least time that decode and prefill can take, and which limit sets it.

Decode makes one token for each sequence a step: it moves the weights that the step uses and every sequence's cache,
and computes two operations for each active parameter and token. Prefill works through a prompt at once. A step takes
at least as long as the slower of moving and computing; real systems reach a part of the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.evidence.compute.machines import Machine
from tidewaiter.evidence.compute.resources import attention_format, bytes_of, formats
from tidewaiter.evidence.compute.shapes import Shape

__all__ = ["COMPUTE", "MEMORY", "Bound", "Work", "critical_batch", "decode", "prefill"]

MEMORY = "memory"
COMPUTE = "compute"


@dataclass(frozen=True, slots=True)
class Work:
    """What is served: sequences at once, mean tokens before the one that is made, tokens of a prompt.

    `number_format` is that of weights and products; the cache is kept in `cache_format`.
    """

    batch: int = 1
    context: int = 4096
    prompt: int = 4096
    number_format: str = "fp8"
    cache_format: str = "bf16"

    def __post_init__(self) -> None:
        faults = [
            Fault(name, f"{getattr(self, name)!r:.20} is no count", "a whole number, at least 1")
            for name in ("batch", "context", "prompt")
            if getattr(self, name) < 1
        ]
        faults += [
            Fault(name, f"'{getattr(self, name):.20}' is no number format", f"one of {', '.join(formats())}")
            for name in ("number_format", "cache_format")
            if getattr(self, name) not in formats()
        ]
        if faults:
            raise InputFaults(faults)


@dataclass(frozen=True, slots=True)
class Bound:
    """The least seconds of a phase, and what follows.

    limit: `memory` or `compute`, the slower; tokens: made or read in that time; fits: whether weights and cache fit the
    memory (None where the memory is not known); used_format: the format whose peak was taken.
    """

    phase: str
    moving: float
    computing: float
    tokens: float
    operations: float
    moved: float
    fits: bool | None
    used_format: str

    @property
    def seconds(self) -> float:
        """The least time of the phase."""
        return max(self.moving, self.computing)

    @property
    def limit(self) -> str:
        """Which of the two sets it."""
        return MEMORY if self.moving >= self.computing else COMPUTE

    @property
    def tokens_per_second(self) -> float:
        """The most tokens a second, of the whole machine."""
        return self.tokens / self.seconds

    @property
    def arithmetic(self) -> str:
        """How the time comes about."""
        return (
            f"max({self.moved:.3g} B moved: {self.moving * 1e3:.3g} ms, "
            f"{self.operations:.3g} operations: {self.computing * 1e3:.3g} ms)"
        )


def decode(on: Machine, shape: Shape, work: Work) -> Bound:
    """One step of decode: a token for each sequence. Raises InputFaults where a figure of the machine is missing."""
    weights = shape.read(work.batch) * bytes_of(work.number_format)
    cache = shape.cache_bytes(work.cache_format) * work.context * work.batch
    products = 2 * shape.active * work.batch
    attention = shape.attention_in_decode(work.context) * work.batch
    return _bound("decode", on, shape, work, weights + cache, products, attention, float(work.batch))


def prefill(on: Machine, shape: Shape, work: Work) -> Bound:
    """The prompts of a batch, read at once. Raises InputFaults where a figure of the machine is missing."""
    tokens = float(work.prompt * work.batch)
    weights = shape.read(tokens) * bytes_of(work.number_format)
    cache = shape.cache_bytes(work.cache_format) * tokens
    attention = shape.attention_in_prefill(work.prompt) * work.batch
    return _bound("prefill", on, shape, work, weights + cache, 2 * shape.active * tokens, attention, tokens)


def _bound(
    phase: str, on: Machine, shape: Shape, work: Work, moved: float, products: float, attention: float, tokens: float
) -> Bound:
    used, peak = on.peak(work.number_format)
    computing = products / peak
    if attention:
        computing += attention / on.peak(attention_format())[1]
    return Bound(
        phase, moved / on.moved(), computing, tokens, products + attention, moved, _fits(on, shape, work), used
    )


def _fits(on: Machine, shape: Shape, work: Work) -> bool | None:
    if on.memory is None:
        return None
    cache = shape.cache_bytes(work.cache_format) * work.context * work.batch
    return shape.total * bytes_of(work.number_format) + cache <= on.memory


def critical_batch(on: Machine, shape: Shape, number_format: str) -> float:
    """The sequences at once from which computing the products takes longer than moving the weights; no attention."""
    batch = on.ridge(number_format) * bytes_of(number_format) / 2
    return batch * shape.experts.routed / shape.experts.active if shape.experts else batch
