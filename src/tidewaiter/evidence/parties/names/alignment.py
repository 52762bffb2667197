"""The pieces of two firms' names held against each other, the surest pairs first."""

from __future__ import annotations

from collections.abc import Callable

from tidewaiter.evidence.parties.names.acronyms import drop_abbreviated, drop_repeated, pair_acronyms
from tidewaiter.evidence.parties.names.crossing import read_across_scripts
from tidewaiter.evidence.parties.names.lexicon import families
from tidewaiter.evidence.parties.names.pairing import FLOOR, Alignment, drop, is_hanzi
from tidewaiter.evidence.parties.names.pieces import BUSINESS, AnalysedName, Piece
from tidewaiter.evidence.parties.names.similarity import hanzi_alike, latin_alike
from tidewaiter.evidence.parties.names.translation import translates

__all__ = ["Rarity", "align"]

Rarity = Callable[[str], float]
"""How much a word tells: 1 as usual, less for a common word."""
_SAME = ("institute",)
_JOINABLE = 4
_HANZI = "\u2fff"
_PLACE_BEGINS = 5  # Chen is a name, not Chengdu


def align(query: AnalysedName, candidate: AnalysedName) -> Alignment:
    """Pair the pieces of two names."""
    found = Alignment(list(query.pieces), list(candidate.pieces))
    _equal(found)
    if found.query and found.candidate:
        _joined(found)
        pair_acronyms(found, query, candidate)
    if found.query and found.candidate:
        _alike(found)
        if query.hanzi or candidate.hanzi:
            read_across_scripts(found)
        _related(found)
    if "(" in query.raw or "(" in candidate.raw:
        drop_abbreviated(found, query, candidate)
    if found.query:
        drop_repeated(found.query, query)
        _drop_implied(found.query, [one for one, *_ in found.pairs])
    if found.candidate:
        drop_repeated(found.candidate, candidate)
        _drop_implied(found.candidate, [other for _, other, *_ in found.pairs])
    return found


def _drop_implied(left: list[Piece], paired: list[Piece]) -> None:
    """A term said twice counts once, and so does an institute of an academy where the academy agrees."""
    if BUSINESS not in [piece.role for piece in left]:
        return
    said = {piece.concept for piece in paired} | {piece.family for piece in paired if piece.family in _SAME}
    said.discard("")
    left[:] = [piece for piece in left if piece.role != BUSINESS or not {piece.concept, piece.family} & said]


def _equal(found: Alignment) -> None:
    """Pieces of one concept, or of one text."""
    held = {piece.concept or piece.text: piece for piece in reversed(found.candidate)}
    left = []
    for piece in found.query:
        other = held.pop(piece.concept or piece.text, None)
        if other is None:
            left.append(piece)
        else:
            drop(found.candidate, other)
            found.pairs.append((piece, other, "equal" if piece is other else _how(piece, other), 1.0))
    found.query[:] = left


def _how(one: Piece, other: Piece) -> str:
    if one.text == other.text:
        return "equal"
    if is_hanzi(one) != is_hanzi(other):
        hanzi, latin = (one, other) if is_hanzi(one) else (other, one)
        return "pinyin" if "".join(hanzi.syllables) == latin.text.replace(" ", "") else "gloss"
    long, short = (one.text, other.text) if len(one.text) > len(other.text) else (other.text, one.text)
    return "abbreviation" if len(short) < min(len(long), 6) and short[0] == long[0] else "gloss"


def _joined(found: Alignment) -> None:
    """Cloud Walk and Cloudwalk: neighbours on one side that are one word on the other."""
    for mine, theirs, turned in ((found.query, found.candidate, False), (found.candidate, found.query, True)):
        if len(theirs) < 2:
            continue
        for piece in [each for each in mine if each.role == "core" and len(each.text) >= _JOINABLE]:
            row = _row_of(piece.text, theirs)
            if not row:
                continue
            merged = Piece(piece.text, "core", piece.weight, "", piece.syllables, piece.sound)
            drop(mine, piece)
            for each in row:
                drop(theirs, each)
            shown = Piece(" ".join(each.text for each in row), "core", piece.weight)
            found.pairs.append((shown, merged, "joined", 0.98) if turned else (merged, shown, "joined", 0.98))


def _row_of(text: str, pieces: list[Piece]) -> list[Piece]:
    """Neighbouring pieces that joined are the text."""
    for begin in range(len(pieces) - 1):
        if pieces[begin].text[0] != text[0] or not text.startswith(pieces[begin].text.replace(" ", "")):
            continue
        joined = ""
        for end in range(begin, len(pieces)):
            joined += pieces[end].text.replace(" ", "")
            if joined == text and end > begin:
                return pieces[begin : end + 1]
            if not text.startswith(joined):
                break
    return []


def _alike(found: Alignment) -> None:
    """Words of one script that differ little, the nearest first."""
    scored = []
    others = [(each, each.text > _HANZI, len(each.text)) for each in found.candidate if each.role != "number"]
    for one in found.query:
        hanzi, length, concept = one.text > _HANZI, len(one.text), one.concept
        if one.role == "number":
            continue
        for other, written, size in others:
            if written != hanzi or (concept and other.concept):
                continue
            if hanzi:
                score, how = hanzi_alike(one, other)
            elif (length > 2 * size or size > 2 * length) and not (
                (one.concept or other.concept) and _begins(one, other)
            ):
                continue
            else:
                score, how = latin_alike(one, other)
                if score < FLOOR and (one.concept or other.concept) and _begins(one, other):
                    score, how = 0.9, "abbreviation"
                if score < FLOOR and (one.syllables or other.syllables) and _translates(one, other):
                    score, how = 0.88, "translated"
            if score >= FLOOR:
                scored.append((score, one, other, how))
    if len(scored) > 1:
        scored.sort(key=lambda each: -each[0])
    for score, one, other, how in scored:
        if any(one is each for each in found.query) and any(other is each for each in found.candidate):
            found.take(one, other, how, score)


def _begins(one: Piece, other: Piece) -> bool:
    """Whether one word is the beginning of the other, a term, as abbreviations nobody listed are."""
    short, long = (other, one) if one.concept else (one, other)
    least = _PLACE_BEGINS if long.role == "place" else 3
    return len(short.text) >= least and long.text.startswith(short.text) and " " not in long.text


def _translates(one: Piece, other: Piece) -> bool:
    return (len(one.syllables) > 1 and translates("".join(one.syllables), other.text)) or (
        len(other.syllables) > 1 and translates("".join(other.syllables), one.text)
    )


def _related(found: Alignment) -> None:
    """Lines of business of one family: near each other, not the same."""
    for one in [piece for piece in found.query if piece.role == BUSINESS]:
        if not found.candidate:
            return
        family = families().get(one.concept)
        for other in found.candidate:
            if other.role == BUSINESS and family and families().get(other.concept) == family:
                found.take(one, other, "related", 0.9 if family in _SAME else 0.5)
                break
