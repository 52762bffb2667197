"""A party's owners screened, and what the law makes of their shares: as things stand, and if the matches are right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidewaiter.base.errors import LimitExceeded
from tidewaiter.evidence.parties.ownership import Branch, Holder, Picture, branches, owner_rows, relation_name
from tidewaiter.faces.screening.effects import Effects, effects_of
from tidewaiter.faces.screening.listed import confirmed_facts, likeness, settings
from tidewaiter.faces.screening.proposals import Proposal, best_of_each_list, proposals
from tidewaiter.faces.screening.sources import Sources

__all__ = ["MAX_HOLDERS", "MAX_TANGLED", "Owners", "owners_of"]

MAX_HOLDERS = 500
"""Most owners of one party that are screened."""

MAX_TANGLED = 20
"""Most holdings of one party's owners beyond those of a tree: the routes to an answer multiply with each."""


@dataclass(frozen=True, slots=True)
class Owners:
    """The owners of a party on a day. `stands` is the law's answer with confirmed listings only, possible ones left
    open; `supposed` the one if the best match of each list is right. None where the law does not reach the day."""

    tree: Branch
    found: Mapping[str, tuple[Proposal, ...]]
    stands: Effects | None
    supposed: Effects | None


def owners_of(
    picture: Picture,
    key: str,
    day: dt.date,
    own: Sources,
    country: str = "",
    codes: Sequence[str] = (),
    threshold: float | None = None,
    confirm: Sequence[str] = (),
) -> Owners:
    """Screen all owners of a party and ask the law. Raises LimitExceeded for too many owners or too long a chain."""
    from tidewaiter.evidence.parties.search.hits import Query

    above = picture.above(key)
    if len(above) > MAX_HOLDERS:
        raise LimitExceeded(f"owners: {len(above):,} of them, at most {MAX_HOLDERS:,} are screened")
    again = sum(len(picture.owners(each)) for each in (key, *above)) - len(above)
    if again > MAX_TANGLED:
        raise LimitExceeded(
            f"owners: they hold each other in {again:,} ways more than a tree has, at most {MAX_TANGLED}"
        )
    found = {}
    for each in above:
        holder = picture.holders[each]
        query = Query(holder.name, country=holder.country, on=day)
        found[each] = proposals(query, day, own, codes, threshold=threshold, confirm=_own_keys(confirm))
    stands = _asked(picture, key, day, country, {name: _facts(several, day) for name, several in found.items()})
    supposed = None
    if any(each.is_open for several in found.values() for each in several):
        facts = {name: _supposed(several, day) for name, several in found.items()}
        supposed = _asked(picture, key, day, country, facts)
    return Owners(branches(picture, key), found, stands, supposed)


def _own_keys(confirm: Sequence[str]) -> tuple[str, ...]:
    """Keys belong to the party itself; only the word that stands for the best of each reaches its owners."""
    from tidewaiter.faces.screening.proposals import BEST

    return (BEST,) if BEST in confirm else ()


def _facts(several: Sequence[Proposal], day: dt.date) -> dict[str, Any]:
    """What is known of an owner: confirmed listings, and that it may be one of another list."""
    confirmed = [each.entry for each in several if each.is_confirmed]
    waiting = [each.entry for each in several if each.is_open]
    found = confirmed_facts(confirmed, day)
    if waiting:
        found = {**likeness(waiting), **found}
    return found


def _supposed(several: Sequence[Proposal], day: dt.date) -> dict[str, Any]:
    best = best_of_each_list(each for each in several if each.is_confirmed or each.is_open)
    return confirmed_facts([each.entry for each in best], day)


def _asked(
    picture: Picture, key: str, day: dt.date, country: str, facts: Mapping[str, Mapping[str, Any]]
) -> Effects | None:
    def facts_of(holder: Holder) -> Mapping[str, Any]:
        return facts.get(holder.key, {})

    row = {"id": key, settings()["name"]: picture.name(key), relation_name(): owner_rows(picture, key, facts_of)}
    return effects_of(row, day, country)
