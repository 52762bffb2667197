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

__all__ = ["Step", "Steps", "StepsPanel", "steps_svg"]

_WIDE, _HEIGHT, _GAP, _LEFT = 1020.0, 170.0, 48.0, 64.0
_SIZE, _LABEL, _ROW = 11.5, 11.0, 13.0
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
    ends = [*(step.since for step in panel.steps[1:]), None]
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
    """Name and value above each step that has room for them, else in a tooltip only."""
    bottom, high = scale
    for step, end in zip(panel.steps, ends, strict=True):
        left, right = days.at(step.since), days.end if end is None else days.at(end)
        y = bottom - step.value / high * _HEIGHT
        value = f"{step.value:,.0f}"
        said = f"{step.since}: {step.name} {value}"
        canvas.rect(left, y, right - left, bottom - y, said, fill="#ffffff", fill_opacity=0)
        rows = [*wrapped(step.name, _LABEL, right - left - 8), value]
        widest = max(width(row, _LABEL) for row in rows)
        if any("…" in row for row in rows) or widest > right - left - 4:
            continue
        below = y - len(rows) * _ROW < bottom - _HEIGHT
        start = y + _ROW if below else y - len(rows) * _ROW + 7
        for index, row in enumerate(rows):
            style = dict(_HALO) | ({"font_weight": "bold"} if index < len(rows) - 1 else {})
            fill = INK if index < len(rows) - 1 else MUTED
            canvas.text((left + right) / 2, start + index * _ROW, row, _LABEL, fill, "middle", **style)
