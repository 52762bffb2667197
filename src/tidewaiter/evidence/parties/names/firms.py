"""Two firms' names compared: the brand carries the score, place, business, numbers and form speak for or against."""

from __future__ import annotations

from functools import cache

from tidewaiter.evidence.parties.names.alignment import Rarity, align
from tidewaiter.evidence.parties.names.analysis import VESSEL
from tidewaiter.evidence.parties.names.datafiles import figures
from tidewaiter.evidence.parties.names.lexicon import places_above
from tidewaiter.evidence.parties.names.pairing import Alignment
from tidewaiter.evidence.parties.names.pieces import BUSINESS, AnalysedName, Comparison, Piece

__all__ = ["compare_firms"]

_LIGHT = 0.25
_NEAR = 0.8
_CARRYING = ("core", "family", "given")


@cache
def _costs() -> dict[str, float]:
    return {name: float(cost) for name, cost in figures()["costs"].items()}


def compare_firms(query: AnalysedName, candidate: AnalysedName, rarity: Rarity | None = None) -> Comparison:
    """Compare two names of firms or vessels."""
    found = align(query, candidate)
    against: list[str] = []
    if (_has_brand(query) and _has_brand(candidate)) or any(how in ("acronym", "joined") for *_, how, _ in found.pairs):
        base = _carried(found, rarity, vessel=VESSEL in (query.schema, candidate.schema))
        cost = _context(found, query, candidate, against)
    else:
        base = _described(found, against)
        cost = _numbers(query, candidate, against) + _places(query, candidate, against)
    score = max(0.0, min(1.0, base * (1.0 - min(cost, 1.0)))) if base < 1.0 or cost > 0 else 1.0
    if score > _costs()["homophone"] and _only_heard(found):
        against.append("homophone")
        score = _costs()["homophone"]
    tie = (score, float(query.folded == candidate.folded), float(query.core == candidate.core), base, -cost)
    return Comparison(round(score, 4), found.rows(), tuple(against), tie)


def _has_brand(name: AnalysedName) -> bool:
    return any(piece.weight > _LIGHT and piece.role in _CARRYING for piece in name.pieces)


def _only_heard(found: Alignment) -> bool:
    """Whether nothing but the sound of two syllables speaks for it: many brands share them."""
    telling = [pair for pair in found.pairs if pair[0].role not in ("form", "generic")]
    if len(telling) != 1 or telling[0][2] != "pinyin":
        return False
    one, other = telling[0][0].text, telling[0][1].text
    return len(one if one > other else other) < 3


def _weight(piece: Piece, rarity: Rarity | None) -> float:
    return piece.weight * rarity(piece.text) if rarity is not None else piece.weight


def _carried(found: Alignment, rarity: Rarity | None, *, vessel: bool) -> float:
    """The share of the brand words that agree."""
    agreed = total = 0.0
    carried = []
    for one, other, how, score in found.pairs:
        if one.role in _CARRYING or other.role in _CARRYING:
            weight, second = _weight(one, rarity), _weight(other, rarity)
            if (second > weight) == (how == "equal"):
                weight = second
            agreed += weight * score
            total += weight
            if one.role == "core" or other.role == "core":
                carried.append(how)
    mine, theirs = _left(found.query, rarity), _left(found.candidate, rarity)
    costs = _costs()
    if mine or theirs:
        both, one_side = (mine, theirs - mine) if mine < theirs else (theirs, mine - theirs)
        total += costs["both"] * both + costs["vessel_one" if vessel else "one"] * one_side
    share = agreed / total if total else 0.0
    return share * costs["lone"] if carried == ["edit"] else share


def _left(pieces: list[Piece], rarity: Rarity | None) -> float:
    """What the brand words without a counterpart weigh."""
    weight = 0.0
    for piece in pieces:
        if piece.role in _CARRYING:
            weight += _weight(piece, rarity)
    return weight


_STRENGTH = {"business": 1.0, "generic": 0.35, "place": 0.7, "core": 1.2, "number": 0.8, "form": 0.0}


def _described(found: Alignment, against: list[str]) -> float:
    """Names of common words alone: nearly all of them must agree, and one word is never enough."""
    agreed = total = 0.0
    telling, costs = 0, _costs()
    for one, other, how, score in found.pairs:
        weight = min(_STRENGTH.get(one.role, 0.0), _STRENGTH.get(other.role, 0.0))
        other_line = how == "related" and score < _NEAR
        agreed += 0.0 if other_line else weight * score
        total += weight * costs["described_both"] if other_line else weight
        telling += one.role != "form" and score > 0.8
    mine = sum(_STRENGTH.get(piece.role, 0.0) for piece in found.query)
    theirs = sum(_STRENGTH.get(piece.role, 0.0) for piece in found.candidate)
    total += costs["described_both"] * min(mine, theirs) + costs["described_one"] * abs(mine - theirs)
    score = agreed / total if total else 0.0
    if telling < 2 and (mine or theirs or telling < 1):
        against.append("weak")
        return min(score, 0.5)
    return score


def _context(found: Alignment, query: AnalysedName, candidate: AnalysedName, against: list[str]) -> float:
    """What place, business, numbers, weak words and form cost."""
    costs = _costs()
    cost = _numbers(query, candidate, against) + _places(query, candidate, against)
    left = [piece.role for piece in found.query], [piece.role for piece in found.candidate]
    mine, theirs = left[0].count(BUSINESS), left[1].count(BUSINESS)
    shared = near = placed = 0
    for one, _, how, score in found.pairs:
        if how == "related":
            near += score < _NEAR
        elif one.role == BUSINESS:
            shared += 1
        placed += one.role == "place"
    if mine and theirs:
        against.append(BUSINESS)
        cost += costs["business"] if not shared else costs["business_shared"]
    else:
        cost += costs["business_beside" if shared else "business_one"] * min(mine + theirs, 2)
    cost += costs["business_near"] * near
    cost += costs["generic"] * (left[0].count("generic") + left[1].count("generic"))
    if placed and not against:
        cost -= costs["place_shared"]
    return cost + costs["form"] / 2 * (("form" in left[0]) + ("form" in left[1]))


def _numbers(query: AnalysedName, candidate: AnalysedName, against: list[str]) -> float:
    if query.numbers == candidate.numbers:
        return 0.0
    mine, theirs = query.numbers - candidate.numbers, candidate.numbers - query.numbers
    if mine and theirs:
        against.append("number")
        return _costs()["number"]
    return _costs()["number_one"] if mine or theirs else 0.0


def _places(query: AnalysedName, candidate: AnalysedName, against: list[str]) -> float:
    """Other places on both sides speak against; a province and its city do not."""
    if query.places == candidate.places:
        return 0.0
    mine, theirs, above = query.places - candidate.places, candidate.places - query.places, places_above()
    if mine and theirs:
        if not any(a in above.get(b, ()) or b in above.get(a, ()) for a in mine for b in theirs):
            against.append("place")
            return _costs()["place"]
        return _costs()["place_one"]
    return _costs()["place_one"] * len(mine | theirs)
