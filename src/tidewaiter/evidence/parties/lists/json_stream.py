"""JSON documents item by item: the members of an object, and each item of its lists, without holding the whole."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from tidewaiter.base.errors import Fault, LimitExceeded
from tidewaiter.evidence.parties.lists.drafts import ListFault
from tidewaiter.evidence.parties.lists.sources import lines_of

__all__ = ["json_lines", "json_members"]

_CHUNK = 1 << 16
_LONGEST = 20_000_000
_DECODER = json.JSONDecoder()

_Item = tuple[str, Any, int]


class _Window:
    """A stretch of text that grows at its end while its beginning is used up; knows the line it stands on."""

    def __init__(self, stream: io.TextIOBase, name: str) -> None:
        self.stream, self.name, self.text, self.at, self.line, self.ended = stream, name, "", 0, 1, False

    def more(self) -> bool:
        """Read on; False at the end. Keeps only what is not used up."""
        self.line += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :], 0
        if len(self.text) > _LONGEST:
            raise LimitExceeded(f"{self.name}: one item of more than {_LONGEST:,} characters")
        chunk = "" if self.ended else self.stream.read(max(_CHUNK, len(self.text)))
        self.ended = not chunk
        self.text += chunk
        return bool(chunk)

    def peek(self) -> str:
        """The next character that is no blank, '' at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n,:":
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        """The value that begins here. Raises ListFault where the text is cut off or no JSON."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self.more():
                    continue
                raise self.fault(error.msg) from None
            except RecursionError:
                raise LimitExceeded(f"{self.name}: nested too deeply") from None
            if end == len(self.text) and self.more():  # a number may go on
                continue
            self.at = end
            return value

    def here(self) -> int:
        return self.line + self.text.count("\n", 0, self.at)

    def fault(self, what: str) -> ListFault:
        where = f"{self.name}:{self.here()}"
        if self.ended:
            return ListFault([Fault(where, "is cut off: the document ends too early", "fetch it again")])
        return ListFault([Fault(where, f"is no JSON: {what}", "fetch it again")])


def json_members(stream: io.TextIOBase, name: str) -> Iterator[_Item]:
    """(key, value, line) of each member of an object; of a list each item by itself, a bare list under ''.

    Raises ListFault where the document is cut off or no JSON.
    """
    window = _Window(stream, name)
    if window.peek() == "[":
        yield from _items(window, "")
    elif window.peek() == "{":
        yield from _members(window)
    else:
        raise window.fault("neither an object nor a list")
    if window.peek():
        raise window.fault("text after the end")


def _members(window: _Window) -> Iterator[_Item]:
    window.at += 1
    while window.peek() != "}":
        key = window.value()
        if not isinstance(key, str):
            raise window.fault("a member without a name")
        if window.peek() == "[":
            yield from _items(window, key)
        else:
            line = window.here()
            yield key, window.value(), line
    window.at += 1


def _items(window: _Window, key: str) -> Iterator[_Item]:
    window.at += 1
    while window.peek() != "]":
        line = window.here()
        yield key, window.value(), line
    window.at += 1


def json_lines(stream: io.TextIOBase, name: str) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """(line, object) of each line that is not empty; None where a line is no object.

    Raises ListFault where the last line is cut off.
    """
    for number, line in enumerate(lines_of(stream, name), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            if not line.endswith("\n"):
                raise ListFault(
                    [Fault(f"{name}:{number}", "is cut off: its last line is no JSON", "fetch it again")]
                ) from None
            value = None
        yield number, value if isinstance(value, dict) else None
