"""The decisions kept, as a page."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Piece, line
from tidewaiter.faces.pages.words import Words
from tidewaiter.keeping import Disposition, Dispositions

__all__ = ["decisions_page"]

_TONES = {"cleared": "good", "confirmed": "bad"}


def decisions_page(found: Sequence[Disposition], kept: Dispositions, words: Words) -> list[Block]:
    """The decisions, oldest first, and where they are stored."""
    head = ("time", "decision", "name", "entry", "key", "person", "reason")
    rows = tuple(
        (
            line(each.at.strftime("%Y-%m-%d %H:%M")),
            line(Piece(words(each.verdict), _TONES.get(each.verdict, ""))),
            line(each.subject.asked + words.brackets(words.comma.join(value for _, value in each.subject.facts))),
            line(each.caption),
            line(Piece(each.entry, "dim")),
            line(each.by),
            line(each.reason),
        )
        for each in found
    )
    blocks: list[Block] = [Grid(words("Decisions"), tuple(words(each) for each in head), rows)]
    if not found:
        blocks = [Lines(words("Decisions"), (line(words("none kept yet")),))]
    faults = [line(Piece(f"⚠ {fault}", "open")) for fault in kept.faults]
    return [*blocks, Lines("", (*faults, line(Piece(str(kept.path), "dim"))))]
