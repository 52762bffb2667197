"""Who imports whom: floors kept, no circles."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.house.source import PACKAGE, ROOMS, Module, room

__all__ = ["Import", "circles", "imports", "misplaced"]


@dataclass(frozen=True, slots=True)
class Import:
    """One import of a module of the package: who, whom, on which line, and whether on loading the module."""

    importer: str
    imported: str
    line: int
    eager: bool


def imports(module: Module, known: frozenset[str]) -> tuple[Import, ...]:
    """The imports of `module` among the `known` modules, those inside functions included."""
    return tuple(
        Import(module.name, _resolve(target, known), node.lineno, eager)
        for node, eager in _nodes(module.tree, eager=True)
        for target in _targets(node, module)
        if target.split(".")[0] == PACKAGE
    )


def _nodes(tree: ast.AST, *, eager: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, eager
        else:
            lazy = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _is_typing_only(child)
            yield from _nodes(child, eager=eager and not lazy)


def _is_typing_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _targets(node: ast.Import | ast.ImportFrom, module: Module) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = node.module or ""
    if node.level:
        package = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
        base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [base])])
    yield from (f"{base}.{alias.name}" for alias in node.names)


def _resolve(target: str, known: frozenset[str]) -> str:
    """The module that a dotted target names: itself, or the one that it is taken from."""
    while target not in known and "." in target:
        target = target.rpartition(".")[0]
    return target


def misplaced(found: Iterable[Import]) -> list[str]:
    """The imports that go sideways or up, or from below into the package's own front."""
    return [f"{i.importer}:{i.line} imports {i.imported}" for i in found if not _goes_down(i)]


def _goes_down(found: Import) -> bool:
    above, below = room(found.importer), room(found.imported)
    if above == below or not above:
        return True
    return below in ROOMS and above in ROOMS and ROOMS.index(below) < ROOMS.index(above)


def circles(found: Iterable[Import]) -> list[str]:
    """The circles among imports made on loading; each once, from its first module by name."""
    graph: dict[str, set[str]] = {}
    for i in found:
        if i.eager and i.importer != i.imported:
            graph.setdefault(i.importer, set()).add(i.imported)
    return sorted({" > ".join(circle) for start in graph for circle in _circles_from(start, graph)})


def _circles_from(start: str, graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """A shortest way from `start` back to itself over modules of later names, if there is one."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for following in sorted(graph.get(way[-1], ())):
            if following == start:
                yield [*way, start]
                return
            if following > start and following not in seen:
                seen.add(following)
                ways.append([*way, following])
