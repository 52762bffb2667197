"""The commands and their options. Each command imports what it needs when it runs: `--help` stays fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from tidewaiter.faces.cli.analysisapp import amendments, compare, frontier, lines
from tidewaiter.faces.cli.commands import FreeCommand, PlainCommand, PlainGroup
from tidewaiter.faces.cli.computeapp import compute_app
from tidewaiter.faces.cli.figureapp import EPILOG as FIGURE_EPILOG
from tidewaiter.faces.cli.figureapp import figure
from tidewaiter.faces.cli.lawapp import law_app
from tidewaiter.faces.cli.listsapp import lists_app
from tidewaiter.faces.cli.naming import NAMES_EPILOG, names
from tidewaiter.faces.cli.screenapp import EPILOG as SCREEN_EPILOG
from tidewaiter.faces.cli.screenapp import screen

__all__ = [
    "FREE",
    "app_for",
    "ask",
    "catalog",
    "check",
    "demo",
    "read",
    "run",
    "sql",
    "timeline",
    "verify",
    "vocabulary",
]

FREE = {"ignore_unknown_options": True, "allow_extra_args": True}
"""Settings of a command whose options come from the law."""

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_Lang = Annotated[str, typer.Option("--lang", metavar="en|zh", help="Language of the answer.")]
_On = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The date asked about, YYYY-MM-DD. Default: today.")
]
_Question = Annotated[str, typer.Option("--question", metavar="KIND", help="The kind of question.")]
_Profile = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME", help="Assumptions for what nobody states. Default: plain_commercial."),
]
_Strict = Annotated[bool, typer.Option("--strict", help="Assume nothing.")]
_Fact = Annotated[list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help="Any fact of the vocabulary.")]


def check(
    ctx: typer.Context,
    document: Annotated[
        list[str] | None, typer.Argument(metavar="[DOCUMENT|-]", help="YAML or JSON with one question or several.")
    ] = None,
    item: Annotated[
        list[str] | None, typer.Option("--item", metavar="NAME", help="A chip, card, server or memory.")
    ] = None,
    on: _On = None,
    question: _Question = "export",
    profile: _Profile = None,
    strict: _Strict = False,
    layer: Annotated[
        str, typer.Option("--layer", metavar="text|enforced|addressee|strictest", help="The layer that counts.")
    ] = "",
    fact: _Fact = None,
    confirm_listing: Annotated[
        list[str] | None,
        typer.Option("--confirm-listing", metavar="KEY|best", help="Take a party named for an entry of a list."),
    ] = None,
    proof: Annotated[bool, typer.Option("--proof", help="Show the whole proof and everything it rests on.")] = False,
    no_ask: Annotated[bool, typer.Option("--no-ask", help="Never ask for missing facts.")] = False,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """What the law says about a question on a date."""
    from tidewaiter.faces.cli.checking import Request, check
    from tidewaiter.faces.cli.running import Screen

    if item and len(item) > 1:
        raise typer.BadParameter("stands twice; keep one of the two", param_hint="--item")
    name = item[0] if item else None
    free, confirmed = (*(document or ()), *ctx.args), tuple(confirm_listing or ())
    request = Request(free, question, name, on, profile, strict, layer, tuple(fact or ()), confirmed)
    raise typer.Exit(check(request, Screen.of(lang, as_json), proof=proof, ask=not no_ask))


def timeline(
    ctx: typer.Context,
    item: Annotated[list[str] | None, typer.Argument(metavar="ITEM", help="A chip, card, server or memory.")] = None,
    from_date: Annotated[
        str | None, typer.Option("--from-date", metavar="DATE", help="Default: the law's begin.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Default: the last check.")] = None,
    question: _Question = "export",
    profile: _Profile = None,
    strict: _Strict = False,
    fact: _Fact = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """How the answer moved through the years."""
    from tidewaiter.faces.cli.checking import Request
    from tidewaiter.faces.cli.histories import show_timeline
    from tidewaiter.faces.cli.running import Screen

    request = Request((*(item or ()), *ctx.args), question, None, None, profile, strict, "", tuple(fact or ()))
    show_timeline(request, from_date, until, Screen.of(lang, as_json))


def catalog(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="An item, or part of names to list.")] = None,
    on: _On = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """The chips known, or one with its figures, sources and class on a date."""
    from tidewaiter.faces.cli.lookups import show_catalog
    from tidewaiter.faces.cli.running import Screen

    show_catalog(name, on, Screen.of(lang, as_json))


def vocabulary(
    term: Annotated[str | None, typer.Argument(metavar="[TERM]", help="A fact, or part of names to list.")] = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """The facts that questions may state: type, unit, range, assumption, question, who knows."""
    from tidewaiter.faces.cli.lookups import show_vocabulary
    from tidewaiter.faces.cli.running import Screen

    show_vocabulary(term, Screen.of(lang, as_json))


def read(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="An article: HTML, PDF, Markdown or plain text.")],
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="The day it appeared.")] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Write .html, .md or .json instead.")] = None,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Read an article: its date, its mentions, its claims checked, and what the law said of its chips on the day."""
    from tidewaiter.faces.cli.articles import show_article
    from tidewaiter.faces.cli.running import Screen

    show_article(file, published, Screen.of(lang, as_json), out)


def verify(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Claims as JSON; see docs/claims.md.")] = "-",
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day the claims speak of.")] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Write .html, .md or .json instead.")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of claims.")] = False,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Check claims that another program supplies, against law, lists, catalog and events."""
    from tidewaiter.faces.cli.articles import show_schema, show_verified
    from tidewaiter.faces.cli.running import Screen

    if schema:
        show_schema()
    else:
        show_verified(file, on, Screen.of(lang, as_json), out)


def ask(
    question: Annotated[str, typer.Option("--question", metavar="KIND", help="The kind of question.")] = "",
    on: _On = None,
    strict: _Strict = False,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Lead from "what do you want to do?" to an answer, with as few questions as decide it."""
    from tidewaiter.faces.cli.arguments import day_of
    from tidewaiter.faces.cli.guided import guide
    from tidewaiter.faces.cli.running import Screen

    screen = Screen.of(lang, as_json)
    day = day_of(on, "--on", screen.faults)
    screen.stop()
    raise typer.Exit(guide(question, day, strict, screen))


def run(
    ctx: typer.Context,
    table: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT", help="A table: .csv, .tsv, .jsonl, .parquet or .arrow.")
    ] = None,
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where the answers go; the ending says how.")] = "",
    question: _Question = "export",
    on: Annotated[str, typer.Option("--on", metavar="COLUMN|DATE", help="The dates, or one date. Default: on.")] = "",
    key: Annotated[str, typer.Option("--key", metavar="COLUMN", help="What names each row. Default: key.")] = "",
    item: Annotated[str, typer.Option("--item", metavar="NAME", help="One chip for all rows.")] = "",
    mapping: Annotated[str, typer.Option("--map", metavar="FILE", help="YAML: which column states what.")] = "",
    column: Annotated[list[str] | None, typer.Option("--column", metavar="NAME=FACT", help="What one states.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="NAME|*", help="States nothing.")] = None,
    screen: Annotated[list[str] | None, typer.Option("--screen", metavar="COLUMN", help="Names to screen.")] = None,
    relation: Annotated[
        list[str] | None, typer.Option("--relation", metavar="NAME=FILE", help="Rows of a relation, led by the key.")
    ] = None,
    keep: Annotated[str, typer.Option("--keep", metavar="all|key", help="Input columns in the output.")] = "all",
    profile: _Profile = None,
    strict: _Strict = False,
    explain: Annotated[str, typer.Option("--explain", metavar="KEY", help="Prove one row instead.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace an output that exists.")] = False,
    engine: Annotated[str, typer.Option("--engine", metavar="local|spark", help="Where rows are answered.")] = "local",
    master: Annotated[str, typer.Option("--master", metavar="URL", help="The cluster, such as local[2].")] = "",
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """Answer every row of a table; interrupted runs take up where they stopped."""
    from tidewaiter.faces.cli.running import Screen
    from tidewaiter.faces.cli.tables import TableRequest, run_table

    words = (*(table or ()), *ctx.args)
    lists = [tuple(each or ()) for each in (column, ignore, screen, relation)]
    request = TableRequest(
        words, question, out, on, key, item, mapping, lists[0], lists[1], lists[2], lists[3], keep, profile, strict,
        explain, force, engine, master,
    )  # fmt: skip
    raise typer.Exit(run_table(request, Screen.of(lang, as_json)))


def sql(
    question: _Question = "export",
    dialect: Annotated[str, typer.Option("--dialect", metavar="NAME", help="duckdb, sqlite, postgres or spark.")] = (
        "duckdb"
    ),
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="One day for all rows.")] = "",
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="First day of dated rows.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day of dated rows.")] = "",
    term: Annotated[list[str] | None, typer.Option("--term", metavar="TERM", help="Further terms to give.")] = None,
    profile: _Profile = None,
    strict: _Strict = False,
    schema: Annotated[bool, typer.Option("--schema", help="Only the tables that the query expects.")] = False,
    as_json: _Json = False,
    lang: _Lang = "en",
) -> None:
    """A question as a keyed query that a warehouse runs, with the tables it expects."""
    from tidewaiter.faces.cli.queries import QueryRequest, show_query
    from tidewaiter.faces.cli.running import Screen

    request = QueryRequest(question, dialect, on, since, until, tuple(term or ()), profile, strict, schema)
    show_query(request, Screen.of(lang, as_json))


def demo(lang: _Lang = "en") -> None:
    """The tour: questions, answers, a proof, an article."""
    from tidewaiter.faces.cli.running import Screen
    from tidewaiter.faces.demo import tour

    tour(Screen.of(lang, as_json=False))


_GROUPS: dict[str, Callable[[], typer.Typer]] = {"law": law_app, "lists": lists_app, "compute": compute_app}
_COMMANDS: dict[str, tuple[Callable[..., None], dict[str, Any]]] = {
    "check": (
        check,
        {
            "cls": FreeCommand,
            "context_settings": FREE,
            "epilog": "Values may be in words or Chinese; 800..820 is an interval.",
        },
    ),
    "timeline": (timeline, {"cls": FreeCommand, "context_settings": FREE}),
    "catalog": (catalog, {}),
    "vocabulary": (vocabulary, {}),
    "read": (read, {}),
    "verify": (verify, {}),
    "ask": (ask, {}),
    "run": (run, {"cls": FreeCommand, "context_settings": FREE, "epilog": "Facts for all rows: --exporter nvidia"}),
    "screen": (screen, {"epilog": SCREEN_EPILOG}),
    "compare": (compare, {}),
    "amendments": (amendments, {}),
    "frontier": (frontier, {"cls": FreeCommand, "context_settings": FREE}),
    "figure": (figure, {"cls": FreeCommand, "context_settings": FREE, "epilog": FIGURE_EPILOG}),
    "lines": (lines, {"cls": FreeCommand, "context_settings": FREE}),
    "names": (names, {"epilog": NAMES_EPILOG}),
    "sql": (sql, {}),
    "demo": (demo, {}),
}


def app_for(command: str) -> typer.Typer:
    """The application with one command, or with all where the command is unknown: building options takes time."""
    app = typer.Typer(
        name="tidewaiter",
        cls=PlainGroup,
        help="What US technology law says about AI on a given date, with the proof. Not legal advice.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
        epilog="Exit codes: 0 clear, 1 a restriction, 2 a fault of usage or input, 3 undetermined.",
    )
    app.callback()(_options)
    for group, made_group in _GROUPS.items():
        if command == group or command not in {*_COMMANDS, *_GROUPS}:
            app.add_typer(made_group(), name=group)
    for name in () if command in _GROUPS else (command,) if command in _COMMANDS else _COMMANDS:
        made, settings = _COMMANDS[name]
        app.command(name, **{"cls": PlainCommand, **settings})(made)
    return app


def _options() -> None:
    """Options before the command: none but --help and --version."""
