"""`tidewaiter names`: two names compared, or a file of pairs scored and measured."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.faces.cli.running import Screen

__all__ = ["NAMES_EPILOG", "names"]

NAMES_EPILOG = "Exit codes: 0 below the line, or pairs scored; 1 a possible match; 2 a fault."
"""What the help says of exit codes."""


def names(
    given: Annotated[list[str] | None, typer.Argument(metavar="A B", help="Two names, in any script.")] = None,
    schema: Annotated[
        str, typer.Option("--schema", metavar="KIND", help="Person, Organization or Vessel. Default: not known.")
    ] = "",
    pairs: Annotated[
        str, typer.Option("--pairs", metavar="FILE", help="A CSV: query, candidate, schema, perhaps is_match.")
    ] = "",
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="With --pairs: the scores as CSV.")] = "",
    aliases: Annotated[bool, typer.Option("--aliases", help="Also by the names known of curated parties.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the answer.")] = "en",
) -> None:
    """How alike two names of parties are, and why."""
    screen = Screen.of(lang, as_json)
    if pairs:
        _show_pairs(given or (), pairs, out, aliases, screen)
        return
    if len(given or ()) != 2 or out:
        what = "--out needs --pairs" if out else f"{len(given or ())} names were given"
        screen.faults.append(Fault("names", what, "name two: tidewaiter names 华为技术有限公司 'Huawei Technologies'"))
    screen.stop()
    raise typer.Exit(_show_two(list(given or ()), schema, aliases, screen))


def _show_two(given: list[str], schema: str, aliases: bool, screen: Screen) -> int:
    from tidewaiter.faces.naming import compare_names
    from tidewaiter.faces.pages.names import names_page

    data = screen.gather(lambda: compare_names(given[0], given[1], schema, aliases=aliases))
    screen.stop()
    screen.show(lambda: data, lambda: names_page(data, screen.words))
    return 1 if data["possible_match"] else 0


def _show_pairs(given: Sequence[str], pairs: str, out: str, aliases: bool, screen: Screen) -> None:
    from tidewaiter.faces.naming import measure_pairs, scored_csv
    from tidewaiter.faces.pages.names import pairs_page

    if given:
        screen.faults.append(Fault("names", "two names and --pairs", "give one of them"))
    screen.stop()
    data = screen.gather(lambda: measure_pairs(Path(pairs), aliases=aliases))
    screen.stop()
    if out:
        _write(Path(out), scored_csv(data))
    screen.show(lambda: data, lambda: pairs_page(data, screen.words, out))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputFaults([Fault("--out", f"cannot be written: {error.strerror}", "name another file")]) from None
