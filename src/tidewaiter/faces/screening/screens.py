"""Screening one party as of a day: possible matches, what they would mean, the owners, and what a negative is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.base.wording import Wording, wording
from tidewaiter.evidence.parties.ownership import Ownership
from tidewaiter.faces.asking import face_data
from tidewaiter.faces.composition import decider
from tidewaiter.faces.reasons import exit_class
from tidewaiter.faces.screening.coverage import Cover, covers
from tidewaiter.faces.screening.effects import Effects, effects_of
from tidewaiter.faces.screening.listed import confirmed_facts, settings
from tidewaiter.faces.screening.owners import Owners, owners_of
from tidewaiter.faces.screening.proposals import Proposal, proposals
from tidewaiter.faces.screening.sources import Sources, sources

if TYPE_CHECKING:
    from tidewaiter.evidence.parties.search.hits import Query

__all__ = ["EXPLAINED", "MAX_LIMIT", "Request", "Screening", "outcome_title", "screen_request"]

EXPLAINED = 3
"""How many possible parties are told with what the law would say of each."""
MAX_LIMIT = 100
"""Most possible matches of one name."""
_OPEN_EXIT = 3


@dataclass(frozen=True, slots=True)
class Request:
    """A party to screen. `lists` are codes of lists, all when empty; `confirm` keys that are taken for the party;
    `explain` says whether the law is asked what possible matches would mean."""

    name: str
    on: dt.date = field(default_factory=dt.date.today)
    country: str = ""
    address: str = ""
    schema: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    lists: tuple[str, ...] = ()
    threshold: float | None = None
    limit: int = 10
    owners: Ownership | None = None
    confirm: tuple[str, ...] = ()
    explain: bool = True

    @property
    def query(self) -> Query:
        """The request as the index takes it."""
        from tidewaiter.evidence.parties.search.hits import Query

        return Query(self.name, self.schema, self.country, self.address, self.identifiers, self.on)


@dataclass(frozen=True, slots=True)
class Screening:
    """What screening found. `exit_code`: 0 nothing and every list complete, 1 a possible match or restriction,
    3 undetermined. `effects` has, by `Proposal.party`, what the law says if that is the party."""

    request: Request
    outcome: str
    exit_code: int
    proposals: tuple[Proposal, ...]
    effects: dict[str, Effects | None]
    covers: tuple[Cover, ...]
    owners: Owners | None
    law_begins: dt.date
    lists_digest: str
    law_digest: str
    warnings: tuple[Wording, ...] = ()

    @property
    def title(self) -> Wording:
        """The outcome in words."""
        return outcome_title(self.outcome)

    def to_json(self) -> dict[str, Any]:
        """Plain data with `schema_version`, the same as `tidewaiter screen --json` prints."""
        from tidewaiter.faces.screening.documents import screening_json

        return screening_json(self)


def outcome_title(code: str) -> Wording:
    """An outcome of screening in words."""
    return wording(face_data("screening")["outcomes"][code]["title"])


def screen_request(request: Request, own: Sources | None = None) -> Screening:
    """Screen a party. Raises InputFaults with every fault of the request, and LimitExceeded."""
    own = own or sources()
    faults: list[Fault] = [*_faults(request)]
    try:
        asked = covers(own, request.lists, request.on, request.name)
    except InputFaults as error:
        raise QuestionFaults([*faults, *error.faults]) from None
    if faults:
        raise QuestionFaults(faults)
    found = proposals(request.query, request.on, own, request.lists, request.limit, request.threshold, request.confirm)
    owners = _owners(request, own)
    outcome, code = _outcome(found, owners, asked)
    return Screening(
        request,
        outcome,
        code,
        found,
        _effects(found, request) if request.explain else {},
        asked,
        owners,
        decider().specification(settings()["question"]).begins,
        own.digest,
        decider().law.digest,
        tuple(_warnings(own)),
    )


def _faults(request: Request) -> list[Fault]:
    found = []
    if request.threshold is not None and not 0.0 < request.threshold <= 1.0:
        found.append(Fault("--threshold", f"{request.threshold:g} is no share of 1", "above 0, up to 1, such as 0.8"))
    if not 1 <= request.limit <= MAX_LIMIT:
        found.append(Fault("--limit", f"{request.limit} is out of range", f"1 to {MAX_LIMIT}"))
    return found


def _owners(request: Request, own: Sources) -> Owners | None:
    if request.owners is None:
        return None
    keys = request.owners.keys_of(request.name)
    if len(keys) != 1:
        what = f"'{request.name:.80}' is " + (
            f"the name of {len(keys)} holders" if keys else "nobody of the owners' data"
        )
        remedy = f"write the id: {', '.join(keys[:5])}" if keys else "write its name as there, or its id"
        raise QuestionFaults([Fault("--owners", what, remedy)])
    picture, more = request.owners.on(request.on), (request.lists, request.threshold, request.confirm)
    return owners_of(picture, keys[0], request.on, own, request.country, *more)


def _outcome(found: Sequence[Proposal], owners: Owners | None, asked: Sequence[Cover]) -> tuple[str, int]:
    """The outcome and the exit code, the gravest first: a listing, a possible one, the owners, then what is open."""
    if any(each.is_confirmed for each in found):
        return "listed", 1
    if any(each.is_open for each in found):
        return "possible_match", 1
    stands, supposed = _owned(owners)
    if "restriction" in (stands, supposed):
        return ("owned", 1) if stands == "restriction" else ("owned_if", 1)
    if owners is not None and {stands, supposed} - {"clear", ""}:
        return "owners_open", _OPEN_EXIT
    complete = all(each.complete for each in asked)
    if any(each.is_elsewhen for each in found):
        return "elsewhen", 0 if complete else _OPEN_EXIT
    return ("no_match", 0) if complete else ("undetermined", _OPEN_EXIT)


def _owned(owners: Owners | None) -> tuple[str, str]:
    """The classes of the law's answers on the owners: as things stand, and if the possible matches are right."""
    answers = (owners.stands, owners.supposed) if owners else (None, None)
    stands, supposed = (exit_class(each.plain.question, each.plain.outcome) if each else "" for each in answers)
    return stands, supposed


def _effects(found: Sequence[Proposal], request: Request) -> dict[str, Effects | None]:
    """What the law says if that is the party: for confirmed parties, the first possible one, and others of other lists.

    Sister companies of one list are told in a table: the law says the same of them.
    """
    counted: dict[str, list[Proposal]] = {}
    for each in found:
        if each.is_confirmed or each.is_open:
            counted.setdefault(each.party, []).append(each)
    told = [party for party, several in counted.items() if any(each.is_confirmed for each in several)]
    seen = [_codes(counted[party]) for party in told]
    for party, several in counted.items():
        if party not in told and len(told) < EXPLAINED and not any(_codes(several) <= codes for codes in seen):
            told.append(party)
            seen.append(_codes(several))
    return {party: _effect(counted[party], request) for party in told}


def _codes(several: Sequence[Proposal]) -> frozenset[str]:
    return frozenset(each.entry.list for each in several)


def _effect(several: Sequence[Proposal], request: Request) -> Effects | None:
    entries = [each.entry for each in several]
    row = {settings()["name"]: several[0].hit.name.text, **confirmed_facts(entries, request.on)}
    countries = (request.country, *(country for entry in entries for country in entry.countries))
    return effects_of(row, request.on, next(filter(None, countries), ""))


def _warnings(own: Sources) -> list[Wording]:
    found = [Wording(str(fault), str(fault)) for fault in own.dispositions.faults]
    return [*found, *(Wording(text, text) for text in own.warnings)]
