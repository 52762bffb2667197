"""The blocks of a page: panels, lines, grids and trees of styled text. What draws them decides how they look."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = [
    "Block",
    "Grid",
    "Line",
    "Lines",
    "Panel",
    "Piece",
    "Tree",
    "Twig",
    "clean",
    "joined",
    "line",
    "text_of",
    "width",
]

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in one style: plain (empty), strong, dim, good, bad, open, loud or cite."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A heading that must be seen, with a few lines. `tone` is a style."""

    title: str
    lines: tuple[Line, ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A titled list of lines."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table: a head (may be empty) and rows of cells. `tone` is a style of the title."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Twig:
    """A line of a tree and what hangs on it."""

    line: Line
    below: tuple[Twig, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """A titled tree."""

    title: str
    roots: tuple[Twig, ...]


Block = Panel | Lines | Grid | Tree


def line(*parts: str | Piece) -> Line:
    """A line of texts and styled pieces; empty ones are left out."""
    pieces = (part if isinstance(part, Piece) else Piece(part) for part in parts)
    return tuple(piece for piece in pieces if piece.text)


def joined(lines: tuple[Line, ...] | list[Line], between: str) -> Line:
    """Lines as one, with a text between them."""
    found: list[Piece] = []
    for each in lines:
        found += [Piece(between), *each] if found else each
    return tuple(found)


def text_of(content: Line) -> str:
    """The plain text of a line."""
    return "".join(clean(piece.text) for piece in content)


def clean(text: str) -> str:
    """Text that cannot command a terminal or reorder what is read: control characters show as a replacement sign."""
    return _UNSAFE.sub("\ufffd", text)


def width(text: str) -> int:
    """The columns that a text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in ("W", "F") else 1 for char in text)
