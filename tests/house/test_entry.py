"""`./run` explains itself, refuses clearly, and is plain POSIX shell."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tests.house.source import ROOT

__all__: list[str] = []


def shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    if shutil.which("sh") is None:
        pytest.skip("no shell here")
    return subprocess.run(["sh", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


def test_the_script_is_shell() -> None:
    assert shell("-n", "run").returncode == 0


@pytest.mark.parametrize("arguments", [(), ("help",)])
def test_help_names_every_command(arguments: tuple[str, ...]) -> None:
    done = shell("run", *arguments)
    assert done.returncode == 0
    assert all(f"./run {name}" in done.stdout for name in ("demo", "test", "lint", "bench", "mutate", "setup"))


def test_continuous_integration_runs_the_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["scripts/system_packages", "exec ./run test"]
