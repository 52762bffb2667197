"""A person's decision on a possible match: what it was about, and whether it still holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from tidewaiter.base.errors import Fault

__all__ = ["MAX_TEXT", "VERDICTS", "Disposition", "Standing", "Subject", "Verdict", "disposition_of"]

Verdict = Literal["cleared", "confirmed", "reopened"]
"""Another party than the listed one; the listed one itself; open again, as if never decided."""
VERDICTS: tuple[str, ...] = get_args(Verdict)
MAX_TEXT = 2000
"""Longest reason, name or fact of a decision, in characters."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who was screened: the normal form of the name, the name as typed, and the facts that told the party apart.

    `facts` are pairs such as ("country", "CN"), sorted, without empty ones: two subjects of one name with other facts
    are not the same.
    """

    name: str
    asked: str
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, name: str, asked: str, **facts: str) -> Subject:
        """A subject with its facts in order, empty ones left out."""
        return cls(name, asked, tuple(sorted((key, value) for key, value in facts.items() if value)))


@dataclass(frozen=True, slots=True)
class Disposition:
    """One decision. `entry` is the key of the list entry, `digest` its content then, `caption` its name then."""

    verdict: Verdict
    reason: str
    by: str
    at: dt.datetime
    subject: Subject
    entry: str
    digest: str
    caption: str = ""

    def faults(self) -> list[Fault]:
        """What keeps it from being recorded: a decision has a reason and a person."""
        named = (("verdict", self.verdict), ("reason", self.reason), ("by", self.by), ("entry", self.entry))
        found = [
            Fault(key, "is empty", "a decision has a reason and a person") for key, text in named if not text.strip()
        ]
        texts = (*named, ("name", self.subject.asked), *self.subject.facts)
        found += [
            Fault(key, f"{len(text)} characters", f"at most {MAX_TEXT}") for key, text in texts if len(text) > MAX_TEXT
        ]
        if self.verdict not in VERDICTS:
            found.append(Fault("verdict", f"'{self.verdict:.40}' is no verdict", f"one of {', '.join(VERDICTS)}"))
        return found

    def to_json(self) -> dict[str, Any]:
        """Plain data, as it is stored."""
        return {
            "verdict": self.verdict,
            "reason": self.reason,
            "by": self.by,
            "at": self.at.isoformat(timespec="seconds"),
            "name": self.subject.name,
            "asked": self.subject.asked,
            "facts": dict(self.subject.facts),
            "entry": self.entry,
            "digest": self.digest,
            "caption": self.caption,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest decision on a possible match, and what changed since: "entry", or the facts of the subject."""

    disposition: Disposition
    changed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the decision applies: nothing changed since it was taken."""
        return not self.changed


def disposition_of(data: Any) -> Disposition | None:
    """A decision from stored data; None for what is none."""
    if not isinstance(data, Mapping) or not isinstance(data.get("facts"), Mapping):
        return None
    keys = ("verdict", "reason", "by", "at", "name", "asked", "entry", "digest", "caption")
    texts = {key: data.get(key) for key in keys}
    if not all(isinstance(text, str) for text in texts.values()) or texts["verdict"] not in VERDICTS:
        return None
    try:
        at = dt.datetime.fromisoformat(data["at"])
    except ValueError:
        return None
    subject = Subject.of(data["name"], data["asked"], **{str(key): str(value) for key, value in data["facts"].items()})
    return Disposition(
        data["verdict"], data["reason"], data["by"], at, subject, data["entry"], data["digest"], data["caption"]
    )
