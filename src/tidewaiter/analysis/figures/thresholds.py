"""The threshold map: where in a plane of two figures the outcome of a question changes, with real items as points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tidewaiter.analysis.figures.canvas import INK, MUTED, Canvas, Point, Swatch
from tidewaiter.analysis.figures.framing import HEAD, MARGIN, Caption, Log, footed, headed, key, key_height, note_height
from tidewaiter.analysis.figures.lettering import shortened, width, wrapped
from tidewaiter.analysis.figures.placement import Rect, placed
from tidewaiter.analysis.figures.regions import Border, Partition

__all__ = ["Axis", "Dot", "Map", "MapPanel", "map_svg"]

_PANEL, _HEIGHT, _LEFT, _GAP, _ABOVE, _BELOW = 860.0, 520.0, 62.0, 40.0, 44.0, 50.0
_NARROW = 590.0
_SIZE, _LABEL, _RADIUS, _RING, _ITEM_ROW, _BOLD = 11.5, 11.0, 4.5, 3.5, 16.0, 1.07
_HALO: dict[str, str] = {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": "3", "stroke_linejoin": "round"}


@dataclass(frozen=True, slots=True)
class Axis:
    """A figure as an axis: its title with unit, and the ends."""

    title: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A real item: name, lowest and highest value of each figure, and its own outcome."""

    name: str
    x: Point
    y: Point
    outcome: str


@dataclass(frozen=True, slots=True)
class MapPanel:
    """One side of the map: what it is called, its regions, and the items."""

    title: str
    partition: Partition
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A threshold map of one panel, or of two side by side on the same axes. `swatches` by outcome; `item` says what a
    point is; `units` by term stand beside the numbers of lines that belong to neither axis."""

    caption: Caption
    across: Axis
    up: Axis
    panels: tuple[MapPanel, ...]
    swatches: Mapping[str, Swatch]
    item: str
    units: Mapping[str, str]


def map_svg(figure: Map) -> str:
    """The map as SVG."""
    one = _PANEL if len(figure.panels) == 1 else _NARROW
    wide = 2 * MARGIN + len(figure.panels) * (one + _LEFT) + (len(figure.panels) - 1) * _GAP + 26
    shown = _shown(figure)
    legend = [figure.swatches[code] for code in shown]
    foot = note_height(figure.caption, wide)
    item = _item_rows(figure, wide)
    legend_room = key_height(legend, wide) + len(item) * _ITEM_ROW + 14
    canvas = Canvas(
        wide,
        HEAD + _ABOVE + _HEIGHT + _BELOW + legend_room + foot,
        figure.caption.title,
        figure.caption.subtitle,
        figure.caption.language,
    )
    headed(canvas, figure.caption)
    for index, panel in enumerate(figure.panels):
        left = MARGIN + _LEFT + index * (one + _LEFT + _GAP)
        _panel(canvas, figure, panel, Rect(left, HEAD + _ABOVE, one, _HEIGHT))
    below = HEAD + _ABOVE + _HEIGHT + _BELOW + 6
    key(canvas, legend, below, marked=bool(item))
    _item_key(canvas, item, below + key_height(legend, wide))
    footed(canvas, figure.caption)
    return canvas.svg()


def _shown(figure: Map) -> list[str]:
    """The outcomes that the map shows, in the order of the swatches."""
    found = {region.outcome for panel in figure.panels for region in panel.partition.regions}
    found |= {dot.outcome for panel in figure.panels for dot in panel.dots}
    return [code for code in figure.swatches if code in found]


def _item_rows(figure: Map, wide: float) -> tuple[str, ...]:
    """What a point means, in lines; none where no point is shown."""
    if not any(panel.dots for panel in figure.panels):
        return ()
    return wrapped(figure.item, _SIZE, wide - 2 * MARGIN - 30)


def _item_key(canvas: Canvas, rows: tuple[str, ...], y: float) -> None:
    for index, row in enumerate(rows):
        if index == 0:
            canvas.circle((MARGIN + 11, y + 8), _RADIUS, fill="#ffffff", stroke=INK, stroke_width=1.5)
        canvas.text(MARGIN + 30, y + 12 + index * _ITEM_ROW, row, _SIZE, MUTED)


def _panel(canvas: Canvas, figure: Map, panel: MapPanel, frame: Rect) -> None:
    x = Log(figure.across.low, figure.across.high, frame.x, frame.x + frame.width)
    y = Log(figure.up.low, figure.up.high, frame.y + frame.height, frame.y)
    canvas.text(frame.x, frame.y - 26, shortened(panel.title, 13.5, frame.width), 13, font_weight="bold")
    _regions(canvas, figure, panel, x, y)
    seen = [dot for dot in panel.dots if _is_inside(dot, figure)]
    points = [(x.at(_middle(dot.x)), y.at(_middle(dot.y))) for dot in seen]
    taken = _borders(canvas, figure, panel, frame, (x, y), points)
    canvas.rect(frame.x, frame.y, frame.width, frame.height, fill="none", stroke=INK, stroke_width=1.2)
    _axes(canvas, figure, frame, x, y)
    _dots(canvas, figure, list(zip(seen, points, strict=True)), frame, (x, y), taken)


def _regions(canvas: Canvas, figure: Map, panel: MapPanel, x: Log, y: Log) -> None:
    outlines: dict[str, list[list[Point]]] = {}
    for region in panel.partition.regions:
        drawn = [(x.at(2.0**u), y.at(2.0**v)) for u, v in region.cell.corners]
        outlines.setdefault(region.outcome, []).append(drawn)
    for code, found in outlines.items():
        swatch = figure.swatches[code]
        canvas.polygons(found, swatch.title, fill=canvas.paint(swatch))


def _borders(
    canvas: Canvas, figure: Map, panel: MapPanel, frame: Rect, axes: tuple[Log, Log], points: list[Point]
) -> list[Rect]:
    """Draw the lines of the law with their numbers; the boxes that the numbers take."""
    taken = [Rect(px - _RADIUS, py - _RADIUS, 2 * _RADIUS, 2 * _RADIUS) for px, py in points]
    numbers = len(taken)
    x, y = axes
    for border in panel.partition.borders:
        ends = []
        for (u, v), (s, t) in border.stretches:
            start, end = (x.at(2.0**u), y.at(2.0**v)), (x.at(2.0**s), y.at(2.0**t))
            canvas.line(start, end, stroke=INK, stroke_width=1.5)
            ends += [start, end]
        taken += _numbered(canvas, border, ends, frame, taken, figure.units)
    return taken[numbers:]


def _numbered(
    canvas: Canvas, border: Border, ends: list[Point], frame: Rect, taken: list[Rect], units: Mapping[str, str]
) -> Iterator[Rect]:
    """The number of a line where the law names one, at the first place that is free."""
    if math.isnan(border.value) or not border.value:
        return
    text = _plain(border.value if border.term else float(f"{border.value:.4g}"))
    if border.line.a and border.line.b:
        text = f"{text} {units.get(border.term, '')}".rstrip()
        found = tuple(_slanted(canvas, text, min(ends), max(ends), taken))
        yield from found
        if found:
            return
    for box in _number_places(border, ends, frame, width(text, _SIZE)):
        if (border.line.b == 0 or frame.holds(box)) and not any(box.meets(other) for other in taken):
            canvas.text(box.x + box.width / 2, box.y + 11, text, _SIZE, INK, "middle", font_weight="bold", **_HALO)
            yield box
            return


def _slanted(canvas: Canvas, text: str, left: Point, right: Point, taken: list[Rect]) -> Iterator[Rect]:
    """Text along a slanting line, a little above it, where the line is long enough and something is free."""
    length, wide = math.dist(left, right), width(text, _SIZE) * _BOLD
    across, down = (right[0] - left[0]) / length, (right[1] - left[1]) / length
    for share in (0.5, 0.3, 0.7):
        if min(share, 1 - share) * length < wide / 2 + 4:
            continue
        middle = left[0] + share * (right[0] - left[0]) + 8 * down, left[1] + share * (right[1] - left[1]) - 8 * across
        steps = [wide * (step / 6 - 0.5) for step in range(7)]
        boxes = [Rect(middle[0] + step * across - 6, middle[1] + step * down - 6, 12, 12) for step in steps]
        if not any(box.meets(other) for box in boxes for other in taken):
            turn = f"rotate({math.degrees(math.atan2(down, across)):.1f} {middle[0]:.1f} {middle[1]:.1f})"
            style = {**_HALO, "font_weight": "bold", "transform": turn}
            canvas.text(middle[0], middle[1] + 4, text, _SIZE, INK, "middle", **style)
            yield from boxes
            return


def _number_places(border: Border, ends: list[Point], frame: Rect, wide: float) -> Iterator[Rect]:
    """Above the frame for an upright line; else along the line, above and below it, from its right end on."""
    if border.line.b == 0:
        yield Rect(ends[0][0] - wide / 2, frame.y - 17, wide, 14)
        return
    (left, start), (right, end) = min(ends), max(ends)
    slope = (end - start) / ((right - left) or 1.0)
    for share in (0.0, 0.5, 1.0, 0.25, 0.75):
        middle = right - wide / 2 - 6 - share * max(right - left - wide - 12, 0.0)
        level = start + slope * (middle - left)
        room = abs(slope) * wide / 2
        yield Rect(middle - wide / 2, level - 16 - room, wide, 14)
        yield Rect(middle - wide / 2, level + 3 + room, wide, 14)
    yield Rect(left - wide - 5, start - 7, wide, 14)
    yield Rect(right + 5, end - 7, wide, 14)


def _plain(value: float) -> str:
    return f"{value:,.10g}" if value < 1e6 else f"{value:.3g}"


def _axes(canvas: Canvas, figure: Map, frame: Rect, x: Log, y: Log) -> None:
    bottom = frame.y + frame.height
    for value in x.ticks():
        canvas.line((x.at(value), bottom), (x.at(value), bottom + 5), stroke=INK, stroke_width=1)
        canvas.text(x.at(value), bottom + 18, _plain(value), _SIZE, INK, "middle")
    for value in y.ticks():
        canvas.line((frame.x - 5, y.at(value)), (frame.x, y.at(value)), stroke=INK, stroke_width=1)
        canvas.text(frame.x - 8, y.at(value) + 4, _plain(value), _SIZE, INK, "end")
    canvas.text(frame.x + frame.width / 2, bottom + 40, figure.across.title, 12.5, INK, "middle")
    middle = frame.y + frame.height / 2
    left = frame.x - _LEFT + 8
    turn = f"rotate(-90 {left:.0f} {middle:.0f})"
    canvas.text(left, middle, figure.up.title, 12.5, INK, "middle", transform=turn)


def _dots(
    canvas: Canvas,
    figure: Map,
    dots: list[tuple[Dot, Point]],
    frame: Rect,
    axes: tuple[Log, Log],
    taken: list[Rect],
) -> None:
    inner = Rect(frame.x + 3, frame.y + 3, frame.width - 6, frame.height - 6)
    bars = [bar for dot, point in dots for bar in _bars(dot, point, *axes)]
    for start, end in bars:
        canvas.line(start, end, stroke="#ffffff", stroke_width=3.4)
        canvas.line(start, end, stroke=INK, stroke_width=1.3)
    blocked = [*taken, *(Rect(u - 2, min(v, t), s - u + 4, abs(t - v)) for (u, v), (s, t) in bars)]
    labels = placed([(dot.name, point) for dot, point in dots], _LABEL * _BOLD, inner, blocked)
    for label in labels:
        if label.leader:
            canvas.line(label.point, label.leader, stroke="#ffffff", stroke_width=2.6)
            canvas.line(label.point, label.leader, stroke=MUTED, stroke_width=0.9)
    for index, (dot, point) in enumerate(dots):
        swatch = figure.swatches[dot.outcome]
        alike = sum(math.dist(point, other) < _RADIUS / 2 for _, other in dots[index + 1 :])
        said = f"{dot.name}: {swatch.title}"
        radius = _RADIUS + _RING * alike
        canvas.mark(swatch.mark, point, radius, said, fill=swatch.ink, stroke="#ffffff", stroke_width=1.4)
    inks = {(dot.name, point): figure.swatches[dot.outcome].ink for dot, point in dots}
    for label in labels:
        ink = inks[label.text, label.point]
        canvas.text(label.box.x, label.box.y + _LABEL * 0.9, label.text, _LABEL, ink, font_weight="bold", **_HALO)


def _is_inside(dot: Dot, figure: Map) -> bool:
    return (
        figure.across.low <= _middle(dot.x) <= figure.across.high and figure.up.low <= _middle(dot.y) <= figure.up.high
    )


def _middle(span: Point) -> float:
    return math.sqrt(span[0] * span[1])


def _bars(dot: Dot, point: Point, x: Log, y: Log) -> Iterator[tuple[Point, Point]]:
    """The intervals of uncertain figures."""
    if dot.x[0] < dot.x[1]:
        yield (x.at(dot.x[0]), point[1]), (x.at(dot.x[1]), point[1])
    if dot.y[0] < dot.y[1]:
        yield (point[0], y.at(dot.y[1])), (point[0], y.at(dot.y[0]))
