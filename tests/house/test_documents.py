"""Documents lead where they say, and their examples print what they show."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.house.documents import Example, broken_links, documents, examples, matches
from tests.house.report import no_faults
from tests.house.source import PACKAGE, ROOT

__all__: list[str] = []

SECONDS = 60
NOT_RUN = ("test", "lint", "bench", "mutate", "setup")
"""Commands of ./run that a document may show, and that a test does not run."""

TIDEWAITER = "import sys; from tidewaiter.faces.main import main; sys.argv[0] = 'tidewaiter'; sys.exit(main())"


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def command_line(command: str) -> list[str] | None:
    """How to run a shown command here; None for one that is only shown."""
    words = shlex.split(command)
    if any(word in ("|", ">", ">>", "<", "&&", ";") for word in words):
        raise ValueError(f"an example is one plain command, without pipes and redirections: {command}")
    if words[0] == "./run" and words[1:2] == ["demo"]:
        return [sys.executable, "-m", "tidewaiter.faces.demo", *words[2:]]
    if words[0] not in ("tidewaiter", "./run") or (words[0] == "./run" and (len(words) < 2 or words[1] in NOT_RUN)):
        return None
    return [sys.executable, "-c", TIDEWAITER, *words[1:]]


def run(command: list[str], folder: Path) -> tuple[int, str]:
    """Exit code and everything printed; in `folder`, with a terminal's width and without colors."""
    plain = {"NO_COLOR": "1", "COLUMNS": "120", "TERM": "dumb", "PYTHONIOENCODING": "utf-8", "HOME": str(folder)}
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("TIDEWAITER_", "XDG_"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**environment, **plain},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", errors="replace")


def example_faults(name: str, found: tuple[Example, ...], folder: Path) -> list[str]:
    """What the examples of one document get wrong; they run one after another in one folder."""
    faults, code, ran = [], 0, False
    for i, example in enumerate(found):
        where = f"{name}:{example.line}: $ {example.command}"
        if example.command == "echo $?":
            if ran and not matches(example.expected, str(code)):
                faults.append(f"{where}\n    the exit code is {code}")
            continue
        command = command_line(example.command)
        if ran := command is not None:
            code, printed = run(command, folder)
            asked = i + 1 < len(found) and found[i + 1].command == "echo $?"
            faults += [f"{where}\n{fault}" for fault in output_faults(example, code, printed, asked)]
    return faults


def output_faults(example: Example, code: int, printed: str, asked: bool) -> list[str]:
    """What is wrong with what a command printed; `asked`: the document shows its exit code."""
    shown = any(line.strip() for line in example.expected)
    if "Traceback (most recent call last)" in printed:
        return [f"    ends in a traceback:\n{printed}"]
    if shown and not matches(example.expected, printed):
        return [f"    prints, with exit code {code}:\n{printed}"]
    return [f"    ends with exit code 2:\n{printed}"] if code == 2 and not (shown or asked) else []


def working_folder(path: Path) -> Path:
    """A folder that shows the checkout's files by links, so that examples leave nothing behind in it."""
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (path / entry.name).symlink_to(entry)
    return path


WITH_EXAMPLES = [path for path in documents() if examples(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("document", WITH_EXAMPLES, ids=named)
def test_examples_print_what_the_document_shows(document: Path, tmp_path: Path) -> None:
    if not (ROOT / "src" / PACKAGE / "faces" / "main.py").exists():
        pytest.skip("the command line is not there yet")
    found = examples(document.read_text(encoding="utf-8"))
    no_faults(example_faults(named(document), found, working_folder(tmp_path)))


@pytest.mark.parametrize("document", documents(), ids=named)
def test_python_sessions_print_what_the_document_shows(document: Path) -> None:
    blocks = re.findall(r"^```pycon\n(.*?)^```", document.read_text(encoding="utf-8"), re.M | re.S)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, named(document), named(document), 0)
    lines: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test, out=lines.append)
    no_faults(lines)


def test_every_relative_link_leads_somewhere() -> None:
    assert documents()
    no_faults(fault for path in documents() for fault in broken_links(path, path.read_text(encoding="utf-8")))


PAGE = """Text
```console
$ tidewaiter check a \\
>   --on 2025-01-01
first
…
last: … days

$ echo $?
1
```
```sh
$ not an example
```
"""


def test_examples_are_found() -> None:
    found = examples(PAGE)
    assert [example.command for example in found] == ["tidewaiter check a --on 2025-01-01", "echo $?"]
    assert found[0].line == 3
    assert found[0].expected == ("first", "…", "last: … days", "")
    assert found[1].expected == ("1",)


@pytest.mark.parametrize("printed", ["first\nlast: 3 days\n", "first  \nx\n\ny\nlast: 9 days", "\nfirst\nlast:  days"])
def test_output_as_shown_matches(printed: str) -> None:
    assert matches(examples(PAGE)[0].expected, printed)


@pytest.mark.parametrize(
    "printed", ["", "first", "first\nlast: 3 days\nz", "a\nfirst\nlast: 3 days", "first\nlast: 3\n days"]
)
def test_other_output_does_not_match(printed: str) -> None:
    assert not matches(examples(PAGE)[0].expected, printed)


def test_an_ellipsis_at_the_ends_matches_anything_there() -> None:
    assert matches(("a", "…"), "a\nb\nc")
    assert matches(("a", "…"), "a")
    assert matches(("…", "c"), "a\nb\nc")
    assert matches(("…", "c", "…"), "a\nc")
    assert not matches(("a", "…"), "ab\nc")
    assert matches(("1 + 1 (…) [x].",), "1 + 1 (two) [x].")


def test_faults_of_examples_are_found() -> None:
    shown = Example(1, "tidewaiter x", ("good",))
    assert not output_faults(shown, 2, "good\n", asked=False)
    assert output_faults(shown, 0, "bad\n", asked=False)
    assert output_faults(Example(1, "tidewaiter x", ()), 2, "fault", asked=False)
    assert not output_faults(Example(1, "tidewaiter x", ()), 2, "fault", asked=True)
    assert output_faults(Example(1, "tidewaiter x", ()), 1, "Traceback (most recent call last):", asked=False)


def test_only_plain_commands_are_run() -> None:
    assert command_line("./run test") is None
    assert command_line("git clone x") is None
    assert (command_line("./run check x") or [])[-2:] == ["check", "x"]
    with pytest.raises(ValueError, match="one plain command"):
        command_line("tidewaiter x | head")


def test_broken_links_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# The house\n[a](page.md#the-house) [b](https://x.y) `[c](d)`\n", encoding="utf-8")
    assert not list(broken_links(page, page.read_text(encoding="utf-8")))
    assert len(list(broken_links(page, "[a](none.md) [b](#nowhere) ![c](none.png)"))) == 3
