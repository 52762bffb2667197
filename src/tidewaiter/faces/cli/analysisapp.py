"""The commands of analysis: compare two laws, the gallery of amendments, lines around an item, the frontier."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["amendments", "compare", "frontier", "lines"]

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the answer.")]
_SIDE = "A date (2023-06-01, 2023-06-01/text), a layer, law, an amendment of the gallery, or a file with one."


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help=_SIDE)],
    second: Annotated[str, typer.Argument(metavar="B", help="The same.")],
    question: Annotated[
        list[str] | None, typer.Option("--question", metavar="KIND", help="Only this kind; may stand often.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day, where a side names none. Default: as amended.")
    ] = None,
    layer: Annotated[str, typer.Option("--layer", metavar="NAME", help="The layer, where a side names none.")] = "",
    proofs: Annotated[int, typer.Option("--proofs", metavar="N", help="Flips shown with what decides them.")] = 25,
    witness: Annotated[
        bool, typer.Option("--witness", help="Also facts that the two laws class differently, found by the solver.")
    ] = False,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """What differs between two laws: provisions, groups, and the items, countries and parties that flip."""
    from tidewaiter.faces.cli.comparing import show_comparison
    from tidewaiter.faces.cli.running import Screen

    screen = Screen.of(lang, as_json)
    raise typer.Exit(show_comparison(first, second, question or (), on, layer, proofs, witness, screen))


def amendments(
    name: Annotated[str | None, typer.Argument(metavar="[KEY]", help="One of the gallery, with its text.")] = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """The gallery of amendments, to compare with or to begin one's own from."""
    from tidewaiter.faces.cli.comparing import show_amendments
    from tidewaiter.faces.cli.running import Screen

    show_amendments(name, Screen.of(lang, as_json))


def lines(
    ctx: typer.Context,
    item: Annotated[list[str] | None, typer.Argument(metavar="ITEM", help="A chip, card, server or memory.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Default: today.")] = None,
    question: Annotated[str, typer.Option("--question", metavar="KIND", help="The kind of question.")] = "export",
    layer: Annotated[str, typer.Option("--layer", metavar="NAME", help="The layer that counts.")] = "",
    fact: Annotated[
        list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help="Any fact of the vocabulary.")
    ] = None,
    frees: Annotated[bool, typer.Option("--frees", help="Instead: does more of a figure ever free an item?")] = False,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """The lines around an item: the smallest change of a figure that would turn the answer."""
    from tidewaiter.faces.cli.checking import Request
    from tidewaiter.faces.cli.lines import show_freedom, show_lines
    from tidewaiter.faces.cli.running import Screen

    request = Request((*(item or ()), *ctx.args), question, None, on, None, False, layer, tuple(fact or ()))
    (show_freedom if frees else show_lines)(request, Screen.of(lang, as_json))


def frontier(
    ctx: typer.Context,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Default: today.")] = None,
    history: Annotated[bool, typer.Option("--history", help="How the ceiling moved since the law begins.")] = False,
    top: Annotated[int, typer.Option("--top", metavar="N", help="Items shown for each merit.")] = 8,
    layer: Annotated[str, typer.Option("--layer", metavar="NAME", help="The layer that counts.")] = "",
    fact: Annotated[
        list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help="Any fact of the vocabulary.")
    ] = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """The best chips that may go to a buyer, by training, decode and prefill; and the free design space."""
    from tidewaiter.faces.cli.checking import Request
    from tidewaiter.faces.cli.frontier import show_frontier
    from tidewaiter.faces.cli.running import Screen

    request = Request(tuple(ctx.args), "export", None, on, None, False, layer, tuple(fact or ()))
    show_frontier(request, history, top, Screen.of(lang, as_json))
