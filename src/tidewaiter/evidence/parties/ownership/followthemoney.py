"""Ownership from FollowTheMoney JSON lines: Ownership entities, and the companies and persons that they connect."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.ownership.graph import Holder, Ownership, Stake
from tidewaiter.evidence.parties.ownership.shares import ANY, Share, Span, day_span, share_of
from tidewaiter.evidence.parties.ownership.tables import MAX_NAME

__all__ = ["from_ftm"]

_OWNERSHIP = "Ownership"


def from_ftm(text: str, name: str, faults: list[Fault]) -> Ownership:
    """The graph of JSON lines. Other schemas give names and countries; each fault names its line."""
    holders: dict[str, Holder] = {}
    stakes: list[Stake] = []
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        where = f"{name}:{number}"
        entity = _entity(row, where, faults)
        if entity is None:
            continue
        if entity["schema"] == _OWNERSHIP:
            stakes += _stakes(entity, where, faults)
        elif (holder := _holder(entity)) is not None:
            holders[holder.key] = holder
    for stake in stakes:
        for key in (stake.owner, stake.owned):
            holders.setdefault(key, Holder(key, key))
    if not stakes:
        faults.append(Fault(name, f"holds no {_OWNERSHIP} entity", "FollowTheMoney JSON lines with ownership"))
    return Ownership(holders, tuple(stakes))


def _entity(row: str, where: str, faults: list[Fault]) -> Mapping[str, Any] | None:
    try:
        found = json.loads(row)
    except (ValueError, RecursionError):
        faults.append(Fault(where, "is no JSON object", "one entity a line"))
        return None
    wrong = not isinstance(found, dict) or not isinstance(found.get("schema"), str)
    if wrong or not isinstance(found.get("id"), str) or not isinstance(found.get("properties"), dict):
        faults.append(Fault(where, "is no entity", "an object with id, schema and properties"))
        return None
    entity: Mapping[str, Any] = found
    return entity


def _texts(entity: Mapping[str, Any], key: str) -> list[str]:
    values = entity["properties"].get(key)
    values = values if isinstance(values, list) else [values]
    found = [each.get("id") if isinstance(each, dict) else each for each in values]  # nested entities
    return [str(each).strip()[:MAX_NAME] for each in found if isinstance(each, str | int | float) and str(each).strip()]


def _holder(entity: Mapping[str, Any]) -> Holder | None:
    caption = entity.get("caption")
    names = [caption.strip()[:MAX_NAME]] if isinstance(caption, str) and caption.strip() else _texts(entity, "name")
    countries = [each for key in ("jurisdiction", "country", "nationality") for each in _texts(entity, key)]
    return Holder(entity["id"], names[0], countries[0].upper() if countries else "") if names else None


def _stakes(entity: Mapping[str, Any], where: str, faults: list[Fault]) -> list[Stake]:
    owners, assets = _texts(entity, "owner"), _texts(entity, "asset")
    for key, found in (("owner", owners), ("asset", assets)):
        if not found:
            faults.append(Fault(f"{where}: {key}", "is missing", f"the id of the {key}"))
    share = _share(_texts(entity, "percentage"), where, faults)
    since, until = (_day(entity, key, where, faults) for key in ("startDate", "endDate"))
    source = next(iter(_texts(entity, "sourceUrl") + _texts(entity, "publisher")), "")
    return [Stake(owner, owned, share, since, until, source, where) for owner in owners for owned in assets]


def _share(texts: list[str], where: str, faults: list[Fault]) -> Share:
    """What all statements of a percentage allow; unknown where there is none."""
    found = []
    for text in texts:
        share = share_of(text)
        if share is None:
            faults.append(Fault(f"{where}: percentage", f"'{text:.40}' is no share", "0 to 100 percent, or none"))
        else:
            found.append(share)
    if not found:
        return ANY
    low, high = max(each.low for each in found), min(each.high for each in found)
    return Share(low, high) if low <= high else Share(min(each.low for each in found), max(e.high for e in found))


def _day(entity: Mapping[str, Any], key: str, where: str, faults: list[Fault]) -> Span | None:
    texts = _texts(entity, key)
    spans = [day_span(text) for text in texts]
    for text, span in zip(texts, spans, strict=True):
        if span is None:
            faults.append(Fault(f"{where}: {key}", f"'{text:.40}' is no day", "YYYY-MM-DD, YYYY-MM or YYYY"))
    known = [span for span in spans if span is not None]
    return Span(min(s.first for s in known), max(s.last for s in known)) if known else None
