"""How wide text is: an estimate good enough to place labels, for no font is at hand when a drawing is made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["shortened", "width", "wrapped"]

_NARROW = frozenset("iIjl.,:;'|!()[]{} /tfr-·")
_FULL = frozenset({"W", "F"})
_WIDE = frozenset("mwMW@%—…")
_TOKENS = re.compile(r"[^\W\d_]+[\w.,%/\-]*|\d[\w.,%/\-]*|\s+|.", re.UNICODE)
_OPENING = frozenset("（“‘《「『([")
_CLOSING = frozenset("，。；：、）」』！？”’》,.;:)]·")


def width(text: str, size: float) -> float:
    """The width of text at a size, in the unit of the size."""
    return sum(map(_share, text)) * size


def _share(char: str) -> float:
    if unicodedata.east_asian_width(char) in _FULL:
        return 1.0
    if char in _NARROW:
        return 0.38
    if char in _WIDE:
        return 0.97
    return 0.7 if char.isupper() else 0.61


def shortened(text: str, size: float, room: float) -> str:
    """Text cut to fit the room, with an ellipsis where something was cut."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, room: float) -> tuple[str, ...]:
    """Text in lines that fit the room; broken at blanks, and between Chinese characters."""
    lines: list[str] = [""]
    for token in _pieces(text):
        if lines[-1] and width((lines[-1] + token).rstrip(), size) > room:
            lines.append(token.lstrip())
        else:
            lines[-1] += token
    return tuple(shortened(line.strip(), size, room) for line in lines if line.strip())


def _pieces(text: str) -> Iterator[str]:
    """What must not be broken: words, single Chinese characters with the punctuation that belongs to them."""
    held = ""
    for token in _TOKENS.findall(text):
        parts = list(token) if any(_share(char) == 1.0 for char in token) else [token]
        for part in parts:
            if held and part not in _CLOSING and held[-1] not in _OPENING:
                yield held
                held = ""
            held += part
    if held:
        yield held
