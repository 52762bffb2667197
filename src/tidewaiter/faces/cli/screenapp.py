"""The command `tidewaiter screen` and its options."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["EPILOG", "screen"]

EPILOG = (
    "Exit codes: 0 no possible match and every list complete for that day, 1 a possible match or a restriction "
    "through owners, 2 a fault, 3 undetermined."
)
"""What stands below the help of the command."""

_Names = Annotated[list[str] | None, typer.Argument(metavar="NAME…", help="Names in any script, one an argument.")]
_On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The date asked about. Default: today.")]
_Country = Annotated[str, typer.Option("--country", metavar="COUNTRY", help="Where the party is.")]
_Address = Annotated[str, typer.Option("--address", metavar="TEXT", help="Its address.")]
_Kind = Annotated[str, typer.Option("--kind", metavar="person|organization", help="What it is.")]
_Number = Annotated[list[str] | None, typer.Option("--identifier", metavar="KIND=NUMBER", help="Any identifier.")]
_Owner = Annotated[list[str] | None, typer.Option("--owner", metavar='"NAME=51"', help="An owner, its percentage.")]
_Owners = Annotated[
    str | None,
    typer.Option("--owners", metavar="FILE", help="Owners: CSV (owner, owned, share, from, to) or FollowTheMoney."),
]
_Lists = Annotated[list[str] | None, typer.Option("--list", metavar="LIST", help="A list. Default: all known.")]
_Threshold = Annotated[str | None, typer.Option("--threshold", metavar="0..1", help="The line of a possible match.")]
_Limit = Annotated[str | None, typer.Option("--limit", metavar="N", help="Most possible parties. Default: 10.")]
_Confirm = Annotated[
    list[str] | None,
    typer.Option("--confirm-listing", metavar="KEY|best", help="Take an entry for the party, in this run only."),
]
_File = Annotated[str | None, typer.Option("--file", metavar="FILE|-", help="Names: CSV with name, country, …")]
_Output = Annotated[str | None, typer.Option("--output", metavar="FILE", help="Where answers go: .csv or .jsonl.")]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object (of a file: JSON lines).")]
_Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the answer.")]


def screen(
    names: _Names = None,
    on: _On = None,
    country: _Country = "",
    address: _Address = "",
    kind: _Kind = "",
    identifier: _Number = None,
    owner: _Owner = None,
    owners: _Owners = None,
    lists: _Lists = None,
    threshold: _Threshold = None,
    limit: _Limit = None,
    confirm_listing: _Confirm = None,
    file: _File = None,
    output: _Output = None,
    clear: Annotated[str | None, typer.Option("--clear", metavar="KEY", help="Record: another party.")] = None,
    confirm: Annotated[str | None, typer.Option("--confirm", metavar="KEY", help="Record: the listed party.")] = None,
    reopen: Annotated[str | None, typer.Option("--reopen", metavar="KEY", help="Record: undecided again.")] = None,
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="The reason of the decision.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="The person who decides.")] = "",
    dispositions: Annotated[bool, typer.Option("--dispositions", help="Show the decisions kept.")] = False,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Screen names against the lists as of a date: possible matches, what they would mean, and owners."""
    from tidewaiter.faces.cli.running import Screen
    from tidewaiter.faces.cli.screening import Wanted, run_screen

    wanted = Wanted(
        tuple(names or ()),
        on,
        country,
        address,
        kind,
        tuple(identifier or ()),
        tuple(owner or ()),
        owners,
        tuple(lists or ()),
        threshold,
        limit,
        tuple(confirm_listing or ()),
    )
    decisions = {"cleared": clear, "confirmed": confirm, "reopened": reopen}
    shown = Screen.of(lang, as_json)
    raise typer.Exit(run_screen(wanted, decisions, because, by, file, output, dispositions, shown))
