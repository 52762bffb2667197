"""Commands and groups of commands that take their options as text, and commands whose help lists the law's options."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

__all__ = ["FreeCommand", "PlainCommand", "PlainGroup"]


class _AsGiven:
    """A value of an option as it stands."""

    def coerce(self, value: object, param: Any, ctx: Any) -> object:
        """The value; none of many is an empty tuple."""
        return () if value is None and (param.multiple or param.nargs == -1) else value


def _as_given(params: list[Any]) -> list[Any]:
    """Keep typer from loading pydantic, a quarter of the start, to turn text into text: all our options are."""
    for param in params:
        if getattr(param, "_runtime_param", param) is None:
            param._runtime_param = _AsGiven()
    return params


class PlainCommand(TyperCommand):
    """A command whose options are text and flags."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, taken as given."""
        return _as_given(super().get_params(ctx))


class PlainGroup(TyperGroup):
    """A group of commands whose options are text and flags."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, taken as given."""
        return _as_given(super().get_params(ctx))


class FreeCommand(PlainCommand):
    """A command whose help lists the options that the law names."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """List the law's own options after the fixed ones."""
        from tidewaiter.faces.cli.options_help import law_options

        for title, rows in law_options():
            with formatter.section(title):
                formatter.write_dl(rows)
        super().format_epilog(ctx, formatter)
