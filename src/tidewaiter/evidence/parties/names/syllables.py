"""Mandarin syllables: taking pinyin apart, Wade-Giles, and how near two syllables are."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from tidewaiter.evidence.parties.names.datafiles import data

__all__ = ["inventory", "mandarin", "near", "parts", "reach", "spelled"]

_MAX_TOKEN = 40


@cache
def inventory() -> frozenset[str]:
    """All syllables, and other spellings of some."""
    table = data("pinyin")
    found = {initial + final for initial, finals in table["syllables"].items() for final in finals.split()}
    return frozenset(found | {other for others in table["same"].values() for other in others.split()})


@cache
def _same() -> dict[str, str]:
    return {other: kept for kept, others in data("pinyin")["same"].items() for other in others.split()}


@cache
def _whole() -> re.Pattern[str]:
    ordered = sorted(inventory(), key=lambda each: (-len(each), each))
    return re.compile(f"(?:{'|'.join(ordered)})+")


@lru_cache(maxsize=65_536)
def parts(token: str) -> tuple[str, ...]:
    """The syllables of a token that is pinyin through and through, the fewest; () for any other."""
    if not 1 < len(token) <= _MAX_TOKEN or not _whole().fullmatch(token):
        return ()
    known, same = inventory(), _same()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for begin in range(max(0, end - 6), end):
            before, last = best[begin], token[begin:end]
            if before is None or last not in known:
                continue
            found, held = (*before, same.get(last, last)), best[end]
            if held is None or len(found) < len(held):
                best[end] = found
    return best[len(token)] or ()


@cache
def _wade() -> dict[str, frozenset[str]]:
    """Syllables by their Wade-Giles spelling without apostrophes."""
    table = data("pinyin")
    rules: dict[str, Any] = table["wade"]
    found: dict[str, set[str]] = {}
    for initial, finals in table["syllables"].items():
        for final in finals.split():
            syllable = initial + final
            spelled = rules["whole"].get(syllable)
            if spelled is None:
                spelled = rules["initials"].get(initial, initial) + _wade_final(initial, final, rules["finals"])
            for each in spelled.split():
                found.setdefault(each, set()).add(syllable)
    return {spelling: frozenset(those) for spelling, those in found.items()}


def _wade_final(initial: str, final: str, finals: dict[str, str]) -> str:
    if final == "e" and initial in ("", "y"):
        return final
    return finals.get(final, final) if final != "ui" or initial not in ("g", "k") else "uei"


@lru_cache(maxsize=65_536)
def mandarin(syllable: str) -> frozenset[str]:
    """What a spelled syllable may be in pinyin: itself, or what Wade-Giles means by it."""
    plain = frozenset({_same().get(syllable, syllable)}) if syllable in inventory() else frozenset()
    return plain | _wade().get(syllable, frozenset())


@lru_cache(maxsize=65_536)
def spelled(token: str) -> tuple[frozenset[str], ...]:
    """The syllables a token may stand for, pinyin or one Wade-Giles syllable; () for any other."""
    found = parts(token)
    if found and len(found) > 1:
        return tuple(mandarin(each) for each in found)
    one = mandarin(token)
    return (one,) if one else ()


@lru_cache(maxsize=65_536)
def _split(syllable: str) -> tuple[str, str]:
    cut = 2 if syllable[:2] in ("zh", "ch", "sh") else 1
    if syllable[:1] in "aeo":
        return "", syllable
    return syllable[:cut], syllable[cut:]


@cache
def _pairs(kind: str) -> dict[tuple[str, str], float]:
    found = {}
    for pair, score in data("pinyin")["near"][kind].items():
        one, other = pair.split("-")
        found[one, other] = found[other, one] = float(score)
    return found


@lru_cache(maxsize=65_536)
def near(one: str, other: str) -> float:
    """How near two pinyin syllables are: 1 the same, 0 nothing alike."""
    if one == other:
        return 1.0
    (begin, end), (begin2, end2) = _split(one), _split(other)
    first = 1.0 if begin == begin2 else _pairs("initials").get((begin, begin2), 0.0)
    last = 1.0 if end == end2 else _pairs("finals").get((end, end2), 0.0)
    return first * last * 0.9


def reach(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How near two rows of syllables of equal length are; 0 for rows of unequal length."""
    if not one or len(one) != len(other):
        return 0.0
    scores = [near(a, b) for a, b in zip(one, other, strict=True)]
    return sum(scores) / len(scores) * (0.6 + 0.4 * min(scores))
