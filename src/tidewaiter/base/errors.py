"""The failure model of tidewaiter.

    TidewaiterError
    ├── InputFaults            an input has one or more faults; all of them are listed
    │   ├── LawFaults          a law file, overlay or amendment is not valid
    │   ├── QuestionFaults     a question, its facts or its date is not valid
    │   ├── NameNotFound       a name (chip, model, country, term …) is not known; nearest names given
    │   └── AmbiguousName      a name stands for several things; the candidates are given
    ├── LimitExceeded          an input is larger, deeper or slower than allowed
    └── EngineError            an internal invariant failed: a defect of tidewaiter, not of the input

Every fault says where it stands, what is wrong, and what would be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = [
    "AmbiguousName",
    "EngineError",
    "Fault",
    "InputFaults",
    "LawFaults",
    "LimitExceeded",
    "NameNotFound",
    "QuestionFaults",
    "TidewaiterError",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input: where (file:line:column or path), what, and what would be right."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}; {self.remedy}" if self.remedy else text


class TidewaiterError(Exception):
    """Base of every error that tidewaiter raises on purpose."""


class InputFaults(TidewaiterError):
    """An input has faults; `faults` lists all of them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class LawFaults(InputFaults):
    """A law file, an overlay or an amendment is not valid."""


class QuestionFaults(InputFaults):
    """A question, one of its facts, or its date is not valid."""


class NameNotFound(InputFaults):
    """A name is not known; the remedy names the nearest ones."""


class AmbiguousName(InputFaults):
    """A name stands for several things; the remedy names the candidates."""


class LimitExceeded(TidewaiterError):
    """An input is larger, deeper or slower to read than the limit allows."""


class EngineError(TidewaiterError):
    """An invariant of the engine failed: a defect of tidewaiter, never of the input."""
