"""Frames in, the same kind out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from tidewaiter.base.errors import InputFaults
from tidewaiter.faces.tables import table

ROWS = {
    "on": [dt.date(2025, 1, 28), dt.date(2025, 5, 1), dt.date(2025, 5, 1), None],
    "item": ["H20", "H20", None, "H20"],
    "to": ["CN", "CN", "Atlantis", "CN"],
    "end_user_hq": ["CN"] * 4,
    "quantity": [1.0, None, 3.0, 4.0],
}
KINDS: dict[str, Any] = {
    "polars": lambda: pl.DataFrame(ROWS),
    "pandas": lambda: pd.DataFrame(ROWS),
    "pandas times": lambda: pd.DataFrame(ROWS | {"on": pd.to_datetime(pd.Series(ROWS["on"]))}),
    "arrow": lambda: pa.table(ROWS),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_kind_comes_back(kind: str) -> None:
    frame = KINDS[kind]()
    found = table(frame, exporter="nvidia")
    assert type(found) is type(frame)
    held: Any = pl.from_arrow(found) if kind == "arrow" else found
    outcomes = [None if value != value else value for value in list(held["tw_outcome"])]
    assert outcomes == ["no_license_required", "license_required", None, None]
    reasons = [str(each) for each in list(held["tw_fault"])]
    assert "Atlantis" in reasons[2]
    assert "is no day" in reasons[3]


def test_one_day_and_one_item_for_all_rows() -> None:
    found = table(pl.DataFrame({"to": ["CN", "DE"]}), on="2024-06-15", item="H100", end_user_hq="DE")
    assert found["tw_outcome"].to_list() == ["license_required", "no_license_required"]


def test_faults_of_columns_are_raised_at_once() -> None:
    with pytest.raises(InputFaults) as caught:
        table(pl.DataFrame({"destnation": ["CN"], "quantity": ["many"]}))
    assert len(caught.value.faults) == 3
