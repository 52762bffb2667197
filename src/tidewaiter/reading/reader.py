"""Reading one article: from bytes or text to title, date, passages and mentions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from tidewaiter.base.wording import Wording, wording
from tidewaiter.reading.article import Article, split_article
from tidewaiter.reading.dating import Dating, date_article
from tidewaiter.reading.gazetteer import Gazetteer
from tidewaiter.reading.language import LanguageFinding, detect_language
from tidewaiter.reading.mentions import Mention, find_mentions, matcher_for
from tidewaiter.reading.passages import passages_of, value_mentions
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.source import Source, load_source

__all__ = ["SCHEMA_VERSION", "Reading", "read"]

SCHEMA_VERSION = 1
"""Version of the JSON form of a reading."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in an article. All offsets count characters of `source.text`."""

    source: Source
    article: Article
    language: LanguageFinding
    dating: Dating
    mentions: tuple[Mention, ...]
    notes: tuple[Wording, ...] = ()

    @property
    def title(self) -> str | None:
        """The title as printed."""
        return self.article.title

    @property
    def text(self) -> str:
        """The article's lines, without title, menus and the rest of the page."""
        return self.article.text

    def keys(self, kind: str) -> tuple[str, ...]:
        """The keys mentioned of a kind (chip, company …), in order of their first mention."""
        return tuple(dict.fromkeys(mention.key for mention in self.mentions if mention.kind == kind))

    def to_json(self) -> dict[str, object]:
        """A JSON-able form with `schema_version`; dropped lines carry their reason, not their text."""
        return {
            "schema_version": SCHEMA_VERSION,
            "source": self.source.to_json(),
            "title": self.title,
            **self.language.to_json(),
            "date": self.dating.to_json(),
            "lines": [{"span": [line.start, line.end], "text": line.text} for line in self.article.lines],
            "dropped": [
                {
                    "span": [each.line.start, each.line.end],
                    "place": each.place,
                    "reason": {"en": each.reason.en, "zh": each.reason.zh},
                }
                for each in self.article.dropped
            ],
            "mentions": [mention.to_json() for mention in self.mentions],
            "notes": [{"en": note.en, "zh": note.zh} for note in self.notes],
        }


def read(
    data: bytes | str,
    *,
    gazetteer: Gazetteer | None = None,
    published: dt.date | None = None,
    name: str | None = None,
    encoding: str | None = None,
) -> Reading:
    """Read an article from a page (HTML, Markdown, plain text) or a PDF.

    `gazetteer` brings names beyond the built-in companies, agencies and instruments, chips above all; `published`
    overrides every other evidence of the date; `name` is a file name or address for messages and to tell HTML;
    `encoding` is one that a header declared. Raises InputFaults (binary, empty, no known encoding, no date) and
    LimitExceeded (size, nesting, time).
    """
    source = load_source(data, name=name, encoding=encoding)
    article = split_article(source)
    language = detect_language(f"{article.title or ''}\n{article.text}")
    dating = date_article(article, source, published)
    names = find_mentions(article.passages, matcher_for(gazetteer))
    base = dating.interval if dating.interval.closed else None
    values = value_mentions(passages_of(article.passages, names, base))
    mentions = tuple(sorted((*names, *values), key=lambda mention: mention.start))
    return Reading(source, article, language, dating, mentions, tuple(_notes(article, language, dating)))


def _notes(article: Article, language: LanguageFinding, dating: Dating) -> Iterator[Wording]:
    """The remarks of data/notes.yaml that apply."""
    against = [each.surface for each in dating.evidence if not each.used]
    applies = {
        "converted": language.script == "converted",
        "language_unknown": language.language == "unknown",
        "not_recognized": not article.recognized,
        "no_title": article.title is None,
        "date_open": not dating.determined,
        "contradicted": bool(against),
    }
    for key, holds in applies.items():
        if holds:
            note = wording(read_data("notes")[key])
            fields = {"count": len(against), "pieces": "; ".join(against[:3])}
            yield Wording(note.en.format(**fields), note.zh.format(**fields))
