"""What git tracks, and what may not be in it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.house.source import ROOT

__all__ = ["forbidden_name", "forbidden_text", "tracked", "tracked_texts"]

_HOSTS = "|".join(re.escape(name) for name in (f"pypi{'.'}org", f"python{'hosted'}", f"npm{'js'}"))
_PATTERNS = {
    "machine path": re.compile(
        r"(?<![\w.~/-])/(?:" + "work|root|home|Users|opt|mnt" + r")/[\w.-]+|/tmp/" + r"[\w-]+/[\w-]+"
    ),
    "package registry": re.compile(rf"\b(?:{_HOSTS})|--(?:extra-)?index-{'url'}"),
    "unfinished": re.compile(rf"\b(?:TO{'DO'}|FIX{'ME'}|XX{'X'}|NotImplemented{'Error'})\b"),
}
_LOCKS = re.compile(
    r"(^|/)(uv\.lock|pylock[^/]*\.toml|poetry\.lock|Pipfile\.lock|pdm\.lock|package-lock\.json|yarn\.lock|[^/]*\.lock)$"
)
_WASTE = re.compile(r"(^|/)(\.venv|__pycache__|\.mypy_cache|\.ruff_cache|\.hypothesis|dist|build)/|\.(pyc|whl)$")


@cache
def tracked() -> tuple[str, ...]:
    """The paths that git tracks; skips the test, saying so, outside a git checkout."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return tuple(path for path in done.stdout.decode().split("\0") if path and (ROOT / path).is_file())


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Every tracked text file: path and content; binary files are left out."""
    for path in tracked():
        text = _text(ROOT / path)
        if text is not None:
            yield path, text


def _text(path: Path) -> str | None:
    content = path.read_bytes()
    return None if b"\0" in content[:4096] else content.decode("utf-8", errors="replace")


def forbidden_name(path: str) -> str:
    """Why a file of this path may not be tracked; empty when it may."""
    if _LOCKS.search(path):
        return "lock file"
    return "made by a tool" if _WASTE.search(path) else ""


def forbidden_text(path: str, text: str) -> Iterator[str]:
    """Each forbidden thing in a text: path:line: what."""
    for what, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: {what}: {match.group()}"
