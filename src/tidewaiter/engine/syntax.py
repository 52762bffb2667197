"""Python's expression grammar, read with `ast` and never run: the text of a condition as a syntax tree.

Python forgets parentheses, but law must not mix `and` with `or` without them, so the tokens are checked first.
"""

from __future__ import annotations

import ast
import difflib
import io
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass

from tidewaiter.base.errors import Fault

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "Place", "nearest", "read_expression"]

MAX_CHARACTERS = 10_000
"""Longest condition that is read."""
MAX_DEPTH = 60
"""Deepest nesting of a condition that is read."""
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: file, and line and column from 1 (0: not known)."""

    file: str
    line: int = 0
    column: int = 0

    def at(self, offset: int = 0) -> str:
        """The place `offset` characters into the text, as `file:line:column`."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column + offset}" if self.column else f"{self.file}:{self.line}"


def nearest(name: str, candidates: Iterable[str]) -> str:
    """A remedy naming the closest of the candidates, or nothing."""
    if len(name) > _LONGEST_NAME:
        return ""
    found = difflib.get_close_matches(name, sorted(set(candidates)), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(found)}?" if found else ""


def read_expression(text: str, place: Place) -> ast.expr | Fault:
    """The syntax tree of one expression, or the fault that prevents it. Columns are those of the text."""
    flat = " ".join(text.split("\n"))
    if len(flat) > MAX_CHARACTERS:
        return Fault(place.at(), f"a condition of {len(flat)} characters", f"at most {MAX_CHARACTERS}: split it")
    try:
        tree = ast.parse(flat.strip() or "?", mode="eval").body
    except SyntaxError as error:
        return Fault(place.at((error.offset or 1) - 1), f"is no expression: {error.msg}", "see docs/law-language.md")
    except (ValueError, RecursionError, MemoryError):
        return Fault(place.at(), "is nested too deeply to read", "split it into provisions of their own")
    if _too_deep(tree):
        return Fault(place.at(), "is nested too deeply to read", "split it into provisions of their own")
    return _mixed(flat, place) or tree


def _too_deep(tree: ast.expr) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    return bool(level)


def _mixed(text: str, place: Place) -> Fault | None:
    """The first place where `and` and `or` meet without parentheses."""
    stack: list[set[str]] = [set()]
    for token in tokenize.generate_tokens(io.StringIO(text.strip()).readline):
        if token.string in ("(", "[", "{"):
            stack.append(set())
        elif token.string in (")", "]", "}"):
            stack.pop()
        elif token.string == ",":
            stack[-1] = set()
        elif token.string in ("and", "or"):
            stack[-1].add(token.string)
            if len(stack[-1]) == 2:
                return Fault(
                    place.at(token.start[1]), "'and' and 'or' are mixed", "put parentheses around what belongs together"
                )
    return None
