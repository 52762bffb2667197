"""The two sample articles that come with the package: made up for the demonstration and for tests."""

from __future__ import annotations

from tidewaiter.reading.resources import read_bytes

__all__ = ["sample_article"]

_FILES = {"zh": "sample_article.txt", "en": "sample_article_en.html"}


def sample_article(language: str = "zh") -> tuple[str, bytes]:
    """File name and bytes of the sample in Chinese (plain text) or English (HTML). KeyError for other languages."""
    name = _FILES[language]
    return name, read_bytes(name)
