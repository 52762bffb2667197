"""Pages of calculations of compute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.words import Words

__all__ = ["PAGES", "answers_page", "claim_page", "serving_page", "training_page"]

_Data = Mapping[str, Any]


def training_page(found: _Data, words: Words) -> list[Block]:
    """What training a model took."""
    on = f"{found['chips']:,} × {found['chip']}" if found["chips"] else str(found["chip"])
    head = [line(on)]
    if found["published_chip_hours"]:
        head.append(line(words("published: {hours} chip-hours", hours=_number(found["published_chip_hours"]))))
    return [Panel(str(found["model"]), tuple(head)), _estimates(found["estimates"], words), *_closing(found, words)]


def _estimates(rows: Sequence[_Data], words: Words) -> Grid:
    body = tuple(
        (
            line(words(str(each["name"]))),
            line(Piece(f"{_number(each['best'])} {words(str(each['unit']))}", "strong")),
            line(Piece(_band(each), "dim")),
            line(Piece(str(each["arithmetic"]), "cite")),
        )
        for each in rows
    )
    return Grid(words("Estimates"), (words("quantity"), words("best"), words("range"), words("arithmetic")), body)


def _number(value: float) -> str:
    if value and not 1e-3 <= abs(value) < 1e9:
        return f"{value:.3g}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _band(each: _Data) -> str:
    return "" if each["low"] == each["high"] else f"{_number(each['low'])} – {_number(each['high'])}"


def _closing(found: _Data, words: Words) -> list[Block]:
    rows = tuple(
        (
            line(words.written(each["title"])),
            line(f"{_number(each['best'])} {words(str(each['unit']))}{words.brackets(_band(each))}"),
            line(Piece(words(str(each["confidence"])), "dim")),
            line(Piece(str(each["source"]), "cite")),
        )
        for each in found["assumptions"]
    )
    return [Grid(words("Assumptions"), (), rows), _no_verdict(words)]


def _no_verdict(words: Words) -> Lines:
    return Lines("", (line(Piece(words("A calculation with the inputs shown, not a finding of fact."), "dim")),))


def serving_page(found: _Data, words: Words) -> list[Block]:
    """The roofline of a model on several chips."""
    said = words(
        "{chips} chips each, context {context}, prompt {prompt} tokens; upper bounds",
        **{key: f"{found[key]:,}" for key in ("chips", "context", "prompt")},
    )
    inside = found["inside"]
    missing = words("the inside of the model is not published: attention and its cache are left out")
    lines = [line(said), line(Piece(inside["source"] or missing, "dim"))]
    head = (words("batch"), words("chip"), words("decode, tokens/s"), words("limit"), words("prefill, tokens/s"))
    rows = tuple(_served(each, words) for each in found["rows"])
    grid = Grid(words("Roofline"), (*head, words("limit"), words("memory capacity")), rows)
    return [Panel(str(found["model"]), tuple(lines)), grid, _ridges(found["rows"], words), _no_verdict(words)]


def _served(each: _Data, words: Words) -> tuple[Line, ...]:
    fits = {True: words("fits"), False: words("does not fit")}.get(each["decode"]["fits"], words("unknown"))
    cells = [line(f"{each['batch']:,}"), line(str(each["chip"]))]
    for phase in ("decode", "prefill"):
        cells += [
            line(Piece(f"{each[phase]['tokens_per_second']:,.0f}", "strong")),
            line(words(str(each[phase]["limit"]))),
        ]
    return (*cells, line(Piece(fits, "" if each["decode"]["fits"] else "open")))


def _ridges(rows: Sequence[_Data], words: Words) -> Lines:
    held = {str(each["chip"]): each["critical_batch"] for each in rows}
    text = words("Batch from which decode is limited by computing, attention left out")
    return Lines(text, tuple(line(f"{chip}{words.colon}{batch:,.0f}") for chip, batch in held.items()))


def answers_page(found: _Data, words: Words) -> list[Block]:
    """What answers of several lengths cost."""
    on = f"{found['chips']:,} × {found['chip']}" if found["chip"] else ""
    head = line(" · ".join(filter(None, [words("prompt of {tokens} tokens", tokens=f"{found['prompt']:,}"), on])))
    columns = [words("tokens"), words("samples"), words("operations"), words("times the first"), words("cache")]
    rows = tuple(
        (
            line(f"{each['tokens']:,}"),
            line(f"{each['samples']:,}"),
            line(Piece(_number(each["operations"]), "strong")),
            line(f"{each['times_first']:,.1f} ×"),
            line(f"{each['cache_bytes'] / 1e6:,.0f} MB" if each["cache_bytes"] else words("unknown")),
            line("" if each["seconds"] is None else f"{each['seconds']:,.1f} s · {words(str(each['limit']))}"),
        )
        for each in found["rows"]
    )
    return [
        Panel(str(found["model"]), (head,)),
        Grid("", (*columns, words("least time") if found["chip"] else ""), rows),
        _no_verdict(words),
    ]


def claim_page(found: _Data, words: Words) -> list[Block]:
    """So many chips beside a run."""
    lines: list[Line] = []
    if found["run_on_these_chips"]:
        run = found["run_on_these_chips"]
        text = words(
            "a run of {hours} chip-hours would take these chips {time} hours: {share} of 30 days",
            hours=_number(found["chip_hours"]), time=_number(run["best"]), share=f"{found['share_of_a_month']:.2%}",
        )  # fmt: skip
        lines = [line(text), line(Piece(run["arithmetic"], "cite"))]
    lines.append(
        line(
            Piece(words("A fleet and a run are two things: owning many chips and using few for one run agree."), "dim")
        )
    )
    rows = [
        {**each, "name": words("in {days} days these chips could do", days=each["days"])} for each in found["capacity"]
    ]
    if found["model_operations"]:
        rows.insert(0, {**found["model_operations"], "name": words("the run of {model}", model=found["model"])})
    title = f"{found['chips']:,} × {found['chip']}"
    return [Panel(title, tuple(lines)), _estimates(rows, words), *_closing(found, words)]


PAGES: Mapping[str, Callable[[_Data, Words], list[Block]]] = MappingProxyType(
    {"training": training_page, "serving": serving_page, "answers": answers_page, "claim": claim_page}
)
"""The page of each kind of calculation."""
