"""Checks of parties: whether they are on a list, and what they are said to have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tidewaiter.base.wording import Wording
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.desk import Listing
from tidewaiter.reading.events import events
from tidewaiter.reading.findings import Evidence, Finding, said, weakest
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.setting import Setting

__all__ = ["check_listing", "check_quantity", "listings_of"]

_SLACK = dt.timedelta(days=5)


def listings_of(party: str, setting: Setting) -> tuple[Listing, ...]:
    """Every list that a party is known to have been put on, from the lists and from the events."""
    found = list(setting.desk.listings(party))
    held = {each.list for each in found}
    for event in events():
        for list_key, parties in event.listed:
            if party in {setting.key_of(name) for name in parties} and list_key not in held:
                found.append(Listing(party, list_key, event.days.latest, None, event.source, event.confidence))
    return tuple(found)


def check_listing(claim: Claim, setting: Setting) -> Finding:
    """Whether a party was on a list on the days meant."""
    party, list_key = str(claim.fields["party"]), str(claim.fields["list"])
    found = [each for each in listings_of(party, setting) if each.list == list_key]
    date = claim.fields.get("date")
    later = setting.later((party, list_key))
    evidence = tuple(_listing_evidence(each, setting) for each in found)
    fields = {"party": setting.wording(party), "list": setting.wording(list_key), "day": setting.last}
    stated = str(claim.fields["status"])
    on_day = [each for each in found if _stands(each, setting.last)]
    if stated == "listed" and on_day:
        return _listed(claim, on_day, date, setting, fields, evidence, later)
    if stated == "listed":
        return _not_listed(claim, found, setting, list_key, fields, evidence, later)
    if stated == "removed":
        return _removed(found, setting, fields, evidence, later)
    if on_day:
        why = said("is_listed", **fields, since=_day_text(on_day[0]))
        status = "contradicted" if on_day[0].confidence != "low" else "not_checkable"
        return Finding(status, why, evidence, later, confidence=on_day[0].confidence)
    if found:
        return Finding(
            "holds", said("listed_later", **fields, since=_day_text(found[0])), evidence, later, confidence="medium"
        )
    if setting.desk.absent(str(claim.fields["party"]), list_key, setting.last):
        return Finding("holds", said("absent", **fields), evidence, later)
    if seen := setting.desk.never_seen(str(claim.fields["party"]), list_key, setting.last):
        return Finding("holds", said("absent_since", **fields, seen=seen), evidence, later, confidence="medium")
    return Finding("not_checkable", said("absence_open", **fields), evidence, later, confidence="low")


def _stands(listing: Listing, day: dt.date) -> bool:
    return (listing.listed is None or listing.listed <= day) and (listing.removed is None or listing.removed > day)


def _day_text(listing: Listing) -> str:
    return str(listing.listed or "?")


def _listing_evidence(listing: Listing, setting: Setting) -> Evidence:
    party = Wording(listing.entry, listing.entry) if listing.entry else setting.wording(listing.party)
    fields = {"party": party, "list": setting.wording(listing.list), "day": _day_text(listing)}
    return Evidence(said("listing", **fields), listing.source, listing.confidence, listing.listed)


def _listed(
    claim: Claim,
    on_day: Sequence[Listing],
    date: object,
    setting: Setting,
    fields: dict[str, object],
    evidence: tuple[Evidence, ...],
    later: tuple[Evidence, ...],
) -> Finding:
    confidence = weakest([each.confidence for each in on_day])
    since = _day_text(on_day[0])
    if claim.fields.get("first"):
        peers = tuple(_peers(claim, on_day[0], setting))
        if peers:
            return Finding(
                "qualified",
                said("first_qualified", **fields, since=since),
                (*evidence, *peers),
                later,
                confidence=confidence,
            )
        return Finding("qualified", said("first_open", **fields, since=since), evidence, later, confidence="low")
    known = [each.listed for each in on_day if each.listed]
    if isinstance(date, DateInterval) and known and not claim.fields.get("since"):
        wide = DateInterval(date.earliest and date.earliest - _SLACK, date.latest and date.latest + _SLACK)
        if not any(day in wide for day in known):
            return Finding(
                "qualified", said("listed_other_day", **fields, since=since), evidence, later, confidence=confidence
            )
    if not known:
        return Finding("qualified", said("listed_day_open", **fields), evidence, later, confidence=confidence)
    return Finding("holds", said("listed", **fields, since=since), evidence, later, confidence=confidence)


def _peers(claim: Claim, own: Listing, setting: Setting) -> list[Evidence]:
    """Parties of the same trade that came on the same list before; the earliest four."""
    found = []
    for name in read_data("acts")["peers"]:
        party = setting.key_of(str(name))
        rows = [each for each in listings_of(party, setting) if each.list == own.list and each.listed]
        if party != own.party and rows and own.listed and min(r.listed for r in rows if r.listed) < own.listed:
            found.append(min(rows, key=lambda row: row.listed or setting.today))
    found.sort(key=lambda each: each.listed or setting.today)
    return [_listing_evidence(each, setting) for each in found[:4]]


def _not_listed(
    claim: Claim,
    found: Sequence[Listing],
    setting: Setting,
    list_key: str,
    fields: dict[str, object],
    evidence: tuple[Evidence, ...],
    later: tuple[Evidence, ...],
) -> Finding:
    if found and found[0].listed and found[0].listed > setting.last:
        status = (
            "contradicted"
            if found[0].confidence == "high" and setting.desk.absent(str(claim.fields["party"]), list_key, setting.last)
            else "not_checkable"
        )
        return Finding(
            status,
            said("listed_later", **fields, since=_day_text(found[0])),
            evidence,
            later,
            confidence=found[0].confidence,
        )
    if setting.desk.absent(str(claim.fields["party"]), list_key, setting.last):
        return Finding("contradicted", said("absent", **fields), evidence, later)
    return Finding("not_checkable", said("absence_open", **fields), evidence, later, confidence="low")


def _removed(
    found: Sequence[Listing],
    setting: Setting,
    fields: dict[str, object],
    evidence: tuple[Evidence, ...],
    later: tuple[Evidence, ...],
) -> Finding:
    left = [each for each in found if each.removed and each.removed <= setting.last]
    if left:
        return Finding(
            "holds", said("left_list", **fields, until=left[0].removed), evidence, later, confidence=left[0].confidence
        )
    return Finding("not_checkable", said("removal_open", **fields), evidence, later, confidence="low")


def check_quantity(claim: Claim, setting: Setting) -> Finding:
    """A quantity that somebody is said to have: public sources rarely decide it; who said what is shown beside it."""
    party, item = claim.fields.get("party"), claim.fields.get("item")
    groups = [tuple(str(key) for key in (party, item) if key)]
    groups += [(str(key),) for key in (item,) if key] if not party else []
    before = setting.earlier(*groups, kinds=("allegation", "report", "denial", "release"))
    later = setting.later(*groups)
    arithmetic = (said("count", value=f"{claim.fields['value']:,.0f}", item=setting.wording(str(item or ""))),)
    law = _law_then(str(item), setting) if item else ()
    accused = claim.fields.get("unlawful") or any(e.event and _kind_of(e.event) == "allegation" for e in before)
    if accused or (claim.stance in read_data("claims")["second_hand"] and party):
        return Finding(
            "allegation",
            said("alleged", who=setting.wording(claim.speaker or "the_article")),
            (*before, *law),
            later,
            arithmetic,
            "medium",
        )
    return Finding("not_checkable", said("count_open"), (*before, *law), later, arithmetic, "low")


def _kind_of(key: str) -> str:
    return next((event.kind for event in events() if event.key == key), "")


def _law_then(item: str, setting: Setting) -> tuple[Evidence, ...]:
    """What the law said of the item, to the usual destination, on the article's day."""
    state = setting.desk.item(item, str(read_data("mentions")["usual_destination"]), setting.last)
    if state is None:
        return ()
    says = said("law_then", item=state.name, title=state.title, day=state.day)
    return (
        Evidence(
            says, "; ".join(dict.fromkeys(e.source for e in state.evidence if e.source)), state.confidence, state.day
        ),
        *state.evidence,
    )
