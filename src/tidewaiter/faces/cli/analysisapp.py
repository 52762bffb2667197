"""The commands of analysis: compare two laws, the gallery of amendments."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["amendments", "compare"]

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
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """What differs between two laws: provisions, groups, and the items, countries and parties that flip."""
    from tidewaiter.faces.cli.comparing import show_comparison
    from tidewaiter.faces.cli.running import Screen

    raise typer.Exit(show_comparison(first, second, question or (), on, layer, proofs, Screen.of(lang, as_json)))


def amendments(
    name: Annotated[str | None, typer.Argument(metavar="[KEY]", help="One of the gallery, with its text.")] = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """The gallery of amendments, to compare with or to begin one's own from."""
    from tidewaiter.faces.cli.comparing import show_amendments
    from tidewaiter.faces.cli.running import Screen

    show_amendments(name, Screen.of(lang, as_json))
