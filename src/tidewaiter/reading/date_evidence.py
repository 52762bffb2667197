"""One piece of evidence for the date of an article."""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.base.wording import Wording
from tidewaiter.reading.interval import DateInterval

__all__ = ["DateEvidence"]


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """One reason for the date: its kind, the bounds it sets, where it stands, and what it rests on.

    `kind`: given, metadata, dateline, relative (a relative date beside an event), past_event, ahead_event,
    date_ahead, date_past, saved (the page's newest timestamp). `start`, `end` are offsets in the source's text,
    None where it stands in metadata. `used` is false for evidence that contradicts stronger evidence.
    """

    kind: str
    bounds: DateInterval
    surface: str
    why: Wording
    confidence: str
    start: int | None = None
    end: int | None = None
    event: str | None = None
    source: str | None = None
    used: bool = True

    def to_json(self) -> dict[str, object]:
        """All fields, dates as ISO text."""
        return {
            "kind": self.kind,
            "bounds": self.bounds.to_json(),
            "surface": self.surface,
            "why": {"en": self.why.en, "zh": self.why.zh},
            "confidence": self.confidence,
            "span": None if self.start is None else [self.start, self.end],
            "event": self.event,
            "source": self.source,
            "used": self.used,
        }
