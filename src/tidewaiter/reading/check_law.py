"""Checks against the law: whether an item was controlled, and when an instrument took effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tidewaiter.base.wording import Wording
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.desk import ItemState, Stretch
from tidewaiter.reading.findings import Evidence, Finding, said, weakest
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.patterns import contains
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.setting import Setting

__all__ = ["check_control", "check_effective", "known_dates"]

_CONTROLLED = ("controlled", "needs_license", "banned")


def check_control(claim: Claim, setting: Setting) -> Finding:
    """Whether an item was (not) controlled to a destination on the days meant."""
    item = str(claim.fields["item"])
    destination = str(claim.fields.get("to") or read_data("mentions")["usual_destination"])
    days = _days_meant(claim, setting)
    found = [setting.desk.item(item, destination, day) for day in days]
    states = [state for state in found if state]
    if len(states) < len(found) or not states:
        return Finding("not_checkable", said("item_unknown", item=setting.wording(item)), confidence="low")
    history = setting.desk.history(item, destination, setting.last)
    finding = _control_finding(claim, states, history, setting)
    later = [*setting.later((item,)), *_moved(history, setting)]
    evidence = [*finding.evidence, *(each for state in states[-1:] for each in state.evidence)]
    return Finding(
        status=finding.status,
        why=finding.why,
        evidence=tuple(dict.fromkeys(evidence)),
        later=tuple(sorted(later, key=lambda each: each.day or setting.today)),
        arithmetic=states[-1].tests,
        confidence=weakest([finding.confidence, states[-1].confidence]),
        command=states[-1].command,
    )


def _days_meant(claim: Claim, setting: Setting) -> tuple[dt.date, ...]:
    """The article's days, or the ends of the date the claim names where that lies before them."""
    date = claim.fields.get("date")
    if not isinstance(date, DateInterval) or claim.fields.get("since"):
        return setting.ends
    if date.earliest and date.latest and date.latest <= setting.last:
        return tuple(dict.fromkeys((date.earliest, date.latest)))
    return setting.ends


def _control_finding(
    claim: Claim, states: Sequence[ItemState], history: Sequence[Stretch], setting: Setting
) -> Finding:
    stated = str(claim.fields["status"])
    last = states[-1]
    fields = {"item": last.name, "title": last.title, "day": _span_text([state.day for state in states])}
    if stated == "was_allowed":
        return _was_allowed(history, setting, fields)
    restricted = {state.restricted for state in states}
    if restricted == {False, True} and not states[0].restricted and stated in _CONTROLLED:
        change = _change_between(history, states[0].day, states[-1].day)
        return Finding("qualified" if stated == "banned" else "holds", said("control_began", **fields, **change))
    if len(restricted) != 1 or None in restricted:
        return Finding("not_checkable", said("control_open", **fields), confidence="low")
    if restricted == {True}:
        return _while_restricted(stated, claim, last, history, fields)
    if stated in ("not_controlled", "allowed"):
        status = "qualified" if last.differing or _about_new_rule(claim, history, last.day) else "holds"
        return Finding(status, said("clear_differs" if last.differing else "clear", **fields, layers=_layers(last)))
    status = "qualified" if last.differing else "contradicted"
    return Finding(
        status, said("clear_differs" if last.differing else "not_restricted", **fields, layers=_layers(last))
    )


def _about_new_rule(claim: Claim, history: Sequence[Stretch], day: dt.date) -> bool:
    """Whether the statement is about a rule, and a restriction follows so soon that this rule may be the one."""
    soon = day + dt.timedelta(days=int(read_data("acts")["rule_reach_days"]))
    return any(day < each.first <= soon and each.restricted for each in history) and contains(
        claim.sentence.lower(), "patterns", "rule_words"
    )


def _while_restricted(
    stated: str, claim: Claim, last: ItemState, history: Sequence[Stretch], fields: dict[str, object]
) -> Finding:
    if stated == "controlled" or (stated == "needs_license" and last.by_license):
        return _since(claim, history, fields) or Finding("holds", said("is_restricted", **fields))
    if stated == "needs_license":
        return Finding("qualified", said("is_restricted", **fields))
    if stated == "banned":
        key = "restricted_not_banned" if last.licensable else "is_restricted"
        return Finding("qualified" if last.licensable else "holds", said(key, **fields))
    if stated == "allowed":
        return Finding("qualified", said("only_with_license", **fields))
    if last.differing:
        return Finding("qualified", said("restricted_differs", **fields, layers=_layers(last)))
    return Finding("contradicted", said("is_restricted", **fields))


def _since(claim: Claim, history: Sequence[Stretch], fields: dict[str, object]) -> Finding | None:
    """Whether a restriction began on the date that the claim names with 'since'."""
    date = claim.fields.get("date")
    if not isinstance(date, DateInterval) or not claim.fields.get("since") or not history:
        return None
    begun = [b for a, b in pairwise(history) if b.restricted and not a.restricted]
    if not begun:
        return None
    if any(each.first in date for each in begun):
        return Finding("holds", said("restricted_since", **fields, first=begun[0].first))
    return Finding("qualified", said("restricted_since", **fields, first=begun[0].first))


def _was_allowed(history: Sequence[Stretch], setting: Setting, fields: dict[str, object]) -> Finding:
    clear = [each for each in history if each.restricted is False and each.first <= setting.last]
    if not clear:
        return Finding("not_checkable" if not history else "contradicted", said("never_clear", **fields))
    following = [each for each in history if each.first > clear[-1].last and each.restricted]
    if not following:
        return Finding("holds", said("still_clear", **fields))
    text_end = _text_end(history, clear[-1])
    key = "was_clear_letter" if text_end and text_end != following[0].first else "was_clear"
    why = said(key, **fields, last=clear[-1].last, first=following[0].first, text=text_end or following[0].first)
    return Finding("holds", why, tuple(e for each in following[:2] for e in each.decided_by))


def _text_end(history: Sequence[Stretch], clear: Stretch) -> dt.date | None:
    """The first day after a clear stretch on which no layer of law is clear any more."""
    for each in history:
        if each.first > clear.last and each.restricted and not each.differing:
            return each.first
    return None


def _change_between(history: Sequence[Stretch], first: dt.date, last: dt.date) -> dict[str, object]:
    days = [each.first for each in history if first < each.first <= last and each.restricted]
    return {"first": days[0] if days else last}


def _moved(history: Sequence[Stretch], setting: Setting) -> Iterator[Evidence]:
    """How the law's answer moved after the article."""
    for before, each in pairwise(history):
        if setting.last < each.first <= setting.today and each.restricted != before.restricted:
            source = "; ".join(dict.fromkeys(e.source for e in each.decided_by))
            weak = weakest([e.confidence for e in each.decided_by])
            yield Evidence(said("law_moved", title=each.title, before=before.title), source, weak, each.first)


def _layers(state: ItemState) -> Wording:
    pairs = [(layer.en, title.en, layer.zh, title.zh) for layer, title in state.differing]
    return Wording("; ".join(f"{a}: {b}" for a, b, _, _ in pairs), "；".join(f"{c}：{d}" for _, _, c, d in pairs))


def _span_text(days: Sequence[dt.date]) -> str:
    return str(days[0]) if days[0] == days[-1] else f"{days[0]} – {days[-1]}"


def known_dates(instrument: str, setting: Setting) -> tuple[tuple[dt.date, str, Evidence], ...]:
    """The days of an instrument: (day, what happened, evidence). `what` is issued, published, effective …"""
    entry = _entry(instrument)
    found: list[tuple[dt.date, str, Evidence]] = []
    for row in entry.get("dates", ()):
        says = Wording(str(row["title"]["en"]), str(row["title"]["zh"]))
        found.append(
            (row["day"], str(row["what"]), Evidence(says, str(row["source"]), str(row["confidence"]), row["day"]))
        )
    for citation in entry.get("law", (instrument,)):
        known = setting.desk.instrument(str(citation))
        if known and known.day:
            says = said("instrument_published", title=known.says, day=known.day)
            found.append((known.day, "published", replace(known, says=says)))
    return tuple(sorted(found, key=lambda each: each[0]))


def _entry(instrument: str) -> Mapping[str, Any]:
    """The entry of an instrument by its key or by a citation of the law's list."""
    acts = read_data("acts")["acts"]
    return next((entry for key, entry in acts.items() if key == instrument or instrument in entry.get("law", ())), {})


def check_effective(claim: Claim, setting: Setting) -> Finding:
    """Whether an instrument takes effect on the day stated; where it does not, where that day may come from."""
    instrument, date = str(claim.fields["instrument"]), claim.fields.get("date")
    known = known_dates(instrument, setting)
    later = setting.later((instrument,))
    name = setting.wording(instrument)
    effective = [row for row in known if row[1] == "effective"]
    if not isinstance(date, DateInterval) or not effective:
        return Finding(
            "not_checkable", said("effect_unknown", name=name), tuple(r[2] for r in known), later, confidence="low"
        )
    evidence = tuple(row[2] for row in known)
    confidence = weakest([row[2].confidence for row in effective])
    stated = _span_text([day for day in (date.earliest, date.latest) if day])
    fields = {"name": name, "stated": stated, "day": ", ".join(str(row[0]) for row in effective)}
    matching = [row for row in known if row[0] in date]
    if any(row[1] == "effective" for row in matching):
        compliance = ", ".join(str(row[0]) for row in known if row[1] == "compliance")
        key = "effect_split" if len(effective) > 1 else "effect_compliance" if compliance else "effect_right"
        status = "qualified" if len(effective) > 1 else "holds"
        return Finding(status, said(key, **fields, compliance=compliance), evidence, later, confidence=confidence)
    if matching:
        return Finding(
            "qualified",
            said("effect_other_day", **fields, other=matching[0][2].says),
            evidence,
            later,
            confidence=confidence,
        )
    arithmetic = tuple(_miscounts(known, effective[0][0], date))
    if confidence == "low":
        return Finding("not_checkable", said("effect_wrong", **fields), evidence, later, arithmetic, confidence)
    return Finding("contradicted", said("effect_wrong", **fields), evidence, later, arithmetic, confidence)


def _miscounts(
    known: Sequence[tuple[dt.date, str, Evidence]], effective: dt.date, stated: DateInterval
) -> Iterator[Wording]:
    """Where a wrong day may come from: the right number of days, counted from another day of the instrument."""
    bases = [row for row in known if row[0] < effective and row[1] in ("issued", "published", "announced")]
    for right in bases:
        span = effective - right[0]
        for wrong in bases:
            if wrong[0] != right[0] and (wrong[0] + span) in stated:
                fields = {
                    "days": span.days,
                    "right": right[0],
                    "wrong": wrong[0],
                    "effective": effective,
                    "stated": wrong[0] + span,
                }
                kinds = {"right_what": said(f"day_{right[1]}"), "wrong_what": said(f"day_{wrong[1]}")}
                yield said("miscount", **fields, **kinds)
