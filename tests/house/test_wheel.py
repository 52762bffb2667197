"""A wheel holds every file of the package: code, law and data."""

from __future__ import annotations

import importlib.util
import zipfile
from pathlib import Path

import pytest
from scripts.wheel_check import build, copy_of_checkout, package_files, wheel_faults

__all__: list[str] = []


@pytest.mark.slow
def test_the_wheel_holds_every_file(tmp_path: Path) -> None:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: ./run setup test")
    checkout = copy_of_checkout(tmp_path)
    expected = package_files(checkout)
    assert any("/law/" in name and name.endswith(".yaml") for name in expected)
    assert wheel_faults(build(checkout), expected) == []


def test_planted_faults_of_a_wheel_are_found(tmp_path: Path) -> None:
    wheel = tmp_path / "tidewaiter-0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("tidewaiter/a.py", "x = 1")
        archive.writestr("tidewaiter-0.dist-info/METADATA", "")
        archive.writestr("stray.py", "")
    expected = {"tidewaiter/a.py": b"x = 2", "tidewaiter/law/b.yaml": b""}
    assert wheel_faults(wheel, expected) == [
        "missing: tidewaiter/law/b.yaml",
        "missing: tidewaiter/library/compiled_law.json",
        "changed: tidewaiter/a.py",
        "not of the package: stray.py",
    ]
