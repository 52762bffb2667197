"""HTML to lines of text, with titles and dates of the page's metadata, by the standard library's parser.

The work is linear in the size of the page: what html.parser handles slowly (scripts, comments, data URIs,
constructs left open) is cut out or refused before.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser

from tidewaiter.base.errors import LimitExceeded
from tidewaiter.reading.resources import read_data

__all__ = ["MAX_DEPTH", "MAX_SECONDS", "Page", "looks_like_html", "parse_html"]

MAX_DEPTH = 1000
"""Deepest nesting of elements that is read."""
MAX_SECONDS = 20.0
"""Longest time spent on one page, in seconds."""

_CHUNK = 16_384
_PENDING = 262_144
_MAX_META = 200
_OPENING = re.compile(r"<(?:(script|style|template|noscript|svg|iframe|object)(?=[\s/>])|(!--))", re.I)
_DATA_URI = re.compile(r"data:[\w/+.;=-]{0,80}base64,[A-Za-z0-9+/=%]+")
_TAG = re.compile(r"</?(?:p|div|br|span|a|html|body|head|meta|article|section|h[1-6]|li|ul|td|title)\b[^<>]*>", re.I)


@cache
def _names(group: str) -> frozenset[str]:
    """A list of names of data/markup.yaml."""
    return frozenset(read_data("markup")[group].split())


@cache
def _implied_ends(tag: str) -> frozenset[str]:
    """The elements that end where this one begins."""
    return frozenset(read_data("markup")["implied_ends"].get(tag, "").split())


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page yields: lines of text, candidate titles by origin, dates by origin (as written).

    `times` are the dates of <time> elements with the number of the line they stand in, -1 where a reader does not
    see them.
    """

    text: str
    titles: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    times: tuple[tuple[str, int], ...]
    changes: tuple[tuple[str, str], ...]


def looks_like_html(text: str, name: str | None = None) -> bool:
    """Whether a text is an HTML page rather than a plain text that speaks of tags."""
    head = text[:65_536].lstrip("\ufeff \t\r\n")
    if re.match(r"<(?:!doctype\s+html|html|head|body)\b", head, re.I):
        return True
    tags = sum(1 for _ in _first(_TAG.finditer(head), 6))
    if name and name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")):
        return tags > 0
    return tags >= (2 if head.startswith("<") else 6)


def _first(matches: Iterator[re.Match[str]], most: int) -> Iterator[re.Match[str]]:
    for _, match in zip(range(most), matches, strict=False):
        yield match


def parse_html(html: str) -> Page:
    """Read a page however broken it is. Raises LimitExceeded: too deep, slow, or left open."""
    deadline = time.monotonic() + MAX_SECONDS
    parser = _Reader()
    source, structured = _without_scripts(html)
    for start in range(0, len(source), _CHUNK):
        parser.feed(source[start : start + _CHUNK])
        if len(parser.rawdata) > _PENDING:
            raise LimitExceeded(f"the page leaves a tag open for more than {_PENDING} characters")
        if time.monotonic() > deadline:
            raise LimitExceeded(f"the page takes more than {MAX_SECONDS:.0f} s to read")
    _close(parser)
    for key, value in structured:
        (parser.dates if key == "datePublished" else parser.changes).append((f"JSON-LD {key}", value))
    return Page(parser.text(), tuple(parser.titles), tuple(parser.dates), tuple(parser.times), tuple(parser.changes))


def _close(parser: _Reader) -> None:
    """End the page; what is left of a tag that never closes is dropped, as browsers do."""
    if parser.rawdata.startswith("<"):
        parser.rawdata = ""
    parser.close()


def _without_scripts(html: str) -> tuple[str, list[tuple[str, str]]]:
    """The page without scripts, styles, comments and inlined data; and the dates of its JSON-LD."""
    kept: list[str] = []
    structured: list[tuple[str, str]] = []
    closings: dict[str, re.Pattern[str]] = {}
    position = 0
    while (match := _OPENING.search(html, position)) is not None:
        kept.append(html[position : match.start()])
        name = (match.group(1) or "").lower()
        closing = closings.setdefault(name, re.compile(rf"</{name}\s*>" if name else "-->", re.I))
        end = closing.search(html, match.end())
        if name == "script":
            structured += _json_dates(html[match.end() : end.start() if end else len(html)])
        position = end.end() if end else len(html)
    kept.append(html[position:])
    return _DATA_URI.sub("", " ".join(kept)), structured


def _json_dates(script: str) -> list[tuple[str, str]]:
    """datePublished and dateModified of a JSON-LD script."""
    head, bracket, body = script.partition(">")
    if "ld+json" not in head.lower() or not bracket or len(body) > 200_000:
        return []
    found = re.findall(r'"(datePublished|dateModified)"\s*:\s*("[^"\\\n]{4,40}")', body)
    return [(key, json.loads(value)) for key, value in found[:10]]


class _Reader(HTMLParser):
    """Collects text by lines, leaving out what a reader of the page does not see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.current: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.counts: Counter[str] = Counter()
        self.hidden = 0
        self.titles: list[tuple[str, str]] = []
        self.dates: list[tuple[str, str]] = []
        self.times: list[tuple[str, int]] = []
        self.changes: list[tuple[str, str]] = []
        self.heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._break()
        elif tag == "meta":
            self._meta(dict(attrs))
        if tag in _names("breaking"):
            self._break()
        if tag in _names("void"):
            return
        self._imply(tag)
        self._push(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # "<div/>" opens an element in HTML; only void elements end at once
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _names("breaking"):
            self._break()
        if not self.counts[tag]:
            return
        while self._pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.heading is not None and len(self.heading) < 50:
            self.heading.append(data)
        if not self.hidden:
            self.current.append(data)

    def _push(self, tag: str, attrs: dict[str, str | None]) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise LimitExceeded(f"the page nests elements more than {MAX_DEPTH} deep")
        if tag in ("title", "h1"):
            self.heading = []
        elif tag == "time" and attrs.get("datetime") and len(self.times) < _MAX_META:
            self.times.append((str(attrs["datetime"]), -1 if self.hidden else len(self.lines)))
        hides = tag in _names("skipped") or _is_hidden(attrs)
        self.open.append((tag, hides))
        self.counts[tag] += 1
        self.hidden += hides

    def _pop(self) -> str:
        tag, hides = self.open.pop()
        self.counts[tag] -= 1
        self.hidden -= hides
        if tag in ("title", "h1") and self.heading is not None:
            heading = _spaced("".join(self.heading))
            if heading and len(self.titles) < _MAX_META:
                self.titles.append((tag, heading))
            self.heading = None
        return tag

    def _imply(self, tag: str) -> None:
        """Close what the new element ends without a closing tag of its own (<p>, <li>, table cells)."""
        ends = _implied_ends(tag)
        while ends and self.open and self.open[-1][0] in ends:
            self._pop()

    def _meta(self, attrs: dict[str, str | None]) -> None:
        name = (attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or "").lower()
        content = _spaced(attrs.get("content") or "")
        if not content or len(self.dates) + len(self.changes) + len(self.titles) >= _MAX_META:
            return
        if name in ("og:title", "twitter:title"):
            self.titles.append((name, content))
        elif name in _names("published"):
            self.dates.append((f"meta {name}", content))
        elif name in _names("modified"):
            self.changes.append((f"meta {name}", content))

    def _break(self) -> None:
        line = _spaced("".join(self.current))
        self.current = []
        if line:
            self.lines.append(line)

    def text(self) -> str:
        """The visible text, a paragraph a line."""
        self._break()
        return "\n\n".join(self.lines)


def _is_hidden(attrs: dict[str, str | None]) -> bool:
    style = re.sub(r"\s+", "", (attrs.get("style") or "")[:2000]).lower()
    return "hidden" in attrs or "display:none" in style or "visibility:hidden" in style


def _spaced(text: str) -> str:
    return " ".join(text.split())
