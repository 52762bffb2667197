"""Claims that something happened: the events an article speaks of, with the day it gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tidewaiter.reading.claims import Claim
from tidewaiter.reading.dates import DatePhrase
from tidewaiter.reading.events import Event, Spoken, events, spoken_of
from tidewaiter.reading.extraction import claim_at
from tidewaiter.reading.gazetteer import built_in_names
from tidewaiter.reading.passages import Masked, Passage, Thing, masked
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span, clause_around
from tidewaiter.reading.stances import is_unreal

__all__ = ["by_events"]


def by_events(passages: Iterable[Passage]) -> Iterator[Claim]:
    """The events that an article says have happened, each once; what is negated or only possible is left out."""
    seen: set[str] = set()
    for passage in passages:
        found = [each for each in spoken_of(passage.folded.text) if each.tense == "past"]
        for each in found:
            if each.event.key not in seen and not _is_part(each, found) and not _unsure(passage, each):
                claim = _claim(passage, each, found)
                if claim.stance != "asked":
                    seen.add(each.event.key)
                    yield claim
        yield from _by_day(passage, seen)


def _by_day(passage: Passage, seen: set[str]) -> Iterator[Claim]:
    """Events recognized by their exact day, a thing they are about, and a word of their kind in the same sentence."""
    low = passage.folded.text.lower()
    for span in passage.sentences:
        dates = [each for each in passage.things if each.kind == "date" and span.start <= each.start < span.end]
        text = low[span.start : span.end]
        if len(dates) == 1 and not is_unreal(text):
            found = [event for event in _of_day(dates[0]) if _fits(event, passage, span, text)]
            told = [Spoken(event, "past", Span(dates[0].start, dates[0].end), span) for event in found]
            if len(told) == 1 and found[0].key not in seen and not _other_share(passage, told[0]):
                seen.add(found[0].key)
                each = told[0]
                claim = _claim(passage, each, [each])
                if claim.stance != "asked":
                    yield claim


def _of_day(thing: Thing) -> list[Event]:
    """The surely dated events of the one day that a date means."""
    interval = thing.content.interval if isinstance(thing.content, DatePhrase) else None
    if interval is None or (interval.days or 999) > 2:
        return []
    dated = [(event, event.days.earliest) for event in events() if event.confidence != "low"]
    return [event for event, day in dated if day and day in interval]


def _fits(event: Event, passage: Passage, span: Span, text: str) -> bool:
    words = read_data("events")["happens"].get(event.kind) or read_data("events")["said_to_happen"].get(event.kind, ())
    things = [each for each in passage.things if span.start <= each.start < span.end]
    here = {name for each in things for name in (each.key, passage.folded.text[each.start : each.end].casefold())}
    return bool(here & _subjects(event.key)) and any(str(word) in text for word in words)


@cache
def _subjects(key: str) -> frozenset[str]:
    """The keys of what an event is about, by the names of the gazetteer; chips by their bare names."""
    event = next(each for each in events() if each.key == key)
    known = {name.casefold(): each.key for each in built_in_names() for name in (*each.names, *each.exact)}
    own = [known.get(name.casefold(), name.casefold()) for name in event.about]
    return frozenset(own)


def _is_part(each: Spoken, found: Iterable[Spoken]) -> bool:
    """Whether the words lie within those of another event of the same sentence (the rule, within its rescission)."""
    if each.event.kind not in read_data("events")["enclosed"]:
        return False
    return any(o.span != each.span and o.span.start <= each.span.start and each.span.end <= o.span.end for o in found)


def _unsure(passage: Passage, each: Spoken) -> bool:
    low = passage.folded.text.lower()
    clause = clause_around(low, each.span.start, each.span.end)
    words = low[clause.start : clause.end]
    return is_unreal(words) or not _said_to_happen(low, each) or _other_share(passage, each)


def _other_share(passage: Passage, each: Spoken) -> bool:
    """Whether the sentence gives another percentage than the event's own."""
    inside = (t for t in passage.things if each.sentence.start <= t.start < each.sentence.end)
    shares = [t.content.size for t in inside if t.kind == "percentage"]  # type: ignore[union-attr]
    return each.event.percent is not None and bool(shares) and each.event.percent not in shares


def _said_to_happen(low: str, each: Spoken) -> bool:
    """Whether a word of happening stands near, for kinds of event that are often only named."""
    words = read_data("events")["said_to_happen"].get(each.event.kind)
    if words is None:
        return True
    reach = int(read_data("events")["said_within"])
    first, last = max(each.sentence.start, each.span.start - reach), min(each.sentence.end, each.span.end + reach)
    near = low[first:last]
    return any(str(word) in near for word in words)


def _claim(passage: Passage, each: Spoken, found: Iterable[Spoken]) -> Claim:
    sentence: Masked = masked(passage, each.sentence)
    fields: dict[str, Any] = {"event": each.event.key}
    others = {other.event.key for other in found if other.sentence == each.sentence}
    date = _date(sentence, each)
    if date is not None and isinstance(date.content, DatePhrase) and date.content.interval and len(others) == 1:
        fields["date"] = date.content.interval
    amounts = [
        t for t in sentence.things if t.kind in ("money", "percentage") and each.span.start <= t.start < each.span.end
    ]
    if len(amounts) == 1:
        fields |= {"amount": amounts[0].content.size, "unit": amounts[0].key}  # type: ignore[union-attr]
    inner = Span(_index(sentence, each.span.start), _index(sentence, each.span.end))
    return claim_at(passage, sentence, "event", fields, inner, about=_about(each.event, sentence))


def _index(sentence: Masked, place: int) -> int:
    return next((i for i, start in enumerate(sentence.starts) if start >= place), len(sentence.starts) - 1)


def _about(event: Event, sentence: Masked) -> tuple[str, ...]:
    """The event and what of the sentence's things it may concern."""
    kinds = ("chip", "model", "company", "instrument", "person", "agency", "case")
    return (event.key, *dict.fromkeys(thing.key for thing in sentence.things if thing.kind in kinds))


def _date(sentence: Masked, each: Spoken) -> Thing | None:
    """The only date near the words that name the event."""
    reach = int(read_data("events")["attach"])
    near = [
        thing
        for thing in sentence.things
        if thing.kind == "date" and max(thing.start - each.span.end, each.span.start - thing.end, 0) <= reach
    ]
    return near[0] if len(near) == 1 else None
