"""What a check of a claim found: a status, why, on what evidence, and what came later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tidewaiter.base.wording import Wording, wording
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.events import Event
from tidewaiter.reading.resources import read_data

__all__ = ["CONFIDENCES", "Checked", "Evidence", "Finding", "event_evidence", "said", "weakest"]

CONFIDENCES = ("low", "medium", "high")
"""From the weakest to the strongest."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a check rests on: what it says, where it was read, how surely, and since when it is so."""

    says: Wording
    source: str = ""
    confidence: str = "medium"
    day: dt.date | None = None
    event: str = ""

    def to_json(self) -> dict[str, Any]:
        """All fields."""
        return {
            "says": {"en": self.says.en, "zh": self.says.zh},
            "source": self.source,
            "confidence": self.confidence,
            "day": self.day.isoformat() if self.day else None,
            "event": self.event,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check.

    `status` is one of the statuses of data/claims.yaml; `why` says it in a sentence or two; `evidence` held on the
    article's day, `later` came after it; `arithmetic` shows the figures; `amendment` is a ready text in the language
    of the law; `command` repeats what the check rests on.
    """

    status: str
    why: Wording
    evidence: tuple[Evidence, ...] = ()
    later: tuple[Evidence, ...] = ()
    arithmetic: tuple[Wording, ...] = ()
    confidence: str = "medium"
    amendment: str = ""
    command: str = ""

    def to_json(self) -> dict[str, Any]:
        """All fields; the status with its titles."""
        title = wording(read_data("claims")["statuses"][self.status])
        return {
            "status": self.status,
            "title": {"en": title.en, "zh": title.zh},
            "why": {"en": self.why.en, "zh": self.why.zh},
            "confidence": self.confidence,
            "evidence": [each.to_json() for each in self.evidence],
            "later": [each.to_json() for each in self.later],
            "arithmetic": [{"en": each.en, "zh": each.zh} for each in self.arithmetic],
            "amendment": self.amendment,
            "command": self.command,
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with what its check found."""

    claim: Claim
    finding: Finding
    surfaces: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The claim and the finding."""
        return {"claim": self.claim.to_json(), "finding": self.finding.to_json()}


def said(key: str, **fields: object) -> Wording:
    """A sentence of data/sentences.yaml with its blanks filled; a Wording fills both languages."""
    text = wording(read_data("sentences")[key])
    halves = [{name: _half(value, i) for name, value in fields.items()} for i in range(2)]
    return Wording(text.en.format(**halves[0]), text.zh.format(**halves[1]))


def _half(value: object, index: int) -> object:
    return (value.en, value.zh or value.en)[index] if isinstance(value, Wording) else value


def event_evidence(event: Event) -> Evidence:
    """An event as evidence."""
    who = Wording(f" ({event.who})" if event.who else "", f"（{event.who}）" if event.who else "")
    title = Wording(event.title.en + who.en, event.title.zh + who.zh)
    return Evidence(title, event.source, event.confidence, event.days.earliest, event.key)


def weakest(confidences: Iterable[str], otherwise: str = "medium") -> str:
    """The weakest of several confidences."""
    return min(confidences, key=CONFIDENCES.index, default=otherwise)
