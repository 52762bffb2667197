"""What all figures have in common: title, legend, notes below, axes of days and of powers of ten."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidewaiter.analysis.figures.canvas import INK, MUTED, Canvas, Swatch
from tidewaiter.analysis.figures.lettering import shortened, width, wrapped

__all__ = ["HEAD", "MARGIN", "Caption", "Days", "Log", "footed", "headed", "key", "key_height", "note_height", "years"]

MARGIN = 24.0
HEAD = 66.0
"""Height of title and subtitle, the upper margin included."""
_TITLE, _SUBTITLE, _KEY, _NOTE = 19.0, 13.0, 12.5, 11.0
_KEY_ROW, _NOTE_ROW = 22.0, 15.5
_BOX = (22.0, 14.0)
_YEAR_ROOM, _TICK = 34.0, 11.5
_LONG = 900


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a figure: title, subtitle, notes below; `language` is `en` or `zh`."""

    title: str
    subtitle: str
    notes: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Log:
    """A logarithmic axis from `low` to `high`, drawn from `start` to `end` (pixels)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value; those beyond an end stand at the end."""
        value = min(max(value, self.low), self.high)
        share = (math.log(value) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """Round values: 1, 2 and 5 times the powers of ten."""
        for power in range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1):
            for step in (1, 2, 5):
                value = float(f"{step}e{power}")
                if self.low <= value <= self.high:
                    yield value


@dataclass(frozen=True, slots=True)
class Days:
    """An axis of days from `first` to the end of `last`, drawn from `start` to `end` (pixels)."""

    first: dt.date
    last: dt.date
    start: float
    end: float

    def at(self, day: dt.date) -> float:
        """The place where a day begins."""
        whole = (self.last - self.first).days + 1
        share = min(max((day - self.first).days / whole, 0.0), 1.0)
        return self.start + share * (self.end - self.start)

    def after(self, day: dt.date) -> float:
        """The place where a day ends."""
        return self.at(day + dt.timedelta(days=1))


def headed(canvas: Canvas, caption: Caption) -> None:
    """Title and subtitle."""
    room = canvas.width - 2 * MARGIN
    title = shortened(caption.title, _TITLE * 1.04, room)
    canvas.text(MARGIN, MARGIN + 12, title, _TITLE, font_weight="bold")
    canvas.text(MARGIN, MARGIN + 33, shortened(caption.subtitle, _SUBTITLE, room), _SUBTITLE, MUTED)


def note_height(caption: Caption, wide: float) -> float:
    """The height that the notes take."""
    return len(_noted(caption, wide)) * _NOTE_ROW + MARGIN


def footed(canvas: Canvas, caption: Caption) -> None:
    """The notes, at the lower end."""
    rows = _noted(caption, canvas.width)
    top = canvas.height - MARGIN - (len(rows) - 1) * _NOTE_ROW
    for index, row in enumerate(rows):
        canvas.text(MARGIN, top + index * _NOTE_ROW + 4, row, _NOTE, MUTED)


def _noted(caption: Caption, wide: float) -> list[str]:
    return [row for note in caption.notes for row in wrapped(note, _NOTE, wide - 2 * MARGIN)]


def _rows(swatches: Sequence[Swatch], wide: float) -> Iterator[list[tuple[float, Swatch]]]:
    """The entries of a legend in rows, each with its distance from the left."""
    row: list[tuple[float, Swatch]] = []
    x = 0.0
    for swatch in swatches:
        room = _BOX[0] + 8 + width(swatch.title, _KEY) + 22
        if row and x + room > wide:
            yield row
            row, x = [], 0.0
        row.append((x, swatch))
        x += room
    yield row


def key_height(swatches: Sequence[Swatch], wide: float) -> float:
    """The height of a legend in a figure of a width."""
    return len(list(_rows(swatches, wide - 2 * MARGIN))) * _KEY_ROW


def key(canvas: Canvas, swatches: Sequence[Swatch], top: float, marked: bool = False) -> None:
    """The legend: a box in the paint of each outcome, with its mark where points are shown, and its name."""
    for index, row in enumerate(_rows(swatches, canvas.width - 2 * MARGIN)):
        y = top + index * _KEY_ROW
        for x, swatch in row:
            paint = canvas.paint(swatch)
            canvas.rect(MARGIN + x, y, *_BOX, fill=paint, stroke=swatch.ink, stroke_width=1)
            if marked:
                center = MARGIN + x + _BOX[0] / 2, y + _BOX[1] / 2
                canvas.mark(swatch.mark, center, 4, fill=swatch.ink, stroke="#ffffff", stroke_width=1.2)
            canvas.text(MARGIN + x + _BOX[0] + 8, y + 11.5, swatch.title, _KEY)


def years(canvas: Canvas, days: Days, top: float, bottom: float) -> None:
    """Thin lines at the begin of each year (of each month on a short axis) from `top` to `bottom`, named below."""
    last = -math.inf
    for day, text in _begins(days):
        x, room = days.at(day), width(text, _TICK) + 8
        canvas.line((x, top), (x, bottom + 4), stroke="#c4c4c4", stroke_width=1)
        if x >= last and x + room <= days.end + _YEAR_ROOM / 2:
            canvas.text(x + 3, bottom + 16, text, _TICK, INK)
            last = x + room


def _begins(days: Days) -> Iterator[tuple[dt.date, str]]:
    """The days to mark, with their names."""
    if (days.last - days.first).days >= _LONG:
        for year in range(days.first.year, days.last.year + 1):
            if dt.date(year, 1, 1) >= days.first:
                yield dt.date(year, 1, 1), str(year)
        return
    yield days.first, days.first.isoformat()
    for month in range(days.first.year * 12 + days.first.month, days.last.year * 12 + days.last.month):
        day = dt.date(month // 12, month % 12 + 1, 1)
        yield day, day.isoformat()
