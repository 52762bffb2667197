"""A request to screen from plain values, as programs state it; every fault at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.evidence.parties.ownership import Ownership, direct_stakes, read_ownership
from tidewaiter.faces.screening.options import country_of, kind_of, lists_of
from tidewaiter.faces.screening.screens import Request

__all__ = ["request_of"]


def request_of(
    name: str,
    on: dt.date,
    facts: Mapping[str, str],
    identifiers: Mapping[str, str],
    owners: Mapping[str, float | str | None] | Path | bytes | None,
    lists: Sequence[str],
    threshold: float | None,
    limit: int,
    confirm: Sequence[str],
) -> Request:
    """The request. Raises QuestionFaults with every fault, and LimitExceeded."""
    faults: list[Fault] = []
    country, kind = country_of(facts["country"], "country", faults), kind_of(facts["kind"], "kind", faults)
    codes = lists_of([lists] if isinstance(lists, str) else lists, faults)
    held = None
    try:
        held = _ownership(name, owners) if owners is not None else None
    except InputFaults as error:
        faults += error.faults
    if faults:
        raise QuestionFaults(faults)
    numbers = tuple((str(key), str(value)) for key, value in identifiers.items())
    keys = (confirm,) if isinstance(confirm, str) else tuple(confirm)
    return Request(name, on, country, facts["address"], kind, numbers, codes, threshold, limit, held, keys)


def _ownership(name: str, owners: Mapping[str, float | str | None] | Path | bytes) -> Ownership:
    if isinstance(owners, Mapping):
        shares = {
            owner: "" if share is None else f"{share:g}" if isinstance(share, float) else str(share)
            for owner, share in owners.items()
        }
        return direct_stakes(name, [f"{owner}={share}" for owner, share in shares.items()], "owners")
    from tidewaiter.evidence.parties.ownership.reading import MAX_BYTES
    from tidewaiter.faces.cli.documents import read_bytes

    return (
        read_ownership(owners)
        if isinstance(owners, bytes)
        else read_ownership(read_bytes(str(owners), MAX_BYTES), owners.name)
    )
