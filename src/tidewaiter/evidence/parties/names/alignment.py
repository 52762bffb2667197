"""The pieces of two firms' names held against each other, the surest pairs first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tidewaiter.evidence.parties.names.lexicon import families, initials_of
from tidewaiter.evidence.parties.names.pieces import Aligned, AnalysedName, Piece
from tidewaiter.evidence.parties.names.similarity import hanzi_alike, latin_alike
from tidewaiter.evidence.parties.names.translation import cover, translates

__all__ = ["Alignment", "Rarity", "align", "is_hanzi"]

Rarity = Callable[[str], float]
_FLOOR = 0.55
_HEAVY = ("core", "number")


def is_hanzi(piece: Piece) -> bool:
    """Whether a piece is written in hanzi."""
    return piece.text[:1] > "\u2fff"


@dataclass(slots=True)
class Alignment:
    """Pairs found, and what each name has left."""

    query: list[Piece]
    candidate: list[Piece]
    pairs: list[tuple[Piece, Piece, str, float]] = field(default_factory=list)

    def take(self, one: Piece, other: Piece, how: str, score: float) -> None:
        """Pair two pieces."""
        self.pairs.append((one, other, how, score))
        self.query.remove(one)
        self.candidate.remove(other)

    def rows(self) -> tuple[Aligned, ...]:
        """The alignment as rows of an explanation, the heaviest first."""
        rows = [Aligned(a.text, b.text, how, round(s, 3), max(a.weight, b.weight)) for a, b, how, s in self.pairs]
        rows += [Aligned(a.text, "", "missing", 0.0, a.weight) for a in self.query]
        rows += [Aligned("", b.text, "extra", 0.0, b.weight) for b in self.candidate]
        return tuple(sorted(rows, key=lambda row: -row.weight))


def align(query: AnalysedName, candidate: AnalysedName) -> Alignment:
    """Pair the pieces of two names."""
    found = Alignment(list(query.pieces), list(candidate.pieces))
    _equal(found)
    if found.query and found.candidate:
        _joined(found)
        _acronyms(found, query, candidate)
    if found.query and found.candidate:
        _alike(found)
        _translated(found)
        _related(found)
    return found


def _key(piece: Piece) -> str:
    return piece.concept or piece.text


def _equal(found: Alignment) -> None:
    held: dict[str, list[Piece]] = {}
    for piece in found.candidate:
        held.setdefault(piece.concept or piece.text, []).append(piece)
    left = []
    for piece in found.query:
        same = held.get(piece.concept or piece.text)
        if not same:
            left.append(piece)
            continue
        other = same.pop(0)
        found.candidate.remove(other)
        found.pairs.append((piece, other, _how(piece, other), 1.0))
    found.query[:] = left


def _how(one: Piece, other: Piece) -> str:
    if one.text == other.text:
        return "equal"
    if is_hanzi(one) != is_hanzi(other):
        return "pinyin" if one.syllables == other.syllables else "gloss"
    long, short = sorted((one.text, other.text), key=len, reverse=True)
    return "abbreviation" if len(short) < len(long) and short[0] == long[0] and len(short) < 6 else "gloss"


def _joined(found: Alignment) -> None:
    """Cloud Walk and Cloudwalk: neighbours on one side that are one word on the other."""
    for mine, theirs, turned in ((found.query, found.candidate, False), (found.candidate, found.query, True)):
        for piece in [each for each in mine if each.role == "core" and len(each.text) > 3]:
            row = _row_of(piece.text, theirs)
            if not row:
                continue
            merged = Piece(piece.text, "core", piece.weight, "", piece.syllables, piece.sound)
            mine.remove(piece)
            for each in row:
                theirs.remove(each)
            shown = Piece(" ".join(each.text for each in row), "core", piece.weight)
            found.pairs.append((shown, merged, "joined", 0.98) if turned else (merged, shown, "joined", 0.98))


def _row_of(text: str, pieces: list[Piece]) -> list[Piece]:
    """Neighbouring pieces that joined are the text."""
    for begin in range(len(pieces)):
        if not text.startswith(pieces[begin].text.replace(" ", "")):
            continue
        joined = ""
        for end in range(begin, len(pieces)):
            joined += pieces[end].text.replace(" ", "")
            if joined == text and end > begin:
                return pieces[begin : end + 1]
            if not text.startswith(joined):
                break
    return []


def _letters(piece: Piece) -> tuple[str, ...]:
    """The ways in which a piece gives letters to an acronym."""
    if piece.role == "number":
        return (piece.concept, "")
    words = piece.text.split()
    plain = initials_of().get(piece.concept, "") if is_hanzi(piece) else "".join(word[0] for word in words)
    ways = [plain] if plain else []
    if len(piece.syllables) > 1:
        ways.append("".join(each[:1] for each in piece.syllables))
    if piece.role in ("form", "place", "generic"):
        ways.append("")
    return tuple(dict.fromkeys(ways))


def _spells(text: str, pieces: tuple[Piece, ...]) -> bool:
    """Whether the letters of the pieces, in order, spell an acronym."""
    ends = {""}
    for piece in pieces:
        ends = {end + way for end in ends for way in _letters(piece) if text.startswith(end + way)}
        if not ends:
            return False
    return text in ends


def _acronyms(found: Alignment, query: AnalysedName, candidate: AnalysedName) -> None:
    """JHICC and Jinhua Integrated Circuit Company."""
    sides = ((found.query, found.candidate, candidate, False), (found.candidate, found.query, query, True))
    for mine, theirs, whole, turned in sides:
        for piece in [each for each in mine if each.role == "core" and 2 < len(each.text) < 8 and not is_hanzi(each)]:
            spelled = [each for each in whole.pieces if each.role != "number"]
            if len(spelled) < 2 or len(theirs) < 2 or not _spells(piece.text, tuple(spelled)):
                continue
            mine.remove(piece)
            shown = Piece(" ".join(each.text for each in theirs), "core", 1.0)
            theirs[:] = [each for each in theirs if each.role == "number"]
            score = 0.86 if len(piece.text) > 3 else 0.78
            found.pairs.append((shown, piece, "acronym", score) if turned else (piece, shown, "acronym", score))
            return


def _alike(found: Alignment) -> None:
    """Words of one script that differ little, the nearest first."""
    scored = []
    for one in found.query:
        for other in found.candidate:
            if one.concept and other.concept or is_hanzi(one) != is_hanzi(other) or "number" in (one.role, other.role):
                continue
            if is_hanzi(one):
                score, how = hanzi_alike(one, other)
            else:
                score, how = latin_alike(one, other)
                if score < _FLOOR and _translates(one, other):
                    score, how = 0.88, "translated"
            if score >= _FLOOR:
                scored.append((score, one, other, how))
    for score, one, other, how in sorted(scored, key=lambda each: -each[0]):
        if one in found.query and other in found.candidate:
            found.take(one, other, how, score)


def _translates(one: Piece, other: Piece) -> bool:
    return (len(one.syllables) > 1 and translates("".join(one.syllables), other.text)) or (
        len(other.syllables) > 1 and translates("".join(other.syllables), one.text)
    )


def _translated(found: Alignment) -> None:
    """Hanzi on one side and Latin letters on the other: readings, English words, foreign names by sound."""
    for mine, theirs, turned in ((found.query, found.candidate, False), (found.candidate, found.query, True)):
        hanzi = [piece for piece in mine if is_hanzi(piece) and piece.role not in ("form", "number")]
        latin = [piece for piece in theirs if not is_hanzi(piece) and piece.role not in ("form", "number")]
        if not hanzi or not latin or not any(piece.role == "core" for piece in (*hanzi, *latin)):
            continue
        words = tuple(word for piece in latin for word in piece.text.split())
        text = "".join(piece.text for piece in hanzi)
        share, explained, how = cover(text, words)
        if share < 0.35 or explained < 0.35:
            cores = "".join(piece.text for piece in hanzi if piece.role == "core")
            if not cores or cores == text:
                continue
            hanzi = [piece for piece in hanzi if piece.role == "core"]
            text = cores
            share, explained, how = cover(text, words)
            if share < 0.35 or explained < 0.35:
                continue
        score = 0.6 * min(share, explained) + 0.4 * max(share, explained)
        weight = max(piece.weight for piece in (*hanzi, *latin))
        one, other = Piece(text, "core", weight), Piece(" ".join(words), "core", weight)
        for piece in hanzi:
            mine.remove(piece)
        for piece in latin:
            theirs.remove(piece)
        found.pairs.append((other, one, how, score) if turned else (one, other, how, score))


def _related(found: Alignment) -> None:
    """Lines of business of one family: near each other, not the same."""
    for one in [piece for piece in found.query if piece.role == "business"]:
        family = families().get(one.concept)
        for other in found.candidate:
            if other.role == "business" and family and families().get(other.concept) == family:
                found.take(one, other, "related", 0.6)
                break
