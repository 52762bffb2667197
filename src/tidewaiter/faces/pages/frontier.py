"""Pages of the frontier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Panel, Piece, line
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import exit_class

__all__ = ["ceilings_page", "frontier_page"]

_Data = Mapping[str, Any]
_BAR = 40


def frontier_page(found: _Data, words: Words) -> list[Block]:
    """The best items on a day, by each merit, and the free design space."""
    caught = words("{caught} of {tried} chips need a license or more", caught=found["caught"], tried=found["tried"])
    blocks: list[Block] = [Panel(_title(found, words), (line(caught),))]
    spec = decider().specification(found["question"])
    for merit, rows in found["best"].items():
        held = found["merits"][merit]
        body = []
        for row in rows:
            tone = TONES.get(exit_class(found["question"], row["outcome"]), "open")
            body.append(
                (
                    line(Piece(str(row["name"]), "strong")),
                    line(f"{row['value']:,.0f} {held['unit']}"),
                    line(Piece(words.of(spec.word(row["outcome"]).title), tone)),
                )
            )
        blocks.append(Grid(words.written(held["title"]), (), tuple(body)))
    lines = [line(_design(each, words)) for each in found["design"]]
    title = words("Free design space: one figure of a small chip moved by itself")
    return [*blocks, Lines(title, tuple(lines)), _end(words)]


def _title(found: _Data, words: Words) -> str:
    options = " · ".join(f"{name} {value}" for name, value in found["options"].items())
    return f"{words('Frontier')} · {options} · {found['on']} · {words(found['layer'])}"


def _design(each: _Data, words: Words) -> str:
    title = words.title(each["term"])
    if each["free_below"] is None:
        return words("{figure}: no line by itself", figure=title)
    return words("{figure}: free below {line}", figure=title, line=words.value(each["term"], each["free_below"]))


def _end(words: Words) -> Lines:
    said = words("Upper bounds from the catalog's figures; a calculation, not a finding of fact.")
    return Lines("", (line(Piece(said, "dim")), line(Piece(words("Not legal advice."), "dim"))))


def ceilings_page(found: _Data, words: Words) -> list[Block]:
    """How the best free item moved, with a bar for each stretch."""
    said = line(words("The best chip that may go without more, by day"))
    blocks: list[Block] = [Panel(_title(found, words), (said,))]
    for merit, held in found["merits"].items():
        rows = [each for each in found["ceilings"] if each["merit"] == merit]
        most = max((each["value"] for each in rows), default=0.0) or 1.0
        body = tuple(
            (
                line(each["since"]),
                line(Piece("█" * round(each["value"] / most * _BAR), "good")),
                line(f"{each['value']:,.0f} {held['unit']}"),
                line(Piece(str(each["name"] or words("none")), "strong")),
            )
            for each in rows
        )
        blocks.append(Grid(words.written(held["title"]), (), body))
    return [*blocks, _end(words)]
