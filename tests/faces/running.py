"""Runs the command line in this process, as a pipe would see it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tidewaiter.faces.main import run

__all__ = ["Done", "cli"]


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON object printed."""
        return json.loads(self.out)

    @property
    def faults(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


def cli(capsys: pytest.CaptureFixture[str], *arguments: str) -> Done:
    """Run a command."""
    capsys.readouterr()
    code = run(arguments)
    printed = capsys.readouterr()
    return Done(code, printed.out, printed.err)
