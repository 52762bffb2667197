"""Where labels go: beside their points, on no other label or point, and inside the frame."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidewaiter.analysis.figures.canvas import Point
from tidewaiter.analysis.figures.lettering import width

__all__ = ["Label", "Rect", "placed"]

_NEAR, _FAR = 7.0, (7.0, 15.0, 26.0, 40.0, 58.0, 80.0, 110.0, 145.0)
_AROUND = 16
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Rect:
    """A box by its upper left corner and size."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Rect) -> bool:
        """Whether the two boxes have a point in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: Rect) -> bool:
        """Whether the other box lies inside."""
        return (
            self.x <= other.x
            and other.x + other.width <= self.x + self.width
            and self.y <= other.y
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A text at its place. `leader` is where a thin line from the point ends, for a label that stands away from it."""

    text: str
    point: Point
    box: Rect
    leader: Point | None


def placed(
    texts: Sequence[tuple[str, Point]], size: float, frame: Rect, taken: Sequence[Rect] = ()
) -> tuple[Label, ...]:
    """The labels that found a place, the first in order the first served."""
    points = {point: Rect(point[0] - 5, point[1] - 5, 10, 10) for _, point in texts}
    blocked = [*taken, *points.values()]
    found: list[Label] = []
    for text, point in texts:
        for box, leader in _places(text, point, size):
            if not frame.holds(box) or any(box.meets(other) for other in blocked):
                continue
            if leader is not None:
                others = [box for other, box in points.items() if math.dist(other, point) > _NEAR]
                if any(_crosses(point, leader, box) for box in (*others, *(label.box for label in found))):
                    continue
            found.append(Label(text, point, box, leader))
            blocked.append(Rect(box.x - _GAP, box.y - _GAP, box.width + 2 * _GAP, box.height + 2 * _GAP))
            if leader is not None:
                blocked += _along(point, leader)
            break
    return tuple(found)


def _places(text: str, point: Point, size: float) -> Iterator[tuple[Rect, Point | None]]:
    """Boxes around a point, the best first: to the right, to the left, above, below, then further away."""
    wide, high = width(text, size), size * 1.1
    x, y = point
    for away in _FAR:
        for step in range(_AROUND):
            angle = math.pi * ((step + 1) // 2) / (_AROUND / 2) * (1 if step % 2 else -1)
            dx, dy = math.cos(angle), math.sin(angle)
            left = x + away * dx + (0 if dx > 0.3 else -wide if dx < -0.3 else -wide / 2)
            top = y + away * dy + (0 if dy > 0.5 else -high if dy < -0.5 else -high / 2)
            box = Rect(left, top, wide, high)
            near = min(max(x, left), left + wide), min(max(y, top), top + high)
            yield box, (None if away == _NEAR else near)


def _along(start: Point, end: Point) -> Iterator[Rect]:
    count = max(8, round(math.dist(start, end) / 4))
    for step in range(2, count):
        x = start[0] + (end[0] - start[0]) * step / count
        y = start[1] + (end[1] - start[1]) * step / count
        yield Rect(x - 1, y - 1, 2, 2)


def _crosses(start: Point, end: Point, box: Rect) -> bool:
    return any(box.meets(part) for part in _along(start, end))
