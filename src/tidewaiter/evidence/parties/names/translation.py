"""Hanzi against Latin words: by reading, by the English word, by the sound of a foreign name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA, Indel

from tidewaiter.evidence.parties.names.datafiles import data
from tidewaiter.evidence.parties.names.readings import mandarin_of
from tidewaiter.evidence.parties.names.sounds import bones, sound
from tidewaiter.evidence.parties.names.syllables import mandarin

__all__ = ["Cover", "cover", "translates"]

Cover = tuple[float, float, str]
"""Share of the hanzi explained, share of the Latin letters explained, and how."""

_LONGEST = 6


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


def _strike(text: str, word: str) -> str | None:
    """The text without a word that stands in it as a whole, or, from three letters, begins or ends a word."""
    padded = f" {text} "
    if f" {word} " in padded:
        return padded.replace(f" {word} ", " ", 1).strip()
    for form in (word + "s", word.removesuffix("s")):
        if len(form) > 2 and f" {form} " in padded:
            return padded.replace(f" {form} ", " ", 1).strip()
    if len(word) > 2 and f" {word}" in padded:
        return padded.replace(f" {word}", " ", 1).strip()
    if len(word) > 2 and f"{word} " in padded:
        return padded.replace(f"{word} ", " ", 1).strip()
    return None


@lru_cache(maxsize=32_768)
def cover(hanzi: str, latin: tuple[str, ...]) -> Cover:
    """How much of a run of hanzi and of Latin words explain each other."""
    text = " ".join(latin)
    letters = len(text.replace(" ", ""))
    if not letters:
        return 0.0, 0.0, ""
    whole = _read(hanzi, latin)
    if whole is not None:
        return 1.0, whole[0], "pinyin"
    done, left, how = _walk(hanzi, text)
    best = (done / len(hanzi), 1.0 - len(left.replace(" ", "")) / letters, how)
    if best[0] + best[1] < 1.2:
        heard = _foreign(hanzi, "".join(latin))
        if heard > 0 and heard * 2 > best[0] + best[1]:
            return heard, heard, "sound"
    return best


def _read(hanzi: str, latin: tuple[str, ...]) -> tuple[float] | None:
    """The share of the Latin letters that read the whole run, if neighbouring words do so."""
    syllables = mandarin_of(hanzi)
    target = "".join(syllables)
    if len(target) < 3:
        return None
    total = sum(map(len, latin))
    for begin in range(len(latin)):
        for end in range(begin + 1, min(begin + len(hanzi), len(latin)) + 1):
            joined = "".join(latin[begin:end])
            near = len(joined) == len(target) or abs(len(joined) - len(target)) == 1 and len(target) > 5
            if joined == target or near and _nearly(joined, target, syllables):
                return (len(joined) / total,)
    return None


def _nearly(joined: str, target: str, syllables: tuple[str, ...]) -> bool:
    """The same but for how ü is written, or, in long words, for one letter; or syllables in Wade-Giles."""
    if joined.replace("lyu", "lv").replace("lue", "lve").replace("lu", "lv").replace("nu", "nv") == target.replace(
        "lu", "lv"
    ).replace("nu", "nv"):
        return True
    return len(target) > 7 and OSA.distance(joined, target, score_cutoff=1) <= 1 and joined[0] == target[0]


def _walk(hanzi: str, text: str) -> tuple[int, str, str]:
    """Characters explained left to right, and the Latin text that is left."""
    glosses, syllables, at, done, how = _glosses(), mandarin_of(hanzi), 0, 0, ""
    while at < len(hanzi):
        for length in range(min(_LONGEST, len(hanzi) - at), 0, -1):
            words = glosses.get(hanzi[at : at + length], ())
            left = next((rest for word in words if (rest := _strike(text, word)) is not None), None)
            said = "gloss"
            if left is None:
                left, said = _strike_syllables(text, syllables[at : at + length]), "pinyin"
            if left is not None:
                text, done, how = left, done + length, how or said
                at += length
                break
        else:
            at += 1
    return done, text, how or "gloss"


def _strike_syllables(text: str, syllables: tuple[str, ...]) -> str | None:
    joined = "".join(syllables)
    if not joined:
        return None
    for at, word in enumerate(words := text.split()):
        if word == joined or len(syllables) == 1 and len(word) > 1 and joined in mandarin(word):
            return " ".join(words[:at] + words[at + 1 :])
        if len(syllables) > 1 and word.startswith(joined) and len(joined) > 3:
            return " ".join([*words[:at], word[len(joined) :], *words[at + 1 :]])
        if len(syllables) > 1 and word.endswith(joined) and len(joined) > 3:
            return " ".join([*words[:at], word[: -len(joined)], *words[at + 1 :]])
    return None


def _foreign(hanzi: str, letters: str) -> float:
    """How alike a foreign name in hanzi by sound (洛克希德) and in letters (Lockheed) are; 0 below a floor."""
    if len(hanzi) < 3 or len(letters) < 4:
        return 0.0
    read = "".join(mandarin_of(hanzi))
    heard, spelled = _foreign_bones(read), _foreign_bones(letters)
    if min(len(heard), len(spelled)) < 2:
        return 0.0
    likeness = Indel.normalized_similarity(heard, spelled)
    whole = Indel.normalized_similarity(sound(read), sound(letters))
    score = 0.65 * likeness + 0.35 * whole
    return score if score > 0.6 else 0.0


_CLASSES = str.maketrans(
    {"d": "t", "g": "k", "b": "p", "r": "l", "z": "s", "c": "s", "j": "s", "v": "f", "h": "", "n": "n", "m": "n"}
)


@lru_cache(maxsize=32_768)
def _foreign_bones(text: str) -> str:
    """Consonants in the few classes that Chinese spellings of foreign names keep apart."""
    text = text.replace("zh", "s").replace("ch", "s").replace("sh", "s").replace("x", "s").replace("q", "s")
    skeleton = bones(text).translate(_CLASSES)
    return "".join(sign for at, sign in enumerate(skeleton) if not at or sign != skeleton[at - 1])


def explained(covers: Sequence[Cover]) -> float:
    """The mean of both shares, the smaller counting more."""
    if not covers:
        return 0.0
    hanzi, latin, _ = covers[0]
    return 0.6 * min(hanzi, latin) + 0.4 * max(hanzi, latin)
