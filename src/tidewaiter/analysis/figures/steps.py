"""How the best free item moved: a panel of steps for each figure of merit."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidewaiter.analysis.figures.canvas import INK, MUTED, Canvas, Point
from tidewaiter.analysis.figures.framing import HEAD, MARGIN, Caption, Days, footed, headed, note_height, years
from tidewaiter.analysis.figures.lettering import shortened, width, wrapped
from tidewaiter.analysis.figures.placement import Rect

__all__ = ["Step", "Steps", "StepsPanel", "steps_svg"]

_WIDE, _HEIGHT, _GAP, _LEFT = 1020.0, 170.0, 48.0, 64.0
_SIZE, _LABEL, _ROW, _ROWS, _BOLD, _LIST_ROW, _DISK = 11.5, 11.0, 13.0, 3, 1.1, 16.0, 7.0
_COLORS = ("#0072b2", "#00674d", "#a63f00")
_FILLS = ("#cfe5f3", "#cdeadf", "#f6d3bd")
_HALO: dict[str, str] = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": "3", "stroke_linejoin": "round"}


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on, the best item and its merit; no name where there is none."""

    since: dt.date
    value: float
    name: str


@dataclass(frozen=True, slots=True)
class StepsPanel:
    """A figure of merit: its title with unit, and its steps in order."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The panels, one below the other, on one axis of days from `first` to `last`."""

    caption: Caption
    first: dt.date
    last: dt.date
    panels: tuple[StepsPanel, ...]


def steps_svg(figure: Steps) -> str:
    """The panels as SVG."""
    days = Days(figure.first, figure.last, MARGIN + _LEFT, _WIDE - MARGIN)
    listed = [_listed(panel, days) for panel in figure.panels]
    below = [len(rows) * _LIST_ROW + (6 if rows else 0) for rows in listed]
    tall = HEAD + len(listed) * (_HEIGHT + _GAP) + sum(below) + 24 + note_height(figure.caption, _WIDE)
    canvas = Canvas(_WIDE, tall, figure.caption.title, figure.caption.subtitle, figure.caption.language)
    headed(canvas, figure.caption)
    top = HEAD + 26
    for index, (panel, rows, room) in enumerate(zip(figure.panels, listed, below, strict=True)):
        _panel(canvas, panel, days, top, index % len(_COLORS))
        for row, text in enumerate(rows):
            canvas.text(days.start, top + _HEIGHT + 36 + row * _LIST_ROW, text, _LABEL, MUTED)
        top += _HEIGHT + _GAP + room
    footed(canvas, figure.caption)
    return canvas.svg()


def _stretches(panel: StepsPanel, days: Days) -> list[tuple[Step, float, float]]:
    """Each step with the places where it begins and ends."""
    starts = [days.at(step.since) for step in panel.steps]
    return list(zip(panel.steps, starts, [*starts[1:], days.end], strict=False))


def _has_room(step: Step, left: float, right: float) -> bool:
    """Whether name and value fit above a step."""
    rows = wrapped(step.name, _LABEL * _BOLD, right - left - 8)
    widest = max(width(row, _LABEL * _BOLD) for row in (*rows, f"{step.value:,.0f}"))
    return len(rows) <= _ROWS and widest <= right - left - 6 and not any("…" in row for row in rows)


def _listed(panel: StepsPanel, days: Days) -> tuple[str, ...]:
    """The steps without room for their names, by number, in lines."""
    narrow = [step for step, left, right in _stretches(panel, days) if not _has_room(step, left, right)]
    texts = [f"({index}) {step.since} {step.name} {step.value:,.0f}" for index, step in enumerate(narrow, 1)]
    lines: list[str] = []
    for text in texts:
        if lines and width(f"{lines[-1]} · {text}", _LABEL) <= days.end - days.start:
            lines[-1] += f" · {text}"
        else:
            lines.append(shortened(text, _LABEL, days.end - days.start))
    return tuple(lines)


def _panel(canvas: Canvas, panel: StepsPanel, days: Days, top: float, color: int) -> None:
    bottom = top + _HEIGHT
    canvas.text(MARGIN, top - 10, shortened(panel.title, 13, _WIDE - 2 * MARGIN), 12.5, font_weight="bold")
    high = max((step.value for step in panel.steps), default=0.0) * 1.28 or 1.0
    for value in _ticks(high):
        y = bottom - value / high * _HEIGHT
        canvas.line((days.start, y), (days.end, y), stroke="#dddddd", stroke_width=1)
        canvas.text(days.start - 8, y + 4, f"{value:,.0f}", _SIZE, INK, "end")
    years(canvas, days, top, bottom)
    outline: list[Point] = []
    for step, left, right in _stretches(panel, days):
        y = bottom - step.value / high * _HEIGHT
        outline += [(left, y), (right, y)]
    if outline:
        area = [(outline[0][0], bottom), *outline, (outline[-1][0], bottom)]
        canvas.polygons([area], fill=_FILLS[color])
        for start, end_point in pairwise(outline):
            canvas.line(start, end_point, stroke=_COLORS[color], stroke_width=2, stroke_linecap="square")
    canvas.line((days.start, bottom), (days.end, bottom), stroke=INK, stroke_width=1)
    _names(canvas, panel, days, bottom, high)


def _ticks(high: float) -> Iterator[float]:
    raw = high / 4
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= raw)
    value = 0.0
    while value <= high:
        yield value
        value += step


def _names(canvas: Canvas, panel: StepsPanel, days: Days, bottom: float, high: float) -> None:
    """Name and value at each step that has room for them, a number at each other one."""
    taken: list[Rect] = []
    narrow: list[Point] = []
    for step, left, right in _stretches(panel, days):
        y = bottom - step.value / high * _HEIGHT
        said = f"{step.since}: {step.name} {step.value:,.0f}"
        canvas.rect(left, y, right - left, bottom - y, said, fill="#ffffff", fill_opacity=0)
        if not _has_room(step, left, right):
            narrow.append(((left + right) / 2, y))
            continue
        rows = *wrapped(step.name, _LABEL * _BOLD, right - left - 8), f"{step.value:,.0f}"
        top = y - len(rows) * _ROW - 5
        top = top if top >= bottom - _HEIGHT else y + 5
        _lettered(canvas, rows, (left + right) / 2, top)
        widest = max(width(row, _LABEL * _BOLD) for row in rows)
        taken.append(Rect((left + right - widest) / 2, top, widest, len(rows) * _ROW))
    _numbered(canvas, narrow, taken)


def _lettered(canvas: Canvas, rows: Sequence[str], middle: float, top: float) -> None:
    for index, row in enumerate(rows):
        last = index == len(rows) - 1
        style = _HALO if last else {**_HALO, "font_weight": "bold"}
        canvas.text(middle, top + (index + 0.8) * _ROW, row, _LABEL, MUTED if last else INK, "middle", **style)


def _numbered(canvas: Canvas, points: Sequence[Point], taken: list[Rect]) -> None:
    """The numbers of the steps that are listed below, above or below their steps."""
    for index, (x, y) in enumerate(points, 1):
        boxes = [Rect(x - _DISK, y + away - _DISK, 2 * _DISK, 2 * _DISK) for away in (-12, 12, -28, 28, -44, 44)]
        box = next((each for each in boxes if not any(each.meets(other) for other in taken)), boxes[0])
        taken.append(box)
        middle = box.y + _DISK
        canvas.line((x, y), (x, middle), stroke=INK, stroke_width=0.8)
        canvas.circle((x, middle), _DISK, fill="#ffffff", stroke=INK, stroke_width=1)
        canvas.text(x, middle + 3.5, str(index), 9.5, INK, "middle")
