"""Where output goes: a terminal gets color and tables, everything else plain text; JSON is one object."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault
from tidewaiter.faces.pages.blocks import Block, clean
from tidewaiter.faces.pages.drawing import drawn

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["FAULT_EXIT", "console", "is_terminal", "print_faults", "print_json", "print_page"]

FAULT_EXIT = 2
"""Exit code of a fault of usage or input."""
_INVISIBLE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def is_terminal() -> bool:
    """Whether standard output is a terminal that takes more than plain text."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def console() -> Console:
    """The terminal; colors are off where NO_COLOR is set."""
    from rich.console import Console

    from tidewaiter.faces.pages.coloring import MAX_WIDTH

    found = Console(highlight=False, markup=False, emoji=False, soft_wrap=False)
    if found.width > MAX_WIDTH:
        found.width = MAX_WIDTH
    return found


def print_page(blocks: Iterable[Block]) -> None:
    """Show a page: drawn by rich on a terminal, as plain text elsewhere."""
    if is_terminal():
        from tidewaiter.faces.pages.coloring import show

        show(blocks, console())
    else:
        _write(drawn(blocks))


def print_json(data: Any) -> None:
    """Print one JSON object, Chinese as it is; characters that could command a terminal stay escaped."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)
    _write(_INVISIBLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def print_faults(faults: Sequence[Fault], *, as_json: bool = False) -> None:
    """All faults, one line each, on standard error; with `as_json` also as an object on standard output."""
    for fault in faults:
        sys.stderr.write(f"tidewaiter: {clean(str(fault))}\n".encode("utf-8", "replace").decode("utf-8"))
    if as_json:
        listed = [{"where": fault.where, "what": fault.what, "remedy": fault.remedy} for fault in faults]
        print_json({"schema_version": 1, "exit_code": FAULT_EXIT, "faults": listed})


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
