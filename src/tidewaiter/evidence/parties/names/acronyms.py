"""Acronyms: JHICC and Jinhua Integrated Circuit Company."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tidewaiter.evidence.parties.names.lexicon import initials_of
from tidewaiter.evidence.parties.names.pairing import Alignment, drop, is_hanzi
from tidewaiter.evidence.parties.names.pieces import AnalysedName, Piece
from tidewaiter.evidence.parties.names.translation import glossed

__all__ = ["drop_abbreviated", "drop_repeated", "pair_acronyms"]

_SHORTEST, _LONGEST = 3, 7
_BRACKETED = 0.2
_PIECES = 14  # longer names are told by their words
_FREE = ("form", "place", "generic")


def pair_acronyms(found: Alignment, query: AnalysedName, candidate: AnalysedName) -> None:
    """Pair a word that abbreviates a row of pieces of the other name with that row."""
    for mine, theirs, whole, turned in (
        (found.query, found.candidate, candidate, False),
        (found.candidate, found.query, query, True),
    ):
        for piece in mine:
            if len(theirs) and _may_be(piece) and len(whole.pieces) <= _PIECES:
                row = _row_spelling(piece.text, whole.pieces)
                if row and any(each is left and each.role != "form" for each in row for left in theirs):
                    _pair(found, mine, theirs, piece, row, turned)
                    return


def _may_be(piece: Piece) -> bool:
    """Whether a word may be an acronym: short, of the brand, in Latin letters, and no pinyin."""
    return (
        piece.role == "core"
        and _SHORTEST <= len(piece.text) <= _LONGEST
        and piece.text[0] < "\u2fff"
        and len(piece.syllables) < 2
    )


def _pair(
    found: Alignment, mine: list[Piece], theirs: list[Piece], piece: Piece, row: Sequence[Piece], turned: bool
) -> None:
    shown = Piece(" ".join(each.text for each in row), "core", 1.0)
    score = 0.9 if len(piece.text) > _SHORTEST else 0.8
    drop(mine, piece)
    for each in row:
        drop(theirs, each)
    found.pairs.append((shown, piece, "acronym", score) if turned else (piece, shown, "acronym", score))


def _row_spelling(text: str, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The row of pieces, numbers aside, that an acronym stands for; the longest that begins first."""
    first, best = text[0], list[Piece]()
    for begin, start in enumerate(pieces):
        if start.role == "number" or not _begins(start, first) or start.text == text:
            continue
        ends, row, reached = {""}, list[Piece](), 0
        for piece in pieces[begin:]:
            if piece.role == "number":
                continue
            ends = {end + way for end in ends for way in _letters(piece) if text.startswith(end + way)}
            if not ends:
                break
            row.append(piece)
            if text in ends:
                reached = len(row)
        if reached > 1 and len(text) == _SHORTEST and any(is_hanzi(piece) for piece in row):
            continue  # three letters fit too many rows of hanzi
        if reached > len(best):
            best = row[:reached]
    return best


def _begins(piece: Piece, letter: str) -> bool:
    return piece.text[0] == letter or (piece.text[0] > "\u2fff" and any(each[:1] == letter for each in _letters(piece)))


def _letters(piece: Piece) -> tuple[str, ...]:
    """The ways in which a piece gives letters to an acronym."""
    return _ways(piece.text, piece.concept, piece.syllables, piece.role in _FREE)


@lru_cache(maxsize=65_536)
def _ways(text: str, concept: str, syllables: tuple[str, ...], free: bool) -> tuple[str, ...]:
    plain = _first_letters(text, concept)
    ways = (plain,) if plain else ()
    if len(syllables) > 1:
        ways = (*ways, "".join([each[:1] for each in syllables]))
    return (*ways, *plain, "") if free else ways


def _first_letters(text: str, concept: str) -> str:
    if text[0] < "\u2fff":
        return "".join([word[0] for word in text.split()]) if " " in text else text[0]
    if concept:
        return initials_of().get(concept, "")
    words = glossed(text)
    return "".join(word[0] for word in words[0].split()) if words else ""


def drop_abbreviated(found: Alignment, query: AnalysedName, candidate: AnalysedName) -> None:
    """Where the acronym in a name's brackets agrees, the words it stands for are no words more."""
    for one, other, how, _ in list(found.pairs):
        if how == "equal" and one.role == "core" and min(one.weight, other.weight) <= _BRACKETED:
            for piece, left, name in ((one, found.query, query), (other, found.candidate, candidate)):
                if piece.weight <= _BRACKETED:
                    for each in _row_spelling(piece.text, name.pieces):
                        drop(left, each)


def drop_repeated(left: list[Piece], name: AnalysedName) -> None:
    """A word that stands twice in a name, or abbreviates it in brackets, is no word more."""
    for piece in [each for each in left if each.role == "core"]:
        text = piece.text
        if [each.text for each in name.pieces].count(text) > 1 or (
            len(name.pieces) > _SHORTEST and _may_be(piece) and len(_row_spelling(piece.text, name.pieces)) > 1
        ):
            drop(left, piece)
