"""Words spelled by ear: Khayri and Khairi, Obaida and Ubaydah, Vitaliy and Vitalii."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tidewaiter.evidence.parties.names.datafiles import data

__all__ = ["bones", "korean", "sound"]

_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("", "", "aiueoy")


@cache
def _rules() -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, new in data("letters")["sounds"])


@lru_cache(maxsize=131_072)
def sound(word: str) -> str:
    """A Latin word in a spelling by ear."""
    for old, new in _rules():
        if old in word:
            word = word.replace(old, new)
    word = _DOUBLE.sub(r"\1", word)
    return word[:-1] if len(word) > 3 and word.endswith("h") else word


@lru_cache(maxsize=131_072)
def bones(word: str) -> str:
    """The consonants of a word spelled by ear, with its first letter."""
    heard = sound(word)
    return heard[:1] + heard[1:].translate(_VOWELS).replace("h", "")


@cache
def _korean_rules() -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, new in data("letters")["korean"])


@lru_cache(maxsize=32_768)
def korean(text: str) -> str:
    """A Korean syllable whatever the romanisation: Cheol and Chol, Guk and Kuk."""
    for old, new in _korean_rules():
        text = text.replace(old, new)
    return text
