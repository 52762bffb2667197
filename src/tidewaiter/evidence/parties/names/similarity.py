"""How alike two words are: Latin words by letters, ear and syllables; runs of hanzi by their characters."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA, Indel

from tidewaiter.evidence.parties.names.pieces import Piece
from tidewaiter.evidence.parties.names.sounds import bones
from tidewaiter.evidence.parties.names.syllables import near

__all__ = ["hanzi_alike", "latin_alike"]


def latin_alike(one: Piece, other: Piece, *, syllables: bool = True) -> tuple[float, str]:
    """0..1 and how, for two Latin words; `syllables`: words of pinyin are compared by syllable."""
    a, b = one.text, other.text
    if a == b:
        return 1.0, "equal"
    long, short = max(len(a), len(b)), min(len(a), len(b))
    if syllables and one.syllables and other.syllables and len(one.syllables) < 5:
        return _syllables_alike(one.syllables, other.syllables, a, b)
    distance = OSA.distance(a, b, score_cutoff=long // 2)
    if distance > long // 2:
        return 0.0, ""
    edit = max(0.0, 1.0 - distance / long * (1.0 if distance == 1 and long > 4 else 1.25))
    if one.sound and one.sound == other.sound and short > 2:
        return max(edit, 0.93), "sound"
    if edit < 0.8 and short > 4 and len(bones(a)) > 3 and bones(a) == bones(b):
        return max(edit, 0.8), "sound"
    return edit, "edit"


@lru_cache(maxsize=65_536)
def _syllables_alike(one: tuple[str, ...], other: tuple[str, ...], a: str, b: str) -> tuple[float, str]:
    """Two words of pinyin: letters mean little there, xin and xing are two syllables."""
    if len(one) != len(other):
        edit = 1.0 - OSA.distance(a, b) / max(len(a), len(b))
        return (edit * 0.85, "edit") if edit > 0.6 else (0.0, "")
    scores = [near(x, y) for x, y in zip(one, other, strict=True)]
    return sum(scores) / len(scores) * (0.5 + 0.5 * min(scores)), "syllables"


def hanzi_alike(one: Piece, other: Piece) -> tuple[float, str]:
    """0..1 and how, for two runs of hanzi: the characters decide, their sound is weak evidence."""
    a, b = one.text, other.text
    if a == b:
        return 1.0, "equal"
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) > 1 and (long.startswith(short) or long.endswith(short)):
        return 0.68 + 0.16 * len(short) / len(long), "contained"
    common = Indel.normalized_similarity(a, b)
    heard = one.syllables == other.syllables
    if len(a) == len(b) and len(a) >= 4:
        return common * (0.95 if heard else 0.85), "edit"
    return min(common * 0.8 + (0.1 if heard else 0.0), 0.6), "pinyin" if heard and common < 0.4 else "edit"
