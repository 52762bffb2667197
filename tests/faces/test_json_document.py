"""docs/json.md names every key that the JSON has: a key without its words fails here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.faces.running import cli

__all__: list[str] = []

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
FREE = ("options", "figures", "peaks", "contains", "sources", "class", "counts", "folders", "reading", "map", "values")
"""Keys whose content is named elsewhere: facts by the vocabulary, figures by the catalog."""


def keys(value: Any) -> Iterator[str]:
    """Every key of a JSON value, those below free ones left out."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            if (
                key not in FREE
                and not (key == "facts" and isinstance(each, dict))
                and not (key == "layers" and isinstance(each, dict))
            ):
                yield from keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--item", "8x H200 server", "--to", "DE", "--on", "2026-11-01", "--proof"),
        ("check", "--strict", "--item", "H20", "--to", "CN", "--on", "2025-05-01"),
        ("timeline", "A100", "--to", "CN", "--until", "2022-12-31"),
        ("law", "list", "3a090"),
        ("law", "diff", "3a090_a", "2023-01-01", "2024-01-01"),
        ("law", "groups", "D5"),
        ("law", "instruments"),
        ("vocabulary", "quantity"),
    ],
)
def test_every_key_is_described(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    data = cli(capsys, *arguments, "--json").data
    found = set(keys(data)) - {"en", "zh", "min", "max"}
    told = {
        "default_reading",
        "why",
        "added",
        "removed",
        "how",
        "overlay",
        "binds",
        "until",
    }  # parts behind an ellipsis
    assert len(found) >= 4
    assert sorted(key for key in found - told if f"`{key}`" not in TEXT) == []
