"""The amendments that predictions offer to try are amendments of the law, and do what they say."""

import datetime as dt

import pytest

from tidewaiter.faces.composition import decider
from tidewaiter.library.amendments import read_amendment
from tidewaiter.reading.resources import read_data

__all__: list[str] = []

BLANKS = {"item": "nvidia_h20", "day": "2025-01-28", "party": "Moonshot AI", "bandwidth": "4000"}


def texts() -> dict[str, str]:
    data = read_data("forecasts")
    own = {key: str(data[key]) for key in data if key.startswith("amendment_")}
    return own | {entry["key"]: entry["amendment"] for entry in data["entries"] if entry.get("amendment")}


@pytest.mark.parametrize("key", texts())
def test_it_is_read_as_law(key: str) -> None:
    text = texts()[key]
    for name, value in BLANKS.items():
        text = text.replace(f"<{name}>", value)
    found = read_amendment(key, text, decider().law)
    assert found.start == dt.date(2025, 1, 28)
    assert found.title.en
    assert found.title.zh
    assert found.terms or found.listings
