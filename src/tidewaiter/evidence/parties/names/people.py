"""Two names of persons compared: order is free, every part counts, readings of hanzi by whatever language."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from tidewaiter.evidence.parties.names.datafiles import data
from tidewaiter.evidence.parties.names.pairing import is_hanzi
from tidewaiter.evidence.parties.names.pieces import Aligned, AnalysedName, Comparison, Piece
from tidewaiter.evidence.parties.names.readings import (
    given_readings,
    mandarin_of,
    romanised_families,
)
from tidewaiter.evidence.parties.names.similarity import latin_alike
from tidewaiter.evidence.parties.names.sounds import korean, sound
from tidewaiter.evidence.parties.names.syllables import mandarin, reach
from tidewaiter.evidence.parties.names.transcription import read_across

__all__ = ["compare_people"]

_VOWEL = re.compile("[aeiouy]")
_TWICE = re.compile(r"(.)\1+")
_Pair = tuple[Piece, Piece, str, float]
_FLOOR = 0.66
_SHORT = 0.85
_SHORT_READ = 0.76


def compare_people(query: AnalysedName, candidate: AnalysedName) -> Comparison:
    """Compare two names of persons."""
    one, other = bool(query.hanzi), bool(candidate.hanzi)
    if one and other:
        return _both_hanzi(query, candidate)
    if one or other:
        return _one_hanzi(query, candidate)
    return _latin(query, candidate)


def _result(
    score: float, rows: list[Aligned], against: list[str], query: AnalysedName, candidate: AnalysedName
) -> Comparison:
    score = round(max(0.0, min(1.0, score)), 4)
    tie = (score, float(query.folded == candidate.folded), float(query.solid == candidate.solid), 0.0, 0.0)
    return Comparison(score, tuple(rows), tuple(against), tie)


def _both_hanzi(query: AnalysedName, candidate: AnalysedName) -> Comparison:
    a, b = query.hanzi, candidate.hanzi
    against = []
    if a == b:
        score, how = 1.0, "equal"
    elif mandarin_of(a) == mandarin_of(b):
        score, how = 0.5, "pinyin"
        against.append("hanzi")
    else:
        distance = OSA.distance(a, b)
        score, how = max(0.0, 1 - distance / max(len(a), len(b)) * 1.4), "edit"
        against.append("hanzi")
    if len(a) == 2 and len(b) == 2:
        score, against = min(score, _SHORT), [*against, "short"]
    return _result(score, [Aligned(a, b, how, round(score, 3), 2.0)], against, query, candidate)


def _joined_words(name: AnalysedName) -> list[str]:
    return [piece.text for piece in name.pieces if not is_hanzi(piece)]


def _one_hanzi(query: AnalysedName, candidate: AnalysedName) -> Comparison:
    turned = not query.hanzi
    hanzi, latin = (candidate, query) if turned else (query, candidate)
    score, how = read_across(hanzi, latin)
    text, shown, against = hanzi.hanzi, " ".join(piece.text for piece in latin.pieces), list[str]()
    if len(text) == 2:
        score, against = min(score, _SHORT_READ), ["short"]
    row = Aligned(shown, text, how, round(score, 3), 2.0) if turned else Aligned(text, shown, how, round(score, 3), 2.0)
    return _result(score, [row], against, query, candidate)


def _unvoweled(text: str) -> str:
    """A word as scripts without vowel signs write it: Muhammad is mhmd."""
    return _TWICE.sub(r"\1", _VOWEL.sub("", text))


@cache
def _same_names() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for at, row in enumerate(data("given")["same"]):
        for name in row:
            found.setdefault(name, set()).add(at)
    return {name: frozenset(rows) for name, rows in found.items()}


def _alike(one: Piece, other: Piece, eastern: bool) -> tuple[float, str]:
    a, b = one.text, other.text
    if a == b:
        return 1.0, "equal"
    if len(a) == 1 or len(b) == 1:
        return (0.75, "initial") if a[0] == b[0] else (0.0, "")
    same = _same_names()
    if a in same and b in same and same[a] & same[b]:
        return 0.94, "spelling"
    if eastern:
        return _eastern_alike(a, b, one, other)
    if min(len(a), len(b)) > 2 and (not _VOWEL.search(a)) != (not _VOWEL.search(b)) and _unvoweled(a) == _unvoweled(b):
        return 0.85, "sound"
    return latin_alike(one, other, syllables=False)


def _eastern_alike(a: str, b: str, one: Piece, other: Piece) -> tuple[float, str]:
    """Syllables of Chinese and Korean names: Chiang may be Jiang, Chol Cheol."""
    said = romanised_families()
    if a in said.get(b, ()) or b in said.get(a, ()) or (said.get(a, frozenset()) & said.get(b, frozenset())):
        return 0.85, "reading"
    if mandarin(a) & mandarin(b):
        return 0.88, "reading"
    if one.syllables and other.syllables and len(one.syllables) == len(other.syllables):
        heard = reach(one.syllables, other.syllables)
        if heard >= _FLOOR:
            return heard, "syllables"
        pairs = zip(one.syllables, other.syllables, strict=True)
        return (0.85, "reading") if all(mandarin(x) & mandarin(y) for x, y in pairs) else (0.0, "")
    if korean(a) == korean(b):
        return 0.85, "sound"
    return latin_alike(one, other, syllables=False) if max(len(a), len(b)) > 4 else (0.0, "")


@lru_cache(maxsize=32_768)
def _is_syllable(text: str) -> bool:
    return bool(mandarin(text)) or korean(text) in _korean_syllables()


@cache
def _korean_syllables() -> frozenset[str]:
    return frozenset(korean(each) for those in given_readings().values() for each in those)


def _eastern(name: AnalysedName) -> bool:
    """Whether a name in Latin letters looks Chinese or Korean: a known family name and short syllables."""
    words = [piece for piece in name.pieces if len(piece.text) > 1]
    if not 2 <= len(words) <= 4:
        return False
    known = romanised_families()
    ends = (words[0].text, words[-1].text)
    if not any(end in known or mandarin(end) for end in ends):
        return False
    return sum(_is_syllable(piece.text) or 0 < len(piece.syllables) < 3 for piece in words) >= min(len(words), 3)


def _latin(query: AnalysedName, candidate: AnalysedName) -> Comparison:
    mine_reading, their_reading = _historic_forms().get(query.folded), _historic_forms().get(candidate.folded)
    if mine_reading and their_reading and mine_reading & their_reading:
        row = Aligned(query.folded, candidate.folded, "reading", 0.95, 2.0)
        return _result(0.95, [row], [], query, candidate)
    eastern = _eastern(query) and _eastern(candidate)
    pairs, mine, theirs = _pairs(query, candidate, eastern)
    rows = [Aligned(a.text, b.text, how, round(s, 3), max(a.weight, b.weight)) for a, b, how, s in pairs]
    rows += [Aligned(piece.text, "", "missing", 0.0, piece.weight) for piece in mine]
    rows += [Aligned("", piece.text, "extra", 0.0, piece.weight) for piece in theirs]
    agreed = sum(min(a.weight, b.weight) * s for a, b, _, s in pairs)
    total = sum(min(a.weight, b.weight) for a, b, _, _ in pairs)
    left, right = sum(piece.weight for piece in mine), sum(piece.weight for piece in theirs)
    both, against = min(left, right), list[str]()
    total += 1.5 * both + 0.22 * abs(left - right)
    if eastern and any(_is_syllable(piece.text) for piece in (*mine, *theirs)):
        total += 0.6 * abs(left - right)
    score = agreed / total if total else 0.0
    if both > 0.5:
        against.append("name")
        score *= 0.85
    agreeing = sum(b.role != "particle" and len(b.text) > 1 for _, b, *_ in pairs)
    if agreeing < 2 and (mine or theirs) and not any(how == "joined" for *_, how, _ in pairs):
        score = min(score, 0.6)
        against.append("weak")
    return _result(score, rows, against, query, candidate)


@cache
def _historic_forms() -> dict[str, frozenset[str]]:
    """Public figures by each Latin form of their names, in any order of its words kept as printed."""
    found: dict[str, set[str]] = {}
    for hanzi, line in data("historic").items():
        plain, _, others = line.partition("/")
        syllables = plain.split()
        forms = [plain, *others.split(","), "".join(syllables), f"{syllables[0]} {''.join(syllables[1:])}"]
        forms.append(f"{''.join(syllables[1:])} {syllables[0]}")
        for form in forms:
            found.setdefault(" ".join(form.split()), set()).add(hanzi)
    return {form: frozenset(those) for form, those in found.items()}


def _pairs(query: AnalysedName, candidate: AnalysedName, eastern: bool) -> tuple[list[_Pair], list[Piece], list[Piece]]:
    mine, theirs = list(query.pieces), list(candidate.pieces)
    pairs: list[_Pair] = []
    for piece in query.pieces:
        same = next((each for each in theirs if each.text == piece.text), None)
        if same is not None:
            pairs.append((piece, same, "equal", 1.0))
            mine.remove(piece)
            theirs.remove(same)
    if mine and theirs:
        _join(mine, theirs, pairs, False)
        _join(theirs, mine, pairs, True)
    scored = [(*_alike(a, b, eastern), a, b) for a in mine for b in theirs]
    for score, how, a, b in sorted(scored, key=lambda each: -each[0]):
        if score >= _FLOOR and a in mine and b in theirs:
            pairs.append((a, b, how, score))
            mine.remove(a)
            theirs.remove(b)
    return pairs, mine, theirs


def _join(mine: list[Piece], theirs: list[Piece], pairs: list[_Pair], turned: bool) -> None:
    """Words written as one on one side: Quan guo and Quanguo, Al Agha and Alagha."""
    for piece in list(mine):
        for at in range(len(theirs) - 1):
            for end in range(at + 2, min(at + 4, len(theirs)) + 1):
                row = theirs[at:end]
                joined = "".join(each.text for each in row)
                if abs(len(joined) - len(piece.text)) > 2 or not _same_joined(joined, piece.text):
                    continue
                shown = Piece(" ".join(each.text for each in row), "given", sum(each.weight for each in row))
                score = 0.97 if joined == piece.text else 0.9
                pairs.append((shown, piece, "joined", score) if turned else (piece, shown, "joined", score))
                mine.remove(piece)
                del theirs[at:end]
                break
            else:
                continue
            break


def _same_joined(joined: str, text: str) -> bool:
    if joined == text:
        return True
    if len(text) < 7 or joined[0] != text[0]:
        return False
    allowed = 1 if len(text) < 9 else 2
    return OSA.distance(sound(joined), sound(text), score_cutoff=allowed) <= allowed
