"""A timeline as a page: a bar drawn to scale, then a row for each stretch of days."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.faces.asking import Asked
from tidewaiter.faces.composition import decider
from tidewaiter.faces.history import Stretch
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import exit_class

__all__ = ["timeline_page"]

_BAR = 72
_SIGNS = {"good": "░", "bad": "█", "open": "▒"}
_DECIDING_SHOWN = 2


def timeline_page(asked: Asked, found: Sequence[Stretch], words: Words) -> list[Block]:
    """The blocks of a timeline."""
    first, last = found[0], found[-1]
    name = str(first.answer.item.get("name") or "")
    spec = decider().specification(first.answer.question)
    stated = [
        f"{words.title(path)} {words.value(path, first.answer.facts[path])}"
        for name, path in spec.options.items()
        if path in first.answer.facts and name in asked.options
    ]
    title = " · ".join(filter(None, [name, *stated, f"{first.first} – {last.last}"]))
    legend = line(
        Piece(f"{_SIGNS['bad']} ", "bad"), f"{words('restriction')}   ",
        Piece(f"{_SIGNS['good']} ", "good"), f"{words('clear')}   ",
        Piece(f"{_SIGNS['open']} ", "open"), words("undetermined"),
    )  # fmt: skip
    bars = tuple(_bar(found, layer, words) for layer in range(len(first.answer.layers)))
    rows = tuple(_row(each, words) for each in found)
    head = (
        words("from"),
        words("to"),
        words("outcome"),
        words("other layers"),
        words("decided by"),
        words("changed by"),
    )
    closing = Piece(f"{words('law')} {first.answer.law_digest[:12]} · {words('Not legal advice.')}", "dim")
    return [
        Panel(title, (*bars, _years(found, words), legend)),
        Grid(words("Stretches"), head, rows),
        Lines("", (line(closing),)),
    ]


def _tone(stretch: Stretch, code: str) -> str:
    return TONES.get(exit_class(stretch.answer.question, code), "open")


def _label(text: str, words: Words) -> str:
    from tidewaiter.faces.pages.blocks import width

    return text + " " * max(20 - width(text), 1)


def _bar(found: Sequence[Stretch], layer: int, words: Words) -> Line:
    """One bar, each day's share of the width in the sign of its outcome."""
    begin, days = found[0].first, max((found[-1].last - found[0].first).days, 1)
    pieces = [Piece(_label(words.of(found[0].answer.layers[layer].title), words))]
    drawn = 0
    for each in found:
        end = round(((each.last - begin).days + 1) / (days + 1) * _BAR)
        style = _tone(each, each.answer.layers[layer].outcome)
        pieces.append(Piece(_SIGNS[style] * max(end - drawn, 0), style))
        drawn = max(drawn, end)
    return tuple(piece for piece in pieces if piece.text)


def _years(found: Sequence[Stretch], words: Words) -> Line:
    begin, end = found[0].first, found[-1].last
    days = max((end - begin).days, 1)
    row = [" "] * _BAR
    for year in range(begin.year, end.year + 1):
        day = begin.replace(year=year, month=1, day=1)
        place = max(round((day - begin).days / days * _BAR), 0)
        if place + 4 <= _BAR and all(sign == " " for sign in row[place : place + 5]):
            row[place : place + 4] = str(year)
    return line(Piece(_label("", words) + "".join(row).rstrip(), "dim"))


def _row(each: Stretch, words: Words) -> tuple[Line, ...]:
    spec = decider().specification(each.answer.question)
    others = [
        f"{words.of(layer.title)}{words.colon}{words.of(spec.word(layer.outcome).title)}"
        for layer in each.answer.layers
        if layer.outcome != each.answer.outcome
    ]
    shown = [words.of(citation.title) for citation in each.deciding[:_DECIDING_SHOWN]]
    more = len(each.deciding) - _DECIDING_SHOWN
    by = words.semicolon.join(shown) + (f" {words('and {more} more', more=more)}" if more > 0 else "")
    return (
        line(each.first.isoformat()),
        line(each.last.isoformat()),
        line(Piece(words.of(each.answer.title), _tone(each, each.answer.outcome))),
        line(Piece(words.semicolon.join(others), "open")),
        line(by),
        line(Piece(words.comma.join(each.changed_by[:3]), "cite")),
    )
