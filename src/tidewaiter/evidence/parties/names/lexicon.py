"""The terms of company names in hanzi, English and pinyin, each with its concept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tidewaiter.evidence.parties.names.datafiles import data, figures
from tidewaiter.evidence.parties.names.pieces import Piece

__all__ = ["LatinTerms", "Terms", "families", "hanzi_terms", "initials_of", "latin_terms", "places_above"]

Terms = dict[str, Piece]
LatinTerms = dict[str, tuple[tuple[tuple[str, ...], Piece], ...]]

_KINDS = (("forms", "form"), ("places", "place"), ("business", "business"), ("generic", "generic"))


def _entries() -> Iterator[tuple[str, str, list[str], list[tuple[str, str]], str]]:
    """Role, concept, Latin words, hanzi words with their pinyin, family of each concept."""
    for name, role in _KINDS:
        for concept, line in data(name).items():
            latin, hanzi, *family = (part.strip() for part in f"{line} ".split("/"))
            pairs = [(each.split()[0], each.split()[1]) for each in hanzi.split(",") if each.strip()]
            found = [each.strip() for each in latin.split(",") if each.strip()]
            yield role, f"{role}:{concept}", found, pairs, "".join(family)


@cache
def families() -> dict[str, str]:
    """The family of a line of business, or the place in which a place lies, by concept."""
    return {concept: family for _, concept, _, _, family in _entries()}


@cache
def places_above() -> dict[str, frozenset[str]]:
    """The places in which a place lies, by its id."""
    above = {concept.partition(":")[2]: family for role, concept, _, _, family in _entries() if role == "place"}
    found = {}
    for place in above:
        chain, at = [], above[place]
        while at:
            chain.append(at)
            at = above.get(at, "")
        found[place] = frozenset(chain)
    return found


@cache
def hanzi_terms() -> Terms:
    """Pieces by their hanzi; places also with the ending that says what kind they are."""
    weights, found = figures()["roles"], Terms()
    endings = data("words")["hanzi_place_suffixes"]
    for role, concept, _, pairs, family in _entries():
        for text, reading in pairs:
            piece = Piece(text, role, weights[role], concept, tuple(reading.split("-")), "", family)
            found.setdefault(text, piece)
            if role == "place":
                for ending in endings:
                    found.setdefault(text + ending, piece)
    return found


def _spellings(reading: str) -> Iterator[tuple[str, ...]]:
    """Pinyin of two syllables and more: joined, by syllables, by pairs of syllables."""
    each = tuple(reading.split("-"))
    if len(each) > 1:
        yield ("".join(each),)
        yield each
        yield tuple("".join(each[at : at + 2]) for at in range(0, len(each), 2))


@cache
def latin_terms() -> LatinTerms:
    """Terms by their first word, the longest first: the words after it, and the piece."""
    weights, found = figures()["roles"], dict[tuple[str, ...], Piece]()
    entries = list(_entries())
    for role, concept, latin, _, family in entries:
        for text in latin:
            found.setdefault(tuple(text.split()), Piece(text, role, weights[role], concept, (), "", family))
    for role, concept, _, pairs, family in entries:
        for _, reading in pairs:
            for spelling in _spellings(reading):
                text = " ".join(spelling)
                piece = Piece(text, role, weights[role], concept, tuple(reading.split("-")), "", family)
                found.setdefault(spelling, piece)
    by_first: dict[str, list[tuple[tuple[str, ...], Piece]]] = {}
    for spelling, piece in found.items():
        by_first.setdefault(spelling[0], []).append((spelling[1:], piece))
    return {first: tuple(sorted(those, key=lambda each: -len(each[0]))) for first, those in by_first.items()}


@cache
def initials_of() -> dict[str, str]:
    """The first letters of the first English words of a concept."""
    return {
        concept: "".join(word[0] for word in latin[0].split() if word not in data("words")["binding"])
        for _, concept, latin, _, _ in _entries()
        if latin
    }
