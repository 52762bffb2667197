"""Names brought to lower-case Latin letters, digits and simplified hanzi."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tidewaiter.evidence.parties.names.datafiles import data
from tidewaiter.evidence.parties.names.faults import MAX_NAME, name_fault

__all__ = ["HANZI", "fold", "words"]

HANZI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f\u3007"
"""Ranges of hanzi, for a character class."""

_WORD = re.compile(rf"[a-z]+|[0-9]+|[{HANZI}]+|[^\W_a-z0-9{HANZI}]+")
_HAN = re.compile(rf"[{HANZI}]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_AND = re.compile(r"\band\b|&")
_MERGED = re.compile(r"(?<![^\W\d])([a-z])\.? (?=[a-z]\b)")


@cache
def _ascii() -> dict[int, str]:
    return {ord(sign): "" for sign in data("letters")["silent"]}


@cache
def _letters() -> dict[int, str]:
    tables = data("letters")
    found = {
        ord(sign): text for name in ("latin", "cyrillic", "greek", "arabic") for sign, text in tables[name].items()
    }
    return found | _ascii()


@cache
def _simplify_with() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


def _simplified(text: str) -> str:
    """Traditional and Japanese forms of hanzi as simplified ones."""
    variants = _variants()
    converted: str = _simplify_with().convert(text)  # type: ignore[attr-defined]
    return converted.translate(variants)


@cache
def _variants() -> dict[int, str]:
    return {ord(sign): plain for sign, plain in data("letters").get("variants", {}).items()}


def _foreign(text: str) -> str:
    """Everything that is not ASCII: width, marks, other scripts, hanzi."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFKC", text).casefold().translate(_letters())
    if not text.isascii():
        kept = [s for s in unicodedata.normalize("NFKD", text) if unicodedata.category(s) not in ("Mn", "Cf", "Cc")]
        text = unicodedata.normalize("NFC", "".join(kept)).translate(_letters())
        if _HAN.search(text):
            text = _simplified(text)
    return text


def fold(text: str) -> str:
    """The name in lower-case Latin letters, digits, hanzi and the letters of scripts without a table.

    Raises NameFault for what is not text, empty, longer than MAX_NAME, or without letters and digits.
    """
    if not isinstance(text, str):
        raise name_fault("is not text", "give a name as text")
    if len(text) > MAX_NAME:
        raise name_fault(f"has {len(text)} characters", f"give at most {MAX_NAME}")
    folded = text.lower().translate(_ascii()) if text.isascii() else _foreign(text)
    if not _WORD.search(folded):
        raise name_fault("is empty or holds no letter and no digit", "give a name")
    return folded


def words(folded: str) -> list[str]:
    """The words of a folded name: runs of Latin letters, of digits, of hanzi."""
    return _WORD.findall(folded)
