"""A person's name in hanzi against Latin letters: read in Mandarin, Cantonese, Korean or Japanese."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from tidewaiter.evidence.parties.names.pieces import AnalysedName
from tidewaiter.evidence.parties.names.readings import (
    family_readings,
    given_readings,
    historic,
    japanese,
    mandarin_of,
    other_families,
    surname_length,
)
from tidewaiter.evidence.parties.names.sounds import korean
from tidewaiter.evidence.parties.names.syllables import mandarin, parts
from tidewaiter.evidence.parties.names.translation import cover, foreign, foreign_part

__all__ = ["read_across"]

_PART, _WHOLE = 0.6, 0.69  # least likeness of a part of a foreign name by sound, and of all its parts


def read_across(hanzi: AnalysedName, latin: AnalysedName) -> tuple[float, str]:
    """How well Latin words read a name in hanzi, 0..1, and how."""
    text, words = hanzi.hanzi, [piece.text for piece in latin.pieces]
    score, how = _read(text, words)
    if score < 0.8 and (len(text) > 4 or not surname_length(text) or " " in hanzi.folded):
        runs = [piece.text for piece in hanzi.pieces]
        heard = _parts_heard(runs, words) if 1 < len(runs) <= len(words) else foreign(text, "".join(words))
        if heard > score:
            score, how = heard, "sound"
        said = cover(text, tuple(words))
        done = sum(said.explained) / len(text)
        left = 1.0 - sum(map(len, said.left)) / sum(map(len, words))
        if 0.6 * min(done, left) + 0.4 * max(done, left) > score:
            score, how = 0.6 * min(done, left) + 0.4 * max(done, left), said.how
    return score, how


def _parts_heard(runs: list[str], words: list[str]) -> float:
    """Parts of a foreign name between middle dots, each against its nearest word."""
    left, scores = list(words), list[float]()
    for run in runs:
        score, at = max((foreign_part(run, word), -at) for at, word in enumerate(left))
        left.pop(-at)
        scores.append(score)
    mean = sum(scores) / len(scores)
    if min(scores) < _PART or mean < _WHOLE:
        return 0.0
    return min(mean + 0.08, 0.95) - 0.03 * len(left)


def _read(text: str, words: list[str]) -> tuple[float, str]:
    """How well Latin words read a whole name in hanzi."""
    joined = "".join(words)
    for form in historic().get(text, ()):
        if sorted(form.split()) == sorted(words) or form.replace(" ", "") == joined:
            return 0.97, "reading"
    best, how = 0.0, ""
    for length in range(1, min(5, len(text))):
        family, given = text[:length], text[length:]
        if family in japanese() or given in japanese():
            found = _japanese(family, given, words)
            if found > best:
                best, how = found, "reading"
    length = surname_length(text)
    if length and 1 < len(text) <= 5:
        found, said = _chinese(text, length, words)
        if found > best:
            best, how = found, said
    plain = "".join(mandarin_of(text))
    if plain == joined and best < 0.9:
        return 0.95, "pinyin"
    return best, how


def _japanese(family: str, given: str, words: list[str]) -> float:
    table = japanese()
    left = list(words)
    first = next((each for each in table.get(family, ()) if each in left), "")
    if first:
        left.remove(first)
    last = next((each for each in table.get(given, ()) if each in left), "")
    if first and last:
        return 0.95
    return 0.6 if first or last else 0.0


def _chinese(text: str, length: int, words: list[str]) -> tuple[float, str]:
    """Family name first or last, given name in one word or several, an English name beside it."""
    family, given = text[:length], text[length:]
    best, how = 0.0, ""
    for at, _word in enumerate(words):
        for end in range(at + 1, min(at + length, len(words)) + 1):
            surname = "".join(words[at:end])
            said = _family_said(family, surname)
            if not said:
                continue
            for rest in (words[end:], words[:at]) if words[end:] and words[:at] else (words[end:] or words[:at],):
                found, way = _given_said(text, given, length, rest)
                extra = len(words) - (end - at) - len(rest)
                found *= said - 0.04 * extra
                if found > best:
                    best, how = found, way if said == 1.0 else "reading"
    return best, how


def _family_said(family: str, word: str) -> float:
    readings = {"".join(each) for each in family_readings(family)}
    if word in readings or word.replace("lu", "lv") in readings or word.replace("lyu", "lv") in readings:
        return 1.0
    if any(reading in mandarin(word) for reading in readings):
        return 0.95
    if word in {each.replace(" ", "") for each in other_families(family)}:
        return 0.95
    return 0.0


def _given_said(text: str, given: str, length: int, rest: list[str]) -> tuple[float, str]:
    """How well words read a given name; leading words count, words after them may be other names."""
    if not given:
        return (1.0 if not rest else 0.8), "pinyin"
    syllables = mandarin_of(text)[length:]
    target, joined = "".join(syllables), "".join(rest)
    if joined == target:
        return 1.0, "pinyin"
    for end in range(len(rest), 0, -1):
        for begin in range(end):
            if "".join(rest[begin:end]) == target:
                return 1.0 - 0.04 * (len(rest) - (end - begin)), "pinyin"
    found = max((_syllables_said(given, syllables, row) for row in _rows(_syllables_of(rest), len(given))), default=0.0)
    if found > 0:
        return found - 0.04 * max(len(_syllables_of(rest)) - len(given), 0), "reading"
    if rest and all(len(word) == 1 for word in rest) and list(rest) == [s[:1] for s in syllables][: len(rest)]:
        return 0.75, "initial"
    distance = OSA.distance(joined, target, score_cutoff=2)
    return (0.8 if distance == 1 and len(target) > 5 else 0.0), "edit"


def _rows(spelled: list[str], length: int) -> list[list[str]]:
    return [spelled[at : at + length] for at in range(len(spelled) - length + 1)]


def _syllables_said(given: str, syllables: tuple[str, ...], spelled: list[str]) -> float:
    """How well as many spelled syllables read the characters, in Mandarin or another language; one alone is weak."""
    hits = [
        1.0 if want == said else 0.95 if want in mandarin(said) else 0.92 if korean(said) in _said(sign) else 0.0
        for sign, want, said in zip(given, syllables, spelled, strict=True)
    ]
    return sum(hits) / len(hits) * 0.98 if min(hits) > 0 else 0.45 if max(hits) > 0 else 0.0


def _syllables_of(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        found += [word] if mandarin(word) or word in _known() else (parts(word) or (word,))
    return found


@cache
def _known() -> frozenset[str]:
    """Syllables outside Mandarin."""
    return frozenset(each for those in given_readings().values() for each in those)


@lru_cache(maxsize=4_096)
def _said(sign: str) -> frozenset[str]:
    """The readings of a character outside Mandarin, Korean ones whatever the romanization."""
    return frozenset(korean(each) for each in given_readings().get(sign, ()))
