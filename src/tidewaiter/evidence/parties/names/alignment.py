"""The pieces of two firms' names held against each other, the surest pairs first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tidewaiter.evidence.parties.names.lexicon import families, initials_of
from tidewaiter.evidence.parties.names.pieces import Aligned, AnalysedName, Piece
from tidewaiter.evidence.parties.names.similarity import hanzi_alike, latin_alike
from tidewaiter.evidence.parties.names.translation import Cover, cover, foreign, glossed, translates

__all__ = ["Alignment", "Rarity", "align", "is_hanzi"]

Rarity = Callable[[str], float]
_FLOOR = 0.67
_SAME = ("institute",)
_UNREAD = ("form", "number")


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
    _own_acronym(found.query, query)
    _own_acronym(found.candidate, candidate)
    return found


def _own_acronym(left: list[Piece], name: AnalysedName) -> None:
    """A word that stands twice in a name, or abbreviates it in brackets, is no word more."""
    for piece in [each for each in left if each.role == "core" and 1 < len(each.text) < 16]:
        others = [each for each in name.pieces if each.text != piece.text]
        if len(others) + 1 < len(name.pieces) or (
            2 < len(piece.text) < 8 and len(others) > 2 and _row_spelling(piece.text, others)
        ):
            left.remove(piece)


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
    plain = _first_letters(piece)
    ways = [plain] if plain else []
    if len(piece.syllables) > 1:
        ways.append("".join(each[:1] for each in piece.syllables))
    if piece.role in ("form", "place", "generic"):
        ways += [plain[:1], ""]
    return tuple(dict.fromkeys(ways))


def _first_letters(piece: Piece) -> str:
    if not is_hanzi(piece):
        return "".join(word[0] for word in piece.text.split())
    if piece.concept:
        return initials_of().get(piece.concept, "")
    words = glossed(piece.text)
    return "".join(word[0] for word in words[0].split()) if words else ""


def _spells(text: str, pieces: tuple[Piece, ...]) -> bool:
    """Whether the letters of the pieces, in order, spell an acronym."""
    ends = {""}
    for piece in pieces:
        ends = {end + way for end in ends for way in _letters(piece) if text.startswith(end + way)}
        if not ends:
            return False
    return text in ends


def _row_spelling(text: str, pieces: list[Piece]) -> list[Piece]:
    """The longest row of pieces that an acronym stands for."""
    for length in range(len(pieces), 0, -1):
        for begin in range(len(pieces) - length + 1):
            row = pieces[begin : begin + length]
            if row[0].text != text and (len(row) > 1 or len(text) > 2) and _spells(text, tuple(row)):
                return row
    return []


def _acronyms(found: Alignment, query: AnalysedName, candidate: AnalysedName) -> None:
    """JHICC and Jinhua Integrated Circuit Company."""
    sides = ((found.query, found.candidate, candidate, False), (found.candidate, found.query, query, True))
    for mine, theirs, whole, turned in sides:
        for piece in [each for each in mine if each.role == "core" and 2 < len(each.text) < 8 and not is_hanzi(each)]:
            if any(each.role == "core" and each.text == piece.text for each in theirs):
                continue
            row = _row_spelling(piece.text, [each for each in whole.pieces if each.role != "number"])
            if not row or not any(each in theirs and each.role != "form" for each in row):
                continue
            mine.remove(piece)
            theirs[:] = [each for each in theirs if each not in row]
            shown = Piece(" ".join(each.text for each in row), "core", 1.0)
            score = 0.9 if len(piece.text) > 3 else 0.8
            found.pairs.append((shown, piece, "acronym", score) if turned else (piece, shown, "acronym", score))
            return


def _alike(found: Alignment) -> None:
    """Words of one script that differ little, the nearest first."""
    scored = []
    for one in found.query:
        for other in found.candidate:
            if (
                (one.concept and other.concept)
                or is_hanzi(one) != is_hanzi(other)
                or "number" in (one.role, other.role)
            ):
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
    _read_across(found, found.query, found.candidate, turned=False)
    _read_across(found, found.candidate, found.query, turned=True)


def _read_across(found: Alignment, mine: list[Piece], theirs: list[Piece], *, turned: bool) -> None:
    hanzi = [piece for piece in mine if is_hanzi(piece) and piece.role not in _UNREAD]
    latin = [piece for piece in theirs if not is_hanzi(piece) and piece.role not in _UNREAD]
    if not hanzi or not latin:
        return
    words = [(word, piece) for piece in latin for word in piece.text.split()]
    said = cover("".join(piece.text for piece in hanzi), tuple(word for word, _ in words))
    shares, at = dict[int, float](), 0
    for piece in hanzi:
        shares[id(piece)] = sum(said.explained[at : at + len(piece.text)]) / len(piece.text)
        at += len(piece.text)
    letters, rests = dict[int, int](), dict[int, int]()
    for (word, piece), rest in zip(words, said.left, strict=True):
        letters[id(piece)] = letters.get(id(piece), 0) + len(word)
        rests[id(piece)] = rests.get(id(piece), 0) + len(rest)
    _rest_by_sound(hanzi, words, said, shares, rests)
    told = [piece for piece in hanzi if shares[id(piece)] >= 0.3]
    telling = [piece for piece in latin if rests[id(piece)] < 0.7 * letters[id(piece)]]
    cores = [piece for piece in hanzi if piece.role == "core"]
    brands = [piece for piece in latin if piece.role == "core"]
    score = _shares(told, telling, cores, brands, shares, letters, rests)
    heard = 0.0
    if cores and brands and score < 0.75:
        heard = foreign("".join(piece.text for piece in cores), "".join(piece.text for piece in brands))
    if heard > score:
        _pair_across(found, mine, theirs, cores, brands, "sound", heard, turned)
    elif score >= _FLOOR:
        _pair_across(found, mine, theirs, told, telling, said.how, score, turned)


def _rest_by_sound(
    hanzi: list[Piece],
    words: list[tuple[str, Piece]],
    said: Cover,
    shares: dict[int, float],
    rests: dict[int, int],
) -> None:
    """What no word explains may be the foreign name: Domo in 多莫战术通信."""
    if not any(said.explained):
        return
    text = "".join(piece.text for piece in hanzi)
    left = [(rest, piece) for (_, piece), rest in zip(words, said.left, strict=True) if rest and piece.role == "core"]
    rest = "".join(sign for sign, done in zip(text, said.explained, strict=True) if not done)
    if not left or len(rest) < 2 or not foreign(rest, "".join(word for word, _ in left)):
        return
    for piece in hanzi:
        shares[id(piece)] = max(shares[id(piece)], 0.9)
    for word, piece in left:
        rests[id(piece)] -= len(word)


def _shares(
    told: list[Piece],
    telling: list[Piece],
    cores: list[Piece],
    brands: list[Piece],
    shares: dict[int, float],
    letters: dict[int, int],
    rests: dict[int, int],
) -> float:
    """How much of the hanzi brand and of the Latin brand explain each other."""
    if not told or not telling:
        return 0.0
    hanzi = [*told, *(piece for piece in cores if piece not in told)]
    latin = [*telling, *(piece for piece in brands if piece not in telling)]
    chars = sum(len(piece.text) for piece in hanzi)
    done = sum(shares[id(piece)] * len(piece.text) for piece in hanzi) / chars
    total = sum(letters[id(piece)] for piece in latin)
    said = 1.0 - sum(rests[id(piece)] for piece in latin) / total
    return 0.65 * min(done, said) + 0.35 * max(done, said)


def _pair_across(
    found: Alignment,
    mine: list[Piece],
    theirs: list[Piece],
    hanzi: list[Piece],
    latin: list[Piece],
    how: str,
    score: float,
    turned: bool,
) -> None:
    weight = max(piece.weight for piece in (*hanzi, *latin))
    role = "core" if any(piece.role == "core" for piece in (*hanzi, *latin)) else hanzi[0].role
    one = Piece("".join(piece.text for piece in hanzi), role, weight)
    other = Piece(" ".join(piece.text for piece in latin), role, weight)
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
                found.take(one, other, "related", 0.9 if family in _SAME else 0.5)
                break
