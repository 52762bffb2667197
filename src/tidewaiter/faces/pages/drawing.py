"""Pages drawn as plain text, without colors or boxes: for pipes, files and documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Panel, Tree, Twig, clean, text_of, width

__all__ = ["drawn"]

_INDENT = "  "


def drawn(blocks: Iterable[Block]) -> str:
    """The page as text; blocks are parted by an empty line."""
    return "\n\n".join("\n".join(row.rstrip() for row in _block(block)) for block in blocks)


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield clean(block.title)
    indent = _INDENT if block.title else ""
    match block:
        case Panel() | Lines():
            yield from (indent + text_of(each) for each in block.lines)
        case Grid():
            yield from (indent + row for row in _grid(block))
        case Tree():
            for root in block.roots:
                yield from _twig(root, indent)


def _grid(grid: Grid) -> Iterator[str]:
    rows = [[clean(cell) for cell in grid.head]] if any(grid.head) else []
    rows += [[text_of(cell) for cell in row] for row in grid.rows]
    count = max(map(len, rows), default=0)
    widths = [max((width(row[i]) for row in rows if i < len(row)), default=0) for i in range(count)]
    for row in rows:
        yield _INDENT.join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row))


def _twig(twig: Twig, indent: str) -> Iterator[str]:
    yield indent + text_of(twig.line)
    for below in twig.below:
        yield from _twig(below, indent + _INDENT)
