"""Where an article comes from: bytes or text in, plain text with its metadata out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded
from tidewaiter.reading.encoding import Decoded, check_characters, decode
from tidewaiter.reading.markdown import looks_like_markdown, read_markdown
from tidewaiter.reading.markup import Page, looks_like_html, parse_html
from tidewaiter.reading.pdf import is_pdf, read_pdf

__all__ = ["MAX_BYTES", "MAX_CHARACTERS", "MAX_LINES", "Source", "StatedDate", "load_source"]

MAX_BYTES = 20_000_000
"""Largest page that is read, in bytes."""
MAX_CHARACTERS = 500_000
"""Longest text, in characters, that is read from a page."""
MAX_LINES = 50_000
"""Most lines of text that are read from a page."""
_MAX_CROSS_CHECK = 3_000_000


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that the page's mark-up states: where it stands and the text as written.

    `line` is the line a <time> element stands in, -1 where a reader does not see it, None for metadata.
    """

    origin: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The plain text of a page; every offset of a reading counts characters of `text`.

    `sha256` is the digest of the bytes that came in. `main_lines` are the lines that trafilatura, where it is
    installed, takes for the main text; the article splitter counts them as a vote.
    """

    text: str
    name: str
    kind: str
    encoding: str
    known_by: str
    sha256: str
    titles: tuple[str, ...] = ()
    published: tuple[StatedDate, ...] = ()
    times: tuple[StatedDate, ...] = ()
    modified: tuple[StatedDate, ...] = ()
    main_lines: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, object]:
        """The description of the source, without its text."""
        return {
            "name": self.name,
            "kind": self.kind,
            "encoding": self.encoding,
            "encoding_known_by": self.known_by,
            "sha256": self.sha256,
            "characters": len(self.text),
        }


def load_source(
    data: bytes | str, *, name: str | None = None, encoding: str | None = None, cross_check: bool = True
) -> Source:
    """Read a page: decode, tell PDF, HTML, Markdown and plain text from one another, extract the text.

    `name` is a file name or address for messages; `encoding` one that a header declared; `cross_check` asks
    trafilatura, where installed, for its view of an HTML page. Raises InputFaults (binary, undecodable,
    empty) and LimitExceeded (size, nesting, time).
    """
    where = name or "article"
    _refuse_large(len(data), where)
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
    _refuse_large(len(raw), where)
    digest = hashlib.sha256(raw).hexdigest()
    if is_pdf(raw):
        return _of_pdf(raw, where, digest)
    decoded = Decoded(data, "text", "given") if isinstance(data, str) else decode(raw, where, encoding)
    check_characters(decoded.text, where)
    if looks_like_markdown(decoded.text, name):
        return _of_markdown(decoded, where, digest)
    if not looks_like_html(decoded.text, name):
        _check_text(decoded.text, where)
        return Source(decoded.text, where, "text", decoded.encoding, decoded.known_by, digest)
    page = _parsed(decoded.text, where)
    _check_text(page.text, where)
    return Source(
        text=page.text,
        name=where,
        kind="html",
        encoding=decoded.encoding,
        known_by=decoded.known_by,
        sha256=digest,
        titles=_titles(page),
        published=tuple(StatedDate(origin, text) for origin, text in page.dates),
        times=tuple(StatedDate("time", text, line) for text, line in page.times),
        modified=tuple(StatedDate(origin, text) for origin, text in page.changes),
        main_lines=_main_lines(decoded.text) if cross_check else frozenset(),
    )


def _of_pdf(raw: bytes, where: str, digest: str) -> Source:
    found = read_pdf(raw, where)
    check_characters(found.text, where)
    _check_text(found.text, where)
    dates = (StatedDate("pdf", found.created),) if found.created else ()
    return Source(found.text, where, "pdf", "pdf", "format", digest, found.titles, modified=dates)


def _of_markdown(decoded: Decoded, where: str, digest: str) -> Source:
    found = read_markdown(decoded.text)
    _check_text(found.text, where)
    dates = (StatedDate("front matter", found.date),) if found.date else ()
    titles = (found.title,) if found.title else ()
    return Source(found.text, where, "markdown", decoded.encoding, decoded.known_by, digest, titles, dates)


def _refuse_large(size: int, where: str) -> None:
    if size > MAX_BYTES:
        raise LimitExceeded(f"{where}: {size:,} bytes; at most {MAX_BYTES:,} are read. Give the article alone.")


def _check_text(text: str, where: str) -> None:
    if len(text) > MAX_CHARACTERS:
        what = f"{where}: {len(text):,} characters of text; at most {MAX_CHARACTERS:,} are read"
        raise LimitExceeded(f"{what}. Give the article alone.")
    if text.count("\n") > MAX_LINES:
        raise LimitExceeded(f"{where}: {text.count(chr(10)):,} lines; at most {MAX_LINES:,} are read.")
    if not any(char.isalnum() for char in text):
        raise InputFaults([Fault(where, "holds no text", "give a page with an article; scripts are not run")])


def _parsed(html: str, where: str) -> Page:
    try:
        return parse_html(html)
    except LimitExceeded as error:
        raise LimitExceeded(f"{where}: {error}. Give the text of the article instead.") from None


def _titles(page: Page) -> tuple[str, ...]:
    """Candidate titles, the best first: og:title, headings, <title> without the site's name."""
    by_origin = {origin: [t for o, t in page.titles if o == origin] for origin in ("og:title", "twitter:title", "h1")}
    plain = [_without_site(t) for o, t in page.titles if o == "title"]
    headings = by_origin["h1"] if len(by_origin["h1"]) == 1 else []
    ordered = [*by_origin["og:title"], *headings, *by_origin["twitter:title"], *plain, *by_origin["h1"]]
    return tuple(dict.fromkeys(title[:300] for title in ordered))


def _without_site(title: str) -> str:
    head = re.split(r"\s*[|｜_]\s*|\s+[-–—]\s+", title)[0]
    return head if len(head) >= 6 else title


def _main_lines(html: str) -> frozenset[str]:
    """The lines of trafilatura's main text; empty when it is not installed, finds nothing, or fails."""
    if len(html) > _MAX_CROSS_CHECK:
        return frozenset()
    try:
        import trafilatura
    except ImportError:
        return frozenset()
    try:
        text = trafilatura.extract(html, include_comments=False, include_tables=False)
    except Exception:  # a parser of hostile pages must not end the reading; its vote is optional
        return frozenset()
    return frozenset(" ".join(line.split()) for line in (text or "").splitlines() if line.strip())
