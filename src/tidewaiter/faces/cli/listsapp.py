"""The commands under `tidewaiter lists`."""

from __future__ import annotations

from typing import Annotated

import typer

from tidewaiter.faces.cli.commands import PlainCommand, PlainGroup

__all__ = ["lists_app"]

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the answer.")]


def _lists(ctx: typer.Context, as_json: _Json = False, lang: _Lang = "en") -> None:
    """The lists known, the editions at hand, and the days on which they are complete."""
    if ctx.invoked_subcommand is None:
        from tidewaiter.faces.cli.listing import show_lists
        from tidewaiter.faces.cli.running import Screen

        show_lists(Screen.of(lang, as_json))


def _import(
    file: Annotated[list[str], typer.Argument(metavar="FILE…", help="A list; an old OFAC set may be several files.")],
    code: Annotated[str, typer.Option("--list", metavar="LIST", help="Which list it is. Default: as it says.")] = "",
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day of the list. Default: as it says.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Take a list that shrank by half.")] = False,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="Its format. Default: recognized.")] = "",
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Take a list as published: CSL, OFAC, CFR tables, FollowTheMoney and others; gzip too."""
    from tidewaiter.faces.cli.listing import import_lists
    from tidewaiter.faces.cli.running import Screen

    import_lists(file, code, as_of, force, form, Screen.of(lang, as_json))


def _show(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key of an entry.")],
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """One entry with all it holds."""
    from tidewaiter.faces.cli.listing import show_entry
    from tidewaiter.faces.cli.running import Screen

    show_entry(key, Screen.of(lang, as_json))


def _history(
    name: Annotated[str, typer.Argument(metavar="NAME|KEY", help="A name as printed, in any script, or a key.")],
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """A name through the editions: on which lists, from when, until when, under which names."""
    from tidewaiter.faces.cli.listing import show_name
    from tidewaiter.faces.cli.running import Screen

    show_name(name, Screen.of(lang, as_json))


def lists_app() -> typer.Typer:
    """The commands under `lists`."""
    app = typer.Typer(
        cls=PlainGroup,
        help="Lists of restricted parties: editions, import, entries, history.",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    app.callback()(_lists)
    for command in (_import, _show, _history):
        app.command(command.__name__.lstrip("_"), cls=PlainCommand)(command)
    return app
