"""A room imports only from lower rooms; no module imports itself by a detour."""

from __future__ import annotations

from functools import cache

import pytest
from tests.house.imports import Import, circles, imports, misplaced
from tests.house.report import no_faults
from tests.house.source import PACKAGE, ROOMS, ROOT, modules, parse

__all__: list[str] = []


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


@cache
def found() -> tuple[Import, ...]:
    return tuple(found for module in modules() for found in imports(module, names()))


def test_every_folder_is_a_room() -> None:
    folders = {path.name for path in (ROOT / "src" / PACKAGE).iterdir() if path.is_dir() and any(path.rglob("*.*"))}
    assert folders - {"__pycache__"} <= set(ROOMS)


def test_the_law_is_data_only() -> None:
    found = [path.as_posix() for path in (ROOT / "src" / PACKAGE / "law").rglob("*.py")]
    assert [path for path in found if not path.endswith("law/__init__.py")] == []


def test_rooms_import_only_from_lower_rooms() -> None:
    assert len(found()) > len(ROOMS)
    no_faults(misplaced(found()))


def test_no_circular_imports() -> None:
    no_faults(circles(found()))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tidewaiter.engine.parser", "from tidewaiter.library.load import read"),
        ("tidewaiter.engine.parser", "def f():\n    import tidewaiter.faces.main"),
        ("tidewaiter.engine.parser", "from ..library import load"),
        ("tidewaiter.tables.local", "from tidewaiter.analysis import compare"),
        ("tidewaiter.base.wording", "import tidewaiter"),
        ("tidewaiter.cellar.wine", "from tidewaiter.base import errors"),
    ],
)
def test_a_planted_import_upwards_is_found(name: str, text: str) -> None:
    assert misplaced(imports(parse(name, text), names()))


@pytest.mark.parametrize("text", ["from tidewaiter.base.errors import Fault", "from ..base import errors", "import re"])
def test_an_import_downwards_is_allowed(text: str) -> None:
    assert not misplaced(imports(parse("tidewaiter.engine.parser", text), names()))


def test_a_planted_circle_is_found() -> None:
    ring = [Import("a", "b", 1, True), Import("b", "c", 1, True), Import("c", "a", 1, True)]
    assert circles(ring) == ["a > b > c > a"]
    assert circles(ring[:2]) == []
    assert circles([*ring[:2], Import("c", "a", 1, False)]) == []
