"""Articles: the reader with the catalog's names, claims checked, and what the law said of each chip, then and now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.wording import Wording, wording
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import face_data
from tidewaiter.faces.composition import decider

if TYPE_CHECKING:
    from tidewaiter.evidence.catalog import Chip
    from tidewaiter.reading.desk import Listing
    from tidewaiter.reading.findings import Checked
    from tidewaiter.reading.gazetteer import Name, NameList
    from tidewaiter.reading.interval import DateInterval
    from tidewaiter.reading.reader import Reading

__all__ = [
    "MAX_BYTES",
    "SCHEMA_VERSION",
    "ChipFinding",
    "Dossier",
    "PartyFinding",
    "Verified",
    "catalog_names",
    "read_article",
    "verify_claims",
]

MAX_BYTES = 20_000_000
"""Largest article that is read."""
SCHEMA_VERSION = 1
"""Version of the JSON form of a dossier."""


@dataclass(frozen=True, slots=True)
class ChipFinding:
    """A chip of an article: how often it is named, and the answers on the article's days and today.

    `then` holds one answer for each day asked about: the first and last day on which the article may have appeared.
    """

    key: str
    name: str
    mentions: int
    surfaces: tuple[str, ...]
    then: tuple[Answer, ...]
    now: Answer | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyFinding:
    """A company of an article that is or came on a list: possible matches by its usual names, not proof of identity.

    `then` are the entries on the article's last day, `later` those from after it.
    """

    key: str
    surfaces: tuple[str, ...]
    then: tuple[Listing, ...]
    later: tuple[Listing, ...]

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        rows = {"then": self.then, "later": self.later}
        return {
            "key": self.key,
            "surfaces": list(self.surfaces),
            **{name: [_listing_json(each) for each in found] for name, found in rows.items()},
        }


def _listing_json(each: Listing) -> dict[str, Any]:
    return {
        "list": each.list,
        "entry": each.entry,
        "listed": each.listed.isoformat() if each.listed else None,
        "removed": each.removed.isoformat() if each.removed else None,
        "source": each.source,
        "confidence": each.confidence,
    }


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was read in an article, and what the law says of it."""

    reading: Reading
    asked: Wording
    chips: tuple[ChipFinding, ...]
    left_out: tuple[str, ...]
    claims: tuple[Checked, ...] = ()
    checked_on: dt.date = dt.date.min
    law_digest: str = ""
    parties: tuple[PartyFinding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data with `schema_version`: the reading, and each chip with short forms of its answers."""
        return {
            "schema_version": SCHEMA_VERSION,
            "reading": self.reading.to_json(),
            "asked": {"en": self.asked.en, "zh": self.asked.zh},
            "chips": [_chip_json(each) for each in self.chips],
            "chips_left_out": list(self.left_out),
            "checked_on": self.checked_on.isoformat(),
            "law_digest": self.law_digest,
            "listed_companies": [each.to_json() for each in self.parties],
            "claims": [each.to_json() for each in self.claims],
        }


@dataclass(frozen=True, slots=True)
class Verified:
    """Claims that another program supplied, checked for some days."""

    claims: tuple[Checked, ...]
    days: DateInterval
    checked_on: dt.date
    law_digest: str

    def to_json(self) -> dict[str, Any]:
        """Plain data with `schema_version`."""
        return {
            "schema_version": SCHEMA_VERSION,
            "on": self.days.to_json(),
            "checked_on": self.checked_on.isoformat(),
            "law_digest": self.law_digest,
            "claims": [each.to_json() for each in self.claims],
        }


def _chip_json(each: ChipFinding) -> dict[str, Any]:
    return {
        "key": each.key,
        "name": each.name,
        "mentions": each.mentions,
        "surfaces": list(each.surfaces),
        "then": [_short(found) for found in each.then],
        "now": _short(each.now) if each.now else None,
        "faults": [str(fault) for fault in each.faults],
    }


def _short(found: Answer) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(),
        "outcome": found.outcome,
        "title": {"en": found.title.en, "zh": found.title.zh},
        "exit_code": found.exit_code,
        "headline": found.headline,
        "layers": {layer.layer: layer.outcome for layer in found.layers},
        "assumptions": len(found.assumptions),
        "confidence": found.confidence,
        "law_digest": found.law_digest,
    }


@cache
def catalog_names() -> NameList:
    """The catalog's chips and models as names to look for; a family's name stands for the item it resolves to."""
    from tidewaiter.evidence.catalog import default_catalog
    from tidewaiter.reading.gazetteer import Name, NameList

    catalog = default_catalog()
    chips = [Name(chip.key, "chip", _names(chip)) for chip in _representative_first(list(catalog.chips()))]
    models = [Name(model.key, "model", (model.name, *model.aliases)) for model in catalog.models()]
    return NameList((*chips, *models, *_listed_parties()))


def _listed_parties() -> Iterator[Name]:
    """Names of listed parties that the reading room does not bring itself; short and weak ones are left out."""
    from tidewaiter.evidence.parties.lists import party_names
    from tidewaiter.reading.gazetteer import Name, built_in_names

    own = {name.casefold() for each in built_in_names() for name in (*each.names, *each.exact)}
    least = face_data("read")["least_party_name"]
    for found in party_names():
        text = found.text
        short = len(text) < int(least["latin" if text.isascii() else "chinese"]) or (text.isascii() and " " not in text)
        if not (found.weak or short or found.confidence == str(least["unless"]) or text.casefold() in own):
            yield Name(text, "company", (text,))


def _names(chip: Chip) -> tuple[str, ...]:
    """Full name, the name without its maker, aliases and the family's name: what articles print."""
    bare = chip.name.removeprefix(chip.vendor).strip()
    return tuple(dict.fromkeys(name for name in (chip.name, bare, *chip.aliases, chip.family) if len(name) > 2))


def _representative_first(chips: list[Chip]) -> list[Chip]:
    """Chips so ordered that of a family the item its name resolves to comes first."""
    from tidewaiter.evidence.catalog import look_up

    first: dict[tuple[str, str], str] = {}
    for chip in chips:
        family = (chip.vendor, chip.family)
        if chip.family and family not in first:
            try:
                first[family] = look_up(f"{chip.vendor} {chip.family}").chip.key
            except InputFaults:
                first[family] = chip.key
    return sorted(chips, key=lambda chip: first.get((chip.vendor, chip.family), chip.key) != chip.key)


def verify_claims(data: Any, *, today: dt.date | None = None) -> Verified:
    """Check the claims of a JSON document; its `on` is the day they speak of. Raises InputFaults."""
    from tidewaiter.faces.desks import house_desk
    from tidewaiter.reading.claims import claims_of
    from tidewaiter.reading.dossier import check_all, setting_for
    from tidewaiter.reading.interval import one_day

    claims, days = claims_of(data)
    checked_on = today or dt.date.today()
    setting = setting_for(days or one_day(checked_on), house_desk(), catalog_names(), checked_on)
    return Verified(check_all(claims, setting), setting.days, checked_on, decider().law.digest)


def read_article(data: bytes | str, *, published: dt.date | None = None, name: str | None = None) -> Dossier:
    """Read an article, check its claims, ask the law about each chip in it. Raises InputFaults and LimitExceeded."""
    from tidewaiter.evidence.catalog import default_catalog
    from tidewaiter.faces.desks import house_desk
    from tidewaiter.reading.dossier import examined
    from tidewaiter.reading.reader import read

    settings = face_data("read")
    found = read(data, gazetteer=catalog_names(), published=published, name=name)
    known = {chip.key for chip in default_catalog().chips()}
    keys = [key for kind in settings["kinds"] for key in found.keys(kind) if key in known]
    most = int(settings["most_items"])
    chips = tuple(_chip(found, key, _days(found)) for key in keys[:most])
    today = dt.date.today()
    claims = examined(found, house_desk(), catalog_names(), today)
    left_out = tuple(keys[most:])
    parties = tuple(_parties(found, today))
    return Dossier(found, wording(settings["title"]), chips, left_out, claims, today, decider().law.digest, parties)


def _parties(found: Reading, today: dt.date) -> Iterator[PartyFinding]:
    """The companies of an article that stood on a list on its last day, or came on one later."""
    from tidewaiter.faces.desks import house_desk

    interval = found.dating.interval
    day = interval.latest or interval.earliest or today
    for key in found.keys("company"):
        listings = house_desk().listings(key)
        then = tuple(each for each in listings if each.listed and each.listed <= day and not _left(each, day))
        later = tuple(each for each in listings if each.listed and day < each.listed <= today)
        if then or later:
            surfaces = tuple(dict.fromkeys(each.surface for each in found.mentions if each.key == key))
            yield PartyFinding(key, surfaces, then, later)


def _left(listing: Listing, day: dt.date) -> bool:
    return listing.removed is not None and listing.removed <= day


def _days(found: Reading) -> tuple[dt.date, ...]:
    """The days to ask about: both ends of the article's interval, as far as they are known."""
    ends = (found.dating.interval.earliest, found.dating.interval.latest)
    return tuple(dict.fromkeys(day for day in ends if day is not None))


def _chip(found: Reading, key: str, days: Sequence[dt.date]) -> ChipFinding:
    from tidewaiter.evidence.catalog import default_catalog

    chip = default_catalog().chip(key)
    mentions = [each for each in found.mentions if each.key == key]
    faults: list[Fault] = []
    then = tuple(_answers(chip, days, faults))
    now = next(_answers(chip, [dt.date.today()], faults), None)
    surfaces = tuple(dict.fromkeys(each.surface for each in mentions))
    return ChipFinding(key, chip.name, len(mentions), surfaces, then, now, tuple(dict.fromkeys(faults)))


def _answers(chip: Chip, days: Sequence[dt.date], faults: list[Fault]) -> Iterator[Answer]:
    from tidewaiter.faces.desks import house_desk

    for day in days:
        try:
            yield house_desk().answered(chip, day)
        except InputFaults as error:
            faults += error.faults
