"""Expressions of law, read when first needed. A compiled law brings them already lowered, so that starting is fast."""

from __future__ import annotations

from collections.abc import Callable

from tidewaiter.engine.nodes import Node

__all__ = ["Expression"]


class Expression:
    """The text of an expression and, on demand, its node."""

    __slots__ = ("_make", "_node", "text")

    def __init__(self, text: str, make: Callable[[], Node]) -> None:
        self.text, self._make, self._node = text, make, None

    _node: Node | None

    @property
    def node(self) -> Node:
        """The expression as a typed tree."""
        if self._node is None:
            self._node = self._make()
        return self._node

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"
