"""Bars of days: the answer to a question on each layer (timeline), and for each group of countries (matrix)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.analysis.figures.canvas import INK, MUTED, Canvas, Swatch
from tidewaiter.analysis.figures.framing import (
    HEAD,
    MARGIN,
    Caption,
    Days,
    footed,
    headed,
    key,
    key_height,
    note_height,
    years,
)
from tidewaiter.analysis.figures.lettering import shortened, width, wrapped

__all__ = ["Bar", "Bars", "Span", "Turning", "bars_svg"]

_WIDE = 1020.0
_NAME, _NAME_SIZE, _NAME_ROW = 250.0, 12.5, 16.0
_TABLE, _TABLE_ROW = 12.0, 17.0
_INSIDE, _GAP, _SMALL_GAP = 11.0, 10.0, 1.0
_HALO: dict[str, str] = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": "3", "stroke_linejoin": "round"}


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one outcome, both ends included."""

    first: dt.date
    last: dt.date
    outcome: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, and its spans in order."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Turning:
    """A day on which the answer turned: what it became, and through what."""

    day: dt.date
    outcome: str
    through: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A figure of bars from `first` to `last`; the turnings are listed below. `tall` is the height of a bar."""

    caption: Caption
    first: dt.date
    last: dt.date
    bars: tuple[Bar, ...]
    swatches: Mapping[str, Swatch]
    turnings: tuple[Turning, ...] = ()
    tall: float = 40.0


def bars_svg(figure: Bars) -> str:
    """The bars as SVG."""
    rows = [_named(bar, figure.tall) for bar in figure.bars]
    gap = _GAP if figure.tall >= _NAME_ROW else _SMALL_GAP
    heights = [max(figure.tall, len(row) * _NAME_ROW) + gap for row in rows]
    legend = [figure.swatches[code] for code in _shown(figure)]
    numbered = 20.0 if figure.turnings else 0.0
    listing = _listing(figure)
    below = sum(len(lines) for _, _, lines in listing) * _TABLE_ROW + (14 if listing else 0)
    top = HEAD + 10 + numbered
    bottom = top + sum(heights)
    tall = bottom + 34 + key_height(legend, _WIDE) + 18 + below + note_height(figure.caption, _WIDE)
    canvas = Canvas(_WIDE, tall, figure.caption.title, figure.caption.subtitle, figure.caption.language)
    headed(canvas, figure.caption)
    days = Days(figure.first, figure.last, MARGIN + _NAME, _WIDE - MARGIN)
    years(canvas, days, top - 4, bottom)
    y = top
    for bar, row, height in zip(figure.bars, rows, heights, strict=True):
        _bar(canvas, figure, bar, row, days, (y, height - gap))
        y += height
    _numbers(canvas, figure, days, top, bottom)
    key(canvas, legend, bottom + 34)
    _list(canvas, figure, listing, bottom + 34 + key_height(legend, _WIDE) + 18)
    footed(canvas, figure.caption)
    return canvas.svg()


def _shown(figure: Bars) -> list[str]:
    found = {span.outcome for bar in figure.bars for span in bar.spans}
    return [code for code in figure.swatches if code in found]


def _named(bar: Bar, tall: float) -> tuple[str, ...]:
    return wrapped(bar.name, _NAME_SIZE, _NAME - 16)


def _bar(canvas: Canvas, figure: Bars, bar: Bar, name: Sequence[str], days: Days, place: tuple[float, float]) -> None:
    y, room = place
    start = y + room / 2 - len(name) * _NAME_ROW / 2 + 12
    for index, row in enumerate(name):
        canvas.text(MARGIN, start + index * _NAME_ROW, row, _NAME_SIZE)
    top = y + (room - figure.tall) / 2
    for span in bar.spans:
        left, right = days.at(span.first), days.after(span.last)
        swatch = figure.swatches[span.outcome]
        said = f"{bar.name}: {swatch.title}, {span.first} – {span.last}"
        paint = canvas.paint(swatch)
        canvas.rect(left, top, right - left, figure.tall, said, fill=paint, stroke=swatch.ink, stroke_width=0.8)
        if width(swatch.title, _INSIDE) + 12 < right - left and figure.tall >= 20:
            canvas.text((left + right) / 2, top + figure.tall / 2 + 4, swatch.title, _INSIDE, INK, "middle", **_HALO)


def _numbers(canvas: Canvas, figure: Bars, days: Days, top: float, bottom: float) -> None:
    """The numbers of the turnings above the bars; those too close together move apart, upright first."""
    last = -1e9
    for index, turning in enumerate(figure.turnings, 1):
        x = days.at(turning.day)
        place = max(x, last + 16)
        last = place
        canvas.line((x, top - 6), (x, bottom - 8), stroke=INK, stroke_width=1, stroke_dasharray="2 2")
        canvas.line((place, top - 12), (x, top - 6), stroke=INK, stroke_width=1)
        canvas.circle((place, top - 18), 7.5, fill="#ffffff", stroke=INK, stroke_width=1)
        canvas.text(place, top - 14.5, str(index), 9.5, INK, "middle")


def _listing(figure: Bars) -> list[tuple[Turning, str, tuple[str, ...]]]:
    found = []
    for turning in figure.turnings:
        title = figure.swatches[turning.outcome].title
        lines = wrapped(turning.through, _TABLE, _WIDE - 2 * MARGIN - 330) or ("",)
        found.append((turning, title, lines))
    return found


def _list(canvas: Canvas, figure: Bars, listing: Sequence[tuple[Turning, str, tuple[str, ...]]], top: float) -> None:
    y = top + 12
    for index, (turning, title, lines) in enumerate(listing, 1):
        canvas.circle((MARGIN + 8, y - 4), 7.5, fill="#ffffff", stroke=INK, stroke_width=1)
        canvas.text(MARGIN + 8, y - 0.5, str(index), 9.5, INK, "middle")
        canvas.text(MARGIN + 26, y, turning.day.isoformat(), _TABLE, font_weight="bold")
        canvas.text(MARGIN + 116, y, shortened(title, _TABLE, 208), _TABLE, figure.swatches[turning.outcome].ink)
        for row, text in enumerate(lines):
            canvas.text(MARGIN + 330, y + row * _TABLE_ROW, text, _TABLE, MUTED)
        y += len(lines) * _TABLE_ROW
