"""The dossier: an article read, its claims found and checked, what the law said then, what came later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

from tidewaiter.reading.checking import check_claims
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.desk import Desk
from tidewaiter.reading.events import event_named
from tidewaiter.reading.extraction import by_patterns
from tidewaiter.reading.findings import Checked
from tidewaiter.reading.folding import fold
from tidewaiter.reading.gazetteer import Gazetteer
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.mentions import Matcher, matcher_for
from tidewaiter.reading.occurrences import by_events
from tidewaiter.reading.passages import passages_of
from tidewaiter.reading.reader import Reading
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.setting import Setting
from tidewaiter.reading.theses import by_theses

__all__ = ["MAX_CHARACTERS", "SCHEMA_VERSION", "check_all", "claims_in", "examined", "key_finder", "setting_for"]

SCHEMA_VERSION = 1
"""Version of the JSON form of checked claims."""
MAX_CHARACTERS = 100_000
"""How far into a page claims are looked for, in characters."""


def claims_in(reading: Reading) -> tuple[Claim, ...]:
    """The claims of an article in the order of the text: by patterns, known statements and predictions, and events.

    Only lines within the first 100,000 characters of the page are looked at.
    """
    base = reading.dating.interval if reading.dating.interval.closed else None
    lines = [line for line in reading.article.passages if line.end <= MAX_CHARACTERS]
    passages = passages_of(lines, reading.mentions, base)
    last = reading.dating.interval.latest
    known = [claim for claim in by_theses(passages) if not _after(claim, last)]
    found = list(by_patterns(passages))
    happened = [claim for claim in by_events(passages) if not _said_already(claim, found) and not _after(claim, last)]
    told = {_told(claim) for claim in happened}
    known = [claim for claim in known if not (_told(claim) and _told(claim) in told)]
    every = [*known, *(claim for claim in found if not _covered(claim, known)), *happened]
    return tuple(sorted(every, key=lambda claim: (claim.span.start, claim.span.end) if claim.span else (0, 0)))


def _told(claim: Claim) -> str:
    """The key of the event that a claim tells of; empty for other claims."""
    return str(claim.fields.get("event") or "")


def _after(claim: Claim, last: dt.date | None) -> bool:
    """Whether the event came after the article, which then cannot speak of it."""
    event = event_named(str(claim.fields.get("event")))
    return bool(last and event and event.days.earliest and event.days.earliest > last)


def _said_already(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether a listing, quantity or effective date in the same sentence says what the event would.

    A listing anywhere in the article does for an event that is one.
    """
    alike = [other for other in others if other.kind in read_data("claims")["said_as"]]
    event = event_named(str(claim.fields["event"]))
    lists = {name for name, _ in event.listed} if event else set()
    return any(
        (other.place == claim.place and set(other.about) & set(claim.about)) or str(other.fields.get("list")) in lists
        for other in alike
    )


def _covered(claim: Claim, known: Iterable[Claim]) -> bool:
    """Whether a general claim lies within a known statement of the same type."""
    return any(each.kind == claim.kind and each.place == claim.place and _overlap(each, claim) for each in known)


def _overlap(one: Claim, other: Claim) -> bool:
    if one.span is None or other.span is None or one.kind == "prediction":
        return False
    return one.span.start < other.span.end and other.span.start < one.span.end


def key_finder(gazetteer: Gazetteer | None) -> Callable[[str], str]:
    """A function from a usual name to the key of its mention; a name that is none stays as it is."""
    matcher: Matcher = matcher_for(gazetteer)
    known: dict[str, str] = {}

    def find(name: str) -> str:
        if name not in known:
            plain = fold(name).text
            hits = [hit for hit in matcher.hits(plain) if hit.start == 0 and hit.end == len(plain)]
            known[name] = hits[0].targets[0].key if hits else name
        return known[name]

    return find


def setting_for(days: DateInterval, desk: Desk, gazetteer: Gazetteer | None, today: dt.date) -> Setting:
    """The setting of checks for an article of some days."""
    return Setting(days, today, desk, key_finder(gazetteer))


def check_all(claims: Iterable[Claim], setting: Setting) -> tuple[Checked, ...]:
    """Claims as another program supplies them: names become keys, then each is checked."""
    return check_claims([_keyed(claim, setting) for claim in claims], setting)


def _keyed(claim: Claim, setting: Setting) -> Claim:
    names = ("item", "than", "party", "list", "instrument", "model")
    fields = {key: setting.key_of(str(value)) if key in names else value for key, value in claim.fields.items()}
    about = tuple(setting.key_of(name) for name in claim.about)
    return Claim(
        claim.kind, fields, claim.sentence, claim.speaker, claim.stance, claim.topic, claim.span, claim.place, about
    )


def examined(reading: Reading, desk: Desk, gazetteer: Gazetteer | None, today: dt.date) -> tuple[Checked, ...]:
    """The claims of an article, checked; without a date of the article nothing that needs one is decided."""
    setting = setting_for(reading.dating.interval, desk, gazetteer, today)
    return check_claims(claims_in(reading), replace(setting, dated=reading.dating.determined))
