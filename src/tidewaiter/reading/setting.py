"""The setting of a check: the article's days, the day of checking, the desk, and names resolved to keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from tidewaiter.base.wording import Wording
from tidewaiter.reading.desk import Desk
from tidewaiter.reading.events import Event, events
from tidewaiter.reading.findings import Evidence, event_evidence
from tidewaiter.reading.gazetteer import built_in_names
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.resources import read_data

__all__ = ["Setting"]

_MOST_LATER = 6


@dataclass(frozen=True, slots=True)
class Setting:
    """`days` are those on which the article may have been written; `today` is the day of checking.

    `key_of` turns a usual name into the key of its mention (itself where it is none). `dated` is false where the
    article's days are not determined: what depends on them is then not decided.
    """

    days: DateInterval
    today: dt.date
    desk: Desk
    key_of: Callable[[str], str]
    cache: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dated: bool = True

    @property
    def ends(self) -> tuple[dt.date, ...]:
        """The first and last day of the article, as far as they are known; else the day of checking."""
        found = tuple(dict.fromkeys(day for day in (self.days.earliest, self.days.latest) if day))
        return found or (self.today,)

    @property
    def last(self) -> dt.date:
        """The last day on which the article may have been written, as far as it is known."""
        return self.days.latest or self.days.earliest or self.today

    def subjects(self, event: Event) -> tuple[str, ...]:
        """The keys of what an event is about."""
        if event.key not in self.cache:
            self.cache[event.key] = tuple(self.key_of(name) for name in event.about)
        return self.cache[event.key]

    def about(self, keys: Sequence[str]) -> Iterator[Event]:
        """The events about all of some keys, in order of their days."""
        wanted = {self.key_of(key) for key in keys}
        return (event for event in events() if wanted and wanted <= set(self.subjects(event)))

    def later(self, *groups: Sequence[str], more: Sequence[str] = ()) -> tuple[Evidence, ...]:
        """What came after the article about all keys of one of the groups, or by the keys of events; at most six."""
        chosen = {event.key: event for group in groups for event in self.about(group)}
        chosen |= {event.key: event for event in events() if event.key in more}
        after = [e for e in chosen.values() if e.days.earliest and self.last < e.days.earliest <= self.today]
        ordered = sorted(after, key=lambda event: event.days.earliest or self.today)
        return tuple(event_evidence(event) for event in ordered[:_MOST_LATER])

    def earlier(self, *groups: Sequence[str], kinds: Sequence[str] = ()) -> tuple[Evidence, ...]:
        """What was known on the article's last day about all keys of one of the groups, the latest six."""
        chosen = {event.key: event for group in groups for event in self.about(group)}
        before = [e for e in chosen.values() if e.days.earliest and e.days.earliest <= self.last]
        fitting = [e for e in before if not kinds or e.kind in kinds]
        return tuple(event_evidence(event) for event in fitting[-_MOST_LATER:])

    def wording(self, key: str) -> Wording:
        """The usual name of a key in both languages."""
        found = read_data("labels").get(key)
        if isinstance(found, dict):
            return Wording(str(found.get("en") or key), str(found.get("zh") or found.get("en") or key))
        name = self.desk.name(key)
        return Wording(name, name) if name else _usual_name(key)


@cache
def _usual_name(key: str) -> Wording:
    """The first Latin and the first Chinese name of a key of the gazetteer; the key where it is none."""
    names = next(((*each.names, *each.exact) for each in built_in_names() if each.key == key), ())
    latin = next((name for name in names if name.isascii()), "")
    other = next((name for name in names if not name.isascii()), "")
    plain = key.replace("_", " ")
    return Wording(latin or other or plain, other or latin or plain)
