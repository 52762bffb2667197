"""`tidewaiter read` and `tidewaiter verify`: an article or claims in, a dossier on the screen or in a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded, QuestionFaults
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.documents import read_bytes
from tidewaiter.faces.cli.running import Screen

if TYPE_CHECKING:
    from tidewaiter.faces.pages.blocks import Block

__all__ = ["show_article", "show_schema", "show_verified"]

_ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".json": "json"}


def show_article(place: str, published: str | None, screen: Screen, out: str | None = None) -> None:
    """Print the dossier of an article, or write it to `out`. Raises QuestionFaults and LimitExceeded."""
    from tidewaiter.faces.articles import MAX_BYTES, read_article
    from tidewaiter.faces.pages.article import article_page

    day = day_of(published, "--published", screen.faults) if published else None
    kind = _kind_of(out, screen)
    data = screen.gather(lambda: read_bytes(place, MAX_BYTES))
    screen.stop()
    name = None if place == "-" else place
    found = read_article(data, published=day, name=name)
    if out is None or kind is None:
        screen.show(found.to_json, lambda: article_page(found, screen.words))
        return
    title = found.reading.title or screen.words("no title")
    _write(out, _text(kind, found.to_json(), article_page(found, screen.words), title, screen))


def show_verified(place: str, day: str | None, screen: Screen, out: str | None = None) -> None:
    """Check the claims of a JSON document. Raises QuestionFaults and LimitExceeded."""
    from tidewaiter.faces.articles import verify_claims
    from tidewaiter.faces.pages.claims import verified_page

    kind = _kind_of(out, screen)
    document = screen.gather(lambda: _document(place))
    stated = day_of(day, "--on", screen.faults) if day else None
    screen.stop()
    if stated is not None and isinstance(document, dict):
        document = {**document, "on": stated.isoformat()}
    found = verify_claims(document)
    if out is None or kind is None:
        screen.show(found.to_json, lambda: verified_page(found, screen.words))
        return
    page = verified_page(found, screen.words)
    _write(out, _text(kind, found.to_json(), page, screen.words("Claims checked"), screen))


def show_schema() -> None:
    """Print the JSON Schema of a document of claims."""
    from tidewaiter.faces.cli.terminal import print_json
    from tidewaiter.reading.claims import schema

    print_json(schema())


def _document(place: str) -> Any:
    data = read_bytes(place)
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputFaults([Fault(f"{place}:byte {error.start}", "is not UTF-8", "save it as UTF-8")]) from None
    except json.JSONDecodeError as error:
        where = f"{place}:{error.lineno}:{error.colno}"
        raise InputFaults([Fault(where, f"is not JSON: {error.msg}", "see docs/claims.md")]) from None
    except (RecursionError, ValueError):
        raise LimitExceeded(f"{place}: nested too deeply, or a number too long") from None


def _kind_of(out: str | None, screen: Screen) -> str | None:
    if out is None:
        return None
    kind = _ENDINGS.get(Path(out).suffix.lower())
    if kind is None:
        screen.faults.append(Fault("--out", f"{out!r:.80} has no ending known here", "one of .html, .md, .json"))
    return kind


def _text(kind: str, data: dict[str, Any], page: list[Block], title: str, screen: Screen) -> str:
    from tidewaiter.faces.pages.files import html_page, markdown_page

    if kind == "json":
        return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return html_page(page, title, screen.words.language) if kind == "html" else markdown_page(page)


def _write(out: str, text: str) -> None:
    try:
        Path(out).write_text(text.encode("utf-8", "replace").decode("utf-8"), encoding="utf-8")
    except OSError as error:
        raise QuestionFaults(
            [Fault("--out", f"{out:.200} cannot be written: {error.strerror}", "check the path")]
        ) from None
