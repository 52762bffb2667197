"""A rectangle cut by straight lines into convex cells; each cell knows on which side of every line it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["FRAME", "Box", "Cell", "Line", "cells", "signs_of"]

_Point = tuple[float, float]

FRAME = -1
"""The number of an edge that lies on no line but on the rectangle's own border."""
_ON = 1e-12
_SLIVER = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """The points (u, v) with a·u + b·v = c."""

    a: float
    b: float
    c: float

    def side(self, point: _Point) -> float:
        """Above zero on one side, below zero on the other, zero on the line."""
        return self.a * point[0] + self.b * point[1] - self.c


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its lowest and highest coordinates."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A convex cell. Edge i leads from corner i to the next one and lies on line `edges[i]`, or on the frame."""

    corners: tuple[_Point, ...]
    edges: tuple[int, ...]
    signs: tuple[bool, ...]

    @property
    def middle(self) -> _Point:
        """The mean of the corners, which lies inside."""
        count = len(self.corners)
        return sum(u for u, _ in self.corners) / count, sum(v for _, v in self.corners) / count


def signs_of(lines: Sequence[Line], point: _Point) -> tuple[bool, ...]:
    """On which side of each line a point lies; True at or above it."""
    return tuple(line.side(point) >= 0 for line in lines)


def cells(box: Box, lines: Sequence[Line]) -> tuple[Cell, ...]:
    """The cells into which the lines cut the rectangle, slivers left out."""
    corners = ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top))
    found = [Cell(corners, (FRAME,) * 4, ())]
    for index, line in enumerate(lines):
        found = [part for cell in found for part in _cut(cell, index, line)]
    return tuple(found)


def _cut(cell: Cell, index: int, line: Line) -> Iterator[Cell]:
    sides = [line.side(corner) for corner in cell.corners]
    sides = [0.0 if abs(side) < _ON else side for side in sides]
    for sign in (True, False):
        part = _half(cell, sides if sign else [-side for side in sides], index, sign)
        if len(part.corners) > 2 and _area(part.corners) > _SLIVER:
            yield part


def _half(cell: Cell, sides: Sequence[float], index: int, sign: bool) -> Cell:
    """The part of a cell where `sides`, given for its corners, is not below zero."""
    corners: list[_Point] = []
    edges: list[int] = []
    count = len(cell.corners)
    for at in range(count):
        after = (at + 1) % count
        here, there = sides[at], sides[after]
        if here >= 0:
            corners.append(cell.corners[at])
            edges.append(index if here == 0 and there < 0 else cell.edges[at])
        if here * there < 0:
            share = here / (here - there)
            (u, v), (s, t) = cell.corners[at], cell.corners[after]
            corners.append((u + share * (s - u), v + share * (t - v)))
            edges.append(index if here > 0 else cell.edges[at])
    return Cell(tuple(corners), tuple(edges), (*cell.signs, sign))


def _area(corners: Sequence[_Point]) -> float:
    around = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(u * t - s * v for (u, v), (s, t) in around)) / 2
