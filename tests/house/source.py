"""The Python of the house, read as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["PACKAGE", "ROOMS", "ROOT", "Module", "modules", "parse", "python_files", "room"]

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "tidewaiter"

ROOMS = (
    "base",
    "law",
    "engine",
    "library",
    "evidence",
    "determine",
    "tables",
    "analysis",
    "reading",
    "keeping",
    "faces",
)
"""The rooms, from the ground up: a room imports only from those before it."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the package: dotted name, path inside the checkout, text and syntax tree."""

    name: str
    path: str
    text: str
    tree: ast.Module

    @property
    def is_package(self) -> bool:
        """Whether this is the `__init__` of a package."""
        return self.path.endswith("__init__.py")


def parse(name: str, text: str, path: str = "") -> Module:
    """A module from its text; `path` defaults to where `name` would lie."""
    return Module(name, path or f"src/{name.replace('.', '/')}.py", text, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Every module under src/tidewaiter, by name."""
    return tuple(sorted(_read(), key=lambda module: module.name))


def _read() -> Iterator[Module]:
    source = ROOT / "src"
    for path in (source / PACKAGE).rglob("*.py"):
        parts = list(path.relative_to(source).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield parse(name, path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())


def python_files() -> tuple[Path, ...]:
    """Every Python file of the project: package, tests, scripts, benchmarks."""
    folders = (ROOT / folder for folder in ("src", "tests", "scripts", "benchmarks"))
    return tuple(sorted(path for folder in folders if folder.is_dir() for path in folder.rglob("*.py")))


def room(name: str) -> str:
    """The room of a module's dotted name; empty for the package itself."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""
