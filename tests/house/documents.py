"""The Markdown of the project: its links, and its console examples as commands with expected output.

In a block fenced as `console`, a line that begins with `$ ` is a command and the lines after it are what it prints,
errors included. A line `…` stands for any lines, `…` inside a line for any text. `$ echo $?` asks for the exit code
of the command before it. A command without shown output only has to end without a fault of input (exit code 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house.source import ROOT

__all__ = ["Example", "broken_links", "documents", "examples", "matches"]

_FENCE = re.compile(r"^(?P<fence>```+)[ \t]*(?P<kind>[\w-]*)[^\n]*\n(?P<body>.*?)^(?P=fence)[ \t]*$", re.M | re.S)
_LINK = re.compile(r"!?\[[^\]\n]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"`[^`\n]+`")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.M)


@dataclass(frozen=True, slots=True)
class Example:
    """A command of a console block: the line where it stands, and the output that the document shows."""

    line: int
    command: str
    expected: tuple[str, ...]


@cache
def documents() -> tuple[Path, ...]:
    """The Markdown files of the checkout: those at its root and those in docs/."""
    return tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))


def examples(text: str) -> tuple[Example, ...]:
    """The commands of all console blocks of a document, in order."""
    return tuple(
        example
        for block in _FENCE.finditer(text)
        if block["kind"] == "console"
        for example in _commands(block["body"], text.count("\n", 0, block.start("body")) + 1)
    )


def _commands(body: str, first_line: int) -> Iterator[Example]:
    command, start, expected = "", 0, list[str]()
    for number, line in enumerate([*body.splitlines(), "$ "], first_line):
        if command.endswith("\\"):
            command = f"{command[:-1].rstrip()} {line.removeprefix('> ').strip()}"
        elif line.startswith("$ "):
            if command:
                yield Example(start, command, tuple(expected))
            command, start, expected = line[2:].strip(), number, []
        else:
            expected.append(line)


def matches(expected: tuple[str, ...], printed: str) -> bool:
    """Whether a command printed what a document shows, apart from blanks at line ends and blank lines at both ends."""
    shown = "\n".join(line.rstrip() for line in expected).strip("\n")
    text = "\n".join(line.rstrip() for line in printed.splitlines()).strip("\n")
    return re.fullmatch(_pattern(shown), text) is not None


def _pattern(shown: str) -> str:
    """A regular expression: `…` alone on a line spans lines, `…` within a line does not."""
    parts = [r"(?:.*\n)*?" if line.strip() == "…" else _line(line) + r"\n" for line in shown.split("\n")]
    whole = "".join(parts)
    if whole.endswith(r"\n"):
        return whole.removesuffix(r"\n")
    return whole.removesuffix(r"(?:.*\n)*?").removesuffix(r"\n") + r"(?:\n.*)*"


def _line(line: str) -> str:
    return ".*?".join(re.escape(part) for part in line.split("…"))


def broken_links(path: Path, text: str) -> Iterator[str]:
    """The relative links of a document that lead nowhere: no such file, or no such heading in it."""
    prose = _CODE.sub("", _FENCE.sub("", text))
    for target in _LINK.findall(prose):
        if re.match(r"[a-z][a-z+.-]*:", target):
            continue
        file, _, anchor = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        if not linked.exists():
            yield f"{path.name}: no such file: {target}"
        elif anchor and linked.suffix == ".md" and anchor not in _anchors(linked):
            yield f"{path.name}: no such heading: {target}"


def _anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as the common hosts make them."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower())) for heading in _HEADING.findall(text)}
