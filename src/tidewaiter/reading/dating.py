"""The day an article was written, as an interval with its evidence.

In order of strength: what the caller gives, the page's metadata, a dateline, the article's own content. Content
dates an article by events of known days: one spoken of as past bounds it from below; one spoken of as to come, or a
date that lies ahead, from above; a relative date beside an event (今天, 去年12月) from both sides. Timestamps of
other items on the page say only when the page was saved. Without evidence the date stays undetermined.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tidewaiter.base.wording import Wording
from tidewaiter.reading import stated_dates
from tidewaiter.reading.article import Article
from tidewaiter.reading.content_dates import content_evidence
from tidewaiter.reading.date_evidence import DateEvidence
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.source import Source

__all__ = ["Dating", "date_article"]

_ORDER = ("given", "metadata", "dateline", "past_event", "relative", "saved", "ahead_event", "date_ahead", "date_past")


@dataclass(frozen=True, slots=True)
class Dating:
    """When an article was written.

    `basis`: given, metadata, dateline, content or undetermined. `interval` may be open at an end (then the date is
    not determined, only bounded). `settle` says what would narrow it.
    """

    basis: str
    interval: DateInterval
    evidence: tuple[DateEvidence, ...] = ()
    settle: tuple[Wording, ...] = ()

    @property
    def determined(self) -> bool:
        """Whether both ends are known."""
        return self.basis != "undetermined" and self.interval.closed

    def to_json(self) -> dict[str, object]:
        """Basis, interval, evidence and what would settle it."""
        return {
            "basis": self.basis,
            "determined": self.determined,
            "interval": self.interval.to_json(),
            "evidence": [each.to_json() for each in self.evidence],
            "settle": [{"en": each.en, "zh": each.zh} for each in self.settle],
        }


def date_article(article: Article, source: Source, published: dt.date | None = None) -> Dating:
    """Date an article; `published` overrides all, and evidence against it is still listed.

    Raises InputFaults when `published` is no date.
    """
    content = tuple(content_evidence(article))
    saved = tuple(stated_dates.saved(article, source))
    known = _weigh([each for each in content if each.kind in ("past_event", "relative")])[0]
    for basis, stated in (
        ("given", stated_dates.given(published)),
        ("metadata", stated_dates.metadata(source)),
        ("dateline", stated_dates.dateline(article, source, known)),
    ):
        if stated:
            weighed = _weigh([*stated[:1], *content, *saved])[1]
            return Dating(basis, stated[0].bounds, (*weighed, *stated[1:]), _settle(stated[0].bounds, stated=True))
    return _by_content(content, [*stated_dates.modified(source), *saved])


def _by_content(content: Sequence[DateEvidence], above: Sequence[DateEvidence]) -> Dating:
    interval, weighed = _weigh([*content, *above])
    grounded = any(each.used and each.kind not in ("saved", "date_past") for each in weighed)
    basis = "content" if grounded else "undetermined"
    return Dating(basis, interval, tuple(weighed), _settle(interval, stated=False))


def _weigh(evidence: Iterable[DateEvidence]) -> tuple[DateInterval, tuple[DateEvidence, ...]]:
    """Narrow by each piece in order of strength; what contradicts the stronger is marked as not used."""
    interval = DateInterval()
    weighed = []
    for each in sorted(evidence, key=lambda e: _ORDER.index(e.kind)):
        narrowed = interval.meet(each.bounds)
        interval = narrowed or interval
        weighed.append(each if narrowed else replace(each, used=False))
    return interval, tuple(weighed)


def _settle(interval: DateInterval, *, stated: bool) -> tuple[Wording, ...]:
    if stated or interval.days == 1:
        return ()
    return (
        Wording(
            "the date of publication, if you know it: --published YYYY-MM-DD",
            "如知道发布日期，请用 --published YYYY-MM-DD 给出",
        ),
        Wording("the page as HTML with its metadata", "带元数据的 HTML 原页"),
    )
