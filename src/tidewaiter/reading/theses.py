"""Known statements and predictions: what is often said of this law, recognized by its words, and what holds of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidewaiter.base.wording import Wording, wording
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.dates import DatePhrase
from tidewaiter.reading.events import Cue, Event, cues_of, event_named
from tidewaiter.reading.extraction import claim_at
from tidewaiter.reading.findings import Evidence
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.passages import Masked, Passage, masked
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span, clause_around
from tidewaiter.reading.stances import is_modal, is_negated

__all__ = ["Thesis", "by_theses", "theses", "thesis"]


_WORDS_ANYHOW = 3


@dataclass(frozen=True, slots=True)
class Thesis:
    """A known statement (or prediction).

    `status` is what its check gives on days from `begins` to `ends`; `asks` are questions to the law that must be
    answered as expected, or the statement is not checkable; `events` are evidence, `later` what followed,
    `fulfils` the events that make a prediction come true, `partly` those that do so in part. Without a status the
    claim is checked by its `fields` like any other of its type. With `named` it is looked for only in an article that
    names one of these; with `modal` only where something is said to be possible or to come. `now`: the law's answer
    of today is shown too. `plain`: only a sentence that neither denies nor rejects it says it. `days`: a date in the
    sentence must be one of these, or it tells of something else.
    """

    key: str
    kind: str
    about: tuple[str, ...]
    cues: tuple[Cue, ...]
    never: tuple[str, ...]
    status: str
    says: Wording
    evidence: tuple[Evidence, ...]
    events: tuple[str, ...]
    later: tuple[str, ...]
    fulfils: tuple[str, ...]
    partly: tuple[str, ...]
    asks: tuple[Mapping[str, Any], ...]
    amendment: str
    confidence: str
    begins: dt.date | None
    ends: dt.date | None
    fields: Mapping[str, Any]
    now: bool
    modal: bool = False
    named: frozenset[str] = frozenset()
    days: tuple[dt.date, ...] = ()
    plain: bool = False


@cache
def theses() -> tuple[Thesis, ...]:
    """The statements of data/theses.yaml and the predictions of data/forecasts.yaml."""
    found = []
    for name in ("theses", "forecasts"):
        data = read_data(name)
        found += [_thesis(entry, data) for entry in data["entries"]]
    return tuple(found)


def thesis(key: str) -> Thesis | None:
    """The statement of a key."""
    return next((each for each in theses() if each.key == key), None)


def _thesis(entry: Mapping[str, Any], data: Mapping[str, Any]) -> Thesis:
    names = ("about", "never", "events", "later", "fulfils", "partly")
    lists = {name: tuple(str(each) for each in entry.get(name) or ()) for name in names}
    evidence = tuple(
        Evidence(wording(row["says"]), str(row["source"]), str(row.get("confidence", "medium")), row.get("day"))
        for row in entry.get("evidence") or ()
    )
    return Thesis(
        key=str(entry["key"]),
        kind=str(entry.get("type", data["type"])),
        cues=cues_of(entry["cues"], int(entry.get("gap", data["gap"]))),
        status=str(entry.get("status", "")),
        says=wording(entry.get("says")),
        evidence=evidence,
        asks=tuple(entry.get("ask") or ()),
        amendment=str(entry.get("amendment") or ""),
        confidence=str(entry.get("confidence", "medium")),
        begins=entry.get("from"),
        ends=entry.get("until"),
        fields=entry.get("fields") or {},
        now=bool(entry.get("now")),
        modal=bool(entry.get("modal")),
        named=frozenset(str(each) for each in entry.get("named") or ()),
        days=tuple(entry.get("days") or ()),
        plain=bool(entry.get("plain")),
        **lists,
    )


def by_theses(passages: Iterable[Passage]) -> Iterator[Claim]:
    """The known statements that an article makes, each once, where it makes them first."""
    seen: set[str] = set()
    passages = list(passages)
    keys = {thing.key for passage in passages for thing in passage.things}
    fitting = [each for each in theses() if not each.named or each.named & keys]
    for passage in passages:
        low = passage.folded.text.lower()
        low = low if len(low) == len(passage.folded.text) else passage.folded.text
        possible = [each for each in fitting if each.key not in seen and any(cue.possible(low) for cue in each.cues)]
        for span in passage.sentences if possible else ():
            piece = low[span.start : span.end]
            for each in possible:
                found = next((at for cue in each.cues if (at := cue.find(piece) or _anyhow(cue, piece))), None)
                if found and each.key not in seen and not _unfit(each, piece) and not _denied(each, piece, found):
                    if each.days and not _fits(each.days, _dates(masked(passage, span))):
                        continue
                    seen.add(each.key)
                    yield _claim(passage, span, each, found)


def _unfit(each: Thesis, piece: str) -> bool:
    """Whether a sentence has a word that the statement never has, or lacks one of what may be where it must."""
    return any(word in piece for word in each.never) or (each.modal and not is_modal(piece))


def _denied(each: Thesis, piece: str, found: Span) -> bool:
    """Whether the words of a plain statement stand beside a negation that is not its own, or in what is rejected."""
    if not each.plain:
        return False
    if any(str(word) in piece for word in read_data("theses")["rejected"]):
        return True
    clause = clause_around(piece, found.start, found.end)
    text = piece[clause.start : clause.end]
    own = sorted({name for cue in each.cues for names in cue.words for name in names}, key=len, reverse=True)
    for name in own:
        text = text.replace(name, " ")
    return is_negated(text) or any(re.search(rf"\b{word}\b", text) for word in read_data("theses")["negations"])


def _dates(sentence: Masked) -> list[DateInterval]:
    """The dates of a sentence."""
    contents = (thing.content for thing in sentence.things if thing.kind == "date")
    return [each.interval for each in contents if isinstance(each, DatePhrase) and each.interval is not None]


def _fits(days: Iterable[dt.date], dates: list[DateInterval]) -> bool:
    """Whether a sentence's dates, if it has any, are all among some days."""
    known = [DateInterval(day, day) for day in days]
    return all(any(date.meet(day) is not None for day in known) for date in dates)


def _told_on(event: Event, dates: list[DateInterval]) -> DateInterval | None:
    """The date of a sentence that is the event's, or else the first: that of something else."""
    meeting = [each for each in dates if event.days.meet(each) is not None]
    return next(iter(meeting or dates), None)


def _anyhow(cue: Cue, piece: str) -> Span | None:
    """The words of a cue of three or more in any order, near one another."""
    if len(cue.words) < _WORDS_ANYHOW or not cue.possible(piece):
        return None
    places = [(place, place + len(name)) for names in cue.words for name in names if (place := piece.find(name)) >= 0]
    first, last = min(start for start, _ in places), max(end for _, end in places)
    return Span(first, last) if last - first <= int(read_data("theses")["gap"]) * 2 else None


def _claim(passage: Passage, span: Span, each: Thesis, found: Span) -> Claim:
    sentence: Masked = masked(passage, span)
    fields: dict[str, Any] = {"what": each.key} if each.kind == "prediction" else dict(each.fields)
    told = event_named(str(each.fields.get("event"))) if each.plain else None
    day = _told_on(told, _dates(sentence)) if told else None
    if day is not None:
        fields["date"] = day
    place = Span(span.start + found.start, span.start + found.end)
    inner = Span(_masked_place(sentence, place.start), _masked_place(sentence, place.end))
    return claim_at(passage, sentence, each.kind, fields, inner, each.key, each.about)


def _masked_place(sentence: Masked, place: int) -> int:
    """The first masked character that stands for a place of the passage or what follows it."""
    return next((i for i, start in enumerate(sentence.starts) if start >= place), len(sentence.starts) - 1)
