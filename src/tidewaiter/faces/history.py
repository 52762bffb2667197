"""How an answer moves with the law: one stretch of days for each state in which the answer is the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tidewaiter.base.errors import Fault, QuestionFaults
from tidewaiter.determine.determination import Citation
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import Asked, answer
from tidewaiter.faces.composition import decider
from tidewaiter.faces.reasons import biting, bound_overlays

__all__ = ["SCHEMA_VERSION", "Stretch", "deciding", "stretches", "stretches_json"]

SCHEMA_VERSION = 1
"""Version of the JSON form of a timeline."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with the same answer, both ends included. `changed_by` are the instruments that began it."""

    first: dt.date
    last: dt.date
    answer: Answer
    deciding: tuple[Citation, ...]
    changed_by: tuple[str, ...]


def stretches(asked: Asked, first: dt.date | None = None, last: dt.date | None = None) -> tuple[Stretch, ...]:
    """The answers to a question from day to day; equal neighbours are one. Raises QuestionFaults."""
    spec = decider().specification(asked.question)
    first, last = first or spec.begins, last or spec.checked_through
    if not spec.begins <= first <= last:
        what = f"{first} to {last} is no stretch of days after {spec.begins}"
        raise QuestionFaults([Fault("--from-date", what, "put the earlier day first")])
    return tuple(_merged(_states(asked, first, last), last))


def _states(asked: Asked, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, Answer]]:
    for day in (first, *(each for each in decider().snapshots.dates if first < each <= last)):
        yield day, answer(replace(asked, on=day))


def _merged(states: Iterator[tuple[dt.date, Answer]], last: dt.date) -> Iterator[Stretch]:
    held: list[tuple[dt.date, Answer]] = []
    for day, found in states:
        if not held or _signature(found) != _signature(held[-1][1]):
            held.append((day, found))
    ends = [day - dt.timedelta(days=1) for day, _ in held[1:]] + [last]
    for (day, found), end in zip(held, ends, strict=True):
        yield Stretch(day, end, found, deciding(found), _changed(found, day))


def _signature(found: Answer) -> tuple[Any, ...]:
    layers = tuple((each.layer, each.outcome) for each in found.layers)
    return (*layers, tuple(each.term for each in deciding(found)))


def deciding(found: Answer) -> tuple[Citation, ...]:
    """What decides the headline: the requirements that bite, or else the overlays that lift them, or the class."""
    layer = found.layer(found.headline)
    requirements = [each.citation for each in biting(layer) if each.citation]
    overlays = [each for finding in found.layers for each in _turning(found, finding.layer)]
    if requirements or overlays:
        return (*overlays, *requirements)
    return tuple(each.citation for each in layer.classification[:1] if each.citation)


def _turning(found: Answer, layer: str) -> tuple[Citation, ...]:
    keys = [each.layer for each in found.layers]
    index = keys.index(layer)
    if (
        index == 0
        or keys.index(found.headline) < index
        or found.layers[index - 1].outcome == found.layers[index].outcome
    ):
        return ()
    return bound_overlays(found, layer)


def _changed(found: Answer, day: dt.date) -> tuple[str, ...]:
    """The instruments of what the answer rests on and that began on the day."""
    begun = [
        each for each in (*found.sources, *(o for layer in found.layers for o in layer.overlays)) if each.since == day
    ]
    return tuple(dict.fromkeys(key for each in begun for key in each.instruments))


def stretches_json(asked: Asked, found: tuple[Stretch, ...]) -> dict[str, Any]:
    """The timeline as plain data."""
    from tidewaiter.determine.rendering import plain

    return {
        "schema_version": SCHEMA_VERSION,
        "question": asked.question,
        "item": dict(found[0].answer.item),
        "options": plain(asked.options),
        "profile": asked.profile or "",
        "law_digest": found[0].answer.law_digest,
        "stretches": [
            {
                "from": each.first.isoformat(),
                "to": each.last.isoformat(),
                "outcome": each.answer.outcome,
                "headline": each.answer.headline,
                "layers": {layer.layer: layer.outcome for layer in each.answer.layers},
                "deciding": [plain(citation) for citation in each.deciding],
                "changed_by": list(each.changed_by),
            }
            for each in found
        ],
    }
