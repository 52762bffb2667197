"""A comparison, and the gallery of amendments, as plain data."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tidewaiter.analysis.changes import Change, GroupChange, Saying
from tidewaiter.analysis.flips import Flip
from tidewaiter.analysis.sides import Side
from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.wording import Wording
from tidewaiter.determine.deciding import UNDETERMINED
from tidewaiter.determine.determination import Determination
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.comparing import Compared, Comparison, ListingFlip, proofs_of
from tidewaiter.faces.composition import decider
from tidewaiter.faces.history import deciding
from tidewaiter.faces.sides import amendment_of, gallery

__all__ = ["SCHEMA_VERSION", "amendment_json", "comparison_json", "gallery_json"]

SCHEMA_VERSION = 1
"""Version of the JSON forms of this module."""


def comparison_json(found: Comparison, proofs: int, witness: bool = False) -> dict[str, Any]:
    """A comparison; the first `proofs` flips of each question come with what decides them on both sides.

    With `witness`, each question has one: the first real case that flips from one settled answer to another, and facts
    of an item that the solver finds to be classed differently.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "before": _side(found.before),
        "after": _side(found.after),
        "questions": [
            _compared(each, found, proofs) | ({"witness": _witness(each, found)} if witness else {})
            for each in found.questions
        ],
        "listings": [_listing(each) for each in found.listings],
        "flips": sum(len(each.flips) for each in found.questions),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "title": _words(side.title),
        "on": side.day.isoformat(),
        "layer": side.layer,
        "law": side.decider.law.digest,
        "amendments": [each.key for each in side.amendments],
        "not_yet": [each.start.isoformat() for each in side.amendments if each.start > side.day],
    }


def _words(text: Wording) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _compared(each: Compared, found: Comparison, proofs: int) -> dict[str, Any]:
    counts = Counter((flip.before, flip.after) for flip in each.flips for _ in flip.codes or ("",))
    return {
        "question": each.question,
        "provisions": [_change(change) for change in each.changes],
        "groups": [_group(change) for change in each.groups],
        "tried": {"subjects": each.tried, "codes": each.codes},
        "flipped": {
            "subjects": len({flip.subject.key for flip in each.flips}),
            "answers": sum(counts.values()),
            "by_outcome": [
                {"before": before, "after": after, "answers": count} for (before, after), count in counts.most_common()
            ],
        },
        "flips": [_flip(flip, found, each.question, index < proofs) for index, flip in enumerate(each.flips)],
    }


def _witness(each: Compared, found: Comparison) -> dict[str, Any]:
    from tidewaiter.analysis.witness import class_difference

    settled = [flip for flip in each.flips if UNDETERMINED not in (flip.before, flip.after)]
    made = class_difference(found.before, found.after, decider().specification(each.question))
    return {
        "real": _flip(settled[0], found, each.question, True) if settled else None,
        "hypothetical": None if made is None else {"term": made.term, "values": list(made.values), "facts": made.facts},
        "bounds": str(made.answer.bounds) if made else "",
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "term": change.provision.term,
        "path": change.provision.name,
        "title": _words(change.provision.title),
        "citation": change.provision.citation,
        "before": _saying(change.before),
        "after": _saying(change.after),
    }


def _saying(saying: Saying | None) -> dict[str, Any] | None:
    if saying is None:
        return None
    return {
        "lines": list(saying.lines),
        "says": _words(saying.says),
        "sources": list(saying.sources),
        "overlays": [_words(each) for each in saying.overlays],
        "confidence": saying.confidence,
    }


def _group(change: GroupChange) -> dict[str, Any]:
    added, removed = list(change.added), list(change.removed)
    return {"group": change.key, "title": _words(change.title), "added": added, "removed": removed}


def _flip(flip: Flip, found: Comparison, question: str, proved: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": flip.subject.key,
        "title": _words(found.titles[flip.subject.key]),
        "codes": list(flip.codes),
        "before": flip.before,
        "after": flip.after,
    }
    if proved:
        one, other = proofs_of(found, question, flip)
        told |= {"because_before": _because(one), "because_after": _because(other)}
    return told


def _because(found: Determination) -> list[dict[str, Any]]:
    return [
        {"title": _words(each.title), "citation": each.citation, "source": "; ".join(each.instruments)}
        for each in deciding(Answer.of(found))
    ]


def _listing(each: ListingFlip) -> dict[str, Any]:
    return {
        "question": each.after.question,
        "names": list(each.listing.names),
        "list": each.listing.list,
        "before": each.before.outcome,
        "after": each.after.outcome,
        "because_after": _because(each.after),
    }


# the gallery --------------------------------------------------------------------------------------


def gallery_json() -> dict[str, Any]:
    """The amendments of the gallery, in short."""
    return {"schema_version": SCHEMA_VERSION, "amendments": [_short(key) for key, _ in gallery()]}


def _short(key: str) -> dict[str, Any]:
    found = amendment_of(key)
    return {
        "amendment": found.key,
        "title": _words(found.title),
        "says": _words(found.says),
        "from": found.start.isoformat(),
        "to": found.stop.isoformat() if found.stop else None,
    }


def amendment_json(key: str) -> dict[str, Any]:
    """An amendment of the gallery with its text, to begin one's own from. Raises InputFaults for an unknown key."""
    texts = dict(gallery())
    if key not in texts:
        raise InputFaults([Fault("amendment", f"'{key:.60}' is not in the gallery", nearest(key, texts))])
    return {"schema_version": SCHEMA_VERSION, **_short(key), "text": texts[key]}
