"""Test-time scaling: what one answer costs as reasoning grows longer or is sampled more often."""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.evidence.compute.machines import Machine
from tidewaiter.evidence.compute.roofline import Bound, Work, decode
from tidewaiter.evidence.compute.shapes import Shape

__all__ = ["Answer", "answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of so many tokens, sampled so many times.

    operations: forward pass over prompt and answer, attention included where the model's inside is published;
    cache: bytes held at the end; step: the decode bound at half the answer's length on the machine (None without one).
    """

    prompt: int
    tokens: int
    samples: int
    operations: float
    cache: float
    step: Bound | None

    @property
    def seconds(self) -> float | None:
        """The least time of the answer with all samples at once; None without a machine."""
        return None if self.step is None else self.step.seconds * self.tokens


def answer(shape: Shape, tokens: int, *, prompt: int = 500, samples: int = 1, on: Machine | None = None) -> Answer:
    """The cost of an answer. Raises InputFaults for counts below one."""
    counts = {"tokens": tokens, "prompt": prompt, "samples": samples}
    faults = [Fault(name, f"{value} {name}", "at least 1") for name, value in counts.items() if value < 1]
    if faults:
        raise InputFaults(faults)
    whole = prompt + tokens
    reading = 2 * shape.active * prompt + shape.attention_in_prefill(prompt)
    writing = 2 * shape.active * tokens + shape.attention_in_decode(1) * (whole**2 - prompt**2) / 2
    work = Work(batch=samples, context=prompt + max(tokens // 2, 1), prompt=prompt)
    step = decode(on, shape, work) if on is not None else None
    cache = shape.cache_bytes(work.cache_format) * (prompt + samples * tokens)
    return Answer(prompt, tokens, samples, reading + samples * writing, cache, step)
