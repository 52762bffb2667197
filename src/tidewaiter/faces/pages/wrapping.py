"""Lines broken to a width, with a hanging indent. Chinese breaks between characters, never before a closing sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidewaiter.faces.pages.blocks import Line, Piece, clean, width

__all__ = ["HANGING", "wrapped"]

HANGING = 4
"""Columns by which continued lines are set in."""

_TOKENS = re.compile(r"\s+|[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_NEVER_FIRST = frozenset("，。；：、！？）》」』】…,.;:!?)")


def wrapped(content: Line, columns: int) -> tuple[Line, ...]:
    """The line as lines of at most so many columns; words longer than that stay whole.

    The last four columns are kept for closing signs.
    """
    rows: list[list[Piece]] = [[]]
    used = 0
    for token in _tokens(content):
        size = width(token.text)
        fits = used + size <= columns - 4 or token.text[0] in _NEVER_FIRST
        if not fits and used > (HANGING if len(rows) > 1 else 0):
            rows.append([Piece(" " * HANGING)])
            used = HANGING
            if token.text.isspace():
                continue
        rows[-1].append(token)
        used += size
    return tuple(tuple(row) for row in rows)


def _tokens(content: Line) -> Iterator[Piece]:
    for piece in content:
        for match in _TOKENS.finditer(clean(piece.text)):
            yield Piece(match[0], piece.style)
