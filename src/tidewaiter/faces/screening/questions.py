"""Parties named in a question: a possible match is a likeness, to be confirmed; confirmed listings become facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded, QuestionFaults
from tidewaiter.base.wording import LANGUAGES, Language, Wording, wording
from tidewaiter.determine.statements import UNKNOWN, code_of
from tidewaiter.faces.asking import face_data
from tidewaiter.faces.composition import decider
from tidewaiter.faces.screening.listed import confirmed_facts, fact_names, likeness, settings
from tidewaiter.faces.screening.proposals import BEST, Proposal, best_of_each_list, chosen, proposals
from tidewaiter.faces.screening.sources import Sources, sources

__all__ = ["MAX_PARTIES", "with_listings"]

MAX_PARTIES = 50
"""Most named parties of one question that are screened."""
_SHOWN, _DIGEST = 80, 12


def with_listings(
    facts: Mapping[str, Any], day: dt.date, confirm: Sequence[str] = (), own: Sources | None = None
) -> tuple[dict[str, Any], tuple[Wording, ...]]:
    """The facts with what confirmed listings of named parties say, and what is to be told of the names.

    What is stated of a party goes before its listings. `confirm` are keys of entries, or BEST. Raises QuestionFaults
    for keys that no named party may be.
    """
    copied = _copied(facts)
    rows = list(_named(copied))[:MAX_PARTIES]
    if not rows:
        if confirm:
            raise QuestionFaults([Fault("--confirm-listing", "no party is named", '--name "Example Ltd"')])
        return copied, ()
    try:
        own = own or sources()
        found = [(row, _proposed(row, day, own)) for row in rows]
    except (InputFaults, LimitExceeded) as error:
        return copied, (_told("unscreened", why=str(error)[:_SHOWN]),)
    keys = {each.entry.key for _, several in found for each in several}
    faults = [_unknown(key, keys) for key in confirm if key != BEST and key not in keys]
    if faults:
        raise QuestionFaults(faults)
    notes: list[Wording] = []
    for row, several in found:
        mine = {each.entry.key for each in several}
        taken = chosen(several, [key for key in confirm if key == BEST or key in mine])
        notes += _one(row, taken, day, own)
    return copied, tuple(dict.fromkeys(notes))


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list | tuple) else value


def _named(value: Any) -> Iterator[dict[str, Any]]:
    """Every row of a party with a name, its owners included."""
    if isinstance(value, dict):
        name = value.get(settings()["name"])
        if isinstance(name, str) and name.strip():
            yield value
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)


def _proposed(row: Mapping[str, Any], day: dt.date, own: Sources) -> tuple[Proposal, ...]:
    from tidewaiter.evidence.parties.names.faults import NameFault
    from tidewaiter.evidence.parties.search.hits import Query

    try:
        found = proposals(Query(row[settings()["name"]], country=_country(row), on=day), day, own)
    except NameFault:
        return ()
    stated = {key for key, value in row.items() if value not in (None, UNKNOWN)}
    return tuple(each for each in found if not stated & set(fact_names(each.entry.list)))


def _country(row: Mapping[str, Any]) -> str:
    vocabulary = decider().law.vocabulary
    domain = vocabulary.domains[vocabulary.facts[settings()["where"]].type.domain]
    for key in settings()["country"]:
        try:
            return code_of(row[key], domain) if key in row else ""
        except Exception:  # what is no country is told as a fault of the fact
            return ""
    return ""


def _unknown(key: str, known: set[str]) -> Fault:
    remedy = f"one of {', '.join(sorted(known)[:5])}, or {BEST}" if known else "nothing like these names is listed here"
    return Fault("--confirm-listing", f"'{key:.80}' is no possible match of a party named", remedy)


def _one(row: dict[str, Any], several: Sequence[Proposal], day: dt.date, own: Sources) -> Iterator[Wording]:
    """Set the facts of a party whose listing is confirmed, or its likeness, and say what was found of its name."""
    name = str(row[settings()["name"]])[:_SHOWN]
    confirmed = [each for each in several if each.is_confirmed]
    for key, value in confirmed_facts([each.entry for each in confirmed], day).items():
        row.setdefault(key, value)
    if confirmed:
        which = "counted_supposed" if any(each.supposed for each in confirmed) else "counted"
        yield _sentence(which, name, confirmed, day, own)
    waiting = best_of_each_list(each for each in several if each.is_open)
    if waiting:
        if not confirmed:
            for key, value in likeness(each.entry for each in waiting).items():
                row.setdefault(key, value)
        yield _sentence("possible", name, waiting, day, own)
    if not confirmed and not waiting:
        elsewhen = best_of_each_list(each for each in several if each.is_elsewhen)
        if elsewhen:
            yield _sentence("elsewhen", name, elsewhen, day, own)
        elif not any(each.verdict for each in several):
            yield _told("nothing", name=name, lists=own.digest[:_DIGEST])


def _sentence(which: str, name: str, several: Sequence[Proposal], day: dt.date, own: Sources) -> Wording:
    told = wording(face_data("screening")["told"][which])
    items = [_item(each, day, own) for each in several]
    return Wording(
        told.en.format(name=name, items="; ".join(each.en for each in items)),
        told.zh.format(name=name, items="；".join(each.zh for each in items)),
    )


def _item(each: Proposal, day: dt.date, own: Sources) -> Wording:
    entry, words = each.entry, face_data("screening")
    held = each.standing.disposition if each.standing and not each.supposed else None
    form = "plain" if held is None else "decided" if each.is_confirmed else "again"
    title, status = own.lists[entry.list].title, wording(words["statuses"][each.status])
    changes = [wording(words["changes"][code]) for code in (each.standing.changed if each.standing else ())]
    source = entry.citation.partition(";")[0]
    days = {"listed": entry.listed, "removed": entry.removed, "day": day}

    def said(language: Language) -> str:
        brackets = " ({})" if language == LANGUAGES[0] else "（{}）"
        return (
            wording(words["items"][form])
            .text(language)
            .format(
                list=title.text(language),
                caption=entry.names[0].text,
                status=status.text(language).format(**days),
                source=brackets.format(source) if source else "",
                key=entry.key,
                by=held.by if held else "",
                day=held.at.date() if held else "",
                changes="; ".join(change.text(language) for change in changes),
            )
        )

    return Wording(*map(said, LANGUAGES))


def _told(which: str, **fields: str) -> Wording:
    told = wording(face_data("screening")["told"][which])
    return Wording(*(told.text(language).format(**fields) for language in LANGUAGES))
