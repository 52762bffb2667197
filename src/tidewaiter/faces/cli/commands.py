"""Commands and groups whose options are text, numbers and flags, and commands whose help lists the law's options."""

from __future__ import annotations

import math
from typing import Any, get_args

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

__all__ = ["FreeCommand", "PlainCommand", "PlainGroup"]


class _AsGiven:
    """A value of an option: text as it stands, numbers read."""

    def coerce(self, value: object, param: Any, ctx: Any) -> object:
        """The value; none of many is an empty tuple. Raises BadParameter for what is no number where one is asked."""
        many = param.multiple or param.nargs == -1
        kind = param.type_descriptor.annotation
        kind = next(iter(get_args(kind)), kind) if many else kind
        if kind not in (int, float) or value is None:
            return () if value is None and many else value
        read = [_number(each, kind, param, ctx) for each in (value if isinstance(value, (list, tuple)) else [value])]
        return read if many else read[0]


def _number(text: object, kind: type[int] | type[float], param: Any, ctx: Any) -> float:
    try:
        number = kind(str(text))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        wanted = "whole number" if kind is int else "number"
        raise BadParameter(f"'{text!s:.40}' is no {wanted}", ctx=ctx, param=param)
    return number


def _as_given(params: list[Any]) -> list[Any]:
    """Keep typer from loading pydantic, a quarter of the start, for options that are text, numbers and flags."""
    for param in params:
        if getattr(param, "_runtime_param", param) is None:
            param._runtime_param = _AsGiven()
    return params


class PlainCommand(TyperCommand):
    """A command whose options are text, numbers and flags."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, taken as given."""
        return _as_given(super().get_params(ctx))


class PlainGroup(TyperGroup):
    """A group of commands whose options are text, numbers and flags."""

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
