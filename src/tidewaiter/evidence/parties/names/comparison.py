"""Two names compared: how alike, by which pieces, and what speaks against it."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz

from tidewaiter.evidence.parties.names.alignment import Rarity
from tidewaiter.evidence.parties.names.analysis import PERSON, analyse
from tidewaiter.evidence.parties.names.datafiles import figures
from tidewaiter.evidence.parties.names.firms import compare_firms
from tidewaiter.evidence.parties.names.people import compare_people
from tidewaiter.evidence.parties.names.pieces import Aligned, AnalysedName, Comparison

__all__ = ["compare", "quick", "score_names", "threshold"]

_SHORT = 0.85


@cache
def threshold() -> float:
    """The default line from which two names are a possible match, 0..1."""
    return float(figures()["threshold"])


def compare(query: AnalysedName, candidate: AnalysedName, rarity: Rarity | None = None) -> Comparison:
    """Compare two names, without any knowledge of other names of the parties.

    `rarity` weighs a word by how much it tells (1 usual, less for a common word).
    """
    person = query.schema == PERSON or candidate.schema == PERSON
    if query.folded == candidate.folded:
        return _same(query, candidate, person)
    return compare_people(query, candidate) if person else compare_firms(query, candidate, rarity)


def _same(query: AnalysedName, candidate: AnalysedName, person: bool) -> Comparison:
    rows = tuple(Aligned(p.text, p.text, "equal", 1.0, p.weight) for p in query.pieces)
    if person and len(query.hanzi) == 2 and query.hanzi == query.folded:
        return Comparison(_SHORT, rows, ("short",), (_SHORT, 1.0, 1.0, 1.0, 0.0))
    return Comparison(1.0, rows, (), (1.0, 1.0, 1.0, 1.0, 0.0))


def quick(query: AnalysedName, candidate: AnalysedName) -> float:
    """A cheap estimate, 0..1, to choose which candidates are worth comparing."""
    mine, theirs = query.core or query.solid, candidate.core or candidate.solid
    best = fuzz.ratio(mine, theirs)
    if query.pinyin and candidate.pinyin:
        best = max(best, fuzz.ratio(query.pinyin, candidate.pinyin))
    return best / 100.0


def score_names(query: str, candidate: str, schema: str = "") -> float:
    """How alike two names are, 0..1. Raises NameFault for what cannot be a name."""
    return compare(analyse(query, schema), analyse(candidate, schema)).score
