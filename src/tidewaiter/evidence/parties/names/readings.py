"""How hanzi are read: Mandarin by pypinyin, family names by our own table, and readings outside Mandarin."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from tidewaiter.evidence.parties.names.datafiles import data

__all__ = [
    "family_readings",
    "given_readings",
    "historic",
    "japanese",
    "mandarin_of",
    "other_families",
    "romanised_families",
    "surname_length",
]


def _unread(signs: str) -> Any:
    return [""] * len(signs)


@lru_cache(maxsize=65_536)
def mandarin_of(hanzi: str) -> tuple[str, ...]:
    """The toneless syllables of a run of hanzi, one a character; signs without a reading give ''."""
    from pypinyin import Style, lazy_pinyin

    found = lazy_pinyin(hanzi, style=Style.NORMAL, errors=_unread)
    if len(found) != len(hanzi):
        return ("",) * len(hanzi)
    other, last = data("readings")["firms"], len(hanzi) - 1
    return tuple(
        other.get(sign, said) if at < last else said for at, (sign, said) in enumerate(zip(hanzi, found, strict=True))
    )


@cache
def _surnames() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    found = {}
    for name, line in data("surnames").items():
        plain, _, others = line.partition("/")
        found[name] = (
            tuple(each.strip() for each in plain.split(",")),
            tuple(each.strip() for each in others.split(",") if each.strip()),
        )
    return found


def surname_length(hanzi: str) -> int:
    """How many leading characters are a family name: 2, 1, or 0."""
    known = _surnames()
    if len(hanzi) > 2 and hanzi[:2] in known:
        return 2
    return 1 if hanzi[:1] in known else 0


def family_readings(family: str) -> tuple[tuple[str, ...], ...]:
    """The Mandarin readings of a family name, each as syllables."""
    known = _surnames().get(family)
    return tuple(tuple(each.split("-")) for each in known[0]) if known else (mandarin_of(family),)


def other_families(family: str) -> tuple[str, ...]:
    """Romanisations of a family name outside Mandarin pinyin."""
    known = _surnames().get(family)
    return known[1] if known else ()


@cache
def romanised_families() -> dict[str, frozenset[str]]:
    """Mandarin readings by every romanisation of a family name."""
    found: dict[str, set[str]] = {}
    for plain, others in _surnames().values():
        for each in others:
            found.setdefault(each.replace(" ", ""), set()).add(plain[0].replace("-", ""))
    return {each: frozenset(those) for each, those in found.items()}


@cache
def given_readings() -> dict[str, frozenset[str]]:
    """Syllables outside Mandarin in which a character of a given name is written."""
    return {sign: frozenset(line.replace("/", " ").split()) for sign, line in data("readings")["given"].items()}


@cache
def japanese() -> dict[str, tuple[str, ...]]:
    """Japanese readings of names by their hanzi."""
    return {name: tuple(line.split()) for name, line in data("japanese").items()}


@cache
def historic() -> dict[str, tuple[str, ...]]:
    """Forms of the names of public figures that no rule gives, by their hanzi."""
    return {
        name: tuple(each.strip() for each in line.partition("/")[2].split(","))
        for name, line in data("historic").items()
    }
