"""Mentions of chips, companies, agencies and instruments in an article, with exact offsets into the original.

Names are looked for in the folded text (simplified, half-width, without invisible characters) with one automaton;
of overlapping names the longest wins; a Latin name must not go on to the left or right (no H20 inside H200).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tidewaiter.reading.folding import fold
from tidewaiter.reading.gazetteer import Gazetteer, Named, built_in_names
from tidewaiter.reading.lines import Line
from tidewaiter.reading.resources import read_data

__all__ = ["Matcher", "Mention", "find_mentions", "matcher_for"]

_DECOY = "decoy"
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_SEPARATORS = re.compile(r"[\s-]")
_SEAM = re.compile(r"(?<=[a-zA-Z0-9])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[a-zA-Z0-9])")
_URL = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef]+", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at [start, end) of the source's text: `text[start:end] == surface`.

    `also` holds further (kind, key) pairs that bear the same name.
    """

    start: int
    end: int
    kind: str
    key: str
    surface: str
    also: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, object]:
        """All fields; the span as a list."""
        also = [{"kind": kind, "key": key} for kind, key in self.also]
        return {
            "span": [self.start, self.end],
            "kind": self.kind,
            "key": self.key,
            "surface": self.surface,
            "also": also,
        }


@dataclass(frozen=True, slots=True)
class _Target:
    """What a spelling stands for; with `exact`, only where the text has it in this very case."""

    kind: str
    key: str
    exact: str | None = None


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    targets: tuple[_Target, ...]


class Matcher:
    """A compiled gazetteer; build it once with `matcher_for`. Immutable and safe to share between threads."""

    __slots__ = ("_automaton", "size")

    def __init__(self, names: Iterable[Named]) -> None:
        import ahocorasick

        spellings = _spellings(names)
        self.size = len(spellings)
        self._automaton: Any = ahocorasick.Automaton()
        for spelling, targets in spellings.items():
            self._automaton.add_word(spelling, (len(spelling), tuple(targets)))
        if spellings:
            self._automaton.make_automaton()

    def hits(self, folded: str) -> list[_Hit]:
        """Names in a folded text, the longest first where they overlap, in order of their place."""
        if not self.size:
            return []
        low = _lower(folded)
        urls = [match.span() for match in _URL.finditer(folded)]
        found = []
        for last, (length, targets) in self._automaton.iter(low):
            start, end = last - length + 1, last + 1
            if _stands_alone(low, start, end) and not _inside(urls, start):
                fitting = tuple(t for t in targets if t.exact is None or folded[start:end] == t.exact)
                if fitting:
                    found.append(_Hit(start, end, fitting))
        return _longest(found)


def matcher_for(gazetteer: Gazetteer | None = None) -> Matcher:
    """The matcher of the built-in names and those of a gazetteer; kept for the next call with the same names."""
    outside = tuple(gazetteer.entries()) if gazetteer else ()
    return _compiled(tuple((n.key, n.kind, tuple(n.names), _extra(n, "exact"), _extra(n, "decoys")) for n in outside))


def _extra(name: Named, field: str) -> tuple[str, ...]:
    return tuple(getattr(name, field, ()))


@lru_cache(maxsize=8)
def _compiled(outside: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]) -> Matcher:
    from tidewaiter.reading.gazetteer import Name

    return Matcher([*(Name(*each) for each in outside), *built_in_names()])


def find_mentions(lines: Iterable[Line], matcher: Matcher) -> tuple[Mention, ...]:
    """The mentions in passages of a source's text, in order, none overlapping another."""
    passages = [(line, fold(line.text)) for line in lines]
    weak_allowed = any(_chip_context().search(_lower(folded.text)) for _, folded in passages)
    found: list[Mention] = []
    for line, folded in passages:
        for hit in matcher.hits(folded.text.replace("\n", " ").replace("\r", " ")):
            start, end = folded.span(hit.start, hit.end)
            mention = _mention(hit, line.start + start, line.start + end, line.text[start:end])
            if mention and (weak_allowed or not _is_weak(mention)):
                found.append(mention)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _mention(hit: _Hit, start: int, end: int, surface: str) -> Mention | None:
    pairs = tuple(dict.fromkeys((target.kind, target.key) for target in hit.targets if target.kind != _DECOY))
    if not pairs:
        return None
    return Mention(start, end, pairs[0][0], pairs[0][1], surface, pairs[1:])


@cache
def _chip_context() -> re.Pattern[str]:
    words = sorted(read_data("mentions")["chip_context"], key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![a-z0-9]){re.escape(w)}(?![a-z0-9])" if w.isascii() else re.escape(w) for w in words)
    )


def _is_weak(mention: Mention) -> bool:
    settings = read_data("mentions")
    plain = _lower(fold(mention.surface).text)
    return mention.kind in settings["chip_kinds"] and bool(re.fullmatch(settings["weak_chip_name"], plain))


def _spellings(names: Iterable[Named]) -> dict[str, list[_Target]]:
    """Every spelling in folded lower case with what it stands for, earlier names first."""
    spellings: dict[str, list[_Target]] = {}
    for name in names:
        pairs = [(text, _ACRONYM.fullmatch(text) is not None) for text in name.names]
        pairs += [(text, True) for text in _extra(name, "exact")]
        for text, exact in pairs:
            _add(spellings, text, exact, name.kind, name.key)
        for text in _extra(name, "decoys"):
            _add(spellings, text, False, _DECOY, name.key)
    return spellings


def _add(spellings: dict[str, list[_Target]], text: str, exact: bool, kind: str, key: str) -> None:
    for variant in _variants(fold(text).text.strip()):
        target = _Target(kind, key, variant if exact else None)
        listed = spellings.setdefault(_lower(variant), [])
        if target not in listed:
            listed.append(target)


def _variants(name: str) -> Iterator[str]:
    """The name and, where it has digits or two scripts, its usual spacings (Ascend 910B, Ascend910B, 昇腾 910B)."""
    if not name:
        return
    yield name
    spaced = _SEAM.sub(" ", name)
    if spaced != name:
        yield spaced
    if any(char.isdigit() for char in name) and _SEPARATORS.search(name) and len(name) <= 40:
        for separator in ("", " ", "-"):
            variant = _SEPARATORS.sub(separator, name)
            if variant != name and len(variant) > 2:
                yield variant


def _lower(text: str) -> str:
    """Lower case of the same length: characters whose lower case is longer stay as they are."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a Latin name ends where a word ends; a plural s after a digit is let pass (H100s)."""
    if _latin(text[start]) and start and _latin(text[start - 1]):
        return False
    if not _latin(text[end - 1]) or end == len(text) or not _latin(text[end]):
        return True
    plural = text[end] == "s" and text[end - 1].isdigit()
    return plural and (end + 1 == len(text) or not _latin(text[end + 1]))


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u0250"


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    i = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return i >= 0 and place < spans[i][1]


def _longest(found: list[_Hit]) -> list[_Hit]:
    taken: list[_Hit] = []
    used: set[int] = set()
    for hit in sorted(found, key=lambda h: (h.start - h.end, h.start)):
        places = range(hit.start, hit.end)
        if used.isdisjoint(places):
            used.update(places)
            taken.append(hit)
    return sorted(taken, key=lambda h: h.start)
