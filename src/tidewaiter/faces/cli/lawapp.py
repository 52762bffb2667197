"""The commands under `tidewaiter law`."""

from __future__ import annotations

from typing import Annotated

import typer

from tidewaiter.faces.cli.commands import PlainCommand, PlainGroup

__all__ = ["law_app"]

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the answer.")]
_On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="A date, YYYY-MM-DD.")]
_Provision = Annotated[str, typer.Argument(metavar="PROVISION", help="A path, a term, or part of one.")]
_Pattern = Annotated[str | None, typer.Argument(metavar="[PATTERN]", help="Part of a path, term, title or citation.")]


def _list(pattern: _Pattern = None, as_json: _Json = False, lang: _Lang = "en") -> None:
    """The provisions encoded."""
    from tidewaiter.faces.cli import laws
    from tidewaiter.faces.cli.running import Screen

    laws.show_list(pattern, Screen.of(lang, as_json))


def _show(provision: _Provision, on: _On = None, as_json: _Json = False, lang: _Lang = "en") -> None:
    """A provision: what it says, its condition, source, overlays, readings, who refers to it."""
    from tidewaiter.faces.cli import laws
    from tidewaiter.faces.cli.running import Screen

    laws.show_provision(provision, on, Screen.of(lang, as_json))


def _history(provision: _Provision, as_json: _Json = False, lang: _Lang = "en") -> None:
    """The versions of a provision and the overlays on it, by date."""
    from tidewaiter.faces.cli import laws
    from tidewaiter.faces.cli.running import Screen

    laws.show_history(provision, Screen.of(lang, as_json))


def _diff(
    provision: _Provision,
    first: Annotated[str, typer.Argument(metavar="DATE")],
    second: Annotated[str, typer.Argument(metavar="DATE")],
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """How a provision differs between two dates."""
    from tidewaiter.faces.cli import laws
    from tidewaiter.faces.cli.running import Screen

    laws.show_difference(provision, first, second, Screen.of(lang, as_json))


def _coverage(
    regime: Annotated[str | None, typer.Option("--regime", metavar="REGIME", help="One body of law only.")] = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Every section of law in scope: encoded, partly or deliberately not; why, how surely, when last checked."""
    from tidewaiter.faces.cli import laws
    from tidewaiter.faces.cli.running import Screen

    laws.show_coverage(regime, Screen.of(lang, as_json))


def _groups(
    group: Annotated[str | None, typer.Argument(metavar="[GROUP]")] = None,
    on: _On = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Country groups and tables, or the members of one on a date."""
    from tidewaiter.faces.cli import laws
    from tidewaiter.faces.cli.running import Screen

    laws.show_groups(group, on, Screen.of(lang, as_json))


def _instruments(pattern: _Pattern = None, as_json: _Json = False, lang: _Lang = "en") -> None:
    """The published acts that the law rests on."""
    from tidewaiter.faces.cli import laws
    from tidewaiter.faces.cli.running import Screen

    laws.show_instruments(pattern, Screen.of(lang, as_json))


def law_app() -> typer.Typer:
    """The commands under `law`."""
    app = typer.Typer(
        cls=PlainGroup,
        help="The law itself: provisions, history, groups, coverage.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (_list, _show, _history, _diff, _coverage, _groups, _instruments):
        app.command(command.__name__.lstrip("_"), cls=PlainCommand)(command)
    return app
