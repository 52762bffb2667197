"""Evidence for the date of an article in what it says: of known events, and of whole dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice

from tidewaiter.base.wording import Wording
from tidewaiter.reading.article import Article
from tidewaiter.reading.date_evidence import DateEvidence
from tidewaiter.reading.dates import DatePhrase, find_dates
from tidewaiter.reading.events import Spoken, has_word, spoken_of
from tidewaiter.reading.folding import Folded, fold
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.lines import Line
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import clause_around

__all__ = ["content_evidence"]

_MOST_CHARACTERS = 100_000
_MOST_EVIDENCE = 300
_WINDOW_BEFORE, _WINDOW_AFTER = 40, 800


def content_evidence(article: Article) -> Iterator[DateEvidence]:
    """What an article says of events and dates that bounds the day it was written; at most 300 pieces."""
    return islice(_evidence(article), _MOST_EVIDENCE)


def _evidence(article: Article) -> Iterator[DateEvidence]:
    for line in article.passages:
        if line.start > _MOST_CHARACTERS:
            return
        folded = fold(line.text[:_MOST_CHARACTERS])
        phrases = find_dates(folded.text)
        all_spoken = list(spoken_of(folded.text))
        for spoken in all_spoken:
            yield from _from_event(line, folded, spoken, () if _is_inner(spoken, all_spoken) else phrases)
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


def _is_inner(spoken: Spoken, others: Sequence[Spoken]) -> bool:
    """Whether the words lie within those of another event (the rule, within its rescission): dates are the other's."""
    return any(
        other.span != spoken.span and other.span.start <= spoken.span.start and spoken.span.end <= other.span.end
        for other in others
        if other.sentence == spoken.sentence
    )


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
