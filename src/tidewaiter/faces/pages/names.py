"""Pages of names compared and of pairs measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.faces.asking import face_data
from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Panel, Piece, line
from tidewaiter.faces.pages.words import Words

__all__ = ["names_page", "pairs_page"]

_SHOWN = 200
_Row = Mapping[str, Any]


def _say(words: Words, group: str, key: str, **fields: object) -> str:
    found = face_data("names")[group].get(key)
    text = words.written(found) if found else key
    return text.format(**fields) if fields else text


def names_page(data: _Row, words: Words) -> list[Block]:
    """Two names, their score, and the pieces that make it."""
    above = data["possible_match"]
    verdict = line(
        Piece(_say(words, "texts", "possible" if above else "below"), "open" if above else "good"),
        f"   {_say(words, 'texts', 'score')} {data['score']:.2f}",
        Piece(f"   {_say(words, 'texts', 'line')} {data['threshold']:.2f}", "dim"),
    )
    reasons = [line(Piece(_say(words, "against", code), "bad")) for code in data["against"]]
    rows = tuple(
        (
            line(row["query"]),
            line(row["candidate"]),
            line(_say(words, "hows", row["how"])),
            line(f"{row['score']:.2f}"),
            line(f"{row['weight']:.2f}"),
        )
        for row in data["aligned"]
    )
    head = ("A", "B", *(_say(words, "texts", key) for key in ("how", "score", "weight")))
    blocks: list[Block] = [Panel(f"{data['query']} · {data['candidate']}", (verdict,), "open" if above else "good")]
    if reasons:
        blocks.append(Lines(_say(words, "texts", "against"), tuple(reasons)))
    if data["through"]:
        source = f" [{_say(words, 'texts', 'says')}{words.colon}{data['source']}]" if data["source"] else ""
        blocks.append(Lines(_say(words, "texts", "through"), (line(data["through"], Piece(source, "cite")),)))
    return [*blocks, Grid(_say(words, "texts", "pieces"), head, rows), _caution(words)]


def pairs_page(data: _Row, words: Words, written: str = "") -> list[Block]:
    """The figures of labelled pairs by script; without labels, the scores."""
    blocks: list[Block] = []
    if data["measures"]:
        keys = ("pairs", "matches", "found", "right", "precision", "recall", "f1")
        head = tuple(_say(words, "texts", key) for key in ("script", *keys))
        rows = tuple(
            (line(_say(words, "scripts", row["script"])), *(line(_figure(row[key])) for key in keys))
            for row in data["measures"]
        )
        title = f"{data['file']} · {_say(words, 'texts', 'line')} {data['threshold']:.2f}"
        blocks.append(Grid(title, head, rows))
    else:
        rows = tuple((line(f"{row['score']:.2f}"), line(row["query"]), line(row["candidate"])) for row in data["pairs"])
        blocks.append(Grid(str(data["file"]), (_say(words, "texts", "score"), "A", "B"), rows[:_SHOWN]))
        blocks.append(Lines("", (line(Piece(_say(words, "texts", "no_labels"), "dim")),)))
    if written:
        blocks.append(Lines("", (line(_say(words, "texts", "written", file=written)),)))
    return [*blocks, _caution(words)]


def _figure(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"


def _caution(words: Words) -> Lines:
    return Lines("", (line(Piece(_say(words, "texts", "caution"), "dim")),))
