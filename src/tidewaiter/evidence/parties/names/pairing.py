"""Pairs of pieces found so far, and what each name has left."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from tidewaiter.evidence.parties.names.pieces import Aligned, Piece

__all__ = ["FLOOR", "Alignment", "drop", "is_hanzi"]

FLOOR = 0.67
"""The least likeness of two words that makes a pair."""


def is_hanzi(piece: Piece) -> bool:
    """Whether a piece is written in hanzi."""
    return piece.text[:1] > "\u2fff"


def drop(row: list[Piece], piece: Piece) -> None:
    """Take one piece, this very one, out of a row."""
    for at, each in enumerate(row):
        if each is piece:
            del row[at]
            return


@dataclass(slots=True)
class Alignment:
    """Pairs found, and what each name has left."""

    query: list[Piece]
    candidate: list[Piece]
    pairs: list[tuple[Piece, Piece, str, float]] = field(default_factory=list)

    def take(self, one: Piece, other: Piece, how: str, score: float) -> None:
        """Pair two pieces."""
        self.pairs.append((one, other, how, score))
        drop(self.query, one)
        drop(self.candidate, other)

    def rows(self) -> tuple[Aligned, ...]:
        """The alignment as rows of an explanation, the heaviest first."""
        rows = [
            Aligned(a.text, b.text, how, round(score, 3), a.weight if a.weight > b.weight else b.weight)
            for a, b, how, score in self.pairs
        ]
        rows += [Aligned(piece.text, "", "missing", 0.0, piece.weight) for piece in self.query]
        rows += [Aligned("", piece.text, "extra", 0.0, piece.weight) for piece in self.candidate]
        rows.sort(key=_weight, reverse=True)
        return tuple(rows)


_weight = attrgetter("weight")
