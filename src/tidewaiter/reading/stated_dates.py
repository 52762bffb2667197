"""Dates that are stated for an article: by the caller, the page's metadata, a dateline, or its surroundings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.wording import Wording
from tidewaiter.reading.article import Article
from tidewaiter.reading.date_evidence import DateEvidence
from tidewaiter.reading.dates import DatePhrase, find_dates
from tidewaiter.reading.interval import DateInterval, one_day
from tidewaiter.reading.lines import Line
from tidewaiter.reading.source import Source, StatedDate

__all__ = ["dateline", "given", "metadata", "modified", "saved"]

_CHINESE_MARKS = ("电", "讯", "訊", "電", "消息", "报道", "報道", ")", "）", "】")
_ENGLISH_MARKS = ("(", "—", "–", "-")
_PLACE = re.compile(r"(?:[A-Z][A-Za-z.]*[ ,]{0,2}){1,5}")


def given(published: dt.date | None) -> list[DateEvidence]:
    """The date the caller gives. Raises InputFaults when it is no date."""
    if published is None:
        return []
    if not isinstance(published, dt.date):
        raise InputFaults([Fault("published", f"{published!r} is no date", "give a datetime.date")])
    day = published.date() if isinstance(published, dt.datetime) else published
    why = Wording("given by the caller", "由用户给出")
    return [DateEvidence("given", one_day(day), day.isoformat(), why, "high")]


def metadata(source: Source) -> list[DateEvidence]:
    """Dates of publication of the page's metadata, in the order of the page."""
    return [each for stated in source.published[:10] for each in _stated(stated, "metadata", "high")]


def _stated(stated: StatedDate, kind: str, confidence: str) -> Iterator[DateEvidence]:
    for phrase in find_dates(stated.text.replace("T", " ", 1)[:40]):
        if phrase.interval and phrase.kind == "absolute" and phrase.interval.days == 1:
            why = Wording(f"the page's mark-up ({stated.origin})", f"网页标记（{stated.origin}）")
            yield DateEvidence(kind, phrase.interval, stated.text, why, confidence)
            return


def modified(source: Source) -> list[DateEvidence]:
    """A date of change bounds the article from above only."""
    found = [each for stated in source.modified[:10] for each in _stated(stated, "saved", "medium")]
    return [replace(each, bounds=DateInterval(None, each.bounds.latest)) for each in found]


def dateline(article: Article, source: Source, base: DateInterval) -> list[DateEvidence]:
    """A date in the lines just above the body, at its very beginning, or alone on the line after it.

    `base` is what is known of the date, for datelines without a year.
    """
    first, last = _head(article)
    times = [stated for stated in source.times if stated.line is not None and first <= stated.line <= last]
    result = [each for stated in times[:3] for each in _stated(stated, "dateline", "medium")]
    for line, phrase in [*_around_title(article), *_opening(article), *_closing(article)]:
        days = phrase.interval or (phrase.within(base) if phrase.kind == "partial" else None)
        if days and days.days == 1:
            why = Wording("a dateline", "文首或文末日期")
            span = (line.start + phrase.start, line.start + phrase.end)
            result.append(DateEvidence("dateline", days, phrase.surface, why, "medium", *span))
    return result


def _head(article: Article) -> tuple[int, int]:
    """Numbers of the first and last line in which a dateline above the body may stand."""
    body = article.lines[0].number if article.lines else 0
    top = article.title_line.number if article.title_line else body
    return max(0, top - 2), body


def _around_title(article: Article) -> Iterator[tuple[Line, DatePhrase]]:
    """Dropped lines between the title and the body, or next above the title."""
    first, body = _head(article)
    for dropped in article.dropped:
        if dropped.place == "before" and first <= dropped.line.number < body:
            yield from ((dropped.line, phrase) for phrase in find_dates(dropped.line.text) if phrase.kind == "absolute")


def _opening(article: Article) -> Iterator[tuple[Line, DatePhrase]]:
    """新华社北京1月28日电; WASHINGTON, Jan. 28 (…): within the first characters of the body."""
    for line in article.lines[:1]:
        for phrase in find_dates(line.text[:48])[:1]:
            before, after = line.text[: phrase.start], line.text[phrase.end : phrase.end + 14].lstrip()
            chinese = len(before) <= 14 and after.startswith(_CHINESE_MARKS)
            english = _PLACE.fullmatch(before) and after.startswith(_ENGLISH_MARKS)
            if phrase.kind != "relative" and (chinese or english):
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


def saved(article: Article, source: Source) -> list[DateEvidence]:
    """The newest timestamp of the rest of the page: about when it was saved, when the article stood there."""
    stamps = [each for each in _stamps(article, source) if each.bounds.latest]
    newest = max(stamps, key=lambda each: str(each.bounds.latest), default=None)
    why = Wording(
        "newest timestamp of other items on the page: about when it was saved, not when the article was written",
        "页面其他内容的最新时间戳：大致说明网页保存时间，不是文章日期",
    )
    return [replace(newest, bounds=DateInterval(None, newest.bounds.latest), why=why)] if newest else []


def _stamps(article: Article, source: Source) -> Iterator[DateEvidence]:
    for dropped in article.dropped:
        line = dropped.line
        for phrase in find_dates(line.text[:200]):
            if phrase.kind == "absolute" and phrase.interval and phrase.interval.days == 1:
                span = (line.start + phrase.start, line.start + phrase.end)
                yield DateEvidence("saved", phrase.interval, phrase.surface, dropped.reason, "low", *span)
    for stated in source.times:
        yield from _stated(stated, "saved", "low")
