"""Dated public events and how an article speaks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tidewaiter.base.wording import Wording, wording
from tidewaiter.reading.folding import fold
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span, clause_around, sentences

__all__ = ["Cue", "Event", "Spoken", "cues_of", "event_named", "events", "has_word", "spoken_of"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that stand in this order within a sentence; the words alone decide fast that they do not.

    Each word is given with the other names that may stand for it.
    """

    words: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]

    def find(self, piece: str) -> Span | None:
        """The span of the words in a piece in lower case."""
        match = self.pattern.search(piece) if self.possible(piece) else None
        return Span(match.start(), match.end()) if match else None

    def possible(self, piece: str) -> bool:
        """Whether a piece in lower case holds all the words, in any order."""
        return all(any(name in piece for name in names) for names in self.words)


@dataclass(frozen=True, slots=True)
class Event:
    """A public event with its days; `announced`: it is itself an announcement of something to come.

    `kind` is one of the kinds of data/events.yaml; `about` holds usual names of what it concerns; `who` says whose
    word an allegation or report is; `listed` pairs a list with the parties put on it; `then` are keys of what followed;
    `opens` names items that it let go under licenses; `percent` is a share that belongs to it.
    """

    key: str
    title: Wording
    days: DateInterval
    announced: bool
    source: str
    confidence: str
    past: tuple[Cue, ...]
    ahead: tuple[Cue, ...]
    kind: str = "event"
    about: tuple[str, ...] = ()
    who: str = ""
    listed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    then: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where a folded text speaks of an event, the sentence it does so in, and whether as past or as ahead."""

    event: Event
    tense: str
    span: Span
    sentence: Span


@cache
def events() -> tuple[Event, ...]:
    """The events of data/events.yaml in order of their dates."""
    data = read_data("events")
    return tuple(sorted((_event(each, data["gap"]) for each in data["events"]), key=lambda e: str(e.days.earliest)))


def _event(entry: dict[str, object], gap: int) -> Event:
    first = entry["from"]
    days = DateInterval(first, entry.get("to", first))  # type: ignore[arg-type]
    past, ahead = (cues_of(entry.get(key), gap) for key in ("past", "ahead"))
    key, source, confidence = (str(entry[field]) for field in ("key", "source", "confidence"))
    announced = bool(entry.get("announced"))
    lists = entry.get("listed") or {}
    listed = tuple((str(name), tuple(str(each) for each in parties)) for name, parties in lists.items())  # type: ignore[attr-defined]
    about, then, opens = (_texts(entry.get(field)) for field in ("about", "then", "opens"))
    percent = float(str(entry["percent"])) if entry.get("percent") is not None else None
    more = (str(entry.get("kind", "event")), about, str(entry.get("who", "")), listed, then, opens, percent)
    return Event(key, wording(entry["title"]), days, announced, source, confidence, past, ahead, *more)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def event_named(name: str) -> Event | None:
    """The event of a key, or of words that are its whole title in either language."""
    return next((each for each in events() if name in (each.key, each.title.en, each.title.zh)), None)


def cues_of(groups: object, gap: int) -> tuple[Cue, ...]:
    """Cues from lists of words, at most `gap` characters apart; words are folded like the text."""
    rows = groups if isinstance(groups, list) else []
    between = f"[^\n]{{0,{gap}}}?"
    found = []
    for words in rows:
        named = tuple(_named(fold(str(word)).text.lower()) for word in words)
        found.append(Cue(named, re.compile(between.join(_either(names) for names in named))))
    return tuple(found)


def _named(word: str) -> tuple[str, ...]:
    """A word and the other names that may stand for it."""
    return (word, *(str(name) for name in read_data("regional")["aliases"].get(word, ())))


def _either(names: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(_bounded(name) for name in names)})" if len(names) > 1 else _bounded(names[0])


def _bounded(word: str) -> str:
    """A word of a cue as a pattern; Latin letters and digits at its edges must not go on."""
    before = "(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = "(?![0-9])" if word[-1].isdigit() else ""
    return before + re.escape(word) + after


def spoken_of(text: str) -> Iterator[Spoken]:
    """Every event a folded text speaks of, a sentence at a time; one finding an event, tense and sentence."""
    low = text.lower() if len(text.lower()) == len(text) else text
    possible = [event for event in events() if any(cue.possible(low) for cue in (*event.past, *event.ahead))]
    for sentence in sentences(text) if possible else ():
        piece = low[sentence.start : sentence.end]
        for event in possible:
            yield from _in_sentence(event, piece, sentence)


def _in_sentence(event: Event, piece: str, sentence: Span) -> Iterator[Spoken]:
    ahead = next((span for cue in event.ahead if (span := cue.find(piece))), None)
    if ahead:
        yield Spoken(event, "ahead", _moved(ahead, sentence.start), sentence)
        return
    for cue in event.past:
        span = cue.find(piece)
        if span and (event.announced or not _supposed(piece, span.start, span.end)):
            yield Spoken(event, "past", _moved(span, sentence.start), sentence)
            return


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _supposed(piece: str, start: int, end: int) -> bool:
    """Whether the clause speaks of a future or a supposition.

    In Chinese what follows the event's words is about something else (…规则将生效 tells of a rule that exists).
    """
    clause = clause_around(piece, start, end)
    return has_word(piece[clause.start : clause.end if piece.isascii() else end], "modal")


def has_word(text: str, group: str) -> bool:
    """Whether a text holds one of the words of a list of data/events.yaml (`modal`, `future`, `done`)."""
    return bool(_words(group).search(text))


@cache
def _words(group: str) -> re.Pattern[str]:
    words = sorted(read_data("events")[group], key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words), re.I | re.A)
