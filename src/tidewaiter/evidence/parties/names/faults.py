"""Names that cannot be compared."""

from __future__ import annotations

from tidewaiter.base.errors import Fault, InputFaults

__all__ = ["MAX_NAME", "NameFault", "name_fault"]

MAX_NAME = 1_000
"""Longest name that is analysed, in characters."""


class NameFault(InputFaults):
    """A name is empty, too long, or holds no letter and no digit."""


def name_fault(what: str, remedy: str) -> NameFault:
    """The fault of one name."""
    return NameFault([Fault("name", what, remedy)])
