"""What a listing does in law: the party question, asked for each kind of dealing as if the match were confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tidewaiter.base.errors import InputFaults
from tidewaiter.base.wording import Wording
from tidewaiter.determine.determination import Finding
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import Asked, answer
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.faces.reasons import biting, exit_class
from tidewaiter.faces.screening.listed import settings

__all__ = ["Effect", "Effects", "asked_of", "effects_of", "plain_outcome"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One kind of dealing with the party: what the law says of it, and by which requirements."""

    dealing: str
    dealing_title: Wording
    outcome: str
    title: Wording
    exit: str
    because: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """The answers for each kind of dealing; `plain` is the whole answer for the first one."""

    plain: Answer
    each: tuple[Effect, ...]

    @property
    def restricted(self) -> tuple[Effect, ...]:
        """The dealings that are barred or conditioned."""
        return tuple(each for each in self.each if each.exit == "restriction")


def asked_of(row: Mapping[str, Any], day: dt.date, country: str, dealing: str = "") -> Asked:
    """The party question for one party, with what is usual assumed and its country as destination."""
    names = settings()
    party = {**names["plain"], **row}
    facts: dict[str, Any] = {names["dealing"]: dealing or names["dealings"][0], names["row"]: [party]}
    if country:
        facts[names["where"]] = country
        party |= {key: country for key in names["country"] if key not in party}
    return Asked(names["question"], None, day, {}, facts, DEFAULT_PROFILE, confirm=None)


def effects_of(row: Mapping[str, Any], day: dt.date, country: str) -> Effects | None:
    """The effects of a party's facts; None on days that lie outside the law that is encoded."""
    names = settings()
    try:
        answers = {dealing: answer(asked_of(row, day, country, dealing)) for dealing in names["dealings"]}
    except InputFaults:
        return None
    fact = decider().law.vocabulary.facts[names["dealing"]]
    titles = decider().law.vocabulary.domains[fact.type.domain].codes
    each = tuple(_effect(dealing, titles[dealing], found) for dealing, found in answers.items())
    return Effects(answers[names["dealings"][0]], each)


def _effect(dealing: str, title: Wording, found: Answer) -> Effect:
    because = biting(found.layer(found.headline))
    return Effect(dealing, title, found.outcome, found.title, exit_class(found.question, found.outcome), because)


def plain_outcome(facts: Mapping[str, Any], day: dt.date, country: str) -> str:
    """The outcome for the first kind of dealing, remembered: in a file of names the same facts come often.

    '' on days that lie outside the law that is encoded.
    """
    return _remembered(tuple(sorted(facts.items())), day, country)


@lru_cache(maxsize=4096)
def _remembered(facts: tuple[tuple[str, Any], ...], day: dt.date, country: str) -> str:
    try:
        return answer(asked_of(dict(facts), day, country)).outcome
    except InputFaults:
        return ""
