"""Every module says what it is for and what it offers, and loads."""

from __future__ import annotations

import importlib
import subprocess
import sys
from types import ModuleType

import pytest
from tests.house.report import no_faults
from tests.house.source import modules, parse
from tests.house.surface import surface_faults

__all__: list[str] = []

HEAVY = ("polars", "numpy", "z3", "trafilatura", "rich.table")


def test_docstrings_and_all_are_exact() -> None:
    no_faults(fault for module in modules() for fault in surface_faults(module))


def test_every_module_loads_and_holds_what_it_names() -> None:
    for module in modules():
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        assert [name for name in loaded.__all__ if not hasattr(loaded, name)] == [], module.name


def test_the_front_shows_exactly_its_names() -> None:
    front = importlib.import_module("tidewaiter")
    offered = {name for name in front.__all__ if getattr(front, name, None) is not None}
    public = {name for name, value in vars(front).items() if _is_public(name, value)}
    assert offered == set(front.__all__)
    assert public <= offered


def _is_public(name: str, value: object) -> bool:
    future = type(value).__name__ == "_Feature"
    return not (name.startswith("_") or future or isinstance(value, ModuleType))


@pytest.mark.parametrize("name", ["tidewaiter", "tidewaiter.faces.main"])
def test_importing_the_front_loads_nothing_heavy(name: str) -> None:
    if name not in {module.name for module in modules()}:
        pytest.skip(f"{name} is not there yet")
    code = f"import sys, {name}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("__all__: list[str] = []", "no docstring"),
        ('"""Doc."""', "no __all__"),
        ('"""Doc."""\n__all__: list[str] = []\nLimit = 3', "not in __all__: Limit"),
        ('"""Doc."""\nimport re\n__all__ = ["re"]', "not defined here: re"),
        ('"""Doc."""\n__all__ = ["a", "a"]\ndef a(): ...', "twice"),
        ('"""Doc."""\n__all__ = sorted(globals())', "no __all__"),
    ],
)
def test_a_planted_fault_is_found(text: str, fault: str) -> None:
    assert fault in "\n".join(surface_faults(parse("tidewaiter.base.x", text)))


def test_a_package_may_offer_what_it_imports() -> None:
    text = '"""Doc."""\nfrom tidewaiter.base.errors import Fault\n__all__ = ["Fault"]'
    assert not surface_faults(parse("tidewaiter.base", text, "src/tidewaiter/base/__init__.py"))
    assert surface_faults(parse("tidewaiter.base.x", text))
