"""Checks of known statements, of predictions, and of events with their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tidewaiter.base.wording import Wording
from tidewaiter.reading.check_parties import listings_of
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.events import Event, event_named, events
from tidewaiter.reading.findings import Evidence, Finding, event_evidence, said, weakest
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.setting import Setting
from tidewaiter.reading.theses import Thesis

__all__ = ["check_event", "check_prediction", "check_thesis"]


def _by_keys(keys: Iterable[str]) -> list[Event]:
    wanted = list(keys)
    return sorted((e for e in events() if e.key in wanted), key=lambda e: str(e.days.earliest))


def check_thesis(claim: Claim, known: Thesis, setting: Setting) -> Finding:
    """A known statement: its status, where the law answers as it says it does."""
    day = setting.last
    before = [event_evidence(e) for e in _by_keys(known.events) if e.days.earliest and e.days.earliest <= day]
    later = setting.later(more=(*known.later, *known.events))
    states = [setting.desk.ask(str(row["question"]), row.get("options") or {}, day) for row in known.asks]
    law = [_law_evidence(state) for state in states if state]
    evidence = (*known.evidence, *before, *law)
    command = next((state.command for state in states if state), "")
    if known.now:
        now = [setting.desk.ask(str(row["question"]), row.get("options") or {}, setting.today) for row in known.asks]
        later = (*later, *(_law_evidence(state) for state in now if state))
    if (known.begins and day < known.begins) or (known.ends and day > known.ends):
        return Finding("not_checkable", said("thesis_other_day"), evidence, later, confidence="low", command=command)
    answers = zip(known.asks, states, strict=True)
    if any(state is None or state.outcome not in row["expect"] for row, state in answers):
        return Finding("not_checkable", said("thesis_law_differs"), evidence, later, confidence="low", command=command)
    taken_back = claim.stance == "asked" or [claim.stance, known.status] in read_data("claims")["taken_back"]
    status = "not_checkable" if taken_back else known.status
    return Finding(status, known.says, evidence, later, (), known.confidence, known.amendment, command)


def _law_evidence(state: object) -> Evidence:
    from tidewaiter.reading.desk import LawState

    assert isinstance(state, LawState)
    layers = Wording(
        "; ".join(f"{a.en}: {b.en}" for a, b in state.differing),
        "；".join(f"{a.zh}：{b.zh}" for a, b in state.differing),
    )
    says = said("law_answer" if not layers else "law_answer_layers", title=state.title, day=state.day, layers=layers)
    return Evidence(
        says, "; ".join(dict.fromkeys(e.source for e in state.evidence if e.source)), state.confidence, state.day
    )


def check_event(claim: Claim, setting: Setting) -> Finding:
    """Whether something happened, and on the day stated."""
    event = event_named(str(claim.fields["event"]))
    if event is None or event.days.earliest is None:
        return Finding("not_checkable", said("event_unknown"), confidence="low")
    followed = [e for e in _by_keys(event.then) if e.days.earliest and e.days.earliest <= setting.last]
    evidence = (event_evidence(event), *(event_evidence(each) for each in followed))
    later = setting.later(event.about, more=event.then) if event.about else setting.later(more=event.then)
    fields = {"title": event.title, "day": _days_text(event)}
    if event.days.earliest > setting.last:
        return Finding("not_checkable", said("event_later", **fields), (), evidence, confidence="low")
    if event.kind == "allegation":
        return Finding(
            "allegation",
            said("event_alleged", who=Wording(event.who or "?", event.who or "?")),
            evidence,
            later,
            confidence=event.confidence,
        )
    date = claim.fields.get("date")
    if isinstance(date, DateInterval):
        slack = dt.timedelta(days=int(read_data("events")["zone_days"]))
        wide = DateInterval(date.earliest and date.earliest - slack, date.latest and date.latest + slack)
        if event.days.meet(wide) is None:
            # in an article the day beside an event may be that of another; as data it is what was meant
            exact = claim.span is None and event.confidence == "high" and (date.days or 999) <= 31
            status = "contradicted" if exact else "not_checkable" if claim.span else "qualified"
            return Finding(status, said("event_other_day", **fields), evidence, later, confidence=event.confidence)
    if event.confidence == "low" or claim.stance in read_data("claims")["undecided_stances"]:
        return Finding("not_checkable", said("event_weak", **fields), evidence, later, confidence="low")
    return Finding("holds", said("event_right", **fields), evidence, later, confidence=event.confidence)


def _days_text(event: Event) -> str:
    first, last = event.days.earliest, event.days.latest
    return str(first) if first == last else f"{first} – {last}"


def check_prediction(claim: Claim, known: Thesis | None, setting: Setting) -> Finding:
    """A prediction: borne out by what law, lists or events show after the article; else not so far, or open."""
    what = str(claim.fields.get("what") or "")
    if known is not None:
        return _known_prediction(known, setting)
    if what in ("restrict", "allow") and claim.fields.get("item"):
        return _item_prediction(claim, what, setting)
    if what == "list" and claim.fields.get("party"):
        return _listing_prediction(claim, setting)
    if what == "list_more" and claim.fields.get("list"):
        return _more_listings(claim, setting)
    return Finding("open", said("prediction_open"), confidence="low")


def _known_prediction(known: Thesis, setting: Setting) -> Finding:
    done = [e for e in _by_keys(known.fulfils) if e.days.earliest and setting.last < e.days.earliest <= setting.today]
    partly = [e for e in _by_keys(known.partly) if e.days.earliest and setting.last < e.days.earliest <= setting.today]
    later = tuple(event_evidence(e) for e in sorted((*done, *partly), key=lambda e: str(e.days.earliest)))
    before = tuple(
        event_evidence(e) for e in _by_keys(known.events) if e.days.earliest and e.days.earliest <= setting.last
    )
    states = [setting.desk.ask(str(row["question"]), row.get("options") or {}, setting.last) for row in known.asks]
    evidence = (*known.evidence, *before, *(_law_evidence(state) for state in states if state))
    command = next((state.command for state in states if state), "")
    if done:
        why = Wording(
            f"{said('came_true', day=done[0].days.earliest).en} {known.says.en}",
            f"{said('came_true', day=done[0].days.earliest).zh}{known.says.zh}",
        )
        status, confidence = "borne_out", weakest([e.confidence for e in done[:1]])
    else:
        key = "partly" if partly else "not_yet"
        why = Wording(f"{said(key).en} {known.says.en}", f"{said(key).zh}{known.says.zh}")
        status, confidence = _unfulfilled(setting), known.confidence
    return Finding(status, why, evidence, later, (), confidence, _filled(known.amendment, setting), command)


def _unfulfilled(setting: Setting) -> str:
    waited = (setting.today - setting.last).days
    return "not_so_far" if waited >= int(read_data("forecasts")["patience_days"]) else "open"


def _filled(text: str, setting: Setting, **names: str) -> str:
    """An amendment with its blanks filled; it begins on the article's day."""
    for key, value in {"day": setting.last.isoformat(), **names}.items():
        text = text.replace(f"<{key}>", value)
    return text


def _item_prediction(claim: Claim, what: str, setting: Setting) -> Finding:
    item = str(claim.fields["item"])
    destination = str(claim.fields.get("to") or read_data("mentions")["usual_destination"])
    then = setting.desk.item(item, destination, setting.last)
    history = setting.desk.history(item, destination, setting.last)
    wanted = what == "restrict"
    later = setting.later((item,))
    if then is None or not history:
        return Finding("open", said("prediction_open"), (), later, confidence="low")
    fields = {"item": then.name, "title": then.title, "day": setting.last}
    amendment = _item_amendment(item, what, setting)
    before = (
        Evidence(
            said("law_then", **fields),
            "; ".join(dict.fromkeys(e.source for e in then.evidence)),
            then.confidence,
            setting.last,
        ),
    )
    if then.restricted is wanted:
        return Finding(
            _unfulfilled(setting),
            said("already_so", **fields),
            before,
            later,
            then.tests,
            then.confidence,
            amendment,
            then.command,
        )
    turned = [each for each in history if setting.last < each.first <= setting.today and each.restricted is wanted]
    opened = next((e for e in later if not wanted and _opens(e.event, item, setting)), None)
    if turned:
        evidence = (*before, *turned[0].decided_by)
        weak = weakest([e.confidence for e in turned[0].decided_by])
        why = said("came_true_by_law", **fields, first=turned[0].first, new=turned[0].title)
        return Finding("borne_out", why, evidence, later, then.tests, weak, amendment, then.command)
    if opened:
        why = said("opened_by_license", item=setting.wording(item), day=opened.day)
        return Finding("borne_out", why, before, later, then.tests, opened.confidence, amendment, then.command)
    return Finding(_unfulfilled(setting), said("not_yet"), before, later, then.tests, "medium", amendment, then.command)


def _item_amendment(item: str, what: str, setting: Setting) -> str:
    """The amendment to try for an item; a restriction goes by the item's own memory bandwidth."""
    bandwidth = setting.desk.figure(item, str(read_data("forecasts")["amended_by"]))
    if bandwidth is None:
        return ""
    text = str(read_data("forecasts")[f"amendment_{what}"])
    return _filled(text, setting, item=item.replace("-", "_"), bandwidth=f"{bandwidth.at_least:g}")


def _opens(key: str, item: str, setting: Setting) -> bool:
    """Whether an event let an item go under licenses."""
    event = event_named(key)
    return event is not None and item in {setting.key_of(name) for name in event.opens}


def _listing_prediction(claim: Claim, setting: Setting) -> Finding:
    party, list_key = str(claim.fields["party"]), str(claim.fields.get("list") or "")
    rows = [each for each in listings_of(party, setting) if each.list == list_key]
    later = setting.later((party, list_key))
    fields = {"party": setting.wording(party), "list": setting.wording(list_key)}
    after = [each for each in rows if each.listed and setting.last < each.listed <= setting.today]
    amendment = _filled(str(read_data("forecasts")["amendment_list"]), setting, party=setting.wording(party).en)
    if after:
        evidence = (
            Evidence(
                said("listing", **fields, day=after[0].listed), after[0].source, after[0].confidence, after[0].listed
            ),
        )
        return Finding(
            "borne_out", said("came_true", day=after[0].listed), evidence, later, (), after[0].confidence, amendment
        )
    if rows:
        return Finding(
            _unfulfilled(setting),
            said("is_listed", **fields, day=setting.last, since=rows[0].listed),
            (),
            later,
            (),
            "medium",
            amendment,
        )
    return Finding(_unfulfilled(setting), said("not_yet"), (), later, (), "medium", amendment)


def _next_party(setting: Setting) -> str:
    """A party of the trade that no listing is known of, to try an amendment with."""
    names = [str(name) for name in read_data("acts")["unlisted_peers"]]
    return next((name for name in names if not listings_of(setting.key_of(name), setting)), names[0])


def _more_listings(claim: Claim, setting: Setting) -> Finding:
    """More parties of the trade on a list: those that the events and lists show after the article."""
    list_key = str(claim.fields["list"])
    found: list[Evidence] = []
    for name in read_data("acts")["peers"]:
        party = setting.key_of(str(name))
        for row in listings_of(party, setting):
            if row.list == list_key and row.listed and setting.last < row.listed <= setting.today:
                fields = {"party": setting.wording(party), "list": setting.wording(list_key), "day": row.listed}
                found.append(Evidence(said("listing", **fields), row.source, row.confidence, row.listed))
    found = sorted(dict.fromkeys(found), key=lambda each: each.day or setting.today)
    amendment = _filled(str(read_data("forecasts")["amendment_list"]), setting, party=_next_party(setting))
    if found:
        why = said("more_listed", count=len(found), day=found[0].day)
        return Finding("borne_out", why, (), tuple(found[:6]), (), weakest([e.confidence for e in found]), amendment)
    return Finding(_unfulfilled(setting), said("not_yet"), (), setting.later((list_key,)), (), "low", amendment)
