"""Expressions of law, read when first needed. A compiled law brings them already lowered, so that starting is fast."""

from __future__ import annotations

from collections.abc import Callable

from tidewaiter.engine.nodes import Node
from tidewaiter.engine.types import Type

__all__ = ["Expression", "expression_key"]


def expression_key(text: object, subject: str, kind: Type) -> str:
    """What identifies an expression: its text, the subject it is about and the type it must yield."""
    return f"{subject}|{kind}|{text}"


class Expression:
    """The text of an expression and, on demand, its node."""

    __slots__ = ("_make", "_node", "key", "text")

    def __init__(self, text: str, make: Callable[[], Node], key: str = "") -> None:
        self.text, self._make, self._node, self.key = text, make, None, key

    _node: Node | None

    @property
    def node(self) -> Node:
        """The expression as a typed tree."""
        if self._node is None:
            self._node = self._make()
        return self._node

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"
