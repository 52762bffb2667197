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
from tidewaiter.analysis.figures.placement import Rect, placed

__all__ = ["Step", "Steps", "StepsPanel", "steps_svg"]

_WIDE, _HEIGHT, _GAP, _LEFT = 1020.0, 170.0, 48.0, 64.0
_SIZE, _LABEL, _ROW, _ROWS, _BOLD = 11.5, 11.0, 13.0, 3, 1.1
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
    rows = len(figure.panels)
    tall = HEAD + rows * (_HEIGHT + _GAP) + 24 + note_height(figure.caption, _WIDE)
    canvas = Canvas(_WIDE, tall, figure.caption.title, figure.caption.subtitle, figure.caption.language)
    headed(canvas, figure.caption)
    for index, panel in enumerate(figure.panels):
        top = HEAD + 26 + index * (_HEIGHT + _GAP)
        _panel(canvas, figure, panel, top, index % len(_COLORS))
    footed(canvas, figure.caption)
    return canvas.svg()


def _panel(canvas: Canvas, figure: Steps, panel: StepsPanel, top: float, color: int) -> None:
    bottom = top + _HEIGHT
    days = Days(figure.first, figure.last, MARGIN + _LEFT, _WIDE - MARGIN)
    canvas.text(MARGIN, top - 10, shortened(panel.title, 13, _WIDE - 2 * MARGIN), 12.5, font_weight="bold")
    high = max((step.value for step in panel.steps), default=0.0) * 1.28 or 1.0
    for value in _ticks(high):
        y = bottom - value / high * _HEIGHT
        canvas.line((days.start, y), (days.end, y), stroke="#dddddd", stroke_width=1)
        canvas.text(days.start - 8, y + 4, f"{value:,.0f}", _SIZE, INK, "end")
    years(canvas, days, top, bottom)
    ends = [*(step.since for step in panel.steps[1:]), None][: len(panel.steps)]
    outline: list[Point] = []
    for step, end in zip(panel.steps, ends, strict=True):
        y = bottom - step.value / high * _HEIGHT
        outline += [(days.at(step.since), y), (days.end if end is None else days.at(end), y)]
    if outline:
        area = [(outline[0][0], bottom), *outline, (outline[-1][0], bottom)]
        canvas.polygons([area], fill=_FILLS[color])
        for start, end_point in pairwise(outline):
            canvas.line(start, end_point, stroke=_COLORS[color], stroke_width=2, stroke_linecap="square")
    canvas.line((days.start, bottom), (days.end, bottom), stroke=INK, stroke_width=1)
    _names(canvas, panel, ends, days, (bottom, high))


def _ticks(high: float) -> Iterator[float]:
    raw = high / 4
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= raw)
    value = 0.0
    while value <= high:
        yield value
        value += step


def _names(
    canvas: Canvas, panel: StepsPanel, ends: Sequence[dt.date | None], days: Days, scale: tuple[float, float]
) -> None:
    """Name and value at each step: above it where there is room, else near by with a thin line."""
    bottom, high = scale
    frame = Rect(days.start + 2, bottom - _HEIGHT, days.end - days.start - 4, _HEIGHT - 4)
    taken: list[Rect] = []
    narrow: list[tuple[str, Point]] = []
    for step, end in zip(panel.steps, ends, strict=True):
        left, right = days.at(step.since), days.end if end is None else days.at(end)
        y = bottom - step.value / high * _HEIGHT
        said = f"{step.since}: {_whole(step)}"
        canvas.rect(left, y, right - left, bottom - y, said, fill="#ffffff", fill_opacity=0)
        rows = wrapped(step.name, _LABEL * _BOLD, right - left - 8)
        widest = max(width(row, _LABEL * _BOLD) for row in (*rows, f"{step.value:,.0f}"))
        if len(rows) > _ROWS or widest > right - left - 6 or any("…" in row for row in rows):
            narrow.append((_whole(step), ((left + right) / 2, y)))
        else:
            box = _box(len(rows) + 1, widest, (left + right) / 2, y, frame)
            taken.append(box)
            _lettered(canvas, (*rows, f"{step.value:,.0f}"), box)
    _led(canvas, narrow, frame, [*taken, *_outline(panel, ends, days, scale)])


def _outline(
    panel: StepsPanel, ends: Sequence[dt.date | None], days: Days, scale: tuple[float, float]
) -> Iterator[Rect]:
    """The line of the steps, as boxes that no label should cover."""
    bottom, high = scale
    before = None
    for step, end in zip(panel.steps, ends, strict=True):
        left, right = days.at(step.since), days.end if end is None else days.at(end)
        y = bottom - step.value / high * _HEIGHT
        yield Rect(left, y - 1.5, right - left, 3)
        if before is not None:
            yield Rect(left - 1.5, min(y, before), 3, abs(y - before))
        before = y


def _whole(step: Step) -> str:
    return f"{step.name}  {step.value:,.0f}"


def _box(rows: int, wide: float, middle: float, y: float, frame: Rect) -> Rect:
    """The box of rows above a step, or below it where the panel ends."""
    tall = rows * _ROW
    top = y - tall - 5 if y - tall - 5 >= frame.y else y + 5
    return Rect(middle - wide / 2, top, wide, tall)


def _lettered(canvas: Canvas, rows: Sequence[str], box: Rect) -> None:
    for index, row in enumerate(rows):
        style = dict(_HALO) | ({"font_weight": "bold"} if index < len(rows) - 1 else {})
        fill = INK if index < len(rows) - 1 else MUTED
        canvas.text(box.x + box.width / 2, box.y + (index + 0.8) * _ROW, row, _LABEL, fill, "middle", **style)


def _led(canvas: Canvas, narrow: Sequence[tuple[str, Point]], frame: Rect, taken: Sequence[Rect]) -> None:
    tries = [placed(order, _LABEL, frame, taken) for order in (narrow, narrow[::-1])]
    for label in max(tries, key=len):
        if label.leader:
            canvas.line(label.point, label.leader, stroke=INK, stroke_width=0.8)
        canvas.circle(label.point, 2.2, fill=INK)
        canvas.text(label.box.x, label.box.y + _LABEL * 0.9, label.text, _LABEL, INK, **_HALO)
