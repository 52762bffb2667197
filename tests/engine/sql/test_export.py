"""The export question as a query: the reference's outcome on every layer, on days on both sides of amendments."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from tests.engine.sql.databases import Database
from tests.engine.sql.lawful import Batch, draw

from tidewaiter.library.compiled import load_compiled
from tidewaiter.library.snapshots import Snapshots

LAYERS = ("text", "enforced", "addressee")


def drawn(snapshots: Snapshots, days: list[dt.date]) -> Batch:
    return Batch(draw(snapshots, LAYERS, ("outcome",), days, 8, Random(5)), ("outcome",), "plain_commercial")


@pytest.fixture(scope="module")
def batch() -> Batch:
    snapshots = Snapshots(load_compiled())
    amended = [day for day in snapshots.dates if dt.date(2023, 11, 1) < day < dt.date(2026, 6, 1)]
    day = amended[len(amended) // 2]
    return drawn(snapshots, [day - dt.timedelta(days=1), day, dt.date(2026, 10, 1)])


def test_outcomes(database: Database, batch: Batch) -> None:
    assert batch.differences(database) == []
    assert len({values["outcome"] for values in batch.expected.values() if isinstance(values["outcome"], str)}) > 1


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_outcomes_on_spark(spark: Database) -> None:
    assert drawn(Snapshots(load_compiled()), [dt.date(2026, 10, 1)]).differences(spark) == []
