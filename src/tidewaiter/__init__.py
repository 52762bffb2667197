"""US technology law over AI as code: what the law says about an item, on a date, with the proof.

    import tidewaiter as tw
    found = tw.check(tw.Export(item="NVIDIA H20", to="CN", exporter="nvidia"), on="2025-05-01")
    found.outcome, found.exit_code, found.to_json()

Everything is loaded when it is first used.
"""

from __future__ import annotations

import typing as _typing

if _typing.TYPE_CHECKING:
    from tidewaiter.base.errors import (
        AmbiguousName,
        Fault,
        InputFaults,
        LimitExceeded,
        NameNotFound,
        QuestionFaults,
        TidewaiterError,
    )
    from tidewaiter.determine.determination import Determination
    from tidewaiter.evidence import catalog
    from tidewaiter.faces.surface import Export, Question, check, compare, law, read, screen
    from tidewaiter.faces.tables import table

__all__ = [
    "AmbiguousName",
    "Determination",
    "Export",
    "Fault",
    "InputFaults",
    "LimitExceeded",
    "NameNotFound",
    "Question",
    "QuestionFaults",
    "TidewaiterError",
    "__version__",
    "catalog",
    "check",
    "compare",
    "law",
    "read",
    "screen",
    "table",
]

__version__ = "0.1.0"

_HOMES = {
    "faces.surface": ("Export", "Question", "check", "compare", "law", "read", "screen"),
    "faces.tables": ("table",),
    "determine.determination": ("Determination",),
    "base.errors": (
        "AmbiguousName",
        "Fault",
        "InputFaults",
        "LimitExceeded",
        "NameNotFound",
        "QuestionFaults",
        "TidewaiterError",
    ),
}


def __getattr__(name: str) -> _typing.Any:
    """Load a public name when it is first asked for."""
    from importlib import import_module

    if name == "catalog":
        return import_module("tidewaiter.evidence.catalog")
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"tidewaiter.{home}"), name)
            return found
    raise AttributeError(f"module 'tidewaiter' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
