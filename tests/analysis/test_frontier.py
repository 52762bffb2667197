"""The frontier: who leads, when the ceiling moves, and what stays free."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from tests.faces.running import cli

from tidewaiter.faces.asking import Asked, answer
from tidewaiter.faces.frontier import ceilings_json, frontier_json

DAY = dt.date(2024, 6, 1)


def test_every_item_shown_may_go_as_a_single_check_says() -> None:
    found = frontier_json(Asked(on=DAY, options={"to": "CN", "end-user-hq": "CN"}), 5)
    for rows in found["best"].values():
        assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)
        for row in rows:
            checked = answer(Asked(item=row["key"], on=DAY, options={"to": "CN", "end-user-hq": "CN"}))
            assert checked.layer("enforced").outcome == row["outcome"]
    leader = found["best"]["decode"][0]
    assert leader["key"].startswith("nvidia-h20")
    assert {row["term"]: row["free_below"] for row in found["design"]}["ic.tpp"] == 2400.0


def test_the_ceiling_falls_on_the_days_of_the_rules() -> None:
    rows = ceilings_json(Asked(options={"to": "CN", "end-user-hq": "CN"}), lambda done, whole: None)["ceilings"]
    training = [row for row in rows if row["merit"] == "training"]
    falls = {later["since"] for earlier, later in pairwise(training) if later["value"] < earlier["value"]}
    assert "2023-11-17" in falls
    assert all(row["name"] for row in training)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("frontier", "H20"), "no option"),
        (("frontier", "--top", "0"), "at least 1"),
        (("frontier", "--to", "ZZ"), "ZZ"),
    ],
)
def test_bad_input_is_named(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    done = cli(capsys, *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
