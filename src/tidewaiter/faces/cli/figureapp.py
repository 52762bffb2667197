"""The command `figure` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["EPILOG", "figure"]

EPILOG = (
    "Kinds: map, timeline, ceiling, matrix. Facts of the map's hypothetical chip: --interconnect 500 --data-center no"
)

_SIDE = "A date (2023-06-01, 2023-06-01/text), a layer, law, an amendment of the gallery, or a file with one."


def figure(
    ctx: typer.Context,
    what: Annotated[
        list[str] | None, typer.Argument(metavar="KIND [ITEM]", help="map, timeline, ceiling or matrix; then a chip.")
    ] = None,
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where it goes: .svg or .png.")] = "",
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Map: the date. Default: today.")] = None,
    side: Annotated[str, typer.Option("--side", metavar="SIDE", help=f"Map: the law drawn. {_SIDE}")] = "",
    against: Annotated[str, typer.Option("--against", metavar="SIDE", help="Map: a second one beside it.")] = "",
    plane: Annotated[
        str, typer.Option("--plane", metavar="density|area", help="Map: what stands against TPP. Default: density.")
    ] = "",
    chip: Annotated[
        list[str] | None, typer.Option("--chip", metavar="NAME", help="Map: chips shown. Default: well-known ones.")
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="Matrix: a row for every country.")] = False,
    from_date: Annotated[
        str | None, typer.Option("--from-date", metavar="DATE", help="Timeline, matrix: default the law's begin.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Timeline, matrix: default the last check.")
    ] = None,
    question: Annotated[str, typer.Option("--question", metavar="KIND", help="The kind of question.")] = "export",
    layer: Annotated[str, typer.Option("--layer", metavar="NAME", help="The layer that counts.")] = "",
    profile: Annotated[str | None, typer.Option("--profile", metavar="NAME", help="Assumptions.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Assume nothing.")] = False,
    fact: Annotated[
        list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help="Any fact of the vocabulary.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the figure.")] = "en",
) -> None:
    """Draw a threshold map, a timeline, the ceiling through the years, or countries by date, as SVG or PNG."""
    from tidewaiter.faces.cli.checking import Request
    from tidewaiter.faces.cli.figures import FigureRequest, make_figure
    from tidewaiter.faces.cli.running import Screen

    words = (*(what or ()), *ctx.args)
    request = Request(words, question, None, on, profile, strict, layer, tuple(fact or ()))
    made = FigureRequest(request, out, side, against, plane, tuple(chip or ()), each, from_date, until)
    make_figure(made, Screen.of(lang, as_json))
