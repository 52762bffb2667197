"""Checking claims: each by what it is, against the law, the lists, the catalog and the events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from tidewaiter.reading.amounts import QUANTITY
from tidewaiter.reading.check_figures import check_comparison, check_model
from tidewaiter.reading.check_known import check_event, check_prediction, check_thesis
from tidewaiter.reading.check_law import check_control, check_effective
from tidewaiter.reading.check_parties import check_listing, check_quantity
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.findings import Checked, Finding, said
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.setting import Setting
from tidewaiter.reading.theses import thesis

__all__ = ["check_claims"]

_CHECKS: Mapping[str, Callable[[Claim, Setting], Finding]] = {
    "control_status": check_control,
    "effective_date": check_effective,
    "listing": check_listing,
    QUANTITY: check_quantity,
    "comparison": check_comparison,
    "cost_compute": check_model,
    "event": check_event,
}


def check_claims(claims: Iterable[Claim], setting: Setting) -> tuple[Checked, ...]:
    """Every claim with its finding, in their order."""
    return tuple(Checked(claim, _by_day(claim, _finding(claim, setting), setting)) for claim in claims)


def _finding(claim: Claim, setting: Setting) -> Finding:
    known = thesis(claim.topic) if claim.topic else thesis(str(claim.fields.get("what") or ""))
    if claim.kind == "prediction":
        return check_prediction(claim, known, setting)
    if known is not None and known.status:
        return check_thesis(claim, known, setting)
    check = _CHECKS.get(claim.kind)
    found = check(claim, setting) if check else Finding("not_checkable", said("not_known"), confidence="low")
    return _by_stance(claim, found)


def _by_day(claim: Claim, found: Finding, setting: Setting) -> Finding:
    """Without the article's day nothing that depends on it is decided."""
    data = read_data("claims")
    if (
        setting.dated
        or claim.kind not in data["needs_day"]
        or found.status not in (*data["decided"], *data["foretold"])
    ):
        return found
    status = "open" if found.status in data["foretold"] else "not_checkable"
    return replace(found, status=status, why=said("undated"), later=(), confidence="low")


def _by_stance(claim: Claim, found: Finding) -> Finding:
    """What is only asked or supposed holds nothing; what is denied may be shown to be wrong."""
    data = read_data("claims")
    undecided = claim.stance in data["undecided_stances"] and found.status in data["decided"]
    if undecided and (claim.stance, found.status) not in {tuple(pair) for pair in data["rejected_rightly"]}:
        return replace(found, status="not_checkable")
    return found
