"""Modules stay under 400 lines, functions under 50."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.report import no_faults
from tests.house.source import ROOT, python_files

__all__: list[str] = []

MODULE_LINES = 400
FUNCTION_LINES = 50


def long_parts(path: str, text: str) -> list[str]:
    """The module itself and each of its functions that are too long."""
    lines = len(text.splitlines())
    faults = [f"{path}: {lines} lines"] if lines > MODULE_LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                faults.append(f"{path}:{node.lineno}: {node.name}: {length} lines")
    return faults


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_and_no_function_is_too_long() -> None:
    files = python_files()
    assert len(files) > 10
    no_faults(fault for path in files for fault in long_parts(_named(path), path.read_text(encoding="utf-8")))


def test_a_planted_giant_is_found() -> None:
    assert long_parts("x.py", "def f():\n" + "    pass\n" * FUNCTION_LINES) == ["x.py:1: f: 51 lines"]
    assert long_parts("x.py", "pass\n" * (MODULE_LINES + 1)) == ["x.py: 401 lines"]
    assert long_parts("x.py", "def f():\n" + "    pass\n" * (FUNCTION_LINES - 1)) == []
