"""What a module shows to others: its docstring, its `__all__`, its public names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.source import Module

__all__ = ["declared", "defined", "imported", "surface_faults"]


def declared(module: Module) -> list[str] | None:
    """The names in `__all__`; None where there is none, or where it is no plain list."""
    for node in module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
            return _strings(node)
    return None


def _strings(node: ast.stmt) -> list[str] | None:
    try:
        value = ast.literal_eval(node.value)  # type: ignore[attr-defined]
    except ValueError:
        return None
    return value if isinstance(value, list) else None


def defined(module: Module) -> set[str]:
    """The public names that the module itself defines at its top level."""
    return {name for name in _bound(module.tree.body) if not name.startswith("_")}


def _bound(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.If | ast.Try):
            yield from _bound([*node.body, *node.orelse])


def imported(module: Module) -> set[str]:
    """The names that the module imports at its top level or for type checking."""
    nodes = (node for node in ast.walk(module.tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {(alias.asname or alias.name).split(".")[0] for node in nodes for alias in node.names}


def surface_faults(module: Module) -> list[str]:
    """What is wrong with the module's docstring and `__all__`, one line each."""
    faults = [] if ast.get_docstring(module.tree) else [f"{module.path}: no docstring"]
    names = declared(module)
    if names is None:
        return [*faults, f"{module.path}: no __all__ that is a plain list"]
    allowed = defined(module) | (imported(module) if module.is_package else set())
    faults += [f"{module.path}: public, not in __all__: {name}" for name in sorted(defined(module) - set(names))]
    if not _has_getattr(module):
        faults += [f"{module.path}: in __all__, not defined here: {name}" for name in names if name not in allowed]
    faults += [f"{module.path}: twice in __all__: {name}" for name in sorted(set(names)) if names.count(name) > 1]
    return faults


def _has_getattr(module: Module) -> bool:
    """Whether a package gives its names on demand (PEP 562)."""
    return module.is_package and "__getattr__" in set(_bound(module.tree.body))
