"""Hanzi against Latin words: by reading, by the English word, by the sound of a foreign name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, Indel

from tidewaiter.evidence.parties.names.datafiles import data
from tidewaiter.evidence.parties.names.readings import mandarin_of
from tidewaiter.evidence.parties.names.sounds import bones, sound
from tidewaiter.evidence.parties.names.syllables import mandarin, parts

__all__ = ["Cover", "cover", "foreign", "foreign_part", "glossed", "translates"]

_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Cover:
    """Which characters of a run of hanzi Latin words explain, what is left of each word, and how."""

    explained: tuple[bool, ...]
    left: tuple[str, ...]
    how: str


@cache
def _glosses() -> dict[str, tuple[str, ...]]:
    return {
        hanzi: tuple(each.strip() for each in line.split("/")[1].split(",")) for hanzi, line in data("glosses").items()
    }


@cache
def _by_pinyin() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in data("glosses").values():
        reading, _, words = line.partition("/")
        if "-" in reading:
            found.setdefault(reading.strip().replace("-", ""), set()).update(each.strip() for each in words.split(","))
    return {reading: frozenset(words) for reading, words in found.items()}


def translates(pinyin: str, word: str) -> bool:
    """Whether a pinyin word is the Chinese for an English word (qingfeng, breeze)."""
    return word in _by_pinyin().get(pinyin, ())


def glossed(hanzi: str) -> tuple[str, ...]:
    """The English words for a run of hanzi that is one word of the list, or ()."""
    return _glosses().get(hanzi, ())


@lru_cache(maxsize=32_768)
def cover(hanzi: str, words: tuple[str, ...]) -> Cover:
    """Explain a run of hanzi by Latin words, and Latin words by hanzi, left to right."""
    whole = _read(hanzi, words)
    if whole is not None:
        return whole
    left, done, how, at = list(words), [False] * len(hanzi), "", 0
    text, steps = " ".join(words), _steps(hanzi)
    while at < len(hanzi):
        for length, glosses, joined in steps[at]:
            said = _explain(length, glosses, joined, left, text)
            if said:
                done[at : at + length] = [True] * length
                how, text = how or said, " ".join(left)
                at += length
                break
        else:
            at += 1
    return Cover(tuple(done), tuple(left), how or "gloss")


_Step = tuple[int, tuple[str, ...], str]


@lru_cache(maxsize=32_768)
def _steps(hanzi: str) -> tuple[tuple[_Step, ...], ...]:
    """For each place in a run, the longest stretch first: its length, its English words, its joined pinyin."""
    glosses, syllables = _glosses(), mandarin_of(hanzi)
    return tuple(
        tuple(
            (length, glosses.get(hanzi[at : at + length], ()), "".join(syllables[at : at + length]))
            for length in range(min(_LONGEST, len(hanzi) - at), 0, -1)
        )
        for at in range(len(hanzi))
    )


def _explain(length: int, glosses: tuple[str, ...], joined: str, left: list[str], text: str) -> str:
    """Strike out of the Latin words what says a stretch of characters."""
    for word in glosses:
        if (word[:4] in text or " " in word) and _strike(left, word, whole=length == 1):
            return "gloss"
    if len(joined) > 1 and joined in text and _strike(left, joined, whole=length == 1):
        return "pinyin"
    if length == 1:
        for at, word in enumerate(left):
            if 2 < len(word) < 7 and joined in mandarin(word):
                left[at] = ""
                return "pinyin"
    return ""


def _strike(left: list[str], word: str, *, whole: bool) -> bool:
    """Strike a word, or several in a row; unless whole, also where it begins or ends a longer word."""
    if " " in word:
        row = word.split()
        for at in range(len(left) - len(row) + 1):
            if left[at : at + len(row)] == row:
                left[at : at + len(row)] = [""] * len(row)
                return True
        word = word.replace(" ", "")
    for at, each in enumerate(left):
        if each == word or (len(word) > 2 and (each == f"{word}s" or f"{each}s" == word)):
            left[at] = ""
            return True
    if whole and len(word) < 4:
        return False
    for at, each in enumerate(left):
        if len(word) > 2 and each.startswith(word):
            left[at] = each[len(word) :]
            return True
        if len(word) > 2 and each.endswith(word):
            left[at] = each[: -len(word)]
            return True
    return False


def _read(hanzi: str, words: tuple[str, ...]) -> Cover | None:
    """Neighbouring words that together read the whole run."""
    syllables = mandarin_of(hanzi)
    target = "".join(syllables)
    if len(target) < 2 or not any(word[:1] == target[0] for word in words):
        return None
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + len(hanzi), len(words)) + 1):
            joined = "".join(words[begin:end])
            if joined == target or (abs(len(joined) - len(target)) < 2 and _nearly(joined, target)):
                left = ["" if begin <= at < end else word for at, word in enumerate(words)]
                return Cover((True,) * len(hanzi), tuple(left), "pinyin")
    return None


def _nearly(joined: str, target: str) -> bool:
    """The same but for how ü is written, or, in long words, for one letter."""
    if _plain(joined) == _plain(target):
        return True
    return len(target) > 7 and joined[0] == target[0] and OSA.distance(joined, target, score_cutoff=1) <= 1


def _plain(text: str) -> str:
    return text.replace("lyu", "lu").replace("nyu", "nu").replace("v", "u")


@cache
def _transcribing() -> frozenset[str]:
    return frozenset(data("letters")["transcribing"])


@lru_cache(maxsize=32_768)
def foreign(hanzi: str, letters: str) -> float:
    """How alike a foreign name in hanzi by sound (洛克希德) and in letters (Lockheed) are; 0 below a floor."""
    if len(hanzi) < 2 or len(letters) < 4 or sum(sign not in _transcribing() for sign in hanzi) > len(hanzi) // 5:
        return 0.0
    if len(_VOWEL_GROUPS.findall(letters)) > len(hanzi) or len(parts(letters)) == len(hanzi):
        return 0.0
    read = "".join(mandarin_of(hanzi))
    heard, spelled = _skeleton(read), _skeleton(letters)
    if min(len(heard), len(spelled)) < 2:
        return 0.0
    likeness = Indel.normalized_similarity(heard, spelled)
    whole = Indel.normalized_similarity(sound(read), sound(letters))
    few = min(len(heard), len(spelled)) < 3
    if likeness < 0.72 or whole < (0.7 if few else 0.45) or heard[0] != spelled[0]:
        return 0.0
    total = 0.6 * likeness + 0.4 * whole
    return min(total + (0.04 if few else 0.12), 0.92) if total >= 0.70 else 0.0


def foreign_part(hanzi: str, word: str) -> float:
    """How alike one part of a foreign person's name in hanzi and one word sound; for names of which all parts count."""
    read = "".join(mandarin_of(hanzi))
    heard, spelled = _skeleton(read), _skeleton(word)
    if not heard or not spelled or (heard[0] != spelled[0] and not (heard[0] in "aiu" and spelled[0] in "aiu")):
        return 0.0
    bare, letters = heard.lstrip("aiu"), spelled.lstrip("aiu")
    likeness = Indel.normalized_similarity(bare, letters) if bare or letters else 1.0
    return 0.6 * likeness + 0.4 * Indel.normalized_similarity(sound(read), sound(word))


_CLASSES = str.maketrans(
    {"d": "t", "g": "k", "b": "p", "r": "l", "z": "s", "c": "s", "j": "s", "v": "f", "m": "n", "h": ""}
)
_HARD = re.compile(r"c(?=[aoulrtk]|$)")
_VOWEL_GROUPS = re.compile("[aeiouy]+")
_SOFT = re.compile("zh|ch|sh|x(?=[iu])|q(?=[iu])")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=32_768)
def _skeleton(text: str) -> str:
    """Consonants in the few classes that Chinese spellings of foreign names keep apart."""
    text = _HARD.sub("k", _SOFT.sub("s", text)).replace("ng", "n")
    return _TWICE.sub(r"\1", bones(text).translate(_CLASSES))
