"""Lines of a page and the points each earns as a line of the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tidewaiter.reading.folding import fold
from tidewaiter.reading.resources import read_data

__all__ = ["Line", "Score", "line_size", "score_lines", "split_lines"]

_LINE = re.compile("[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile("[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]*")
_ENDS = re.compile(r"[。！？!?….;；:：][\"'”’」』)）\]]*$")
_BREAKS = re.compile(r"[。！？；]|[.!?]\s+[\"“A-Z]|[!?;](?=[\u4e00-\u9fff])")
_TRAILING = " \t:：>》»…._-—【】[]()（）▼↓"


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or a paragraph wrapped over several: its number (from 0) and its half-open offsets in the text."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a line and the key of the cue that took points off it, if one did."""

    points: float
    cue: str | None = None


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines that are not blank, without outer spaces; hard-wrapped Latin paragraphs joined."""
    pieces = [_stripped(match) for match in _LINE.finditer(text)]
    spans = [(start, end) for start, end in pieces if end > start]
    return tuple(Line(i, start, end, text[start:end]) for i, (start, end) in enumerate(_unwrapped(text, spans)))


def _stripped(match: re.Match[str]) -> tuple[int, int]:
    raw = match.group()
    start = match.start() + len(raw) - len(raw.lstrip())
    return start, match.start() + len(raw.rstrip())


def _unwrapped(text: str, spans: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Join what stands in consecutive lines of like length: a paragraph of mail or of a terminal."""
    group: list[tuple[int, int]] = []
    for span in spans:
        if group and text[group[-1][1] : span[0]].replace("\r\n", "\n").count("\n") != 1:
            yield from _joined(text, group)
            group = []
        group.append(span)
    yield from _joined(text, group)


def _joined(text: str, group: list[tuple[int, int]]) -> list[tuple[int, int]]:
    lengths = [end - start for start, end in group]
    if len(group) < 2 or not 30 <= max(lengths) <= 110:
        return group
    even = all(length >= 0.65 * max(lengths) for length in lengths[:-1])
    latin = not _HAN.search(text, group[0][0], group[-1][1])
    flowing = sum(1 for start, end in group[:-1] if not _ENDS.search(text[start:end])) >= 0.6 * (len(group) - 1)
    prose = any(_BREAKS.search(text[start:end]) or _ENDS.search(text[start:end]) for start, end in group)
    return [(group[0][0], group[-1][1])] if even and latin and flowing and prose else group


def line_size(text: str) -> int:
    """The size of a line in Chinese characters; a Latin word counts two."""
    return len(_HAN.findall(text)) + 2 * len(_WORD.findall(text))


def score_lines(lines: Iterable[Line], preferred: frozenset[str] = frozenset()) -> tuple[Score, ...]:
    """Points of each line (positive: part of an article); `preferred` lines were found by another extractor."""
    all_lines = tuple(lines)
    folded = [fold(line.text).text.strip().lower() for line in all_lines]
    times = Counter(folded)
    vote = float(read_data("cues")["vote"]) if preferred else 0.0
    return tuple(
        _score(plain, times[plain], vote if line.text in preferred else -vote)
        for line, plain in zip(all_lines, folded, strict=True)
    )


def _score(plain: str, times: int, vote: float) -> Score:
    size = line_size(plain)
    found = _first_cue(plain, size)
    if found:
        return Score(found[1], found[0])
    points = _points_by_size(plain, size) + (vote if size >= 10 else 0.0)
    if times > 1:
        return Score(min(points, 0.0) + _repeated_points(), "repeated")
    return Score(points)


def _points_by_size(plain: str, size: int) -> float:
    sentence = bool(_ENDS.search(plain[-8:]) or _BREAKS.search(plain) or re.search(r"[.!?]\s", plain))
    for least, as_sentence, otherwise in read_data("cues")["sizes"]:
        if size >= least:
            return float(as_sentence if sentence else otherwise)
    return 0.0


@cache
def _repeated_points() -> float:
    return float(next(p["points"] for p in read_data("cues")["patterns"] if p["key"] == "repeated"))


@dataclass(frozen=True, slots=True)
class _Cue:
    key: str
    points: float
    most: int
    regex: re.Pattern[str]


@cache
def _cues() -> tuple[_Cue, ...]:
    """Patterns and words as one list, the heaviest first."""
    data = read_data("cues")
    patterns = [_cue(each, each["regex"]) for each in data["patterns"] if "regex" in each]
    words = [_cue(each, "|".join(_word(w) for w in each["words"])) for each in data["cues"]]
    return tuple(sorted([*patterns, *words], key=lambda cue: cue.points))


def _word(word: object) -> str:
    """A cue as a pattern; one that begins or ends in a letter ends there as a word."""
    text = re.escape(str(word).lower())
    before = r"(?<![a-z0-9])" if str(word)[0].isascii() and str(word)[0].isalnum() else ""
    after = r"(?![a-z0-9])" if str(word)[-1].isascii() and str(word)[-1].isalnum() else ""
    return before + text + after


def _cue(entry: dict[str, object], pattern: str) -> _Cue:
    form = {"whole": rf"(?:{pattern})\Z", "start": f"(?:{pattern})", "any": f".*?(?:{pattern})"}[str(entry["where"])]
    most = entry.get("most", 1_000_000)
    return _Cue(str(entry["key"]), float(str(entry["points"])), int(str(most)), re.compile(form, re.I | re.S))


def _first_cue(plain: str, size: int) -> tuple[str, float] | None:
    bare = plain.strip(_TRAILING) if size <= 40 else plain[:600]
    for cue in _cues():
        if size <= cue.most and (cue.regex.match(bare) or cue.regex.match(plain[:600])):
            return cue.key, cue.points
    return None
