"""Judging many cases: what is put away after each changes no verdict, and the collector is as it was."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator
from typing import Any

import pytest

from tidewaiter.base.errors import InputFaults
from tidewaiter.faces.composition import DEFAULT_PROFILE
from tidewaiter.faces.tables import setting
from tidewaiter.tables.judging import Judge, Verdict, many_judgements

DAYS = (dt.date(2022, 12, 1), dt.date(2023, 11, 17), dt.date(2025, 2, 20), dt.date(2026, 6, 15))


def cases() -> Iterator[tuple[dict[str, Any], dt.date]]:
    """Decided and open cases, with chips of which nothing, a little and much is stated."""
    own = setting()
    for index, day in enumerate(DAYS):
        for chip in ("H20", "RTX 4090", ""):
            facts = dict(own.item(chip)[0]) if chip else {}
            for seat in ("CN", "DE", ""):
                parties = [{"role": "end_user", **({"headquarters": seat} if seat else {})}]
                yield {**facts, "destination": ("CN", "TW")[index % 2], "parties": parties, "quantity": 10 + index}, day


def verdicts(judge: Judge) -> list[tuple[Verdict, frozenset[str]]]:
    return [judge.verdict(facts, day, "high") for facts, day in cases()]


@pytest.mark.parametrize("profile", [DEFAULT_PROFILE, None])
def test_what_is_put_away_changes_no_verdict(profile: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    decider = setting().decider
    spec = decider.specification("export")
    with many_judgements():
        emptied = verdicts(Judge(decider, spec, profile))
    monkeypatch.setattr(Judge, "_forget", lambda *_: None)
    held = verdicts(Judge(decider, spec, profile))
    assert emptied == held
    assert len({verdict for verdict, _ in held}) > 3
    assert profile is None or len({verdict.outcome for verdict, _ in held}) > 1


def test_runs_that_are_done_leave_little_to_the_collector() -> None:
    decider = setting().decider
    judge = Judge(decider, decider.specification("export"), DEFAULT_PROFILE)
    verdicts(judge)  # what is made once
    gc.collect()
    with many_judgements():
        before = len(gc.get_objects())
        verdicts(judge)
        left = len(gc.get_objects()) - before
    count = sum(1 for _ in cases())
    assert left < 300 * count  # above 1,000 a case where nothing is put away


def test_the_collector_is_as_it_was() -> None:
    assert gc.isenabled()

    def fails() -> None:
        with many_judgements():
            assert not gc.isenabled()
            raise InputFaults([])

    with pytest.raises(InputFaults):
        fails()
    assert gc.isenabled()
    gc.disable()
    try:
        with many_judgements():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
