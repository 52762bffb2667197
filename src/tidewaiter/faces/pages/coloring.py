"""Pages drawn on a terminal with rich: panels, tables and trees. Texts are never read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Tree, Twig, clean
from tidewaiter.faces.pages.wrapping import wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["MAX_WIDTH", "show"]

MAX_WIDTH = 124
"""Widest page, in columns: longer lines are hard to read."""

_STYLES = {
    "strong": "bold",
    "dim": "dim",
    "good": "green",
    "bad": "red",
    "open": "yellow",
    "loud": "bold white on red",
    "cite": "cyan",
}
_BORDERS = {"good": "green", "bad": "red", "open": "yellow", "loud": "bold red"}


def show(blocks: Iterable[Block], console: Console) -> None:
    """Draw the blocks on a console."""
    for index, block in enumerate(blocks):
        if index:
            console.print()
        match block:
            case Panel():
                _panel(block, console)
            case Lines():
                _lines(block, console)
            case Grid():
                _grid(block, console)
            case Tree():
                _tree(block, console)


def _text(content: Line) -> Text:
    from rich.text import Text

    found = Text()
    for piece in content:
        found.append(clean(piece.text), style=_STYLES.get(piece.style, ""))
    return found


def _heading(title: str, console: Console, tone: str = "") -> None:
    from rich.text import Text

    if title:
        console.print(Text(clean(title), style=_STYLES.get(tone, "bold")))


def _panel(block: Panel, console: Console) -> None:
    from rich.console import Group
    from rich.panel import Panel as Box
    from rich.text import Text

    style = _BORDERS.get(block.tone, "")
    title = Text(f" {clean(block.title)} ", style=f"bold {style}".replace("bold bold", "bold").strip())
    inside = console.width - 4
    body = Group(*(_text(row) for each in block.lines for row in wrapped(each, inside)))
    console.print(Box(body, title=title, title_align="left", border_style=style, padding=(0, 1)))


def _lines(block: Lines, console: Console) -> None:
    from rich.padding import Padding

    _heading(block.title, console)
    indent = 2 if block.title else 0
    for each in block.lines:
        for row in wrapped(each, console.width - indent) or ((),):
            console.print(Padding(_text(row), (0, 0, 0, indent)))


def _grid(block: Grid, console: Console) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    _heading(block.title, console, block.tone)
    table = Table(box=None, show_header=any(block.head), pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for index in range(max(map(len, block.rows), default=len(block.head))):
        head = block.head[index] if index < len(block.head) else ""
        table.add_column(Text(clean(head)), overflow="fold")
    for row in block.rows:
        table.add_row(*(_text(cell) for cell in row))
    console.print(Padding(table, (0, 0, 0, 2)))


def _tree(block: Tree, console: Console) -> None:
    from rich.tree import Tree as Drawing

    _heading(block.title, console)
    for root in block.roots:
        drawing = Drawing(_text(root.line), guide_style="dim")
        _grow(drawing, root)
        console.print(drawing)


def _grow(drawing: Any, twig: Twig) -> None:
    for below in twig.below:
        _grow(drawing.add(_text(below.line)), below)
