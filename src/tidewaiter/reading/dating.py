"""The day an article was written, as an interval with its evidence.

In order of strength: what the caller gives, the page's metadata, a dateline, the article's own content. Content
dates an article by events of known days: one spoken of as past bounds it from below; one spoken of as to come, or a
date that lies ahead, from above; a relative date beside an event (今天, 去年12月) from both sides. Timestamps of
other items on the page say only when the page was saved. Without evidence the date stays undetermined.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.wording import Wording
from tidewaiter.reading.article import Article
from tidewaiter.reading.dates import DatePhrase, find_dates
from tidewaiter.reading.events import Spoken, has_word, spoken_of
from tidewaiter.reading.folding import Folded, fold
from tidewaiter.reading.interval import DateInterval, one_day
from tidewaiter.reading.lines import Line
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import clause_around
from tidewaiter.reading.source import Source, StatedDate

__all__ = ["DateEvidence", "Dating", "date_article"]

_DATELINE_MARKS = ("电", "讯", "訊", "電", "消息", "报道", "報道", ")", "）", "(", "（", "—", "–", "-", "】")
_MOST_CHARACTERS = 300_000
_WINDOW_BEFORE, _WINDOW_AFTER = 40, 800


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
    content = tuple(_content(article))
    saved = tuple(_saved(article))
    for basis, stated in (
        ("given", _given(published)),
        ("metadata", _metadata(source)),
        ("dateline", _dateline(article, content)),
    ):
        if stated:
            weighed = _weigh([*stated[:1], *content, *saved], DateInterval())[1]
            return Dating(basis, stated[0].bounds, (*weighed, *stated[1:]), _settle(stated[0].bounds, stated=True))
    return _by_content(content, [*_modified(source), *saved])


def _by_content(content: Sequence[DateEvidence], above: Sequence[DateEvidence]) -> Dating:
    interval, weighed = _weigh([*content, *above], DateInterval())
    grounded = any(each.used and each.kind not in ("saved", "date_past") for each in weighed)
    basis = "content" if grounded else "undetermined"
    return Dating(basis, interval, tuple(weighed), _settle(interval, stated=False))


def _weigh(evidence: Iterable[DateEvidence], interval: DateInterval) -> tuple[DateInterval, tuple[DateEvidence, ...]]:
    """Narrow by each piece in order of strength; what contradicts the stronger is marked as not used."""
    order = [
        "given",
        "metadata",
        "dateline",
        "past_event",
        "relative",
        "saved",
        "ahead_event",
        "date_ahead",
        "date_past",
    ]
    weighed = []
    for each in sorted(evidence, key=lambda e: order.index(e.kind)):
        narrowed = interval.meet(each.bounds)
        interval = narrowed or interval
        weighed.append(each if narrowed else _unused(each))
    return interval, tuple(weighed)


def _unused(each: DateEvidence) -> DateEvidence:
    where = (each.start, each.end, each.event, each.source)
    return DateEvidence(each.kind, each.bounds, each.surface, each.why, each.confidence, *where, used=False)


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


# -- stated dates ------------------------------------------------------------------------------------------------------


def _given(published: dt.date | None) -> list[DateEvidence]:
    if published is None:
        return []
    if not isinstance(published, dt.date):
        raise InputFaults([Fault("published", f"{published!r} is no date", "give a datetime.date")])
    day = published.date() if isinstance(published, dt.datetime) else published
    why = Wording("given by the caller", "由用户给出")
    return [DateEvidence("given", one_day(day), day.isoformat(), why, "high")]


def _metadata(source: Source) -> list[DateEvidence]:
    """Dates of the page's metadata, publication tags before <time> elements."""
    ordered = sorted(source.published, key=lambda stated: stated.origin == "time")
    return [each for stated in ordered[:10] for each in _stated(stated)]


def _stated(stated: StatedDate) -> Iterator[DateEvidence]:
    for phrase in find_dates(stated.text.replace("T", " ", 1)[:40]):
        if phrase.interval and phrase.kind == "absolute" and phrase.interval.days == 1:
            why = Wording(f"the page's metadata ({stated.origin})", f"网页元数据（{stated.origin}）")
            confidence = "medium" if stated.origin == "time" else "high"
            yield DateEvidence("metadata", phrase.interval, stated.text, why, confidence)
            return


def _modified(source: Source) -> list[DateEvidence]:
    """A date of change bounds the article from above only."""
    found = [each for stated in source.modified[:10] for each in _stated(stated)]
    why = Wording("the page was changed on that day", "网页在该日修改")
    return [
        DateEvidence("saved", DateInterval(None, each.bounds.latest), each.surface, why, "medium") for each in found
    ]


def _dateline(article: Article, content: Sequence[DateEvidence]) -> list[DateEvidence]:
    """A date in the lines just above the body, at its very beginning, or alone on the line after it."""
    found = [*_around_title(article), *_opening(article), *_closing(article)]
    base = _weigh([e for e in content if e.kind in ("past_event", "relative")], DateInterval())[0]
    result = []
    for line, phrase in found:
        days = phrase.interval or (phrase.within(base) if phrase.kind == "partial" else None)
        if days and days.days == 1:
            why = Wording("a dateline", "文首或文末日期")
            span = (line.start + phrase.start, line.start + phrase.end)
            result.append(DateEvidence("dateline", days, phrase.surface, why, "medium", *span))
    return result


def _around_title(article: Article) -> Iterator[tuple[Line, DatePhrase]]:
    """Dropped lines between the title and the body, or next above the title."""
    if not article.lines:
        return
    body = article.lines[0].number
    top = article.title_line.number if article.title_line else body
    for dropped in article.dropped:
        if dropped.place == "before" and top - 2 <= dropped.line.number < body:
            yield from ((dropped.line, phrase) for phrase in find_dates(dropped.line.text) if phrase.kind == "absolute")


def _opening(article: Article) -> Iterator[tuple[Line, DatePhrase]]:
    """新华社北京1月28日电; WASHINGTON, Jan. 28 (…): within the first characters of the body."""
    for line in article.lines[:1]:
        head = line.text[:48]
        for phrase in find_dates(head)[:1]:
            after = line.text[phrase.end : phrase.end + 14].lstrip()
            if phrase.kind != "relative" and after.startswith(_DATELINE_MARKS):
                yield line, phrase


def _closing(article: Article) -> Iterator[tuple[Line, DatePhrase]]:
    """A line right after the body that is a date without a time."""
    last = article.lines[-1].number if article.lines else -1
    for dropped in article.dropped:
        if dropped.line.number == last + 1:
            for phrase in find_dates(dropped.line.text):
                if (
                    phrase.kind == "absolute"
                    and len(dropped.line.text) - len(phrase.surface) <= 4
                    and ":" not in phrase.surface
                ):
                    yield dropped.line, phrase


def _saved(article: Article) -> Iterator[DateEvidence]:
    """The newest timestamp of the rest of the page: the page was saved then or later, the article stood there."""
    stamps = [
        (phrase.interval.latest, dropped.line, phrase)
        for dropped in article.dropped
        for phrase in find_dates(dropped.line.text[:200])
        if phrase.kind == "absolute" and phrase.interval and phrase.interval.latest and phrase.interval.days == 1
    ]
    if stamps:
        latest, line, phrase = max(stamps, key=lambda stamp: (stamp[0], -stamp[1].number))
        why = Wording(
            "newest timestamp of other items on the page: when it was saved, not when the article was written",
            "页面其他内容的最新时间戳：只说明网页保存时间，不是文章日期",
        )
        span = (line.start + phrase.start, line.start + phrase.end)
        yield DateEvidence("saved", DateInterval(None, latest), phrase.surface, why, "medium", *span)


# -- content -----------------------------------------------------------------------------------------------------------


def _content(article: Article) -> Iterator[DateEvidence]:
    for line in article.passages:
        if line.start > _MOST_CHARACTERS:
            return
        folded = fold(line.text[:_MOST_CHARACTERS])
        phrases = find_dates(folded.text)
        for spoken in spoken_of(folded.text):
            yield from _from_event(line, folded, spoken, phrases)
        yield from _from_dates(line, folded, phrases)


def _from_event(line: Line, folded: Folded, spoken: Spoken, phrases: Sequence[DatePhrase]) -> Iterator[DateEvidence]:
    event, title = spoken.event, spoken.event.title
    span = folded.span(spoken.span.start, spoken.span.end)
    where = (line.start + span[0], line.start + span[1], event.key, event.source)
    surface = line.text[span[0] : span[1]]
    if spoken.tense == "ahead":
        why = Wording(f"speaks of it as yet to come: {title.en}", f"文中视为尚未发生：{title.zh}")
        yield DateEvidence("ahead_event", DateInterval(None, event.days.latest), surface, why, "medium", *where)
        return
    why = Wording(f"speaks of it as past: {title.en}", f"文中视为已经发生：{title.zh}")
    yield DateEvidence("past_event", DateInterval(event.days.earliest), surface, why, event.confidence, *where)
    for phrase in phrases:
        if phrase.kind != "absolute" and _attached(phrase, spoken):
            yield from _relative(line, folded, spoken, phrase)


def _attached(phrase: DatePhrase, spoken: Spoken) -> bool:
    """Whether a phrase stands in the sentence, within or near the words that name the event."""
    if not spoken.sentence.start <= phrase.start < spoken.sentence.end:
        return False
    gap = max(phrase.start - spoken.span.end, spoken.span.start - phrase.end, 0)
    return gap <= int(read_data("events")["attach"])


def _relative(line: Line, folded: Folded, spoken: Spoken, phrase: DatePhrase) -> Iterator[DateEvidence]:
    """The days on which the phrase, if written then, would mean the event's days."""
    event = spoken.event
    if event.days.earliest is None or event.days.latest is None:
        return
    slack = dt.timedelta(days=int(read_data("events")["zone_days"]))
    meant = DateInterval(event.days.earliest, event.days.latest + slack)
    first = event.days.earliest - dt.timedelta(days=_WINDOW_BEFORE)
    possible = (first + dt.timedelta(days=i) for i in range(_WINDOW_BEFORE + _WINDOW_AFTER))
    days = [day for day in possible if _means(phrase, day, meant) and day >= event.days.earliest]
    if days and days[-1] < first + dt.timedelta(days=_WINDOW_BEFORE + _WINDOW_AFTER - 1):
        span = folded.span(phrase.start, phrase.end)
        why = Wording(f"said of: {event.title.en}", f"所指事件：{event.title.zh}")
        confidence = "medium" if phrase.vague else event.confidence
        where = (line.start + span[0], line.start + span[1], event.key, event.source)
        surface = line.text[span[0] : span[1]]
        yield DateEvidence("relative", DateInterval(days[0], days[-1]), surface, why, confidence, *where)


def _means(phrase: DatePhrase, day: dt.date, meant: DateInterval) -> bool:
    interval = phrase.on(day)
    return interval is not None and interval.meet(meant) is not None


def _from_dates(line: Line, folded: Folded, phrases: Sequence[DatePhrase]) -> Iterator[DateEvidence]:
    """Whole dates of the text that their clause puts ahead of the article or behind it."""
    for phrase in phrases:
        if phrase.kind != "absolute" or not phrase.interval or (phrase.interval.days or 400) > 31:
            continue
        clause = clause_around(folded.text, phrase.start, phrase.end)
        words = folded.text[clause.start : clause.end]
        ahead = has_word(words, "future")
        span = folded.span(phrase.start, phrase.end)
        where = (line.start + span[0], line.start + span[1])
        if ahead:
            why = Wording("a date the article speaks of as ahead", "文中视为将来的日期")
            yield DateEvidence(
                "date_ahead", DateInterval(None, phrase.interval.latest), phrase.surface, why, "low", *where
            )
        elif has_word(words, "done"):
            why = Wording("a date the article speaks of as past", "文中视为过去的日期")
            yield DateEvidence("date_past", DateInterval(phrase.interval.earliest), phrase.surface, why, "low", *where)
