"""A screening as plain data: what `tidewaiter screen --json` prints and services hand out."""

from __future__ import annotations

from typing import Any

from tidewaiter.base.wording import Wording
from tidewaiter.evidence.parties.ownership import Branch
from tidewaiter.faces.screening.coverage import Cover
from tidewaiter.faces.screening.effects import Effects
from tidewaiter.faces.screening.owners import Owners
from tidewaiter.faces.screening.proposals import Proposal
from tidewaiter.faces.screening.screens import Request, Screening

__all__ = ["SCHEMA_VERSION", "effects_json", "entry_json", "proposal_json", "screening_json"]

SCHEMA_VERSION = 1
"""Version of the JSON form; a key that goes or changes its sense raises it."""


def screening_json(found: Screening) -> dict[str, Any]:
    """The whole screening."""
    return {
        "schema_version": SCHEMA_VERSION,
        "query": _query(found.request),
        "on": found.request.on.isoformat(),
        "outcome": found.outcome,
        "title": _worded(found.title),
        "exit_code": found.exit_code,
        "hits": [proposal_json(each, found.effects.get(each.party)) for each in found.proposals],
        "ownership": _owners(found.owners) if found.owners else None,
        "lists": [_cover(each) for each in found.covers],
        "warnings": [_worded(each) for each in found.warnings],
        "lists_digest": found.lists_digest,
        "law_digest": found.law_digest,
    }


def _worded(text: Wording) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _query(asked: Request) -> dict[str, Any]:
    return {
        "name": asked.name,
        "country": asked.country,
        "address": asked.address,
        "schema": asked.schema,
        "identifiers": [list(pair) for pair in asked.identifiers],
        "lists": list(asked.lists),
        "threshold": asked.threshold,
    }


def proposal_json(each: Proposal, effects: Effects | None = None) -> dict[str, Any]:
    """A possible match: the entry, how alike, what speaks for and against, the decision, and what the law would say."""
    hit = each.hit
    return {
        **entry_json(each),
        "name": {
            "text": hit.name.text,
            "kind": hit.name.kind,
            "source": hit.name.source,
            "confidence": hit.name.confidence,
            "since": _day(hit.name.since),
            "until": _day(hit.name.until),
        },
        "score": round(hit.score, 4),
        "above": hit.above,
        "status": each.status,
        "aligned": [
            {"query": a.query, "listed": a.candidate, "how": a.how, "score": round(a.score, 3)}
            for a in hit.comparison.aligned
        ],
        "contradictions": list(hit.comparison.against),
        "for": [_reason(reason) for reason in hit.for_],
        "against": [_reason(reason) for reason in hit.against],
        "decision": _decision(each),
        "if_this_party": effects_json(effects) if effects else None,
    }


def _reason(reason: Any) -> dict[str, Any]:
    return {"code": reason.code, "asked": reason.asked, "listed": reason.listed, "moved": round(reason.moved, 3)}


def entry_json(each: Proposal) -> dict[str, Any]:
    """The entry of a possible match."""
    entry = each.entry
    return {
        "key": entry.key,
        "party": each.party,
        "list": entry.list,
        "caption": entry.names[0].text if entry.names else "",
        "kind": entry.kind,
        "listed": _day(entry.listed),
        "listed_basis": entry.listed_basis,
        "removed": _day(entry.removed),
        "citation": entry.citation,
        "footnotes": [{"number": note.number, "since": _day(note.since)} for note in entry.footnotes],
        "requirement": entry.requirement,
        "policy": entry.policy,
        "programs": list(entry.programs),
        "countries": list(entry.countries),
        "addresses": [{"text": a.text, "city": a.city, "country": a.country} for a in entry.addresses],
        "identifiers": [list(pair) for pair in entry.identifiers],
        "parent": entry.parent,
        "source": entry.source,
        "confidence": entry.confidence,
        "note": entry.note,
        "digest": entry.digest,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _decision(each: Proposal) -> dict[str, Any] | None:
    if each.standing is None:
        return None
    return {**each.standing.disposition.to_json(), "holds": each.standing.holds, "changed": list(each.standing.changed)}


def effects_json(found: Effects) -> dict[str, Any]:
    """What the law says for each kind of dealing, and the whole determination of the first one."""
    return {
        "outcome": found.plain.outcome,
        "title": _worded(found.plain.title),
        "dealings": [
            {
                "dealing": each.dealing,
                "outcome": each.outcome,
                "because": [finding.term for finding in each.because],
            }
            for each in found.each
        ],
        "assumptions": [
            {"term": each.term, "about": each.about, "value": each.value} for each in found.plain.assumptions
        ],
        "determination": found.plain.to_json(),
    }


def _cover(each: Cover) -> dict[str, Any]:
    return {
        "list": each.info.code,
        "title": _worded(each.info.title),
        "complete": each.complete,
        "intervals": [[first.isoformat(), last.isoformat()] for first, last in each.intervals],
        "looked_for": None
        if each.looked is None
        else {
            "from": each.looked.since.isoformat(),
            "to": each.looked.until.isoformat(),
            "source": each.looked.source,
            "note": _worded(each.looked.note),
        },
        "editions": [{"as_of": e.as_of.isoformat(), "origin": e.origin, "entries": e.entries} for e in each.editions],
    }


def _owners(found: Owners) -> dict[str, Any]:
    return {
        "tree": _branch(found.tree),
        "hits": {key: [proposal_json(each) for each in several] for key, several in found.found.items() if several},
        "as_things_stand": effects_json(found.stands) if found.stands else None,
        "if_the_matches_are_right": effects_json(found.supposed) if found.supposed else None,
    }


def _branch(branch: Branch) -> dict[str, Any]:
    share = branch.share
    return {
        "id": branch.key,
        "name": branch.name,
        "share": None if share is None else {"at_least": share.low, "at_most": share.high},
        "sure": branch.sure,
        "since": str(branch.since) if branch.since else None,
        "sources": list(branch.sources),
        "told_elsewhere": branch.above,
        "circle": branch.around,
        "unstated": branch.rest,
        "owners": [_branch(each) for each in branch.owners],
    }
