"""What matters in a search among many names, though not between two: how easily a likeness comes by chance."""

from __future__ import annotations

from collections.abc import Callable

from tidewaiter.evidence.parties.names import Aligned, AnalysedName, Comparison
from tidewaiter.evidence.parties.names.syllables import parts
from tidewaiter.evidence.parties.search.hits import Reason
from tidewaiter.evidence.parties.search.keys import is_hanzi
from tidewaiter.evidence.parties.search.qualification import figures

__all__ = ["by_chance"]

_BRAND = 0.6
_FORM = 0.1
_FIRM = "organization"
_NO_FIRMS = ("Person", "Vessel", "Aircraft")
_UNPAIRED = ("missing", "extra")
_SEVERAL = ("joined", "acronym", "translated", "contained")
_EXACT = ("equal", "joined")
_NO_CONTEXT = ("missing", "extra", "related")
_SYLLABLES = 2

_Rarity = Callable[[str], float]


def by_chance(mine: AnalysedName, other: AnalysedName, comparison: Comparison, rarity: _Rarity) -> tuple[Reason, ...]:
    """What the names themselves say against a likeness found among many; `rarity` is what a word of the list tells."""
    costs, found = figures()["against"], []
    if other.schema in _NO_FIRMS and any(piece.role == "form" for piece in mine.pieces):
        found.append(Reason("kind", _FIRM, other.schema.casefold(), -costs["kind"]))
    if lone := _lone(comparison):
        found.append(Reason("lone_word", lone, "", -costs["lone_word"]))
    if "Person" not in (mine.schema, other.schema) and (brand := _short_brand(comparison, rarity)):
        found.append(Reason("short_brand", brand.query, brand.candidate, -costs["short_brand"]))
    return tuple(found)


def _lone(comparison: Comparison) -> str:
    """The only word on which a likeness rests, where another word of the query's brand finds no counterpart.

    Where none of its brand does, that brand: the names share only what many firms of a trade and a place do.
    """
    brands = [row for row in comparison.aligned if row.weight >= _BRAND and row.how != "extra"]
    missing = [row for row in brands if row.how == "missing"]
    shared = [row for row in brands if row.how != "missing" and row.score > 0]
    if not missing or len(shared) > 1:
        return ""
    if not shared:
        return missing[0].query
    beside = any(
        _FORM < row.weight < _BRAND and row.how not in _UNPAIRED and row.score > 0 for row in comparison.aligned
    )
    return "" if beside or shared[0].how in _SEVERAL else shared[0].query


def _short_brand(comparison: Comparison, rarity: _Rarity) -> Aligned | None:
    """The brand of two syllables that alone carries a likeness: thousands of firms share each.

    It does so where the query names a place or a line of business, and no telling one agrees.
    """
    brands = [row for row in comparison.aligned if row.weight >= _BRAND and row.how not in _UNPAIRED]
    if len(brands) != 1 or not any(row.how == "missing" and row.weight > _FORM for row in comparison.aligned):
        return None
    brand = brands[0]
    if not _is_short(brand) or (brand.how == "equal" and rarity(brand.query) < 1.0):
        return None  # a brand that stands in many names of the list is a listed group's
    usual = 0.0 if brand.how in _EXACT else figures()["usual_word"]
    agree = any(
        _FORM < row.weight < _BRAND and row.how not in _NO_CONTEXT and rarity(row.candidate) >= usual
        for row in comparison.aligned
    )
    return None if agree else brand


def _is_short(brand: Aligned) -> bool:
    """Two syllables on a side, or hanzi and letters that agree by a reading that does not quite fit."""
    sides = (brand.query.replace(" ", ""), brand.candidate.replace(" ", ""))
    if any(is_hanzi(side[:1]) for side in sides):
        loose = brand.how == "pinyin" and brand.score < 1.0
        return loose or (brand.how != "equal" and any(is_hanzi(s[:1]) and len(s) <= _SYLLABLES for s in sides))
    return any(0 < len(parts(side)) <= _SYLLABLES for side in sides)
