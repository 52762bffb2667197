"""How a house test reports: every fault on a line of its own."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

__all__ = ["no_faults"]


def no_faults(faults: Iterable[str]) -> None:
    """Fails the test with all the faults, if there are any."""
    lines = list(faults)
    if lines:
        pytest.fail("\n".join([f"{len(lines)} faults:", *lines]), pytrace=False)
