"""Names as people write them, brought to one form.

Case, width, spaces, hyphens, brackets and trademark signs do not matter; traditional Chinese becomes
simplified. Letters and digits do matter: nothing is cut from a name here, so H20 stays apart from H200.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

__all__ = ["MAX_NAME", "bare", "plain_words", "shown", "spaced", "unreadable"]

MAX_NAME = 200
"""Longest name that is looked up, in characters."""

_DROPPED = re.compile(r"[\s\-\u2010-\u2015\u2212_/\\()\[\]{}<>'\"`´’‘“”«»,;:!?·・•|~™®©℠&「」『』【】、。，]+")
_DOT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_MARKS = re.compile("[™®©℠]")


def unreadable(name: object) -> str:
    """Why a name cannot be looked up, or the empty text."""
    if not isinstance(name, str) or not name.strip():
        return "is empty"
    if len(name) > MAX_NAME:
        return f"has {len(name)} characters, more than the {MAX_NAME} that are read"
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") and sign not in "\t\n\r" for sign in name):
        return "holds control characters"
    return ""


def spaced(name: str) -> str:
    """The name in lower case, normal width and simplified characters, with single spaces."""
    signs = (sign for sign in _MARKS.sub("", name) if unicodedata.category(sign) != "Cf")
    text = unicodedata.normalize("NFKC", "".join(signs)).casefold()
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return text if text.isascii() else _simplified(text)


def bare(name: str) -> str:
    """The form under which names are compared: `spaced`, without spaces, hyphens and other signs."""
    # Signs that go may leave a letter and its accent side by side: put them together again.
    return unicodedata.normalize("NFKC", _DROPPED.sub("", _DOT.sub("", spaced(name))))


def plain_words(words: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of words in the form of `bare`, longest first; the counts likewise."""
    lists = {
        key: sorted({bare(word) or word for word in value}, key=lambda word: (-len(word), word))
        for key, value in words.items()
        if key not in ("counts", "scales")
    }
    return {**lists, **{key: {bare(word): n for word, n in words[key].items()} for key in ("counts", "scales")}}


def shown(name: object) -> str:
    """A name as a message may print it: short, on one line, without control characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(name)[:60])
    return text + ("…" if len(str(name)) > 60 else "")


def _simplified(text: str) -> str:
    return str(_converter().convert(text)) if any(_is_han(sign) for sign in text) else text


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or sign >= "\U00020000"


@lru_cache(maxsize=1)
def _converter() -> Any:
    # Loading the tables takes a while, and most names need none.
    import opencc

    return opencc.OpenCC("t2s")
