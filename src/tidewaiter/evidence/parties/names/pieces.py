"""A name taken apart, and two names held against each other."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BUSINESS", "Aligned", "AnalysedName", "Comparison", "Piece"]


BUSINESS = "business"
"""The role of a line of business, and the code of two that differ."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a name: a folded Latin token (or several that make one term), or a run of simplified hanzi.

    `role` is core, business, place, form, number, generic, family, given or particle; `concept` is the same for every
    way of writing a term (`tech` for technology, 科技 and keji), '' for names; `syllables` are toneless pinyin, () when
    the text is none; `sound` is the text spelled by ear; `family` joins related lines of business, or is the place in
    which a place lies.
    """

    text: str
    role: str
    weight: float
    concept: str = ""
    syllables: tuple[str, ...] = ()
    sound: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class AnalysedName:
    """A name ready to be compared.

    `folded` is the whole name in lower-case Latin letters and simplified hanzi with single spaces; `hanzi` all its
    hanzi; `pinyin` the joined syllables of its core; `core` its core pieces joined; `solid` all its pieces joined but
    legal forms; `numbers` as digits; `places` as ids.
    """

    raw: str
    schema: str
    folded: str
    pieces: tuple[Piece, ...]
    hanzi: str
    pinyin: str
    core: str
    solid: str
    numbers: frozenset[str]
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two pieces held against each other, or one without a counterpart.

    `how`: equal, edit, sound, joined, pinyin, gloss, abbreviation, initial, reading, contained, acronym, translated,
    missing (only in the query), extra (only in the candidate), contradiction. `score` 0..1; `weight` its share.
    """

    query: str
    candidate: str
    how: str
    score: float
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, 0..1, by which pieces, and what speaks against.

    `against` holds codes: number, place, business, hanzi, name, short (a two-character name), weak (only weak words
    agree), party (an alias names another known party). `tie` orders equal scores. `through` says by which other name,
    and whose statement, the comparison was made.
    """

    score: float
    aligned: tuple[Aligned, ...]
    against: tuple[str, ...] = ()
    tie: tuple[float, ...] = ()
    through: str = ""
    source: str = ""
