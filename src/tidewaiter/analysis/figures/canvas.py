"""A drawing surface that writes SVG: shapes and text, escaped, with no script, no link and nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

__all__ = ["FONTS", "INK", "MUTED", "Canvas", "Point", "Swatch"]

Point = tuple[float, float]

INK, MUTED = "#1a1a1a", "#5c5c5c"
"""The colors of text, and of text of less weight."""
FONTS = (
    "Noto Sans", "Helvetica Neue", "Arial", "DejaVu Sans",
    "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "WenQuanYi Micro Hei",
)  # fmt: skip
"""The families that a drawing asks for, the first that is there counts for each character."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TILE = 8
_HATCHES = {
    "/": "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
    "\\": "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
    "x": "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4 M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
    "-": "M0,4 h8",
    "|": "M4,0 v8",
    "+": "M0,4 h8 M4,0 v8",
    ".": "M3.2,4 h1.6",
    "o": "M4,2.8 a1.2,1.2 0 1 0 0.01,0",
    ":": "M1.2,2 h1.6 M5.2,6 h1.6",
}


_MARKS = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)),
    "triangle": ((0.0, -1.3), (1.2, 0.9), (-1.2, 0.9)),
}


@dataclass(frozen=True, slots=True)
class Swatch:
    """How an outcome is painted: a light `fill`, a dark `ink` for marks and hatch, the kind of hatch and of mark."""

    title: str
    fill: str
    ink: str
    hatch: str = ""
    mark: str = "circle"


class Canvas:
    """A drawing in the making. Lengths are pixels; (0, 0) is the upper left corner."""

    def __init__(self, width: float, height: float, title: str, description: str = "", language: str = "en") -> None:
        self.width, self.height, self.language = width, height, language
        self.title, self.description = title, description
        self._defs: list[str] = []
        self._body: list[str] = []
        self._patterns: dict[Swatch, str] = {}
        self._clips = 0

    def paint(self, swatch: Swatch) -> str:
        """The paint of a swatch: its color, or its color with the hatch."""
        if not swatch.hatch:
            return swatch.fill
        if swatch not in self._patterns:
            key = self._patterns[swatch] = f"hatch-{len(self._patterns)}"
            stroke = 1.5 if swatch.hatch in ".:" else 0.9
            self._defs.append(
                f'<pattern id="{key}" width="{_TILE}" height="{_TILE}" patternUnits="userSpaceOnUse">'
                f'<rect width="{_TILE}" height="{_TILE}" fill={_quoted(swatch.fill)}/>'
                f'<path d="{_HATCHES[swatch.hatch]}" stroke={_quoted(swatch.ink)} stroke-width="{stroke}"'
                ' stroke-opacity="0.75" fill="none"/></pattern>'
            )
        return f"url(#{self._patterns[swatch]})"

    def clip(self, x: float, y: float, width: float, height: float) -> str:
        """A frame beyond which shapes are not seen, as the attribute value that asks for it."""
        self._clips += 1
        key = f"frame-{self._clips}"
        box = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
        self._defs.append(f'<clipPath id="{key}"><rect {box}/></clipPath>')
        return f"url(#{key})"

    def rect(self, x: float, y: float, width: float, height: float, said: str = "", **style: str | float) -> None:
        """A rectangle; `said` is its tooltip."""
        self._add("rect", {"x": x, "y": y, "width": max(width, 0.0), "height": max(height, 0.0), **style}, said)

    def circle(self, center: Point, radius: float, said: str = "", **style: str | float) -> None:
        """A disk."""
        self._add("circle", {"cx": center[0], "cy": center[1], "r": radius, **style}, said)

    def mark(self, kind: str, center: Point, radius: float, said: str = "", **style: str | float) -> None:
        """A mark of a kind, about as large as a disk of the radius."""
        if kind not in _MARKS:
            self.circle(center, radius, said, **style)
            return
        outline = [(center[0] + dx * radius, center[1] + dy * radius) for dx, dy in _MARKS[kind]]
        self.polygons([outline], said, **style)

    def line(self, start: Point, end: Point, **style: str | float) -> None:
        """A straight line."""
        self._add("line", {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1], **style})

    def polygons(self, outlines: Iterable[Sequence[Point]], said: str = "", **style: str | float) -> None:
        """Closed outlines painted as one shape."""
        drawn = " ".join("M" + " L".join(f"{_number(x)},{_number(y)}" for x, y in each) + " Z" for each in outlines)
        self._add("path", {"d": drawn, **style}, said)

    def text(
        self,
        x: float,
        y: float,
        content: str,
        size: float = 12,
        fill: str = INK,
        anchor: str = "start",
        **style: str | float,
    ) -> None:
        """A line of text; `y` is its base line."""
        place = {"x": x, "y": y, "font-size": size, "fill": fill}
        if anchor != "start":
            place["text-anchor"] = anchor
        self._add("text", {**place, **style}, content=content)

    def _add(self, tag: str, attributes: dict[str, object], said: str = "", content: str = "") -> None:
        held = "".join(f" {key.replace('_', '-')}={_quoted(value)}" for key, value in attributes.items() if value != "")
        inside = (f"<title>{_escaped(said)}</title>" if said else "") + _escaped(content)
        self._body.append(f"<{tag}{held}>{inside}</{tag}>" if inside else f"<{tag}{held}/>")

    def svg(self) -> str:
        """The drawing as an SVG document."""
        size = f'width="{_number(self.width)}" height="{_number(self.height)}"'
        fonts = ", ".join(f"'{name}'" for name in FONTS) + ", sans-serif"
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_number(self.width)} {_number(self.height)}"'
            f' lang="{self.language}" role="img" font-family="{fonts}">'
        )
        said = f"<title>{_escaped(self.title)}</title>\n<desc>{_escaped(self.description)}</desc>"
        defs = f"<defs>{''.join(self._defs)}</defs>"
        paper = '<rect width="100%" height="100%" fill="#ffffff"/>'
        return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, said, defs, paper, *self._body, "</svg>\n"])


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _escaped(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))


def _quoted(value: object) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", _number(value) if isinstance(value, int | float) else str(value)))
