"""Bad input: every fault at once, one line each, exit code 2, never a traceback."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.faces.running import Done, cli

from tidewaiter.faces.main import run
from tidewaiter.faces.pages.blocks import Piece, clean
from tidewaiter.faces.pages.wrapping import wrapped

__all__: list[str] = []

Capture = pytest.CaptureFixture[str]
WORDS = (
    "--item",
    "H20",
    "--to",
    "CN",
    "--fact",
    "ic.die_area=1",
    "--json",
    "--strict",
    "--layer",
    "--die-area",
    "1..2",
)
SIX_FAULTS = """\
questions:
  - item: NVIDIA H20
    on: 2025-05-01
    options: {to: Chinaa, quantity: -4}
    facts: {ics: [{die_area: .nan, peaks: [{bits: eight, tops: 296}]}], colour: red}
  - item: H20Z999
    when: 2025-05-01
    on: 2019-01-01
    profile: hopeful
"""


def refused(done: Done, *parts: str) -> None:
    assert done.code == 2
    assert "Traceback" not in done.err
    assert all(line.startswith("tidewaiter: ") for line in done.faults)
    for part in parts:
        assert part in done.err


def test_an_unknown_chip_gets_its_nearest_names(capsys: Capture) -> None:
    refused(cli(capsys, "check", "--item", "H20Z", "--to", "CN"), "item: 'H20Z' is not in the catalog", "H20")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--die-area", "-5", "outside 0"),
        ("--die-area", "nan", "no finite number"),
        ("--die-area", "inf", "no finite number"),
        ("--die-area", "814mm2", "no number"),
        ("--die-area", "820..800", "swap them"),
        ("--to", "Atlantis", "none of country"),
        ("--to", "Chinaa", "did you mean CN"),
        ("--data-center", "perhaps", "neither true nor false"),
        ("--notice", "tomorrow", "YYYY-MM-DD"),
        ("--exporter", "acme", "one of nvidia, amd"),
    ],
)
def test_a_wrong_value_names_its_option(capsys: Capture, option: str, value: str, said: str) -> None:
    done = cli(capsys, "check", "--item", "H20", "--on", "2025-05-01", option, value)
    refused(done, f"tidewaiter: {option}: ", said)
    assert len(done.faults) == 1


def test_an_unknown_option_gets_its_nearest_names(capsys: Capture) -> None:
    refused(cli(capsys, "check", "--item", "H20", "--exportr", "nvidia"), "--exportr", "did you mean exporter")
    refused(cli(capsys, "check", "--item", "H20", "--profil", "x"), "did you mean profile")
    refused(cli(capsys, "check", "--item", "H20", "--to"), "--to: has no value")
    refused(cli(capsys, "check", "--item", "H20", "--to", "CN", "--to", "DE"), "stands twice")


def test_a_date_before_the_law_is_refused(capsys: Capture) -> None:
    refused(cli(capsys, "check", "--item", "H20", "--to", "CN", "--on", "2021-12-31"), "begins on 2022-01-01")


@pytest.mark.parametrize("day", ["2025-02-30", "20250501", "05/01/2025", "2025-W05-1", "soon"])
def test_a_day_that_is_none_is_refused(capsys: Capture, day: str) -> None:
    refused(cli(capsys, "check", "--item", "H20", "--to", "CN", "--on", day), "--on", "write YYYY-MM-DD")


def test_all_faults_of_the_command_line_come_at_once(capsys: Capture) -> None:
    done = cli(
        capsys, "check", "--item", "H2O", "--to", "Chinaa", "--on", "2025-5-1", "--exportr", "nvidia",
        "--die-area", "nan", "--layer", "x", "--lang", "fr", "--profile", "y", "--fact", "a", "--fact", "outcome=1",
    )  # fmt: skip
    refused(done, "item:", "--to:", "--on:", "--exportr:", "--die-area:", "layer:", "--lang:", "profile:", "--fact:")
    assert len(done.faults) == 10


def test_all_faults_of_a_document_come_at_once(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(SIX_FAULTS, encoding="utf-8")
    done = cli(capsys, "check", str(file))
    refused(done)
    wanted = (
        "questions[0].--to", "questions[0].--quantity", "questions[0].facts.ics[0].die_area",
        "questions[0].facts.ics[0].peaks[0].bits", "questions[0].facts.colour", "questions[1].item",
        "questions[1].when", "questions[1].on", "questions[1].profile",
    )  # fmt: skip
    for where in wanted:
        assert f"tidewaiter: {where}: " in done.err, where
    assert len(done.faults) == len(wanted)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item: [", "is not YAML"),
        ('{"item": "H20",}', ""),
        ('{"item": "H20" "to"}', "is not"),
        ("item: &a H20\nfacts: *a", "aliases"),
        ("item: H20\nitem: H100", "stands twice"),
        ('{"item": "H20", "item": "H100"}', "stands twice"),
        ("just text", "holds no question"),
        ("questions: []", "no list of questions"),
        ("questions: [1, 2]", "questions[1]"),
        ("options: 3\nitem: 4", "options: is no mapping"),
        ("[" * 5000, "nested"),
        ("{a: " * 5000, ""),
    ],
)
def test_a_malformed_document_is_refused(capsys: Capture, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "question"
    file.write_text(text, encoding="utf-8")
    done = cli(capsys, "check", str(file))
    if said:
        refused(done, said)
    assert "Traceback" not in done.err


def test_a_document_that_is_no_text_or_no_file_is_refused(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00item")
    refused(cli(capsys, "check", str(tmp_path / "bytes")), "is not UTF-8")
    refused(cli(capsys, "check", str(tmp_path / "absent")), "cannot be read")
    refused(cli(capsys, "check", str(tmp_path)), "is no file")
    refused(cli(capsys, "check"), "nothing was asked")
    refused(cli(capsys, "check", "a.yaml", "b.yaml"), "2 documents")


def test_a_document_that_is_too_large_is_refused(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"#" * 5_000_001)
    refused(cli(capsys, "check", str(tmp_path / "large")), "more than 5,000,000 bytes")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("check", "--item"),
        ("law", "show"),
        ("law", "show", "no-such-provision"),
        ("law", "show", ""),
        ("law", "diff", "3a090_a", "x", "y"),
        ("law", "groups", "Z9"),
        ("law", "list", "zzzz"),
        ("law", "instruments", "zzzz"),
        ("catalog", "no such chip at all 777"),
        ("vocabulary", "no_such_fact_zz"),
        ("timeline",),
        ("timeline", "H20", "--to", "CN", "--from-date", "2026-01-01", "--until", "2025-01-01"),
        ("timeline", "H20Z", "--to", "Atlantis"),
        ("read", "no-such-file.txt"),
        ("demo", "--lang", "xx"),
        ("check", "--question", "expport", "--item", "H20"),
        ("--nonsense",),
    ],
)
def test_every_command_refuses_in_lines(capsys: Capture, arguments: tuple[str, ...]) -> None:
    done = cli(capsys, *arguments)
    refused(done)
    assert done.faults


@pytest.mark.parametrize(
    "name", ["\x1b[31mH20\x1b[0m", "[bold red]H20[/]", "H20\u202egnp", "H20\x00", "\x9b31mH20", "a" * 5000]
)
def test_hostile_names_are_shown_harmless(capsys: Capture, name: str) -> None:
    done = cli(capsys, "check", "--item", name, "--to", name)
    refused(done)
    assert not set("\x1b\x9b\x00\u202e") & set(done.err + done.out)


def test_hostile_texts_in_answers_are_shown_harmless(capsys: Capture) -> None:
    done = cli(capsys, "check", "--item", "H20", "--to", "CN", "--end-user", "\x1b]0;pwned\x07[red]x", "--json")
    assert not set("\x1b\x07") & set(done.out)
    assert clean("a\x1b[31m\u202eb") == "a\ufffd[31m\ufffdb"


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=6))
def test_no_arguments_at_all_end_in_a_traceback(words: list[str]) -> None:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["check", "--on", "2025-05-01", "--no-ask", *words])
    assert code in (0, 1, 2, 3)
    assert "Traceback" not in err.getvalue()
    assert bool(err.getvalue()) == (code == 2)


def test_markup_is_not_read_on_a_terminal() -> None:
    from rich.console import Console

    from tidewaiter.faces.pages.blocks import Block, Grid, Lines, Panel, Tree, Twig, line
    from tidewaiter.faces.pages.coloring import show

    evil = line(Piece("[bold]x[/bold] [link=http://x]y[/link] \x1b[31m :smile:", "strong"))
    blocks: list[Block] = [
        Panel("[red]t[/red]", (evil,), "bad"), Lines("[b]", (evil,)), Grid("[i]", ("[u]",), ((evil,),)),
        Tree("[s]", (Twig(evil, (Twig(evil),)),)),
    ]  # fmt: skip
    file = io.StringIO()
    show(blocks, Console(file=file, width=100, no_color=True, force_terminal=False))
    shown = file.getvalue()
    assert shown.count("[bold]x[/bold] [link=http://x]y[/link] \ufffd[31m :smile:") == 5
    assert "[red]t[/red]" in shown
    assert "\x1b" not in shown


def test_wrapped_lines_keep_every_character_and_fit() -> None:
    text = "先进计算物项的地区稳定许可要求（RS），" * 9 + "word " * 30
    rows = wrapped((Piece(text),), 40)
    assert "".join(piece.text for row in rows for piece in row).replace(" ", "") == text.replace(" ", "")
    from tidewaiter.faces.pages.blocks import text_of, width

    assert max(width(text_of(row)) for row in rows) <= 40
    assert not any(text_of(row).strip().startswith(("，", "）")) for row in rows)


def test_a_defect_is_a_line_too(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("tidewaiter.faces.cli.checking.answer", broken)
    refused(cli(capsys, "check", "--item", "H20"), "ZeroDivisionError: planted", "please report it")


@pytest.mark.parametrize("words", [("frontier", "--to", "CN"), ("lines", "H20", "--to", "CN"), ("lines", "--frees")])
def test_a_day_before_the_law_is_no_answer_anywhere(capsys: Capture, words: tuple[str, ...]) -> None:
    refused(cli(capsys, *words, "--on", "2021-01-01"), "lies before the law that is encoded", "2022-01-01 or later")


def test_a_question_without_facts_is_told_its_own_options(capsys: Capture) -> None:
    refused(cli(capsys, "check", "--question", "distillation"), "nothing was asked", "--means", "14 options")
