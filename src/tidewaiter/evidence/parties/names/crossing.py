"""Hanzi pieces of one name held against the Latin pieces of the other."""

from __future__ import annotations

from tidewaiter.evidence.parties.names.pairing import FLOOR, Alignment, drop, is_hanzi
from tidewaiter.evidence.parties.names.pieces import Piece
from tidewaiter.evidence.parties.names.translation import Cover, cover, foreign

__all__ = ["read_across_scripts"]

_SUBSTITUTED = 0.85  # characters and letters left on both sides are two words, not one more
_UNREAD = ("form", "number")


def read_across_scripts(found: Alignment) -> None:
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
    elif score >= FLOOR:
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
    score = 0.65 * min(done, said) + 0.35 * max(done, said)
    return score * _SUBSTITUTED if done < 0.99 and said < 0.99 else score


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
        drop(mine, piece)
    for piece in latin:
        drop(theirs, piece)
    found.pairs.append((other, one, how, score) if turned else (one, other, how, score))
