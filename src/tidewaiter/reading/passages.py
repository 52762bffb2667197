"""Passages of an article prepared for reading: folded text, sentences, and mentions replaced by tokens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tidewaiter.reading.amounts import Amount, find_amounts
from tidewaiter.reading.dates import DatePhrase, find_dates
from tidewaiter.reading.folding import Folded, fold
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.lines import Line
from tidewaiter.reading.mentions import Mention
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span, sentences

__all__ = ["VALUE_KINDS", "Masked", "Passage", "Thing", "masked", "passages_of", "value_mentions"]

VALUE_KINDS = ("date", "money", "quantity", "percentage")
"""The kinds of mention that are values, not names."""

_TOKEN = re.compile("⟦[a-z](\\d+)⟧")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands in a folded passage: a mention, a date or an amount; `content` is the object itself."""

    start: int
    end: int
    kind: str
    key: str
    content: Mention | DatePhrase | Amount


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of an article: its folded text, the things in it, its sentences; offsets into the folded text."""

    line: Line
    folded: Folded
    things: tuple[Thing, ...]
    sentences: tuple[Span, ...]

    def place(self, start: int, end: int) -> Span:
        """The span in the source's text of folded characters [start, end)."""
        first, last = self.folded.span(start, end)
        return Span(self.line.start + first, self.line.start + last)

    def surface(self, start: int, end: int) -> str:
        """The original text of folded characters [start, end)."""
        first, last = self.folded.span(start, end)
        return self.line.text[first:last]


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence in lower case with a token for each thing in it, and the way back to the passage."""

    text: str
    starts: tuple[int, ...]
    span: Span
    things: tuple[Thing, ...]

    def thing(self, token: str) -> Thing:
        """The thing of a token."""
        match = _TOKEN.fullmatch(token)
        assert match is not None
        return self.things[int(match[1])]

    def all(self, text: str) -> tuple[Thing, ...]:
        """The things whose tokens stand in a piece of the masked text, in order."""
        return tuple(self.things[int(match[1])] for match in _TOKEN.finditer(text))

    def back(self, start: int, end: int) -> Span:
        """The span in the folded passage of masked characters [start, end)."""
        first = self.starts[min(start, len(self.starts) - 1)]
        last = self.starts[min(end, len(self.starts) - 1)]
        return Span(first, max(first, last))


def passages_of(lines: Iterable[Line], mentions: Sequence[Mention], base: DateInterval | None) -> tuple[Passage, ...]:
    """The passages of an article; relative dates are resolved against `base`, the days it may have been written on."""
    return tuple(_passage(line, mentions, base) for line in lines)


def _passage(line: Line, mentions: Sequence[Mention], base: DateInterval | None) -> Passage:
    folded = fold(line.text)
    own = mentions[bisect_left(mentions, line.start, key=_start) : bisect_left(mentions, line.end, key=_start)]
    named = [_named(mention, line, folded) for mention in own if mention.kind not in VALUE_KINDS]
    chips = [Span(each.start, each.end) for each in named if each.kind in read_data("mentions")["chip_kinds"]]
    dates = [_dated(phrase) for phrase in find_dates(folded.text, base)]
    amounts = [
        Thing(a.start, a.end, a.kind, a.unit, a)
        for a in find_amounts(folded.text, chips, [Span(each.start, each.end) for each in named])
    ]
    things = _disjoint([*named, *dates, *amounts])
    return Passage(line, folded, things, sentences(folded.text))


def _named(mention: Mention, line: Line, folded: Folded) -> Thing:
    start, end = mention.start - line.start, mention.end - line.start
    if folded.starts is not None:
        start, end = bisect_left(folded.starts, start), bisect_left(folded.starts, end)
    return Thing(start, end, mention.kind, mention.key, mention)


def _dated(phrase: DatePhrase) -> Thing:
    return Thing(phrase.start, phrase.end, "date", phrase.surface, phrase)


def _disjoint(things: list[Thing]) -> tuple[Thing, ...]:
    """Names go before dates, dates before amounts where they overlap."""
    taken: list[Thing] = []
    for each in things:
        place = bisect_left(taken, each.start, key=_start)
        before, after = taken[place - 1 : place] if place else [], taken[place : place + 1]
        if all(other.end <= each.start for other in before) and all(each.end <= other.start for other in after):
            taken.insert(place, each)
    return tuple(taken)


def _start(thing: Thing | Mention) -> int:
    return thing.start


def value_mentions(passages: Iterable[Passage]) -> tuple[Mention, ...]:
    """The dates and amounts of passages as mentions."""
    found = []
    for passage in passages:
        for thing in passage.things:
            if thing.kind in VALUE_KINDS and not _hardly_a_date(thing):
                place = passage.place(thing.start, thing.end)
                surface = passage.surface(thing.start, thing.end)
                found.append(Mention(place.start, place.end, thing.kind, _value_key(thing), surface))
    return tuple(found)


def _hardly_a_date(thing: Thing) -> bool:
    """Words like 刚, and relative dates of an article without a date."""
    phrase = thing.content
    return isinstance(phrase, DatePhrase) and (
        phrase.interval is None or (phrase.vague and thing.end - thing.start < 2)
    )


def _value_key(thing: Thing) -> str:
    if isinstance(thing.content, Amount):
        return f"{thing.content.size:g} {thing.content.unit}".strip()
    interval = thing.content.interval if isinstance(thing.content, DatePhrase) else None
    if interval is None:
        return ""
    ends = [str(end) if end else ".." for end in (interval.earliest, interval.latest)]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def masked(passage: Passage, sentence: Span) -> Masked:
    """A sentence of a passage with tokens: ⟦c0⟧ is a chip, ⟦d1⟧ a date; the letters stand in data/claims.yaml."""
    letters = read_data("claims")["letters"]
    lists = read_data("claims")["lists"]
    text = passage.folded.text
    first = bisect_left(passage.things, sentence.start, key=_start)
    last = bisect_left(passage.things, sentence.end, key=_start)
    inside = tuple(thing for thing in passage.things[first:last] if thing.end <= sentence.end)
    pieces: list[str] = []
    starts: list[int] = []
    place = sentence.start
    for index, thing in enumerate(inside):
        pieces.append(_lower(text[place : thing.start]))
        starts += range(place, thing.start)
        letter = letters["list"] if thing.key in lists else letters[thing.kind]
        token = f"⟦{letter}{index}⟧"
        pieces.append(token)
        starts += [thing.start] * len(token)
        place = thing.end
    pieces.append(_lower(text[place : sentence.end]))
    starts += [*range(place, sentence.end), sentence.end]
    return Masked("".join(pieces), tuple(starts), sentence, inside)


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else text
