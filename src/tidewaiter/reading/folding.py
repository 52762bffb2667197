"""Folding: the form of a text in which names are looked for, with the way back to the original.

Invisible characters (zero-width, direction marks) are dropped, full-width forms become ASCII, odd spaces
become plain ones, traditional characters become simplified. Case is kept. Offsets lead back to the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

__all__ = ["Folded", "align", "fold", "simplify", "traditional_forms"]

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | dict.fromkeys(
    [0x00A0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B)], 0x20
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `starts[i]` is the offset in the original of folded character i (None: the same)."""

    text: str
    starts: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that folded characters [start, end) stand for."""
        if self.starts is None or start >= end:
            return (start, end) if self.starts is None else (0, 0)
        return self.starts[start], self.starts[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text for matching (see the module's note)."""
    starts: list[int] | None = None
    if _INVISIBLE.search(text):
        kept = [i for i, char in enumerate(text) if not _INVISIBLE.match(char)]
        text, starts = "".join(text[i] for i in kept), kept
    plain, moved = simplify(text.translate(_WIDE))
    plain = _usual(plain)
    if moved is not None:
        starts = list(moved) if starts is None else [starts[i] for i in moved]
    return Folded(plain, None if starts is None else tuple(starts))


def _usual(text: str) -> str:
    """Taiwanese and Hong Kong words replaced by mainland ones of the same length (晶片: 芯片)."""
    if text.isascii():
        return text
    pattern, words = _regional()
    return pattern.sub(lambda match: words[match[0]], text)


@cache
def _regional() -> tuple[re.Pattern[str], dict[str, str]]:
    from tidewaiter.reading.resources import read_data

    words = {str(key): str(value) for key, value in read_data("regional")["words"].items()}
    return re.compile("|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))), words


def simplify(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Simplified characters and, where lengths changed, the origin of each character of it."""
    if text.isascii():
        return text, None
    return align(text, _converter("t2s"))


def align(text: str, convert: Callable[[str], str]) -> tuple[str, tuple[int, ...] | None]:
    """Convert a text and say where each character comes from; None means that lengths are the same.

    Where a line changes its length it is converted character by character, which costs phrase knowledge
    but keeps the way back exact.
    """
    whole = convert(text)
    if [len(line) for line in whole.split("\n")] == [len(line) for line in text.split("\n")]:
        return whole, None
    pieces: list[str] = []
    starts: list[int] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        for piece, places in _line_pieces(line, convert):
            pieces.append(piece)
            starts.extend(offset + place for place in places)
        offset += len(line)
    return "".join(pieces), tuple(starts)


def _line_pieces(line: str, convert: Callable[[str], str]) -> list[tuple[str, Iterable[int]]]:
    """A line converted whole where that keeps its length, else by characters; with the origin of each character."""
    whole = convert(line)
    if len(whole) == len(line):
        return [(whole, range(len(line)))]
    converted = [convert(char) for char in line]
    return [(piece, [i] * len(piece)) for i, piece in enumerate(converted)]


def traditional_forms(text: str) -> str:
    """The text in traditional characters, where lengths stay the same; else the text itself."""
    converted = str(_converter("s2t")(text))
    return converted if len(converted) == len(text) else text


@cache
def _converter(name: str) -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC(name).convert
    return convert
