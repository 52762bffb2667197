"""The article of a page: its title and lines, told from menus, recommended items, spam and disclaimers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidewaiter.base.wording import Wording, wording
from tidewaiter.reading.folding import fold
from tidewaiter.reading.lines import Line, Score, line_size, score_lines, split_lines
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.source import Source

__all__ = ["Article", "Dropped", "split_article"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is no part of the article's text, and why; `place` is before, inside or after it."""

    line: Line
    place: str
    reason: Wording


@dataclass(frozen=True, slots=True)
class Article:
    """An article within the text of a page.

    `title` is as printed; `title_line` is where it stands in the text, None when only metadata gave it.
    `recognized` is false when no run of sentences was found and all lines but boilerplate were kept.
    """

    title: str | None
    title_line: Line | None
    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    recognized: bool = True

    @property
    def text(self) -> str:
        """The kept lines, one below the other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def passages(self) -> tuple[Line, ...]:
        """The title's line, where it stands in the text, and the kept lines, in the order of the text."""
        return (self.title_line, *self.lines) if self.title_line else self.lines


def split_article(source: Source) -> Article:
    """Separate the article of a page; never fails: a page without one keeps all lines but boilerplate."""
    lines = split_lines(source.text)
    scores = score_lines(lines, source.main_lines)
    first, last = _best_run([score.points for score in scores])
    recognized = last > first
    if not recognized:
        first, last = 0, len(lines)
    title, title_line = _title(source, lines, scores, first, last)
    kept = tuple(
        line
        for line, score in zip(lines[first:last], scores[first:last], strict=True)
        if score.cue in (None, "repeated") and line is not title_line
    )
    dropped = _dropped(lines, scores, kept, title_line)
    return Article(title, title_line, kept, dropped, recognized)


def _best_run(points: Sequence[float]) -> tuple[int, int]:
    """The half-open run of the greatest sum (Kadane), the earliest of equals; empty when nothing is positive."""
    best, best_run, total, begin = 0.0, (0, 0), 0.0, 0
    for i, each in enumerate(points):
        if total <= 0:
            total, begin = 0.0, i
        total += each
        if total > best:
            best, best_run = total, (begin, i + 1)
    return best_run


def _title(
    source: Source, lines: Sequence[Line], scores: Sequence[Score], first: int, last: int
) -> tuple[str | None, Line | None]:
    for stated in source.titles[:1]:
        same = [line for line in lines[:last] if line.text == stated]
        return stated, (same[-1] if same else None)
    line = _title_before(lines, scores, first, last) or _title_within(lines, first, last)
    return (line.text, line) if line else (None, None)


def _title_before(lines: Sequence[Line], scores: Sequence[Score], first: int, last: int) -> Line | None:
    """The line before the body that shares most with it and stands nearest."""
    settings = read_data("cues")["title"]
    body = _pairs("".join(line.text for line in lines[first : min(last, first + 40)]))
    begin = max(0, first - int(settings["lines_before"]))
    candidates = [
        (_shared(line.text, body) - 0.02 * (first - line.number), line.number, line)
        for line, score in zip(lines[begin:first], scores[begin:first], strict=True)
        if score.cue in (None, "repeated") and _fits_title(line.text)
    ]
    best = max(candidates, default=None)
    return best[2] if best and best[0] > 0.1 else None


def _title_within(lines: Sequence[Line], first: int, last: int) -> Line | None:
    """A first line of the run that does not end like a sentence, before lines that do."""
    if last - first < 2 or not _fits_title(lines[first].text):
        return None
    return (
        lines[first] if not lines[first].text.rstrip("\"'”’)）").endswith(("。", ".", "；", ";", "，", ",")) else None
    )


def _fits_title(text: str) -> bool:
    least, most = read_data("cues")["title"]["sizes"]
    return bool(least <= line_size(text) <= most) and not text.endswith(("。", "；", ";", ",", "，"))


def _pairs(text: str) -> frozenset[str]:
    plain = "".join(char for char in fold(text).text.lower() if char.isalnum())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _shared(text: str, body: frozenset[str]) -> float:
    pairs = _pairs(text)
    return len(pairs & body) / len(pairs) if pairs else 0.0


def _dropped(
    lines: Sequence[Line], scores: Sequence[Score], kept: Sequence[Line], title_line: Line | None
) -> tuple[Dropped, ...]:
    reasons = read_data("cues")["reasons"]
    numbers = {line.number for line in kept} | ({title_line.number} if title_line else set())
    first, last = (kept[0].number, kept[-1].number) if kept else (0, 0)
    result = []
    for line, score in zip(lines, scores, strict=True):
        if line.number not in numbers:
            place = "before" if line.number < first else "after" if line.number > last else "inside"
            result.append(
                Dropped(line, place, wording(reasons[score.cue or ("after" if place == "after" else "before")]))
            )
    return tuple(result)
