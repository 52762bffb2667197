"""Pages of the lines around an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Panel, Piece, line
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import exit_class

__all__ = ["freedom_page", "lines_page"]

_Data = Mapping[str, Any]


def lines_page(found: _Data, words: Words) -> list[Block]:
    """The nearest lines, the nearest first."""
    spec = decider().specification(found["question"])
    name = str(found["item"].get("name") or words.of(spec.title))
    tone = TONES.get(exit_class(found["question"], found["outcome"]), "open")
    head = line(Piece(words.of(spec.word(found["outcome"]).title), tone), f" · {found['on']} · {words(found['layer'])}")
    rows = []
    for each in found["lines"]:
        outcome = TONES.get(exit_class(found["question"], each["outcome"]), "open")
        gap = words("{gap} below the line" if each["direction"] == "more" else "{gap} above the line",
                    gap=words.value(each["term"], abs(each["difference"])))  # fmt: skip
        rows.append(
            (
                line(words.title(each["term"])),
                line(Piece(words.value(each["term"], each["value"]), "strong")),
                line(words.value(each["term"], each["line"])),
                line(gap + words.brackets(format(each["share"], ".1%"))),
                line(Piece(words.of(spec.word(each["outcome"]).title), outcome)),
            )
        )
    columns = (words("figure"), words("value"), words("line"), words("distance"), words("answer there"))
    said = words(
        "One figure moved at a time, from a sixteenth to sixteen times its value, {steps} points a doubling.",
        steps=found["grid"]["steps_per_doubling"],
    )
    body: Block = Grid(words("Nearest lines"), columns, tuple(rows))
    if not rows:
        body = Lines("", (line(words("No figure known of this case turns the answer by itself.")),))
    return [Panel(name, (head,)), body, Lines("", (line(Piece(said, "dim")),))]


def freedom_page(found: _Data, words: Words) -> list[Block]:
    """Whether more of a figure ever frees."""
    blocks: list[Block] = []
    for each in found["frees"]:
        verdict = {"never": "good", "sometimes": "bad"}.get(each["verdict"], "open")
        lines = [line(Piece(words(each["verdict"]), verdict))]
        if each["example"]:
            lines.append(line(f"{words('example')}{words.colon}{each['example']}"))
        lines.append(line(Piece(f"{words('bounds')}{words.colon}{each['bounds']}", "dim")))
        blocks.append(Lines(f"{words.written(each['title'])}{words.brackets(str(found['on']))}", tuple(lines)))
    return blocks
