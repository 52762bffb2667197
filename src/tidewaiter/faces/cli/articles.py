"""`tidewaiter read`: an article from a file or standard input."""

from __future__ import annotations

from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.documents import read_bytes
from tidewaiter.faces.cli.running import Screen

__all__ = ["show_article"]


def show_article(place: str, published: str | None, screen: Screen) -> None:
    """Print the dossier of an article. Raises QuestionFaults and LimitExceeded."""
    from tidewaiter.faces.articles import MAX_BYTES, read_article
    from tidewaiter.faces.pages.article import article_page

    day = day_of(published, "--published", screen.faults) if published else None
    data = screen.gather(lambda: read_bytes(place, MAX_BYTES))
    screen.stop()
    name = None if place == "-" else place
    found = read_article(data, published=day, name=name)
    screen.show(found.to_json, lambda: article_page(found, screen.words))
