"""The commands under `tidewaiter compute`."""

from __future__ import annotations

from typing import Annotated

import typer

from tidewaiter.faces.cli.commands import PlainCommand, PlainGroup

__all__ = ["compute_app"]

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the answer.")]
_Model = Annotated[str, typer.Argument(metavar="MODEL", help="A model of the catalog.")]
_Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="Number format of weights and products.")]
_Chips = Annotated[int, typer.Option("--chips", metavar="N", help="How many chips work together.")]
_Prompt = Annotated[int, typer.Option("--prompt", metavar="TOKENS", help="Tokens of a prompt.")]


def _train(
    model: _Model,
    chip: Annotated[str | None, typer.Option("--chip", metavar="NAME", help="Default: the chip published.")] = None,
    chips: Annotated[int | None, typer.Option("--chips", metavar="N", help="Default: as published.")] = None,
    number_format: _Format = "fp8",
    mfu: Annotated[float | None, typer.Option("--mfu", metavar="SHARE", help="Share of the peak reached.")] = None,
    rate: Annotated[float | None, typer.Option("--rate", metavar="USD", help="Rent of a chip for an hour.")] = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """What training a model took: operations, chip-hours, cost, days."""
    from tidewaiter.faces import computing
    from tidewaiter.faces.cli.computing import show

    show("training", lambda: computing.training_json(model, chip, chips, number_format, mfu, rate), lang, as_json)


def _serve(
    model: _Model,
    chip: Annotated[
        list[str] | None, typer.Option("--chip", metavar="NAME", help="Chips to compare; may stand often.")
    ] = None,
    chips: _Chips = 8,
    batch: Annotated[
        list[int] | None, typer.Option("--batch", metavar="N", help="Sequences at once; may stand often.")
    ] = None,
    context: Annotated[int, typer.Option("--context", metavar="TOKENS", help="Mean tokens before the new one.")] = 4096,
    prompt: _Prompt = 4096,
    number_format: _Format = "fp8",
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """The roofline of serving a model: the most tokens a second, and what limits them."""
    from tidewaiter.faces import computing
    from tidewaiter.faces.cli.computing import show

    names, batches = chip or list(computing.DEFAULT_CHIPS), batch or [1, 32, 256]
    show(
        "serving",
        lambda: computing.serving_json(model, names, chips, batches, context, prompt, number_format),
        lang,
        as_json,
    )


def _answer(
    model: _Model,
    tokens: Annotated[
        list[int] | None, typer.Option("--tokens", metavar="N", help="Tokens of an answer; may stand often.")
    ] = None,
    samples: Annotated[int, typer.Option("--samples", metavar="N", help="Answers sampled at once.")] = 1,
    prompt: _Prompt = 500,
    chip: Annotated[str | None, typer.Option("--chip", metavar="NAME", help="The chip that answers.")] = None,
    chips: _Chips = 8,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Test-time scaling: what an answer costs as reasoning grows longer."""
    from tidewaiter.faces import computing
    from tidewaiter.faces.cli.computing import show

    lengths = tokens or [500, 5_000, 20_000]
    show("answers", lambda: computing.answers_json(model, lengths, samples, prompt, chip, chips), lang, as_json)


def _claim(
    chip: Annotated[str, typer.Option("--chip", metavar="NAME", help="The chip that is claimed.")],
    chips: Annotated[int, typer.Option("--chips", metavar="N", help="How many of them.")],
    hours: Annotated[
        float | None, typer.Option("--hours", metavar="H", help="Chip-hours of a run. Default: those of the model.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", metavar="MODEL", help="The model of the run.")] = None,
    number_format: _Format = "fp8",
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """A claim about chips beside a run: the arithmetic and its assumptions, never a verdict."""
    from tidewaiter.faces import computing
    from tidewaiter.faces.cli.computing import show

    show("claim", lambda: computing.claim_json(chip, chips, hours, model, number_format), lang, as_json)


def compute_app() -> typer.Typer:
    """The commands under `compute`."""
    app = typer.Typer(
        cls=PlainGroup,
        help="Compute: training, serving, long answers, and claims about chips. Calculations, not law.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (_train, _serve, _answer, _claim):
        app.command(command.__name__.lstrip("_"), cls=PlainCommand)(command)
    return app
