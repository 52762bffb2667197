"""Reading ownership: which of the two formats a file is in, its limits, and every fault of it at once."""

from __future__ import annotations

import unicodedata

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded
from tidewaiter.evidence.parties.ownership.followthemoney import from_ftm
from tidewaiter.evidence.parties.ownership.graph import Holder, Ownership, Stake, faults_of, holder_key
from tidewaiter.evidence.parties.ownership.shares import ANY, share_of
from tidewaiter.evidence.parties.ownership.tables import MAX_NAME, from_csv

__all__ = ["MAX_BYTES", "MAX_STAKES", "direct_stakes", "read_ownership"]

MAX_BYTES = 20_000_000
"""Largest file that is read."""
MAX_STAKES = 50_000
"""Most stakes of one graph."""
_SHOWN = 200


def read_ownership(data: bytes, name: str = "owners") -> Ownership:
    """The graph of a CSV table or of FollowTheMoney JSON lines.

    Raises InputFaults with every fault of the file (the first 200), and LimitExceeded.
    """
    if len(data) > MAX_BYTES:
        raise LimitExceeded(f"{name}: more than {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputFaults([Fault(f"{name}: byte {error.start}", "is not UTF-8", "save it as UTF-8")]) from None
    if "\0" in text:
        raise InputFaults([Fault(name, "holds null characters", "a CSV table or FollowTheMoney JSON lines")])
    faults: list[Fault] = []
    found = (from_ftm if text.lstrip().startswith("{") else from_csv)(text, name, faults)
    if len(found.stakes) > MAX_STAKES:
        raise LimitExceeded(f"{name}: more than {MAX_STAKES:,} stakes")
    faults += faults_of(found)
    if faults:
        more = [Fault(name, f"{len(faults) - _SHOWN} faults more", "mend these first")] if len(faults) > _SHOWN else []
        raise InputFaults([*faults[:_SHOWN], *more])
    return found


def direct_stakes(owned: str, stated: list[str], where: str = "--owner") -> Ownership:
    """The graph of owners stated one by one, as `NAME=SHARE` (or NAME alone, share unknown).

    Raises InputFaults with every fault.
    """
    faults: list[Fault] = []
    holders = {holder_key(owned): Holder(holder_key(owned), owned)}
    stakes: list[Stake] = []
    for text in stated:
        name, equals, figure = text.rpartition("=")
        name, figure = (name, figure) if equals else (text, "")
        share = share_of(unicodedata.normalize("NFKC", figure))
        key = holder_key(name)
        if not key or len(name) > MAX_NAME:
            faults.append(Fault(where, f"'{text:.60}' names nobody", f'{where} "Example Ltd=51"'))
        elif share is None:
            faults.append(Fault(where, f"'{figure:.40}' is no share", f'0 to 100 percent: {where} "{name:.40}=51"'))
        elif any(key == stake.owner for stake in stakes):
            faults.append(Fault(where, f"'{name:.60}' stands twice", "add the shares up"))
        else:
            holders[key] = Holder(key, " ".join(name.split()))
            stakes.append(Stake(key, holder_key(owned), share or ANY, where=where))
    found = Ownership(holders, tuple(stakes))
    faults += faults_of(found)
    if faults:
        raise InputFaults(faults)
    return found
