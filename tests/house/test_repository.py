"""The checkout names no machine and no registry, holds no lock file, and nothing unfinished."""

from __future__ import annotations

import os

import pytest
from tests.house.report import no_faults
from tests.house.repository import forbidden_name, forbidden_text, tracked, tracked_texts
from tests.house.source import ROOT

__all__: list[str] = []


def test_no_tracked_file_is_a_lock_or_made_by_a_tool() -> None:
    no_faults(f"{path}: {why}" for path in tracked() if (why := forbidden_name(path)))


def test_no_machine_paths_registries_or_unfinished_parts() -> None:
    no_faults(fault for path, text in tracked_texts() for fault in forbidden_text(path, text))


def test_the_entry_scripts_can_be_run() -> None:
    assert all(os.access(ROOT / path, os.X_OK) for path in ("run", ".ci/run"))


@pytest.mark.parametrize("path", ["uv.lock", "web/package-lock.json", "pylock.toml", "a/__pycache__/b.pyc", "x.whl"])
def test_a_planted_file_is_refused(path: str) -> None:
    assert forbidden_name(path)


@pytest.mark.parametrize(
    "text",
    [
        "cd /" + "work/main",
        "'/" + "home/someone/x'",
        "/tmp" + "/tw/x",
        "https://pypi" + ".org/simple",
        "pip install --index" + "-url x",
        "# TO" + "DO later",
        "raise NotImplemented" + "Error",
    ],
)
def test_a_planted_text_is_refused(text: str) -> None:
    assert list(forbidden_text("x", text))


@pytest.mark.parametrize("text", ["at work/home", "https://www.bis.gov/home/x", "src/tidewaiter/law", "and/or/work/x"])
def test_ordinary_text_passes(text: str) -> None:
    assert not list(forbidden_text("x", text))
